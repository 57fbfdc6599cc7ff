"""What the tests share: the tables and files of the records, the article, and copies to break."""

import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, settings

from ceasefire_talks.build import Built, build_tables, render
from ceasefire_talks.checks.table_rules import RULES
from ceasefire_talks.checks.text_rules import TEXT_RULES
from ceasefire_talks.declaration import rules_of
from ceasefire_talks.exports import render_exports
from ceasefire_talks.files import Files
from ceasefire_talks.problems import report
from ceasefire_talks.records.metadata import Package, read_package
from ceasefire_talks.tables.codes import Codes, code_lists
from ceasefire_talks.tables.tabulate import Tables
from ceasefire_talks.write import write_files
from environments import start_postgresql
from helpers import DECLARED, ROOT, Edit, copy_records, place_of
from remembered import remember
from vague import blur_days

for profile, examples in (("default", 2), ("thorough", 371)):  # for each of the 27 mutations
    settings.register_profile(
        profile,
        max_examples=examples,
        derandomize=True,
        deadline=None,
        database=None,
        phases=[Phase.generate],  # a failing mutation is printed as it is; to shrink it takes minutes
        suppress_health_check=list(HealthCheck),
    )
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "default"))


NAMES = {  # under which problems are counted, beside those of rules
    *("bom", "blank", "comment", "control", "encoding", "line end", "merge", "swallowed", "tab", "yaml"),
    *("derived field", "duplicate field", "empty", "file", "edtf", "given field", "shape", "unknown field"),
    *("codes", "maxLength", "maximum", "minimum", "not_nullable", "pattern"),
    *("type boolean", "type date", "type integer", "type number"),
    *("duplicate key", "licence", "prose", "reference", "version"),
    *(rule["name"] for table in DECLARED.values() for rule in rules_of(table)),
    *(rule.name for rule in TEXT_RULES),
    *RULES,
}


@pytest.fixture(scope="session")
def built() -> Built:
    return build_tables(ROOT)


@pytest.fixture(scope="session")
def vague(built: Built) -> Tables:
    """Return the tables with talks whose day is hardly known."""
    return blur_days(built.tables)


@pytest.fixture(scope="session")
def codes(built: Built) -> Codes:
    return code_lists(built.tables["codes"])


@pytest.fixture(scope="session")
def about(built: Built) -> Package:
    """Return what the package says of itself."""
    return read_package(ROOT, built.tables)


@pytest.fixture(scope="session")
def rendered(built: Built, about: Package) -> Files:
    """Return every built file as the records give it."""
    return render(about, built.tables, built.declared)


@pytest.fixture(scope="module")
def rebuilt(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder for a package."""
    return tmp_path_factory.mktemp("package")


@pytest.fixture
def root(rebuilt: Path, rendered: Files) -> Path:
    """Return a folder with every built file, to change one of them; the next test finds it mended."""
    write_files(rebuilt, rendered)
    return rebuilt


@pytest.fixture(scope="session")
def exports(built: Built, about: Package) -> Files:
    """Return every exported file as the records give it."""
    return render_exports(about, built.tables, built.declared)


@pytest.fixture(scope="session")
def article() -> str:
    """Return the article, which is not part of the project; where it is not beside the checkout, skip."""
    path = ROOT.parent / "shared" / "source" / "article.txt"
    if not path.exists():
        pytest.skip("the article is not here, so no offset is checked against it")
    return path.read_text("utf-8")


@pytest.fixture(scope="session")
def server() -> Iterator[dict[str, str]]:
    """Return the environment in which clients find a PostgreSQL server of the tests' own."""
    with start_postgresql() as environment:
        yield environment


@pytest.fixture
def remembered(monkeypatch: pytest.MonkeyPatch) -> None:
    """Read and validate once what stays the same from test to test."""
    remember(monkeypatch)


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """Return a copy of the records that may be broken."""
    return copy_records(tmp_path)


@pytest.fixture
def edit(copy: Path, remembered: None) -> Edit:
    """Return how to change a file of records and see the lines that the build reports."""

    def change(file: str, pattern: str, replacement: str, **_: Any) -> list[str]:
        path = copy / place_of(file)
        text, count = re.subn(pattern, replacement, path.read_text("utf-8"), count=1, flags=re.MULTILINE)
        assert count == 1, f"{pattern!r} is not in {file}"
        path.write_bytes(text.encode("utf-8"))
        problems = list(build_tables(copy).problems)
        assert {problem.rule for problem in problems} <= NAMES
        return report(problems)

    return change
