"""How far a validation is: on a terminal, once it has taken two seconds."""

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ceasefire_talks.declaration import Declaration
from ceasefire_talks.validate.files import find_formats
from ceasefire_talks.validate.load import Tick

DELAY = 2


@contextmanager
def show_bar(root: Path, declared: Declaration) -> Iterator[Tick]:
    """Give what is told of each step, with the bytes and rows that it has read; it shows share and speed."""
    from rich.console import Console  # noqa: PLC0415 - not where nobody looks
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn  # noqa: PLC0415

    read = next(iter(find_formats(root, declared).values()))
    size = sum(path.stat().st_size for paths in read.values() for path in paths)
    columns = (TextColumn("{task.description}"), BarColumn(), TextColumn("{task.fields[speed]} rows/s"))
    bar = Progress(*columns, TimeElapsedColumn(), console=Console(stderr=True), transient=True)
    task, began, rows = bar.add_task("", total=size, speed=""), time.monotonic(), 0

    def tick(step: str, size: int, count: int) -> None:
        """Show a step."""
        nonlocal rows
        rows, spent = rows + count, time.monotonic() - began
        bar.update(task, advance=size, description=step, speed=f"{rows / spent:,.0f}")
        if spent > DELAY:
            bar.start()

    try:
        yield tick if sys.stderr.isatty() else quiet
    finally:
        if bar.live.is_started:
            bar.stop()


def quiet(step: str, size: int, count: int) -> None:
    """Show nothing."""
