"""The files of a folder as views of DuckDB, one pass over each: its rows, and those that break a check by themselves.

The view `TABLE` has the columns that are coded and `_row`, `_whole_TABLE` also those added by SQL. Parquet stays where
it is; of CSV, what keys, references and rules between rows look at is kept in DuckDB's own format, in the folder for
temporary files.
"""

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import duckdb
import pyarrow.parquet

from ceasefire_talks.declaration import Field, Table, base_fields
from ceasefire_talks.tables.codes import Codes
from ceasefire_talks.validate.cells import hold_together, quoted, select_cells
from ceasefire_talks.validate.files import SQL_TYPES, escape_glob

PART = 40  # bits of the number of a row that count within a part of Parquet
SMALL = {"csv": 2_000_000, "parquet": 200_000}  # bytes of a file
Tick = Callable[[Path, int], None]  # told of each part that was read, with its rows


class Loaded(NamedTuple):
    """A table as it was read: the fields that its files have, those that are kept, its parts and their first rows."""

    name: str
    table: Table
    kind: str
    fields: list[Field]
    kept: list[str]
    parts: list[tuple[int, Path]]
    rows: int


def load_table(connection: duckdb.DuckDBPyConnection, found: Loaded, codes: Codes, tick: Tick) -> Loaded:
    """Read the parts of a table into its view, and its rows that break a check; return where its rows stand."""
    (prepare_csv if found.kind == "csv" else prepare_parquet)(connection, found)
    parts, rows = [], 0
    for number, (_, path) in enumerate(found.parts):
        if found.kind == "csv":
            start = rows
            [(count,)] = connection.execute(keep_csv(found, codes, path)).fetchall()
        else:
            start = number << PART
            count = pyarrow.parquet.read_metadata(path).num_rows
            connection.execute(keep_parquet(found, codes, path, start))
        parts.append((start, path))
        rows += count
        tick(path, count)
    return found._replace(parts=parts, rows=rows)


def prepare_csv(connection: duckdb.DuckDBPyConnection, found: Loaded) -> None:
    """Make the table that keeps rows of CSV, and the views on it."""
    name, types = found.name, {field["name"]: SQL_TYPES[field["type"]] for field in found.fields}
    cells = ", ".join(f'"_{column}" VARCHAR' for column in types)
    columns = ", ".join([*(f'"{column}" {types[column]}' for column in found.kept), f"_wrong STRUCT({cells})"])
    connection.execute(f'CREATE TABLE "_kept_{name}" ({columns})')
    make_views(connection, found, f'SELECT * EXCLUDE (_wrong), rowid AS _row FROM "_kept_{name}"')
    wrong = f'SELECT rowid AS _row, unnest(_wrong) FROM "_kept_{name}" WHERE _wrong IS NOT NULL'
    connection.execute(f'CREATE VIEW "_wrong_{name}" AS {wrong}')


def keep_csv(found: Loaded, codes: Codes, path: Path) -> str:
    """Return the statement that keeps the rows of a part, those that break a check with all their cells."""
    names = [field["name"] for field in found.fields]
    columns = ", ".join(f"{quoted('_' + name)}: 'VARCHAR'" for name in names)
    options = "auto_detect = false, header = true, strict_mode = true"
    source = f"read_csv({quoted(escape_glob(path))}, {options}, columns = {{{columns}}})"
    holds = hold_together(found.table, found.fields, "csv", codes, path.stat().st_size < SMALL[found.kind])
    cells = ", ".join(f'"_{name}" := "_{name}"' for name in names)
    wrong = f"CASE WHEN NOT coalesce({holds}, true) THEN struct_pack({cells}) END"
    kept = ", ".join([*(f'"{name}"' for name in found.kept), wrong])
    return f'INSERT INTO "_kept_{found.name}" SELECT {kept} FROM ({select_cells(found.fields, "csv", source)})'


def prepare_parquet(connection: duckdb.DuckDBPyConnection, found: Loaded) -> None:
    """Make the view of parts of Parquet, and the table for their rows that break a check."""
    cells = ", ".join(f'"_{field["name"]}" {SQL_TYPES[field["type"]]}' for field in found.fields)
    connection.execute(f'CREATE TABLE "_wrong_{found.name}" (_row BIGINT, {cells})')
    paths = ", ".join(quoted(escape_glob(path)) for _, path in found.parts)
    row = f"(file_index::BIGINT << {PART}) + file_row_number AS _row"
    make_views(connection, found, f"SELECT *, {row} FROM read_parquet([{paths}])")


def make_views(connection: duckdb.DuckDBPyConnection, found: Loaded, query: str) -> None:
    """Make the two views of a table."""
    coded = [field["name"] for field in base_fields(found.table) if found.kind != "csv" or field["name"] in found.kept]
    columns = ", ".join([*(f'"{name}"' for name in coded), "_row"])
    connection.execute(f'CREATE VIEW "_whole_{found.name}" AS {query}')
    connection.execute(f'CREATE VIEW "{found.name}" AS SELECT {columns} FROM "_whole_{found.name}"')


def keep_parquet(found: Loaded, codes: Codes, path: Path, start: int) -> str:
    """Return the statement that keeps the rows of a part that break a check."""
    cells = [f'"{field["name"]}" AS "_{field["name"]}"' for field in found.fields]
    columns = ", ".join([f"{start} + file_row_number AS _row", *cells])
    rows = select_cells(found.fields, "parquet", f"(SELECT {columns} FROM read_parquet({quoted(escape_glob(path))}))")
    wrong = ", ".join(["_row", *(f'"_{field["name"]}"' for field in found.fields)])
    holds = hold_together(found.table, found.fields, "parquet", codes, path.stat().st_size < SMALL[found.kind])
    return f'INSERT INTO "_wrong_{found.name}" SELECT {wrong} FROM ({rows}) WHERE NOT coalesce({holds}, true)'


def place_row(found: Loaded, root: Path, row: int) -> tuple[str, int]:
    """Return the file and line of a row of CSV, or the file and number, from 1, of a row of Parquet."""
    start, path = max((part for part in found.parts if part[0] <= row), key=lambda part: part[0])
    return path.relative_to(root).as_posix(), row - start + (2 if found.kind == "csv" else 1)
