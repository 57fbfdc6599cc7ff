"""A table as flat snappy Parquet that pyarrow, DuckDB, polars, pandas, Spark and hyparquet read."""

import io
import json
from typing import Any

import polars as pl
import pyarrow
import pyarrow.parquet

from ceasefire_talks.declaration import Table, is_required
from ceasefire_talks.declaration.types import TYPES


def to_parquet(frame: pl.DataFrame, table: Table, metadata: dict[str, str]) -> bytes:
    """Return a table as the bytes of a Parquet file that bears `metadata`."""
    rows = pyarrow.Table.from_pylist(frame.to_dicts(), schema=arrow_schema(table, metadata))
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


def arrow_schema(table: Table, metadata: dict[str, str]) -> pyarrow.Schema:
    """Return the Arrow schema of a table, with descriptions on the fields and `metadata` on the file.

    The `pandas` key makes `pd.read_parquet` return nullable integers and frictionless accept their empty cells.
    """
    fields = [
        pyarrow.field(
            field["name"],
            TYPES[field["type"]].arrow,
            nullable=not is_required(field),
            metadata={"title": field["title"], "description": field["description"]},
        )
        for field in table["fields"]
    ]
    return pyarrow.schema(fields, metadata=metadata | {"pandas": json.dumps(pandas_metadata(table))})


def pandas_metadata(table: Table) -> dict[str, Any]:
    """Return the metadata from which pandas and fastparquet take the types of columns."""
    columns = [
        {"name": field["name"], "field_name": field["name"], "metadata": None}
        | dict(zip(("pandas_type", "numpy_type"), TYPES[field["type"]].pandas, strict=True))
        for field in table["fields"]
    ]
    return {"index_columns": [], "column_indexes": [], "columns": columns, "pandas_version": "2.0.0"}
