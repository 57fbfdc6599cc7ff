"""Croissant: every record set loads, with the values of its table; only the address, which is not there, is missed."""

import json
from pathlib import Path

import pytest

from ceasefire_talks.build import Built
from ceasefire_talks.files import Files
from ceasefire_talks.records.metadata import Package
from ceasefire_talks.release.croissant import to_croissant
from environments import make_environment, plain_rows, run
from helpers import DECLARED, ROOT, TABLES

pytestmark = pytest.mark.services


def test_every_record_set_loads(tmp_path: Path, about: Package, built: Built, rendered: Files) -> None:
    described = to_croissant(about._replace(doi=None, homepage=None), built.tables, DECLARED, rendered)
    (tmp_path / "croissant.json").write_bytes(described)
    (tmp_path / "data").symlink_to(ROOT / "data")
    assert "url" not in json.loads(described)
    python = make_environment(tmp_path / "environment", "mlcroissant>=1.1,<2", "pyarrow")
    printed = run(python, "-I", Path(__file__).parent / "load_croissant.py", tmp_path / "croissant.json")
    loaded = dict(json.loads(line) for line in printed.splitlines())
    assert list(loaded) == TABLES
    for name, rows in loaded.items():
        assert rows == plain_rows(name), name


def test_the_answers_of_the_card_are_there(about: Package, built: Built, rendered: Files) -> None:
    described = json.loads(to_croissant(about, built.tables, DECLARED, rendered))
    answered = built.tables["card"].drop_nulls("rai")
    assert answered.height >= 10
    for name, answer in answered.select("rai", "answer").iter_rows():
        assert described[f"rai:{name}"] == answer
