"""What a rule on the texts or the fields of a row is: a name, a sentence, and what holds where it is kept."""

from collections.abc import Callable
from typing import NamedTuple

import polars as pl


class TextRule(NamedTuple):
    """What every text cell obeys: `holds` turns the column into true where it does."""

    name: str
    sentence: str
    holds: Callable[[pl.Expr], pl.Expr]


class RowRule(NamedTuple):
    """What spans the fields of one row: `holds` is true where it does; `field` is the one to point at."""

    name: str
    table: str
    field: str
    sentence: str
    holds: pl.Expr


def both_or_neither(one: str, other: str) -> pl.Expr:
    """Return what holds where two cells are both filled or both empty."""
    return pl.col(one).is_null() == pl.col(other).is_null()


def filled_exactly_if(column: str, condition: pl.Expr) -> pl.Expr:
    """Return what holds where a cell is filled if and only if a condition is true."""
    return pl.col(column).is_not_null() == condition
