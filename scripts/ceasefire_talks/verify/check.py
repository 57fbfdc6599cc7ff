"""Whether somebody's package is the package of the installed version, byte for byte. Standard library alone.

Every file that the installed version has is compared by SHA-256, streamed and stopped at the size it must have. What
differs is named with its likely cause, where the first bytes tell it.
"""

import hashlib
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from ceasefire_talks.installed import DESCRIPTOR, SUMS, descriptor, package_root
from ceasefire_talks.verify.members import DAMAGED, PIECE, CannotCheckError, Members, Open, open_members
from ceasefire_talks.verify.sums import compare_sums, read_sums

MAX_DESCRIPTOR = 1_000_000
VERSION = re.compile(rb'"version": *"([0-9A-Za-z.+-]{1,40})"')
BESIDE = ("link", "device")
HEAD = 512


class Difference(NamedTuple):
    """A file that is not as the installed version has it: its path, a stable code, and what is the matter."""

    path: str
    code: str
    message: str


class Checked(NamedTuple):
    """What a check came to: the version, every difference, how many files are the same, how many are of no account."""

    version: str
    differences: list[Difference]
    same: int
    others: int


class Expected(NamedTuple):
    """What a file must be: its SHA-256 in hexadecimal digits and its size in bytes."""

    sha256: str
    size: int


def check_package(given: str) -> Checked:
    """Compare a folder or zip with the installed package; raise `CannotCheckError` or `OSError` where it cannot be."""
    refuse_other(given)
    with open_members(Path(given), DESCRIPTOR) as members:
        version = str(descriptor()["version"])
        refuse_version(members, version)
        expected = list_expected()
        differences = list(find_differences(members, expected))
        sums = read_sums(members)
        known = {name: what.sha256 for name, what in expected.items()}
        differences += [Difference(*found) for found in compare_sums(members, sums, known)]
        strangers = [name for name in members.files if name not in {*expected, *sums, SUMS}]
        own = [name for name in strangers if is_own(name, expected)]
    differences += [Difference(name, "stranger", f"is no file of version {version}") for name in own]
    present = sum(name in members.files for name in expected)
    altered = len({difference.path for difference in differences} & expected.keys() & members.files.keys())
    return Checked(version, sorted(differences), present - altered, len(strangers) - len(own))


def refuse_other(path: str) -> None:
    """Raise `CannotCheckError` for what is no folder and no zip, with what to give instead."""
    if path == "-":
        raise CannotCheckError("cannot be checked from standard input; save it as a file first")
    if re.match(r"https?:/", path):
        raise CannotCheckError("is a web address; download the zip and give its path")
    if Path(path).name == DESCRIPTOR and Path(path).is_file():
        raise CannotCheckError("is the descriptor; give the folder that it stands in")
    if not Path(path).exists():
        raise CannotCheckError("is not there")


def refuse_version(members: Members, version: str) -> None:
    """Raise `CannotCheckError` where the package says that it is of another version than the installed one."""
    if DESCRIPTOR not in members.files:
        return
    try:
        with members.files[DESCRIPTOR]() as file:
            match = VERSION.search(file.read(MAX_DESCRIPTOR))
    except DAMAGED:
        return  # what cannot be read is told with all that differs
    other = match[1].decode() if match else version
    if other != version:
        raise CannotCheckError(
            f"is version {other}, and {version} is installed; pip install ceasefire-talks=={other}, "
            "or, beside the files of the release: sha256sum -c SHA256SUMS"
        )


def list_expected() -> dict[str, Expected]:
    """Return what the installed package holds: every resource and file of its descriptor, and the descriptor."""
    root = package_root()
    listed: list[dict[str, Any]] = descriptor()["resources"] + descriptor()["files"]
    expected = {
        item["path"]: Expected(
            item["hash"].removeprefix("sha256:"),
            item["bytes"] if "bytes" in item else (root / item["path"]).stat().st_size,
        )
        for item in listed
    }
    content = (root / DESCRIPTOR).read_bytes()
    return expected | {DESCRIPTOR: Expected(hashlib.sha256(content).hexdigest(), len(content))}


def find_differences(members: Members, expected: dict[str, Expected]) -> Iterator[Difference]:
    """Yield every file that is missing, odd or not what it must be; links beside the package are no matter."""
    odd = [one for one in members.odd if one.code not in BESIDE or one.name in expected or is_own(one.name, expected)]
    yield from (Difference(*one) for one in odd)
    for path, what in expected.items():
        if path in members.files:
            yield from compare_file(path, members.files[path], what)
        elif path not in {one.name for one in odd}:
            yield Difference(path, "missing", "is missing")


def is_own(path: str, expected: Iterable[str]) -> bool:
    """Tell whether a path lies in a folder below `data` that holds files of the package alone."""
    folder = "/".join(path.split("/")[:2])
    return any(other.startswith(f"{folder}/") for other in expected)


def compare_file(path: str, opened: Open, expected: Expected) -> Iterator[Difference]:
    """Yield what is the matter with a file, having read at most one byte more than it must have."""
    digest, size, head = hashlib.sha256(), 0, b""
    try:
        with opened() as file:
            while size <= expected.size and (piece := file.read(min(PIECE, expected.size + 1 - size))):
                head = head or piece[:HEAD]
                digest.update(piece)
                size += len(piece)
    except DAMAGED as error:
        yield Difference(path, "damaged", f"cannot be unpacked: {error}")
        return
    if digest.hexdigest() != expected.sha256:
        yield Difference(path, *find_cause(path, head, size, expected.size))


def find_cause(path: str, head: bytes, size: int, expected: int) -> tuple[str, str]:
    """Return a code and why a file differs, as far as its first bytes tell."""
    text = path.endswith((".csv", ".json", ".md", ".svg", ".cff", ".txt"))
    causes = [
        (size == 0, "empty", "is empty"),
        (head.startswith(b"version https://git-lfs"), "lfs", "is a Git LFS pointer; fetch the file itself"),
        (head.lstrip()[:15].lower().startswith((b"<!doctype html", b"<html")), "html", "is a web page, not the file"),
        (text and head.startswith(b"PK\x03\x04"), "workbook", "is a workbook or zip, not text"),
        (head.startswith((b"\xff\xfe", b"\xfe\xff")), "encoding", "is in UTF-16; the package is in UTF-8"),
        (text and not is_utf8(head), "encoding", "is in another encoding; the package is in UTF-8"),
        (is_semicolons(path, head), "semicolons", "has semicolons, as Excel saves CSV in some countries"),
        (text and head.startswith(b"\xef\xbb\xbf"), "bom", "begins with a byte order mark, as Excel saves CSV"),
        (text and b"\r\n" in head, "line ends", "has other line ends (CRLF), as Git or Excel make them on Windows"),
        (
            path.endswith(".xlsx") and size != expected,
            "saved",
            "was saved again by Excel, or cut off",
        ),
        (size > expected, "longer", f"is longer than the {expected} bytes of the file"),
        (size < expected, "shorter", f"has {size} bytes, the file {expected}"),
    ]
    found = ((code, message) for holds, code, message in causes if holds)
    return next(found, ("altered", "has other content"))


def is_utf8(head: bytes) -> bool:
    """Tell whether the first bytes of a file are UTF-8; the last letter may be cut."""
    try:
        head.decode("utf-8")
    except UnicodeDecodeError as error:
        return error.start >= len(head) - 3 and len(head) == HEAD
    return True


def is_semicolons(path: str, head: bytes) -> bool:
    """Tell whether a file is CSV whose first line is separated by semicolons."""
    line = head.partition(b"\n")[0]
    return path.endswith(".csv") and line.count(b";") > line.count(b",")
