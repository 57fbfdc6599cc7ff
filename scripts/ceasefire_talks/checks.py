"""Every check of the tables: pandera on each, then keys, references and the rules that span tables.

A check returns problems, never raises, and sees only tables: where a row stands is told by `where`, so that the same
checks serve records under `data/records/` and the files of a published package.
"""

from collections.abc import Iterator
from typing import Any

import pandera.polars as pa
import polars as pl
from pandera.errors import SchemaErrors

from ceasefire_talks.cross_rules import CROSS_RULES, CrossRule
from ceasefire_talks.declaration import Declaration, Table, row_id
from ceasefire_talks.problems import Problem, Where, nearest
from ceasefire_talks.rules import ROW_RULES, TEXT_RULES
from ceasefire_talks.schemas import Codes, code_lists, pandera_schema
from ceasefire_talks.tabulate import Tables

CONSTRAINT_SENTENCES = {
    "not_nullable": "is missing",
    "field_uniqueness": "stands in another row too",
    "pattern": 'must match "{limit}"',
    "codes": 'is not a code of {limit}',
    "minimum": "must be at least {limit}",
    "maximum": "must be at most {limit}",
    "minLength": "must have at least {limit} characters",
    "maxLength": "must have at most {limit} characters",
}


def check_tables(tables: Tables, declared: Declaration, where: Where) -> list[Problem]:
    """Return everything that is wrong with the tables."""
    codes = code_lists(tables["codes"])
    problems = [problem for name in tables for problem in check_schema(name, tables[name], declared[name], codes, where)]
    for name in tables:
        problems += check_keys(name, tables[name], declared[name], where)
        problems += check_references(name, tables, declared, where)
    for rule in CROSS_RULES:
        problems += check_rule(rule, tables, declared, where)
    return problems


def count_checks(name: str, table: Table, codes: Codes) -> int:
    """Return how many checks a table passes through: pandera's, keys and references."""
    schema = pandera_schema(name, table, codes)
    columns = sum(1 + len(column.checks) + (not column.nullable) + column.unique for column in schema.columns.values())
    return columns + len(schema.checks) + len(table.get("uniqueKeys", [])) + 1 + len(table.get("foreignKeys", []))


def check_schema(name: str, frame: pl.DataFrame, table: Table, codes: Codes, where: Where) -> Iterator[Problem]:
    """Yield what pandera finds: types, constraints, codes and the rules that span fields."""
    try:
        pandera_schema(name, table, codes).validate(frame, lazy=True)
    except SchemaErrors as errors:
        for case in errors.failure_cases.iter_rows(named=True):
            yield explain_case(name, frame, table, codes, case, where)


def explain_case(name: str, frame: pl.DataFrame, table: Table, codes: Codes, case: dict[str, Any], where: Where) -> Problem:
    """Return a failure case of pandera as a problem with place, row, field and sentence."""
    check, index = str(case["check"]), case["index"]
    if index is None:
        return Problem(where(name, 0, None), check, f"{name}: {case['column']}: {check}: {case['failure_case']}")
    row = frame.row(index, named=True)
    column, sentence = case["column"], ""
    if case["schema_context"] == "DataFrameSchema":
        rule = next(rule for rule in ROW_RULES if (rule.name, rule.table) == (check, name) and not holds(rule.holds, frame, index))
        column, sentence = rule.field, rule.sentence
    sentence = sentence or explain_value(table, column, check, row[column], codes)
    return Problem(where(name, index, column), check, f"{row_id(table, row)}.{column}: {sentence}")


def holds(rule: pl.Expr, frame: pl.DataFrame, index: int) -> bool:
    """Tell whether a rule holds in one row."""
    return bool(frame[index].select(rule.fill_null(value=True)).item())


def explain_value(table: Table, column: str, check: str, value: Any, codes: Codes) -> str:
    """Return the sentence for a cell that breaks a constraint, a code list or a text rule."""
    field = next(field for field in table["fields"] if field["name"] == column)
    shown = f'"{value}" ' if value is not None else ""
    for rule in TEXT_RULES:
        if rule.name == check:
            return f"{shown!a} {rule.sentence}"
    limit = field["codes"] if check == "codes" else field.get("constraints", {}).get(check)
    hint = nearest(value, codes.get(field["codes"], [])) if check == "codes" else ""
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
                yield Problem(where(name, index, key[-1]), "duplicate key", f"{name}: {', '.join(key)} {shown} stands at {other} too")
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
                yield Problem(where(name, index, column), "reference", f'{label}.{column}: "{shown}" is not in {target}{hint}')


def check_rule(rule: CrossRule, tables: Tables, declared: Declaration, where: Where) -> Iterator[Problem]:
    """Yield what breaks a rule that spans tables; rows with an empty key are left to the checks that say so."""
    for table, index, field, message in rule(tables, declared):
        label = row_id(declared[table], tables[table].row(index, named=True))
        yield Problem(where(table, index, field), rule.__name__, f"{label}.{field}: {message}")
