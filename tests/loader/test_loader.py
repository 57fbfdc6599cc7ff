"""The loader: the same values in every library, true types, and one sentence where something is missing."""

import importlib.metadata
import shutil
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

import ceasefire_talks as ct
from ceasefire_talks.loader import READERS
from helpers import DECLARED, ROOT, TABLES, field_of

PYTHON_TYPES = {"string": str, "integer": int, "number": float, "boolean": bool, "date": date}
CODED = [(name, field["name"]) for name in TABLES for field in DECLARED[name]["fields"] if "codes" in field]
ORDERED = {"certainty", "date_of", "gravity", "hand", "strength", "text_damage", "text_status"}


def to_rows(frame: Any) -> list[dict[str, Any]]:
    """Return the frame of any library as a list of dicts, days as `date` and missing values as `None`."""
    if isinstance(frame, pd.DataFrame):
        rows = frame.astype(object).where(frame.notna(), None).to_dict("records")
        return [{str(k): v.date() if isinstance(v, pd.Timestamp) else v for k, v in row.items()} for row in rows]
    if isinstance(frame, pl.DataFrame):
        return frame.to_dicts()
    rows = frame.to_pylist() if isinstance(frame, pa.Table) else frame.to_arrow_table().to_pylist()
    return list(rows)


def test_tables_says_what_a_row_is() -> None:
    assert list(ct.tables()) == TABLES
    assert ct.tables()["quotes"].startswith("One row is an utterance attributed to a speaker.")


def test_tables_can_be_asked_for_beside_the_modules_of_the_same_name() -> None:
    found = run_python("import ceasefire_talks as ct, ceasefire_talks.tables.codes; print(list(ct.tables()))")
    assert (found.stdout, found.stderr) == (f"{TABLES}\n", "")


@pytest.mark.parametrize("table", TABLES)
def test_rows_have_the_declared_types(table: str) -> None:
    rows = ct.load(table)
    assert rows
    for field in DECLARED[table]["fields"]:
        assert {type(row[field["name"]]) for row in rows} <= {PYTHON_TYPES[field["type"]], type(None)}


@pytest.mark.parametrize("library", ["pandas", "polars", "arrow", "duckdb"])
@pytest.mark.parametrize("table", TABLES)
def test_every_library_has_the_same_values(table: str, library: str) -> None:
    assert to_rows(ct.load(table, library)) == ct.load(table)


@pytest.mark.parametrize("library", READERS)
@pytest.mark.parametrize("folder", ["a[1]", "b*", "c?", "d 'e'"])
def test_a_folder_is_no_pattern(folder: str, library: str, tmp_path: Path) -> None:
    path = tmp_path / folder / "ballots.parquet"
    path.parent.mkdir()
    shutil.copy(ROOT / "data" / "parquet" / "more" / path.name, path)
    read, _ = READERS[library]
    assert to_rows(read(path, [])) == to_rows(pl.read_parquet(path, glob=False))


@pytest.mark.parametrize("table", TABLES)
def test_pandas_types(table: str) -> None:
    frame = ct.load(table, "pandas")
    kinds = {"date": "M", "integer": "i", "number": "f", "boolean": "b"}
    for field in DECLARED[table]["fields"]:
        if field["type"] in kinds:
            assert frame[field["name"]].dtype.kind == kinds[field["type"]]


@pytest.mark.parametrize(("table", "name"), CODED)
def test_codes_are_categories_ordered_where_the_list_is(table: str, name: str) -> None:
    ordered = field_of(table, name)["codes"] in ORDERED
    assert ct.load(table, "pandas")[name].cat.ordered is ordered
    assert isinstance(ct.load(table, "polars").schema[name], pl.Enum if ordered else pl.Categorical)
    assert ct.load(table, "arrow").schema.field(name).type.ordered is ordered
    relation = ct.load(table, "duckdb")
    assert relation.types[relation.columns.index(name)].id == "enum"


def test_ordered_codes_can_be_compared() -> None:
    readings = ct.load("readings", "pandas")
    grave = readings[readings["gravity"] >= "changed"]
    assert set(grave["gravity"]) == {"changed", "inverted"}


def test_describe_shows_fields_units_and_codes() -> None:
    text = repr(ct.describe("passages"))
    assert "start_offset (integer, in Unicode code points): Offset of the first character" in text
    assert "    codes: argument, connective, heading, record" in text
    assert "value (number, unit in unit): " in ct.describe("quantities")


def test_version_is_that_of_the_installed_distribution() -> None:
    assert ct.__version__ == importlib.metadata.version("ceasefire-talks")


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: ct.load("event"), 'there is no table "event"; did you mean "events"?'),
        (lambda: ct.describe("xyzzy"), 'there is no table "xyzzy"; tables() lists them'),
        (
            lambda: ct.load("events", "excel"),
            'there is no loader for "excel"; take one of pandas, polars, arrow, duckdb',
        ),
    ],
)
def test_a_wrong_name_gets_one_sentence(call: Any, message: str) -> None:
    with pytest.raises(ValueError, match="there is no") as caught:
        call()
    assert str(caught.value) == message


def run_python(code: str, *flags: str) -> subprocess.CompletedProcess[str]:
    """Run code in a fresh Python that finds this package."""
    start = f"import sys; sys.path.insert(0, {str(ROOT / 'scripts')!r}); "
    return subprocess.run([sys.executable, *flags, "-c", start + code], capture_output=True, text=True, check=False)


@pytest.mark.parametrize(
    ("library", "module", "line"),
    [
        ("pandas", "pandas", "pandas is not installed; pip install pandas pyarrow"),
        ("polars", "polars", "polars is not installed; pip install polars"),
        ("arrow", "pyarrow", "pyarrow is not installed; pip install pyarrow"),
        ("duckdb", "duckdb", "duckdb is not installed; pip install duckdb"),
    ],
)
def test_a_missing_library_gets_the_line_that_helps(library: str, module: str, line: str) -> None:
    found = run_python(f"sys.modules[{module!r}] = None; import ceasefire_talks as ct; ct.load('events', {library!r})")
    assert found.stderr.splitlines()[-1] == f"ModuleNotFoundError: {line}"


def test_lists_of_dicts_need_no_other_package() -> None:
    """Isolated and without site-packages: the standard library alone."""
    found = run_python("import ceasefire_talks as ct; print(len(ct.load('events')), len(ct.cite()))", "-I", "-S")
    assert found.stderr == ""
    assert found.stdout.split()[0] == str(len(ct.load("events")))


def test_import_brings_in_nothing_heavy() -> None:
    found = run_python("import ceasefire_talks; print(sorted(sys.modules))")
    assert not {"csv", "datetime", "yaml", "polars", "pandas", "importlib.metadata"} & set(eval(found.stdout))
