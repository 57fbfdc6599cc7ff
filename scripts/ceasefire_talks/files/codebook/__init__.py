"""The codebook in three files: what tables and fields mean, what codes mean, and how all was coded.

Hand-written parts come from `data/records/`: the caveats, the data card, and the chapters of `codebook/*.md`.
"""

from collections.abc import Iterable

from ceasefire_talks.declaration import Declaration
from ceasefire_talks.files import Files
from ceasefire_talks.files.codebook.codes import to_codes
from ceasefire_talks.files.codebook.coding import to_coding
from ceasefire_talks.files.codebook.tables import to_tables
from ceasefire_talks.records.metadata import Package
from ceasefire_talks.tables.tabulate import Tables


def to_codebook(package: Package, tables: Tables, declared: Declaration) -> Files:
    """Return the files of the codebook as Markdown, by their paths from the root of the package."""
    return {
        "data/codebook.md": to_markdown(to_tables(package, tables, declared)),
        "data/codes.md": to_markdown(to_codes(package, tables, declared)),
        "data/coding.md": to_markdown(to_coding(package, tables, declared)),
    }


def to_markdown(lines: Iterable[str]) -> bytes:
    """Return lines as the bytes of a file."""
    return ("\n".join(lines).rstrip("\n") + "\n").encode("utf-8")
