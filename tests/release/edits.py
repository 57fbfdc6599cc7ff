"""Edits of a package as a next release might make them."""

import json
import shutil
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from helpers import DECLARED, ROOT, TABLES
from packages import edit_descriptor, edit_rows, path_of

Edit = Callable[[Path], Any]
Rows = list[list[Any]]


class Case(NamedTuple):
    """An edit by its name, what it asks for, each change (kind, table, id, field), and how what is refused begins."""

    name: str
    edit: Edit
    asks_for: str
    changes: Sequence[str]
    refused: Sequence[str] = ()


def copy_package(target: Path) -> Path:
    """Copy the descriptor, the schemas and the CSV files of the package."""
    for folder in ("data/csv", "data/schemas"):
        shutil.copytree(ROOT / folder, target / folder)
    shutil.copy(ROOT / "datapackage.json", target)
    return target


def together(*edits: Edit) -> Edit:
    """Return what makes several edits."""
    return lambda root: [edit(root) for edit in edits]


def rows_of(table: str, change: Callable[[Rows], Any]) -> Edit:
    """Return what changes header and rows of a table."""
    return lambda root: edit_rows(root / path_of(table), change)


def find_row(rows: Rows, key: str) -> list[Any]:
    """Return a row by its first cells, joined by slashes."""
    return next(row for row in rows if f"{'/'.join(row)}/".startswith(f"{key}/"))


def fill(rows: Rows, row: list[Any], values: dict[str, str]) -> None:
    """Put values into a row by the names of their columns."""
    for column, value in values.items():
        row[rows[0].index(column)] = value


def cell(table: str, key: str, **values: str) -> Edit:
    """Return what puts values into cells of a row."""
    return rows_of(table, lambda rows: fill(rows, find_row(rows, key), values))


def row_added(table: str, like: str, **values: str) -> Edit:
    """Return what adds a row at the end, like another but for some values."""

    def change(rows: Rows) -> None:
        rows.append([*find_row(rows, like)])
        fill(rows, rows[-1], values)

    return rows_of(table, change)


def row_gone(table: str, key: str) -> Edit:
    """Return what takes a row out."""
    return rows_of(table, lambda rows: rows.remove(find_row(rows, key)))


def withdrawn(key: str) -> Edit:
    """Return what writes an id down as withdrawn."""
    return rows_of("withdrawn", lambda rows: rows.append([key, "0.3.0", "It is gone.", ""]))


def column_filled(table: str, column: str, value: str = "") -> Edit:
    """Return what puts the same value into every cell of a column."""

    def change(rows: Rows) -> None:
        for row in rows[1:]:
            fill(rows, row, {column: value})

    return rows_of(table, change)


def schema(table: str, change: Callable[[dict[str, Any]], Any]) -> Edit:
    """Return what changes the schema of a table."""

    def edit(root: Path) -> None:
        path = root / f"data/schemas/{table}.json"
        content = json.loads(path.read_text("utf-8"))
        change(content)
        path.write_text(json.dumps(content), "utf-8")

    return edit


def field(table: str, column: str, change: Callable[[dict[str, Any]], Any]) -> Edit:
    """Return what changes a field in the schema of its table."""
    return schema(table, lambda it: change(next(one for one in it["fields"] if one["name"] == column)))


def limit(table: str, column: str, **limits: Any) -> Edit:
    """Return what sets limits of a column; one that is None is taken away."""

    def change(it: dict[str, Any]) -> None:
        known = it.get("constraints", {}) | limits
        it["constraints"] = {keyword: value for keyword, value in known.items() if value is not None}

    return field(table, column, change)


def column_moved(table: str, column: str, to: int) -> Edit:
    """Return what puts a column at another place, in the schema and in the rows."""

    def move(cells: list[Any], at: int) -> None:
        cells.insert(to, cells.pop(at))

    def change(rows: Rows) -> None:
        for row in rows:
            move(row, at)

    at = [one["name"] for one in DECLARED[table]["fields"]].index(column)
    return together(rows_of(table, change), schema(table, lambda it: move(it["fields"], at)))


def column_added(table: str, column: str, at: int = 99) -> Edit:
    """Return what adds a column with a title of its own."""
    new = {"name": column, "title": column, "type": "string"}

    def change(rows: Rows) -> None:
        for number, row in enumerate(rows):
            row.insert(at, "new" if number else column)

    return together(rows_of(table, change), schema(table, lambda it: it["fields"].insert(at, new)))


def column_gone(table: str, column: str) -> Edit:
    """Return what takes a column out."""

    def change(rows: Rows) -> None:
        at = rows[0].index(column)
        for row in rows:
            row.pop(at)

    def drop(it: dict[str, Any]) -> None:
        it["fields"] = [one for one in it["fields"] if one["name"] != column]

    return together(rows_of(table, change), schema(table, drop))


def column_renamed(table: str, column: str, name: str) -> Edit:
    """Return what gives a column another name, in the primary key too."""

    def rename(names: list[str]) -> None:
        names[:] = [name if one == column else one for one in names]

    return together(
        rows_of(table, lambda rows: rename(rows[0])),
        schema(table, lambda it: rename(it["primaryKey"])),
        field(table, column, lambda it: it.update(name=name)),
    )


def table_gone(table: str) -> Edit:
    """Return what takes a table out of the package."""

    def drop(it: dict[str, Any]) -> None:
        it["resources"] = [one for one in it["resources"] if one["name"] != table]

    return lambda root: edit_descriptor(root, drop)


def resource(table: str, change: Callable[[dict[str, Any]], dict[str, Any]], again: bool = False) -> Edit:
    """Return what changes what the descriptor says of the CSV of a table, or publishes it once more so."""

    def edit(it: dict[str, Any]) -> None:
        found = next(one for one in it["resources"] if one["name"] == table)
        it["resources"].append(change(dict(found))) if again else found.update(change(found))

    return lambda root: edit_descriptor(root, edit)


def moved(table: str, path: str) -> Edit:
    """Return what puts the CSV of a table elsewhere."""
    return together(
        lambda root: (root / path_of(table)).rename(root / path), resource(table, lambda it: it | {"path": path})
    )


def unmarked(root: Path) -> None:
    """Take the marks of derived and identifying fields away, as a package has it that knows no such marks."""

    def change(it: dict[str, Any]) -> None:
        for one in it["fields"]:
            one.pop("derived", None)
            one.pop("identifying", None)

    for table in TABLES:
        schema(table, change)(root)
