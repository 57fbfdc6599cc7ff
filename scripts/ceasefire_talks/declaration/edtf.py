"""Dates as precise as the text: a subset of EDTF (ISO 8601-2), with the bounds and the precision it implies.

`YYYY`, `YYYY-MM`, `YYYY-MM-DD`, each with `?` (uncertain) or `~` (approximate), and intervals of these, an end
being `..` (open) or empty (unknown).
"""

import re
from calendar import monthrange
from datetime import date
from typing import NamedTuple

PRECISIONS = ("day", "month", "year")
POINT = re.compile(r"([0-9]{4})(?:-(0[1-9]|1[0-2])(?:-(0[1-9]|[12][0-9]|3[01]))?)?[?~]?")


class Bounds(NamedTuple):
    """First and last day that a date covers (empty for an open or unknown end) and how finely it is known."""

    first: date | None
    last: date | None
    precision: str


def parse_edtf(text: str) -> Bounds:
    """Return the bounds of an EDTF date; raise `ValueError` for text outside the subset."""
    start, slash, end = text.partition("/")
    if not slash:
        return parse_point(text)
    points = [parse_point(part) for part in (start, end) if part not in ("", "..")]
    if not points:
        raise ValueError("is an interval without a known end")
    first = points[0].first if start not in ("", "..") else None
    last = points[-1].last if end not in ("", "..") else None
    if first and last and first > last:
        raise ValueError("is an interval that ends before it begins")
    return Bounds(first, last, max((point.precision for point in points), key=PRECISIONS.index))


def parse_point(text: str) -> Bounds:
    """Return the bounds of a single year, month or day."""
    match = POINT.fullmatch(text)
    if not match:
        raise ValueError("is not a date such as 2024, 2024-09, 2024-09-15 or an interval of these")
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
