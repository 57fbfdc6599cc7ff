"""What `ceasefire-talks validate --json` tells: every key, and the name of every rule."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from ceasefire_talks.cli import main
from ceasefire_talks.validate.files import explain_header
from copies import copy_files
from packages import edit_rows, put

Change = Callable[[Path], Any]
EVENTS, QUOTES, DEMANDS, CLAIMS = (f"data/csv/{name}.csv" for name in ("events", "quotes", "demands", "more/claims"))
PARQUET = "data/parquet/events.parquet"


@pytest.fixture
def package(tmp_path: Path) -> Path:
    return copy_files(tmp_path / "package")


def tell(capsys: pytest.CaptureFixture[str], package: Path) -> Any:
    """Return what is told of a package that is not valid."""
    assert main(["validate", str(package), "--json"]) == 1
    return json.loads(capsys.readouterr().out)


def swap(path: str, old: bytes, new: bytes) -> Change:
    return lambda root: (root / path).write_bytes((root / path).read_bytes().replace(old, new, 1))


UNREAD: list[tuple[str, str, Change]] = [
    (EVENTS, "encoding", swap(EVENTS, b"Hamas", b"Ham\xe4s")),
    (f"{QUOTES}:1", "columns", swap(QUOTES, b",type,", b",tipe,")),
    (DEMANDS, "missing", lambda root: (root / DEMANDS).unlink()),
    (CLAIMS, "csv", swap(CLAIMS, b"\nCL0002", b"\nCL0002\nCL0002")),
    (PARQUET, "parquet", lambda root: (root / PARQUET).write_bytes(b"PAR1")),
]
PAGES = slice(200, 400)  # of a file, behind its first letters and before its footer


def spoil(root: Path) -> None:
    """Set some bytes of a page of Parquet to zero."""
    path = root / "data/parquet/talks.parquet"
    content = bytearray(path.read_bytes())
    content[PAGES] = bytes(200)
    path.write_bytes(content)


NOT_THE_SAME: list[tuple[str, str, Change]] = [
    (PARQUET, "parquet", put("events", 3, "title", "Another", ("parquet",))),
    ("data/parquet/quotes.parquet", "parquet", lambda root: edit_rows(root / "data/parquet/quotes.parquet", list.pop)),
    ("data/parquet/talks.parquet", "parquet", spoil),
]


@pytest.mark.parametrize("changes", [UNREAD, NOT_THE_SAME], ids=["not read", "not the same"])
def test_why_a_file_is_not_taken_has_a_name(
    package: Path, capsys: pytest.CaptureFixture[str], changes: list[tuple[str, str, Change]]
) -> None:
    for *_, change in changes:
        change(package)
    told = tell(capsys, package)
    assert told.keys() == {"valid", "rows", "source", "unread", "broken"}
    assert (told["valid"], told["source"], told["broken"]) == (False, None, [])
    assert {one.keys() >= {"place", "rule", "message"} and len(one) for one in told["unread"]} == {3}
    found = sorted((one["place"], one["rule"]) for one in told["unread"])
    assert found == sorted((place, rule) for place, rule, _ in changes)


CELLS = [  # each in an event of its own
    ("date_basis", None, "date_has_basis", "must be filled where date is"),
    ("date", "2023-10", "edtf", '"2023-10" is not written bare'),
    ("title", None, "not_nullable", "is missing"),
    ("title", "x" * 71, "maxLength", f'"{"x" * 57}..." must have at most 70'),
    ("title", "a  b", "spaces", '"a  b" '),
    ("date_first_day", "x", "type date", '"x" is not a day'),
    ("certainty", "sure", "codes", '"sure" is not a code of certainty'),
    ("attributed_to_id", "x", "reference", '"x" is not in actors'),
]


def test_every_rule_that_a_row_breaks_has_a_name(package: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for number, (field, value, *_) in enumerate(CELLS, 1):
        put("events", number, field, value, ("csv",))(package)
    broken = {one["rule"]: one for one in tell(capsys, package)["broken"]}
    for number, (field, _, rule, sentence) in enumerate(CELLS, 1):
        [row] = broken[rule].pop("rows")
        assert broken[rule] == {"table": "events", "field": field, "rule": rule, "rows_in_all": 1}
        assert row.pop("sentence").startswith(sentence)
        assert row == {"file": EVENTS, "line": number + 1, "key": f"EV{number:04}"}


@pytest.mark.parametrize(
    ("mark", "words"), [(";", "semicolons"), ("\t", "tabs"), ("|", "bars"), (";\t", "semicolons"), ("\t|", "tabs")]
)
def test_a_header_that_commas_do_not_part_is_told_by_its_first_mark(mark: str, words: str) -> None:
    assert explain_header([f"event_id{mark}title"], ["event_id"]) == f"is separated by {words}; save it with commas"
