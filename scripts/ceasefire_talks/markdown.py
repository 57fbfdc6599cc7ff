"""Texts of records as Markdown that shows them as they are."""

import re
from collections.abc import Iterable

# What is a mark wherever it stands, what is one beside certain letters, and what is one at the begin of a line.
MARKS = re.compile(
    r"[\\`*<|]|(?<![^\W_])_|_(?![^\W_])|&(?=#?\w+;)|~(?=\S)|\](?=[(\[:])|^\[(?=[ xX]\])"
    r"|^#(?=#{0,5}(?:\s|$))|^>|^[-+](?=\s|$)|^[-=](?=[-=\s]*$)",
    re.MULTILINE,
)
NUMBER = re.compile(r"^(\d{1,9})([.)])(?=\s|$)", re.MULTILINE)
PIPE = re.compile(r"(?<!\\)\|")


def escape(text: str) -> str:
    """Return a text in which Markdown sees no mark."""
    return NUMBER.sub(r"\1\\\2", MARKS.sub(r"\\\g<0>", text))


def table_row(cells: Iterable[str]) -> str:
    """Return cells, which are Markdown already, as a row of a table."""
    joined = " | ".join(PIPE.sub(r"\\|", cell) for cell in cells)
    return f"| {joined} |"
