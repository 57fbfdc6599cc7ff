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
    known = sorted(row_id for name, key in keys for row_id in tables[name][key].drop_nulls())
    withdrawn = set(tables["withdrawn"]["withdrawn_id"])
    pattern, rows = re.compile(id_pattern(declared)), set(known)
    for path, text in chapters.items():
        for number, line in enumerate(text.splitlines(), 1):
            for mentioned in pattern.findall(line):
                if mentioned not in rows:
                    hint = nearest(mentioned, (row_id for row_id in known if row_id[:2] == mentioned[:2]))
                    fault = "was withdrawn" if mentioned in withdrawn else f"is no row{hint}"
                    yield Problem(f"{path}:{number}", "prose", f'"{mentioned}" {fault}')
