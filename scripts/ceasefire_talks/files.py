"""The one writer: whole files, put in place one by one, the descriptor last."""

import os
from pathlib import Path

DESCRIPTOR = "datapackage.json"
Files = dict[str, bytes]


def write_files(root: Path, files: Files, gone: list[str]) -> None:
    """Write files below `root` and remove those that are gone; what is there already in the same bytes is left alone.

    Each file is written whole beside its target and put in place by `os.replace`, `datapackage.json` last, so a
    build that is cut off leaves no half file and a descriptor whose hashes say which files are new.
    Raises `OSError` where the folder cannot be written.
    """
    for name in sorted(files, key=lambda name: (name == DESCRIPTOR, name)):
        path = root / name
        if path.exists() and path.read_bytes() == files[name]:
            continue
        path.parent.mkdir(parents=True, exist_ok=True)
        beside = path.with_name(f".{path.name}.new")
        try:
            beside.write_bytes(files[name])
            os.replace(beside, path)  # noqa: PTH105 - the one call whose promise of atomicity is meant
        except OSError:
            beside.unlink(missing_ok=True)
            raise
    for name in gone:
        (root / name).unlink()
