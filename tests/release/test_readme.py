"""Both READMEs: every snippet prints what it says, and what is derived in it is up to date."""

import shutil
from pathlib import Path
from typing import Any

import pytest

from ceasefire_talks.files.pictures import PICTURES
from maintain.readme import PAGES, ROOT, Snippet, read_snippets, rewrite, run_snippet

NEEDS = {"r": "Rscript", "js": "node"}


def test_there_is_a_snippet_for_each_reader() -> None:
    languages = [snippet.language for snippet in read_snippets()]
    assert sorted(set(languages)) == ["js", "python", "r", "sqlite"]
    assert languages.count("python") >= 6


def mark(snippet: Snippet) -> Any:
    """Return a snippet as a parameter; those in other languages are services."""
    marks = [pytest.mark.services] if snippet.language in NEEDS else []
    return pytest.param(snippet, id=f"{snippet.language}: {snippet.code[:40]}", marks=marks)


@pytest.mark.parametrize("snippet", [mark(snippet) for snippet in read_snippets()])
def test_snippet_prints_what_the_readme_says(snippet: Snippet) -> None:
    program = NEEDS.get(snippet.language)
    if program and not shutil.which(program):
        pytest.skip(f"{program} is not installed, so its snippet was not run")
    if snippet.language == "js" and not (ROOT / "tests" / "readers" / "node_modules").exists():
        pytest.skip("hyparquet is not installed (npm install in tests/readers), so its snippet was not run")
    assert run_snippet(snippet) == snippet.printed


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_what_is_derived_is_up_to_date(page: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("maintain.readme.run_snippet", lambda snippet: snippet.printed)
    text = page.read_text("utf-8")
    assert rewrite(text) == text


def test_both_pages_show_every_picture_and_the_first_page_the_first() -> None:
    pages = [page.read_text("utf-8") for page in PAGES]
    assert f"{next(iter(PICTURES))}-light.svg" in pages[0]
    assert [name for name in PICTURES if not any(f"{name}-light.svg" in page for page in pages)] == []


def test_the_first_page_is_short() -> None:
    assert len(PAGES[0].read_text("utf-8").splitlines()) <= 130
