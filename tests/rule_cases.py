"""What the tests of the rules share: the cases, tables with some cells changed, and the place of a row."""

import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import polars as pl
import yaml

from ceasefire_talks.checks.cells import check_cells
from ceasefire_talks.declaration import row_id
from ceasefire_talks.problems import Finding, Problem
from ceasefire_talks.tables.codes import code_lists
from ceasefire_talks.tables.tabulate import Tables
from helpers import DECLARED, read_cases

Changes = dict[str, dict[str, dict[str, Any] | None]]  # table -> row id -> column -> new value
EVIDENCE = "events/EV0001/SO0001/PA0001/18/51"
FOLDER = Path(__file__).parent / "checks"
ROWS = read_cases("checks/rows.yaml", "checks/edges_of_rows.yaml")
BETWEEN_ROWS = read_cases("checks/between_rows.yaml", "checks/edges_between_rows.yaml")
TEXT = read_cases("checks/text.yaml")
TEXTS = read_cases("checks/texts.yaml")
MADE_UP: dict[str, list[dict[str, Any]]] = yaml.safe_load((FOLDER / "made_up.yaml").read_text("utf-8"))
CONSTRAINTS = [
    (name, field["name"], keyword)
    for name, table in DECLARED.items()
    for field in table["fields"]
    for keyword in [*field.get("constraints", {}), *(["codes"] if "codes" in field else [])]
    if keyword != "unique"
]


def where(table: str, row: int, field: str) -> str:
    """Return the place of a row as if it stood in a CSV file."""
    return f"{table}.csv:{row + 2}"


def place(findings: Iterable[Finding]) -> list[Problem]:
    """Return findings with the places of their rows."""
    return [Problem(where(found.table, found.row, found.field), found.rule, found.message) for found in findings]


def change(tables: Tables, changes: Changes) -> Tables:
    """Return the tables with some cells of some rows changed, or some rows taken out."""
    changed = dict(tables)
    for name, rows in changes.items():
        values = tables[name].to_dicts()
        for key, cells in rows.items():
            wanted = EVIDENCE if key == "EVIDENCE" else key
            row = next(row for row in values if row_id(DECLARED[name], row) == wanted)
            if cells is None:
                values.remove(row)
            else:
                row.update(cells)
        changed[name] = pl.DataFrame(values, schema=tables[name].schema)
    return changed


def with_made_up(tables: Tables) -> Tables:
    """Return the tables with the rows that are made up for the tests."""
    more = {
        name: pl.DataFrame([dict.fromkeys(tables[name].columns) | row for row in rows], schema=tables[name].schema)
        for name, rows in MADE_UP.items()
    }
    return tables | {name: pl.concat([tables[name], frame]) for name, frame in more.items()}


def with_rows(tables: Tables, **rows: list[dict[str, Any]]) -> Tables:
    """Return tables in which some have these rows alone; cells that are not named are empty."""
    made = {name: pl.DataFrame(found, schema=tables[name].schema) for name, found in rows.items()}
    return dict(tables) | made


def schema_lines(tables: Tables, name: str) -> list[tuple[str, str]]:
    """Return the rules that a table breaks by itself, each with what is said."""
    codes = code_lists(tables["codes"])
    found = check_cells(name, tables[name], DECLARED[name], codes)
    return sorted((finding.rule, finding.message) for finding in found)


def fill(lines: list[str], tables: Tables) -> list[str]:
    """Put the place of a row for its key between braces, and for {codes} the key of the first code."""

    def fill_in(found: re.Match[str]) -> str:
        ids = [row_id(DECLARED[found[1]], row) for row in tables[found[1]].iter_rows(named=True)]
        return where(found[1], ids.index(EVIDENCE if found[2] == "EVIDENCE" else found[2]), "")

    first = row_id(DECLARED["codes"], tables["codes"].row(0, named=True))
    return [re.sub(r"^(\w+)\.csv:\{(.+?)\}", fill_in, line).replace("{codes}", first) for line in lines]
