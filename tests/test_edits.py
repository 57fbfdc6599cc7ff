"""To add a column, a table, a code, a picture or a format takes the edits that CONTRIBUTING names, and no other."""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

from ceasefire_talks.build import Built, build_tables, render
from ceasefire_talks.declaration import Declaration, read_declaration
from ceasefire_talks.exports import render_exports
from ceasefire_talks.files import Files
from ceasefire_talks.problems import report
from ceasefire_talks.records.metadata import read_package
from ceasefire_talks.validate import validate_folder
from ceasefire_talks.write import write_files
from helpers import RECORDS, ROOT, copy_records, place_of
from packages import copy_checkout

SCHEMAS = ROOT / "scripts" / "ceasefire_talks" / "declaration" / "schemas"


def declare(root: Path) -> Declaration:
    """Return the declaration with a column, a date and a table more."""
    shutil.copytree(SCHEMAS, root / "schemas")
    for table, lines in {"actors": MOTTO, "links": MEETING, "notes": NOTES}.items():
        with (root / "schemas" / f"{table}.yaml").open("a", encoding="utf-8") as file:
            file.write(lines)
    return read_declaration(root / "schemas")


def files_of(root: Path, built: Built) -> Files:
    """Return every built and exported file, which the checks find valid."""
    assert report(built.problems) == []
    package = read_package(root, built.tables)
    files = render(package, built.tables, built.declared)
    write_files(root, files)
    assert validate_folder(root, built.declared)[1:3] == ([], [])
    return files | render_exports(package, built.tables, built.declared)


def holding(files: Files, word: str) -> set[str]:
    return {name for name, content in files.items() if word.encode() in content}


MOTTO = "  - {name: motto, title: Motto, description: What it says of itself., type: string, example: x}\n"
MEETING = """
  - {name: met, title: Met, description: When., type: string, edtf: true, years: [2023, 2025],
     example: '2024-05-06'}
  - {name: met_first_day, title: x, description: x., type: date, derived: {by: first_day, of: met}, example: x}
  - {name: met_last_day, title: x, description: x., type: date, derived: {by: last_day, of: met}, example: x}
  - {name: met_basis, title: x, description: x., type: string, codes: date_basis, example: stated}
"""
NOTES = """
title: Notes on acts
group: more
order: 99
row: a note on an act
description: What somebody noted.
include: Every note.
primaryKey: [note_id]
foreignKeys:
  - {fields: [talk_id], reference: {fields: [talk_id], resource: talks}}
fields:
  - {name: note_id, title: Note, description: Its id., type: string, example: NO0001,
     constraints: {required: true, pattern: 'NO[0-9]{4}'}}
  - {name: talk_id, title: Talk, description: The act., type: string, example: TK0001, constraints: {required: true}}
  - {name: remark, title: Remark, description: The note., type: string, example: x, constraints: {required: true}}
"""


CODE = "per:\n  - {code: per_crossing, label: Per crossing, definition: For each crossing that is open.}\n"


def edited_link() -> str:
    """Return the id of the first link of the records."""
    text = (ROOT / place_of("talks/links.yaml")).read_text("utf-8")
    first = re.search(r"from_id: (\w+), relation: (\w+), to_id: (\w+)", text)
    assert first
    return "/".join(first.groups())


def edit_records(root: Path, link: str, note: str) -> None:
    """Put a date into the first link, a code into the code lists, and a note into a file of its own."""
    for file, old, new in (("talks/links.yaml", "}", f", {link}}}"), ("codes/codes.yaml", "per:\n", CODE)):
        text = (ROOT / place_of(file)).read_text("utf-8")
        (root / place_of(file)).write_text(text.replace(old, new, 1), "utf-8")
    (root / RECORDS / "talks" / "notes.yaml").write_text(f"- {note}\n", "utf-8")


def test_a_column_a_date_a_table_and_a_code_are_added_by_one_edit_each(built: Built, tmp_path: Path) -> None:
    root = copy_records(tmp_path)
    edit_records(root, "met: 2024-05-XX, met_basis: stated", "{note_id: NO0001, talk_id: TK0001, remark: Rare words}")
    edited = build_tables(root, declared=declare(root))
    files = files_of(root, edited)
    check_column(files)
    [row] = edited.tables["links"].drop_nulls("met").to_dicts()
    assert (str(row["met_first_day"]), str(row["met_last_day"])) == ("2024-05-01", "2024-05-31")
    check_table(files)
    assert edited.tables["codes"].height == built.tables["codes"].height + 1
    named = holding(files, "per_crossing")
    assert {"data/csv/audit/codes.csv", "data/schemas/talk_terms.json", "data/codes.md"} <= named
    assert ".vscode/records/talk_terms.json" in named


def check_column(files: Files) -> None:
    assert files["data/csv/actors.csv"].partition(b"\n")[0].endswith(b",motto")
    named = holding(files, "motto")
    assert {"data/parquet/actors.parquet", "data/schemas/actors.json", "data/codebook.md"} <= named
    assert ".vscode/records/actors.json" in named
    assert {f"ceasefire-talks.{kind}" for kind in ("sqlite", "metadata.json", "schema.sql")} <= named


def check_table(files: Files) -> None:
    assert files["data/csv/more/notes.csv"] == b"note_id,talk_id,remark\nNO0001,TK0001,Rare words\n"
    assert {"data/parquet/more/notes.parquet", "data/schemas/notes.json", ".vscode/records/notes.json"} <= set(files)
    resources = {item["name"]: item for item in json.loads(files["datapackage.json"])["resources"]}
    assert (resources["notes"]["rows"], resources["notes_parquet"]["rows"]) == (1, 1)
    assert b"### notes" in files["data/codebook.md"]
    assert b"Rare words" in files["ceasefire-talks.sqlite"]


def test_what_was_added_is_judged(tmp_path: Path) -> None:
    """A date without its basis, an id that does not match and a reference to nothing, without another edit."""
    root = copy_records(tmp_path)
    edit_records(root, "met: 2024-05-XX", "{note_id: NO1, talk_id: TK, remark: Rare words}")
    lines = report(build_tables(root, declared=declare(root)).problems)
    link, note = place_of("talks/links.yaml"), f"{RECORDS}/talks/notes.yaml"
    assert [line.partition("; did you")[0] for line in lines] == [
        f"{link}:1: {edited_link()}.met_basis: must be filled where met is, and only there",
        f'{note}:1: NO1.note_id: "NO1" must match "NO[0-9]{{4}}"',
        f'{note}:1: NO1.talk_id: "TK" is not in talks',
    ]


PICTURE = '''"""How many events there are."""

from matplotlib.figure import Figure

from ceasefire_talks.files.pictures.drawing import Theme, Words, draw_words, to_title
from ceasefire_talks.tables.tabulate import Tables

TITLE = "How many"


def draw(tables: Tables, theme: Theme, foot: str) -> Figure:
    return draw_words([to_title(TITLE), Words(speak(tables) + " " + foot)], theme)


def speak(tables: Tables) -> str:
    return f"{tables['events'].height} events."
'''
TSV = """FORMATS = {
    "tsv": Format(
        "text/tab-separated-values", lambda frame, table, about: frame.write_csv(separator="\\t").encode(), text=True
    ),
"""
RUN = """
import sys
from ceasefire_talks.cli import main
sys.exit(main(["build"]) or main(["build", "--check"]) or main(["check", "."]) or main(["validate", "."]))
"""


def replace(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert text.count(old) == 1, f"{old!r} in {path}"
    path.write_text(text.replace(old, new), "utf-8")


def test_a_picture_and_a_format_are_added_by_two_edits_each(built: Built, tmp_path: Path) -> None:
    root = copy_checkout(tmp_path / "checkout")
    files = root / "scripts" / "ceasefire_talks" / "files"
    (files / "pictures" / "counts.py").write_text(PICTURE, "utf-8")
    replace(
        files / "pictures" / "__init__.py",
        "import answers, demands, numbers",
        "import answers, counts, demands, numbers",
    )
    replace(files / "pictures" / "__init__.py", '= {"answers": answers,', '= {"counts": counts, "answers": answers,')
    replace(files / "__init__.py", "FORMATS = {\n", TSV)
    replace(root / "pyproject.toml", '"data/csv" = ', '"data/tsv" = "ceasefire_talks/_data/data/tsv"\n"data/csv" = ')
    (root / "data" / "tsv").mkdir()
    (root / "data" / "tsv" / ".talks.tsv.new").write_bytes(b"")
    environment = os.environ | {"PYTHONPATH": str(root / "scripts"), "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run(
        [sys.executable, "-c", RUN], cwd=root, env=environment, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert f"{built.tables['events'].height} events." in (root / "data" / "pictures" / "counts-dark.svg").read_text(
        "utf-8"
    )
    made = {path.relative_to(root / "data").as_posix() for path in (root / "data" / "tsv").rglob("*.*")}
    csvs = {path.relative_to(root / "data" / "csv") for path in (root / "data" / "csv").rglob("*.csv")}
    assert made == {f"tsv/{path.with_suffix('.tsv').as_posix()}" for path in csvs}
    resources = {item["name"]: item for item in json.loads((root / "datapackage.json").read_text("utf-8"))["resources"]}
    assert resources["talks_tsv"]["path"] == "data/tsv/talks.tsv"
