"""What the tests share: the tables and files of the records, the article, and copies to break."""

import os
import re
import shutil
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, settings

from ceasefire_talks.build import Built, build_tables, render
from ceasefire_talks.cli import main
from ceasefire_talks.problems import report
from ceasefire_talks.records.metadata import read_project
from ceasefire_talks.tables.schemas import Codes, code_lists
from ceasefire_talks.write import Files
from helpers import RECORDS, ROOT, Check, Edit
from packages import copy_package
from remembered import remember

for profile, examples in (("default", 8), ("thorough", 112)):  # for each of the 18 mutations
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


@pytest.fixture(scope="session")
def built() -> Built:
    return build_tables(ROOT)


@pytest.fixture(scope="session")
def codes(built: Built) -> Codes:
    return code_lists(built.tables["codes"])


@pytest.fixture(scope="session")
def rendered(built: Built) -> Files:
    """Return every published file as the records give it."""
    return render(read_project(ROOT), built.tables, built.declared)


@pytest.fixture(scope="session")
def article() -> str:
    """Return the article, which is not part of the project; where it is not beside the checkout, skip."""
    path = ROOT.parent / "shared" / "source" / "article.txt"
    if not path.exists():
        pytest.skip("the article is not here, so no offset is checked against it")
    return path.read_text("utf-8")


@pytest.fixture
def remembered(monkeypatch: pytest.MonkeyPatch) -> None:
    """Read and validate once what stays the same from test to test."""
    remember(monkeypatch)


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """Return a copy of the records that may be broken."""
    shutil.copytree(ROOT / RECORDS, tmp_path / RECORDS)
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


@pytest.fixture
def edit(copy: Path, remembered: None) -> Edit:
    """Return how to change a file of records and see the lines that the build reports."""

    def change(file: str, pattern: str, replacement: str, **_: Any) -> list[str]:
        path = copy / RECORDS / file
        text, count = re.subn(pattern, replacement, path.read_text("utf-8"), count=1, flags=re.MULTILINE)
        assert count == 1, f"{pattern!r} is not in {file}"
        path.write_bytes(text.encode("utf-8"))
        return report(build_tables(copy).problems)

    return change


@pytest.fixture
def package(tmp_path: Path) -> Path:
    """Return a copy of the committed package that may be tampered with."""
    return copy_package(tmp_path / "package")


@pytest.fixture
def check(capsys: pytest.CaptureFixture[str], remembered: None) -> Check:
    """Return how to run `ceasefire-talks check` and see its exit code and lines."""

    def run(path: Path, *options: str) -> tuple[int, list[str]]:
        code = main(["check", str(path), *options])
        printed = capsys.readouterr()
        assert printed.err == ""
        return code, printed.out.splitlines()

    return run
