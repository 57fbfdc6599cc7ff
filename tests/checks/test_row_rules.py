"""Rules of a row: one failing record for each, with its exact message."""

from typing import Any

import pytest

from ceasefire_talks.build import Built
from ceasefire_talks.declaration import row_id
from helpers import DECLARED, Case, name_cases
from rule_cases import ROWS, change, schema_lines, with_made_up


def rename(table: str, key: str, cells: dict[str, Any]) -> dict[str, Any]:
    """Return the key of a row after some of its cells were changed."""
    return dict(zip(DECLARED[table]["primaryKey"], split_key(table, key), strict=True)) | cells


def split_key(table: str, key: str) -> list[str]:
    """Return the parts of a key; the id of another row, which may hold a slash, is one part."""
    first, *rest = key.split("/")
    others = len(DECLARED[table]["primaryKey"]) - 2
    return (
        [first, "/".join(rest[:-others]), *rest[-others:]]
        if "row_id" in DECLARED[table]["primaryKey"]
        else [first, *rest]
    )


@pytest.mark.parametrize("case", name_cases(ROWS, "rule"))
def test_rule_of_a_row(built: Built, case: Case) -> None:
    table, key, cells = case["table"], case["row"], case["put"]
    tables = change(with_made_up(built.tables), {"codes": case.get("codes", {}), table: {key: cells}})
    lines = schema_lines(tables, table)
    assert case["says"] or "codes" not in {broken for broken, _ in lines}, "no rule judges by what is no code"
    found = [message for broken, message in lines if broken == case["rule"]]
    assert found == [f"{row_id(DECLARED[table], rename(table, key, cells))}.{line}" for line in case["says"]]


@pytest.mark.parametrize(
    ("kind", "fidelity", "words"),
    [
        ("indirect", "reported", None),
        *((kind, "unclosed", None) for kind in ("direct", "partial", "nested")),
        *((kind, fidelity, "It") for kind in ("direct", "nested") for fidelity in ("as_printed", "visibly_altered")),
    ],
)
def test_words_of_a_quote_may_be(built: Built, kind: str, fidelity: str, words: str | None) -> None:
    within = "QU0005" if kind == "nested" else None
    cells = {"type": kind, "fidelity": fidelity, "altered_words": words, "within_id": within, "quotable": False}
    assert schema_lines(change(built.tables, {"quotes": {"QU0004": cells}}), "quotes") == []
