"""Every check of the tables: pandera on each, then keys, references and the rules that span tables.

A check returns problems, never raises, and sees only tables: where a row stands is told by `where`, so that the same
checks serve records under `data/records/` and the files of a published package.
"""

from collections.abc import Collection, Iterator
from typing import Any

import polars as pl
from pandera.errors import SchemaErrors

from ceasefire_talks.checks.row_rules import ROW_RULES
from ceasefire_talks.checks.table_rules import CROSS_RULES, CrossRule
from ceasefire_talks.declaration import Declaration, Field, Table, row_id
from ceasefire_talks.problems import Problem, Where, nearest, shown
from ceasefire_talks.tables.schemas import NO_CODES, Codes, code_lists, pandera_schema, text_rules
from ceasefire_talks.tables.tabulate import Tables

CONSTRAINT_SENTENCES = {
    "not_nullable": "is missing",
    "pattern": 'must match "{limit}"',
    "codes": "is not a code of {limit}",
    "minimum": "must be at least {limit}",
    "maximum": "must be at most {limit}",
    "minLength": "must have at least {limit} characters and has {length}",
    "maxLength": "must have at most {limit} characters and has {length}",
}


def check_tables(
    tables: Tables, declared: Declaration, where: Where, partial: Collection[str] = frozenset()
) -> list[Problem]:
    """Return everything that is wrong with the tables; what needs rows of a `partial` table is not judged."""
    codes = code_lists(tables["codes"])
    problems = [
        problem for name in tables for problem in check_schema(name, tables[name], declared[name], codes, where)
    ]
    if "codes" in partial:
        problems = [problem for problem in problems if problem.rule != "codes"]
    problems += check_keys(tables, declared, where)
    for name in tables:
        problems += check_references(name, tables, declared, where, partial)
    if not partial:
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
        cases = list(errors.failure_cases.iter_rows(named=True))
        misspelt = {(case["index"], case["column"]) for case in cases if case["check"] == "codes"}
        for case in cases:
            if case["check"] == "field_uniqueness":
                continue  # of both rows; `check_keys` says it of the second and names the first
            row = frame[case["index"]]
            label = row_id(table, row.row(0, named=True))
            for columns, sentence in explain_case(name, table, codes, case, row):
                if len(columns) > 1 and misspelt & {(case["index"], column) for column in columns}:
                    continue  # a rule that spans fields judges by a code that is no code
                place = where(name, case["index"], *columns)
                yield Problem(place, str(case["check"]), f"{label}.{columns[0]}: {sentence}")


def explain_case(
    name: str, table: Table, codes: Codes, case: dict[str, Any], row: pl.DataFrame
) -> Iterator[tuple[list[str], str]]:
    """Yield, for a failure case of pandera, the column to point at, others that count, and what is wrong."""
    if case["schema_context"] == "Column":
        field = next(field for field in table["fields"] if field["name"] == case["column"])
        yield [field["name"]], explain_value(field, str(case["check"]), row[field["name"]].item(), codes)
        return
    for row_rule in ROW_RULES:
        if (row_rule.table, row_rule.name) == (name, case["check"]) and not holds(row_rule.holds, row):
            yield [row_rule.field, *row_rule.holds.meta.root_names()], row_rule.sentence
    for text_rule, columns in text_rules(table):
        for column, rule in columns.items():
            if text_rule.name == case["check"] and not holds(rule, row):
                yield [column], f"{shown(ascii(row[column].item())[1:-1])} {text_rule.sentence}"


def holds(rule: pl.Expr, row: pl.DataFrame) -> bool:
    """Tell whether a rule holds in a frame of one row."""
    return bool(row.select(rule.fill_null(value=True)).item())


def explain_value(field: Field, check: str, value: Any, codes: Codes) -> str:
    """Return the sentence for a cell that breaks a constraint or is not in its code list."""
    said = f"{shown(value)} " if value is not None else ""
    limit = field["codes"] if check == "codes" else field.get("constraints", {}).get(check)
    hint = nearest(value, codes.get(field["codes"], NO_CODES).codes) if check == "codes" else ""
    return said + CONSTRAINT_SENTENCES[check].format(limit=limit, length=len(str(value))) + hint


def check_keys(tables: Tables, declared: Declaration, where: Where) -> Iterator[Problem]:
    """Yield the rows whose primary or unique key stands in an earlier row too.

    Not those nested in such a row by a key that begins with its own: they are right again when it is.
    """
    twice: set[tuple[str, str]] = set()
    for name, frame in tables.items():
        table = declared[name]
        unique = [[field["name"]] for field in table["fields"] if field.get("constraints", {}).get("unique")]
        keys = [table["primaryKey"], *table.get("uniqueKeys", []), *unique]
        seen: list[dict[tuple[Any, ...], int]] = [{} for _ in keys]
        for index, row in enumerate(frame.iter_rows(named=True)):
            for key, rows in zip(keys, seen, strict=True):
                values = tuple(row[column] for column in key)
                if None in values or rows.setdefault(values, index) == index:
                    continue
                if key == table["primaryKey"]:
                    twice.add((name, row_id(table, row)))
                if not twice.intersection(owners(table, row)):
                    other = where(name, rows[values], key[-1])
                    which = f"{', '.join(key)} " if len(key) > 1 else ""
                    message = f"{which}{shown('/'.join(map(str, values)))} stands at {other} too; keep one"
                    place = where(name, index, key[-1])
                    yield Problem(place, "duplicate key", f"{row_id(table, row)}.{key[-1]}: {message}")
                break


def owners(table: Table, row: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield the rows, by table and id, whose id is a part of the key of this one."""
    if "row_id" in table["primaryKey"]:
        yield row["table"], row["row_id"]
    for key in table.get("foreignKeys", []):
        if key["reference"]["resource"] == table.get("parent") and set(key["fields"]) <= set(table["primaryKey"]):
            yield table["parent"], "/".join(str(row[field]) for field in key["fields"])


def check_references(
    name: str, tables: Tables, declared: Declaration, where: Where, partial: Collection[str]
) -> Iterator[Problem]:
    """Yield the cells that point to a row that is not there, with the nearest id that is."""
    for key in declared[name].get("foreignKeys", []):
        target, column = key["reference"]["resource"], key["fields"][-1]
        if target in partial:
            continue
        known = set(tables[target].select(key["reference"]["fields"]).iter_rows())
        for index, values in enumerate(tables[name].select(key["fields"]).iter_rows()):
            if None not in values and values not in known:
                hint = nearest("/".join(values), ["/".join(map(str, other)) for other in known])
                label = row_id(declared[name], tables[name].row(index, named=True))
                message = f"{label}.{column}: {shown('/'.join(values))} is not in {target}{hint}"
                yield Problem(where(name, index, column), "reference", message)


def check_rule(rule: CrossRule, tables: Tables, declared: Declaration, where: Where) -> Iterator[Problem]:
    """Yield what breaks a rule that spans tables; rows with an empty key are left to the checks that say so."""
    for table, index, field, message in rule(tables, declared):
        label = row_id(declared[table], tables[table].row(index, named=True))
        yield Problem(where(table, index, field), rule.__name__, f"{label}.{field}: {message}")
