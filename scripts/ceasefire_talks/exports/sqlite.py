"""The tables as a SQLite database: types, NULLs, keys, indexes and full-text search."""

import sqlite3
from datetime import date
from typing import Any

from ceasefire_talks.declaration import Declaration, published
from ceasefire_talks.exports.sql import create_table
from ceasefire_talks.tables.tabulate import Tables


def to_sqlite(tables: Tables, declared: Declaration) -> bytes:
    """Return the database as the bytes of a SQLite file."""
    connection = sqlite3.connect(":memory:")
    for name, table in published(declared).items():
        for statement in create_table(name, table):
            connection.execute(statement)
        holes = ", ".join("?" * len(table["fields"]))
        rows = ([to_sql(value) for value in row] for row in tables[name].iter_rows())
        connection.executemany(f"INSERT INTO {name} VALUES ({holes})", rows)
        if "searched" in table:
            columns = ", ".join(table["searched"])
            index = f'{name}_fts USING fts5({columns}, content="{name}")'  # Datasette looks for these quotes
            connection.execute(f"CREATE VIRTUAL TABLE {index}")
            connection.execute(f"INSERT INTO {name}_fts({name}_fts) VALUES ('rebuild')")
    connection.commit()
    content = connection.serialize()
    connection.close()
    return content


def to_sql(value: Any) -> Any:
    """Return a value as SQLite stores it: days as ISO text."""
    return value.isoformat() if isinstance(value, date) else value
