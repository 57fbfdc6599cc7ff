"""What a validation has to say of a rule that rows break: how many, and of the first of them where and what."""

import json
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from ceasefire_talks.declaration import Table
from ceasefire_talks.problems import MAX_PER_RULE, Problem, by_place, printable, shown
from ceasefire_talks.validate.engine import Engine
from ceasefire_talks.validate.load import Loaded, place_row

IT = 'it."{}"'  # how a cell is named where the table is `it`


class Shown(NamedTuple):
    """A row that breaks a rule: its place, its key, and what is said of it."""

    file: str
    line: int
    key: str
    sentence: str


class Breach(NamedTuple):
    """A rule that rows of a table break: the field to point at, how many rows do, and the first of them."""

    table: str
    field: str
    rule: str
    rows_in_all: int
    rows: list[Shown]


def label(table: Table, cell: str = '"{}"') -> str:
    """Return the key of a row, as far as it has one, as an expression of SQL; `cell` is how a cell is named."""
    key = ", ".join(cell.format(name) for name in table["primaryKey"])
    return f"coalesce(nullif(concat_ws('/', {key}), ''), 'a row without key')"


def tell(engine: Engine, name: str, field: str, rule: str, count: int, rows: Iterable[tuple[int, str, str]]) -> Breach:
    """Return what is said of a rule: of the first rows the number, the key and the sentence are given."""
    loaded = engine.tables[name]
    told = [Shown(*place(engine, loaded, row), key, sentence) for row, key, sentence in rows]
    return Breach(name, field, rule, count, told)


def place(engine: Engine, loaded: Loaded, row: int) -> tuple[str, int]:
    """Return the file of a row, from the folder on, and its line there."""
    path, line = place_row(engine.connection, loaded, row)
    return engine.name_file(path), line


def value_of(value: Any) -> str:
    """Return a value, or that there is none, as messages show it."""
    return "empty" if value is None else shown(value)


def to_lines(problems: list[Problem], breaches: list[Breach]) -> Iterator[str]:
    """Yield the lines to print: what is wrong by its place, then what more there is of each rule."""
    found = [
        Problem(f"{row.file}:{row.line}", breach.rule, f"{row.key}.{breach.field}: {row.sentence}")
        for breach in breaches
        for row in breach.rows
    ]
    for problem in sorted({*problems, *found}, key=by_place):
        yield printable(f"{problem.place}: {problem.message}")
    for breach in breaches:
        if breach.rows_in_all > MAX_PER_RULE:
            named = f"{breach.table}.{breach.field}: {breach.rule}"
            yield printable(f"{named}: {breach.rows_in_all} rows in all, {len(breach.rows)} shown")


def to_json(rows: int, problems: list[Problem], breaches: list[Breach], compared: str) -> str:
    """Return the same for programs: what could not be read, and each rule with its count and its first rows."""
    listed: list[dict[str, Any]] = [
        {**breach._asdict(), "rows": [row._asdict() for row in breach.rows]} for breach in breaches
    ]
    unread = [problem._asdict() for problem in problems]
    result = {"valid": not (unread or listed), "rows": rows, "source": compared or None, "unread": unread}
    return json.dumps(result | {"broken": listed}, ensure_ascii=False, indent=1)
