"""The files of a package that somebody made as frames of the declared types, read by DuckDB."""

import csv
from pathlib import Path
from typing import Any

import duckdb
import polars as pl

from ceasefire_talks.declaration import Field, Table, field_names, row_id
from ceasefire_talks.problems import Problem, shown
from ceasefire_talks.tables.tabulate import parse_cell, to_frame

SEPARATORS = {";": "semicolons", "\t": "tabs", "|": "bars"}


def read_csv(root: Path, path: str, table: Table) -> tuple[pl.DataFrame, list[Problem]]:
    """Return a CSV file as a frame, and the cells that are not of their type; they are empty in the frame."""
    frame, problems = read_text(root, path, table)
    columns = {}
    for field in table["fields"]:
        values, wrong = parse_column(field, frame[field["name"]].to_list())
        columns[field["name"]] = values
        for row, message in wrong:
            label = row_id(table, frame.row(row, named=True))
            rule = "edtf" if field.get("edtf") else f"type {field['type']}"
            problems.append(Problem(f"{path}:{row + 2}", rule, f"{label}.{field['name']}: {message}"))
    rows = [dict(zip(columns, cells, strict=True)) for cells in zip(*columns.values(), strict=True)]
    return to_frame(table["fields"], rows), problems


def read_text(root: Path, path: str, table: Table) -> tuple[pl.DataFrame, list[Problem]]:
    """Return the cells of a CSV file as text; no rows where the file is not the CSV of this table."""
    names = field_names(table)
    empty = pl.DataFrame(schema=dict.fromkeys(names, pl.String))
    try:
        with (root / path).open(encoding="utf-8", newline="") as file:
            header = next(csv.reader(file), [])
        if header != names:
            return empty, [Problem(f"{path}:1", "columns", explain_header(header, names))]
        query = "FROM read_csv($1, auto_detect = false, header = true, strict_mode = true, columns = $2)"
        parameters = [escape_glob(root / path), dict.fromkeys(names, "VARCHAR")]
        return fetch(query, *parameters), []
    except FileNotFoundError:
        return empty, [Problem(path, "missing", "is not there")]
    except UnicodeDecodeError:
        return empty, [Problem(path, "encoding", "is not UTF-8; save the file as UTF-8")]
    except duckdb.Error as error:
        lines = [line for line in str(error).splitlines() if line.strip()]
        return empty, [Problem(path, "csv", f"cannot be read as CSV: {' '.join(lines[:2])}")]


def fetch(query: str, *parameters: Any) -> pl.DataFrame:
    """Return what a query of DuckDB gives."""
    relation: Any = duckdb.sql(query, params=list(parameters))
    frame: pl.DataFrame = relation.pl()
    return frame


def escape_glob(path: Path) -> str:
    """Return a path in which DuckDB sees no pattern."""
    return "".join(f"[{character}]" if character in "*?[" else character for character in str(path))


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


def parse_column(field: Field, texts: list[str | None]) -> tuple[list[Any], list[tuple[int, str]]]:
    """Return the values of a column, each distinct text parsed once, and the rows whose text is not of the type."""
    values: dict[str | None, Any] = {None: None}
    faults: dict[str | None, str] = {}
    for text in dict.fromkeys(text for text in texts if text is not None):
        try:
            values[text] = parse_cell(field, text)
        except ValueError as error:
            values[text], faults[text] = None, f"{shown(text)} {error}"
    return [values[text] for text in texts], [(row, faults[text]) for row, text in enumerate(texts) if text in faults]


def read_parquet(root: Path, path: str) -> pl.DataFrame:
    """Return a Parquet file as a frame; raise `duckdb.Error` or `FileNotFoundError`."""
    if not (root / path).is_file():
        raise FileNotFoundError(path)
    return fetch("FROM read_parquet($1)", escape_glob(root / path))
