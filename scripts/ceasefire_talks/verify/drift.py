"""Whether the committed package is what the records give."""

import io
import json
import sys
from collections.abc import Iterator
from pathlib import Path

import pyarrow
import pyarrow.parquet
from frictionless import Package, system

from ceasefire_talks.files import Files
from ceasefire_talks.files.descriptor import to_hash
from ceasefire_talks.installed import DESCRIPTOR
from ceasefire_talks.problems import Problem
from ceasefire_talks.write import list_gone, list_strangers, list_unfinished

UNREADABLE = (pyarrow.ArrowException, OSError, ValueError)


def find_drift(root: Path, files: Files) -> list[Problem]:
    """Return how the committed package differs from a rebuild, or else what frictionless says of it."""
    return list(compare_files(root, files)) or list(run_frictionless(root))


def compare_files(root: Path, files: Files) -> Iterator[Problem]:
    """Yield every file that is missing, strange or differs from a rebuild; the descriptor stands last in `files`.

    Where a Parquet file has the same rows in other bytes, the descriptor is compared as if it named those bytes.
    """
    for name in (*list_gone(root, files), *list_unfinished(root, files)):
        yield Problem(name, "stray", "is not part of the package; the next build removes it")
    for name in list_strangers(root, files):
        yield Problem(name, "stranger", "is not part of the package; move it out of the folders of built files")
    renamed: dict[str, str] = {}
    for name, content in files.items():
        path = root / name
        if not path.is_file():
            yield Problem(name, "missing", "is not there; build and commit it")
            continue
        committed = path.read_bytes()
        expected = content
        for digest, other in renamed.items() if name == DESCRIPTOR else ():
            expected = expected.replace(digest.encode(), other.encode())
        if not same_content(committed, expected, name):
            yield Problem(name, "stale", "differs from what the records give; build and commit it")
        elif committed != content:
            renamed[to_hash(content)] = to_hash(committed)


def same_content(committed: bytes, rebuilt: bytes, name: str, platform: str = sys.platform) -> bool:
    """Tell whether a file is the same: its bytes, or the rows of Parquet written elsewhere than in the pinned Linux."""
    if committed == rebuilt or not name.endswith(".parquet"):
        return committed == rebuilt
    try:
        one, other = (pyarrow.parquet.ParquetFile(io.BytesIO(content)) for content in (committed, rebuilt))
        if platform == "linux" and one.metadata.created_by == other.metadata.created_by:
            return False
        same_schema = one.schema_arrow.equals(other.schema_arrow, check_metadata=True)
        return same_schema and bool(one.read(use_threads=False).equals(other.read(use_threads=False)))
    except UNREADABLE:
        return False


def run_frictionless(root: Path) -> Iterator[Problem]:
    """Yield every error and warning of frictionless, which raises on descriptors that are not as they should be.

    It takes brackets in the path of a descriptor for a pattern, and so is given what stands in it.
    """
    content = json.loads((root / DESCRIPTOR).read_text("utf-8"))
    with system.use_context(trusted=False):
        report = Package.from_descriptor(content, basepath=str(root)).validate()
    for task in report.tasks:
        for message in [*(error.message for error in task.errors), *task.warnings]:
            yield Problem(task.place or task.name, "frictionless", message)
    for error in report.errors:
        yield Problem(DESCRIPTOR, "frictionless", error.message)
