"""What pandera checks in one table: types, constraints, code lists, texts, and rules that span the fields of a row."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import polars as pl

from ceasefire_talks.checks.text_rules import TEXT_RULES, obeys_all
from ceasefire_talks.declaration import Field, Table, is_required, row_id, rules_of
from ceasefire_talks.declaration.rules import Rule
from ceasefire_talks.declaration.types import TYPES
from ceasefire_talks.problems import Finding, nearest, shown
from ceasefire_talks.tables.codes import NO_CODES, Codes

if TYPE_CHECKING:
    import pandera.polars as pa

TEXTS = "texts"  # the name of the one check of all rules of texts
CONSTRAINT_SENTENCES = {
    "not_nullable": "is missing",
    "pattern": 'must match "{limit}"',
    "codes": "is not a code of {limit}",
    "minimum": "must be at least {limit}",
    "maximum": "must be at most {limit}",
    "maxLength": "must have at most {limit} characters and has {length}",
}


def check_cells(name: str, frame: pl.DataFrame, table: Table, codes: Codes) -> Iterator[Finding]:
    """Yield what pandera finds in the columns that a frame has."""
    from pandera.errors import SchemaErrors  # noqa: PLC0415 - a second of imports that `validate` does without

    try:
        pandera_schema(name, table, codes, frame.columns).validate(frame, lazy=True)
    except SchemaErrors as errors:
        cases = list(errors.failure_cases.iter_rows(named=True))
        misspelt = {(case["index"], case["column"]) for case in cases if case["check"] == "codes"}
        for case in cases:
            if case["check"] == "field_uniqueness":
                continue  # of both rows; `check_keys` says it of the second and names the first
            row = frame[case["index"]]
            label = row_id(table, row.row(named=True))
            for rule, columns, sentence in explain_case(name, table, codes, case, row):
                if len(columns) > 1 and misspelt & {(case["index"], column) for column in columns}:
                    continue  # a rule that spans fields judges by a code that is no code
                field, *others = columns
                message = f"{label}.{field}: {sentence}"
                yield Finding(name, case["index"], field, rule, message, tuple(others))


def pandera_schema(name: str, table: Table, codes: Codes, columns: list[str]) -> pa.DataFrameSchema:
    """Return the pandera schema of the named columns of a table, with the rules that they suffice for."""
    import pandera.polars as pa  # noqa: PLC0415

    fields = [field for field in table["fields"] if field["name"] in columns]
    rules: dict[str, list[pl.Expr]] = {}  # by name: those that share one are one check, and told apart afterwards
    for rule, holds in row_rules(table, columns):
        rules.setdefault(rule["name"], []).append(holds.fill_null(value=True))
    return pa.DataFrameSchema(
        {field["name"]: pandera_column(field, codes) for field in fields},
        checks=[pandera_rule(name, pl.all_horizontal(holds)) for name, holds in rules.items()]
        + [pandera_rule(TEXTS, pl.all_horizontal(obeys_all(pl.col(pl.String))))],
        strict=True,
        ordered=True,
        name=name,
    )


def pandera_column(field: Field, codes: Codes) -> pa.Column:
    """Return the pandera column of a field; each check bears the name of the keyword or rule it enforces."""
    import pandera.polars as pa  # noqa: PLC0415

    limits = field.get("constraints", {})
    checks = []
    if "pattern" in limits:
        checks.append(pa.Check.str_matches(f"^(?:{limits['pattern']})$", error="pattern"))
    if "codes" in field and (field["codes"] in codes or not codes):  # a list without codes is reported as such, once
        checks.append(pa.Check.isin(codes.get(field["codes"], NO_CODES).codes, error="codes"))
    if "minimum" in limits:
        checks.append(pa.Check.ge(limits["minimum"], error="minimum"))
    if "maximum" in limits:
        checks.append(pa.Check.le(limits["maximum"], error="maximum"))
    if "maxLength" in limits:
        checks.append(pa.Check.str_length(max_value=limits["maxLength"], error="maxLength"))
    polars = TYPES[field["type"]].polars
    return pa.Column(polars, checks, nullable=not is_required(field), unique=bool(limits.get("unique")))


def row_rules(table: Table, columns: list[str]) -> list[tuple[Rule, pl.Expr]]:
    """Return the rules on a row that the named columns suffice for, each with what must hold."""
    rules = [(rule, pl.sql_expr(rule["holds"])) for rule in rules_of(table)]
    return [(rule, holds) for rule, holds in rules if set(holds.meta.root_names()) <= set(columns)]


def pandera_rule(name: str, holds: pl.Expr) -> pa.Check:
    """Return a named rule as a pandera check of whole rows."""
    import pandera.polars as pa  # noqa: PLC0415

    return pa.Check(lambda data: data.lazyframe.select(holds), error=name)


def explain_case(
    name: str, table: Table, codes: Codes, case: dict[str, Any], row: pl.DataFrame
) -> Iterator[tuple[str, list[str], str]]:
    """Yield, for a failure case of pandera, each broken rule, the column to point at, others that count, what is wrong.

    The check of texts is one for all its rules, so it is here that each is asked.
    """
    check = str(case["check"])
    if case["schema_context"] == "Column":
        field = next(field for field in table["fields"] if field["name"] == case["column"])
        yield check, [field["name"]], explain_value(field, check, row[field["name"]].item(), codes)
        return
    for rule, holds in row_rules(table, row.columns):
        if rule["name"] == check and not is_kept(holds, row):
            yield check, [rule["field"], *holds.meta.root_names()], rule["sentence"]
    if check == TEXTS:
        yield from explain_texts(row)


def explain_texts(row: pl.DataFrame) -> Iterator[tuple[str, list[str], str]]:
    """Yield each rule of texts that a cell of a row breaks, the column, and what is wrong."""
    for rule in TEXT_RULES:
        for column in row.select(pl.col(pl.String)).columns:
            if not is_kept(rule.holds(pl.col(column)), row):
                yield rule.name, [column], f"{shown(ascii(row[column].item())[1:-1])} {rule.sentence}"


def is_kept(rule: pl.Expr, row: pl.DataFrame) -> bool:
    """Tell whether a rule holds in a frame of one row."""
    return bool(row.select(rule.fill_null(value=True)).item())


def explain_value(field: Field, check: str, value: Any, codes: Codes) -> str:
    """Return the sentence for a cell that breaks a constraint or is not in its code list."""
    subject = f"{shown(value)} " if value is not None else ""
    limit = field["codes"] if check == "codes" else field.get("constraints", {}).get(check)
    hint = nearest(value, codes.get(field["codes"], NO_CODES).codes) if check == "codes" else ""
    return subject + CONSTRAINT_SENTENCES[check].format(limit=limit, length=len(str(value))) + hint


def count_checks(name: str, table: Table, codes: Codes) -> int:
    """Return how many checks a table passes through: pandera's, keys and references."""
    schema = pandera_schema(name, table, codes, [field["name"] for field in table["fields"]])
    columns: int = sum(
        1 + len(column.checks) + (not column.nullable) + column.unique for column in schema.columns.values()
    )
    return columns + len(schema.checks) + len(table.get("uniqueKeys", [])) + 1 + len(table.get("foreignKeys", []))
