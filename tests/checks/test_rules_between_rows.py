"""Rules between rows and rules of the text: a failing record for each, with its exact message."""

import pytest

from ceasefire_talks.build import Built
from ceasefire_talks.checks import check_rule
from ceasefire_talks.checks import spans as text
from ceasefire_talks.checks.table_rules import CROSS_RULES
from ceasefire_talks.declaration import row_id
from ceasefire_talks.problems import report
from helpers import DECLARED, Case, name_cases
from rule_cases import BETWEEN_ROWS, TEXT, change, fill, where, with_withdrawn


@pytest.mark.parametrize("case", name_cases(BETWEEN_ROWS, "rule"))
def test_rule_between_rows(built: Built, case: Case) -> None:
    rule = next(rule for rule in CROSS_RULES if rule.__name__ == case["rule"])
    whole = with_withdrawn(built.tables)
    assert list(check_rule(rule, whole, DECLARED, where)) == []
    found = check_rule(rule, change(whole, case["put"]), DECLARED, where)
    assert report(list(found)) == fill(case["says"], whole)


@pytest.mark.parametrize("name", [name for name, table in DECLARED.items() if not table.get("view")])
def test_rules_between_rows_bear_an_empty_cell(built: Built, name: str) -> None:
    """A cell that could not be read is empty when the rules see it: they find something or nothing, and never fail."""
    whole = with_withdrawn(built.tables)
    first = whole[name].row(0, named=True)
    for column in first:
        tables = change(whole, {name: {row_id(DECLARED[name], first): {column: None}}})
        for rule in CROSS_RULES:
            list(check_rule(rule, tables, DECLARED, where))


@pytest.mark.parametrize("case", name_cases(TEXT, "rule"))
def test_rule_of_the_text(built: Built, article: str, case: Case) -> None:
    check = getattr(text, case["rule"])
    assert list(check(article, built.tables, where)) == []
    found = check(article + case.get("append", ""), change(built.tables, case.get("put", {})), where)
    assert report(list(found)) == fill(case["says"], built.tables)


def test_text_is_checked_by_all_and_the_spans_are_counted(built: Built, article: str) -> None:
    spans = sum(built.tables[name].height for name in ("passages", "readings", "evidence"))
    assert text.check_text(article, built.tables, where) == ([], spans)
    tables = change(
        built.tables, {"passages": {"PA0001": {"sha256": "0" * 64}}, "quotes": {"QU0004": {"printed": "?"}}}
    )
    assert len(text.check_text(article, tables, where)[0]) == 2
    assert text.check_text(f"{article}.", tables, where)[1] == 0
