"""Tables as bytes: CSV and Parquet, the same from the same table on every machine."""

import csv
import io
from datetime import date
from typing import Any

import polars as pl
import pyarrow
import pyarrow.parquet

from ceasefire_talks.declaration import Table
from ceasefire_talks.tables.schemas import arrow_schema


def to_csv(frame: pl.DataFrame) -> bytes:
    """Return a table as RFC 4180 CSV: UTF-8 without BOM, LF, empty cell for a missing value."""
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(frame.columns)
    writer.writerows([write_cell(value) for value in row] for row in frame.iter_rows())
    return buffer.getvalue().encode("utf-8")


def write_cell(value: Any) -> str:
    """Return a value as the text of a CSV cell; whole numbers lose their `.0`."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(value)
    return value.isoformat() if isinstance(value, date) else str(value)


def to_parquet(frame: pl.DataFrame, table: Table, metadata: dict[str, str]) -> bytes:
    """Return a table as flat snappy Parquet that pyarrow, DuckDB, polars, pandas, Spark and hyparquet read."""
    schema = arrow_schema(table, metadata)
    rows = pyarrow.Table.from_pylist(frame.to_dicts(), schema=schema)
    sink = io.BytesIO()
    pyarrow.parquet.write_table(
        rows,
        sink,
        version="2.6",
        compression="snappy",
        data_page_version="1.0",
        store_schema=True,
        use_dictionary=False,
    )
    return sink.getvalue()
