"""What is wrong with records or tables, said in one line each."""

from collections import Counter
from collections.abc import Callable
from difflib import get_close_matches
from typing import NamedTuple

MOST_PER_RULE = 20
LONGEST = 60
ECHO = ""  # the place of what only repeats, or follows from, a problem that is reported already
Where = Callable[..., str]  # table, row number, field to point at, other fields that count -> place


class Problem(NamedTuple):
    """One thing that is wrong: the place (`file:line`), the rule that it breaks, and what to mend."""

    place: str
    rule: str
    message: str


def report(problems: list[Problem]) -> list[str]:
    """Return the lines to print: every problem once, by place, at most `MOST_PER_RULE` of a rule, then the counts."""
    shown: Counter[str] = Counter()
    lines = []
    for problem in sorted(set(problems), key=by_place):
        shown[problem.rule] += 1
        if shown[problem.rule] <= MOST_PER_RULE:
            lines.append("".join(map(printable, f"{problem.place}: {problem.message}")))
    lines += [
        f"{rule}: {count} in all, {MOST_PER_RULE} shown" for rule, count in shown.items() if count > MOST_PER_RULE
    ]
    return lines


def printable(character: str) -> str:
    """Return a character as it may stand in a terminal: what would break or turn the line becomes its escape."""
    return character if character.isprintable() else ascii(character)[1:-1]


def shown(value: object) -> str:
    """Return a value as messages show it: between quotes, and cut where it is long."""
    text = str(value)
    return f'"{text if len(text) <= LONGEST else text[: LONGEST - 3] + "..."}"'


def by_place(problem: Problem) -> tuple[str, int, str]:
    """Return the sort key of a problem: file, line as a number, message."""
    file, _, line = problem.place.rpartition(":")
    return (file, int(line), problem.message) if line.isdigit() else (problem.place, 0, problem.message)


def nearest(text: str, known: list[str]) -> str:
    """Return a hint that names the known text nearest to this one, or nothing where none is near."""
    close = get_close_matches(text, known, 1)
    return f'; did you mean "{close[0]}"?' if close else ""
