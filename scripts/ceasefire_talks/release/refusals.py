"""Why a version may not be released: one sentence each, with the cure; and which addresses are still empty."""

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import NamedTuple

from ceasefire_talks.declaration.versions import VERSION, asked_level, next_version
from ceasefire_talks.installed import DESCRIPTOR
from ceasefire_talks.records.metadata import Package
from ceasefire_talks.records.project import PACKAGE
from ceasefire_talks.release.diff import Diff
from ceasefire_talks.release.packages import run_git
from ceasefire_talks.tables.tabulate import Tables

EMPTY = {
    "contact": "nobody can report an error or ask for removal",
    "homepage": "without a DOI the citation leads nowhere",
    "repository": "the code cannot be found from the data",
    "publisher": "no archive answers for the files",
    "doi": "the citation is not counted",
}


class Tag(NamedTuple):
    """A version that was released: its tag, its number, its commit and its day of release."""

    name: str
    version: str
    commit: str
    day: str


def list_tags(root: Path) -> list[Tag]:
    """Return the versions that were released, by the tags `vVERSION` of a checkout, the smallest first."""
    names = [name for name in run_git(root, "tag", "--list", "v*").decode().split() if VERSION.fullmatch(name[1:])]
    return [to_tag(root, name) for name in sorted(names, key=lambda name: to_number(name[1:]))]


def to_tag(root: Path, name: str) -> Tag:
    """Return a tag with the day that its descriptor gives."""
    package = json.loads(run_git(root, "show", f"{name}:{DESCRIPTOR}"))
    return Tag(name, name[1:], head_of(root, name), str(package.get("created", ""))[:10])


def head_of(root: Path, revision: str = "HEAD") -> str:
    """Return the commit of a revision."""
    return run_git(root, "rev-parse", f"{revision}^{{commit}}").decode().strip()


def to_number(version: str) -> tuple[int, ...]:
    """Return a version as something that sorts."""
    return tuple(map(int, version.split(".")))


def refuse_tree(root: Path) -> Iterator[str]:
    """Yield what is not committed."""
    changed = run_git(root, "status", "--porcelain").decode().splitlines()
    if changed:
        yield f"{changed[0][3:]} is not committed, one of {len(changed)} such files; commit or remove them"


def refuse_version(root: Path, package: Package, tags: list[Tag], diff: Diff | None) -> Iterator[str]:
    """Yield what is wrong with the number: its tag is another commit's, it is too small, it needs a contact."""
    version = package.version
    if any(tag.version == version and tag.commit != head_of(root) for tag in tags):
        yield f"v{version} is the tag of another commit; give this one a number of its own in pyproject.toml"
    if to_number(version)[0] and not package.contact:
        yield f"{version} needs a contact; fill it in {PACKAGE}, or stay below 1.0.0"
    if diff is not None:
        before = [tag.version for tag in tags if tag.version != version][-1]
        least = next_version(before, asked_level(change.kind for change in diff.changes))
        if to_number(version) < to_number(least):
            yield f"{version} is too small: what changed since {before} asks for {least}; see: diff v{before}"
        yield from (f"{one.table}: {one.id} {one.message}" for one in diff.refused)


def refuse_day(package: Package, tables: Tables, tags: list[Tag]) -> Iterator[str]:
    """Yield what is wrong with the day of release."""
    for tag in tags:
        if tag.day == package.released and tag.version != package.version:
            yield f"{package.released} is the day of {tag.version}; give this version its own in {PACKAGE}"
    seen = tables["sources"]["seen_on"].max()
    if isinstance(seen, date) and package.released < seen.isoformat():
        yield f"{package.released} lies before {seen}, when a source was last seen; mend the day in {PACKAGE}"


def list_empty(package: Package) -> Iterator[str]:
    """Yield the addresses that are not given yet, with what each costs."""
    for name, cost in EMPTY.items():
        if not getattr(package, name):
            yield f"{name} is empty in {PACKAGE}: {cost}"
