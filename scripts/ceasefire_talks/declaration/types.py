"""The types of a field, each told once: its name in each format, and how to read and write its text.

What a number lets through has few enough digits to be the same number, written the same way, in every format.
"""

import re
from collections.abc import Callable
from datetime import date
from typing import Any, NamedTuple

import polars as pl
import pyarrow

INTEGER = re.compile(r"-?[0-9]{1,10}")
NUMBER = re.compile(r"-?[0-9]{1,12}(?:[.][0-9]{1,3})?")
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
INT32 = range(-(2**31), 2**31)
SLIPS = (
    (re.compile(r"(?=.*[^\x00-\x7F])[-+\d., ]+"), "has other digits than 0 to 9; write those"),
    (re.compile(r"[-+]?[0-9.]+[eE][-+]?[0-9]+"), "has an exponent; write the number out"),
    (
        re.compile(r"[-+]?[0-9]{1,3}([ ,'_\u2019\u00a0\u2009\u202f][0-9]{3})+([.][0-9]*)?"),
        "has a mark between thousands; take it out",
    ),
    (re.compile(r"[-+]?[0-9]*,[0-9]+"), "has a decimal comma; write a point"),
    (re.compile(r"-?[0-9]*[.][0-9]{4,}"), "has more than three decimals; round it"),
    (re.compile(r"-?[0-9]{10,}([.][0-9]+)?"), "has too many digits"),
    (re.compile(r"[+][0-9.]+"), "has a plus sign; take it out"),
    (re.compile(r"-0+([.]0+)?"), "has a minus sign before zero; take it out"),
)


class Type(NamedTuple):
    """A type: `parse` raises `ValueError` with what is wrong with a text, `write` is its inverse."""

    polars: type[pl.DataType]
    arrow: pyarrow.DataType
    pandas: tuple[str, str]
    sql: str
    schema_org: str
    parse: Callable[[str], Any]
    write: Callable[[Any], str]


def parse_integer(text: str) -> int:
    """Return a whole number that fits 32 bits."""
    if not INTEGER.fullmatch(text) or int(text) not in INT32:
        raise ValueError("is not a whole number" if "." in text else find_slip(text) or "is not a whole number")
    return int(text)


def parse_number(text: str) -> float:
    """Return a plain decimal number; `nan`, `1e9` and `-0` are none."""
    if not NUMBER.fullmatch(text) or (text.startswith("-") and not float(text)):
        raise ValueError(find_slip(text) or "is not a number such as 18 or 2.5")
    return float(text)


def find_slip(text: str) -> str:
    """Return what keeps a text from being a number, or nothing where it is no common slip."""
    return next((sentence for slip, sentence in SLIPS if slip.fullmatch(text)), "")


def write_number(value: float) -> str:
    """Return a number as text; whole numbers lose their `.0`."""
    return str(int(value)) if value.is_integer() else repr(value)


def parse_boolean(text: str) -> bool:
    """Return true or false."""
    if text not in ("true", "false"):
        raise ValueError("is neither true nor false")
    return text == "true"


def parse_day(text: str) -> date:
    """Return a day written as YYYY-MM-DD."""
    if not DAY.fullmatch(text):
        raise ValueError("is not a day such as 2024-09-15")
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ValueError("is a day that no calendar has") from None


TYPES = {
    "string": Type(pl.String, pyarrow.string(), ("unicode", "object"), "TEXT", "Text", str, str),
    "integer": Type(pl.Int32, pyarrow.int32(), ("int32", "Int32"), "INTEGER", "Integer", parse_integer, str),
    "number": Type(
        pl.Float64, pyarrow.float64(), ("float64", "Float64"), "DOUBLE PRECISION", "Float", parse_number, write_number
    ),
    "boolean": Type(
        pl.Boolean,
        pyarrow.bool_(),
        ("bool", "boolean"),
        "BOOLEAN",
        "Boolean",
        parse_boolean,
        lambda value: str(value).lower(),
    ),
    "date": Type(pl.Date, pyarrow.date32(), ("date", "datetime64[s]"), "DATE", "Date", parse_day, date.isoformat),
}
