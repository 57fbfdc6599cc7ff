"""What is derived from the declaration: pandera schemas, Table Schemas, Arrow schemas.

Each derivation names the keywords it carries. Keys and references are carried by no schema for one table; they are
checked in `checks.py`.
"""

import json
from collections.abc import Callable
from typing import Any, NamedTuple

import pandera.polars as pa
import polars as pl
import pyarrow

from ceasefire_talks.checks.row_rules import ROW_RULES, TEXT_RULES, TextRule
from ceasefire_talks.declaration import Field, Table, is_required
from ceasefire_talks.tables.tabulate import DTYPES


class CodeList(NamedTuple):
    """The codes of a list, and whether their order means something."""

    codes: list[str]
    ordered: bool


Codes = dict[str, CodeList]
NO_CODES = CodeList([], ordered=False)
ARROW = {
    "string": pyarrow.string(),
    "integer": pyarrow.int32(),
    "number": pyarrow.float64(),
    "boolean": pyarrow.bool_(),
    "date": pyarrow.date32(),
}
PANDAS = {
    "string": {"pandas_type": "unicode", "numpy_type": "object"},
    "integer": {"pandas_type": "int32", "numpy_type": "Int32"},
    "number": {"pandas_type": "float64", "numpy_type": "Float64"},
    "boolean": {"pandas_type": "bool", "numpy_type": "boolean"},
    "date": {"pandas_type": "date", "numpy_type": "datetime64[s]"},
}
TABLE_SCHEMA_KEYWORDS = {"name", "title", "description", "type", "example", "constraints", "unit", "unitColumn"}


def code_lists(codes: pl.DataFrame) -> Codes:
    """Return the codes of each list, in the order of their ranks where the list has one, else by name."""
    grouped = codes.sort("list", "rank", "code").group_by("list", maintain_order=True)
    lists = grouped.agg("code", pl.col("rank").is_not_null().all().alias("ordered"))
    return {name: CodeList(found, ordered) for name, found, ordered in lists.iter_rows()}


def pandera_schema(name: str, table: Table, codes: Codes) -> pa.DataFrameSchema:
    """Return the pandera schema of a table: types, constraints, code lists and the rules that span its fields."""
    return pa.DataFrameSchema(
        {field["name"]: pandera_column(field, codes) for field in table["fields"]},
        checks=[pandera_rule(rule.name, rule.holds) for rule in ROW_RULES if rule.table == name]
        + [pandera_rule(rule.name, pl.all_horizontal(holds.values())) for rule, holds in text_rules(table)],
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
    return pa.Column(DTYPES[field["type"]], checks, nullable=not is_required(field), unique=bool(limits.get("unique")))


def text_rules(table: Table) -> list[tuple[TextRule, dict[str, pl.Expr]]]:
    """Return each rule of texts with what holds for each text column of a table: one pass a rule, not one a cell."""
    columns = [field["name"] for field in table["fields"] if field["type"] == "string"]
    return [(rule, {name: rule.holds(pl.col(name)).fill_null(value=True) for name in columns}) for rule in TEXT_RULES]


def pandera_rule(name: str, holds: pl.Expr) -> pa.Check:
    """Return a named rule as a pandera check of whole rows; it holds where a cell it needs is empty."""
    return pa.Check(lambda data: data.lazyframe.select(holds.fill_null(value=True)), error=name)


def table_schema(table: Table, codes: Codes, name_resource: Callable[[str], str]) -> dict[str, Any]:
    """Return the Table Schema of a table as it is published; `name_resource` names the tables it refers to."""
    schema: dict[str, Any] = {key: table[key] for key in ("primaryKey", "uniqueKeys") if key in table}
    references = [(key["fields"], key["reference"]) for key in table.get("foreignKeys", [])]
    if references:
        schema["foreignKeys"] = [
            {"fields": fields, "reference": target | {"resource": name_resource(target["resource"])}}
            for fields, target in references
        ]
    return {"fields": [schema_field(field, codes, table) for field in table["fields"]], **schema}


def schema_field(field: Field, codes: Codes, table: Table) -> dict[str, Any]:
    """Return a field as it is published: `pattern` grouped and codes as an enum, as frictionless reads them."""
    published = {key: value for key, value in field.items() if key in TABLE_SCHEMA_KEYWORDS}
    published["example"] = str(field["example"])
    limits = dict(field.get("constraints", {}))
    if "pattern" in limits:
        limits["pattern"] = f"(?:{limits['pattern']})"
    if "codes" in field:
        found = codes.get(field["codes"], NO_CODES)
        limits["enum"] = published["categories"] = found.codes
        published["categoriesOrdered"] = found.ordered
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
    """Return the metadata from which pandas and fastparquet take the types of columns."""
    columns = [
        {"name": field["name"], "field_name": field["name"], "metadata": None} | PANDAS[field["type"]]
        for field in table["fields"]
    ]
    return {"index_columns": [], "column_indexes": [], "columns": columns, "pandas_version": "2.0.0"}
