"""The tables as a SQLite database: types, NULLs, keys, indexes, full-text search, and the wide views as SQL views.

The SQL in `views/` is the one definition of the wide views: the build reads them from this database, and the database
that is published has them too.
"""

import json
import sqlite3
from datetime import date
from pathlib import Path
from typing import Any

from ceasefire_talks.declaration import Declaration, Field, Table, is_required, published
from ceasefire_talks.records.metadata import Project
from ceasefire_talks.tables.tabulate import Tables, to_frame

VIEWS = Path(__file__).parent / "views"
SQL_TYPES = {"string": "TEXT", "integer": "INTEGER", "number": "REAL", "boolean": "INTEGER", "date": "TEXT"}
SEARCHED = {"events": ("title", "summary"), "demands": ("statement",), "quotes": ("gloss", "printed")}


def add_views(tables: Tables, declared: Declaration) -> Tables:
    """Return the tables with the wide views added, in the order of the declaration."""
    connection = open_database(tables, declared)
    views = {name: read_view(connection, name, table) for name, table in declared.items() if table.get("view")}
    connection.close()
    return {name: (tables | views)[name] for name in declared if name in tables or name in views}


def to_sqlite(tables: Tables, declared: Declaration) -> bytes:
    """Return the database as the bytes of a SQLite file, with full-text search over events, demands and quotes."""
    connection = open_database(tables, declared)
    for name, columns in SEARCHED.items():
        connection.execute(f"CREATE VIRTUAL TABLE {name}_fts USING fts5({', '.join(columns)}, content='{name}')")
        connection.execute(f"INSERT INTO {name}_fts({name}_fts) VALUES ('rebuild')")
    connection.commit()
    content = connection.serialize()
    connection.close()
    return content


def to_datasette(project: Project, declared: Declaration) -> bytes:
    """Return the metadata file that has Datasette show licence, sources, caveats and what each column means."""
    described = {
        name: {
            "title": table["title"],
            "description": f"One row is {table['row']}. {table['description']}",
            "columns": {field["name"]: field["description"] for field in table["fields"]},
            "facets": [field["name"] for field in table["fields"] if field.get("codes")][:4],
        }
        for name, table in published(declared).items()
    }
    metadata = {
        "title": project["title"],
        "description": " ".join(caveat.replace("**", "") for caveat in project["caveats"]),
        "license": project["licenses"][0]["name"],
        "license_url": project["licenses"][0]["path"],
        "databases": {project["name"]: {"tables": described}},
    }
    return (json.dumps(metadata, ensure_ascii=False, indent=2) + "\n").encode("utf-8")


def open_database(tables: Tables, declared: Declaration) -> sqlite3.Connection:
    """Return an in-memory database of the published tables, with the views on them."""
    connection = sqlite3.connect(":memory:")
    stored = {name: table for name, table in published(declared).items() if not table.get("view")}
    for name, table in stored.items():
        connection.execute(create_table(name, table))
        for number, key in enumerate(table.get("foreignKeys", []), 1):
            connection.execute(f"CREATE INDEX {name}_{number} ON {name} ({quote_names(key['fields'])})")
        holes = ", ".join("?" * len(table["fields"]))
        rows = [[to_sql(value) for value in row] for row in tables[name].iter_rows()]
        connection.executemany(f"INSERT INTO {name} VALUES ({holes})", rows)
    for path in sorted(VIEWS.glob("*.sql")):
        select = path.read_text("utf-8")
        if path.stem in declared:
            columns = quote_names([field["name"] for field in declared[path.stem]["fields"]])
            select = f"SELECT {columns} FROM (\n{select})"
        connection.execute(f"CREATE VIEW {path.stem} AS\n{select}")
    connection.commit()
    return connection


def create_table(name: str, table: Table) -> str:
    """Return the statement that creates a table with its types and keys."""
    lines = [column_definition(field) for field in table["fields"]]
    lines.append(f"PRIMARY KEY ({quote_names(table['primaryKey'])})")
    lines += [f"UNIQUE ({quote_names(key)})" for key in table.get("uniqueKeys", [])]
    for key in table.get("foreignKeys", []):
        target = key["reference"]
        references = f"{target['resource']} ({quote_names(target['fields'])})"
        lines.append(f"FOREIGN KEY ({quote_names(key['fields'])}) REFERENCES {references}")
    return f"CREATE TABLE {name} (\n  {', '.join(lines)}\n)".replace(", ", ",\n  ")


def column_definition(field: Field) -> str:
    """Return the definition of a column: name, type and whether it may be empty."""
    return f'"{field["name"]}" {SQL_TYPES[field["type"]]}{" NOT NULL" if is_required(field) else ""}'


def quote_names(names: list[str]) -> str:
    """Return column names quoted, since `table`, `end` and others are words of SQL."""
    return ", ".join(f'"{name}"' for name in names)


def to_sql(value: Any) -> Any:
    """Return a value as SQLite stores it: days as ISO text, true and false as 1 and 0."""
    return value.isoformat() if isinstance(value, date) else value


def read_view(connection: sqlite3.Connection, name: str, table: Table) -> Any:
    """Return a view as a frame of the declared types."""
    rows = connection.execute(f"SELECT * FROM {name}").fetchall()
    fields = table["fields"]
    return to_frame(
        table,
        [{field["name"]: from_sql(field, value) for field, value in zip(fields, row, strict=True)} for row in rows],
    )


def from_sql(field: Field, value: Any) -> Any:
    """Return what SQLite stored as the declared type."""
    if value is not None and field["type"] == "date":
        return date.fromisoformat(value)
    return bool(value) if field["type"] == "boolean" else value
