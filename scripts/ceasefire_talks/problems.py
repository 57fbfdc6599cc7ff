"""What is wrong with records or tables, said in one line each, and printed so that it can do no harm."""

import os
from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple, Protocol, TextIO

MAX_PER_RULE = 20
MAX_SHOWN = 60
RED, END = "\x1b[31m", "\x1b[0m"


class Problem(NamedTuple):
    """One thing that is wrong: the place (`file:line`), the rule that it breaks, and what to mend."""

    place: str
    rule: str
    message: str


class Finding(NamedTuple):
    """A cell that breaks a rule: its table, row number and field, and what is wrong; `others` are fields that count."""

    table: str
    row: int
    field: str
    rule: str
    message: str
    others: tuple[str, ...] = ()


class Where(Protocol):
    """How to find the place (`file:line`) of a cell."""

    def __call__(self, table: str, row: int, field: str) -> str:
        """Return the place of a cell by table, row number and field."""


def report(problems: Iterable[Problem]) -> list[str]:
    """Return the lines to print: every problem once, by place, at most `MAX_PER_RULE` of a rule, then the counts."""
    counts: Counter[str] = Counter()
    lines = []
    for problem in sorted(set(problems), key=by_place):
        counts[problem.rule] += 1
        if counts[problem.rule] <= MAX_PER_RULE:
            lines.append(printable(f"{problem.place}: {problem.message}"))
    lines += [f"{rule}: {count} in all, {MAX_PER_RULE} shown" for rule, count in counts.items() if count > MAX_PER_RULE]
    return lines


def printable(text: str) -> str:
    """Return a text as it may stand in a terminal: what would break or turn the line becomes its escape."""
    return "".join(character if character.isprintable() else ascii(character)[1:-1] for character in text)


def show(lines: Iterable[str], stream: TextIO) -> None:
    """Print what is wrong so that no character in it, read from a file, can drive a terminal or fail to be printed.

    On a terminal it is red, unless `NO_COLOR` is set.
    """
    encoding = stream.encoding or "utf-8"
    colour = stream.isatty() and not os.environ.get("NO_COLOR")
    for line in lines:
        text = printable(line).encode(encoding, "backslashreplace").decode(encoding)
        print(f"{RED}{text}{END}" if colour else text, file=stream)


def shown(value: object) -> str:
    """Return a value as messages show it: between quotes, and cut where it is long."""
    text = str(value)
    return f'"{text if len(text) <= MAX_SHOWN else text[: MAX_SHOWN - 3] + "..."}"'


def by_place(problem: Problem) -> tuple[str, int, str]:
    """Return the sort key of a problem: file, line as a number, message."""
    file, _, line = problem.place.rpartition(":")
    return (file, int(line), problem.message) if line.isdigit() else (problem.place, 0, problem.message)


def nearest(text: str, known: Iterable[str]) -> str:
    """Return a hint that names the known text nearest to this one, or nothing where none is near."""
    from difflib import get_close_matches  # noqa: PLC0415 - costs more than the rest of a check

    close = get_close_matches(text, list(known), 1)
    return f'; did you mean "{close[0]}"?' if close else ""
