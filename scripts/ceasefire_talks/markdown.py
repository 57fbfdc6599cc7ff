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
# What would begin HTML or an entity, and what is passed over: a character behind a backslash, code on one line.
ESCAPED, CODE = r"\\[!-/:-@\[-`{-~]", r"(?P<run>`+)(?!`)[^\n]*?[^`\n](?P=run)(?!`)"
HTML, HTML_OR_CODE = re.compile(rf"{ESCAPED}|[<&]"), re.compile(rf"{ESCAPED}|{CODE}|(?P<open>`+)|[<&]")
PIPE = re.compile(r"(?<!\\)\|")


def escape(text: str) -> str:
    """Return a text in which Markdown sees no mark."""
    return NUMBER.sub(r"\1\\\2", MARKS.sub(r"\\\g<0>", text))


def without_html(markdown: str) -> str:
    """Return Markdown whose marks stay, but in which no HTML, address in angle brackets or entity is seen as such.

    Where a backtick stands without another on its line, no code is passed over: it might end elsewhere.
    """
    apart = any(found["open"] for found in HTML_OR_CODE.finditer(markdown))
    pattern = HTML if apart else HTML_OR_CODE
    return pattern.sub(lambda found: f"\\{found[0]}" if found[0] in ("<", "&") else found[0], markdown)


def table_row(cells: Iterable[str]) -> str:
    """Return cells, which are Markdown already, as a row of a table."""
    joined = " | ".join(PIPE.sub(r"\\|", cell) for cell in cells)
    return f"| {joined} |"
