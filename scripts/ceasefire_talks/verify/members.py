"""The files of somebody's package, in a folder or a zip: what there is, and how to read it. Standard library alone.

Nothing large is ever unpacked: a zip's directory is measured before it is read, and a member is read in pieces that the
caller stops. Only what a release would hold is of interest, so a member packed in another way is not read at all.
"""

import os
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import IO, NamedTuple, Protocol

from ceasefire_talks.litter import is_litter

MAX_MEMBERS = 2_000
MAX_DIRECTORY = 1_000_000
MAX_FILES = 10_000
END_RECORD = b"PK\x05\x06"
LARGE_RECORD = b"PK\x06\x07"  # of a zip whose directory is told in 64 bits, before the end record
ENTRY = b"PK\x01\x02"
PIECE = 65_536
SECOND = "is the descriptor of a second package; unpack the zip and check each folder by itself"
SKIPPED = ("__MACOSX", "node_modules", "__pycache__")
DAMAGED = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError)


class CannotCheckError(Exception):
    """Why a package cannot be checked at all."""


class Open(Protocol):
    """How to open a file of the package; raises `OSError` or what `DAMAGED` names."""

    def __call__(self) -> IO[bytes]:
        """Return the file, to be read from its begin."""


class Odd(NamedTuple):
    """A member that no release would have: its name, a stable code, and what is odd about it."""

    name: str
    code: str
    message: str


class Members(NamedTuple):
    """The files by their path from the folder of the descriptor, and what is odd about others."""

    files: dict[str, Open]
    odd: list[Odd]


@contextmanager
def open_members(path: Path, descriptor: str) -> Iterator[Members]:
    """Yield the members of a folder or zip; raise `CannotCheckError` where it is no package."""
    if path.is_dir():
        yield list_folder(path, descriptor)
        return
    if not path.is_file():
        raise CannotCheckError("is neither a folder nor a zip")
    measure_directory(path)
    try:
        archive = zipfile.ZipFile(path)
    except DAMAGED as error:
        raise CannotCheckError(f"is not a zip that can be read: {error}") from None
    with archive:
        yield list_zip(archive, descriptor)


def list_folder(root: Path, descriptor: str) -> Members:
    """Return the files below a folder; links are odd, hidden folders are passed over."""
    if not (root / descriptor).is_file():
        raise CannotCheckError(f"holds no {descriptor}; give the folder that does")
    files: dict[str, Open] = {}
    odd = []
    for count, entry in enumerate(walk_folder(root)):
        path = Path(entry.path)
        member = path.relative_to(root).as_posix()
        if entry.is_dir(follow_symlinks=False) or is_litter(member):
            pass  # counted alone
        elif entry.is_symlink():
            odd.append(Odd(member, "link", "is a link, not a file"))
        elif not entry.is_file():
            odd.append(Odd(member, "device", "is no plain file"))
        else:
            files[member] = partial(path.open, "rb")
        if count > MAX_FILES:
            raise CannotCheckError("holds too many files; give the folder of the package alone")
    return Members(files, odd)


def walk_folder(folder: Path) -> Iterator[os.DirEntry[str]]:
    """Yield what lies below a folder, one by one: a folder may hold any number, and lie at any depth."""
    waiting = [str(folder)]
    while waiting:
        with os.scandir(waiting.pop()) as entries:
            for entry in entries:
                yield entry
                hidden = entry.name.startswith(".") or entry.name in SKIPPED
                if entry.is_dir(follow_symlinks=False) and not hidden:
                    waiting.append(entry.path)


def measure_directory(path: Path) -> None:
    """Raise `CannotCheckError` where a file is no zip, or its directory is larger than that of any release."""
    size = path.stat().st_size
    with path.open("rb") as file:
        file.seek(max(0, size - PIECE - 22))
        tail = file.read()
        at = tail.rfind(END_RECORD)
        record = tail[at : at + 22] if at >= 0 else b""
        if len(record) < 22:
            raise CannotCheckError("is neither a folder nor a zip")
        if tail[max(0, at - 20) : at].startswith(LARGE_RECORD):
            raise CannotCheckError("is a zip for more than 4 GB (ZIP64); no release is; unpack it and check the folder")
        count, length, start = (int.from_bytes(record[a:b], "little") for a, b in ((10, 12), (12, 16), (16, 20)))
        if count > MAX_MEMBERS or length > MAX_DIRECTORY:
            raise CannotCheckError(f"has {count} members and a directory of {length} bytes; no release is that large")
        file.seek(max(0, size - len(tail) + at - length))
        if file.read(length).count(ENTRY) > MAX_MEMBERS or start > size:
            raise CannotCheckError("says of itself that it has fewer members than it has; it is damaged or made up")


def list_zip(archive: zipfile.ZipFile, descriptor: str) -> Members:
    """Return the members of a zip below the folder that holds the descriptor."""
    infos = [info for info in archive.infolist() if not info.is_dir() and not is_litter(info.filename)]
    tops = [info.filename.removesuffix(descriptor) for info in infos if info.filename.split("/")[-1] == descriptor]
    if not tops:
        inner = [info.filename for info in infos if info.filename.endswith(".zip")]
        hint = f"; unpack {inner[0]} in it first" if inner else ""
        raise CannotCheckError(f"holds no {descriptor}{hint}")
    top = min(tops, key=lambda name: (name.count("/"), name))
    files: dict[str, Open] = {}
    odd = [Odd(f"{name}{descriptor}".removeprefix(top), "second", SECOND) for name in sorted({*tops} - {top})]
    seen: dict[str, str] = {}
    for info in infos:
        fault = find_fault(info, seen.get(info.filename.casefold()))
        seen.setdefault(info.filename.casefold(), info.filename)
        inside = info.filename.startswith(top)
        if fault and (inside or fault[0] == "name"):
            odd.append(Odd(info.filename.removeprefix(top), *fault))
        elif inside:
            files[info.filename.removeprefix(top)] = partial(archive.open, info)
    return Members(files, odd)


def find_fault(info: zipfile.ZipInfo, twin: str | None) -> tuple[str, str] | None:
    """Return a code and what is odd about a member, or nothing."""
    parts = info.filename.split("/")
    if "\\" in info.orig_filename or ":" in parts[0] or not info.filename.isprintable() or {"", ".", ".."} & {*parts}:
        return "name", "is no plain path inside the package"
    if twin:
        return ("double", "stands twice") if twin == info.filename else ("twin", f"differs from {twin} in case alone")
    if info.flag_bits & 0x1:
        return "encrypted", "is encrypted; unpack the zip and check the folder"
    if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        return "packing", "is packed in a way that no release is; unpack the zip and check the folder"
    return None
