"""Reading a published package back, from a folder or a zip.

The package is treated as hostile: nothing in it is run, no path leaves it, nothing beyond the limits is unpacked.
"""

import json
import stat
import struct
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path, PurePosixPath
from typing import Any

from ceasefire_talks.write import DESCRIPTOR

Read = Callable[[str], bytes]
MOST_BYTES = 100_000_000
MOST_FILES = 1_000
MOST_RATIO = 200
METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)  # those that unpack no further than they are asked to
ZIP_ERRORS = (zipfile.BadZipFile, zlib.error, struct.error, EOFError, OSError, RuntimeError, ValueError)


class CannotCheckError(Exception):
    """The path is no package, or one that must not be opened; the message is a sentence for the user."""


def open_package(path: Path) -> Read:
    """Return how to read a file of the package by its path; raise `CannotCheckError` where it must not be opened."""
    if path.is_dir():
        return lambda name: read_from_folder(path, name)
    if not path.is_file():
        raise CannotCheckError("there is no such folder or zip")
    if not zipfile.is_zipfile(path):
        raise CannotCheckError("is neither a folder nor a zip")
    if path.stat().st_size > MOST_BYTES:
        raise CannotCheckError(f"has more than {MOST_BYTES} bytes; refused")
    return open_zip(path)


def open_zip(path: Path) -> Read:
    """Return how to read a file of a zip that holds the package at its top or in one folder."""
    try:
        archive = zipfile.ZipFile(path)
    except ZIP_ERRORS as error:
        raise CannotCheckError(f"is a zip that cannot be read: {error}") from None
    refuse_bomb(archive)
    names = {safe_name(info.filename): info for info in archive.infolist() if not info.is_dir()}
    top = "" if DESCRIPTOR in names else f"{next(iter(names), '').split('/')[0]}/"
    return lambda name: read_from_zip(archive, names, top + safe_name(name), name)


def safe_name(name: Any) -> str:
    """Return a path inside a package as it is; raise `CannotCheckError` for one that could lead out of it or hide."""
    text = name if isinstance(name, str) else ""
    parts = PurePosixPath(text).parts
    if not parts or text.startswith("/") or "\\" in text or ":" in text or any(part.startswith(".") for part in parts):
        raise CannotCheckError(f"{json.dumps(name)}: is not a plain path inside the package")
    return text


def refuse_bomb(archive: zipfile.ZipFile) -> None:
    """Raise `CannotCheckError` for a zip that holds more than a package can, or what must not be unpacked."""
    infos = archive.infolist()
    size = sum(info.file_size for info in infos)
    packed = sum(info.compress_size for info in infos)
    if len(infos) > MOST_FILES or size > MOST_BYTES or size > MOST_RATIO * max(packed, 1):
        raise CannotCheckError(f"would unpack to {size} bytes in {len(infos)} files; refused")
    seen = set()
    for info in infos:
        if stat.S_ISLNK(info.external_attr >> 16):
            raise CannotCheckError(f"{info.filename}: is a link; refused")
        if info.flag_bits & 1 or info.compress_type not in METHODS:
            raise CannotCheckError(f"{info.filename}: is encrypted, or packed by another method than deflate; refused")
        if info.filename in seen:
            raise CannotCheckError(f"{info.filename}: stands twice in the zip; refused")
        seen.add(info.filename)


def read_from_zip(archive: zipfile.ZipFile, names: dict[str, zipfile.ZipInfo], full: str, name: str) -> bytes:
    """Return a file of a zip, at most as long as its directory says; raise `FileNotFoundError` for none."""
    if full not in names:
        raise FileNotFoundError(name)
    try:
        with archive.open(names[full]) as file:
            return file.read(names[full].file_size)
    except ZIP_ERRORS as error:
        raise CannotCheckError(f"{name}: cannot be unpacked: {error}") from None


def read_from_folder(root: Path, name: str) -> bytes:
    """Return a file of a folder; raise `CannotCheckError` for a link or a file beyond the limit."""
    path = root / safe_name(name)
    for part in (path, *path.parents):
        if part == root:
            break
        if part.is_symlink():
            raise CannotCheckError(f"{name}: is a link; refused")
    if not path.is_file():
        raise FileNotFoundError(name)
    if path.stat().st_size > MOST_BYTES:
        raise CannotCheckError(f"{name}: has more than {MOST_BYTES} bytes; refused")
    return path.read_bytes()


def read_descriptor(read: Read) -> dict[str, Any]:
    """Return the descriptor of a package; raise `CannotCheckError` where there is none that can be read."""
    try:
        descriptor = json.loads(read(DESCRIPTOR).decode("utf-8"))
    except FileNotFoundError:
        raise CannotCheckError(f"there is no {DESCRIPTOR} in it") from None
    except (ValueError, RecursionError):
        raise CannotCheckError(f"{DESCRIPTOR} is not JSON") from None
    if not isinstance(descriptor, dict):
        raise CannotCheckError(f"{DESCRIPTOR} is not a descriptor")
    return descriptor
