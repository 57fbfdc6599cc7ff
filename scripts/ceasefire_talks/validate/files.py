"""Which files of a folder hold which table: a file or a sub-folder of parts, CSV or Parquet, in a package or flat."""

import csv
from pathlib import Path

import duckdb

from ceasefire_talks.declaration import Declaration, Table, base_fields, field_names, published
from ceasefire_talks.declaration.types import TYPES
from ceasefire_talks.files import data_path
from ceasefire_talks.problems import Problem

Parts = dict[str, list[Path]]  # table -> its files, in order
SEPARATORS = {";": "semicolons", "\t": "tabs", "|": "bars"}
READ = ("csv", "parquet")  # the formats that are judged; where both stand, the first, and the other is compared with it


def find_formats(root: Path, declared: Declaration) -> dict[str, Parts]:
    """Return the parts of every table in each format that stands in a folder; raise `ValueError` where none does."""
    found = {kind: find_parts(root, declared, kind) for kind in READ}
    standing = {kind: parts for kind, parts in found.items() if any(parts.values())}
    if not standing:
        raise ValueError(f"{root}: holds no table; give the folder of the package, unpacked")
    return standing


def find_parts(root: Path, declared: Declaration, kind: str) -> Parts:
    """Return the files of each published table in a format; none where a table is not there."""
    parts = {}
    for name, table in published(declared).items():
        whole = [root / data_path(name, table, kind), root / f"{name}.{kind}"]
        found = [[path] for path in whole if path.is_file()]
        found += [sorted(path.with_suffix("").glob(f"*.{kind}")) for path in whole]
        parts[name] = next(filter(None, found), [])
    return parts


def place_missing(root: Path, name: str, table: Table, kind: str) -> str:
    """Return where a table that is not there should stand."""
    path = data_path(name, table, kind)
    return path if (root / "data").is_dir() else Path(path).name


def check_columns(names: list[str], table: Table) -> list[str]:
    """Return the declared columns that a file has; raise `ValueError` where it has others, or not all of them.

    A corpus may leave out what SQL adds to its tables.
    """
    coded = [field["name"] for field in base_fields(table)]
    if names not in (coded, field_names(table)):
        raise ValueError(explain_header(names, field_names(table)))
    return names


def explain_header(header: list[str], names: list[str]) -> str:
    """Return in what the columns of a file are not those declared, or how a spreadsheet saved them."""
    line = "".join(header[:1])
    saved = ["has a byte order mark; save the file as UTF-8 without BOM"] if line.startswith("\ufeff") else []
    found = [words for mark, words in SEPARATORS.items() if len(header) == 1 and mark in line]
    saved += [f"is separated by {words}; save it with commas" for words in found[:1]]
    if saved:
        return ", and ".join(saved)
    missing = [name for name in names if name not in header]
    strange = [name for name in header if name not in names]
    parts = [f"lacks {', '.join(missing)}"] if missing else []
    parts += [f"has {', '.join(strange)}, not declared"] if strange else []
    return f"its header {'; '.join(parts) or 'has the columns in another order'}"


def read_header(path: Path) -> list[str]:
    """Return the first line of a CSV file; raise `UnicodeDecodeError` where it is no text."""
    with path.open(encoding="utf-8", newline="") as file:
        return next(csv.reader(file), [])


def read_columns(connection: duckdb.DuckDBPyConnection, path: Path) -> dict[str, str]:
    """Return the columns of a Parquet file with their types."""
    described = connection.execute("DESCRIBE FROM read_parquet($1)", [escape_glob(path)]).fetchall()
    return {name: kind for name, kind, *_ in described}


def find_columns(connection: duckdb.DuckDBPyConnection, paths: list[Path], table: Table, kind: str) -> list[str]:
    """Return the columns of a table's files; raise `ValueError` or `duckdb.Error` where they are not as declared."""
    if kind == "csv":
        headers = [read_header(path) for path in paths]
    else:
        typed = [read_columns(connection, path) for path in paths]
        due = {field["name"]: SQL_TYPES[field["type"]] for field in table["fields"]}
        if any(due.get(name, of_type) != of_type for columns in typed for name, of_type in columns.items()):
            raise ValueError("its columns or their types are not those declared")
        headers = [list(columns) for columns in typed]
    for header in headers:
        check_columns(header, table)
    if any(header != headers[0] for header in headers):
        raise ValueError("its parts have different columns")
    return headers[0]


SQL_TYPES = {
    name: {"TEXT": "VARCHAR", "DOUBLE PRECISION": "DOUBLE"}.get(kind.sql, kind.sql) for name, kind in TYPES.items()
}


def escape_glob(path: Path) -> str:
    """Return a path in which DuckDB sees no pattern."""
    return "".join(f"[{character}]" if character in "*?[" else character for character in str(path))


def explain_error(path: str, kind: str, error: Exception) -> Problem:
    """Return in one sentence why a file cannot be read."""
    text = str(error)
    if isinstance(error, UnicodeDecodeError) or "unicode" in text.lower() or "utf-8" in text.lower():
        return Problem(path, "encoding", "is not UTF-8; save the file as UTF-8")
    if not isinstance(error, duckdb.Error):
        return Problem(f"{path}:1" if kind == "csv" else path, "columns", text)
    lines = [line for line in text.splitlines() if line.strip()]
    said = f"cannot be read as CSV: {' '.join(lines[:2])}" if kind == "csv" else f"cannot be read: {lines[0]}"
    return Problem(path, kind, said)
