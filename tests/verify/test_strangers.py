"""What lies among the built files and no build wrote: named and left, passed over, or in the way of the build."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from ceasefire_talks.files import Files
from ceasefire_talks.installed import DESCRIPTOR
from ceasefire_talks.write import list_strangers, write_files
from copies import STALE, compare, describe

STRANGER = "is not part of the package; move it out of the folders of built files"


@pytest.mark.parametrize(
    "name",
    [
        "data/csv/my_coding.csv",
        "data/csv/.x",
        "data/csv/more/notes/talks.csv",
        "data/parquet/talks.csv",
        "data/pictures/mine.svg",
        "data/schemas/gone.json",
        "data/schemas/.notes.new",
        "data/csv/.talks.new",
        "data/csv/.gone.csv.new",
        "data/csv/talks.csv.new",
        ".vscode/records/gone.json",
    ],
)
def test_what_no_build_wrote_is_named_and_left(root: Path, rendered: Files, name: str) -> None:
    path = root / name
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(b"mine")
    assert compare(root, rendered) == {f"{name}: {STRANGER}"}
    write_files(root, rendered)
    assert (list_strangers(root, rendered), path.read_bytes()) == ([name], b"mine")
    path.unlink()
    assert compare(root, rendered) == set()


@pytest.mark.parametrize("name", ["data/records/mine.yaml", "data/csv/../records/mine.yaml", "mine.csv", "../mine.csv"])
def test_a_descriptor_has_nothing_removed_that_people_wrote(root: Path, rendered: Files, name: str) -> None:
    (root / "data/records").mkdir(exist_ok=True)
    describe(name)(root)
    write_files(root, rendered)
    assert (root / name).is_file()
    (root / name).unlink()


@pytest.mark.parametrize("content", [b"", b"[]", b"{}", b'{"resources": 1, "files": []}', b"\xff", b"[" * 100_000])
def test_without_a_descriptor_to_go_by_nothing_is_removed(root: Path, rendered: Files, content: bytes) -> None:
    (root / "data/csv/gone.csv").write_bytes(b"")
    (root / DESCRIPTOR).write_bytes(content)
    assert compare(root, rendered) == {f"data/csv/gone.csv: {STRANGER}", f"{DESCRIPTOR}: {STALE}"}
    write_files(root, rendered)
    assert (root / "data/csv/gone.csv").is_file()
    (root / "data/csv/gone.csv").unlink()


LITTER = """
.DS_Store ._talks.csv __MACOSX/talks.csv Thumbs.db desktop.ini Desktop.ini .ipynb_checkpoints/talks-checkpoint.csv
.~lock.talks.csv# ~$talks.xlsx talks.csv~ talks.csv.bak .talks.csv.swp #talks.csv# .#talks.csv .directory
"""


@pytest.mark.parametrize("name", LITTER.split())
def test_what_desktops_and_editors_leave_is_passed_over(root: Path, rendered: Files, name: str) -> None:
    path = root / "data/csv" / name
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(b"x")
    assert compare(root, rendered) == set()
    write_files(root, rendered)
    assert path.is_file()
    path.unlink()


def test_a_folder_of_litter_stops_no_build(root: Path, rendered: Files) -> None:
    (root / "data/csv/.ipynb_checkpoints").mkdir(exist_ok=True)
    write_files(root, rendered)
    assert compare(root, rendered) == set()


def dig(root: Path, name: str) -> None:
    """Put a folder in the place of a file."""
    (root / name).unlink(missing_ok=True)
    (root / name).mkdir()


def bury(root: Path, name: str) -> None:
    """Put a file in the place of a folder."""
    shutil.rmtree(root / name)
    (root / name).write_bytes(b"mine")


IN_THE_WAY = "move it away; nothing was changed"


@pytest.mark.parametrize(
    ("change", "name", "says"),
    [
        (dig, "data/csv/talks.csv", "is no file, and the build writes one there"),
        (dig, "datapackage.json", "is no file, and the build writes one there"),
        (dig, "data/csv/.talks.csv.new", "is no file, and the build writes one there"),
        (bury, "data/csv/more", "is no folder, and the build needs one there"),
        (bury, ".vscode", "is no folder, and the build needs one there"),
    ],
)
def test_what_is_in_the_way_is_named_and_nothing_written(
    tmp_path: Path, rendered: Files, change: Callable[[Path, str], None], name: str, says: str
) -> None:
    write_files(tmp_path, rendered)
    (tmp_path / "CITATION.cff").write_bytes(b"old")
    change(tmp_path, name)
    before = {path: path.is_file() and path.read_bytes() for path in tmp_path.rglob("*")}
    with pytest.raises(OSError) as raised:  # noqa: PT011 - what it says is told below
        write_files(tmp_path, rendered)
    assert (raised.value.filename, raised.value.strerror) == (name, f"{says}; {IN_THE_WAY}")
    assert {path: path.is_file() and path.read_bytes() for path in tmp_path.rglob("*")} == before
