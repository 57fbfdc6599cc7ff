"""What is made to hurt whoever opens it: refused in one sentence, within the memory that a plain check takes."""

import os
import re
import resource
import struct
import subprocess
import sys
import zipfile
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import Any

import pytest

from ceasefire_talks.installed import SUMS
from copies import PATHS, ROOT, copy_files, zip_files

EVENTS = "data/csv/events.csv"
LARGE, GIGABYTE = 1 << 28, 1 << 30
MAX_KILOBYTES = 30_000
MEASURE = """
import sys
from ceasefire_talks.cli import main
code = main(["check", sys.argv[1]])
print(next(line for line in open("/proc/self/status") if line.startswith("VmHWM")).split()[1])
sys.exit(code)
"""


def measure(path: Path) -> tuple[int, list[str], int]:
    """Return exit code, lines and peak memory in kilobytes of a check in its own process, stopped at 2 s of CPU."""
    result = subprocess.run(
        [sys.executable, "-S", "-c", MEASURE, path],
        env=os.environ | {"PYTHONPATH": str(ROOT / "scripts")},
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_CPU, (2, 2)),
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.stderr == ""
    *lines, peak = result.stdout.splitlines()
    return result.returncode, lines, int(peak)


def members(root: Path, count: int, name: str = "{}") -> Path:
    """Return a zip of empty members, written by hand: `zipfile` takes a minute for 150,000."""
    local, central = bytearray(), bytearray()
    for number in range(count):
        raw = name.format(number).encode()
        central += struct.pack(
            "<4s6H3L5H2L", b"PK\1\2", 20, 20, 0, 0, 0, 33, 0, 0, 0, len(raw), 0, 0, 0, 0, 0, len(local)
        )
        central += raw
        local += struct.pack("<4s5H3L2H", b"PK\3\4", 20, 0, 0, 0, 33, 0, 0, 0, len(raw), 0) + raw
    end = struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, min(count, 65535), min(count, 65535), len(central), len(local), 0)
    (root / "it.zip").write_bytes(local + central + end)
    return root / "it.zip"


def lie(root: Path, count: int) -> Path:
    """Return a zip that says it has fewer members than it has."""
    path = members(root, 19_000, "{:05}")
    content = bytearray(path.read_bytes())
    at = content.rfind(b"PK\5\6")
    content[at + 8 : at + 12] = struct.pack("<2H", count, count)
    path.write_bytes(content)
    return path


def large_directory(root: Path) -> Path:
    """Return a zip of many members whose plain end record tells of one; the ZIP64 record before it tells of all."""
    path = members(root, 50_000)
    content = path.read_bytes()
    at = content.rfind(b"PK\5\6")
    size, start = struct.unpack("<2L", content[at + 12 : at + 20])
    large = struct.pack("<4sQ2H2L4Q", b"PK\6\6", 44, 45, 45, 0, 0, 50_000, 50_000, size, start)
    locator = struct.pack("<4sLQL", b"PK\6\7", 0, at, 1)
    end = struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, 1, 1, 50, start, 0)
    path.write_bytes(content[:at] + large + locator + end)
    return path


def deep(root: Path) -> Path:
    """Return a folder of the package with 1,500 folders in one another beside it."""
    copy_files(root / "p")
    below = os.open(root / "p", os.O_RDONLY)
    for _ in range(1_500):
        os.mkdir("d", dir_fd=below)  # the path from the top is longer than any system takes
        inner = os.open("d", os.O_RDONLY, dir_fd=below)
        os.close(below)
        below = inner
    os.close(below)
    return root / "p"


def bad_name(root: Path) -> Path:
    """Return the package as a zip in which the local header of a member has a name that is no UTF-8."""
    path = zip_files(root / "it.zip")
    content = bytearray(path.read_bytes())
    at = content.find(b"PK\3\4")
    content[at + 6 : at + 8] = struct.pack("<H", 0x800)
    content[at + 30] = 0xFF
    path.write_bytes(content)
    return path


def with_member(root: Path, name: str, size: int, packing: int = zipfile.ZIP_DEFLATED) -> Path:
    """Return the package as a zip with one member that unpacks to many zeros."""
    path = zip_files(root / "it.zip")
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(root / "new.zip", "w", packing) as new:
        for member in PATHS:
            if member != name:
                new.writestr(member, old.read(member))
        with new.open(name, "w", force_zip64=True) as file:
            for _ in range(size >> 20):
                file.write(bytes(1 << 20))
    return root / "new.zip"


def expect_warning(name: str) -> AbstractContextManager[Any]:
    """Return what expects the warning of `zipfile` where a member is written twice."""
    return pytest.warns(UserWarning, match="Duplicate name") if name in PATHS else nullcontext()


def twice(root: Path, name: str) -> Path:
    """Return the package as a zip with a member of another name beside those it has."""
    path = zip_files(root / "it.zip")
    with zipfile.ZipFile(path, "a") as archive, expect_warning(name):
        archive.writestr(name, "x")
    return path


def beside(*names: str) -> Callable[[Path], Path]:
    """Return what makes a zip with the package in a folder, and members beside that."""

    def make(root: Path) -> Path:
        with zipfile.ZipFile(zip_files(root / "it.zip", "package/"), "a") as archive:
            for name in names:
                archive.writestr(name, "x")
        return root / "it.zip"

    return make


def flag(root: Path, offset: int, value: int) -> Path:
    """Return the package as a zip in which every entry of the directory has other two bytes at an offset."""
    path = zip_files(root / "it.zip")
    content = bytearray(path.read_bytes())
    for match in re.finditer(b"PK\1\2", bytes(content)):
        content[match.start() + offset : match.start() + offset + 2] = struct.pack("<H", value)
    path.write_bytes(content)
    return path


def sparse(root: Path, name: str, size: int) -> Path:
    """Return a folder of the package in which one file has grown, without taking room on the disk."""
    copy_files(root / "p")
    with (root / "p" / name).open("r+b") as file:
        file.truncate(size)
    return root / "p"


def huge(root: Path) -> Path:
    with (root / "it.zip").open("wb") as file:
        file.truncate(10 * GIGABYTE)
    return root / "it.zip"


def nested_descriptor(root: Path) -> Path:
    copy_files(root / "p")
    (root / "p" / "datapackage.json").write_bytes(b"[" * 1_000_000)
    return root / "p"


def crowded(root: Path) -> Path:
    copy_files(root / "p")
    (root / "p" / "many").mkdir()
    for number in range(10_001):
        os.link(root / "p" / EVENTS, root / "p" / "many" / str(number))
    return root / "p"


def without_end(root: Path) -> Path:
    path = zip_files(root / "it.zip")
    path.write_bytes(path.read_bytes()[:-30])
    return path


def summed(root: Path) -> Path:
    """Return the package as a zip with 400 members beside it that its checksums name, of 4 megabytes each."""
    path = zip_files(root / "it.zip")
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive:
        for number in range(400):
            archive.writestr(f"beside/{number}", bytes(1 << 22))
        archive.writestr(SUMS, "".join(f"{'0' * 64}  beside/{number}\n" for number in range(400)))
    return path


BOMBS: list[tuple[str, Callable[[Path], Path], int, str]] = [
    ("150,000 members", lambda root: members(root, 150_000), 2, "has 65535 members and a directory of"),
    ("2,001 members", lambda root: members(root, 2_001), 2, "has 2001 members and a directory of"),
    ("a large directory", lambda root: members(root, 1_500, "{:0700}"), 2, "has 1500 members and a directory of"),
    ("says 1 member", lambda root: lie(root, 1), 2, "says of itself that it has fewer members than it has"),
    ("says none", lambda root: lie(root, 0), 2, "says of itself that it has fewer members than it has"),
    ("256 megabytes of CSV", lambda root: with_member(root, EVENTS, LARGE), 1, f"{EVENTS}: is longer than the"),
    ("256 megabytes of descriptor", lambda root: with_member(root, "datapackage.json", LARGE), 1,
     "datapackage.json: is longer than the"),
    ("256 megabytes of Parquet", lambda root: with_member(root, "data/parquet/events.parquet", LARGE), 1,
     "data/parquet/events.parquet: is longer than the"),
    ("256 megabytes beside", lambda root: with_member(root, "scripts/x", LARGE), 0, "valid: "),
    ("400 members that checksums name", summed, 1, f"{SUMS}: stands beside more than a release holds"),
    ("packed by LZMA", lambda root: zip_files(root / "it.zip", packing=zipfile.ZIP_LZMA), 1, "is packed in a way that"),
    ("packed by bzip2", lambda root: zip_files(root / "it.zip", packing=zipfile.ZIP_BZIP2), 1,
     "is packed in a way that"),
    ("an unknown packing", lambda root: flag(root, 10, 99), 1, "is packed in a way that no release is"),
    ("encrypted", lambda root: flag(root, 8, 1), 1, "is encrypted; unpack the zip and check the folder"),
    ("a member twice", lambda root: twice(root, EVENTS), 1, f"{EVENTS}: stands twice"),
    ("a twin in case", lambda root: twice(root, "data/csv/Events.csv"), 1,
     f"data/csv/Events.csv: differs from {EVENTS} in case alone"),
    ("a path that climbs", lambda root: twice(root, "../x"), 1, "../x: is no plain path inside the package"),
    ("an absolute path", lambda root: twice(root, "/etc/x"), 1, "/etc/x: is no plain path inside the package"),
    ("a path that climbs beside the package", beside("../x"), 1, "../x: is no plain path inside the package"),
    ("twins beside the package", beside("x", "X"), 0, "valid: "),
    ("a drive", lambda root: twice(root, "C:/x"), 1, "C:/x: is no plain path inside the package"),
    ("a terminal's escape", lambda root: twice(root, "a\x1b[2J"), 1, r"a\x1b[2J: is no plain path inside the package"),
    ("ZIP64 tells of more", large_directory, 2, "is a zip for more than 4 GB (ZIP64)"),
    ("a name that is no UTF-8", bad_name, 1, "cannot be unpacked: 'utf-8' codec can't decode"),
    ("no end record", without_end, 2, "is neither a folder nor a zip"),
    ("ten gigabytes of nothing", huge, 2, "is neither a folder nor a zip"),
    ("a file of ten gigabytes", lambda root: sparse(root, EVENTS, 10 * GIGABYTE), 1, f"{EVENTS}: is longer than the"),
    ("a descriptor of ten gigabytes", lambda root: sparse(root, "datapackage.json", 10 * GIGABYTE), 1,
     "datapackage.json: is longer than the"),
    ("a descriptor of brackets", nested_descriptor, 1, "datapackage.json: is longer than the"),
    ("1,500 folders deep", deep, 0, "valid: "),
    ("10,001 files", crowded, 2, "holds too many files"),
]  # fmt: skip


@pytest.mark.parametrize(("make", "code", "line"), [bomb[1:] for bomb in BOMBS], ids=[bomb[0] for bomb in BOMBS])
def test_a_bomb_is_refused_within_the_memory_of_a_check(
    tmp_path: Path, make: Callable[[Path], Path], code: int, line: str
) -> None:
    path = make(tmp_path)
    exit_code, lines, peak = measure(path)
    subprocess.run(["rm", "-r", path], check=True)  # some lie deeper than what clears temporary folders can go
    assert (exit_code, any(line in said for said in lines)) == (code, True), lines[:3]
    assert peak <= MAX_KILOBYTES
