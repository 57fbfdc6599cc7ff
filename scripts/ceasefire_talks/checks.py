"""Every check of the tables: pandera on each, then keys, references and the rules that span tables.

A check returns problems, never raises, and sees only tables: where a row stands is told by `where`, so that the same
checks serve records under `data/records/` and the files of a published package.
"""

from collections.abc import Iterator
from typing import Any

import polars as pl
from pandera.errors import SchemaErrors

from ceasefire_talks.cross_rules import CROSS_RULES, CrossRule
from ceasefire_talks.declaration import Declaration, Field, Table, row_id
from ceasefire_talks.problems import Problem, Where, nearest
from ceasefire_talks.rules import ROW_RULES
from ceasefire_talks.schemas import NO_CODES, Codes, code_lists, pandera_schema, text_rules
from ceasefire_talks.tabulate import Tables

CONSTRAINT_SENTENCES = {
    "not_nullable": "is missing",
    "field_uniqueness": "stands in another row too",
    "pattern": 'must match "{limit}"',
    "codes": "is not a code of {limit}",
    "minimum": "must be at least {limit}",
    "maximum": "must be at most {limit}",
    "minLength": "must have at least {limit} characters",
    "maxLength": "must have at most {limit} characters",
}


def check_tables(tables: Tables, declared: Declaration, where: Where) -> list[Problem]:
    """Return everything that is wrong with the tables."""
    codes = code_lists(tables["codes"])
    problems = [
        problem for name in tables for problem in check_schema(name, tables[name], declared[name], codes, where)
    ]
    for name in tables:
        problems += check_keys(name, tables[name], declared[name], where)
        problems += check_references(name, tables, declared, where)
    for rule in CROSS_RULES:
        problems += check_rule(rule, tables, declared, where)
    return problems


def count_checks(name: str, table: Table, codes: Codes) -> int:
    """Return how many checks a table passes through: pandera's, keys and references."""
    schema = pandera_schema(name, table, codes)
    columns: int = sum(
        1 + len(column.checks) + (not column.nullable) + column.unique for column in schema.columns.values()
    )
    return columns + len(schema.checks) + len(table.get("uniqueKeys", [])) + 1 + len(table.get("foreignKeys", []))


def check_schema(name: str, frame: pl.DataFrame, table: Table, codes: Codes, where: Where) -> Iterator[Problem]:
    """Yield what pandera finds: types, constraints, codes and the rules that span fields."""
    try:
        pandera_schema(name, table, codes).validate(frame, lazy=True)
    except SchemaErrors as errors:
        for case in errors.failure_cases.iter_rows(named=True):
            row = frame.row(case["index"], named=True)
            for column, sentence in explain_case(name, table, codes, case, frame[case["index"]]):
                message = f"{row_id(table, row)}.{column}: {sentence}"
                yield Problem(where(name, case["index"], column), str(case["check"]), message)


def explain_case(
    name: str, table: Table, codes: Codes, case: dict[str, Any], row: pl.DataFrame
) -> Iterator[tuple[str, str]]:
    """Yield, for a failure case of pandera, each column to point at and the sentence that says what is wrong."""
    if case["schema_context"] == "Column":
        field = next(field for field in table["fields"] if field["name"] == case["column"])
        yield field["name"], explain_value(field, str(case["check"]), row[field["name"]].item(), codes)
        return
    for row_rule in ROW_RULES:
        if (row_rule.table, row_rule.name) == (name, case["check"]) and not holds(row_rule.holds, row):
            yield row_rule.field, row_rule.sentence
    for text_rule, columns in text_rules(table):
        for column, rule in columns.items():
            if text_rule.name == case["check"] and not holds(rule, row):
                yield column, f"{row[column].item()!a} {text_rule.sentence}"


def holds(rule: pl.Expr, row: pl.DataFrame) -> bool:
    """Tell whether a rule holds in a frame of one row."""
    return bool(row.select(rule.fill_null(value=True)).item())


def explain_value(field: Field, check: str, value: Any, codes: Codes) -> str:
    """Return the sentence for a cell that breaks a constraint or is not in its code list."""
    shown = f'"{value}" ' if value is not None else ""
    limit = field["codes"] if check == "codes" else field.get("constraints", {}).get(check)
    hint = nearest(value, codes.get(field["codes"], NO_CODES).codes) if check == "codes" else ""
    return shown + CONSTRAINT_SENTENCES[check].format(limit=limit) + hint


def check_keys(name: str, frame: pl.DataFrame, table: Table, where: Where) -> Iterator[Problem]:
    """Yield the rows whose primary or unique key stands in an earlier row too."""
    keys = [table["primaryKey"]] if "primaryKey" in table else []
    for key in keys + table.get("uniqueKeys", []):
        first: dict[tuple[Any, ...], int] = {}
        for index, values in enumerate(frame.select(key).iter_rows()):
            if None in values:
                continue
            if values in first:
                shown = "/".join(str(value) for value in values)
                other = where(name, first[values], key[-1])
                yield Problem(
                    where(name, index, key[-1]),
                    "duplicate key",
                    f"{name}: {', '.join(key)} {shown} stands at {other} too",
                )
            first.setdefault(values, index)


def check_references(name: str, tables: Tables, declared: Declaration, where: Where) -> Iterator[Problem]:
    """Yield the cells that point to a row that is not there, with the nearest id that is."""
    for key in declared[name].get("foreignKeys", []):
        target = key["reference"]["resource"]
        known = set(tables[target].select(key["reference"]["fields"]).iter_rows())
        for index, values in enumerate(tables[name].select(key["fields"]).iter_rows()):
            if None not in values and values not in known:
                shown, column = "/".join(values), key["fields"][-1]
                hint = nearest(shown, ["/".join(map(str, other)) for other in known])
                label = row_id(declared[name], tables[name].row(index, named=True))
                yield Problem(
                    where(name, index, column), "reference", f'{label}.{column}: "{shown}" is not in {target}{hint}'
                )


def check_rule(rule: CrossRule, tables: Tables, declared: Declaration, where: Where) -> Iterator[Problem]:
    """Yield what breaks a rule that spans tables; rows with an empty key are left to the checks that say so."""
    for table, index, field, message in rule(tables, declared):
        label = row_id(declared[table], tables[table].row(index, named=True))
        yield Problem(where(table, index, field), rule.__name__, f"{label}.{field}: {message}")
