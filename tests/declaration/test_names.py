"""No table and no column bears a word that SQL keeps for itself: a query needs no quotation marks anywhere."""

import sqlite3
from collections.abc import Callable

import duckdb
import polars as pl
import pytest

from helpers import DECLARED, TABLES

POSTGRESQL = """
all analyse analyze and any array as asc asymmetric authorization binary both case cast check collate collation column
concurrently constraint create cross current_catalog current_date current_role current_schema current_time
current_timestamp current_user default deferrable desc distinct do else end except false fetch for foreign freeze from
full grant group having ilike in initially inner intersect into is isnull join lateral leading left like limit localtime
localtimestamp natural not notnull null offset on only or order outer overlaps placing primary references returning
right select session_user similar some symmetric system_user table tablesample then to trailing true union unique user
using variadic verbose when where window with
"""
SPARK = """
all and anti any as authorization both case cast check collate column constraint create cross current_date current_time
current_timestamp current_user distinct else end escape except exists false fetch filter for foreign from full grant
group having in inner intersect into is join lateral leading left minus natural not null offset on only or order outer
overlaps primary references right select semi session_user some sql table then to trailing true union unique unknown
user using when where with within
"""


def ask_duckdb(table: str, columns: list[str]) -> list[str]:
    with duckdb.connect() as connection:
        connection.execute(f"CREATE TABLE {table} ({', '.join(f'{column} INTEGER' for column in columns)})")
        return [column[0] for column in connection.execute(select(table, columns)).description or []]


def ask_sqlite(table: str, columns: list[str]) -> list[str]:
    connection = sqlite3.connect(":memory:")
    connection.execute(f"CREATE TABLE {table} ({', '.join(f'{column} INTEGER' for column in columns)})")
    names = [column[0] for column in connection.execute(select(table, columns)).description]
    connection.close()
    return names


def ask_polars(table: str, columns: list[str]) -> list[str]:
    frame = pl.DataFrame(schema=dict.fromkeys(columns, pl.Int32))
    return pl.SQLContext({table: frame}, eager=True).execute(select(table, columns)).columns


def select(table: str, columns: list[str]) -> str:
    """Return a query that names every column bare, in each place where a word may be mistaken."""
    first = columns[0]
    return f"SELECT {', '.join(columns)} FROM {table} WHERE {first} IS NOT NULL ORDER BY {', '.join(columns)}"


ASK: dict[str, Callable[[str, list[str]], list[str]]] = {
    "DuckDB": ask_duckdb,
    "SQLite": ask_sqlite,
    "polars": ask_polars,
}


@pytest.mark.parametrize("program", ASK)
@pytest.mark.parametrize("table", TABLES)
def test_every_column_is_selected_bare(table: str, program: str) -> None:
    columns = [field["name"] for field in DECLARED[table]["fields"]]
    assert ASK[program](table, columns) == columns


@pytest.mark.parametrize(
    ("program", "word"),
    [*((program, "from") for program in ASK), ("DuckDB", "end"), ("SQLite", "table"), ("polars", "interval")],
)
def test_a_reserved_word_would_be_seen(program: str, word: str) -> None:
    with pytest.raises((duckdb.Error, sqlite3.Error, pl.exceptions.PolarsError)):
        ASK[program]("it", [word])


@pytest.mark.parametrize("words", [POSTGRESQL, SPARK], ids=["PostgreSQL", "Spark"])
def test_no_name_is_reserved_elsewhere(words: str) -> None:
    names = set(TABLES) | {field["name"] for name in TABLES for field in DECLARED[name]["fields"]}
    assert names & set(words.split()) == set()
