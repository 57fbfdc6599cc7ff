"""`ceasefire-talks diff`: a revision of the checkout is read as a folder is, however old."""

import json
import shutil
import subprocess
from pathlib import Path

import pytest
from edits import cell, copy_package

from ceasefire_talks.cli import main
from helpers import DECLARED, ROOT, TABLES

pytestmark = pytest.mark.services
FIRST = "23aef52"  # version 0.1.0: other tables, other columns, schemas inside the descriptor


def git(root: Path, *arguments: str) -> bool:
    """Run git without the settings of whoever runs the test, and tell whether it did what it was told."""
    if not shutil.which("git"):
        pytest.skip("git is not installed, so no revision was read")
    settings = ("-c", "user.name=x", "-c", "user.email=x@example.org", "-c", "commit.gpgsign=false")
    command = ["git", "-C", str(root), *settings, *arguments]
    return subprocess.run(command, capture_output=True, check=False).returncode == 0


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """Return a checkout whose only revision, `v1`, is the package as committed."""
    root = copy_package(tmp_path / "a checkout")
    (root / "data" / "records").mkdir()
    shutil.copy(ROOT / "pyproject.toml", root)
    for arguments in (["init"], ["add", "."], ["commit", "-m", "v1"], ["tag", "v1"]):
        assert git(root, *arguments)
    return root


def test_a_revision_is_read_as_a_folder_is(
    checkout: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(checkout / "data")
    cell("talks", "TK0004", summary="Other.")(checkout)
    assert main(["diff", str(ROOT), "--json"]) == 0
    told = capsys.readouterr().out
    assert json.loads(told)["changes"][0]["id"] == "TK0004"
    for revision in ("v1", "HEAD"):
        assert main(["diff", revision, "--json"]) == 0
        assert capsys.readouterr().out == told
    assert git(checkout, "commit", "-a", "-m", "v2")
    assert main(["diff", "v1", "HEAD", "--json"]) == 0
    assert capsys.readouterr().out == told


@pytest.mark.parametrize("given", ["v2", "v1:data", "--help", "HEAD~9", ""])
def test_what_is_no_revision_gets_one_sentence(
    checkout: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], given: str
) -> None:
    monkeypatch.chdir(checkout)
    assert main(["diff", "--", given]) == 2
    reason = "is neither a folder, nor a zip, nor a revision of this checkout"
    assert capsys.readouterr() == ("", f"ceasefire-talks: {given} {reason}\n")


def test_a_revision_without_a_package_gets_one_sentence(
    checkout: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(checkout)
    assert git(checkout, "rm", "datapackage.json")
    assert git(checkout, "commit", "-m", "v2")
    assert main(["diff", "HEAD", str(ROOT)]) == 2
    assert capsys.readouterr() == ("", "ceasefire-talks: HEAD holds no datapackage.json\n")


def test_the_first_version_is_compared_by_its_own_schemas(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    if not git(ROOT, "cat-file", "-e", FIRST):
        pytest.skip("this checkout has no history, so version 0.1.0 was not read")
    monkeypatch.chdir(ROOT)
    assert main(["diff", FIRST, "--json"]) in (0, 1)
    told = json.loads(capsys.readouterr().out)
    assert (told["old"], told["asks_for"], told["next"]) == ("0.1.0", "major", "0.2.0")
    found = {(change["kind"], change["table"], change["new"] or "") for change in told["changes"]}
    assert {("table gone", "events_wide", ""), ("table added", "talks", "")} < found
    assert ("field renamed", "mediators", "limited_by") in found
    assert ("field renamed", "evidence", "table_name") in found
    derived = {(name, field["name"]) for name in TABLES for field in DECLARED[name]["fields"] if "derived" in field}
    cells = {(change["table"], change["field"]) for change in told["changes"] if change["kind"] == "cell changed"}
    assert ("mediators", "limited_by") in cells
    assert not derived & cells
    assert main(["diff", FIRST]) in (0, 1)
    out = capsys.readouterr().out.splitlines()
    assert out[-1].startswith("0.1.0 is followed by 0.2.0 at least, as these changes are major: ")
    assert "table gone" in out[-1]
    assert 200 < len(out) < 600
