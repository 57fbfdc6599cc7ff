"""Whether the committed package is what the records give: first as it stands, then against a rebuild."""

import io
from collections.abc import Iterator
from pathlib import Path

import pyarrow.parquet
from frictionless import Package, system

from ceasefire_talks.declaration import Declaration
from ceasefire_talks.files import DESCRIPTOR, Files, strays
from ceasefire_talks.package import CannotCheckError, open_package, read_descriptor
from ceasefire_talks.problems import Problem
from ceasefire_talks.verify import parse_parquet, verify_package


def check_committed(root: Path, files: Files, declared: Declaration) -> Iterator[Problem]:
    """Yield what is wrong with the package below `root` as it stands, by our own checks and by frictionless."""
    for name in strays(root, files):
        yield Problem(name, "stray", "is not part of the package; the next build removes it")
    try:
        read = open_package(root)
        _, problems = verify_package(read, read_descriptor(read), declared)
    except CannotCheckError as error:
        yield Problem(DESCRIPTOR, "package", str(error))
        return
    yield from problems
    yield from run_frictionless(root)


def run_frictionless(root: Path) -> Iterator[Problem]:
    """Yield every error and warning of frictionless."""
    with system.use_context(trusted=False):
        report = Package(str(root / DESCRIPTOR)).validate()
    for task in report.tasks:
        for message in [*(error.message for error in task.errors), *task.warnings]:
            yield Problem(task.place or task.name, "frictionless", message)
    for error in report.errors:
        yield Problem(DESCRIPTOR, "frictionless", error.message)


def compare_files(root: Path, files: Files) -> Iterator[Problem]:
    """Yield every published file that is missing or differs from a rebuild."""
    for name, content in files.items():
        path = root / name
        if not path.is_file():
            yield Problem(name, "missing", "is not there; build and commit it")
        elif not same_content(path.read_bytes(), content, name):
            yield Problem(name, "stale", "differs from what the records give; build and commit it")


def same_content(committed: bytes, rebuilt: bytes, name: str) -> bool:
    """Tell whether a file is the same: its bytes, or its rows where another version of pyarrow wrote the Parquet."""
    if committed == rebuilt or not name.endswith(".parquet") or created_by(committed) == created_by(rebuilt):
        return committed == rebuilt
    return bool(parse_parquet(committed).equals(parse_parquet(rebuilt)))


def created_by(content: bytes) -> str:
    """Return the name and version of the library that wrote a Parquet file; nothing where it is none."""
    try:
        return str(pyarrow.parquet.read_metadata(io.BytesIO(content)).created_by)
    except (pyarrow.ArrowException, OSError):
        return ""
