"""What the tests share: the checkout, its declaration, the cases kept as YAML, and places in the records."""

import csv
import re
import shutil
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest
import yaml

from ceasefire_talks.declaration import Declaration, Field, base_fields, published, read_declaration
from ceasefire_talks.files import data_path
from ceasefire_talks.tables.tabulate import Tables

ROOT = Path(__file__).parent.parent
RECORDS = "data/records"
MEASURED = "data/measured"
BESIDE = ("pyproject.toml", "REUSE.toml", "CHANGELOG.md")
DECLARED = read_declaration()
TABLES = list(published(DECLARED))
FIELDS = [(name, field["name"]) for name, table in DECLARED.items() for field in table["fields"]]
Case = dict[str, Any]
Edit = Callable[..., list[str]]
Check = Callable[..., tuple[int, list[str]]]


def copy_records(target: Path) -> Path:
    """Copy the records, and what else a build reads."""
    for folder in (RECORDS, MEASURED, "LICENSES"):
        shutil.copytree(ROOT / folder, target / folder)
    for name in BESIDE:
        shutil.copy(ROOT / name, target)
    return target


def read_cases(*paths: str) -> list[Case]:
    """Return the cases of files of YAML below this folder; what a case `says` is a list of lines."""
    cases: list[Case] = []
    for path in paths:
        found = yaml.safe_load((Path(__file__).parent / path).read_text("utf-8"))
        cases += ({**case, "says": [case["says"]] if isinstance(case["says"], str) else case["says"]} for case in found)
    return cases


def name_cases(cases: Iterable[Case], key: str) -> list[Any]:
    """Return cases as parameters of a test, each under its name."""
    return [pytest.param(case, id=str(case[key])) for case in cases]


def field_of(table: str, name: str) -> Field:
    """Return a declared field."""
    return next(field for field in DECLARED[table]["fields"] if field["name"] == name)


def place_of(file: str) -> str:
    """Return the path of a file of records from the root of the checkout, by its name or the end of its path."""
    found = [path for path in sorted((ROOT / "data").rglob("*")) if path.as_posix().endswith(f"/{file}")]
    found = [path for path in found if path.suffix not in (".json", ".csv") and path.parent.parent.name != "codings"]
    assert len(found) == 1, f"{file} names {len(found)} files; give more of its path"
    return found[0].relative_to(ROOT).as_posix()


def placed(line: str) -> str:
    """Return a line that begins with the name of a file of records with the path of the file instead."""
    file, _, rest = line.partition(":")
    return f"{place_of(file)}:{rest}"


def find(file: str, pattern: str) -> tuple[str, re.Match[str]]:
    """Return the text of a file of records and the first match in it."""
    text = (ROOT / place_of(file)).read_text("utf-8")
    match = re.search(pattern, text, re.MULTILINE)
    assert match, f"{pattern!r} is not in {file}"
    return text, match


def line_at(text: str, offset: int) -> int:
    """Return the line, from 1, of an offset in a text."""
    return text.count("\n", 0, offset) + 1


def line_of(file: str, pattern: str) -> int:
    """Return the line on which the first match of a pattern begins."""
    text, match = find(file, pattern)
    return line_at(text, match.start())


def without_views(tables: Tables, declared: Declaration) -> Tables:
    """Return the tables as the rules see them: without the columns that SQL adds."""
    return {
        name: frame.select(field["name"] for field in base_fields(declared[name])) for name, frame in tables.items()
    }


def read_table(name: str) -> list[dict[str, str]]:
    """Return the rows of a published CSV as texts."""
    with (ROOT / data_path(name, DECLARED[name], "csv")).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, strict=True))


def drawn(figure: Any) -> list[Any]:
    """Return what stands for a row of a table in a picture: it carries the row's id."""
    return [item for item in figure.findobj() if item.get_gid()]
