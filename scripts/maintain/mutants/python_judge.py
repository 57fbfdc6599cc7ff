"""Mutants of Python before the tests: each in a process of its own, since polars' threads do not outlive a fork."""

import os
import subprocess
import sys
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor

from helpers import ROOT
from maintain.mutants.python_tree import PythonMutant, mutated


def judge_python(mutants: Iterable[PythonMutant]) -> list[tuple[PythonMutant, str]]:
    """Return each mutant with its fate, on as many processors as this process may use."""
    chosen = list(mutants)
    with ThreadPoolExecutor(len(os.sched_getaffinity(0))) as pool:
        return list(zip(chosen, pool.map(judge_one, chosen), strict=True))


def judge_one(mutant: PythonMutant) -> str:
    """Return `killed`, `survived`, or `hung` where the tests worked without end, which also kills."""
    command = [sys.executable, "-m", "maintain.mutants.python_run", mutant.file, mutant.around]
    done = subprocess.run(command, cwd=ROOT, input=mutated(mutant), text=True, capture_output=True, check=False)
    return "survived" if done.returncode == 0 else "killed" if done.returncode > 0 else "hung"
