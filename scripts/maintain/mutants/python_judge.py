"""Mutants of Python before the tests: each in a process of its own, since polars' threads do not outlive a fork.

The tests run in clones of what is committed, one for each processor: what they start in processes of its own finds the
mutant there too.
"""

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from queue import SimpleQueue

from helpers import ROOT
from maintain.mutants.python_tree import PythonMutant, mutated


def judge_python(mutants: Iterable[PythonMutant]) -> list[tuple[PythonMutant, str]]:
    """Return each mutant with its fate, on as many processors as this process may use."""
    chosen, count = list(mutants), len(os.sched_getaffinity(0))
    clones: SimpleQueue[Path] = SimpleQueue()
    with tempfile.TemporaryDirectory() as folder, ThreadPoolExecutor(count) as pool:
        (Path(folder) / "shared").symlink_to(ROOT.parent / "shared")  # where the article may be
        for number in range(count):
            clones.put(clone_to(Path(folder) / str(number)))
        return list(zip(chosen, pool.map(lambda mutant: judge_one(mutant, clones), chosen), strict=True))


def clone_to(folder: Path) -> Path:
    """Return a clone of what is committed."""
    subprocess.run(["git", "clone", "--quiet", ROOT, folder], check=True)
    return folder


def judge_one(mutant: PythonMutant, clones: SimpleQueue[Path]) -> str:
    """Return `killed`, `survived`, or `hung` where the tests worked without end, which also kills."""
    clone = clones.get()
    path = clone / mutant.file
    whole = path.read_text("utf-8")
    path.write_text(mutated(mutant), "utf-8")
    places = {"PYTHONPATH": f"{clone / 'scripts'}:{clone / 'tests'}", "PYTHONDONTWRITEBYTECODE": "1"}
    strict = ["-X", "warn_default_encoding"]  # the tests take a warning for an error
    command = [sys.executable, *strict, "-m", "maintain.mutants.python_run", mutant.file, mutant.around]
    done = subprocess.run(command, cwd=clone, env=os.environ | places, capture_output=True, check=False)
    path.write_text(whole, "utf-8")
    clones.put(clone)
    return "survived" if done.returncode == 0 else "killed" if done.returncode > 0 else "hung"
