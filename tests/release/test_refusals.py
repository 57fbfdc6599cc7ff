"""What may not be released: each reason in one sentence with its cure, and nothing is written."""

import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from ceasefire_talks.build import Built
from ceasefire_talks.records.metadata import Package
from ceasefire_talks.release.diff import Diff, Refusal
from ceasefire_talks.release.fields import Change
from ceasefire_talks.release.refusals import (
    EMPTY,
    Tag,
    list_empty,
    list_tags,
    refuse_day,
    refuse_tree,
    refuse_version,
)
from helpers import ROOT, read_table

GONE = Diff([Change("row gone", "events", "EV0001")], [Refusal("events", "EV0001", "is gone and stands nowhere")], [])
MAJOR, PATCH = Diff([Change("table gone", "events")], [], []), Diff([Change("cell changed", "events")], [], [])
SEEN = max(row["seen_on"] for row in read_table("sources"))
OTHER = "0123456789abcdef0123456789abcdef01234567"


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """Return a checkout of one commit, with a descriptor and a changelog."""
    for name in ("datapackage.json", "CHANGELOG.md"):
        (tmp_path / name).write_bytes((ROOT / name).read_bytes())
    git(tmp_path, "init", "-q")
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "-qm", "first")
    return tmp_path


def git(root: Path, *arguments: str) -> None:
    author = ("-c", "user.name=somebody", "-c", "user.email=somebody@example.org")
    subprocess.run(["git", *author, *arguments], cwd=root, check=True, capture_output=True)


@pytest.mark.parametrize(
    ("change", "says"),
    [
        pytest.param(lambda root: None, [], id="clean"),
        pytest.param(
            lambda root: (root / "CHANGELOG.md").write_text("x"),
            ["CHANGELOG.md is not committed, one of 1 such files; commit or remove them"],
            id="changed",
        ),
        pytest.param(
            lambda root: (root / "mine.txt").write_text("x"),
            ["mine.txt is not committed, one of 1 such files; commit or remove them"],
            id="new",
        ),
    ],
)
def test_what_is_not_committed(checkout: Path, change: Callable[[Path], object], says: list[str]) -> None:
    change(checkout)
    assert list(refuse_tree(checkout)) == says


@pytest.mark.parametrize(
    ("version", "tags", "diff", "says"),
    [
        pytest.param("0.3.0", [Tag("v0.2.0", "0.2.0", OTHER, "2026-01-01")], MAJOR, [], id="large enough"),
        pytest.param(
            "0.2.1",
            [Tag("v0.2.0", "0.2.0", OTHER, "2026-01-01")],
            MAJOR,
            ["0.2.1 is too small: what changed since 0.2.0 asks for 0.3.0; see: diff v0.2.0"],
            id="too small",
        ),
        pytest.param("0.2.1", [Tag("v0.2.0", "0.2.0", OTHER, "2026-01-01")], PATCH, [], id="a patch"),
        pytest.param(
            "0.2.0",
            [Tag("v0.2.0", "0.2.0", OTHER, "2026-01-01")],
            None,
            ["v0.2.0 is the tag of another commit; give this one a number of its own in pyproject.toml"],
            id="a tag",
        ),
        pytest.param(
            "1.0.0",
            [],
            None,
            ["1.0.0 needs a contact; fill it in data/records/package.yaml, or stay below 1.0.0"],
            id="no contact",
        ),
        pytest.param(
            "0.3.0",
            [Tag("v0.2.0", "0.2.0", OTHER, "2026-01-01")],
            GONE,
            ["events: EV0001 is gone and stands nowhere"],
            id="an id gone",
        ),
    ],
)
def test_number(
    checkout: Path, about: Package, version: str, tags: list[Tag], diff: Diff | None, says: list[str]
) -> None:
    assert list(refuse_version(checkout, about._replace(version=version, contact=None), tags, diff)) == says


@pytest.mark.parametrize(
    ("changes", "tags", "says"),
    [
        pytest.param({}, [], [], id="all is well"),
        pytest.param(
            {"released": "2031-01-01"},
            [Tag("v0.1.0", "0.1.0", OTHER, "2031-01-01")],
            ["2031-01-01 is the day of 0.1.0; give this version its own in data/records/package.yaml"],
            id="the day of another",
        ),
        pytest.param(
            {"released": "2020-01-01"},
            [],
            [f"2020-01-01 lies before {SEEN}, when a source was last seen; mend the day in data/records/package.yaml"],
            id="before a source was seen",
        ),
    ],
)
def test_day(about: Package, built: Built, changes: dict[str, Any], tags: list[Tag], says: list[str]) -> None:
    assert list(refuse_day(about._replace(**changes), built.tables, tags)) == says


def test_tags_of_versions_are_read_in_the_order_of_their_numbers(checkout: Path) -> None:
    for name in ("v0.10.0", "v0.9.0", "v1", "other"):
        git(checkout, "tag", name)
    assert [tag.version for tag in list_tags(checkout)] == ["0.9.0", "0.10.0"]
    assert {len(tag.commit) for tag in list_tags(checkout)} == {40}


def test_what_is_empty_is_told_with_what_it_costs(about: Package) -> None:
    for filled in (None, "x"):
        given = about._replace(contact=filled, homepage=filled, repository=filled, publisher=filled, doi=filled)
        assert [line.split()[0] for line in list_empty(given)] == ([] if filled else list(EMPTY))
