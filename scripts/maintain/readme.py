"""The snippets of both READMEs: `python scripts/maintain/readme.py` runs them and writes what they print into them.

What else is derived there is written too: rows of talks, files, the table of tables, alternative texts, the citation.
"""

import html
import re
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import NamedTuple

import ceasefire_talks as ct
from ceasefire_talks.build import Built, build_tables
from ceasefire_talks.declaration import declaration, published
from ceasefire_talks.exports import render_exports
from ceasefire_talks.files.pictures import PICTURES
from ceasefire_talks.files.workbook.front import pick_talks
from ceasefire_talks.markdown import escape, table_row
from ceasefire_talks.records.metadata import read_package
from ceasefire_talks.tables.tabulate import Tables

ROOT = Path(__file__).parents[2]
PAGES = (ROOT / "README.md", ROOT / "data" / "README.md")
FILES = {
    "data/explorer.html": "a page to read, filter, link and cite in, without a network: open this first",
    "data/ceasefire-talks.xlsx": "all tables as a workbook",
    "data/csv/talks.csv": "the talks; all tables are in `data/csv/` and, with types, in `data/parquet/`",
}
SNIPPET = re.compile(r"```(python|sqlite|r|js)\n(.*?)```\n\n```text\n(.*?)```", re.DOTALL)


class Snippet(NamedTuple):
    """A snippet of a README: its language, its code, and what it says that it prints."""

    language: str
    code: str
    printed: str


def read_snippets() -> list[Snippet]:
    """Return the snippets of both READMEs that say what they print."""
    return [Snippet(*found) for page in PAGES for found in SNIPPET.findall(page.read_text("utf-8"))]


def run_snippet(snippet: Snippet) -> str:
    """Return what a snippet prints when it is run in the folder of the package."""
    if snippet.language == "sqlite":
        return run_sqlite(snippet.code)
    with tempfile.TemporaryDirectory() as folder:
        script = Path(folder) / "snippet.mjs"
        script.write_text(snippet.code, "utf-8")
        if snippet.language == "js":
            (script.parent / "node_modules").symlink_to(ROOT / "tests" / "readers" / "node_modules")
        program = {"python": [sys.executable], "r": ["Rscript"], "js": ["node"]}[snippet.language]
        done = subprocess.run([*program, str(script)], cwd=ROOT, capture_output=True, text=True, check=True)
    return "\n".join(line.rstrip() for line in done.stdout.strip("\n").split("\n")) + "\n"


@cache
def read_records() -> Built:
    """Return the tables of the checkout, built once for both READMEs."""
    return build_tables(ROOT)


def run_sqlite(code: str) -> str:
    """Return what the SQLite shell prints for a query of the exported database."""
    built = read_records()
    with sqlite3.connect(":memory:") as connection:
        exports = render_exports(read_package(ROOT, built.tables), built.tables, built.declared)
        connection.deserialize(exports["ceasefire-talks.sqlite"])
        rows = connection.execute(code).fetchall()
    connection.close()
    return "".join("|".join(map(str, row)) + "\n" for row in rows)


def list_tables(tables: Tables) -> str:
    """Return the rows of the table of tables: what one row is, and how many there are."""
    return "\n".join(
        table_row([f"`{name}`", table["row"], str(tables[name].height)])
        for name, table in published(declaration()).items()
    )


def list_files(_: Tables) -> str:
    """Return the rows of the table of files, with their sizes."""
    sizes = {path: (ROOT / path).stat().st_size / 1000 for path in FILES}
    return "\n".join(table_row([f"[{path}]({path})", f"{sizes[path]:.0f} kB", what]) for path, what in FILES.items())


def list_talks(tables: Tables) -> str:
    """Return the rows of `talks` that the workbook shows first."""
    return "\n".join(table_row(map(escape, row)) for row in pick_talks(tables).drop("talk_id").iter_rows())


def rewrite(text: str) -> str:
    """Return a README with what is derived put in: the tables, alternative texts, citation, printed output."""
    tables = read_records().tables
    for head, rows in HEADS.items():
        if head in text:
            text = put_between(text, head, rows(tables), "\n\n")
    if CITED in text:
        text = put_between(text, CITED, str(ct.cite()), "\n```")
    for name, picture in PICTURES.items():
        if (mark := f'{name}-light.svg" width="480" alt="') in text:
            text = put_between(text, mark, html.escape(picture.speak(tables)), '">')
    return SNIPPET.sub(print_snippet, text)


CITED = "## Cite it\n\n```text\n"
HEADS: dict[str, Callable[[Tables], str]] = {
    "| table | one row is | rows |\n| --- | --- | ---: |\n": list_tables,
    "| file | size | what it is |\n| --- | ---: | --- |\n": list_files,
    f"| date | who | kind | answer | told by | strength | title |\n|{' --- |' * 7}\n": list_talks,
}


def put_between(text: str, before: str, new: str, after: str) -> str:
    """Return a text with what stands between two marks replaced."""
    start = text.index(before) + len(before)
    return text[:start] + new + text[text.index(after, start) :]


def print_snippet(found: re.Match[str]) -> str:
    """Return a snippet as its README has it, with what it prints now."""
    snippet = Snippet(*found.groups())
    return f"```{snippet.language}\n{snippet.code}```\n\n```text\n{run_snippet(snippet)}```"


def main() -> None:
    """Run every snippet and write both READMEs."""
    if not shutil.which("Rscript"):
        raise SystemExit("R is needed to run the snippets")
    for page in PAGES:
        page.write_text(rewrite(page.read_text("utf-8")), "utf-8")


if __name__ == "__main__":
    main()
