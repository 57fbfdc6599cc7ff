"""Which version number a change asks for.

It follows the Data Package recipe for versions (https://datapackage.org/recipes/data-package-version/), but for this:
columns are read by their names and new ones stand last, so that to add one is minor, where the recipe has major; a
change of any key is major, where the recipe has minor for a reference; to correct a cell is a patch also where it
follows from another; titles and descriptions are not compared, where the recipe has a patch. Withdrawn rows, units,
codes, the licence and emptied columns, of which the recipe says nothing, are told here.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Literal

Level = Literal["none", "patch", "minor", "major"]
LEVELS: tuple[Level, ...] = ("none", "patch", "minor", "major")
POLICY: dict[str, tuple[str, Level]] = {
    "table gone": ("A table is gone or has another name", "major"),
    "field gone": ("A column is gone", "major"),
    "field renamed": ("A column has another name", "major"),
    "fields re-ordered": ("Columns stand in another order, or a new one stands before an old one", "major"),
    "field retyped": ("A column has another type", "major"),
    "column emptied": ("A column has lost its last value", "major"),
    "constraint tightened": ("A column lets through less than before, or has another pattern", "major"),
    "code gone": ("A code is gone", "major"),
    "codes re-ordered": ("The codes of an ordered list stand in another order", "major"),
    "key changed": ("A primary, unique or foreign key is another", "major"),
    "unit changed": ("A number has another unit", "major"),
    "licence changed": ("The licence is another", "major"),
    "table added": ("A table is new", "minor"),
    "field added": ("A column is new and stands last", "minor"),
    "constraint loosened": ("A column lets through more than before", "minor"),
    "code added": ("A code is new", "minor"),
    "row added": ("A row is new", "minor"),
    "row gone": ("A row is gone; an id of its own stands in `withdrawn`", "minor"),
    "cell changed": ("A cell is corrected", "patch"),
}
VERSION = re.compile(r"(0|[1-9][0-9]*)[.](0|[1-9][0-9]*)[.](0|[1-9][0-9]*)")


def policy_lines() -> Iterator[str]:
    """Yield the policy as items of a list in Markdown: a level, and the changes that ask for it."""
    for level in LEVELS[:0:-1]:
        yield f"- {level}: {'. '.join(words for words, asked in POLICY.values() if asked == level)}."


def asked_level(kinds: Iterable[str]) -> Level:
    """Return the part of the version number that changes of these kinds ask for."""
    return max((POLICY[kind][1] for kind in kinds), key=LEVELS.index, default="none")


def next_version(version: str, level: Level) -> str:
    """Return the smallest version that may follow; until 1.0.0 the next minor one does for what is major."""
    major, minor, patch = map(int, version.split("."))
    if level == "major" and major:
        return f"{major + 1}.0.0"
    if level in ("major", "minor"):
        return f"{major}.{minor + 1}.0"
    return f"{major}.{minor}.{patch + (level == 'patch')}"
