"""The database: the same rows as the package, opened by other programs."""

import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

import ceasefire_talks as ct
from ceasefire_talks.build import Built
from ceasefire_talks.exports import render_exports
from ceasefire_talks.records.metadata import Package
from helpers import DECLARED, TABLES


@pytest.fixture(scope="module")
def exports(built: Built, about: Package) -> dict[str, bytes]:
    return render_exports(about, built.tables, built.declared)


@pytest.fixture(scope="module")
def database(exports: dict[str, bytes]) -> Iterator[sqlite3.Connection]:
    connection = sqlite3.connect(":memory:")
    connection.deserialize(exports["ceasefire-talks.sqlite"])
    yield connection
    connection.close()


def test_exports_are_the_same_each_time(built: Built, about: Package, exports: dict[str, bytes]) -> None:
    assert list(exports) == ["ceasefire-talks.sqlite", "ceasefire-talks.metadata.json"]
    assert render_exports(about, built.tables, built.declared) == exports


def test_database_is_whole(database: sqlite3.Connection) -> None:
    assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    assert database.execute("PRAGMA foreign_key_check").fetchall() == []


@pytest.mark.parametrize("table", TABLES)
def test_database_has_the_rows_of_the_table(database: sqlite3.Connection, table: str) -> None:
    rows = database.execute(f"SELECT * FROM {table}").fetchall()
    plain = [tuple(v.isoformat() if isinstance(v, date) else v for v in row.values()) for row in ct.load(table)]
    assert sorted(rows, key=repr) == sorted(plain, key=repr)


@pytest.mark.parametrize("table", TABLES)
def test_database_keeps_types_and_keys(database: sqlite3.Connection, table: str) -> None:
    columns = database.execute(f"PRAGMA table_info({table})").fetchall()
    types = {"string": "TEXT", "integer": "INTEGER", "number": "DOUBLE PRECISION", "boolean": "BOOLEAN", "date": "DATE"}
    for (_, name, kind, not_null, _, _), field in zip(columns, DECLARED[table]["fields"], strict=True):
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
    ("table", "word"),
    [
        ("events", "truce"),
        ("demands", "captive"),
        ("quotes", "Gaza"),
        ("quotes", "ceasefire"),
        ("talks", "'21-day'"),
        ("talk_terms", "withdrawal"),
    ],
)
def test_database_is_searched(database: sqlite3.Connection, table: str, word: str) -> None:
    match = word.replace("'", '"')
    found = database.execute(f"SELECT count(*) FROM {table}_fts WHERE {table}_fts MATCH ?", (match,)).fetchone()
    assert found[0] > 0


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/ceasefire-talks/events.json?_search=truce&_shape=array", "21-day truce"),
        ("/ceasefire-talks/events.json?_facet=type", '"facet_results"'),
        ("/ceasefire-talks/demands.json?_shape=array", "Hamas"),
        ("/ceasefire-talks/talks.json?kind=vote&_shape=array", "draft"),
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
