"""Copies of the committed package for the tests that change them, as a folder or a zip."""

import json
import shutil
import zipfile
from pathlib import Path

ROOT = Path(__file__).parents[2]
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
