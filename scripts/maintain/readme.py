"""The snippets of the README: `python scripts/maintain/readme.py` runs them and writes what they print into it.

What else is derived in the README is written too: the table of tables, the alternative texts, the citation.
"""

import html
import re
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

import ceasefire_talks as ct
from ceasefire_talks.build import build_tables
from ceasefire_talks.declaration import declaration, published
from ceasefire_talks.exports import render_exports
from ceasefire_talks.files.pictures import PICTURES
from ceasefire_talks.records.metadata import read_package
from ceasefire_talks.tables.tabulate import Tables

ROOT = Path(__file__).parents[2]
README = ROOT / "README.md"
SNIPPET = re.compile(r"```(python|sqlite|r|js)\n(.*?)```\n\n```text\n(.*?)```", re.DOTALL)


class Snippet(NamedTuple):
    """A snippet of the README: its language, its code, and what it says that it prints."""

    language: str
    code: str
    printed: str


def read_snippets() -> list[Snippet]:
    """Return the snippets of the README that say what they print."""
    return [Snippet(*found) for found in SNIPPET.findall(README.read_text("utf-8"))]


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


def run_sqlite(code: str) -> str:
    """Return what the SQLite shell prints for a query of the exported database."""
    built = build_tables(ROOT)
    with sqlite3.connect(":memory:") as connection:
        exports = render_exports(read_package(ROOT, built.tables), built.tables, built.declared)
        connection.deserialize(exports["ceasefire-talks.sqlite"])
        rows = connection.execute(code).fetchall()
    connection.close()
    return "".join("|".join(map(str, row)) + "\n" for row in rows)


def list_tables(tables: Tables) -> str:
    """Return the table of tables: what one row is, and how many there are."""
    lines = ["| table | one row is | rows |", "| --- | --- | ---: |"]
    for name, table in published(declaration()).items():
        lines.append(f"| `{name}` | {table['row']} | {tables[name].height} |")
    return "\n".join(lines)


def rewrite(text: str) -> str:
    """Return the README with what is derived put in: table of tables, alternative texts, citation, printed output."""
    tables = build_tables(ROOT).tables
    text = put_between(text, "## What is in it\n\n", list_tables(tables), "\n\nEach table is")
    text = put_between(text, "version you used:\n\n```text\n", str(ct.cite()), "\n```")
    for name, picture in PICTURES.items():
        text = put_between(text, f'{name}-light.svg" width="480" alt="', html.escape(picture.speak(tables)), '">')
    return SNIPPET.sub(print_snippet, text)


def put_between(text: str, before: str, new: str, after: str) -> str:
    """Return a text with what stands between two marks replaced."""
    start = text.index(before) + len(before)
    return text[:start] + new + text[text.index(after, start) :]


def print_snippet(found: re.Match[str]) -> str:
    """Return a snippet as the README has it, with what it prints now."""
    snippet = Snippet(*found.groups())
    return f"```{snippet.language}\n{snippet.code}```\n\n```text\n{run_snippet(snippet)}```"


def main() -> None:
    """Run every snippet and write the README."""
    if not shutil.which("Rscript"):
        raise SystemExit("R is needed to run the snippets")
    README.write_text(rewrite(README.read_text("utf-8")), "utf-8")


if __name__ == "__main__":
    main()
