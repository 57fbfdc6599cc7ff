"""A release: what changed since the last, whether it may go out, and the files that go out, the same bytes anywhere."""

import os
import subprocess
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from ceasefire_talks.declaration import Declaration
from ceasefire_talks.exports.sqlite import to_sqlite
from ceasefire_talks.files import Files
from ceasefire_talks.files.descriptor import to_digest
from ceasefire_talks.installed import DESCRIPTOR, SUMS
from ceasefire_talks.records.metadata import Package
from ceasefire_talks.release.archive import list_members, to_sums, to_zip
from ceasefire_talks.release.diff import Diff, compare_packages
from ceasefire_talks.release.notes import to_changes, to_notes
from ceasefire_talks.release.packages import Released, read_released
from ceasefire_talks.release.refusals import list_tags, refuse_day, refuse_tree, refuse_version
from ceasefire_talks.tables.tabulate import Tables


class Planned(NamedTuple):
    """A release to be: the version before it, if any, what changed since, and why it may not go out."""

    old: Released | None
    diff: Diff | None
    refused: list[str]


def plan_release(root: Path, package: Package, tables: Tables) -> Planned:
    """Compare a checkout with the last version that has a tag, and find all that forbids its release."""
    tags = list_tags(root)
    before = [tag for tag in tags if tag.version != package.version]
    old = read_released(before[-1].name) if before else None
    diff = compare_packages(old, read_released(str(root))) if old else None
    refused = [
        *refuse_tree(root),
        *refuse_version(root, package, tags, diff),
        *refuse_day(package, tables, tags),
    ]
    return Planned(old, diff, refused)


def render_release(
    root: Path, package: Package, tables: Tables, declared: Declaration, built: Files, planned: Planned
) -> Files:
    """Return every file of a release by its name: zip, SQLite, wheel, sdist, changes, notes and checksums."""
    name = f"{package.name}-{package.version}"
    digest = to_digest(built[DESCRIPTOR])
    files = {
        f"{name}.zip": to_zip(list_members(root, package, tables, declared, built), name, package.released),
        f"{name}.sqlite": to_sqlite(tables, declared),
        **build_distributions(root, package.released),
        "notes.md": to_notes(package, tables, declared, planned.old, planned.diff, digest),
    }
    if planned.diff:
        files[f"changes-{package.version}.csv"] = to_changes(planned.diff.changes)
    return files | {SUMS: to_sums(files)}


def build_distributions(root: Path, day: str) -> Files:
    """Return wheel and sdist of a checkout as its build back end makes them, dated by the day of release."""
    epoch = int(datetime.fromisoformat(day).replace(tzinfo=UTC).timestamp())
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "hatchling", "build", "-d", folder]
        environment = os.environ | {"SOURCE_DATE_EPOCH": str(epoch)}
        done = subprocess.run(command, cwd=root, env=environment, capture_output=True, text=True, check=False)
        if done.returncode:
            raise ValueError(
                f"hatchling could not build; pip install -r requirements.txt: {done.stderr.strip()[-200:]}"
            )
        return {path.name: path.read_bytes() for path in sorted(Path(folder).iterdir())}
