"""The checksums in the zip of a release: what they name beside the package is compared, and they with what is known."""

import hashlib
from collections.abc import Callable
from pathlib import Path

import pytest

from ceasefire_talks.installed import SUMS
from ceasefire_talks.verify.check import check_package
from copies import copy_files

WORDS = b"Read me.\n"
README, EVENTS = "README.md", "data/csv/events.csv"


def line(name: str, content: bytes) -> bytes:
    return f"{hashlib.sha256(content).hexdigest()}  {name}\n".encode()


@pytest.mark.parametrize(
    ("sums", "words", "found"),
    [
        pytest.param(line(README, WORDS), WORDS, [], id="as it should be"),
        pytest.param(line(README, WORDS).replace(b"\n", b"\r\n"), WORDS, [], id="line ends of Windows"),
        pytest.param(
            line(README, WORDS), b"Other.", [(README, "has other content than SHA256SUMS says")], id="altered"
        ),
        pytest.param(line("gone", WORDS), WORDS, [("gone", "is missing, and stands in SHA256SUMS")], id="missing"),
        pytest.param(line(EVENTS, WORDS), WORDS, [(SUMS, f"has another checksum for {EVENTS}")], id="another checksum"),
        pytest.param(line(README, WORDS).rstrip(), WORDS, [(SUMS, "holds no checksums")], id="cut off"),
        pytest.param(bytes(range(256)), WORDS, [(SUMS, "holds no checksums")], id="no text"),
        pytest.param(b"", WORDS, [(SUMS, "holds no checksums")], id="empty"),
        pytest.param(
            line("../../etc/passwd", WORDS),
            WORDS,
            [("../../etc/passwd", "is missing, and stands in SHA256SUMS")],
            id="outside",
        ),
    ],
)
def test_what_checksums_name(tmp_path: Path, sums: bytes, words: bytes, found: list[tuple[str, str]]) -> None:
    copy_files(tmp_path / "p")
    (tmp_path / "p" / README).write_bytes(words)
    (tmp_path / "p" / SUMS).write_bytes(sums)
    checked = check_package(str(tmp_path / "p"))
    assert [(difference.path, difference.message) for difference in checked.differences] == found
    assert {difference.code for difference in checked.differences} <= {"altered", "missing"}


@pytest.mark.parametrize("make", [lambda path: None, lambda path: path.write_bytes(WORDS)], ids=["nothing", "a file"])
def test_without_checksums_what_lies_beside_is_no_matter(tmp_path: Path, make: Callable[[Path], object]) -> None:
    copy_files(tmp_path / "p")
    make(tmp_path / "p" / README)
    assert check_package(str(tmp_path / "p")).differences == []
