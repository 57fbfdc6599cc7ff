"""What each command does: one function a verb, which imports what it needs, so that help and `check` are quick."""

import sys
from collections.abc import Iterable
from pathlib import Path

from ceasefire_talks.problems import Problem, report
from ceasefire_talks.terminal import show

NO_TEXT = {
    b"\xff\xfe": "in UTF-16",
    b"\xfe\xff": "in UTF-16",
    b"%PDF": "a PDF",
    b"PK\x03\x04": "a zip or an office document",
    b"\xd0\xcf\x11\xe0": "an office document",
    b"{\\rtf": "rich text",
}
CURE = "save the article as plain text in UTF-8"


def show_problems(problems: Iterable[Problem]) -> int:
    """Print all that is wrong with the records or files, and return the exit code for it."""
    show(report(problems), sys.stderr)
    return 1


def write_to_dist(root: Path, files: dict[str, bytes]) -> None:
    """Write files to `dist/`, which is not committed, and print their sizes."""
    from ceasefire_talks import write  # noqa: PLC0415

    write.write_files(root / "dist", files)
    print("\n".join(f"dist/{name} {len(content) / 1000:.0f} kB" for name, content in files.items()))


def read_source(path: Path) -> str:
    """Return the text of a file, its line ends as LF; raise `ValueError` where it is no text in UTF-8."""
    if path.is_dir():
        raise ValueError(f"{path}: is a folder; give the file of the article")
    content = path.read_bytes()
    for begin, kind in NO_TEXT.items():
        if content.startswith(begin):
            raise ValueError(f"{path}: is {kind}; {CURE}")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise ValueError(f"{path}: is not in UTF-8; {CURE}") from None
    if "\0" in text:
        raise ValueError(f"{path}: is in UTF-16 or no text; {CURE}")
    return text.replace("\r\n", "\n").replace("\r", "\n")
