"""What a rule that spans tables finds, and how it goes through the rows of a table."""

from collections.abc import Callable, Iterator
from typing import NamedTuple

import polars as pl

from ceasefire_talks.declaration import Declaration, row_id
from ceasefire_talks.problems import Finding
from ceasefire_talks.tables.tabulate import Tables, Values


class Broken(NamedTuple):
    """A cell that breaks a rule, by table, row number and field, and what is wrong with it."""

    table: str
    row: int
    field: str
    message: str


def rows(frame: pl.DataFrame, *needed: str) -> Iterator[tuple[int, Values]]:
    """Yield each row of a frame with its number, but for those where a needed cell is empty: other checks say so."""
    for index, row in enumerate(frame.iter_rows(named=True)):
        if all(row[column] is not None for column in needed):
            yield index, row


TableRule = Callable[[Tables, Declaration], Iterator[Broken]]


def check_rule(rule: TableRule, tables: Tables, declared: Declaration) -> Iterator[Finding]:
    """Yield what breaks a rule that spans tables; rows with an empty key are left to the checks that say so."""
    for table, index, field, message in rule(tables, declared):
        label = row_id(declared[table], tables[table].row(index, named=True))
        yield Finding(table, index, field, rule.__name__, f"{label}.{field}: {message}")
