"""Frames -> bytes, pure: CSV, Parquet, workbook, descriptor, codebook and pictures."""

from collections.abc import Callable
from typing import NamedTuple

import polars as pl

from ceasefire_talks.declaration import Declaration, Table, published
from ceasefire_talks.files.csv import to_csv
from ceasefire_talks.files.parquet import to_parquet
from ceasefire_talks.records.project import QUOTED

Files = dict[str, bytes]  # path from the root of the package -> content


class Format(NamedTuple):
    """A format that every table is published in; frictionless counts the `bytes` of text alone."""

    mediatype: str
    write: Callable[[pl.DataFrame, Table, dict[str, str]], bytes]
    text: bool


FORMATS = {
    "csv": Format("text/csv", to_csv, text=True),
    "parquet": Format("application/vnd.apache.parquet", to_parquet, text=False),
}


def data_path(name: str, table: Table, kind: str) -> str:
    """Return the path of a table in a format: the main tables on top, the others in the folder of their group."""
    folder = "" if table["group"] == "main" else f"{table['group']}/"
    return f"data/{kind}/{folder}{name}.{kind}"


def render_tables(tables: dict[str, pl.DataFrame], declared: Declaration, metadata: dict[str, str]) -> Files:
    """Return every published table in every format."""
    return {
        data_path(name, table, kind): form.write(tables[name], table, metadata | licence_of(table, metadata))
        for name, table in published(declared).items()
        for kind, form in FORMATS.items()
    }


def licence_of(table: Table, metadata: dict[str, str]) -> dict[str, str]:
    """Return the licence of a table as an SPDX expression."""
    return {"license": f"{metadata['license']} AND {QUOTED}"} if table.get("quoted") else {}
