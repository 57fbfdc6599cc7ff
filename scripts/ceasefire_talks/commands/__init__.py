"""What each command does: one function a verb, which imports what it needs, so that help and `check` are quick."""

import sys
from collections.abc import Iterable
from pathlib import Path

from ceasefire_talks.problems import Problem, report
from ceasefire_talks.terminal import show


def show_problems(problems: Iterable[Problem]) -> int:
    """Print all that is wrong with the records or files, and return the exit code for it."""
    show(report(problems), sys.stderr)
    return 1


def write_to_dist(root: Path, files: dict[str, bytes]) -> None:
    """Write files to `dist/`, which is not committed, and print their sizes."""
    from ceasefire_talks import write  # noqa: PLC0415

    write.write_files(root / "dist", files)
    print("\n".join(f"dist/{name} {len(content) / 1000:.0f} kB" for name, content in files.items()))
