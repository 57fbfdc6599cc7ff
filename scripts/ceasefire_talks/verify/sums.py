"""What lies beside the package in the zip of a release, by the checksums there. Standard library alone.

The installed version does not hold those files: their checksums tell what was damaged, not what was forged.
"""

import hashlib
import re
from collections.abc import Iterator

from ceasefire_talks.installed import SUMS
from ceasefire_talks.verify.members import DAMAGED, PIECE, Members

MAX_SUMS, MAX_FILE = 1_000_000, 10_000_000
LINE = re.compile(r"([0-9a-f]{64})  (.+)")


def compare_sums(members: Members, sums: dict[str, str], known: dict[str, str]) -> Iterator[tuple[str, str, str]]:
    """Yield path, code and message of what the checksums name and is another, or what they say of a `known` file."""
    if SUMS in members.files and not sums:
        yield SUMS, "altered", "holds no checksums"
    for name, digest in sums.items():
        if name in known and digest != known[name]:
            yield SUMS, "altered", f"has another checksum for {name}"
        if name not in known and (message := compare_sum(members, name, digest)):
            yield name, "altered", message


def read_sums(members: Members) -> dict[str, str]:
    """Return the checksums of the zip by the names of their files; nothing where a line is none, or there are none."""
    if SUMS not in members.files:
        return {}
    try:
        with members.files[SUMS]() as file:
            *lines, rest = file.read(MAX_SUMS).decode("utf-8").split("\n")
    except (*DAMAGED, UnicodeDecodeError):
        return {}
    found = [LINE.fullmatch(line) for line in lines]
    return {line[2]: line[1] for line in found if line} if all(found) and not rest else {}


def compare_sum(members: Members, name: str, digest: str) -> str:
    """Return what is the matter with a file that must have a checksum, or nothing."""
    if name not in members.files:
        return f"is missing, and stands in {SUMS}"
    hashed, size = hashlib.sha256(), 0
    try:
        with members.files[name]() as file:
            while size <= MAX_FILE and (piece := file.read(PIECE)):
                hashed.update(piece)
                size += len(piece)
    except DAMAGED as error:
        return f"cannot be unpacked: {error}"
    return "" if hashed.hexdigest() == digest else f"has other content than {SUMS} says"
