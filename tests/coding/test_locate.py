"""`ceasefire-talks locate`: where words stand, in whichever case and line, and why there is no answer."""

import re
from pathlib import Path

import polars as pl
import pytest

from ceasefire_talks.checks.sentences import sha256
from ceasefire_talks.cli import main
from ceasefire_talks.coding.locate import find_words
from ceasefire_talks.tables.tabulate import Tables
from helpers import RECORDS, line_of, place_of

TEXT = "The offer stands. It was\u00a0a new Offer.\n\nNobody  took it up.\n"
SPANS = {"PA0001": (0, 17), "PA0002": (18, 37), "PA0003": (39, 58)}
MIND = "sentences of SO0001; mind quotation marks and misprints"
CROSSES = "# goes on from {} into {}; these lines belong together:"


@pytest.fixture
def tables() -> Tables:
    """Return a source of three sentences."""
    passages = [("SO0001", name, start, end, sha256(TEXT[start:end])) for name, (start, end) in SPANS.items()]
    columns = ["source_id", "passage_id", "start_offset", "end_offset", "sha256"]
    return {
        "passages": pl.DataFrame(passages, columns, orient="row"),
        "sources": pl.DataFrame({"source_id": ["SO0001"], "sha256": [sha256(TEXT)]}),
    }


def line(passage: str, start: int, end: int) -> str:
    return f"- {{passage_id: {passage}, start_offset: {start}, end_offset: {end}}}"


@pytest.mark.parametrize(
    ("words", "lines"),
    [
        pytest.param("stands", [line("PA0001", 10, 16)], id="once"),
        pytest.param("offer", [line("PA0001", 4, 9), line("PA0002", 31, 36)], id="twice, in either case"),
        pytest.param("it WAS a new", [line("PA0002", 18, 30)], id="a no-break space"),
        pytest.param(" nobody\ntook ", [line("PA0003", 39, 51)], id="two blanks"),
        pytest.param(
            "stands. It",
            [CROSSES.format("PA0001", "PA0002"), line("PA0001", 10, 17), line("PA0002", 18, 20)],
            id="it crosses",
        ),
        pytest.param(
            "offer. nobody",
            [CROSSES.format("PA0002", "PA0003"), line("PA0002", 31, 37), line("PA0003", 39, 45)],
            id="it crosses a paragraph",
        ),
        pytest.param(
            TEXT,
            [CROSSES.format("PA0001", "PA0003"), *(line(name, *span) for name, span in SPANS.items())],
            id="three passages",
        ),
        pytest.param(".", [line("PA0001", 16, 17), line("PA0002", 36, 37), line("PA0003", 57, 58)], id="a mark"),
    ],
)
def test_words_are_found(tables: Tables, words: str, lines: list[str]) -> None:
    assert find_words(TEXT, words, tables) == lines


def test_offsets_are_those_of_the_passages_also_in_a_saved_page(tables: Tables) -> None:
    page = f"Menu\n\n{TEXT[18:37]}\n{TEXT[:17]}\n"
    assert find_words(page, "offer", tables) == find_words(TEXT, "offer", tables)


def test_what_is_in_no_passage_is_told(tables: Tables) -> None:
    tables["passages"] = tables["passages"].filter(pl.col("passage_id") != "PA0002")
    assert find_words(TEXT, "new", tables) == ["# 27-30 is in no passage; add one"]


def not_that(passage: str, place: str) -> str:
    """Return what is said of a passage that is not what the text has at its place."""
    return (
        f"the sha256 of {passage} is not that of the text at {place}, so that no place there can be told; "
        f"mend {passage}, or give the whole text"
    )


@pytest.mark.parametrize(
    ("text", "words", "changed", "says"),
    [
        pytest.param(TEXT, "offer", {"sha256": "0" * 64}, not_that("PA0002", "18-37"), id="another checksum"),
        pytest.param(TEXT, "new", {"start_offset": 20}, not_that("PA0002", "20-37"), id="another place"),
        pytest.param(TEXT, "stands. It", {"sha256": "0" * 64}, not_that("PA0002", "18-37"), id="across the border"),
        pytest.param(f"{TEXT[:18]}\n{TEXT[39:]}", "stands. Nobody", {}, not_that("PA0002", "18-37"), id="a gap"),
    ],
)
def test_a_passage_that_is_not_what_the_text_has_is_named(
    tables: Tables, text: str, words: str, changed: dict[str, object], says: str
) -> None:
    second = pl.col("passage_id") == "PA0002"
    tables["passages"] = tables["passages"].with_columns(
        pl.when(second).then(pl.lit(value)).otherwise(name).alias(name) for name, value in changed.items()
    )
    with pytest.raises(ValueError, match=f"^{re.escape(says)}$"):
        find_words(text, words, tables)


def test_a_passage_that_is_not_what_the_text_has_is_no_matter_elsewhere(tables: Tables) -> None:
    changed = pl.when(pl.col("passage_id") == "PA0002").then(pl.lit("0" * 64)).otherwise("sha256")
    tables["passages"] = tables["passages"].with_columns(changed.alias("sha256"))
    assert find_words(TEXT, "stands", tables) == [line("PA0001", 10, 16)]


@pytest.mark.parametrize(
    ("text", "words", "says"),
    [
        (TEXT, "refer", f'"refer" is not in the text, which has 3 of 3 {MIND}'),
        (TEXT[:18], "new", f'"new" is not in the text, which has 1 of 3 {MIND}'),
        (TEXT, " ", "give the words to look for"),
        ("Another text.", "offer", "the text has 0 of 3 sentences of SO0001; it is another text, or was altered"),
    ],
)
def test_no_answer_says_why(tables: Tables, text: str, words: str, says: str) -> None:
    with pytest.raises(ValueError, match=f"^{re.escape(says)}$"):
        find_words(text, words, tables)


def test_broken_records_are_named(
    copy: Path, article: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    path = copy / place_of("source/passages.yaml")
    path.write_text(path.read_text("utf-8").replace("- passage_id: PA0003", '- passage_id: "PA0003', 1), "utf-8")
    (copy / "article.txt").write_text(article, "utf-8")
    monkeypatch.chdir(copy)
    assert main(["locate", "year", "--source", "article.txt"]) == 1
    out, err = capsys.readouterr()
    line = line_of("source/passages.yaml", "^- passage_id: PA0003$")
    assert out == ""
    assert err.startswith(f"{RECORDS}/source/passages.yaml:{line}: opens a quote that is never closed")
    assert err.endswith(
        "\nceasefire-talks: the records cannot be read, so that no place can be told; mend these lines first\n"
    )
