"""What is the same in test after test is read and checked once: together most of the time of a build.

A test that breaks one place of the records leaves the other files and tables as they are. The rows of a committed file
with their types, and that a table broke no rule, are then taken from memory; what a test changed is always read and
checked.
"""

from collections.abc import Iterator

import polars as pl
import pytest

from ceasefire_talks import build, checks
from ceasefire_talks.checks.cells import check_cells
from ceasefire_talks.declaration import Table, declaration
from ceasefire_talks.problems import Finding, Problem
from ceasefire_talks.records import read
from ceasefire_talks.records.read import read_file
from ceasefire_talks.records.rows import Found, Place, Row
from ceasefire_talks.tables import tabulate
from ceasefire_talks.tables.codes import Codes
from ceasefire_talks.tables.derive import Values
from ceasefire_talks.tables.tabulate import Typed, type_row
from helpers import MEASURED, RECORDS, ROOT

COMMITTED = {path.read_bytes() for folder in (RECORDS, MEASURED) for path in (ROOT / folder).rglob("*.yaml")}
READ: dict[tuple[str, bytes], list[Found]] = {}
TYPED: dict[int, tuple[Typed, list[Problem]] | None] = {}  # of the rows that READ keeps alive
CLEAN: dict[tuple[str, int], tuple[pl.DataFrame, Table, Codes]] = {}


def read_once(place: Place, name: str, data: bytes) -> Iterator[Found]:
    """Yield what stands in a file; what stands in a committed one is read once."""
    if data not in COMMITTED or place.declared is not declaration():
        yield from read_file(place, name, data)
        return
    if (place.file, data) not in READ:
        READ[place.file, data] = list(read_file(place, name, data))
        TYPED.update({id(row): None for row in READ[place.file, data]})
    yield from READ[place.file, data]


def type_once(table: Table, row: Row, empty: Values) -> tuple[Typed, list[Problem]]:
    """Return a row with its cells typed; the very row of a committed file is typed once."""
    typed = TYPED.get(id(row)) or type_row(table, row, empty)
    if id(row) in TYPED:
        TYPED[id(row)] = typed
    return typed


def check_once(name: str, frame: pl.DataFrame, table: Table, codes: Codes) -> Iterator[Finding]:
    """Yield what is wrong with a table; nothing where the same rows passed the same checks before."""
    known = CLEAN.get((name, frame.width))
    if known and known[1:] == (table, codes) and known[0].schema == frame.schema and known[0].equals(frame):
        return
    findings = list(check_cells(name, frame, table, codes))
    if not findings:
        CLEAN[name, frame.width] = (frame, table, codes)
    yield from findings


def remember(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let builds and checks in this process take what is unchanged from memory."""
    monkeypatch.setattr(read, "read_file", read_once)
    monkeypatch.setattr(tabulate, "type_row", type_once)
    for module in (checks, build):
        monkeypatch.setattr(module, "check_cells", check_once)
