"""What tells the rows that are looked at closely: no text that breaks a rule or names an id is passed over."""

import sys
from collections.abc import Iterator, Sequence

import duckdb
import polars as pl
import pytest

from ceasefire_talks.checks.rule_views import free_texts
from ceasefire_talks.checks.text_rules import TEXT_RULES, TextRule
from ceasefire_talks.declaration import published
from ceasefire_talks.validate.cells import (
    DOUBTFUL,
    OF_PLAIN,
    PLAIN,
    SUSPECT,
    has_free_text,
    hold_texts,
    suspect_no_texts,
)
from helpers import DECLARED, read_cases

Row = tuple[str | None, ...]

REFUSED = [text for case in read_cases("checks/texts.yaml") for text in case["refused"]]
OTHERS = [rule for rule in TEXT_RULES if rule.name not in OF_PLAIN]


@pytest.fixture(scope="module")
def plain() -> list[str]:
    """Return the characters that need no closer look."""
    points = pl.Series([chr(point) for point in range(sys.maxunicode + 1) if not 0xD800 <= point < 0xE000])
    return points.filter(points.str.contains(f"^[{PLAIN}]$")).to_list()


def breaking(predicates: list[str], rows: Sequence[Row]) -> list[Row]:
    """Return the rows of which predicates do not hold."""
    with duckdb.connect() as connection:
        connection.execute("CREATE TABLE texts (id VARCHAR, text VARCHAR, more VARCHAR)")
        connection.executemany("INSERT INTO texts VALUES (?, ?, ?)", rows)
        query = f"FROM texts WHERE NOT coalesce({' AND '.join(predicates)}, true) ORDER BY rowid"
        return connection.execute(query).fetchall()


def suspected(rows: Sequence[Row], pattern: str = SUSPECT) -> list[Row]:
    return breaking(suspect_no_texts(["id", "text", "more"], ["text", "more"], pattern), rows)


def wrong(rows: Sequence[Row]) -> list[Row]:
    return breaking(hold_texts(["id", "text", "more"]), rows)


@pytest.mark.parametrize("rule", OTHERS, ids=lambda rule: rule.name)
def test_no_plain_character_breaks_a_rule_that_is_not_asked_of_it(rule: TextRule, plain: list[str]) -> None:
    assert len(plain) > len("abc")
    words = pl.DataFrame({"text": [f"a{sign}{sign}a" for sign in plain]})
    assert words.filter(~rule.holds(pl.col("text")))["text"].to_list() == []


def test_a_refused_text_is_suspected_wherever_it_stands() -> None:
    rows = [
        row for text in REFUSED for row in [(text, None, None), ("EV0001", text, "More."), ("EV0001", "A text.", text)]
    ]
    assert len(rows) > len(REFUSED)
    assert suspected(rows) == rows
    assert suspected(rows, DOUBTFUL) == rows
    assert wrong(rows) == rows


def test_an_id_in_a_free_text_is_suspected() -> None:
    texts = ["EV0001", "See EV0001.", "(EV00011)", "of EV001"]
    rows = [row for text in texts for row in [("EV0002", text, None), ("EV0002", "A text.", text)]]
    assert suspected(rows) == rows
    assert suspected(rows, DOUBTFUL) == []
    assert wrong(rows) == []


def test_a_common_text_is_not_suspected() -> None:
    texts = ["Hamas said “no” – as before…", "Şanlıurfa", "al-Ḥaram", "UN 2735, 10 June 2024", None]
    rows = [("EV0002", text, None) for text in texts]
    assert suspected(rows) == []
    assert wrong(rows) == []


def all_texts() -> Iterator[tuple[str, str, bool]]:
    for name, table in published(DECLARED).items():
        judged = [field["name"] for field in table["fields"] if has_free_text(field, table, {})]
        yield from ((name, column, column in judged) for column in free_texts(table))


def test_ids_are_looked_for_in_no_text_that_is_not_judged() -> None:
    assert [(name, column) for name, column, judged in all_texts() if not judged] == []
