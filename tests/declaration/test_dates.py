"""Dates: what is in our subset of EDTF, what it covers, and what is refused."""

import re
from datetime import date

import pytest

from ceasefire_talks.declaration.edtf import parse_edtf


@pytest.mark.parametrize(
    ("text", "first", "last", "precision"),
    [
        ("2024", date(2024, 1, 1), date(2024, 12, 31), "year"),
        ("2024-09", date(2024, 9, 1), date(2024, 9, 30), "month"),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29), "month"),
        ("2023-02", date(2023, 2, 1), date(2023, 2, 28), "month"),
        ("2024-12", date(2024, 12, 1), date(2024, 12, 31), "month"),
        ("2023-10-08", date(2023, 10, 8), date(2023, 10, 8), "day"),
        ("2024-05?", date(2024, 5, 1), date(2024, 5, 31), "month"),
        ("1982~", date(1982, 1, 1), date(1982, 12, 31), "year"),
        ("1982/1983", date(1982, 1, 1), date(1983, 12, 31), "year"),
        ("2024-05/2024-10", date(2024, 5, 1), date(2024, 10, 31), "month"),
        ("2023-10-07/2024-10", date(2023, 10, 7), date(2024, 10, 31), "month"),
        ("2023/2024-10-16", date(2023, 1, 1), date(2024, 10, 16), "year"),
        ("2023-10-08/..", date(2023, 10, 8), None, "day"),
        ("2023-10-08/", date(2023, 10, 8), None, "day"),
        ("../2024-10", None, date(2024, 10, 31), "month"),
        ("/2024-10", None, date(2024, 10, 31), "month"),
        ("2024-09-15/2024-09-15", date(2024, 9, 15), date(2024, 9, 15), "day"),
        ("2024-09?/2024-10~", date(2024, 9, 1), date(2024, 10, 31), "month"),
    ],
)
def test_date_covers(text: str, first: date | None, last: date | None, precision: str) -> None:
    assert parse_edtf(text) == (first, last, precision)


NO_DATE = "is not a date such as 2024, 2024-09, 2024-09-15 or an interval of these"
NO_DAY = "is a day that no calendar has"
NO_END = "is an interval without a known end"
BACKWARDS = "is an interval that ends before it begins"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", NO_DATE),
        ("September 2024", NO_DATE),
        ("2024-9", NO_DATE),
        ("2024-00", NO_DATE),
        ("2024-13", NO_DATE),
        ("2024-09-00", NO_DATE),
        ("2024-09-32", NO_DATE),
        ("2024-09-15T10:00", NO_DATE),
        ("24", NO_DATE),
        ("202", NO_DATE),
        ("2024 ", NO_DATE),
        ("2024-09\n", NO_DATE),
        ("２０２４", NO_DATE),
        ("2024?~", NO_DATE),
        ("2024%", NO_DATE),
        ("202X", NO_DATE),
        ("-2024", NO_DATE),
        ("2024/2025/2026", NO_DATE),
        ("2024/...", NO_DATE),
        ("2023-02-29", NO_DAY),
        ("2024-02-30", NO_DAY),
        ("2024-06-31", NO_DAY),
        ("0000", NO_DAY),
        ("/", NO_END),
        ("../..", NO_END),
        ("/..", NO_END),
        ("2024/2023", BACKWARDS),
        ("2024-10/2024-09", BACKWARDS),
        ("2024-09-15/2024-09-14", BACKWARDS),
    ],
)
def test_date_is_refused(text: str, message: str) -> None:
    with pytest.raises(ValueError, match=f"^{re.escape(message)}$"):
        parse_edtf(text)
