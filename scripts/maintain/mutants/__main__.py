"""How many mutants the tests kill: `python -m maintain.mutants sql`, `... python --sample 200`, or both kinds mixed.

Prints each survivor with its file, line and change. Exits with 1 where a mutant of SQL survived that
`equivalent.yaml` does not list, or fewer of Python, or of a sample of either, were killed than 90 % ask for. Needs
`pip install --no-deps sqlglot==30.30.0 libcst==1.9.0 mutmut==3.8.1`, and `PYTHONPATH=scripts:tests`.
"""

import argparse
import math
import random
import subprocess
from collections import Counter
from collections.abc import Sequence
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

import yaml

from helpers import ROOT
from maintain.mutants.python_judge import judge_python
from maintain.mutants.python_tree import PythonMutant, python_mutants
from maintain.mutants.sources import Mutant, sql_mutants
from maintain.mutants.sql_judge import judge_sql

EQUIVALENT = Path(__file__).parent / "equivalent.yaml"
BAR = 0.9
CHANCE = 0.01  # how often a sample may fail that is drawn from mutants of which the bar's share is killed
AnyMutant = TypeVar("AnyMutant", Mutant, PythonMutant)
WHOLE = 200  # a sample of this size has to reach the bar itself


class Score(NamedTuple):
    """The fates of some mutants, and how many must have been killed."""

    judged: Sequence[tuple[Mutant | PythonMutant, str]]
    due: int


def main() -> int:
    """Judge the mutants that are asked for, print the score, and return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m maintain.mutants")
    parser.add_argument("kinds", nargs="+", choices=["sql", "python"])
    parser.add_argument("--sample", type=int, help="how many to draw by the hash of the tree, as many of each kind")
    options = parser.parse_args()
    count = options.sample and options.sample // len(options.kinds)
    return max(tell(kind, SCORES[kind](count)) for kind in options.kinds)


def score_sql(count: int | None) -> Score:
    """Judge mutants of SQL: all that an engine takes for SQL are to be killed, of a sample as many as of Python."""
    judged = judge_sql(draw("sql", list(sql_mutants()), count))
    valid = sum(fate != "invalid" for _, fate in judged)
    return Score(judged, least(valid) if count else valid)


def score_python(count: int | None) -> Score:
    """Judge mutants of Python."""
    judged = judge_python(draw("python", list(python_mutants()), count))
    return Score(judged, least(len(judged)))


SCORES = {"sql": score_sql, "python": score_python}


def draw(kind: str, mutants: list[AnyMutant], count: int | None) -> list[AnyMutant]:
    """Return the mutants that are not listed as equivalent, or a sample of them by the hash of the tree."""
    listed = yaml.safe_load(EQUIVALENT.read_text("utf-8"))[kind]
    for entry in listed:
        for change in entry["says"]:
            if not any(is_listed(one, entry) and one.says == change for one in mutants):
                raise ValueError(f"{EQUIVALENT.name}: no mutant of {entry['file']} says {change!r}; take it out")
    whole = [one for one in mutants if not any(is_listed(one, entry) for entry in listed)]
    print(f"{kind}: {len(mutants)} mutants, {len(mutants) - len(whole)} of them listed as equivalent", flush=True)
    tree = subprocess.run(["git", "rev-parse", "HEAD^{tree}"], cwd=ROOT, capture_output=True, text=True, check=True)
    return random.Random(tree.stdout.strip()).sample(whole, min(count, len(whole))) if count else whole


def is_listed(mutant: Mutant | PythonMutant, entry: dict[str, Any]) -> bool:
    """Tell whether an entry of the list of equivalent mutants means a mutant."""
    return fnmatchcase(mutant.file, entry["file"]) and mutant.says in entry["says"]


def least(count: int) -> int:
    """Return how many of a sample must be killed: fewer would be no chance where the bar's share of all is."""
    if count >= WHOLE:
        return math.ceil(BAR * count)
    chances = [math.comb(count, killed) * BAR**killed * (1 - BAR) ** (count - killed) for killed in range(count + 1)]
    return next(killed for killed in range(count + 1) if sum(chances[: killed + 1]) > CHANCE)


def tell(kind: str, score: Score) -> int:
    """Print the survivors and the score; return 1 where it is below what is due."""
    for mutant, fate in score.judged:
        if fate == "survived":
            print(f"{mutant.file}:{mutant.line}: {mutant.says}")
    fates = Counter(fate for _, fate in score.judged)
    killed = fates["killed"] + fates["hung"]
    counted = ", ".join(f"{count} {fate}" for fate, count in sorted(fates.items()))
    print(f"{kind}: {counted}; {killed} killed of {len(score.judged) - fates['invalid']}, {score.due} are due")
    return int(killed < score.due)


if __name__ == "__main__":
    raise SystemExit(main())
