"""Rules between rows and rules of the text: a failing record for each, with its exact message."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import polars as pl
import pytest

from ceasefire_talks.build import Built
from ceasefire_talks.checks import spans
from ceasefire_talks.checks.keys import key_pattern
from ceasefire_talks.checks.sentences import find_whole
from ceasefire_talks.checks.table_rules import check_rule, check_rules, open_rules
from ceasefire_talks.problems import Finding, report
from ceasefire_talks.tables.tabulate import Tables
from helpers import DECLARED, Case, name_cases, without_views
from rule_cases import BETWEEN_ROWS, TEXT, Changes, change, fill, place, with_made_up


@pytest.fixture(scope="module")
def coded(built: Built) -> Tables:
    """Return the tables as the rules see them: without the columns that SQL adds at the end."""
    return without_views(built.tables, DECLARED)


def broken(rule: str, tables: Tables) -> list[Finding]:
    """Return what breaks one rule."""
    with open_rules(tables, DECLARED, kept="VIEW") as connection:
        return list(check_rule(rule, connection, tables, DECLARED))


def test_the_records_and_what_is_made_up_break_no_rule(coded: Tables) -> None:
    assert list(check_rules(with_made_up(coded), DECLARED)) == []


@pytest.mark.parametrize("case", name_cases(BETWEEN_ROWS, "rule"))
def test_rule_between_rows(coded: Tables, case: Case) -> None:
    whole = with_made_up(coded)
    changed = change(whole, case.get("put", {}))
    if "twice" in case:
        changed[case["twice"]] = pl.concat([whole[case["twice"]]] * 2)
    if "without" in case:  # a package does not carry it
        changed[case["without"]] = whole[case["without"]].clear()
    found = broken(case["rule"], changed)
    assert len(found) == len(set(found))
    assert report(place(found)) == fill(case["says"], whole)


@pytest.mark.parametrize("name", DECLARED)
def test_rules_between_rows_bear_an_empty_cell(coded: Tables, name: str) -> None:
    """A cell that could not be read is empty when the rules see it: they find something or nothing, and never fail."""
    whole = with_made_up(coded)
    columns = list(enumerate(whole[name].columns))
    for group in batched(columns, whole[name].height):
        rows = whole[name].to_dicts()
        for number, column in group:  # each in a row of its own, as far as there are rows
            rows[number % len(rows)][column] = None
        list(check_rules(whole | {name: pl.DataFrame(rows, schema=whole[name].schema)}, DECLARED))


def batched(columns: list[tuple[int, str]], size: int) -> Iterator[list[tuple[int, str]]]:
    for start in range(0, len(columns), size):
        yield columns[start : start + size]


@pytest.mark.parametrize("name", DECLARED)
def test_rules_between_rows_bear_an_empty_table(coded: Tables, name: str) -> None:
    list(check_rules(coded | {name: coded[name].clear()}, DECLARED))


def test_no_rows_break_no_rule(coded: Tables) -> None:
    assert list(check_rules({name: frame.clear() for name, frame in coded.items()}, DECLARED)) == []


def test_an_id_of_any_table_may_be_withdrawn(coded: Tables) -> None:
    keys = [(name, table["primaryKey"][0]) for name, table in DECLARED.items() if key_pattern(table)]
    ids = [row_id for name, key in keys for row_id in coded[name][key]]
    gone = pl.DataFrame({"withdrawn_id": ids, "release": "0.1.0"}).select(
        pl.col(column) if column in ("withdrawn_id", "release") else pl.lit(None, dtype).alias(column)
        for column, dtype in coded["withdrawn"].schema.items()
    )
    assert broken("withdrawn_was_an_id", coded | {"withdrawn": gone}) == []


UNKNOWN = [
    ("council", "council_is_whole", {"talks": {"TK9003": {"date_first_day": date(2025, 1, 7)}}}, 0),
    ("council", "ballots_are_of_members", {"ballots": {"TK9003/malta": {"actor_id": "albania"}}}, 0),
    ("council", "ballots_are_of_members", {"ballots": {"TK9003/malta": {"talk_id": "TK9001"}}}, 1),
    ("council", "result_follows_ballots", {"talks": {"TK9003": {"result": "vetoed"}}}, 0),
    ("council", "result_follows_ballots", {"talks": {"TK9003": {"result": "not_adopted"}}}, 1),
    ("council", "result_follows_ballots", {"ballots": {"TK9003/malta": {"ballot": "absent"}}}, 1),
    ("relations", "link_joins_rows", {"links": {"TK9002/about/TK9001": {"relation": "explains"}}}, 0),
    ("relations", "link_joins_rows", {"links": {"TK9002/about/TK9001": {"to_id": "TK9002"}}}, 1),
]


@pytest.mark.parametrize(("table", "rule", "changes", "count"), UNKNOWN)
def test_what_a_package_does_not_carry_judges_nothing(
    coded: Tables, table: str, rule: str, changes: Changes, count: int
) -> None:
    """Who sat in the council and what may be linked stands in records alone; what needs neither is still judged."""
    whole = with_made_up(coded)
    changed = change(whole, changes) | {table: whole[table].clear()}
    assert len(broken(rule, changed)) == count
    assert len(broken(rule, change(whole, changes))) == 1


@pytest.mark.parametrize(
    ("rule", "table"), [("backing_stands_behind_a_row", "talk_terms"), ("texts_name_rows", "events")]
)
def test_a_row_of_an_empty_table_is_none(coded: Tables, rule: str, table: str) -> None:
    assert broken(rule, coded | {table: coded[table].clear()})


COUNTED = {
    "check_ledger": "ledger",
    "check_passages": "passage",
    "check_readings": "words",
    "check_quotes": "words",
    "check_edges": "edge",
}


def check_text(rule: str, source: spans.Source, tables: Tables) -> list[Finding]:
    """Return what one rule of the text finds."""
    found = {name: spans.of_source(tables[name], source) for name in ("passages", "readings", "evidence")}
    found["quotes"] = spans.words_of_quotes(source, tables)
    arguments: dict[str, list[Any]] = {
        "check_ledger": [source, tables],
        "check_edges": [source.text, found["evidence"], found["readings"], DECLARED["evidence"]],
    }
    name = rule.removeprefix("check_")
    return list(getattr(spans, rule)(*arguments.get(rule, [source.text, found.get(name)])))


@pytest.mark.parametrize("case", name_cases(TEXT, "rule"))
def test_rule_of_the_text(built: Built, article: str, case: Case) -> None:
    source = spans.find_source(article, built.tables)
    assert check_text(case["rule"], source, built.tables) == []
    found = check_text(case["rule"], source, change(built.tables, case["put"]))
    assert report(place(found)) == fill(case["says"], built.tables)
    assert {finding.rule for finding in found} <= {COUNTED[case["rule"]]}


def test_text_is_checked_by_all_and_what_was_compared_is_counted(built: Built, article: str) -> None:
    readings, quotes, evidence = (built.tables[name] for name in ("readings", "quotes", "evidence"))
    count = spans.Compared(readings.height, quotes["altered_words"].drop_nulls().len(), evidence.height)
    source = spans.find_source(article, built.tables)
    assert spans.check_source(source, built.tables, DECLARED) == ([], count)
    tables = change(
        built.tables,
        {
            "passages": {"PA0001": {"sha256": "0" * 64}},
            "quotes": {"QU0004": {"altered_words": "?"}},
            "evidence": {"EVIDENCE": {"end_offset": 53}},
        },
    )
    assert len(spans.check_source(source, tables, DECLARED)[0]) == 3


@pytest.mark.parametrize(("words", "found"), [("in the past", 4), ("past", 11), ("A past", -1), ("he past", -1)])
def test_words_are_found_as_a_browser_finds_them(words: str, found: int) -> None:
    assert find_whole("Not In the past. In the past", words) == found
