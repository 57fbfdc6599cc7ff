"""The tests of one mutant of Python, which stands in its module: `python -m maintain.mutants.python_run FILE AROUND`.

The tests of its room that share most rare words with what was changed go first. The test that compares what is shown of
it in the built files goes before all; what they have not killed after a minute of work has survived.
"""

import inspect
import math
import re
import resource
import sys
import time
from collections import Counter

import pytest

SECONDS = 60  # of work of the processor; the machine may have other things to do
MEMORY = 4 * 2**30
BETWEEN = "tests/checks/test_rules_between_rows.py"
ROWS = ["tests/checks/test_row_rules.py", "tests/checks/test_families.py"]
MISTAKES = ["tests/records/test_mistakes.py", "tests/records/test_whole_files.py", "tests/records/test_counts.py"]
SHOWN = "tests/verify/test_drift.py::test_every_rendered_file_is_the_committed_one"
VALIDATE = [f"tests/validate/test_{name}.py" for name in ("validate", "told", "suspects", "derived", "unjudged")]
TESTS = {  # of a module, or else of its room
    "checks": ["tests/checks", *MISTAKES],
    "checks/cells.py": [*ROWS, "tests/checks/test_constraints.py", "tests/checks/test_texts.py", *MISTAKES],
    "checks/keys.py": ["tests/checks/test_same_id.py", "tests/checks/test_constraints.py", *MISTAKES, *VALIDATE],
    "checks/prose.py": [*MISTAKES, BETWEEN],
    "checks/rule_views.py": [BETWEEN],
    "checks/sentences.py": [BETWEEN, "tests/coding/test_locate.py", "tests/coding/test_review.py"],
    "checks/spans.py": ["tests/checks/test_edges.py", BETWEEN, *MISTAKES],
    "checks/table_rules.py": [BETWEEN, "tests/checks/test_every_rule.py"],
    "checks/text_rules.py": ["tests/checks/test_texts.py", "tests/checks/test_dialect.py", *MISTAKES, *VALIDATE],
    "declaration": [SHOWN, "tests/declaration", *ROWS, "tests/tables", *MISTAKES],
    "declaration/edtf.py": ["tests/declaration/test_dates.py", "tests/tables/test_types.py", *VALIDATE],
    "declaration/rules.py": [*ROWS, "tests/checks/test_dialect.py", "tests/declaration", SHOWN],
    "declaration/types.py": ["tests/tables/test_types.py", "tests/tables/test_schemas.py", SHOWN, "tests/files"],
    "declaration/versions.py": ["tests/release", SHOWN],
    "problems.py": [*MISTAKES, "tests/checks", *VALIDATE],
    "records": [SHOWN, *MISTAKES, "tests/records/test_project.py", "tests/declaration/test_declaration.py"],
    "records/project.py": ["tests/records/test_project.py", SHOWN],
    "release": ["tests/release"],
    "tables": [SHOWN, "tests/tables", *ROWS, *MISTAKES, *VALIDATE],
    "validate": [*VALIDATE, "tests/validate/test_fuzz.py"],
    "verify": ["tests/verify"],
    "verify/check.py": ["tests/verify/test_check.py", "tests/verify/test_bombs.py", "tests/verify/test_sums.py"],
    "verify/drift.py": ["tests/verify/test_drift.py", "tests/verify/test_strangers.py"],
    "verify/members.py": ["tests/verify/test_bombs.py", "tests/verify/test_check.py"],
}
OPTIONS = ["-o", "addopts=", "-n", "0", "-x", "-q", "-p", "no:cacheprovider", "--assert=plain", "-m", "not services"]


def run_tests(file: str, around: str) -> int:
    """Run the tests of a file's room until one fails; return what pytest does."""
    resource.setrlimit(resource.RLIMIT_CPU, (2 * SECONDS, 2 * SECONDS))
    resource.setrlimit(resource.RLIMIT_DATA, (MEMORY, MEMORY))
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
    raise SystemExit(run_tests(sys.argv[1], sys.argv[2]))
