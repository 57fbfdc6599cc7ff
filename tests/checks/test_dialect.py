"""Predicates of rows: polars and DuckDB give the same verdict on every mix of empty and filled cells, and no other SQL.

What is tried in a column is nothing, the values that its predicate names, and values that it does not.
"""

import re
import shutil
from datetime import date
from itertools import product
from pathlib import Path
from typing import Any

import duckdb
import polars as pl
import pytest

from ceasefire_talks.declaration import read_declaration, rules_of
from ceasefire_talks.declaration.rules import Rule
from ceasefire_talks.declaration.types import TYPES
from helpers import DECLARED, ROOT, field_of

FOLDER = ROOT / "scripts" / "ceasefire_talks" / "declaration" / "schemas"
RULES = [
    pytest.param(name, rule, id=f"{name}-{rule['name']}-{rule['field']}")
    for name, table in DECLARED.items()
    for rule in rules_of(table)
]
MOST = 5_000
VALUES: dict[str, list[Any]] = {
    "integer": [0, 1, 2, 20],
    "number": [-1.5, 0.0, 2.0, 2.5, 2_147_483_648.0],
    "boolean": [True, False],
    "date": [date(1023, 10, 7), date(2023, 10, 7), date(2024, 5, 6), date(2204, 5, 6)],
}
TEXTS = ["", "a", "A", "Zürich", "e\u0301", "\U0001f54a", "100%", "a_b", "a\nb"]


def values_of(table: str, column: str, predicate: str) -> list[Any]:
    """Return the values to try in a column, nothing first; of a pattern also what it matches, or nearly does."""
    kind = field_of(table, column)["type"]
    if kind != "string":
        return [None, *VALUES[kind]]
    named = re.findall(r"'([^']*)'", predicate)
    matched = [text.replace("%", filling) for text in named if "%" in text for filling in ("", "2024", "a\nb")]
    near = [f"x{text}x" for text in matched] + [text.upper() for text in matched]
    return [None, *dict.fromkeys([*named, *matched, *near, *TEXTS])]


def make_rows(name: str, predicate: str) -> pl.DataFrame:
    """Return the product of the values of all columns of a predicate."""
    columns = sorted({*pl.sql_expr(predicate).meta.root_names()})
    rows = list(product(*(values_of(name, column, predicate) for column in columns)))
    types = {column: TYPES[field_of(name, column)["type"]].polars for column in columns}
    return pl.DataFrame(rows, schema=types, orient="row")


def ask_polars(rows: pl.DataFrame, predicate: str) -> list[bool]:
    return rows.select(pl.sql_expr(predicate).fill_null(value=True)).to_series().to_list()


def ask_duckdb(rows: pl.DataFrame, predicate: str) -> list[bool]:
    with duckdb.connect(config={"threads": 1}) as connection:
        connection.register("it", rows.to_arrow())
        return [holds for (holds,) in connection.execute(f"SELECT coalesce(({predicate}), true) FROM it").fetchall()]


@pytest.mark.parametrize(("name", "rule"), RULES)
def test_both_engines_give_the_same_verdict(name: str, rule: Rule) -> None:
    rows = make_rows(name, rule["holds"])
    ours, theirs = ask_polars(rows, rule["holds"]), ask_duckdb(rows, rule["holds"])
    assert [row for row, one, other in zip(rows.rows(), ours, theirs, strict=True) if one is not other] == []
    assert {*ours} == {True, False}
    assert rows.height <= MOST


def test_a_difference_would_be_seen() -> None:
    rows = make_rows("events", "title LIKE 'No %'")
    assert ask_polars(rows, "title LIKE 'No %'") != ask_duckdb(rows, "title LIKE 'Not %'")


FOREIGN = [
    ("title ~ 'No.*'", "~"),
    ("title SIMILAR TO 'No%'", "SIMILAR"),
    ("title REGEXP 'No'", "REGEXP"),
    ("NOT regexp_matches(title, 'No')", "regexp_matches"),
    ("title ILIKE 'no %'", "ILIKE"),
    ("title IS TRUE", "TRUE"),
    ("title IS NOT UNKNOWN", "UNKNOWN"),
    ("titel IS NULL", "titel"),
    ("title is null", "is"),
    ("events.title IS NULL", "events"),
    ("title != 'x'", "!"),
    ("title > 'x'", ">"),
    ("title || place = 'x'", "|"),
    ('"title" IS NULL', '"'),
    ("title = 'x", "'"),
    ("title IS NULL; place IS NULL", ";"),
    ("title IN (SELECT place)", "SELECT"),
    ("LENGTH(title) <= 3", "LENGTH"),
    ("title[1] = 'x'", "["),
    ("title = $1", "$"),
    ("title = 'x' COLLATE NOCASE", "COLLATE"),
]
NAME = "schemas/events.yaml: rule attribution_names_speaker"


def read_with(folder: Path, old: str, new: str) -> None:
    """Read the declaration with the first rule of events changed."""
    shutil.copytree(FOLDER, folder / "schemas")
    path = folder / "schemas" / "events.yaml"
    text, count = re.subn(old, lambda _: new, path.read_text("utf-8"), count=1, flags=re.MULTILINE)
    assert count == 1
    path.write_text(text, "utf-8")
    read_declaration(folder / "schemas")


@pytest.mark.parametrize(("predicate", "word"), FOREIGN)
def test_a_foreign_word_or_sign_is_refused(tmp_path: Path, predicate: str, word: str) -> None:
    message = f"{NAME}: {word!r} is neither a column nor a word of the dialect"
    with pytest.raises(ValueError, match=f"^{re.escape(message)}$"):
        read_with(tmp_path, "^    holds: .*$", f"    holds: '{predicate.replace(chr(39), chr(39) * 2)}'")


@pytest.mark.parametrize(
    "predicate", ["title IS place", "title IS 'x'", "title IS NOT place", "title IS(place)", "title IS DISTINCT place"]
)
def test_is_takes_null_or_distinct_from_alone(tmp_path: Path, predicate: str) -> None:
    with pytest.raises(ValueError, match=f"^{NAME}: IS takes NULL or DISTINCT FROM alone$"):
        read_with(tmp_path, "^    holds: .*$", f'    holds: "{predicate}"')


def test_a_rule_points_at_a_field_that_is_there(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=f"^{NAME}: there is no field 'speaker' to point at$"):
        read_with(tmp_path, "^    field: .*$", "    field: speaker")


@pytest.mark.parametrize(
    "holds", ["title IS NULL", "title IS NOT DISTINCT FROM place", "title IN ('a', 'IS') AND NOT place = '~!'"]
)
def test_words_of_the_dialect_are_read(tmp_path: Path, holds: str) -> None:
    read_with(tmp_path, "^    holds: .*$", f'    holds: "{holds}"')
