"""The files of a folder as views of DuckDB, one pass over each: its rows, and those that may break a check.

The view `TABLE` has the columns that are coded and `_row`, `_whole_TABLE` also those added by SQL. Parquet stays where
it is; of CSV, what keys, references and rules between rows look at is kept in DuckDB, which puts aside what does not
fit into its memory.
"""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import duckdb

from ceasefire_talks.declaration import Field, Table, base_fields
from ceasefire_talks.tables.codes import Codes
from ceasefire_talks.validate.cells import SUSPECT, hold_together, quoted, select_cells
from ceasefire_talks.validate.files import SQL_TYPES, escape_glob

PART = 40  # bits of the number of a row that count within a part of Parquet
BATCH = 200_000_000  # bytes of the files that are read at once: to read the patterns of texts takes a while
Tick = Callable[[str, int, int], None]  # told of each step, with the bytes and rows that it has read


class Loaded(NamedTuple):
    """A table as it was read: the fields that its files have, those kept of CSV, and where batches of files begin.

    A batch is the number of its first row and of its first file, where the number of a row does not tell its part.
    """

    name: str
    table: Table
    kind: str
    fields: list[Field]
    paths: list[Path]
    kept: list[str] = []  # noqa: RUF012 - it is not changed
    batches: list[tuple[int, int]] = []  # noqa: RUF012
    rows: int = 0


def load_table(connection: duckdb.DuckDBPyConnection, found: Loaded, codes: Codes, tick: Tick) -> Loaded:
    """Read the parts of a table into its view, and its rows that may break a check; return where its rows stand."""
    (prepare_csv if found.kind == "csv" else prepare_parquet)(connection, found)
    batches, rows = [], 0
    for first, paths in batch_files(found.paths):
        if found.kind == "csv":
            batches.append((rows, first))
            [(count,)] = connection.execute(keep_csv(found, codes, paths)).fetchall()
        else:
            connection.execute(keep_parquet(found, codes, paths, first))
            count = count_parquet(connection, paths)
        rows += count
        tick(f"reading {found.name}", sum(path.stat().st_size for path in paths), count)
    return found._replace(batches=batches, rows=rows)


def batch_files(paths: list[Path]) -> Iterator[tuple[int, list[Path]]]:
    """Yield files together as long as they are not too large, with the number of the first of them."""
    first, size = 0, 0
    for number, path in enumerate(paths):
        size += path.stat().st_size
        if size > BATCH or number == len(paths) - 1:
            yield first, paths[first : number + 1]
            first, size = number + 1, 0


def list_files(paths: list[Path]) -> str:
    """Return paths as a list of SQL."""
    return f"[{', '.join(quoted(escape_glob(path)) for path in paths)}]"


def prepare_csv(connection: duckdb.DuckDBPyConnection, found: Loaded) -> None:
    """Make the table that keeps rows of CSV, and the views on it."""
    name, types = found.name, {field["name"]: SQL_TYPES[field["type"]] for field in found.fields}
    columns = ", ".join([*(f'"{column}" {types[column]}' for column in found.kept), "_suspect VARCHAR[]"])
    connection.execute(f'CREATE TABLE "_kept_{name}" ({columns})')
    make_views(connection, found, f'SELECT * EXCLUDE (_suspect), rowid AS _row FROM "_kept_{name}"')
    cells = ", ".join(f'_suspect[{number}] AS "_{column}"' for number, column in enumerate(types, 1))
    suspect = f'SELECT rowid AS _row, {cells} FROM "_kept_{name}" WHERE _suspect IS NOT NULL'
    connection.execute(f'CREATE VIEW "_suspect_{name}" AS {suspect}')


def keep_csv(found: Loaded, codes: Codes, paths: list[Path]) -> str:
    """Return the statement that keeps the rows of files, those that may break a check with all their cells."""
    return f'INSERT INTO "_kept_{found.name}" {select_kept(found, codes, paths)}'


def select_kept(found: Loaded, codes: Codes, paths: list[Path]) -> str:
    """Return the query for the rows of files with what is kept of them, of those that may break a check all cells."""
    names = [field["name"] for field in found.fields]
    holds = hold_together(found.table, found.fields, found.kind, codes, SUSPECT)
    suspect = f"CASE WHEN NOT coalesce({holds}, true) THEN {pack_cells(found)} END AS _suspect"
    kept = ", ".join([*(f'"{name}"' for name in found.kept), suspect])
    source = read_texts(paths, [f"_{name}" for name in names]) if found.kind == "csv" else rename_cells(found, paths)
    return f"SELECT {kept} FROM ({select_cells(found.fields, found.kind, source)})"


def pack_cells(found: Loaded) -> str:
    """Return all cells of a row as one value: those of CSV as a list, which takes no room where there is none."""
    names = [f'"_{field["name"]}"' for field in found.fields]
    if found.kind == "csv":
        return f"[{', '.join(names)}]"
    return f"struct_pack({', '.join(f'{name} := {name}' for name in names)})"


def rename_cells(found: Loaded, paths: list[Path], *more: str) -> str:
    """Return files of Parquet as a table in which each cell has the name of one as its file has it."""
    cells = ", ".join([*more, *(f'"{field["name"]}" AS "_{field["name"]}"' for field in found.fields)])
    return f"(SELECT {cells} FROM read_parquet({list_files(paths)}))"


def read_texts(paths: list[Path], names: list[str]) -> str:
    """Return CSV files as a table of texts."""
    columns = ", ".join(f"{quoted(name)}: 'VARCHAR'" for name in names)
    options = "auto_detect = false, header = true, strict_mode = true"
    return f"read_csv({list_files(paths)}, {options}, columns = {{{columns}}})"


def prepare_parquet(connection: duckdb.DuckDBPyConnection, found: Loaded) -> None:
    """Make the view of parts of Parquet, and the table for their rows that may break a check."""
    cells = ", ".join(f'"_{field["name"]}" {SQL_TYPES[field["type"]]}' for field in found.fields)
    connection.execute(f'CREATE TABLE "_suspect_{found.name}" (_row BIGINT, {cells})')
    make_views(connection, found, f"SELECT *, {number_row(0)} FROM read_parquet({list_files(found.paths)})")


def make_views(connection: duckdb.DuckDBPyConnection, found: Loaded, query: str) -> None:
    """Make the two views of a table."""
    coded = [field["name"] for field in base_fields(found.table) if found.kind != "csv" or field["name"] in found.kept]
    columns = ", ".join([*(f'"{name}"' for name in coded), "_row"])
    connection.execute(f'CREATE VIEW "_whole_{found.name}" AS {query}')
    connection.execute(f'CREATE VIEW "{found.name}" AS SELECT {columns} FROM "_whole_{found.name}"')


def number_row(first: int) -> str:
    """Return the number of a row of Parquet: that of its file among all, and its own in the file."""
    return f"((file_index::BIGINT + {first}) << {PART}) + file_row_number AS _row"


def keep_parquet(found: Loaded, codes: Codes, paths: list[Path], first: int) -> str:
    """Return the statement that keeps the rows of files that may break a check."""
    rows = select_cells(found.fields, "parquet", rename_cells(found, paths, number_row(first)))
    suspect = ", ".join(["_row", *(f'"_{field["name"]}"' for field in found.fields)])
    holds = hold_together(found.table, found.fields, "parquet", codes, SUSPECT)
    return f'INSERT INTO "_suspect_{found.name}" SELECT {suspect} FROM ({rows}) WHERE NOT coalesce({holds}, true)'


def count_parquet(connection: duckdb.DuckDBPyConnection, paths: list[Path]) -> int:
    """Return how many rows files of Parquet say that they have."""
    said = f"SELECT sum(num_rows)::BIGINT FROM parquet_file_metadata({list_files(paths)})"
    [(count,)] = connection.execute(said).fetchall()
    return int(count)


def place_row(connection: duckdb.DuckDBPyConnection, found: Loaded, row: int) -> tuple[Path, int]:
    """Return the file and line of a row of CSV, or the file and number, from 1, of a row of Parquet."""
    if not found.batches:  # its number says both
        return found.paths[row >> PART], (row & ((1 << PART) - 1)) + (2 if found.kind == "csv" else 1)
    start, first = max(batch for batch in found.batches if batch[0] <= row)
    row -= start
    for path in found.paths[first:]:
        names = [f"_{field['name']}" for field in found.fields]
        [(count,)] = connection.execute(f"SELECT count(*) FROM {read_texts([path], names)}").fetchall()
        if row < count:
            break
        row -= count
    return path, row + 2
