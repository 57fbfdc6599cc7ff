"""Two rows of one id, as when git merges two branches: whether one may go, and what to do where none may."""

from typing import Any

import polars as pl
import pytest

from ceasefire_talks.build import Built
from ceasefire_talks.checks.keys import check_keys
from ceasefire_talks.tables.tabulate import Tables
from helpers import DECLARED, without_views
from rule_cases import MADE_UP, with_made_up


@pytest.fixture(scope="module")
def coded(built: Built) -> Tables:
    return with_made_up(without_views(built.tables, DECLARED))


def say(tables: Tables) -> list[str]:
    """Return what is said of ids that stand twice, without the places."""
    return [found.message for found in check_keys(tables, DECLARED, lambda table, row, field: "above")]


def add(tables: Tables, name: str, *rows: dict[str, Any]) -> Tables:
    """Return the tables with rows more: each is the first row of a table with other cells."""
    first = tables[name].row(0, named=True)
    more = pl.DataFrame([first | row for row in rows], schema=tables[name].schema)
    return tables | {name: pl.concat([tables[name], more])}


CASES: list[tuple[str, str, list[dict[str, Any]], list[str]]] = [
    ("the same row", "readings", [{}], ['RE0001.reading_id: "RE0001" stands at above too; keep one']),
    (
        "another row",
        "readings",
        [{"reading": "x", "gravity": "y"}],
        ['RE0001.reading_id: "RE0001" stands at above too; they differ in reading, gravity, and two rows need two ids: '
         "RE0102 is free"],
    ),
    (
        "a row that is other in four fields",
        "readings",
        [{"printed": "w", "reading": "x", "basis": "y", "gravity": "z"}],
        ['RE0001.reading_id: "RE0001" stands at above too; they differ in printed, reading, basis and 1 more, and '
         "two rows need two ids: RE0102 is free"],
    ),
    (
        "two other rows",
        "readings",
        [{"reading": "x"}, {"reading": "y"}],
        ['RE0001.reading_id: "RE0001" stands at above too; they differ in reading, and two rows need two ids: '
         f"{new} is free" for new in ("RE0102", "RE0103")],
    ),
    (
        "a row that others point to",
        "events",
        [{"event_id": "EV0005", "title": "x"}],
        ['EV0005.event_id: "EV0005" stands at above too; they differ in title, date, type and 3 more, and two rows '
         "need two ids: EV0902 is free; see which of the two is meant by quantities QN0007, event_actors "
         "EV0005/biden_administration/proposer, event_actors EV0005/hamas/recipient, event_actors "
         "EV0005/israel/recipient, event_demands EV0005/DE0001/puts, event_demands EV0005/DE0002/puts, links "
         "AS0006/judges_occurrence/EV0005, links CL0047/explains/EV0005, codings events/EV0005/attributed_to_id, "
         "codings events/EV0005/attribution and 9 more"],
    ),
    (
        "no number",
        "actors",
        [{"actor_id": "abbas_araghchi", "name": "x"}],
        ['abbas_araghchi.actor_id: "abbas_araghchi" stands at above too; they differ in name, and two rows need two '
         "ids; see which of the two is meant by actor_names abbas_araghchi/wikidata/Q7459020, talk_actors "
         "TK0348/abbas_araghchi/voice"],
    ),
    (
        "an old number that is no number of its own",
        "actors",
        [{"actor_id": "group_7", "name": "x"}, {"actor_id": "group_7", "name": "y"}],
        ['group_7.actor_id: "group_7" stands at above too; they differ in name, and two rows need two ids'],
    ),
    (
        "a number within a row",
        "talk_terms",
        [{"talk_id": "TK9001", "statement": "x"}],
        ['TK9001/1.term: talk_id, term "TK9001/1" stands at above too; they differ in phase, matter, statement and 5 '
         "more, and two rows need two ids: TK9001/2 is free; see which of the two is meant by backing "
         "talk_terms/TK9001/1/SO0014/reuters"],
    ),
    (
        "a number",
        "caveats",
        [{"text": "x"}],
        ['1.number: "1" stands at above too; they differ in text, and two rows need two ids: 9 is free'],
    ),
    (
        "a key that says what the row is",
        "codes",
        [{"label": "x", "definition": "x"}],
        ['actor_kind/armed_force.code: list, code "actor_kind/armed_force" stands at above too; they differ in label, '
         "definition, so make them one row, or give one another code"],
    ),
]  # fmt: skip


@pytest.mark.parametrize(("name", "rows", "says"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_two_rows_of_one_id(coded: Tables, name: str, rows: list[dict[str, Any]], says: list[str]) -> None:
    assert say(add(coded, name, *rows)) == says


def test_what_belongs_to_a_row_that_stands_twice_is_not_told_beside_it(coded: Tables) -> None:
    """Evidence, by the id of its row, and actors of an event are right again when the event is."""
    first = coded["evidence"].filter(table_name="events", row_id="EV0001").row(0, named=True)
    twice = add(add(coded, "evidence", first), "event_actors", {})
    assert [message.partition(":")[0] for message in say(twice)] == [
        "EV0001/hamas/initiator.role",
        f"events/EV0001/SO0001/PA0001/{first['start_offset']}/{first['end_offset']}.end_offset",
    ]
    assert say(add(twice, "events", {})) == ['EV0001.event_id: "EV0001" stands at above too; keep one']


def test_an_id_that_was_withdrawn_is_not_free(coded: Tables) -> None:
    gone = MADE_UP["withdrawn"][0] | {"withdrawn_id": "RE0500"}
    assert say(add(add(coded, "withdrawn", gone), "readings", {"reading": "x"}))[0].endswith(": RE0501 is free")


def test_where_all_numbers_are_used_none_is_named(coded: Tables) -> None:
    gone = MADE_UP["withdrawn"][0] | {"withdrawn_id": "RE9999"}
    assert say(add(add(coded, "withdrawn", gone), "readings", {"reading": "x"}))[0].endswith("need two ids")
