"""Dates as precise as the text: a subset of EDTF (ISO 8601-2), with the bounds and the precision it implies.

`YYYY-MM-DD`, some day in a month `YYYY-MM-XX`, some day in a year `YYYY-XX-XX`, each with `?` (uncertain) or `~`
(approximate); intervals of these, an end being `..` (open) or empty (unknown); and of level 2 some time up to a point
`[..X]` or between two `[A..B]`. Bare `YYYY-MM` is refused: many readers make the first day of the month of it.
"""

import re
from calendar import monthrange
from datetime import date
from typing import NamedTuple

MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
PRECISIONS = ("day", "month", "year")
POINT = re.compile(r"([0-9]{4})-(?:XX-XX|(0[1-9]|1[0-2])-(?:XX|(0[1-9]|[12][0-9]|3[01])))[?~]?")
BARE = re.compile(r"[0-9]{4}(-(0[1-9]|1[0-2]))?[?~]?")
SOME_TIME = re.compile(r"\[([^/\[\]]*?)\.\.([^/\[\]]+)\]")
UNKNOWN_ENDS = ("", "..")


class Bounds(NamedTuple):
    """First and last day that a date covers (empty for an open or unknown end) and how finely it is known."""

    first: date | None
    last: date | None
    precision: str


def parse_edtf(text: str) -> Bounds:
    """Return the bounds of an EDTF date; raise `ValueError` for text outside the subset."""
    some_time = SOME_TIME.fullmatch(text)
    if some_time:
        start, end = some_time.groups()
    elif "/" in text:
        start, _, end = text.partition("/")
    else:
        return parse_point(text)
    points = [parse_point(part) for part in (start, end) if part not in UNKNOWN_ENDS]
    if not points:
        raise ValueError("is an interval without a known end")
    first = points[0].first if start not in UNKNOWN_ENDS else None
    last = points[-1].last if end not in UNKNOWN_ENDS else None
    if first and last and first > last:
        raise ValueError("is an interval that ends before it begins")
    return Bounds(first, last, max((point.precision for point in points), key=PRECISIONS.index))


def parse_point(text: str) -> Bounds:
    """Return the bounds of a single day, some day in a month, or some day in a year."""
    match = POINT.fullmatch(text)
    if not match:
        if BARE.fullmatch(text):
            mark = text[-1] if text[-1] in "?~" else ""
            bare = text.removesuffix(mark)
            raise ValueError(f"is not written bare; write {bare + '-XX' * (3 - len(bare.split('-'))) + mark}")
        raise ValueError("is not a date such as 2024-09-15, 2024-09-XX, 2024-XX-XX or an interval of these")
    year, month, day = (int(part or 0) for part in match.groups())
    try:
        first = date(year, month or 1, day or 1)
    except ValueError:
        raise ValueError("is a day that no calendar has") from None
    if not month:
        return Bounds(first, date(year, 12, 31), "year")
    if not day:
        return Bounds(first, date(year, month, monthrange(year, month)[1]), "month")
    return Bounds(first, first, "day")


def speak_edtf(text: str) -> str:
    """Return an EDTF date in plain English: `2024-09-XX` is September 2024."""
    some_time = SOME_TIME.fullmatch(text)
    if some_time:
        start, end = some_time.groups()
        return f"between {speak_point(start)} and {speak_point(end)}" if start else f"by {speak_point(end)}"
    start, slash, end = text.partition("/")
    if not slash:
        return speak_point(start)
    if end in UNKNOWN_ENDS:
        return f"from {speak_point(start)}"
    return f"{speak_point(start)} to {speak_point(end)}" if start not in UNKNOWN_ENDS else f"until {speak_point(end)}"


def speak_point(text: str) -> str:
    """Return a single day, month or year in plain English."""
    year, month, day = text.rstrip("?~").split("-")
    parts = [str(int(day)) if day != "XX" else "", MONTHS[int(month) - 1] if month != "XX" else "", year]
    plain = " ".join(part for part in parts if part)
    return f"about {plain}" if text.endswith("~") else f"{plain} (uncertain)" if text.endswith("?") else plain
