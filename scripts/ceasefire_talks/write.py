"""The one writer: whole files beside their targets first, then each put in place, the descriptor last."""

import os
from contextlib import suppress
from pathlib import Path

from ceasefire_talks.files import FORMATS, Files
from ceasefire_talks.installed import DESCRIPTOR

BUILT_FOLDERS = (*(f"data/{kind}" for kind in FORMATS), "data/schemas", "data/pictures", ".vscode/records")


def write_files(root: Path, files: Files) -> None:
    """Make the published files below `root` be just these; what is there already in the same bytes is left alone.

    Every new file is first written whole beside its target; where that fails, what was written is removed and the old
    package stays as it was. Then each is put in place by `os.replace`, `datapackage.json` last: a build that is cut
    off leaves no half file, and a descriptor whose hashes say which files are new. Raises `OSError` with the file.
    """
    changed = [name for name in files if not (root / name).is_file() or (root / name).read_bytes() != files[name]]
    changed.sort(key=lambda name: name == DESCRIPTOR)
    for name in changed:
        try:
            (root / name).parent.mkdir(parents=True, exist_ok=True)
            beside(root / name).write_bytes(files[name])
        except OSError as error:
            for other in changed:
                with suppress(OSError):
                    beside(root / other).unlink()
            raise OSError(error.errno, f"{error.strerror}; nothing was changed", name) from error
    for name in changed:
        os.replace(beside(root / name), root / name)  # noqa: PTH105 - the call whose atomicity is meant
    for name in strays(root, files):
        (root / name).unlink()


def beside(path: Path) -> Path:
    """Return where a file is written before it is put in place."""
    return path.with_name(f".{path.name}.new")


def strays(root: Path, files: Files) -> list[str]:
    """Return what lies among the published files and is none of them: what is gone, and what a cut-off build left."""
    paths = [path for kind in BUILT_FOLDERS for path in (root / kind).rglob("*") if not path.is_dir()]
    built = {path.relative_to(root).as_posix() for path in paths}
    unfinished = {beside(root / name).relative_to(root).as_posix() for name in files if beside(root / name).exists()}
    return sorted(built - set(files) | unfinished)
