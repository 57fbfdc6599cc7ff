"""The command `ceasefire-talks`: what is wrong goes to standard error, and nothing is changed."""

import shutil
from pathlib import Path

import pytest

from ceasefire_talks.cli import main
from helpers import ROOT, Edit, line_of, place_of


def test_command_says_it_and_changes_nothing(
    copy: Path, edit: Edit, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.copy(ROOT / "datapackage.json", copy)
    line = line_of("events.yaml", "^  certainty: certain$")
    edit("events.yaml", "^  certainty: certain$", "  certainty: certan")
    monkeypatch.chdir(copy)
    before = {path: path.read_bytes() for path in copy.rglob("*") if path.is_file()}
    assert main(["build"]) == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert err == (
        f'{place_of("events.yaml")}:{line}: EV0001.certainty: "certan" is not a code of certainty; '
        'did you mean "certain"?\n'
    )
    assert {path: path.read_bytes() for path in copy.rglob("*") if path.is_file()} == before
