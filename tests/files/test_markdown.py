"""Texts of records in Markdown: a parser reads back what the record says, and sees no mark in it."""

from collections.abc import Iterator
from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from ceasefire_talks.build import Built
from ceasefire_talks.declaration import Field, Table
from ceasefire_talks.files.codebook import to_codebook
from ceasefire_talks.markdown import escape, table_row, without_html
from ceasefire_talks.records.metadata import Package
from ceasefire_talks.release.notes import to_notes
from ceasefire_talks.release.readme import to_readme
from ceasefire_talks.tables.tabulate import Tables
from maintain.readme import HEADS, list_talks

PARSER = MarkdownIt("commonmark").enable(["table", "strikethrough"])
PLAIN = "xyzzy"
TEXTS = [
    *("a|b", "|", "\\|", "\\", "a\\", "*a*", "**a**", "_a_", "__a__", "snake_case", "`a`", "``", "~~a~~", "~a~"),
    *("<b>a</b>", "<!-- a", "<https://a.b>", "a < b", "&amp;", "&#35;", "&lt;b&gt;", "R&D", "a & b;", "![a](b)"),
    *("[a](b)", "[a][b]", "[a]: b", "[ ] a", "[x] a", "# a", "#", "####### a", "#1", "> a", ">a", "- a", "-", "+ a"),
    *("* a", "---", "- - -", "===", "***", "___", "--", "1. a", "1) a", "2024. a", "1.5 a", "12.", "```", "~~~", "-1"),
    *("[2024-05-01..2024-05-02]", "2024-05-XX~/..", "a *b [c* d](e)", "a\\*b*c*", "\\<b>"),
]
CONTEXTS = {
    "a paragraph": "{}",
    "after words": "Word: {}",
    "an item": "- {}",
    "a heading": "# {}",
    "emphasis in an item": "- *a {}.* **b {}.** {}",
    "a cell": f"{table_row(['a', 'b'])}\n| --- | --- |\n{table_row(['{}', 'c {}'])}\n",
}


def flatten(tokens: list[Token]) -> Iterator[tuple[str, str]]:
    """Yield the kind and the text of each token, texts that touch each other as one."""
    text = ""
    for token in tokens:
        if token.type == "text":
            text += token.content
            continue
        if text:
            yield "text", text
            text = ""
        yield token.type, "" if token.children is not None else token.content + str(token.attrs)
        yield from flatten(token.children or [])
    if text:
        yield "text", text


def read(markdown: str) -> list[tuple[str, str]]:
    """Return what a parser sees in Markdown."""
    return list(flatten(PARSER.parse(markdown)))


@pytest.mark.parametrize("context", CONTEXTS.values(), ids=CONTEXTS)
@pytest.mark.parametrize("text", TEXTS)
def test_a_text_is_read_as_it_is(text: str, context: str) -> None:
    due = [(kind, seen.replace(PLAIN, text)) for kind, seen in read(context.replace("{}", PLAIN))]
    assert read(context.replace("{}", escape(text))) == due


@pytest.mark.parametrize("cell", ["`a|b`", "`a\\|b`", "a | **b**"])
def test_a_cell_that_is_markdown_keeps_its_marks_and_its_pipes(cell: str) -> None:
    row = read(f"| a | b |\n| --- | --- |\n{table_row([cell, 'c'])}\n")
    assert ("text", "c") in row
    assert any(kind in ("code_inline", "strong_open") for kind, _ in row)


def is_free(table: Table, field: Field) -> bool:
    """Tell whether a field holds what somebody wrote in words of their own."""
    limits = field.get("constraints", {})
    keys = {*table["primaryKey"], *(name for key in table.get("foreignKeys", []) for name in key["fields"])}
    return field["type"] == "string" and not ({"codes", "edtf"} & field.keys() or "pattern" in limits) and (
        field["name"] not in keys
    )  # fmt: skip


MARKDOWN = {("caveats", "text"), ("card", "answer")}  # these are written as Markdown


def put_before(built: Built, text: str) -> Tables:
    """Return the tables with a text before all that is free text."""
    return {
        name: frame.with_columns(
            (pl.lit(f"{text} ") + pl.col(field["name"])).alias(field["name"])
            for field in built.declared[name]["fields"]
            if is_free(built.declared[name], field) and (name, field["name"]) not in MARKDOWN
        )
        for name, frame in built.tables.items()
    }


def write_all(built: Built, about: Package, text: str) -> dict[str, str]:
    """Return all Markdown that is written, with a text before all that is free text."""
    tables = put_before(built, text)
    words = ("title", "description", "is_not", "licence_title", "author")
    prefixed: dict[str, Any] = {key: f"{text} {getattr(about, key)}" for key in words}
    package = about._replace(**prefixed)
    files: dict[str, Any] = dict(to_codebook(package, tables, built.declared))
    files["README.md"] = to_readme(package, built.declared).split(b"\n---\n")[1]
    files["notes.md"] = to_notes(package, tables, built.declared, None, None, "0")
    written = {name: content.decode("utf-8") for name, content in files.items()}
    head = next(head for head, rows in HEADS.items() if rows is list_talks)
    return written | {"talks of a README": head + list_talks(tables)}


KEPT = "**bold** and `a < b & c` and [a link](https://example.org/?a=1&b=2) and *more* at 5"


@pytest.mark.parametrize(
    ("markdown", "seen"),
    [
        pytest.param("<script>x</script> | &", "<script>x</script> | &", id="a script"),
        pytest.param("a &lt;b&gt; &amp; &#60;", "a &lt;b&gt; &amp; &#60;", id="entities"),
        pytest.param("<https://example.org>", "<https://example.org>", id="an address"),
        pytest.param("<!-- a --> <?b?> <![CDATA[c]]>", "<!-- a --> <?b?> <![CDATA[c]]>", id="other marks of HTML"),
        pytest.param("R&D & \\<b> \\&amp;", "R&D & <b> &amp;", id="escaped already"),
        pytest.param("\\\\<b>", "\\<b>", id="behind two backslashes"),
        pytest.param("\\`<b>\\`", "`<b>`", id="no code"),
        pytest.param("`<b>", "`<b>", id="a backtick alone"),
        pytest.param("``<b>`", "``<b>`", id="backticks that do not close"),
    ],
)
def test_html_in_markdown_is_read_as_text(markdown: str, seen: str) -> None:
    assert [text for kind, text in read(without_html(markdown)) if kind == "text"] == [seen]


def test_marks_and_code_in_markdown_are_kept() -> None:
    assert read(without_html(KEPT)) == read(KEPT)


@settings(max_examples=500)
@given(st.lists(st.sampled_from(["<b>", "`", "``", "\\", "&amp;", "a", " ", "\n", "\n\n", "\n- ", "<i", ">", "*"])))
def test_no_markdown_has_html(parts: list[str]) -> None:
    markdown = without_html("".join(parts))
    kinds = {kind for kind, _ in read(markdown)}
    assert not kinds & {"html_inline", "html_block"}, markdown


HTML_TEXT = "<script>x</script> | & &amp;"


def test_html_in_card_caveats_and_chapters_is_read_as_text(built: Built, about: Package) -> None:
    card = built.tables["card"].with_columns(pl.lit(HTML_TEXT).alias("answer"))
    package = about._replace(caveats=[HTML_TEXT], chapters=[HTML_TEXT])
    files: dict[str, bytes] = to_codebook(package, built.tables | {"card": card}, built.declared)
    files["README.md"] = to_readme(package, built.declared)
    due = {"data/codebook.md": 1, "data/coding.md": card.height + 1, "README.md": 1, "data/codes.md": 0}
    for name, content in files.items():
        seen = read(content.decode("utf-8"))
        assert not {kind for kind, _ in seen} & {"html_inline", "html_block"}, name
        assert sum(HTML_TEXT in text for kind, text in seen if kind == "text") == due[name], name


HOSTILE = "a|b <i>c</i> &amp; *d* __e__ `f` [g](h) ![i](j) ~~k~~ l\\ \\| <!-- m"


@pytest.mark.parametrize("start", ["", "# ", "- ", "> ", "1. ", "[ ] ", "| "])
def test_every_text_of_the_records_is_read_as_it_is(built: Built, about: Package, start: str) -> None:
    hostile = start + HOSTILE
    written, plain = write_all(built, about, hostile), write_all(built, about, PLAIN)
    for name, markdown in written.items():
        seen = read(markdown)
        due = [(kind, text.replace(f"{PLAIN} ", f"{hostile} ")) for kind, text in read(plain[name])]
        assert [pair for pair in zip(seen, due, strict=True) if pair[0] != pair[1]] == [], name
        assert any(hostile in text for _, text in seen), name
