"""How long `load` takes beside the library's own raw read of the same file: `python scripts/maintain/benchmark.py`.

Prints, in one run, the worst table of each library: medians of 21 in milliseconds, and whether it is within twice the
raw read plus 10 ms. Not a test: machines are noisy.
"""

import csv
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import polars as pl
import pyarrow.parquet as pq

import ceasefire_talks as ct
from ceasefire_talks.declaration import declaration
from ceasefire_talks.files import data_path

ROUNDS = 21
ROOT = Path(__file__).parents[2]


def read_csv(table: str) -> Any:
    """Read a CSV with the standard library into lists of text."""
    with path_of(table, "csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def path_of(table: str, kind: str) -> Path:
    """Return the path of a table in a format."""
    return ROOT / data_path(table, declaration()[table], kind)


RAW: dict[str | None, Callable[[str], Any]] = {
    None: read_csv,
    "pandas": lambda table: pd.read_parquet(path_of(table, "parquet")),
    "polars": lambda table: pl.read_parquet(path_of(table, "parquet")),
    "arrow": lambda table: pq.read_table(path_of(table, "parquet")),
    "duckdb": lambda table: duckdb.read_parquet(str(path_of(table, "parquet"))).fetchall(),
}


def median_ms(call: Callable[[], Any]) -> float:
    """Return the median duration of a call in milliseconds, after one round to warm up."""
    call()
    durations = []
    for _ in range(ROUNDS):
        began = time.perf_counter()
        call()
        durations.append(time.perf_counter() - began)
    return statistics.median(durations) * 1000


def load_fully(table: str, library: str | None) -> Any:
    """Load a table and have a lazy relation fetch its rows, as the raw read does."""
    loaded = ct.load(table, library)
    return loaded.fetchall() if library == "duckdb" else loaded


def main() -> int:
    """Print a line per library, and the cost of the import; exit 1 where a table is beyond the bar."""
    beyond = 0
    for library, raw in RAW.items():
        pairs = [
            (median_ms(partial(load_fully, table, library)), median_ms(partial(raw, table)), table)
            for table in ct.tables()
        ]
        loaded, bare, table = max(pairs, key=lambda pair: pair[0] - 2 * pair[1])
        beyond += loaded > 2 * bare + 10
        times = f"load {loaded:5.2f} ms  raw {bare:5.2f} ms  bar {2 * bare + 10:5.2f} ms"
        print(f"{library or 'dicts':7} worst {table:14} {times}")
    for code in ("pass", "import ceasefire_talks"):
        spent = median_ms(partial(subprocess.run, [sys.executable, "-c", code], check=True))
        print(f"python -c {code!r}: {spent:.1f} ms")
    return int(beyond > 0)


if __name__ == "__main__":
    raise SystemExit(main())
