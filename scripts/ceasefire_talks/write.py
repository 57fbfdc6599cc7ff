"""The one writer: whole files beside their targets first, then each put in place, the descriptor last."""

import errno
import json
import os
import shutil
import signal
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from ceasefire_talks.files import FORMATS, Files
from ceasefire_talks.files.editor import FOLDER, SETTINGS
from ceasefire_talks.installed import DESCRIPTOR
from ceasefire_talks.litter import is_litter

BUILT_FOLDERS = (*(f"data/{kind}" for kind in FORMATS), "data/schemas", "data/pictures", FOLDER)
BUILT_PLACES, WRITTEN_PLACES = ("data/", ".vscode/"), ("data/records/", "data/measured/")
NO_INDEX = (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError)


def write_files(root: Path, files: Files) -> None:
    """Make the published files below `root` be just these; what is there already in the same bytes is left alone.

    Every new file is first written whole beside its target; where that fails, what was written is removed and the old
    package stays as it was. Then what is gone is removed and each file put in place by `os.replace`, `datapackage.json`
    last: a build that is cut off leaves no half file, and a descriptor whose hashes say which files are new. Ctrl-C
    does nothing for the moment that this takes. Raises `OSError` with the file.
    """
    refuse_obstacles(root, files)
    changed = [name for name in files if not (root / name).is_file() or (root / name).read_bytes() != files[name]]
    changed.sort(key=lambda name: name == DESCRIPTOR)
    handler = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        remove(root, list_unfinished(root, files))
        write_beside(root, {name: files[name] for name in changed})
        remove(root, list_gone(root, files))
        for name in changed:
            os.replace(beside(root / name), root / name)  # noqa: PTH105 - the call whose atomicity is meant
    finally:
        signal.signal(signal.SIGINT, handler)


def remove(root: Path, names: list[str]) -> None:
    """Remove files of earlier builds."""
    for name in names:
        (root / name).unlink()


def refuse_obstacles(root: Path, files: Files) -> None:
    """Raise `OSError` where a folder stands in the place of a file, or a file in the place of a folder."""
    for name in files:
        for path in (root / name, beside(root / name)):
            if path.exists() and not path.is_file():
                raise obstacle(root, path, "is no file, and the build writes one there")
        for folder in (root / name).relative_to(root).parents:
            if (root / folder).exists() and not (root / folder).is_dir():
                raise obstacle(root, root / folder, "is no folder, and the build needs one there")


def obstacle(root: Path, path: Path, what: str) -> OSError:
    """Return what is to be raised where something is in the way."""
    return OSError(errno.EEXIST, f"{what}; move it away; nothing was changed", path.relative_to(root).as_posix())


def write_beside(root: Path, files: Files) -> None:
    """Write files beside their targets, with the modes that these have; raise `OSError` where one cannot be written."""
    for name, content in files.items():
        target = root / name
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            beside(target).write_bytes(content)
            if target.is_file():
                shutil.copymode(target, beside(target))
        except OSError as error:
            for other in files:
                with suppress(OSError):
                    beside(root / other).unlink()
            raise OSError(error.errno, f"{error.strerror}; nothing was changed", name) from error


def beside(path: Path) -> Path:
    """Return where a file is written before it is put in place."""
    return path.with_name(f".{path.name}.new")


def list_gone(root: Path, files: Files) -> list[str]:
    """Return the files that the last build wrote, as its own lists say, and this one does not."""
    return sorted(name for name in list_last(root) - set(files) if (root / name).is_file())


def list_last(root: Path) -> set[str]:
    """Return what the last build wrote, as its own lists say."""
    return {name for name in (*list_described(root), *list_tied(root)) if may_be_built(name)}


def may_be_built(name: str) -> bool:
    """Tell whether a path lies where builds write, so that no list has a build remove what people wrote."""
    return name.startswith(BUILT_PLACES) and not name.startswith(WRITTEN_PLACES) and ".." not in name.split("/")


def list_described(root: Path) -> list[str]:
    """Return the files that the descriptor below `root` names; none where it cannot be read."""
    with suppress(*NO_INDEX):
        descriptor = json.loads((root / DESCRIPTOR).read_bytes())
        return [str(item["path"]) for item in descriptor["resources"] + descriptor["files"]]
    return []


def list_tied(root: Path) -> list[str]:
    """Return the schemas that the settings of an editor below `root` name; none where they cannot be read."""
    with suppress(*NO_INDEX):
        return [*json.loads((root / SETTINGS).read_bytes())["yaml.schemas"].keys()]
    return []


def list_unfinished(root: Path, files: Files) -> list[str]:
    """Return what a build that was cut off left beside its files, or beside those of the last build."""
    left = [beside(root / name) for name in list_last(root) | set(files)]
    return sorted(path.relative_to(root).as_posix() for path in left if path.is_file())


def list_strangers(root: Path, files: Files) -> list[str]:
    """Return what lies in the folders of built files and no build wrote, but for what desktops and editors leave."""
    found = {path.relative_to(root).as_posix() for path in walk_built(root) if path.is_symlink() or not path.is_dir()}
    ours = {*files, *list_gone(root, files), *list_unfinished(root, files)}
    return sorted(name for name in found - ours if not is_litter(name))


def walk_built(root: Path) -> Iterator[Path]:
    """Yield what lies in the folders that hold built files alone."""
    for folder in BUILT_FOLDERS:
        yield from (root / folder).rglob("*")
