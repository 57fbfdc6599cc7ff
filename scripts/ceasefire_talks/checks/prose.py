"""What prose may not hold: an id that no row has, in texts and chapters; in chapters, the characters of no text."""

import re
from collections.abc import Iterator, Mapping

import polars as pl

from ceasefire_talks.checks.keys import key_pattern
from ceasefire_talks.checks.text_rules import TEXT_RULES
from ceasefire_talks.declaration import Declaration
from ceasefire_talks.problems import Problem, nearest
from ceasefire_talks.tables.tabulate import Tables

OF_CELLS = ("spaces", "empty", "missing", "formula")  # what Markdown may hold, and a cell may not


def id_pattern(declared: Declaration) -> str:
    """Return the pattern of what looks like an id of a row, also where a digit is missing or some are too many."""
    found = (re.match(r"[A-Z]{2,}(?=\[0-9\])", key_pattern(table)) for table in declared.values())
    return rf"\b(?:{'|'.join(sorted(letters[0] for letters in found if letters))})[0-9]{{3,}}\b"


def check_prose(chapters: Mapping[str, str], tables: Tables, declared: Declaration) -> Iterator[Problem]:
    """Yield the characters in Markdown files, given by their paths, that no text may hold, and ids that no row has."""
    yield from check_characters(chapters)
    keys = [(name, table["primaryKey"][0]) for name, table in declared.items() if key_pattern(table)]
    known = sorted(row_id for name, key in keys for row_id in tables[name][key].drop_nulls())
    withdrawn = set(tables["withdrawn"]["withdrawn_id"])
    pattern, rows = re.compile(id_pattern(declared)), set(known)
    for path, text in chapters.items():
        for number, line in number_lines(text):
            for mentioned in pattern.findall(line):
                if mentioned not in rows:
                    hint = nearest(mentioned, (row_id for row_id in known if row_id[:2] == mentioned[:2]))
                    fault = "was withdrawn" if mentioned in withdrawn else f"is no row{hint}"
                    yield Problem(f"{path}:{number}", "prose", f'"{mentioned}" {fault}')


def check_characters(chapters: Mapping[str, str]) -> Iterator[Problem]:
    """Yield the lines of Markdown files that break a rule on the characters of texts."""
    lines = [(f"{path}:{number}", line) for path, text in chapters.items() for number, line in number_lines(text)]
    frame = pl.DataFrame(lines, schema=["place", "line"], orient="row")
    for rule in TEXT_RULES:
        if rule.name not in OF_CELLS:
            wrong = frame.filter(~rule.holds(pl.col("line")))
            yield from (Problem(place, rule.name, f"the line {rule.sentence}") for place in wrong["place"])


def number_lines(text: str) -> Iterator[tuple[int, str]]:
    """Yield the lines of a text with their numbers."""
    return enumerate(text.split("\n"), 1)
