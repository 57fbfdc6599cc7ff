"""Reading Parquet back that somebody else may have written: within limits, and told by its bytes where they decide."""

import io
import sys
from collections.abc import Iterator

import pyarrow
import pyarrow.parquet

from ceasefire_talks.tables.tabulate import Values
from ceasefire_talks.verify.open import MOST_BYTES

UNREADABLE = (pyarrow.ArrowException, OSError, ValueError, OverflowError)


def open_parquet(content: bytes) -> pyarrow.parquet.ParquetFile:
    """Return a Parquet file to read from; raise `ValueError` where it would unpack beyond the limit.

    Nothing is asked of single columns: on damaged ones that ends the process (pyarrow 26, `RowGroupMetaData.column`).
    """
    file = pyarrow.parquet.ParquetFile(io.BytesIO(content), pre_buffer=False)
    groups = [file.metadata.row_group(number) for number in range(file.metadata.num_row_groups)]
    if sum(group.total_byte_size for group in groups) > MOST_BYTES:
        raise ValueError(f"it would unpack to more than {MOST_BYTES} bytes")
    return file


def parquet_rows(file: pyarrow.parquet.ParquetFile) -> Iterator[Values]:
    """Yield the rows of a Parquet file one by one: a file of a few bytes may say that it has a billion.

    Without threads: those of pyarrow abort the process at its end every other time (apache/arrow#34314).
    """
    for batch in file.iter_batches(batch_size=1, use_threads=False):
        yield from batch.to_pylist()


def bytes_decide(one: bytes, other: bytes, platform: str = sys.platform) -> bool:
    """Tell whether equal rows must be equal bytes: where Linux reads what its own version of pyarrow wrote."""
    return platform == "linux" and created_by(one) == created_by(other)


def created_by(content: bytes) -> str:
    """Return the name and version of the library that wrote a Parquet file; nothing where it is none."""
    try:
        return str(pyarrow.parquet.read_metadata(io.BytesIO(content)).created_by)
    except UNREADABLE:
        return ""
