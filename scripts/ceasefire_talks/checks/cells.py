"""What pandera checks in one table: types, constraints, code lists, texts, and rules that span the fields of a row."""

from collections.abc import Iterator
from typing import Any

import pandera.polars as pa
import polars as pl
from pandera.errors import SchemaErrors

from ceasefire_talks.checks.text_rules import TEXT_RULES, TextRule
from ceasefire_talks.declaration import Field, Table, is_required, row_id, rules_of
from ceasefire_talks.declaration.types import TYPES
from ceasefire_talks.problems import Finding, nearest, shown
from ceasefire_talks.tables.codes import NO_CODES, Codes

CONSTRAINT_SENTENCES = {
    "not_nullable": "is missing",
    "pattern": 'must match "{limit}"',
    "codes": "is not a code of {limit}",
    "minimum": "must be at least {limit}",
    "maximum": "must be at most {limit}",
    "minLength": "must have at least {limit} characters and has {length}",
    "maxLength": "must have at most {limit} characters and has {length}",
}


def check_cells(name: str, frame: pl.DataFrame, table: Table, codes: Codes) -> Iterator[Finding]:
    """Yield what pandera finds in the columns that a frame has."""
    try:
        pandera_schema(name, table, codes, frame.columns).validate(frame, lazy=True)
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
                field, *others = columns
                message = f"{label}.{field}: {sentence}"
                yield Finding(name, case["index"], field, str(case["check"]), message, tuple(others))


def pandera_schema(name: str, table: Table, codes: Codes, columns: list[str]) -> pa.DataFrameSchema:
    """Return the pandera schema of the named columns of a table, with the rules that they suffice for."""
    fields = [field for field in table["fields"] if field["name"] in columns]
    rules = [(rule["name"], pl.sql_expr(rule["holds"])) for rule in rules_of(table)]
    return pa.DataFrameSchema(
        {field["name"]: pandera_column(field, codes) for field in fields},
        checks=[pandera_rule(rule, holds) for rule, holds in rules if set(holds.meta.root_names()) <= set(columns)]
        + [pandera_rule(rule.name, pl.all_horizontal(holds.values())) for rule, holds in text_rules(fields)],
        strict=True,
        ordered=True,
        name=name,
    )


def pandera_column(field: Field, codes: Codes) -> pa.Column:
    """Return the pandera column of a field; each check bears the name of the keyword or rule it enforces."""
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
    if "minLength" in limits:
        checks.append(pa.Check.str_length(min_value=limits["minLength"], error="minLength"))
    if "maxLength" in limits:
        checks.append(pa.Check.str_length(max_value=limits["maxLength"], error="maxLength"))
    polars = TYPES[field["type"]].polars
    return pa.Column(polars, checks, nullable=not is_required(field), unique=bool(limits.get("unique")))


def text_rules(fields: list[Field]) -> list[tuple[TextRule, dict[str, pl.Expr]]]:
    """Return each rule of texts with what holds for each text column: one pass a rule, not one a cell."""
    columns = [field["name"] for field in fields if field["type"] == "string"]
    return [(rule, {name: rule.holds(pl.col(name)).fill_null(value=True) for name in columns}) for rule in TEXT_RULES]


def pandera_rule(name: str, holds: pl.Expr) -> pa.Check:
    """Return a named rule as a pandera check of whole rows; it holds where a cell it needs is empty."""
    return pa.Check(lambda data: data.lazyframe.select(holds.fill_null(value=True)), error=name)


def explain_case(
    name: str, table: Table, codes: Codes, case: dict[str, Any], row: pl.DataFrame
) -> Iterator[tuple[list[str], str]]:
    """Yield, for a failure case of pandera, the column to point at, others that count, and what is wrong."""
    fields = [field for field in table["fields"] if field["name"] in row.columns]
    if case["schema_context"] == "Column":
        field = next(field for field in fields if field["name"] == case["column"])
        yield [field["name"]], explain_value(field, str(case["check"]), row[field["name"]].item(), codes)
        return
    for rule in rules_of(table):
        holds = pl.sql_expr(rule["holds"])
        if rule["name"] == case["check"] and not is_kept(holds, row):
            yield [rule["field"], *holds.meta.root_names()], rule["sentence"]
    for text_rule, columns in text_rules(fields):
        for column, kept in columns.items():
            if text_rule.name == case["check"] and not is_kept(kept, row):
                yield [column], f"{shown(ascii(row[column].item())[1:-1])} {text_rule.sentence}"


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
