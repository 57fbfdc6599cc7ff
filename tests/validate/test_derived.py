"""Every derived column, set wrong alike in CSV and Parquet, is named by `validate`."""

from pathlib import Path
from typing import Any

import pytest

from ceasefire_talks.declaration import row_id
from ceasefire_talks.problems import shown
from ceasefire_talks.tables.codes import Codes
from ceasefire_talks.validate import validate_folder
from ceasefire_talks.validate.told import to_lines
from copies import copy_files
from helpers import DECLARED, ROOT, TABLES, field_of
from packages import other_value, path_of, put, read_rows

DERIVED = [(table, field["name"]) for table in TABLES for field in DECLARED[table]["fields"] if "derived" in field]


def other_cell(codes: Codes, table: str, column: str, value: Any) -> Any:
    """Return another value that the other checks let pass."""
    if column == "source_id":
        return "SO0002"
    names = codes[field_of(table, column)["codes"]].codes if "codes" in field_of(table, column) else []
    return next((name for name in names if name != value), None) or other_value("x" if value is None else value)


def break_derived(codes: Codes, root: Path, table: str, column: str) -> str:
    """Set a derived column wrong in the first row that has it, alike in both formats, and return what is said."""
    rows = read_rows(ROOT / path_of(table, "parquet"))
    number = rows[0].index(column)
    filled = ((at, row[number]) for at, row in enumerate(rows) if at and row[number] is not None)
    at, value = next(filled, (1, None))  # where no row has a value, the first is given one
    wrong = other_cell(codes, table, column, value)
    put(table, at, column, wrong)(root)
    key = dict(zip(rows[0], rows[at], strict=True)) | (
        {column: wrong} if column in DECLARED[table]["primaryKey"] else {}
    )
    due = "empty" if value is None else shown(value)
    message = f"{shown(wrong)} must be {due}, which follows from other columns"
    return f"{path_of(table)}:{at + 1}: {row_id(DECLARED[table], key)}.{column}: {message}"


@pytest.fixture(scope="module")
def derived(codes: Codes, tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[tuple[str, str], str], set[str]]:
    """Return what is due for every derived column of a package in which all are wrong, and what is found in it."""
    root = copy_files(tmp_path_factory.mktemp("derived"))
    due = {(table, column): break_derived(codes, root, table, column) for table, column in DERIVED}
    validated = validate_folder(root, DECLARED)
    return due, {*to_lines(validated.problems, validated.breaches)}


@pytest.mark.parametrize(("table", "column"), DERIVED)
def test_a_derived_column_set_wrong_alike_in_both_formats_is_named(
    derived: tuple[dict[tuple[str, str], str], set[str]], table: str, column: str
) -> None:
    due, found = derived
    assert due[table, column] in found
    assert found == set(due.values())
