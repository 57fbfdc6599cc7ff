"""What the page knows: the published tables with what their fields mean, as one value for JSON.

What tells of the copy's text and of the coders is left out, to keep the page small and the altered words out of it; the
page names these tables and their files.
"""

from typing import Any

import polars as pl

from ceasefire_talks.citation import to_text
from ceasefire_talks.declaration import GROUPS, Declaration, Field, Table, published
from ceasefire_talks.records.metadata import Package, work_of
from ceasefire_talks.tables.tabulate import Tables

LEFT_OUT = ("passages", "readings", "evidence", "codings")
ROW = "{row}"
KEPT = ("name", "title", "description", "type", "codes", "edtf")


def shown_tables(declared: Declaration) -> Declaration:
    """Return the tables that the page holds."""
    return {name: table for name, table in published(declared).items() if name not in LEFT_OUT}


def to_content(package: Package, tables: Tables, declared: Declaration) -> dict[str, Any]:
    """Return what the page knows."""
    return {
        "name": package.name,
        "title": package.title,
        "version": package.version,
        "cited": to_text(work_of(package)._replace(part=ROW)),
        "groups": GROUPS,
        "tables": {name: to_table(name, table, tables[name]) for name, table in shown_tables(declared).items()},
    }


def to_table(name: str, table: Table, frame: pl.DataFrame) -> dict[str, Any]:
    """Return a table: what it is, its fields, keys and cells.

    Cells stand by rows where a row tells the same in several words, else by columns: so they pack best.
    """
    texts = frame.with_columns(pl.col(pl.Date).cast(pl.String))
    by_rows = table["group"] == "main"
    return {
        "title": table["title"],
        "group": table["group"],
        "row": table["row"],
        "primaryKey": table["primaryKey"],
        "foreignKeys": table.get("foreignKeys", []),
        "fields": [to_field(field) for field in table["fields"]],
        "byRows": by_rows,
        "cells": [list(row) for row in texts.iter_rows()] if by_rows else [column.to_list() for column in texts],
    }


def to_field(field: Field) -> dict[str, Any]:
    """Return what the page says of a field."""
    return {key: field[key] for key in KEPT if key in field}  # type: ignore[literal-required]
