"""Every schema that is derived from the declaration carries all of it."""

import pyarrow
import pytest

from ceasefire_talks.checks.cells import pandera_schema
from ceasefire_talks.declaration import CONSTRAINT_KEYWORDS, field_names
from ceasefire_talks.files.descriptor import table_schema
from ceasefire_talks.files.parquet import arrow_schema
from ceasefire_talks.tables.codes import Codes
from helpers import DECLARED, TABLES


@pytest.mark.parametrize("table", TABLES)
def test_every_derivation_has_the_same_columns(codes: Codes, table: str) -> None:
    names = field_names(DECLARED[table])
    assert list(pandera_schema(table, DECLARED[table], codes, names).columns) == names
    assert arrow_schema(DECLARED[table], {}).names == names
    assert [field["name"] for field in table_schema(DECLARED[table], codes)["fields"]] == names


@pytest.mark.parametrize("table", DECLARED)
def test_every_constraint_is_enforced_by_pandera(codes: Codes, table: str) -> None:
    columns = pandera_schema(table, DECLARED[table], codes, field_names(DECLARED[table])).columns
    for field in DECLARED[table]["fields"]:
        limits = field.get("constraints", {})
        column = columns[field["name"]]
        assert column.nullable is not bool(limits.get("required"))
        assert column.unique is bool(limits.get("unique"))
        enforced = {check.error for check in column.checks}
        expected = (set(limits) & CONSTRAINT_KEYWORDS) - {"required", "unique"}
        assert enforced == expected | ({"codes"} if "codes" in field else set())


@pytest.mark.parametrize("mark", ["derived", "identifying"])
@pytest.mark.parametrize("table", TABLES)
def test_the_packaged_schema_marks_what_the_declaration_does(codes: Codes, table: str, mark: str) -> None:
    fields = table_schema(DECLARED[table], codes)["fields"]
    marked = {field["name"]: field[mark] for field in fields if mark in field}
    assert marked == {field["name"]: True for field in DECLARED[table]["fields"] if mark in field}


@pytest.mark.parametrize("table", TABLES)
def test_arrow_schema_is_flat_and_described(table: str) -> None:
    plain = {pyarrow.string(), pyarrow.int32(), pyarrow.float64(), pyarrow.bool_(), pyarrow.date32()}
    for field in arrow_schema(DECLARED[table], {}):
        assert field.type in plain
        assert field.metadata[b"description"]
