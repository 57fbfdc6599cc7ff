"""The workbook and the database: the same rows as the package, opened by other programs."""

import io
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest

import ceasefire_talks as ct
from ceasefire_talks.build import Built, render_exports
from ceasefire_talks.records.metadata import read_project
from helpers import DECLARED, ROOT, TABLES

SHEETS = ["read me", *sorted(TABLES, key=lambda name: not DECLARED[name].get("view"))]


@pytest.fixture(scope="module")
def exports(built: Built) -> dict[str, bytes]:
    return render_exports(read_project(ROOT), built.tables, built.declared)


@pytest.fixture(scope="module")
def database(exports: dict[str, bytes]) -> Iterator[sqlite3.Connection]:
    connection = sqlite3.connect(":memory:")
    connection.deserialize(exports["ceasefire-talks.sqlite"])
    yield connection
    connection.close()


@pytest.fixture(scope="module")
def workbook(exports: dict[str, bytes]) -> Any:
    return openpyxl.load_workbook(io.BytesIO(exports["ceasefire-talks.xlsx"]))


def test_exports_are_the_same_each_time(built: Built, exports: dict[str, bytes]) -> None:
    assert render_exports(read_project(ROOT), built.tables, built.declared) == exports


def test_workbook_begins_with_what_to_know(workbook: Any) -> None:
    assert workbook.sheetnames == SHEETS
    front = list(workbook["read me"].iter_rows(values_only=True))
    assert front[2] == ("How to cite", str(ct.cite()))
    assert sum(row[0] == "Before you use it" for row in front) == len(read_project(ROOT)["caveats"])


@pytest.mark.parametrize("table", TABLES)
def test_sheet_has_the_rows_and_types_of_the_table(workbook: Any, table: str) -> None:
    lines = list(workbook[table].iter_rows(values_only=True))
    names = [field["name"] for field in DECLARED[table]["fields"]]
    assert list(lines[0]) == names
    days = [[cell.date() if isinstance(cell, datetime) else cell for cell in line] for line in lines[1:]]
    assert days == [list(row.values()) for row in ct.load(table)]


@pytest.mark.parametrize("table", TABLES)
def test_sheet_explains_itself(workbook: Any, table: str) -> None:
    sheet = workbook[table]
    assert sheet.freeze_panes == "B2"
    assert sheet.auto_filter.ref == sheet.dimensions
    for cell, field in zip(sheet[1], DECLARED[table]["fields"], strict=True):
        assert field["description"] in cell.comment.text


def test_database_is_whole(database: sqlite3.Connection) -> None:
    assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    assert database.execute("PRAGMA foreign_key_check").fetchall() == []


@pytest.mark.parametrize("table", TABLES)
def test_database_has_the_rows_of_the_table(database: sqlite3.Connection, table: str) -> None:
    rows = database.execute(f"SELECT * FROM {table}").fetchall()
    plain = [tuple(v.isoformat() if isinstance(v, date) else v for v in row.values()) for row in ct.load(table)]
    assert sorted(rows, key=repr) == sorted(plain, key=repr)


@pytest.mark.parametrize("table", [name for name in TABLES if not DECLARED[name].get("view")])
def test_database_keeps_types_and_keys(database: sqlite3.Connection, table: str) -> None:
    columns = database.execute(f"PRAGMA table_info({table})").fetchall()
    for (_, name, kind, not_null, _, _), field in zip(columns, DECLARED[table]["fields"], strict=True):
        types = {"string": "TEXT", "integer": "INTEGER", "number": "REAL", "boolean": "INTEGER", "date": "TEXT"}
        assert (name, kind) == (field["name"], types[field["type"]])
        assert bool(not_null) is bool(field.get("constraints", {}).get("required"))
    foreign = {row[0] for row in database.execute(f"PRAGMA foreign_key_list({table})")}
    assert len(foreign) == len(DECLARED[table].get("foreignKeys", []))


def test_a_broken_reference_would_be_seen(exports: dict[str, bytes]) -> None:
    connection = sqlite3.connect(":memory:")
    connection.deserialize(exports["ceasefire-talks.sqlite"])
    connection.execute("UPDATE event_actors SET actor_id = 'nobody' WHERE actor_id = 'hamas'")
    assert connection.execute("PRAGMA foreign_key_check").fetchall() != []
    connection.close()


@pytest.mark.parametrize(
    ("table", "word"), [("events", "truce"), ("demands", "captive"), ("quotes", "Gaza"), ("quotes", "ceasefire")]
)
def test_database_is_searched(database: sqlite3.Connection, table: str, word: str) -> None:
    found = database.execute(f"SELECT count(*) FROM {table}_fts WHERE {table}_fts MATCH '{word}'").fetchone()
    assert found[0] > 0


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/ceasefire-talks/events.json?_search=truce&_shape=array", "21-day truce"),
        ("/ceasefire-talks/events.json?_facet=type", '"facet_results"'),
        ("/ceasefire-talks/demands_wide.json?_shape=array", "Hamas"),
        ("/ceasefire-talks/quotes", "CC-BY-4.0"),
        ("/ceasefire-talks/events/EV0001.json?_shape=array", "EV0001"),
    ],
)
def test_datasette_opens_it(exports: dict[str, bytes], tmp_path: Path, path: str, expected: str) -> None:
    for name, content in exports.items():
        (tmp_path / name).write_bytes(content)
    files = ["ceasefire-talks.sqlite", "--metadata", "ceasefire-talks.metadata.json"]
    command = [sys.executable, "-W", "ignore", "-m", "datasette", *files, "--get", path]
    found = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=True)
    assert expected in found.stdout
