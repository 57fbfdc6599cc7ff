"""What is exported: a database with the rows of the package, and what other programs are told of the tables."""

import sqlite3
from collections.abc import Iterator
from datetime import date

import pytest
import yaml

import ceasefire_talks as ct
from ceasefire_talks.build import Built
from ceasefire_talks.declaration import published
from ceasefire_talks.exports import render_exports
from ceasefire_talks.exports.huggingface import to_configs
from ceasefire_talks.exports.postgresql import sort_by_reference, to_literal
from ceasefire_talks.records.metadata import Package
from helpers import DECLARED, ROOT, TABLES


@pytest.fixture(scope="module")
def database(exports: dict[str, bytes]) -> Iterator[sqlite3.Connection]:
    connection = sqlite3.connect(":memory:")
    connection.deserialize(exports["ceasefire-talks.sqlite"])
    yield connection
    connection.close()


def test_exports_are_the_same_each_time(built: Built, about: Package, exports: dict[str, bytes]) -> None:
    assert list(exports) == [
        "ceasefire-talks.sqlite",
        "ceasefire-talks.metadata.json",
        "ceasefire-talks.schema.sql",
    ]
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
    unique = [row for row in database.execute(f"PRAGMA index_list({table})") if row[3] == "u"]
    single = [field for field in DECLARED[table]["fields"] if field.get("constraints", {}).get("unique")]
    assert len(unique) == len(DECLARED[table].get("uniqueKeys", [])) + len(single)


def test_a_broken_reference_would_be_seen(exports: dict[str, bytes]) -> None:
    connection = sqlite3.connect(":memory:")
    connection.deserialize(exports["ceasefire-talks.sqlite"])
    connection.execute("UPDATE event_actors SET actor_id = 'nobody' WHERE actor_id = 'hamas'")
    assert connection.execute("PRAGMA foreign_key_check").fetchall() != []
    connection.close()


@pytest.mark.parametrize(
    ("table", "words"),
    [
        ("events", "truce"),
        ("demands", "captive"),
        ("quotes", "Gaza"),
        ("quotes", "ceasefire"),
        ("talk_terms", "withdrawal"),
        ("talks", '"21-day"'),
        ("talks", "\"d''affaires\""),
        ("talks", '"21-day" "Netanyahu\'\'s"'),
    ],
)
def test_database_is_searched(database: sqlite3.Connection, table: str, words: str) -> None:
    """The words stand here as they are typed between the quotes of SQL."""
    found = database.execute(f"SELECT count(*) FROM {table}_fts WHERE {table}_fts MATCH '{words}'").fetchone()
    assert found[0] > 0


@pytest.mark.parametrize("words", ["21-day", "d''un"])
def test_a_hyphen_and_an_apostrophe_need_the_double_quotes_of_the_guide(
    database: sqlite3.Connection, words: str
) -> None:
    search = "SELECT count(*) FROM talks_fts WHERE talks_fts MATCH '{}'"
    with pytest.raises(sqlite3.OperationalError):
        database.execute(search.format(words))
    database.execute(search.format(f'"{words}"'))


def test_every_table_is_a_configuration_and_the_first_the_default() -> None:
    configs = yaml.safe_load(to_configs(DECLARED))["configs"]
    assert [config["config_name"] for config in configs] == TABLES
    assert [config["config_name"] for config in configs if config.get("default")] == ["talks"]
    assert all((ROOT / config["data_files"]).is_file() for config in configs)


def test_a_table_stands_after_those_that_it_refers_to() -> None:
    order = sort_by_reference(published(DECLARED))
    assert sorted(order) == sorted(TABLES)
    for name in TABLES:
        for key in DECLARED[name].get("foreignKeys", []):
            assert order.index(key["reference"]["resource"]) <= order.index(name)


@pytest.mark.parametrize(
    ("text", "literal"), [("It is so.", "'It is so.'"), ("Israel's", "'Israel''s'"), ("", "''"), ("a\\b", "'a\\b'")]
)
def test_a_text_is_a_literal_of_sql(text: str, literal: str) -> None:
    assert to_literal(text) == literal
