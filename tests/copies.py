"""Copies of the committed package for the tests that change them, as a folder or a zip."""

import json
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from ceasefire_talks.files import Files
from ceasefire_talks.verify import drift
from packages import edit_descriptor

STALE = "differs from what the records give; build and commit it"
ROOT = Path(__file__).parents[1]
DESCRIPTOR = json.loads((ROOT / "datapackage.json").read_text("utf-8"))
SIZES = {item["path"]: (ROOT / item["path"]).stat().st_size for item in DESCRIPTOR["resources"] + DESCRIPTOR["files"]}
PATHS = ["datapackage.json", *SIZES]


def copy_files(target: Path) -> Path:
    """Copy every file of the package."""
    for path in PATHS:
        (target / path).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / path, target / path)
    return target


def zip_files(target: Path, top: str = "", packing: int = zipfile.ZIP_DEFLATED) -> Path:
    """Pack every file of the package into a zip, at its top or in a folder."""
    with zipfile.ZipFile(target, "w", packing) as archive:
        for path in PATHS:
            archive.write(ROOT / path, top + path)
    return target


def compare(root: Path, files: Files) -> set[str]:
    """Return what a check says of a package by its rebuilt files."""
    return {f"{problem.place}: {problem.message}" for problem in drift.compare_files(root, files)}


def describe(name: str) -> Callable[[Path], Any]:
    """Return what has the last build have written a file that this one does not."""

    def change(root: Path) -> None:
        (root / name).parent.mkdir(exist_ok=True)
        (root / name).write_bytes(b"")
        edit_descriptor(root, lambda it: it["files"].append({"path": name}))

    return change
