"""Records into tables: each cell gets its declared type, derived columns are computed, rows are sorted by key."""

from typing import Any, NamedTuple

import polars as pl

from ceasefire_talks.declaration import Declaration, Field, Table, base_fields, field_names, is_required, row_id
from ceasefire_talks.declaration.edtf import parse_edtf
from ceasefire_talks.declaration.types import TYPES
from ceasefire_talks.problems import Problem, shown
from ceasefire_talks.records.read import Records
from ceasefire_talks.records.rows import Row
from ceasefire_talks.tables.derive import Values, derive_columns

Tables = dict[str, pl.DataFrame]


class Typed(NamedTuple):
    """A row of typed values beside the row it was written as, and the fields that cannot be judged."""

    values: Values
    row: Row
    refused: frozenset[str]


class Tabulated(NamedTuple):
    """The tables, the record behind each of their rows, the fields of it that cannot be judged, and what is wrong."""

    tables: Tables
    written: dict[str, list[Row]]
    refused: dict[str, list[frozenset[str]]]
    problems: list[Problem]


def tabulate(records: Records, declared: Declaration) -> Tabulated:
    """Return the tables without the columns that SQL adds; a cell that is not of its type stays empty."""
    typed: dict[str, list[Typed]] = {}
    problems: list[Problem] = []
    for name, table in declared.items():
        empty: Values = dict.fromkeys(field["name"] for field in base_fields(table))
        pairs = [type_row(table, row, empty) for row in records.rows[name]]
        typed[name] = [row for row, _ in pairs]
        problems += [problem for _, found in pairs for problem in found]
    known = sources_of(typed)
    for name, rows in typed.items():
        rows[:] = sort_rows(declared[name], derive_rows(declared[name], rows, known))
    return Tabulated(
        {name: to_frame(base_fields(declared[name]), [row.values for row in rows]) for name, rows in typed.items()},
        {name: [row.row for row in rows] for name, rows in typed.items()},
        {name: [row.refused for row in rows] for name, rows in typed.items()},
        problems,
    )


def type_row(table: Table, row: Row, empty: Values) -> tuple[Typed, list[Problem]]:
    """Return a row with each cell as its declared type, and the cells that are not of it."""
    values = dict(empty)
    problems = []
    mistyped = set()
    for field in table["fields"]:
        cell = row.cells.get(field["name"])
        if cell is None:
            continue
        try:
            values[field["name"]] = parse_cell(field, cell.text)
        except ValueError as error:
            mistyped.add(field["name"])
            rule = "edtf" if field.get("edtf") else f"type {field['type']}"
            label = row_id(table, {name: other.text for name, other in row.cells.items()})
            message = f"{label}.{field['name']}: {shown(cell.text)} {error}"
            problems.append(Problem(f"{row.file}:{cell.line}", rule, message))
    if row.inherited:  # it repeats a span of its parent, and so all that is wrong with it
        return Typed(values, row, frozenset(field_names(table))), []
    return Typed(values, row, row.refused | mistyped), problems


def parse_cell(field: Field, text: str) -> Any:
    """Return a text as the type of its field; raise `ValueError` with what is wrong with the text."""
    if field.get("edtf"):
        parse_edtf(text)
    return TYPES[field["type"]].parse(text)


def sources_of(typed: dict[str, list[Typed]]) -> dict[str, list[Values]]:
    """Return the rows that derivations look things up in."""
    return {name: [row.values for row in typed.get(name, [])] for name in ("passages", "sources")}


def derive_rows(table: Table, rows: list[Typed], known: dict[str, list[Values]]) -> list[Typed]:
    """Return rows with their derived cells; one that is due and empty is not judged: what it follows from is wrong."""
    due = [field["name"] for field in base_fields(table) if "derived" in field and is_required(field)]
    whole = derive_columns(table, [row.values for row in rows], known)
    return [
        Typed(values, row.row, row.refused.union(name for name in due if values[name] is None) if due else row.refused)
        for row, values in zip(rows, whole, strict=True)
    ]


def sort_rows(table: Table, rows: list[Typed]) -> list[Typed]:
    """Return rows in the order of their keys, empty cells last."""
    keys = pl.DataFrame({name: [row.values[name] for row in rows] for name in table["primaryKey"]})
    order = keys.select(pl.arg_sort_by(table["primaryKey"], nulls_last=True, maintain_order=True))
    return [rows[at] for at in order.to_series()]


def to_frame(fields: list[Field], values: list[Values]) -> pl.DataFrame:
    """Return rows as a frame with the declared columns and types."""
    return pl.DataFrame(values, schema={field["name"]: TYPES[field["type"]].polars for field in fields})
