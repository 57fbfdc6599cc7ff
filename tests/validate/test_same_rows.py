"""`validate` names the rows that a build names: faults of every kind, in a corpus in parts, by both engines."""

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from ceasefire_talks import validate
from ceasefire_talks.build import Built
from ceasefire_talks.checks import cells as cell_checks
from ceasefire_talks.checks import check_tables, table_rules
from ceasefire_talks.checks import keys as key_checks
from ceasefire_talks.checks.table_rules import RULES
from ceasefire_talks.checks.text_rules import TEXT_RULES
from ceasefire_talks.declaration import Field, base_fields, row_id, rules_of
from ceasefire_talks.tables.derive import derive_columns
from ceasefire_talks.tables.tabulate import Tables, parse_cell, to_frame
from ceasefire_talks.validate import rows as row_checks
from ceasefire_talks.validate import validate_folder
from faulty import COPIES, TABLES, break_between, put_cases, sound_tables
from helpers import DECLARED, Case
from maintain.corpus import Plan, write_corpus
from maintain.faults import plant
from rule_cases import BETWEEN_ROWS, ROWS, where

pytestmark = pytest.mark.services  # a minute of work
Named = set[tuple[str, str, str, str]]  # table, rule, field, key
NOT_CARRIED = {  # they look at tables that no package has
    *("ballots_are_of_members", "council_is_whole", "numbers_run_from_one", "package_has_one_row"),
    "shares_fit_what_they_are_of",
}
ROUNDS = 4  # after all failing records at once: one of each rule that others have hidden


@pytest.fixture(scope="module")
def sound(built: Built) -> Tables:
    return sound_tables(built)


def read_corpus(folder: Path, kind: str) -> tuple[Tables, dict[tuple[str, int], set[str]], Named]:
    """Return the tables of a corpus as a build has them, the cells that it refuses, and what it says of them."""
    tables, refused, named = {name: to_frame(base_fields(table), []) for name, table in DECLARED.items()}, {}, set()
    for name, table in TABLES.items():
        rows = []
        for number, cells in enumerate(read_rows(folder / name, kind)):
            values, wrong = type_cells(name, cells)
            rows.append(values)
            refused[name, number] = wrong
            for field in base_fields(table):
                if field["name"] in wrong:
                    rule = "edtf" if field.get("edtf") else f"type {field['type']}"
                    named.add((name, rule, field["name"], row_id(table, cells)))
        tables[name] = to_frame(base_fields(table), rows)
    return tables, refused, named


def read_rows(folder: Path, kind: str) -> Iterator[dict[str, Any]]:
    for path in sorted(folder.iterdir()):
        if kind == "csv":
            with path.open(encoding="utf-8", newline="") as file:
                yield from ({name: text or None for name, text in row.items()} for row in csv.DictReader(file))
        else:
            yield from pl.read_parquet(path).iter_rows(named=True)


def type_cells(name: str, cells: dict[str, Any]) -> tuple[dict[str, Any], set[str]]:
    """Return the cells of a row as their types, and which are not of them."""
    values, wrong = dict(cells), set()
    for field in base_fields(TABLES[name]):
        value = cells[field["name"]]
        if isinstance(value, str):
            try:
                values[field["name"]] = parse_cell(field, value)
            except ValueError:
                values[field["name"]] = None
                wrong.add(field["name"])
    return values, wrong


def name_by_build(folder: Path, kind: str) -> Named:
    """Return what a build says of a corpus."""
    tables, refused, named = read_corpus(folder, kind)
    for found in check_tables(tables, DECLARED, where):
        if not refused.get((found.table, found.row), set()).intersection((found.field, *found.others)):
            key = row_id(DECLARED[found.table], tables[found.table].row(found.row, named=True))
            named.add((found.table, found.rule, found.field, key))
    known = {name: tables[name].to_dicts() for name in ("passages", "sources")}
    for name, table in TABLES.items():
        rows = tables[name].to_dicts()
        for number, (row, due) in enumerate(zip(rows, derive_columns(table, rows, known), strict=True)):
            for field in base_fields(table):
                column = field["name"]
                in_vain = is_sought_in_vain(field, row, known)
                of_wrong = "derived" in field and {column, field["derived"]["of"]} & refused[name, number]
                if row[column] != due[column] and not of_wrong and not in_vain:
                    named.add((name, "derived", column, row_id(table, row)))
    return named


def is_sought_in_vain(field: Field, row: dict[str, Any], known: dict[str, list[dict[str, Any]]]) -> bool:
    """Tell whether what a cell is derived from is not there, which is said of the reference."""
    by = field.get("derived", {}).get("by")
    if by not in ("passage_source", "text_link") or row[field["derived"]["of"]] is None:
        return False
    table, key = ("passages", "passage_id") if by == "passage_source" else ("sources", "source_id")
    return row[key] is None or row[key] not in {other[key] for other in known[table]}


def name_by_validate(folder: Path) -> Named:
    """Return what `validate` says of a corpus."""
    validated = validate_folder(folder, DECLARED)
    assert validated.problems == []
    assert all(breach.rows_in_all == len(breach.rows) for breach in validated.breaches)
    return {(breach.table, breach.rule, breach.field, row.key) for breach in validated.breaches for row in breach.rows}


@pytest.fixture
def all_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    """Show every row, and seek no ids that may be meant: of thousands that takes minutes."""
    for module in (validate.keys, validate.between, validate.derived, row_checks):
        monkeypatch.setattr(module, "MAX_PER_RULE", 10**6)
    for module in (cell_checks, key_checks, table_rules, validate.keys):
        monkeypatch.setattr(module, "nearest", lambda *_: "")


def one_of_each(cases: list[Case], rules: set[str], number: int) -> list[Case]:
    """Return a failing record of each rule, another one by the number."""
    failing = {rule: [case for case in cases if case["rule"] == rule and case["says"]] for rule in sorted(rules)}
    return [found[number % len(found)] for found in failing.values() if found]


def name_by_both(folder: Path, tables: Tables, plan: Plan) -> set[str]:
    """Return the rules that a corpus breaks, of which both name the same rows."""
    write_corpus(folder, tables, DECLARED, plan)
    by_build, by_validate = name_by_build(folder, plan.kind), name_by_validate(folder)
    assert sorted(by_build - by_validate) == []
    assert sorted(by_validate - by_build) == []
    return {rule for _, rule, _, _ in by_build}


@pytest.mark.usefixtures("all_shown")
@pytest.mark.parametrize("kind", ["csv", "parquet"])
def test_both_name_the_same_rows_by_themselves(sound: Tables, tmp_path: Path, kind: str) -> None:
    plan, cases, hidden = Plan(range(COPIES), 2, kind, seed=1), ROWS, needed_rules(kind)
    more = list(plant(sound, DECLARED, plan.copies, kind, plan.seed, 600))
    for number in range(ROUNDS):
        hidden -= name_by_both(tmp_path, sound, plan._replace(faults=[*put_cases(sound, cases), *more]))
        if not hidden:
            break
        cases, more = one_of_each(ROWS, hidden, number), []
    assert hidden == set()


@pytest.mark.usefixtures("all_shown")
def test_both_name_the_same_rows_between_tables(sound: Tables, tmp_path: Path) -> None:
    """Of one format: what stands between rows looks at cells that were read before."""
    plan, cases, hidden = Plan(range(2), 2, "parquet", seed=1), BETWEEN_ROWS, set(RULES) - NOT_CARRIED
    for number in range(ROUNDS):
        hidden -= name_by_both(tmp_path, break_between(sound, cases), plan)
        if not hidden:
            break
        cases = one_of_each(BETWEEN_ROWS, hidden, number)
    assert hidden == set()


def needed_rules(kind: str) -> set[str]:
    """Return the names of all that a row can break by itself, and what keys, references and derivations are told by."""
    fields = [field for table in TABLES.values() for field in table["fields"]]
    keywords = {keyword for field in fields for keyword in field.get("constraints", {})} - {"required", "unique"}
    types = {f"type {field['type']}" for field in fields} - {"type string"} if kind == "csv" else {"empty"}
    rules = {rule["name"] for table in TABLES.values() for rule in rules_of(table)}
    texts = {rule.name for rule in TEXT_RULES} - {"empty"}  # in CSV an empty text is a missing one
    named = {"not_nullable", "codes", "reference", "duplicate key", "edtf", "derived"}
    return named | keywords | types | rules | texts
