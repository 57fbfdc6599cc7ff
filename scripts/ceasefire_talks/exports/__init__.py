"""Bytes for `dist/`: SQLite, what opens it in Datasette, and a schema for PostgreSQL."""

from ceasefire_talks.declaration import Declaration
from ceasefire_talks.exports.datasette import to_datasette
from ceasefire_talks.exports.postgresql import to_postgresql
from ceasefire_talks.exports.sqlite import to_sqlite
from ceasefire_talks.files import Files
from ceasefire_talks.records.metadata import Package
from ceasefire_talks.tables.tabulate import Tables


def render_exports(package: Package, tables: Tables, declared: Declaration) -> Files:
    """Return one file for each habit as bytes, by its name."""
    return {
        f"{package.name}.sqlite": to_sqlite(tables, declared),
        f"{package.name}.metadata.json": to_datasette(package, declared),
        f"{package.name}.schema.sql": to_postgresql(declared),
    }
