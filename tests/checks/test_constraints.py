"""Constraints, keys and references of the declaration: every one is broken once."""

from typing import Any

import polars as pl
import pytest

from ceasefire_talks.build import Built
from ceasefire_talks.checks.keys import check_keys, check_references
from ceasefire_talks.declaration import row_id
from ceasefire_talks.problems import shown
from helpers import DECLARED, field_of
from rule_cases import CONSTRAINTS, change, place, schema_lines, where, with_made_up


def break_limit(keyword: str, limit: Any, kind: str, codes: str) -> tuple[Any, str]:
    """Return a value that breaks a constraint, and what is said of it."""
    low, high = ("", "") if isinstance(limit, str | None) else (limit - 1, limit + 1)
    low, high = (float(low), float(high)) if kind == "number" and low != "" else (low, high)
    bad: dict[str, tuple[Any, str]] = {
        "required": (None, "is missing"),
        "pattern": ("? ? ? ? ?", f'"? ? ? ? ?" must match "{limit}"'),
        "codes": ("?", f'"?" is not a code of {codes}'),
        "minimum": (low, f'"{low}" must be at least {limit}'),
        "maximum": (high, f'"{high}" must be at most {limit}'),
    }
    if keyword in bad:
        return bad[keyword]
    words = "x" * (limit + 1)
    return words, f"{shown(words)} must have at most {limit} characters and has {len(words)}"


@pytest.mark.parametrize(("table", "name", "keyword"), CONSTRAINTS)
def test_constraint_of_a_field(built: Built, table: str, name: str, keyword: str) -> None:
    """Every constraint of every field is broken once, in the first row."""
    field = field_of(table, name)
    limit = field.get("constraints", {}).get(keyword)
    whole = with_made_up(built.tables)
    whole |= {table: whole[table] if table == "codes" else whole[table].head(20)}
    first = whole[table].row(0, named=True)
    value, sentence = break_limit(keyword, limit, field["type"], field.get("codes", ""))
    label = row_id(DECLARED[table], first | {name: value})
    tables = change(whole, {table: {row_id(DECLARED[table], first): {name: value}}})
    assert (keyword.replace("required", "not_nullable"), f"{label}.{name}: {sentence}") in schema_lines(tables, table)


KEYS = [
    (name, key)
    for name, table in DECLARED.items()
    for key in [
        table["primaryKey"],
        *table.get("uniqueKeys", []),
        *([field["name"]] for field in table["fields"] if field.get("constraints", {}).get("unique")),
    ]
]


@pytest.mark.parametrize(("name", "key"), KEYS)
def test_key_stands_once(built: Built, name: str, key: list[str]) -> None:
    """The second row takes over the key of the first."""
    whole = with_made_up(built.tables)
    table, rows = DECLARED[name], whole[name].to_dicts()
    rows[1:2] = [(rows[1] if len(rows) > 1 else rows[0]) | {column: rows[0][column] for column in key}]
    tables = whole | {name: pl.DataFrame(rows, schema=whole[name].schema)}
    which = f"{', '.join(key)} " if len(key) > 1 else ""
    values = shown("/".join(str(rows[0][column]) for column in key))
    found = place(check_keys(tables, DECLARED, where))
    message = f"{row_id(table, rows[1])}.{key[-1]}: {which}{values} stands at {name}.csv:2 too; "
    [problem] = [problem for problem in found if problem.place == f"{name}.csv:3"]
    assert problem.rule == "duplicate key"
    assert problem.message.startswith(message)


REFERENCES = [
    (name, key["fields"], key["reference"]["resource"])
    for name, table in DECLARED.items()
    for key in table.get("foreignKeys", [])
]


@pytest.mark.parametrize(("name", "fields", "target"), REFERENCES)
def test_reference_is_there(built: Built, name: str, fields: list[str], target: str) -> None:
    row = built.tables[name].row(0, named=True)
    cells = dict.fromkeys(fields, "?")
    tables = change(built.tables, {name: {row_id(DECLARED[name], row): cells}})
    found = [finding.message for finding in check_references(tables, DECLARED, ())]
    values = "/".join(cells.values())
    assert f'{row_id(DECLARED[name], row | cells)}.{fields[-1]}: "{values}" is not in {target}' in found
