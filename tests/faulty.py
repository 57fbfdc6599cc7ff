"""Faults of every kind, to be put into the rows of a corpus."""

from collections.abc import Iterator
from contextlib import suppress
from typing import Any

import polars as pl

from ceasefire_talks.build import Built
from ceasefire_talks.declaration import published, row_id
from ceasefire_talks.tables.tabulate import Tables
from ceasefire_talks.validate.cells import quoted
from helpers import DECLARED, Case, read_cases, without_views
from maintain.faults import Fault
from maintain.templates import mark
from rule_cases import change, with_made_up

COPIES = 4
TABLES = published(DECLARED)


def sound_tables(built: Built) -> Tables:
    """Return the published tables of today and what is made up beside them, as they are coded."""
    tables = with_made_up(without_views(built.tables, DECLARED))
    return {name: tables[name] for name in TABLES}


def break_between(tables: Tables, cases: list[Case]) -> Tables:
    """Return the tables with failing records of rules between rows."""
    for case in cases:
        changes = {name: rows for name, rows in case.get("put", {}).items() if name in TABLES}
        with suppress(StopIteration):  # another case has changed the key of this row
            tables = change(tables, changes)
    return tables


def put_cases(tables: Tables, cases: list[Case]) -> Iterator[Fault]:
    """Yield failing records of rules of a row, and every text that no cell may hold, in turn in each copy."""
    for number, case in enumerate(cases):
        frame = tables.get(case["table"], pl.DataFrame())
        keys = [row_id(DECLARED[case["table"]], row) for row in frame.iter_rows(named=True)]
        if case["row"] in keys:
            copy = (
                number % COPIES
                if mark(case["row"], set()) != case["row"] and not case["table"].startswith("talk")
                else 0
            )
            for column, value in case["put"].items():
                yield Fault(case["table"], copy, keys.index(case["row"]), column, literal(value))
    texts = [text for case in read_cases("checks/texts.yaml") for text in case["refused"]]
    for number, text in enumerate(texts):
        copy, row = divmod(number, tables["assessments"].height)
        yield Fault("assessments", copy, row, "finding", literal(text))
    assert copy < COPIES


def literal(value: Any) -> str:
    """Return a value as SQL, in which a brace stands for itself."""
    text = "NULL" if value is None else quoted(str(value).lower() if isinstance(value, bool) else str(value))
    return text.replace("{", "{{").replace("}", "}}")
