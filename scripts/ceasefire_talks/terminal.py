"""What a command prints: safe on any terminal, red where something is wrong, with the step that it is at."""

import os
import sys
from collections.abc import Iterable
from typing import NoReturn, TextIO

from ceasefire_talks.problems import printable

RED, END = "\x1b[31m", "\x1b[0m"


def complain(sentence: str) -> None:
    """Print what keeps the command from its work."""
    show([f"ceasefire-talks: {sentence}"], sys.stderr)


def show(lines: Iterable[str], stream: TextIO, wrong: bool = True) -> None:
    """Print lines so that no character in them, read from a file, can drive a terminal or fail to be printed.

    On a terminal what is wrong is red, unless `NO_COLOR` is set.
    """
    encoding = stream.encoding or "utf-8"
    colour = wrong and stream.isatty() and not os.environ.get("NO_COLOR")
    for line in lines:
        text = printable(line).encode(encoding, "backslashreplace").decode(encoding)
        print(f"{RED}{text}{END}" if colour else text, file=stream)


def show_progress(step: str) -> None:
    """Say on a terminal what is being done; the line is written over by the next."""
    if sys.stderr.isatty():
        print(f"\r\x1b[K{step}", end="", file=sys.stderr, flush=True)


def give_up(*streams: TextIO) -> None:
    """Have nothing more written to streams that nobody takes, nor anything said of it at the end."""
    for stream in streams:
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def stop(*_: object) -> NoReturn:
    """End the process at Ctrl-C; an exception would be swallowed or told at length by the libraries that it meets.

    Nothing is lost: while files are written Ctrl-C does nothing.
    """
    clear = b"\r\x1b[K" if os.isatty(2) else b""
    os.write(2, clear + b"ceasefire-talks: stopped by Ctrl-C\n")
    os._exit(130)
