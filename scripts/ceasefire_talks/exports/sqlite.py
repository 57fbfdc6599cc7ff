"""The tables as a SQLite database: types, NULLs, keys, indexes and full-text search."""

import sqlite3
from datetime import date
from typing import Any

from ceasefire_talks.declaration import Declaration, Field, Table, is_required, published
from ceasefire_talks.declaration.types import TYPES
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
            connection.execute(f"CREATE VIRTUAL TABLE {name}_fts USING fts5({columns}, content='{name}')")
            connection.execute(f"INSERT INTO {name}_fts({name}_fts) VALUES ('rebuild')")
    connection.commit()
    content = connection.serialize()
    connection.close()
    return content


def create_table(name: str, table: Table) -> list[str]:
    """Return the statements that create a table with its types, keys and indexes."""
    lines = [define_column(field) for field in table["fields"]]
    lines.append(f"PRIMARY KEY ({', '.join(table['primaryKey'])})")
    lines += [f"UNIQUE ({', '.join(key)})" for key in table.get("uniqueKeys", [])]
    indexes = []
    for number, key in enumerate(table.get("foreignKeys", []), 1):
        columns, target = ", ".join(key["fields"]), key["reference"]
        lines.append(f"FOREIGN KEY ({columns}) REFERENCES {target['resource']} ({', '.join(target['fields'])})")
        indexes.append(f"CREATE INDEX {name}_{number} ON {name} ({columns})")
    body = ",\n  ".join(lines)
    return [f"CREATE TABLE {name} (\n  {body}\n)", *indexes]


def define_column(field: Field) -> str:
    """Return the definition of a column: name, type and whether it may be empty."""
    return f"{field['name']} {TYPES[field['type']].sql}{' NOT NULL' if is_required(field) else ''}"


def to_sql(value: Any) -> Any:
    """Return a value as SQLite stores it: days as ISO text."""
    return value.isoformat() if isinstance(value, date) else value
