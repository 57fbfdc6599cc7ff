"""Dates: what is in our subset of EDTF, what it covers, how it is said in English, and what is refused."""

import re
from datetime import date

import pytest

from ceasefire_talks.declaration.edtf import MONTHS, parse_edtf, speak_edtf
from helpers import DECLARED, TABLES, read_table


@pytest.mark.parametrize(
    ("text", "first", "last", "precision", "spoken"),
    [
        ("2024-XX-XX", date(2024, 1, 1), date(2024, 12, 31), "year", "2024"),
        ("2024-09-XX", date(2024, 9, 1), date(2024, 9, 30), "month", "September 2024"),
        ("2024-02-XX", date(2024, 2, 1), date(2024, 2, 29), "month", "February 2024"),
        ("2023-02-XX", date(2023, 2, 1), date(2023, 2, 28), "month", "February 2023"),
        ("2024-12-XX", date(2024, 12, 1), date(2024, 12, 31), "month", "December 2024"),
        ("2023-10-08", date(2023, 10, 8), date(2023, 10, 8), "day", "8 October 2023"),
        ("2024-05-06?", date(2024, 5, 6), date(2024, 5, 6), "day", "6 May 2024 (uncertain)"),
        ("2024-05-XX?", date(2024, 5, 1), date(2024, 5, 31), "month", "May 2024 (uncertain)"),
        ("1982-XX-XX~", date(1982, 1, 1), date(1982, 12, 31), "year", "about 1982"),
        ("1982-XX-XX/1983-XX-XX", date(1982, 1, 1), date(1983, 12, 31), "year", "1982 to 1983"),
        ("2024-05-XX/2024-10-XX", date(2024, 5, 1), date(2024, 10, 31), "month", "May 2024 to October 2024"),
        ("2023-10-07/2024-10-XX", date(2023, 10, 7), date(2024, 10, 31), "month", "7 October 2023 to October 2024"),
        ("2023-XX-XX/2024-10-16", date(2023, 1, 1), date(2024, 10, 16), "year", "2023 to 16 October 2024"),
        ("2023-10-08/..", date(2023, 10, 8), None, "day", "from 8 October 2023"),
        ("2023-10-08/", date(2023, 10, 8), None, "day", "from 8 October 2023"),
        ("../2024-10-XX", None, date(2024, 10, 31), "month", "until October 2024"),
        ("/2024-10-XX", None, date(2024, 10, 31), "month", "until October 2024"),
        (
            "2024-09-15/2024-09-15",
            date(2024, 9, 15),
            date(2024, 9, 15),
            "day",
            "15 September 2024 to 15 September 2024",
        ),
        (
            *("2024-09-XX?/2024-10-XX~", date(2024, 9, 1), date(2024, 10, 31), "month"),
            "September 2024 (uncertain) to about October 2024",
        ),
        ("[..2024-05-06]", None, date(2024, 5, 6), "day", "by 6 May 2024"),
        ("[..2024-05-XX]", None, date(2024, 5, 31), "month", "by May 2024"),
        (
            *("[2024-05-06..2024-05-08]", date(2024, 5, 6), date(2024, 5, 8), "day"),
            "between 6 May 2024 and 8 May 2024",
        ),
        (
            *("[2024-05-XX..2024-06-30]", date(2024, 5, 1), date(2024, 6, 30), "month"),
            "between May 2024 and 30 June 2024",
        ),
    ],
)
def test_date_covers_and_is_said(text: str, first: date | None, last: date | None, precision: str, spoken: str) -> None:
    assert parse_edtf(text) == (first, last, precision)
    assert speak_edtf(text) == spoken


@pytest.mark.parametrize(
    ("text", "spoken"),
    [
        ("2024-05-06~", "about 6 May 2024"),
        ("2024-05-XX~", "about May 2024"),
        ("0999-01-01", "1 January 0999"),
        ("2024-XX-XX?/..", "from 2024 (uncertain)"),
        ("2023-11-XX~/", "from about November 2023"),
        ("../2024-10-16?", "until 16 October 2024 (uncertain)"),
        ("/2024-10-16", "until 16 October 2024"),
        ("[..2024-XX-XX~]", "by about 2024"),
        ("[1982-XX-XX~..1983-XX-XX?]", "between about 1982 and 1983 (uncertain)"),
        ("[2024-05-06..2024-05-XX]", "between 6 May 2024 and May 2024"),
    ],
)
def test_a_date_is_said_with_its_doubt(text: str, spoken: str) -> None:
    parse_edtf(text)
    assert speak_edtf(text) == spoken


PLAIN = re.compile(
    rf"(?:(?:about )?(?:(?:[1-9]|[12][0-9]|3[01]) )?(?:(?:{'|'.join(MONTHS)}) )?[0-9]{{4}}(?: \(uncertain\))?)"
)


def test_every_date_of_the_tables_is_said_in_plain_english() -> None:
    fields = [(name, field["name"]) for name in TABLES for field in DECLARED[name]["fields"] if field.get("edtf")]
    dates = {row[column] for name, column in fields for row in read_table(name) if row[column]}
    assert len(dates) > 300
    for text in dates:
        rest = PLAIN.sub("_", speak_edtf(text))
        assert rest in ("_", "_ to _", "from _", "until _", "by _", "between _ and _"), text
        assert rest.count("_") == len(re.findall(r"[0-9]{4}-", text)), text


NO_DATE = "is not a date such as 2024-09-15, 2024-09-XX, 2024-XX-XX or an interval of these"
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
        ("2024-00-XX", NO_DATE),
        ("2024-13-XX", NO_DATE),
        ("2024-XX-05", NO_DATE),
        ("2024-09-00", NO_DATE),
        ("2024-09-32", NO_DATE),
        ("2024-09-15T10:00", NO_DATE),
        ("24", NO_DATE),
        ("202", NO_DATE),
        ("2024 ", NO_DATE),
        ("2024-09-XX\n", NO_DATE),
        ("２０２４", NO_DATE),
        ("2024-XX-XX?~", NO_DATE),
        ("2024-XX-XX%", NO_DATE),
        ("202X", NO_DATE),
        ("202X-XX-XX", NO_DATE),
        ("-2024-XX-XX", NO_DATE),
        ("2024-XX-XX/2025-XX-XX/2026-XX-XX", NO_DATE),
        ("2024-XX-XX/...", NO_DATE),
        ("[2024-05-06..]", NO_DATE),
        ("[2024-05-06]", NO_DATE),
        ("[..]", NO_DATE),
        ("[2024-05-06/2024-05-08]", NO_DATE),
        ("[..2024-05-06]/2024-05-08", NO_DATE),
        ("2023-02-29", NO_DAY),
        ("2024-02-30", NO_DAY),
        ("2024-06-31", NO_DAY),
        ("0000-XX-XX", NO_DAY),
        ("/", NO_END),
        ("../..", NO_END),
        ("/..", NO_END),
        ("2024-XX-XX/2023-XX-XX", BACKWARDS),
        ("2024-10-XX/2024-09-XX", BACKWARDS),
        ("2024-09-15/2024-09-14", BACKWARDS),
        ("[2024-09-15..2024-09-14]", BACKWARDS),
        ("2024-09", "is not written bare; write 2024-09-XX"),
        ("2024-09?", "is not written bare; write 2024-09-XX?"),
        ("2024", "is not written bare; write 2024-XX-XX"),
        ("2024~", "is not written bare; write 2024-XX-XX~"),
        ("2024-05/2024-10-16", "is not written bare; write 2024-05-XX"),
        ("[..2024]", "is not written bare; write 2024-XX-XX"),
    ],
)
def test_date_is_refused(text: str, message: str) -> None:
    with pytest.raises(ValueError, match=f"^{re.escape(message)}$"):
        parse_edtf(text)
