"""Ids that stand in prose: in the texts of rows and in the chapters of the codebook."""

import re
from collections.abc import Iterator, Mapping

from ceasefire_talks.checks.keys import key_pattern
from ceasefire_talks.declaration import Declaration
from ceasefire_talks.problems import Problem, nearest
from ceasefire_talks.tables.tabulate import Tables


def id_pattern(declared: Declaration) -> str:
    """Return the pattern of what looks like an id of a row, also where a digit is missing or one too many."""
    found = (re.match(r"[A-Z]{2,}(?=\[0-9\])", key_pattern(table)) for table in declared.values())
    return rf"\b(?:{'|'.join(sorted(letters[0] for letters in found if letters))})[0-9]{{3,5}}\b"


def check_prose(chapters: Mapping[str, str], tables: Tables, declared: Declaration) -> Iterator[Problem]:
    """Yield the ids in Markdown files, given by their paths, that no row has."""
    keys = [(name, table["primaryKey"][0]) for name, table in declared.items() if key_pattern(table)]
    known = {row_id for name, key in keys for row_id in tables[name][key].drop_nulls()}
    for path, text in chapters.items():
        for number, line in enumerate(text.splitlines(), 1):
            for row_id in re.findall(id_pattern(declared), line):
                if row_id not in known:
                    yield Problem(f"{path}:{number}", "prose", f'"{row_id}" is no row{nearest(row_id, sorted(known))}')
