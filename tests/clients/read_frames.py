"""Prints every table as the loader of one library has it, then as that library itself reads the Parquet and the CSV.

It is run beside a folder called `a[1] b` that holds the package.
"""

import importlib
import json
import sys
from collections.abc import Callable
from typing import Any

import ceasefire_talks as ct
from ceasefire_talks.loader import resources

NAME = sys.argv[1]
LIBRARY: Any = importlib.import_module({"arrow": "pyarrow.dataset"}.get(NAME, NAME))
READ: dict[str, Callable[[str, str], Any]] = {
    "pandas": lambda kind, path: getattr(LIBRARY, f"read_{kind}")(path),
    "polars": lambda kind, path: getattr(LIBRARY, f"read_{kind}")(path, glob=False),
    "arrow": lambda kind, path: LIBRARY.dataset(path, format=kind).to_table(),
    "duckdb": lambda kind, path: getattr(LIBRARY, f"read_{kind}")(path.replace("[", "[[]")),
}
ROWS: dict[str, Callable[[Any], list[dict[str, Any]]]] = {
    "pandas": lambda frame: frame.astype(object).where(frame.notna(), None).to_dict("records"),
    "polars": lambda frame: frame.to_dicts(),
    "arrow": lambda frame: frame.to_pylist(),
    "duckdb": lambda frame: [dict(zip(frame.columns, row, strict=True)) for row in frame.fetchall()],
}


def read(table: str, kind: str) -> list[dict[str, Any]]:
    """Return the rows of a table as the library reads one of its files."""
    name = table if kind == "csv" else f"{table}_{kind}"
    return ROWS[NAME](READ[NAME](kind, f"a[1] b/{resources(kind)[name]['path']}"))


for table in ct.tables():
    loaded = ROWS[NAME](ct.load(table, NAME))
    found = {"table": table, "loaded": loaded, "parquet": read(table, "parquet"), "csv": len(read(table, "csv"))}
    print(json.dumps(found, default=lambda value: str(value)[:10]))
