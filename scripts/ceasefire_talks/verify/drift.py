"""Whether the committed package is what the records give: first as it stands, then against a rebuild."""

import hashlib
import sys
from collections.abc import Iterator
from pathlib import Path

from frictionless import Package, system

from ceasefire_talks.declaration import Declaration
from ceasefire_talks.problems import Problem
from ceasefire_talks.verify.open import CannotCheckError, open_package, read_descriptor
from ceasefire_talks.verify.read import UNREADABLE, bytes_decide, open_parquet, parquet_rows
from ceasefire_talks.verify.verify import verify_package
from ceasefire_talks.write import DESCRIPTOR, Files, strays


def check_committed(root: Path, files: Files, declared: Declaration) -> Iterator[Problem]:
    """Yield what is wrong with the package below `root` as it stands."""
    for name in strays(root, files):
        yield Problem(name, "stray", "is not part of the package; the next build removes it")
    try:
        read = open_package(root)
        _, problems = verify_package(read, read_descriptor(read), declared)
    except CannotCheckError as error:
        yield Problem(DESCRIPTOR, "package", str(error))
        return
    yield from problems


def run_frictionless(root: Path) -> Iterator[Problem]:
    """Yield every error and warning of frictionless, which raises on descriptors that are not as they should be."""
    with system.use_context(trusted=False):
        report = Package(str(root / DESCRIPTOR)).validate()
    for task in report.tasks:
        for message in [*(error.message for error in task.errors), *task.warnings]:
            yield Problem(task.place or task.name, "frictionless", message)
    for error in report.errors:
        yield Problem(DESCRIPTOR, "frictionless", error.message)


def compare_files(root: Path, files: Files) -> Iterator[Problem]:
    """Yield every published file that is missing or differs from a rebuild; the descriptor stands last in `files`.

    Where a Parquet file has the same rows in other bytes, the descriptor is compared as if it named those bytes.
    """
    renamed: dict[bytes, bytes] = {}
    for name, content in files.items():
        path = root / name
        if not path.is_file():
            yield Problem(name, "missing", "is not there; build and commit it")
            continue
        committed = path.read_bytes()
        expected = content
        for digest, other in renamed.items() if name == DESCRIPTOR else ():
            expected = expected.replace(digest, other)
        if not same_content(committed, expected, name):
            yield Problem(name, "stale", "differs from what the records give; build and commit it")
        elif committed != content:
            renamed[sha256(content)] = sha256(committed)


def sha256(content: bytes) -> bytes:
    """Return the SHA-256 of a file as it stands in the descriptor."""
    return hashlib.sha256(content).hexdigest().encode("ascii")


def same_content(committed: bytes, rebuilt: bytes, name: str, platform: str = sys.platform) -> bool:
    """Tell whether a file is the same: its bytes, or the rows of Parquet written elsewhere than in the pinned Linux."""
    if committed == rebuilt or not name.endswith(".parquet") or bytes_decide(committed, rebuilt, platform):
        return committed == rebuilt
    try:
        one, other = open_parquet(committed), open_parquet(rebuilt)
        same_schema = one.schema_arrow.equals(other.schema_arrow, check_metadata=True)
        return same_schema and list(parquet_rows(one)) == list(parquet_rows(other))
    except UNREADABLE:
        return False
