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

EVENTS, PARQUET = "data/csv/events.csv", "data/parquet/events.parquet"


@pytest.fixture
def package(tmp_path: Path) -> Path:
    return copy_files(tmp_path / "package")


def tell(capsys: pytest.CaptureFixture[str], package: Path) -> Any:
    """Return what is told of a package that is not valid."""
    assert main(["validate", str(package), "--json"]) == 1
    return json.loads(capsys.readouterr().out)


def swap(old: bytes, new: bytes, path: str = EVENTS) -> Callable[[Path], Any]:
    return lambda root: (root / path).write_bytes((root / path).read_bytes().replace(old, new, 1))


@pytest.mark.parametrize(
    ("change", "place", "rule"),
    [
        pytest.param(swap(b"Hamas", b"Ham\xe4s"), EVENTS, "encoding", id="Latin-1"),
        pytest.param(swap(b",title,", b",titel,"), f"{EVENTS}:1", "columns", id="another column"),
        pytest.param(lambda root: (root / EVENTS).unlink(), EVENTS, "missing", id="no file"),
        pytest.param(swap(b"\nEV0002", b"\nEV0002\nEV0002"), EVENTS, "csv", id="half a row"),
        pytest.param(lambda root: (root / PARQUET).write_bytes(b"PAR1"), PARQUET, "parquet", id="no Parquet"),
        pytest.param(put("events", 3, "title", "Another", ("parquet",)), PARQUET, "parquet", id="another cell"),
        pytest.param(lambda root: edit_rows(root / PARQUET, lambda rows: rows.pop()), PARQUET, "parquet", id="less"),
    ],
)
def test_why_a_file_is_not_read_or_not_the_same_has_a_name(
    package: Path, capsys: pytest.CaptureFixture[str], change: Callable[[Path], Any], place: str, rule: str
) -> None:
    change(package)
    told = tell(capsys, package)
    assert told.keys() == {"valid", "rows", "source", "unread", "broken"}
    assert (told["valid"], told["source"], told["broken"]) == (False, None, [])
    assert [(one["place"], one["rule"], [*one]) for one in told["unread"]] == [
        (place, rule, ["place", "rule", "message"])
    ]


@pytest.mark.parametrize(
    ("field", "value", "rule", "sentence"),
    [
        ("certainty", "sure", "codes", '"sure" is not a code of certainty'),
        ("date", "2023-10", "edtf", '"2023-10" is not written bare'),
        ("title", None, "not_nullable", "is missing"),
        ("title", "x" * 71, "maxLength", f'"{"x" * 57}..." must have at most 70'),
        ("title", "a  b", "spaces", '"a  b" '),
        ("date_first_day", "x", "type date", '"x" is not a day'),
        ("date_first_day", None, "derived", 'empty must be "2023-10-07"'),
        ("date_basis", None, "date_has_basis", "must be filled where date is"),
        ("attributed_to_id", "x", "reference", '"x" is not in actors'),
    ],
)
def test_a_rule_that_a_row_breaks_has_a_name(
    package: Path, capsys: pytest.CaptureFixture[str], field: str, value: str | None, rule: str, sentence: str
) -> None:
    put("events", 1, field, value, ("csv",))(package)
    told = tell(capsys, package)
    [broken] = [one for one in told["broken"] if one["rule"] == rule]
    [row] = broken.pop("rows")
    assert broken == {"table": "events", "field": field, "rule": rule, "rows_in_all": 1}
    assert row.pop("sentence").startswith(sentence)
    assert row == {"file": EVENTS, "line": 2, "key": "EV0001"}


@pytest.mark.parametrize(
    ("mark", "words"), [(";", "semicolons"), ("\t", "tabs"), ("|", "bars"), (";\t", "semicolons"), ("\t|", "tabs")]
)
def test_a_header_that_commas_do_not_part_is_told_by_its_first_mark(mark: str, words: str) -> None:
    assert explain_header([f"event_id{mark}title"], ["event_id"]) == f"is separated by {words}; save it with commas"
