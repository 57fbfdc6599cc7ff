"""A release from a clone with a tag: the same bytes from two places, whole when unzipped, guarded byte by byte."""

import csv
import json
import os
import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

import ceasefire_talks as ct
from ceasefire_talks.installed import SUMS
from ceasefire_talks.verify.check import check_package
from helpers import ROOT, TABLES
from packages import PUBLISHED

pytestmark = pytest.mark.services
FAKETIME = next(Path("/usr/lib").glob("*/faketime/libfaketime.so.1"), None)
NAME = f"ceasefire-talks-{ct.__version__}"
RUN = "import sys; from ceasefire_talks.cli import main; sys.exit(main(sys.argv[1:]))"
BEFORE = "23aef52"  # version 0.1.0


def release(root: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run the command in a checkout by its own code."""
    everything = os.environ | environment | {"PYTHONPATH": str(root / "scripts"), "PYTHONDONTWRITEBYTECODE": "1"}
    command = [sys.executable, "-c", RUN, "release"]
    return subprocess.run(command, cwd=root, env=everything, capture_output=True, text=True, check=False)


def clone(target: Path) -> Path:
    """Return a clone in which the version before has a tag; skip where the checkout is no repository."""
    if not (ROOT / ".git").exists():
        pytest.skip("this is no Git repository, so nothing was released from it")
    subprocess.run(["git", "clone", "-q", str(ROOT), str(target)], check=True)
    tags = subprocess.run(["git", "tag"], cwd=target, capture_output=True, text=True, check=True).stdout.split()
    subprocess.run(["git", "tag", "--delete", *tags], cwd=target, check=bool(tags), capture_output=True)
    subprocess.run(["git", "tag", "v0.1.0", BEFORE], cwd=target, check=True)
    return target


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Return `dist/` of two clones, released at other paths, on other days, under other locales."""
    places = [tmp_path_factory.mktemp("one") / "a", tmp_path_factory.mktemp("two") / "mit Leerzeichen ü"]
    elsewhere = {"TZ": "Pacific/Kiritimati", "LC_ALL": "C", "PYTHONHASHSEED": "7"}
    if FAKETIME:
        elsewhere |= {"FAKETIME": "@2031-02-03 04:05:06", "LD_PRELOAD": str(FAKETIME), "DONT_FAKE_MONOTONIC": "1"}
    for place, environment in zip(places, ({}, elsewhere), strict=True):
        done = release(clone(place), **environment)
        assert (done.returncode, done.stderr) == (0, "")
        assert f"dist/{NAME}.zip " in done.stdout
        assert not subprocess.run(["git", "status", "--porcelain"], cwd=place, capture_output=True, check=True).stdout
    return [place / "dist" for place in places]


@pytest.fixture(scope="module")
def unzipped(folders: list[Path], tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("unzipped") / "a b [1]"
    with zipfile.ZipFile(folders[0] / f"{NAME}.zip") as archive:
        archive.extractall(target)
    return target / NAME


def test_two_clones_give_the_same_bytes(folders: list[Path]) -> None:
    one, other = ({path.name: path.read_bytes() for path in folder.iterdir()} for folder in folders)
    assert one == other
    assert sorted(one) == sorted([
        f"{NAME}.zip", f"{NAME}.sqlite", f"{NAME.replace('-', '_', 1)}-py3-none-any.whl",
        f"{NAME.replace('-', '_', 1)}.tar.gz", f"changes-{ct.__version__}.csv", "notes.md", SUMS,
    ])  # fmt: skip


def test_checksums_are_those_of_the_files(folders: list[Path], unzipped: Path) -> None:
    for folder in (folders[0], unzipped):
        done = subprocess.run(["sha256sum", "-c", SUMS], cwd=folder, capture_output=True, text=True, check=False)
        assert (done.returncode, done.stderr) == (0, "")
        files = [path for path in folder.rglob("*") if path.is_file()]
        assert done.stdout.count(": OK") == len(files) - 1


def test_the_zip_holds_the_package_and_what_goes_with_it(unzipped: Path) -> None:
    found = {path.relative_to(unzipped).as_posix() for path in unzipped.rglob("*") if path.is_file()}
    licences = {f"LICENSES/{path.name}" for path in (ROOT / "LICENSES").iterdir()}
    assert found == {*PUBLISHED, *licences, "README.md", "croissant.json", SUMS}
    for name in PUBLISHED:
        assert (unzipped / name).read_bytes() == (ROOT / name).read_bytes(), name


def test_it_is_checked_and_valid_where_it_was_unzipped(unzipped: Path) -> None:
    checked = check_package(str(unzipped))
    assert (checked.differences, checked.same, checked.others) == ([], len(PUBLISHED), 0)
    command = [sys.executable, "-m", "frictionless", "validate", "datapackage.json", "--json"]
    done = subprocess.run(command, cwd=unzipped, capture_output=True, text=True, check=False)
    assert json.loads(done.stdout)["valid"] is True


def test_its_readme_leads_to_a_first_answer(unzipped: Path) -> None:
    text = (unzipped / "README.md").read_text("utf-8")
    [code] = re.findall(r"```python\n(.*?)```", text, re.DOTALL)
    done = subprocess.run([sys.executable, "-c", code], cwd=unzipped, capture_output=True, text=True, check=True)
    assert done.stdout.count("\n") == 3
    assert "We read it as a no, " in done.stdout
    assert str(ct.cite()) in text
    assert text.startswith("---\npretty_name: Ceasefire Talks\nlicense: cc-by-4.0\n")
    assert text.count("config_name:") == len(TABLES)


def test_any_byte_of_a_member_that_is_another_is_told(unzipped: Path) -> None:
    """The first, the middle and the last one of each file."""
    for path in sorted(path for path in unzipped.rglob("*") if path.is_file()):
        content = path.read_bytes()
        name = path.relative_to(unzipped).as_posix()
        for place in {0, len(content) // 2, len(content) - 1}:
            path.write_bytes(content[:place] + bytes([content[place] ^ 1]) + content[place + 1 :])
            assert check_package(str(unzipped)).differences, (name, place)
        path.write_bytes(content)
    assert check_package(str(unzipped)).differences == []


def test_a_member_that_is_gone_is_told(unzipped: Path) -> None:
    for name in ("README.md", "croissant.json", "LICENSES/MIT.txt"):
        moved = shutil.move(unzipped / name, unzipped.parent / "moved")
        assert [found.path for found in check_package(str(unzipped)).differences] == [name]
        shutil.move(moved, unzipped / name)


def test_notes_and_changes_tell_what_is_other_than_in_the_version_before(folders: list[Path]) -> None:
    notes = (folders[0] / "notes.md").read_text("utf-8")
    assert f"| talks |  | {len(ct.load('talks'))} |" in notes
    assert f"| events | 106 | {len(ct.load('events'))} |" in notes
    assert "## What changed since 0.1.0" in notes
    assert "0.1.0 is followed by 0.2.0 at least" in notes
    assert f"All of it: `changes-{ct.__version__}.csv`." in notes
    with (folders[0] / f"changes-{ct.__version__}.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert list(rows[0]) == ["kind", "table", "id", "field", "old", "new"]
    assert {"table gone", "table added", "row gone", "cell changed"} <= {row["kind"] for row in rows}


def test_a_dirty_tree_is_refused_and_nothing_is_written(tmp_path: Path) -> None:
    root = clone(tmp_path / "dirty")
    (root / "mine.txt").write_text("x", "utf-8")
    done = release(root)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == "mine.txt is not committed, one of 1 such files; commit or remove them\n"
    assert not (root / "dist").exists()
