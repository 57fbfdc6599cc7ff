"""What is derived from the declaration: pandera schemas, Table Schemas, Arrow schemas.

Each derivation names the keywords it carries. Keys and references are carried by no schema for one table; they are
checked in `checks.py`.
"""

import json
from typing import Any

import pandera.polars as pa
import polars as pl
import pyarrow

from ceasefire_talks.declaration import Field, Table, is_required
from ceasefire_talks.rules import ROW_RULES, TEXT_RULES, RowRule, TextRule
from ceasefire_talks.tabulate import DTYPES

Codes = dict[str, list[str]]
ARROW = {
    "string": pyarrow.string(),
    "integer": pyarrow.int32(),
    "number": pyarrow.float64(),
    "boolean": pyarrow.bool_(),
    "date": pyarrow.date32(),
}
NULLABLE_PANDAS = {"integer": "Int32", "number": "Float64", "boolean": "boolean"}
PANDERA_KEYWORDS = {"type", "required", "unique", "pattern", "minimum", "maximum", "minLength", "maxLength", "codes"}
TABLE_SCHEMA_KEYWORDS = {"name", "title", "description", "type", "example", "constraints", "unit", "unitColumn"}


def code_lists(codes: pl.DataFrame) -> Codes:
    """Return the codes of each list, in the order of their ranks where the list has one, else by name."""
    lists: Codes = {}
    for row in codes.sort("list", "rank", "code").iter_rows(named=True):
        lists.setdefault(row["list"], []).append(row["code"])
    return lists


def pandera_schema(name: str, table: Table, codes: Codes) -> pa.DataFrameSchema:
    """Return the pandera schema of a table: types, constraints, code lists and the rules that span its fields."""
    return pa.DataFrameSchema(
        {field["name"]: pandera_column(field, codes) for field in table["fields"]},
        checks=[pandera_rule(rule) for rule in ROW_RULES if rule.table == name],
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
    if "codes" in field:
        checks.append(pa.Check.isin(codes.get(field["codes"], []), error="codes"))
    if "minimum" in limits:
        checks.append(pa.Check.ge(limits["minimum"], error="minimum"))
    if "maximum" in limits:
        checks.append(pa.Check.le(limits["maximum"], error="maximum"))
    if "minLength" in limits:
        checks.append(pa.Check.str_length(min_value=limits["minLength"], error="minLength"))
    if "maxLength" in limits:
        checks.append(pa.Check.str_length(max_value=limits["maxLength"], error="maxLength"))
    if field["type"] == "string":
        checks += [pandera_text_rule(rule, field["name"]) for rule in TEXT_RULES]
    return pa.Column(
        DTYPES[field["type"]], checks, nullable=not is_required(field), unique=bool(limits.get("unique"))
    )


def pandera_rule(rule: RowRule) -> pa.Check:
    """Return a rule that spans fields as a pandera check."""
    return pa.Check(lambda data: data.lazyframe.select(rule.holds.fill_null(value=True)), error=rule.name)


def pandera_text_rule(rule: TextRule, column: str) -> pa.Check:
    """Return a rule that every text obeys as a pandera check of one column."""
    holds = rule.holds(pl.col(column)).fill_null(value=True)
    return pa.Check(lambda data: data.lazyframe.select(holds), error=rule.name)


def table_schema(table: Table, codes: Codes, suffix: str = "") -> dict[str, Any]:
    """Return the Table Schema of a table as the descriptor publishes it, references going to resources with `suffix`."""
    schema: dict[str, Any] = {"fields": [schema_field(field, codes, table) for field in table["fields"]]}
    if "primaryKey" in table:
        schema["primaryKey"] = table["primaryKey"]
    if "uniqueKeys" in table:
        schema["uniqueKeys"] = table["uniqueKeys"]
    if "foreignKeys" in table:
        schema["foreignKeys"] = [
            {"fields": key["fields"], "reference": key["reference"] | {"resource": key["reference"]["resource"] + suffix}}
            for key in table["foreignKeys"]
        ]
    return schema


def schema_field(field: Field, codes: Codes, table: Table) -> dict[str, Any]:
    """Return a field as the descriptor publishes it: `pattern` grouped and codes as an enum, as frictionless reads them."""
    published = {key: value for key, value in field.items() if key in TABLE_SCHEMA_KEYWORDS}
    published["example"] = str(field["example"])
    limits = dict(field.get("constraints", {}))
    if "pattern" in limits:
        limits["pattern"] = f"(?:{limits['pattern']})"
    if "codes" in field:
        limits["enum"] = published["categories"] = codes[field["codes"]]
        published["codes"] = field["codes"]
    if field["name"] in table.get("primaryKey", []):
        limits["required"] = True
    return published | ({"constraints": limits} if limits else {})


def arrow_schema(table: Table, metadata: dict[str, str]) -> pyarrow.Schema:
    """Return the Arrow schema of a table, with descriptions on the fields and `metadata` on the file.

    The `pandas` key makes `pd.read_parquet` return nullable integers and frictionless accept their empty cells.
    """
    fields = [
        pyarrow.field(
            field["name"],
            ARROW[field["type"]],
            nullable=not is_required(field),
            metadata={"title": field["title"], "description": field["description"]},
        )
        for field in table["fields"]
    ]
    return pyarrow.schema(fields, metadata=metadata | {"pandas": json.dumps(pandas_metadata(table))})


def pandas_metadata(table: Table) -> dict[str, Any]:
    """Return the metadata from which pandas takes the types of nullable columns."""
    columns = [
        {
            "name": field["name"],
            "field_name": field["name"],
            "pandas_type": {"integer": "int32", "number": "float64", "boolean": "bool"}[field["type"]],
            "numpy_type": NULLABLE_PANDAS[field["type"]],
            "metadata": None,
        }
        for field in table["fields"]
        if field["type"] in NULLABLE_PANDAS
    ]
    return {"index_columns": [], "column_indexes": [], "columns": columns, "pandas_version": "2.0.0"}
