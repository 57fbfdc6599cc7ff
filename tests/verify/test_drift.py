"""`ceasefire-talks build --check`: clean as committed, and every kind of change names its file."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow.parquet
import pytest

from ceasefire_talks import build
from ceasefire_talks.cli import main
from ceasefire_talks.files import Files
from ceasefire_talks.installed import DESCRIPTOR
from ceasefire_talks.verify import drift
from ceasefire_talks.write import write_files
from copies import STALE, compare, describe
from helpers import ROOT
from packages import BUILT, FILES, change_cell, copy_checkout, edit_descriptor, edit_rows, refresh

pytestmark = pytest.mark.usefixtures("remembered")


def test_every_rendered_file_is_the_committed_one(rendered: Files) -> None:
    assert [name for name, content in rendered.items() if (ROOT / name).read_bytes() != content] == []


def test_the_committed_files_are_what_the_records_give(
    tmp_path: Path, rendered: Files, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Then one cell is changed, and the same command fails and names its file."""
    monkeypatch.chdir(copy_checkout(tmp_path / "checkout"))
    assert main(["build", "--check"]) == 0
    assert capsys.readouterr().out == f"{len(BUILT)} files are valid and just what the records give\n"
    edit_rows(tmp_path / "checkout/data/csv/events.csv", change_cell)
    monkeypatch.setattr(build, "render", lambda *_: rendered)
    assert main(["build", "--check"]) == 1
    assert capsys.readouterr().err.splitlines() == [f"data/csv/events.csv: {STALE}"]


@pytest.mark.parametrize("path", FILES)
def test_a_changed_cell_names_file_and_descriptor(root: Path, rendered: Files, path: str) -> None:
    """The descriptor is brought in line as well, so that only the rebuild can tell."""
    edit_rows(root / path, change_cell)
    assert compare(root, rendered) == {f"{path}: {STALE}"}
    refresh(root)
    assert compare(root, rendered) == {f"{path}: {STALE}", f"{DESCRIPTOR}: {STALE}"}


@pytest.mark.parametrize("path", FILES)
def test_another_order_of_rows_names_the_file(root: Path, rendered: Files, path: str) -> None:
    edit_rows(root / path, lambda rows: rows.append(rows.pop(1)))
    assert compare(root, rendered) == {f"{path}: {STALE}"}


@pytest.mark.parametrize("number", range(len(FILES)))
def test_any_changed_hash_names_the_descriptor(root: Path, rendered: Files, number: int) -> None:
    edit_descriptor(root, lambda it: it["resources"][number].update(hash=f"sha256:{0:064}"))
    assert compare(root, rendered) == {f"{DESCRIPTOR}: {STALE}"}


def touch(name: str) -> Callable[[Path], Any]:
    return lambda root: (root / name).write_bytes(b"")


def swap(name: str, old: str, new: str) -> Callable[[Path], Any]:
    return lambda root: (root / name).write_text((root / name).read_text("utf-8").replace(old, new, 1), "utf-8")


STRAY = "is not part of the package; the next build removes it"


def tie(root: Path) -> None:
    """Have the last build have written the schema of a table that is gone, for editors."""
    (root / ".vscode/records/gone.json").write_bytes(b"")
    settings = root / ".vscode/settings.json"
    ties = json.loads(settings.read_bytes())["yaml.schemas"] | {".vscode/records/gone.json": "gone.yaml"}
    settings.write_text(json.dumps({"yaml.schemas": ties}), "utf-8")


@pytest.mark.parametrize(
    ("change", "line"),
    [
        pytest.param(describe("data/csv/gone.csv"), f"data/csv/gone.csv: {STRAY}", id="file of a gone table"),
        pytest.param(describe("data/jsonl/talks.jsonl"), f"data/jsonl/talks.jsonl: {STRAY}", id="a gone format"),
        pytest.param(describe("data/gone.xlsx"), f"data/gone.xlsx: {STRAY}", id="another name of the package"),
        pytest.param(touch(f".{DESCRIPTOR}.new"), f".{DESCRIPTOR}.new: {STRAY}", id="unfinished descriptor"),
        pytest.param(touch("data/csv/.actors.csv.new"), f"data/csv/.actors.csv.new: {STRAY}", id="unfinished table"),
        pytest.param(
            lambda root: (root / FILES[0]).unlink(), f"{FILES[0]}: is not there; build and commit it", id="missing"
        ),
        pytest.param(touch(FILES[0]), f"{FILES[0]}: {STALE}", id="empty"),
        pytest.param(touch(FILES[-1]), f"{FILES[-1]}: {STALE}", id="empty Parquet"),
        pytest.param(touch("CITATION.cff"), f"CITATION.cff: {STALE}", id="citation"),
        pytest.param(swap("data/codebook.md", "the", "a"), f"data/codebook.md: {STALE}", id="codebook"),
        pytest.param(swap(DESCRIPTOR, "\n", "\n "), f"{DESCRIPTOR}: {STALE}", id="white space"),
        pytest.param(swap(DESCRIPTOR, "Talks", "Talk"), f"{DESCRIPTOR}: {STALE}", id="title"),
        pytest.param(touch(DESCRIPTOR), f"{DESCRIPTOR}: {STALE}", id="no descriptor"),
        pytest.param(
            lambda root: [change(root) for change in (describe("data/csv/gone.csv"), touch("data/csv/.gone.csv.new"))],
            f"data/csv/.gone.csv.new: {STRAY}",
            id="unfinished and gone",
        ),
        pytest.param(describe("data/csv/audit/gone.csv"), f"data/csv/audit/gone.csv: {STRAY}", id="in another folder"),
        pytest.param(describe("data/schemas/gone.json"), f"data/schemas/gone.json: {STRAY}", id="a gone schema"),
        pytest.param(tie, f".vscode/records/gone.json: {STRAY}", id="gone for editors"),
        pytest.param(touch("data/ceasefire-talks.xlsx"), f"data/ceasefire-talks.xlsx: {STALE}", id="workbook"),
        pytest.param(
            swap("data/schemas/events.json", "string", "text"), f"data/schemas/events.json: {STALE}", id="schema"
        ),
    ],
)
def test_a_change_names_the_file(root: Path, rendered: Files, change: Any, line: str) -> None:
    change(root)
    assert line in compare(root, rendered)
    write_files(root, rendered)
    assert [*drift.compare_files(root, rendered)] == []


def repack(path: Path, writer: str = "") -> bytes:
    """Return Parquet with the same rows in other bytes, as if another version of pyarrow had written them."""
    table = pyarrow.parquet.read_table(path, use_threads=False)
    pyarrow.parquet.write_table(table, path)
    version = f"version {pyarrow.__version__}".encode()
    other = b"version " + (writer.encode() or version[8:]).ljust(len(version) - 8)
    path.write_bytes(path.read_bytes().replace(version, other))
    return path.read_bytes()


@pytest.mark.parametrize(
    ("platform", "writer", "same"),
    [
        pytest.param("linux", "", False, id="the pinned environment compares bytes"),
        pytest.param("linux", "9.9", True, id="another pyarrow compares rows"),
        pytest.param("darwin", "", True, id="another platform compares rows"),
    ],
)
def test_bytes_are_compared_where_they_can_be(
    root: Path, rendered: Files, platform: str, writer: str, same: bool
) -> None:
    path = FILES[-1]
    other = repack(root / path, writer)
    edit_rows(root / path, change_cell)
    changed = repack(root / path, writer)
    assert drift.same_content(rendered[path], rendered[path], path, platform)
    assert drift.same_content(other, rendered[path], path, platform) is same
    for wrong in (changed, b"", other[:-300], rendered[FILES[-2]]):
        assert not drift.same_content(wrong, rendered[path], path, platform)
    assert not drift.same_content(b"a,b\n", b"a, b\n", FILES[0], platform)


def test_rows_in_the_bytes_of_another_pyarrow_leave_the_descriptor_current(root: Path, rendered: Files) -> None:
    """Its hashes are then those of the committed files; any other change of it is still named."""
    repack(root / FILES[-1], "9.9")
    refresh(root)
    assert compare(root, rendered) == set()
    edit_descriptor(root, lambda it: it["resources"][0].update(hash=f"sha256:{0:064}"))
    assert compare(root, rendered) == {f"{DESCRIPTOR}: {STALE}"}
