"""The tools that judge a corpus, each in a process of its own: `python -m maintain.scale_tools TOOL FOLDER FORMAT`.

A tool imports what it needs, and pays for no other; the two that are DuckDB alone take their statements from standard
input. Each prints how many kilobytes its process held at most.
"""

import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ceasefire_talks.declaration import Table

MEMORY = os.environ.get("MEMORY", "1200MB")  # what `validate` may hold, beside what DuckDB does not count
# ruff: noqa: PLC0415


def run_statements(folder: Path, kind: str) -> None:
    """Let DuckDB do what it is told."""
    import duckdb

    duckdb.execute(sys.stdin.read()).fetchall()


def run_validate(folder: Path, kind: str) -> None:
    """Judge everything."""
    from ceasefire_talks.declaration import declaration
    from ceasefire_talks.validate import validate_folder
    from ceasefire_talks.validate.engine import Resources

    validated = validate_folder(folder, declaration(), None, Resources(MEMORY))
    assert (validated.problems, validated.breaches) == ([], [])


def run_pandera(folder: Path, kind: str) -> None:
    """Judge the rows of each table by themselves, as a build does, on what polars scans."""
    import polars as pl

    from ceasefire_talks.checks.cells import check_cells
    from ceasefire_talks.declaration import base_fields, declaration, published
    from ceasefire_talks.declaration.types import TYPES
    from ceasefire_talks.tables.codes import code_lists
    from ceasefire_talks.validate.files import find_parts

    def scan(name: str, table: "Table") -> pl.DataFrame:
        paths = find_parts(folder, declaration(), kind)[name]
        schema = {field["name"]: TYPES[field["type"]].polars for field in base_fields(table)}
        frame = pl.scan_parquet(paths) if kind == "parquet" else pl.scan_csv(paths, schema=schema)
        return frame.collect()

    tables = published(declaration())
    codes = code_lists(scan("codes", tables["codes"]))
    for name, table in tables.items():
        assert list(check_cells(name, scan(name, table), table, codes)) == []


def run_frictionless(folder: Path, kind: str) -> None:
    """Judge the tables as their descriptor says: types, constraints, primary keys and references."""
    from frictionless import Package

    from ceasefire_talks.declaration import base_fields, declaration, published
    from ceasefire_talks.validate.files import find_parts

    def describe(name: str, table: "Table") -> dict[str, Any]:
        fields = [
            {"name": field["name"], "type": field["type"], "constraints": field.get("constraints", {})}
            for field in base_fields(table)
        ]
        keys = {"primaryKey": table["primaryKey"], "foreignKeys": table.get("foreignKeys", [])}
        path, *more = [part.relative_to(folder).as_posix() for part in find_parts(folder, declaration(), kind)[name]]
        return {"name": name, "path": path, "extrapaths": more, "schema": {"fields": fields, **keys}}

    resources = [describe(name, table) for name, table in published(declaration()).items()]
    report = Package.from_descriptor({"resources": resources}, basepath=str(folder)).validate()
    assert report.valid, report.flatten()[:3]


TOOLS: dict[str, tuple[Callable[[Path, str], None], dict[str, int]]] = {  # and the most evidence that it is given
    "plain read": (run_statements, {}),
    "validate": (run_validate, {}),
    "SQL by hand": (run_statements, {}),
    "pandera on polars": (run_pandera, {"csv": 10**6, "parquet": 10**6}),
    "frictionless": (run_frictionless, {"csv": 10**6, "parquet": 0}),  # it fails on a million rows of Parquet
}

if __name__ == "__main__":
    tool, folder, kind = sys.argv[1:]
    TOOLS[tool][0](Path(folder), kind)
    # what the system tells afterwards is at least what the process held that started it
    told = Path("/proc/self/status").read_text("utf-8")
    print(next(line for line in told.splitlines() if line.startswith("VmHWM")).split()[1])
