"""The readable columns of a table (names beside ids, joined lists, a link), by the SQL in `views/` run in DuckDB.

Each query gives the key of its table and the columns declared as derived by `view`, one row a row of the table.
"""

from pathlib import Path

import duckdb
import polars as pl

from ceasefire_talks.declaration import Declaration, Table, base_fields, declaration, field_names
from ceasefire_talks.declaration.edtf import speak_edtf
from ceasefire_talks.declaration.types import TYPES
from ceasefire_talks.tables.tabulate import Tables

VIEWS = Path(__file__).parent / "views"


def add_views(tables: Tables, declared: Declaration) -> Tables:
    """Return the tables with their readable columns, in the order of the declaration."""
    with open_duckdb(tables) as connection:
        return {name: add_columns(connection, name, frame, declared[name]) for name, frame in tables.items()}


def open_duckdb(tables: Tables) -> duckdb.DuckDBPyConnection:
    """Return an in-memory DuckDB on one thread that knows each table by its name, and what the first queries make."""
    connection = duckdb.connect(config={"threads": 1})
    for name, frame in tables.items():
        connection.register(name, frame.to_arrow())
    connection.register("spoken", spoken_dates(tables).to_arrow())
    for shared in shared_views():
        connection.execute(shared)
    return connection


def shared_views() -> list[str]:
    """Return the statements that make what several queries need, in their order."""
    return [(VIEWS / f"{name}.sql").read_text("utf-8") for name in ("common", "acts", "strength")]


def spoken_dates(tables: Tables) -> pl.DataFrame:
    """Return every EDTF date of the tables with what it is in plain English."""
    dates = {
        date
        for name, table in declaration().items()
        for field in table["fields"]
        if field.get("edtf") and field["name"] in tables[name].columns
        for date in tables[name][field["name"]].drop_nulls()
    }
    return pl.DataFrame([(date, speak_edtf(date)) for date in sorted(dates)], schema=["edtf", "words"], orient="row")


def add_columns(connection: duckdb.DuckDBPyConnection, name: str, frame: pl.DataFrame, table: Table) -> pl.DataFrame:
    """Return a table with the columns of its view; a table without a view is whole already."""
    if not has_view(table):
        return frame
    columns = connection.sql((VIEWS / f"{name}.sql").read_text("utf-8")).pl()
    due = {*table["primaryKey"], *(field["name"] for field in table["fields"] if field not in base_fields(table))}
    if set(columns.columns) != due:
        wrong = ", ".join(sorted(due ^ set(columns.columns)))
        raise ValueError(f"tables/views/{name}.sql: gives other columns than the table declares: {wrong}")
    whole = frame.join(columns, on=table["primaryKey"], how="left", validate="1:1", maintain_order="left")
    types = {field["name"]: TYPES[field["type"]].polars for field in table["fields"]}
    return whole.select(pl.col(column).cast(types[column]) for column in field_names(table))


def has_view(table: Table) -> bool:
    """Tell whether some columns of a table are computed by SQL."""
    return any(field.get("derived", {}).get("by") == "view" for field in table["fields"])
