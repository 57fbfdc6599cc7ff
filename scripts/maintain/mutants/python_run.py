"""The tests of one mutant of Python: `python -m maintain.mutants.python_run FILE AROUND`, with its text as input.

The module is compiled from the text when it is imported, so nothing of the package may be imported before; no file is
changed. The tests of its room that share most rare words with what was changed go first. The test that compares what is
shown of it in the built files goes before all; what they have not killed after half a minute of work has survived.
"""

import importlib.machinery
import inspect
import math
import re
import resource
import sys
import time
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[3]
SECONDS = 30  # of work of the processor; the machine may have other things to do
MEMORY = 4 * 2**30
RULES = ["tests/checks/test_row_rules.py", "tests/checks/test_rules_between_rows.py", "tests/checks/test_families.py"]
MISTAKES = ["tests/records/test_mistakes.py", "tests/records/test_whole_files.py", "tests/records/test_counts.py"]
SHOWN = "tests/verify/test_drift.py::test_every_rendered_file_is_the_committed_one"
TESTS = {  # of a module, or else of its room
    "declaration/versions.py": ["tests/release", SHOWN],
    "checks": ["tests/checks", *MISTAKES, "tests/validate/test_validate.py"],
    "declaration": [SHOWN, "tests/declaration", "tests/checks", "tests/tables", *MISTAKES],
    "records": [SHOWN, *MISTAKES, "tests/records/test_project.py", "tests/declaration/test_declaration.py"],
    "release": ["tests/release"],
    "verify/check.py": ["tests/verify/test_check.py", "tests/verify/test_strangers.py", "tests/verify/test_sums.py"],
    "verify/members.py": ["tests/verify/test_strangers.py", "tests/verify/test_bombs.py", "tests/verify/test_check.py"],
    "tables": [SHOWN, "tests/tables", *RULES, *MISTAKES, "tests/validate/test_validate.py"],
    "validate": ["tests/validate"],
    "verify": ["tests/verify"],
    "problems.py": ["tests/checks", *MISTAKES, "tests/validate/test_validate.py"],
}
OPTIONS = ["-o", "addopts=", "-n", "0", "-x", "-q", "-p", "no:cacheprovider", "--assert=plain", "-m", "not services"]


def run_tests(file: str, around: str, text: str) -> int:
    """Run the tests of a file's room, with its module made from a text, until one fails; return what pytest does."""
    resource.setrlimit(resource.RLIMIT_CPU, (2 * SECONDS, 2 * SECONDS))
    resource.setrlimit(resource.RLIMIT_DATA, (MEMORY, MEMORY))
    read = importlib.machinery.SourceFileLoader.get_code

    def get_code(self: Any, fullname: str) -> Any:
        return compile(text, self.path, "exec") if self.path == str(ROOT / file) else read(self, fullname)

    importlib.machinery.SourceFileLoader.get_code = get_code  # type: ignore[method-assign]
    module = file.removeprefix("scripts/ceasefire_talks/")
    paths = TESTS.get(module) or TESTS[module.split("/")[0]]
    return int(pytest.main([*OPTIONS, *paths], plugins=[Nearest(around)]))


class Nearest:
    """A plugin of pytest that runs the tests nearest to some words first, and ends when they have worked enough."""

    def __init__(self, around: str) -> None:
        """Take the text of what was changed."""
        self.words = words(around)

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        """Sort the tests by the rare words that they share with what was changed."""
        texts = {item: words(text_of(item)) for item in items}
        counts = Counter(word for found in texts.values() for word in found)
        weights = {word: math.log(len(items) / counts[word]) for word in self.words & set(counts)}
        items.sort(
            key=lambda item: (
                item.nodeid != SHOWN,
                -sum(weights.get(word, 0) for word in texts[item]) / (9 + len(texts[item])) ** 0.5,
            )
        )

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """End well when the tests have worked for long and none has failed."""
        if report.passed and time.process_time() > SECONDS:
            pytest.exit("survived", returncode=0)


def words(text: str) -> set[str]:
    """Return the words of a text, and the parts of names."""
    return set(re.findall(r"[a-z]{3,}", text.lower()))


def text_of(item: pytest.Item) -> str:
    """Return what is written of a test: its name, its case, its function."""
    case = repr(item.callspec.params) if hasattr(item, "callspec") else ""
    return f"{item.nodeid} {case} {inspect.getsource(item.function) if isinstance(item, pytest.Function) else ''}"


if __name__ == "__main__":
    raise SystemExit(run_tests(sys.argv[1], sys.argv[2], sys.stdin.read()))
