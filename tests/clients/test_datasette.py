"""Datasette serves the exported database with its metadata: pages, facets, every row, and the search as it is typed."""

import asyncio
import json
from pathlib import Path

import pytest
from datasette.app import Datasette

from ceasefire_talks.files import Files
from environments import plain_rows, sort_rows
from helpers import TABLES


def get(files: Files, folder: Path, path: str) -> str:
    """Return the page that Datasette answers for a path below the database."""
    (folder / "ceasefire-talks.sqlite").write_bytes(files["ceasefire-talks.sqlite"])
    served = Datasette(
        [str(folder / "ceasefire-talks.sqlite")],
        metadata=json.loads(files["ceasefire-talks.metadata.json"]),
        settings={"max_returned_rows": 10_000},
    )
    answer = asyncio.run(served.client.get(f"/ceasefire-talks/{path}"))
    assert answer.status_code == 200
    return str(answer.text)


@pytest.mark.parametrize("table", TABLES)
def test_a_table_has_every_row(exports: Files, tmp_path: Path, table: str) -> None:
    rows = json.loads(get(exports, tmp_path, f"{table}.json?_shape=array&_size=max"))
    assert sort_rows(rows) == sort_rows(plain_rows(table))


@pytest.mark.parametrize(
    ("table", "words"), [("events", "truce"), ("talks", "21-day"), ("talks", "Netanyahu's"), ("talks", "d'affaires")]
)
def test_words_are_found_as_they_are_typed(exports: Files, tmp_path: Path, table: str, words: str) -> None:
    rows = json.loads(get(exports, tmp_path, f"{table}.json?_shape=array&_search={words}"))
    assert rows
    assert all(words in f"{row['title']} {row['summary']}".replace("’", "'") for row in rows)


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("events.json?_facet=type", '"facet_results"'),
        ("talks.json?kind=vote&_shape=array", "draft"),
        ("quotes", "CC-BY-4.0"),
        ("events/EV0001.json?_shape=array", "EV0001"),
    ],
)
def test_a_page_is_answered(exports: Files, tmp_path: Path, path: str, expected: str) -> None:
    assert expected in get(exports, tmp_path, path)
