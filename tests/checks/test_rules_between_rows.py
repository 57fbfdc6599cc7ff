"""Rules between rows and rules of the text: a failing record for each, with its exact message."""

from typing import Any

import polars as pl
import pytest

from ceasefire_talks.build import Built
from ceasefire_talks.checks import spans
from ceasefire_talks.checks.broken import check_rule
from ceasefire_talks.checks.table_rules import TABLE_RULES
from ceasefire_talks.problems import Finding, report
from ceasefire_talks.tables.tabulate import Tables
from helpers import DECLARED, Case, name_cases
from rule_cases import BETWEEN_ROWS, TEXT, change, fill, place, with_made_up


@pytest.mark.parametrize("case", name_cases(BETWEEN_ROWS, "rule"))
def test_rule_between_rows(built: Built, case: Case) -> None:
    rule = next(rule for rule in TABLE_RULES if rule.__name__ == case["rule"])
    whole = with_made_up(built.tables)
    assert list(check_rule(rule, whole, DECLARED)) == []
    changed = change(whole, case.get("put", {}))
    if "twice" in case:
        changed[case["twice"]] = pl.concat([whole[case["twice"]]] * 2)
    found = check_rule(rule, changed, DECLARED)
    assert report(place(found)) == fill(case["says"], whole)


@pytest.mark.parametrize("name", DECLARED)
def test_rules_between_rows_bear_an_empty_cell(built: Built, name: str) -> None:
    """A cell that could not be read is empty when the rules see it: they find something or nothing, and never fail."""
    short = with_made_up({table: frame.head(20) for table, frame in built.tables.items()})
    for column in short[name].columns:
        empty = pl.when(pl.int_range(pl.len()) > 0).then(pl.col(column)).alias(column)
        for rule in TABLE_RULES:
            list(check_rule(rule, short | {name: short[name].with_columns(empty)}, DECLARED))


def check_text(rule: str, source: spans.Source, tables: Tables) -> list[Finding]:
    """Return what one rule of the text finds."""
    check: Any = getattr(spans, rule)
    if rule in ("check_ledger", "check_quotes"):
        return list(check(source, tables))
    name = rule.removeprefix("check_")
    return list(check(source.text, spans.of_source(tables[name], source)))


@pytest.mark.parametrize("case", name_cases(TEXT, "rule"))
def test_rule_of_the_text(built: Built, article: str, case: Case) -> None:
    source = spans.find_source(article, built.tables)
    assert check_text(case["rule"], source, built.tables) == []
    found = check_text(case["rule"], source, change(built.tables, case["put"]))
    assert report(place(found)) == fill(case["says"], built.tables)


def test_text_is_checked_by_all_and_the_spans_are_counted(built: Built, article: str) -> None:
    count = sum(built.tables[name].height for name in ("passages", "readings", "evidence"))
    source = spans.find_source(article, built.tables)
    assert spans.check_source(source, built.tables, DECLARED) == ([], count)
    tables = change(
        built.tables, {"passages": {"PA0001": {"sha256": "0" * 64}}, "quotes": {"QU0004": {"printed": "?"}}}
    )
    assert len(spans.check_source(source, tables, DECLARED)[0]) == 2
