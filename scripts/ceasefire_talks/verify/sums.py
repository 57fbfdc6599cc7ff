"""What lies beside the package in the zip of a release, by the checksums there. Standard library alone.

The installed version does not hold those files: their checksums tell what was damaged, not what was forged.
"""

import hashlib
import re
from collections.abc import Iterator

from ceasefire_talks.installed import SUMS
from ceasefire_talks.verify.members import DAMAGED, PIECE, Members

MAX_SUMS, MAX_BESIDE = 1_000_000, 5_000_000  # bytes; of all files beside the package together
LINE = re.compile(r"([0-9a-f]{64})  (.+)")


def compare_sums(members: Members, sums: dict[str, str], known: dict[str, str]) -> Iterator[tuple[str, str, str]]:
    """Yield path, code and message of what the checksums name and is another, or what they say of a `known` file."""
    if SUMS in members.files and not sums:
        yield SUMS, "altered", "holds no checksums"
    left = MAX_BESIDE
    for name, digest in sums.items():
        if name in known:
            if digest != known[name]:
                yield SUMS, "altered", f"has another checksum for {name}"
            continue
        if name not in members.files:
            yield name, "missing", f"is missing, and stands in {SUMS}"
            continue
        found, size = digest_of(members, name, left)
        left -= size
        if found != digest:
            yield name, "altered", f"has other content than {SUMS} says"
        if left <= 0:
            yield SUMS, "altered", "stands beside more than a release holds; the rest was not looked at"
            return


def read_sums(members: Members) -> dict[str, str]:
    """Return the checksums of the zip by the names of their files; nothing where a line is none, or there are none."""
    if SUMS not in members.files:
        return {}
    try:
        with members.files[SUMS]() as file:
            *lines, rest = file.read(MAX_SUMS).decode("utf-8").replace("\r\n", "\n").split("\n")
    except (*DAMAGED, UnicodeDecodeError):
        return {}
    found = [LINE.fullmatch(line) for line in lines]
    return {line[2]: line[1] for line in found if line} if all(found) and not rest else {}


def digest_of(members: Members, name: str, most: int) -> tuple[str, int]:
    """Return the SHA-256 of a file and its size, of which no more than `most` bytes and a piece are read."""
    hashed, size = hashlib.sha256(), 0
    try:
        with members.files[name]() as file:
            while size <= most and (piece := file.read(PIECE)):
                hashed.update(piece)
                size += len(piece)
    except DAMAGED:
        return "", size
    return hashed.hexdigest(), size
