"""What each reader makes of every table: `scripts/maintain/readers.py` writes `data/measured/compatibility.yaml`.

Each value of each table is read back and compared with the package's own. A reader's cell says `exact`, or names the
conversions that it makes of a type.
"""

import csv
import json
import subprocess
from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any

import duckdb
import fastparquet
import pandas as pd
import polars as pl
import pyarrow.parquet as pq
import yaml

import ceasefire_talks as ct
from ceasefire_talks.declaration import declaration
from ceasefire_talks.files import data_path

ROOT = Path(__file__).parents[2]
READERS_FOLDER = ROOT / "tests" / "readers"
RESULT = ROOT / "data" / "measured" / "compatibility.yaml"
KINDS = ("string", "integer", "number", "boolean", "date", "missing")
Rows = Sequence[Iterable[Any]]


def path_of(table: str, kind: str) -> str:
    """Return the path of a published file."""
    return str(ROOT / data_path(table, declaration()[table], kind))


def read_stdlib(table: str) -> Rows:
    """Return a CSV as the standard library reads it: texts."""
    with Path(path_of(table, "csv")).open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))[1:]


def frame_rows(frame: pd.DataFrame) -> Rows:
    """Return the cells of a pandas frame as it has them: nullable integers whole, days as timestamps or objects."""
    cells = ([None if pd.isna(value) else value for value in frame[name]] for name in frame)
    return list(zip(*cells, strict=True))


def read_fastparquet(table: str) -> Rows:
    """Return a table as fastparquet reads it; it does not close a file that it opens itself."""
    with Path(path_of(table, "parquet")).open("rb") as file:
        return frame_rows(fastparquet.ParquetFile(file).to_pandas())


@cache
def run_reader(*command: str, kind: str) -> dict[str, Any]:
    """Return what a program of another language prints of every table, one line of JSON for each."""
    paths = [path_of(table, kind) for table in ct.tables()]
    done = subprocess.run([*command, *paths], capture_output=True, text=True, check=True)
    return dict(zip(ct.tables(), map(json.loads, done.stdout.splitlines()), strict=True))


def read_hyparquet(table: str) -> Rows:
    """Return a Parquet file as JavaScript reads it."""
    rows = run_reader("node", str(READERS_FOLDER / "read.mjs"), kind="parquet")[table]
    return [[from_javascript(*cell) for cell in row.values()] for row in rows]


def from_javascript(kind: str, value: Any) -> Any:
    """Return a value of JavaScript as Python has it; a `Date` is a point in time."""
    return datetime.fromisoformat(value.replace("Z", "+00:00")) if kind == "datetime" else value


def read_readr(table: str) -> Rows:
    """Return a CSV as R reads it."""
    columns = run_reader("Rscript", str(READERS_FOLDER / "read.R"), kind="csv")[table]
    cells = ([from_r(column["type"][0], value) for value in column["values"]] for column in columns.values())
    return list(zip(*cells, strict=True))


def from_r(kind: str, value: Any) -> Any:
    """Return a value of R as Python has it; `numeric` is floating point."""
    if value is None:
        return None
    if kind == "Date":
        return date.fromisoformat(value)
    return float(value) if kind == "numeric" else value


READERS: dict[str, Callable[[str], Rows]] = {
    "Parquet: pyarrow": lambda table: [row.values() for row in pq.read_table(path_of(table, "parquet")).to_pylist()],
    "Parquet: polars": lambda table: pl.read_parquet(path_of(table, "parquet")).rows(),
    "Parquet: pandas": lambda table: frame_rows(pd.read_parquet(path_of(table, "parquet"))),
    "Parquet: DuckDB": lambda table: duckdb.read_parquet(path_of(table, "parquet")).fetchall(),
    "Parquet: fastparquet": read_fastparquet,
    "Parquet: hyparquet": read_hyparquet,
    "CSV: Python csv": read_stdlib,
    "CSV: pandas": lambda table: frame_rows(pd.read_csv(path_of(table, "csv"))),
    "CSV: polars": lambda table: pl.read_csv(path_of(table, "csv")).rows(),
    "CSV: DuckDB": lambda table: duckdb.read_csv(path_of(table, "csv")).fetchall(),
    "CSV: R readr": read_readr,
}


def name_conversion(expected: Any, value: Any) -> str:
    """Return `exact`, or what a reader made of a value; raise `ValueError` where it is not the value at all."""
    if expected is None and (value is None or value == ""):
        return "exact" if value is None else "empty text"
    if type(value) is type(expected) and value == expected:
        return "exact"
    if isinstance(value, datetime) and isinstance(expected, date) and value.date() == expected:
        return "date with a time"
    plain = isinstance(value, int | float) or type(value).__module__ == "numpy"
    if plain and not isinstance(expected, str | date) and value == expected:
        return same_number(expected, value)
    if isinstance(value, str) and value == csv_text(expected):
        return "text"
    if str(value) == expected:
        return type(value).__name__
    raise ValueError(f"{value!r} is not {expected!r}")


def same_number(expected: Any, value: Any) -> str:
    """Return how an equal number or truth value is held: floats for whole numbers are a conversion, the rest is not."""
    whole = isinstance(expected, int) and not isinstance(expected, bool)
    return "floating point" if whole and "float" in type(value).__name__ else "exact"


def csv_text(value: Any) -> str:
    """Return a value as the CSV has it."""
    if isinstance(value, bool):
        return str(value).lower()
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)


def read_back(reader: str) -> dict[str, str]:
    """Return, for each type, what a reader makes of the values of every table."""
    found: dict[str, set[str]] = {kind: set() for kind in KINDS}
    kinds = {str: "string", int: "integer", float: "number", bool: "boolean", date: "date", type(None): "missing"}
    for table in ct.tables():
        for expected, values in zip(ct.load(table), READERS[reader](table), strict=True):
            for cell, value in zip(expected.values(), values, strict=True):
                found[kinds[type(cell)]].add(name_conversion(cell, value))
    return {kind: "; ".join(sorted(found[kind])) for kind in KINDS}


def main() -> None:
    """Write what every reader makes of every type."""
    result = [{"reader": reader, **read_back(reader)} for reader in READERS]
    RESULT.write_text(yaml.safe_dump(result, sort_keys=False, allow_unicode=True), "utf-8")


if __name__ == "__main__":
    main()
