"""The rows that break a check of their table by itself, each under the name of the check; and dates that are none."""

from collections.abc import Callable, Iterator
from typing import Any

import polars as pl

from ceasefire_talks.checks.cells import explain_value
from ceasefire_talks.declaration import Field
from ceasefire_talks.declaration.edtf import parse_edtf, speak_edtf
from ceasefire_talks.problems import MAX_PER_RULE, shown
from ceasefire_talks.tables.codes import Codes
from ceasefire_talks.tables.tabulate import parse_cell
from ceasefire_talks.validate.cells import DOUBTFUL, Check, check_texts, checks_of, pointers, select_cells, select_wrong
from ceasefire_talks.validate.engine import NONE, Engine
from ceasefire_talks.validate.load import Loaded
from ceasefire_talks.validate.told import Breach, label, tell

DATES = {"edtf": pl.String, "first_day": pl.Date, "last_day": pl.Date, "words": pl.String}
BATCH = 100_000
RAW = '"_{}"'  # a cell as its file has it
Ask = Callable[[str], list[Any]]


def judge_rows(engine: Engine, loaded: Loaded, codes: Codes) -> Iterator[Breach]:
    """Yield the checks that rows of a table break by themselves."""
    if not engine.has_suspects(loaded.name):
        return
    suspect = f'"_suspect_{loaded.name}"'
    doubtful = select_wrong(loaded.table, loaded.fields, loaded.kind, codes, suspect, DOUBTFUL)
    if engine.ask(f"SELECT count(*) FROM ({doubtful})") == NONE:  # its texts but name ids; the whole pattern is long
        return
    wrong = select_wrong(loaded.table, loaded.fields, loaded.kind, codes, suspect)
    judged = select_cells(loaded.fields, loaded.kind, f"({wrong})", dates=True)
    if engine.ask(f"CREATE OR REPLACE TEMP TABLE _judged AS {judged}") == NONE:
        return
    checks = checks_of(loaded.table, loaded.fields, loaded.kind, codes)
    fields = {field["name"]: field for field in loaded.fields}
    for check, count in zip(checks, count_broken(engine.ask, "_judged", checks), strict=True):
        if count:
            cell = f'"{"_" if check.rule.startswith("type") else ""}{check.field}"'
            rows = first_broken(engine.ask, "_judged", check, f"{label(loaded.table, RAW)}, {cell}")
            said = [(row, key, explain(fields[check.field], check, value, codes)) for row, key, value in rows]
            yield tell(engine, loaded.name, check.field, check.rule, count, said)
        if count and check.rule.startswith("type"):
            note_mistyped(engine, loaded.name, check.field, f"_judged WHERE NOT ({check.holds})")


def count_broken(ask: Ask, source: str, checks: list[Check]) -> list[int]:
    """Return how many rows break each check."""
    if not checks:
        return []
    counts = ", ".join(f"count(*) FILTER (NOT coalesce({check.holds}, true))" for check in checks)
    [found] = ask(f"SELECT {counts} FROM {source}")
    return list(found)


def first_broken(ask: Ask, source: str, check: Check, columns: str) -> list[Any]:
    """Return the first rows that break a check."""
    broken = f"SELECT _row, {columns} FROM {source} WHERE NOT coalesce({check.holds}, true)"
    return ask(f"{broken} ORDER BY _row LIMIT {MAX_PER_RULE}")


def explain(field: Field, check: Check, value: Any, codes: Codes) -> str:
    """Return what is said of a cell that breaks a check."""
    if check.rule.startswith("type"):
        return explain_type(field, value)
    if not check.sentence:
        return explain_value(field, check.rule, value, codes)
    in_text = any(check.rule == other.rule for other in check_texts(check.field))
    return f"{shown(ascii(value)[1:-1])} {check.sentence}" if in_text else check.sentence


def explain_type(field: Field, text: str) -> str:
    """Return why a text is not of the type of its field."""
    try:
        parse_cell(field, text)
    except ValueError as error:
        return f"{shown(text)} {error}"
    raise AssertionError(f"{text!r} is a {field['type']} after all")


def note_mistyped(engine: Engine, name: str, field: str, rows: str) -> None:
    """Keep which cells of rows that were found are not of their type: what only follows from them is not told."""
    engine.connection.execute(f"INSERT INTO _mistyped SELECT '{name}', _row, '{field}' FROM {rows}")


def read_dates(engine: Engine) -> None:
    """Make the table of all dates in EDTF that parse, with their bounds and in words; each is parsed once."""
    engine.connection.execute("CREATE TABLE _dates (edtf VARCHAR, first_day DATE, last_day DATE, words VARCHAR)")
    engine.connection.execute("CREATE TABLE _mistyped (table_name VARCHAR, _row BIGINT, field VARCHAR)")
    columns = [
        (name, field["name"]) for name, found in engine.tables.items() for field in found.fields if "edtf" in field
    ]
    if not columns:
        return
    union = " UNION ".join(f'SELECT "{column}" AS edtf FROM "{name}"' for name, column in columns)
    engine.gather("_texts", f"FROM ({union}) WHERE edtf IS NOT NULL")
    distinct = engine.connection.cursor().execute("FROM _texts")
    while texts := distinct.fetchmany(BATCH):
        known = [row for (text,) in texts if (row := parse_date(text))]
        engine.connection.register("_batch", pl.DataFrame(known, schema=DATES, orient="row").to_arrow())
        engine.connection.execute("INSERT INTO _dates FROM _batch")
    engine.share("_dates")


def parse_date(text: str) -> tuple[Any, ...] | None:
    """Return a date in EDTF with its bounds and in words; nothing where it is none."""
    try:
        bounds = parse_edtf(text)
    except ValueError:
        return None
    return text, bounds.first, bounds.last, speak_edtf(text)


def judge_dates(engine: Engine, loaded: Loaded) -> Iterator[Breach]:
    """Yield the columns of dates that hold something else."""
    for field in loaded.fields:
        if not field.get("edtf"):
            continue
        name = field["name"]
        none = f'"{name}" IS NOT NULL AND "{name}" NOT IN (SELECT edtf FROM _dates)'
        wrong = f'SELECT _row, {label(loaded.table)} AS key, "{name}" AS text FROM "{loaded.name}" WHERE {none}'
        if count := engine.gather("_undated", wrong):
            rows = engine.ask(f"FROM _undated ORDER BY _row LIMIT {MAX_PER_RULE}")
            said = [(row, key, explain_type(field, text)) for row, key, text in rows]
            yield tell(engine, loaded.name, name, "edtf", count, said)
            note_mistyped(engine, loaded.name, name, "_undated")


def judge_pointers(engine: Engine, loaded: Loaded) -> Iterator[Breach]:
    """Yield the rules of texts that references break: asked only where some reference or key is wrong."""
    for name in pointers(loaded.table):
        checks = list(check_texts(name))
        for check, count in zip(checks, count_broken(engine.ask_tables, f'"{loaded.name}"', checks), strict=True):
            if count:
                columns = f'{label(loaded.table)}, "{name}"'
                rows = first_broken(engine.ask_tables, f'"{loaded.name}"', check, columns)
                said = [(row, key, f"{shown(ascii(value)[1:-1])} {check.sentence}") for row, key, value in rows]
                yield tell(engine, loaded.name, name, check.rule, count, said)
