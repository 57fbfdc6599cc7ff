"""A table as RFC 4180 CSV: UTF-8 without BOM, LF, an empty cell for a missing value."""

import csv
import io

import polars as pl

from ceasefire_talks.declaration import Table
from ceasefire_talks.declaration.types import TYPES


def to_csv(frame: pl.DataFrame, table: Table, metadata: dict[str, str]) -> bytes:
    """Return a table as the bytes of a CSV file; CSV has no place for `metadata`."""
    writers = [TYPES[field["type"]].write for field in table["fields"]]
    buffer = io.StringIO(newline="")
    lines = csv.writer(buffer, lineterminator="\n")
    lines.writerow(frame.columns)
    for row in frame.iter_rows():
        lines.writerow(["" if value is None else write(value) for write, value in zip(writers, row, strict=True)])
    return buffer.getvalue().encode("utf-8")
