"""Packages to tamper with: the paths of what is built, copies of the checkout, and how to change a file of them."""

import csv
import hashlib
import io
import json
import shutil
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pyarrow
import pyarrow.parquet

from ceasefire_talks.files import FORMATS, data_path
from ceasefire_talks.installed import DESCRIPTOR
from helpers import DECLARED, ROOT, TABLES

FILES = [data_path(name, DECLARED[name], kind) for kind in FORMATS for name in TABLES]
SCHEMAS = [f"data/schemas/{name}.json" for name in TABLES]
PICTURES = sorted(path.relative_to(ROOT).as_posix() for path in (ROOT / "data" / "pictures").glob("*"))
BESIDE = [
    *("data/codebook.md", "data/codes.md", "data/coding.md"),
    *("data/ceasefire-talks.xlsx", "data/explorer.html", "CITATION.cff"),
]
PUBLISHED = [*FILES, *SCHEMAS, *PICTURES, *BESIDE, DESCRIPTOR]
EDITOR = [".vscode/settings.json", *(f".vscode/records/{name}.json" for name in DECLARED)]
BUILT = [*EDITOR, *PUBLISHED]
CHECKOUT = ("pyproject.toml", "README.md", "CHANGELOG.md", "CITATION.cff", "REUSE.toml")
IGNORED = shutil.ignore_patterns("__pycache__", ".*_cache", ".hypothesis", "node_modules")


def copy_checkout(target: Path) -> Path:
    """Copy what is needed to build, install and test, without `.git`."""
    for name in ("data", "scripts", "tests", ".vscode", "LICENSES"):
        shutil.copytree(ROOT / name, target / name, ignore=IGNORED)
    for name in (*CHECKOUT, "requirements.txt", DESCRIPTOR):
        shutil.copy(ROOT / name, target)
    return target


def edit_descriptor(folder: Path, change: Callable[[dict[str, Any]], Any]) -> None:
    """Change the descriptor of a package by a function."""
    descriptor = json.loads((folder / DESCRIPTOR).read_text("utf-8"))
    change(descriptor)
    (folder / DESCRIPTOR).write_text(json.dumps(descriptor, ensure_ascii=False, indent=1) + "\n", "utf-8")


def refresh(folder: Path) -> None:
    """Bring hash, size and row count of every resource in line with its file, so that only values can tell."""

    def change(descriptor: dict[str, Any]) -> None:
        for item in descriptor["resources"]:
            content = (folder / item["path"]).read_bytes()
            item["hash"] = f"sha256:{hashlib.sha256(content).hexdigest()}"
            if item["format"] == "csv":
                item |= {"bytes": len(content), "rows": content.count(b"\n") - 1}

    edit_descriptor(folder, change)


def read_rows(path: Path) -> list[list[Any]]:
    """Return header and rows of a published CSV or Parquet file."""
    if path.suffix == ".csv":
        return list(csv.reader(io.StringIO(path.read_text("utf-8"), newline="")))
    table = pyarrow.parquet.read_table(path, use_threads=False)
    return [table.column_names, *([*row.values()] for row in table.to_pylist())]


def write_rows(path: Path, rows: list[list[Any]]) -> None:
    """Write header and rows back as this package writes them, Parquet with the schema it had."""
    if path.suffix == ".csv":
        buffer = io.StringIO(newline="")
        csv.writer(buffer, lineterminator="\n").writerows(rows)
        path.write_bytes(buffer.getvalue().encode("utf-8"))
        return
    schema = pyarrow.parquet.read_schema(path)
    table = pyarrow.Table.from_pylist([dict(zip(rows[0], row, strict=True)) for row in rows[1:]], schema=schema)
    pyarrow.parquet.write_table(table, path, version="2.6", use_dictionary=False)


def edit_rows(path: Path, change: Callable[[list[list[Any]]], Any]) -> None:
    """Change header and rows of a file by a function."""
    rows = read_rows(path)
    change(rows)
    write_rows(path, rows)


def path_of(table: str, kind: str = "csv") -> str:
    """Return the path of a table in a format."""
    return data_path(table, DECLARED[table], kind)


def put(
    table: str, row: int, column: str, value: Any, kinds: tuple[str, ...] = ("csv", "parquet")
) -> Callable[[Path], None]:
    """Return what puts a value into a cell, by the number of its row from 1, in both formats alike."""

    def change(root: Path) -> None:
        for kind in kinds:
            path = root / path_of(table, kind)
            rows = read_rows(path)
            rows[row][rows[0].index(column)] = value if kind == "parquet" or value is None else str(value)
            write_rows(path, rows)

    return change


def change_cell(rows: list[list[Any]], column: int = -1) -> None:
    """Change the last filled cell of a column to another value of its type."""
    row = next(row for row in reversed(rows) if row[column] not in ("", None))
    row[column] = other_value(row[column])


def other_value(value: Any) -> Any:
    """Return another value of the same type; the text of a CSV cell stays a number, day or truth where it is one."""
    if isinstance(value, bool) or value in ("true", "false"):
        return {"true": "false", "false": "true"}.get(value, not value)
    if isinstance(value, (int, float)):
        return value + 1
    if isinstance(value, date):
        return value + timedelta(days=1)
    return str(int(value) + 1) if value.isdecimal() else f"{value}x"
