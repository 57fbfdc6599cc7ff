"""Faults of a corpus: how each keyword of the declaration is broken, and in which rows."""

import random
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from ceasefire_talks.declaration import Declaration, Field, Table, base_fields, field_names, published
from ceasefire_talks.declaration.rules import family_rules, pairs_of_bounds
from ceasefire_talks.tables.tabulate import Tables
from maintain.templates import make_templates, mark_rows

WRONG = {  # by the keyword of a constraint
    "required": "NULL",
    "unique": "(SELECT max({column}) FROM template)",
    "pattern": "{cell} || '!'",
    "minimum": "({limit} - 1)::VARCHAR",
    "maximum": "({limit} + 1)::VARCHAR",
    "maxLength": "repeat('x', {limit} + 1)",
}
WRONG_BY = {  # by the keyword of a field
    "codes": "'no_such_code'",
    "edtf": "'2023-10'",
    "years": "'1850-01-01'",
    "joined": "{cell} || ';'",
    "format": "{cell} || '#'",
    "unitColumn": "({cell}::DOUBLE + 0.5)::VARCHAR",
}
TOGETHER = ("date_has_basis", "caveat_names_source")  # rules of two cells, filled both or neither
TEXTS = ["{cell} || ' '", "'=' || {cell}", "{cell} || chr(8203)", "'e' || chr(769) || {cell}"]


class Fault(NamedTuple):
    """A cell of a copy that is set wrong by an expression of SQL; without a column, the row is there twice."""

    table: str
    copy: int
    row: int
    column: str = ""
    wrong: str = ""


def plant(
    tables: Tables, declared: Declaration, copies: Sequence[int], kind: str, seed: int, count: int
) -> Iterator[Fault]:
    """Yield so many faults of the kinds that the declaration knows, in rows of copies drawn by the seed."""
    chance = random.Random(seed)
    kinds = list(list_kinds(declared, kind))
    chance.shuffle(kinds)
    templates = make_templates(tables, declared, seed)
    marked = {name: mark_rows(name, frame, declared[name]) for name, frame in templates.items()}
    for number in range(count):
        name, column, wrong = kinds[number % len(kinds)]
        rows = marked[name].filter("is_copied")
        if rows.height:
            yield Fault(name, chance.choice(copies), chance.choice(rows["_n"].to_list()), column, wrong)


def list_kinds(declared: Declaration, kind: str) -> Iterator[tuple[str, str, str]]:
    """Yield, of every field of a table, how each of its keywords is broken, and what holds of its family."""
    for name, table in published(declared).items():
        yield name, "", ""
        pointers = {field for key in table.get("foreignKeys", []) for field in key["fields"]}
        for field in base_fields(table):
            broken = [*break_keywords(field), *break_family(field, table)]
            broken += ["'nowhere'"] if field["name"] in pointers else []
            broken += ["'1999-12-31'"] if "derived" in field and field["type"] == "date" else []
            broken += TEXTS if field["type"] == "string" else []
            broken += ["'x'"] if kind == "csv" and field["type"] != "string" else []
            yield from ((name, field["name"], wrong) for wrong in broken)


def break_keywords(field: Field) -> Iterator[str]:
    """Yield how each constraint and keyword of a field is broken."""
    limits = field.get("constraints", {})
    for keyword, wrong in WRONG.items():
        if keyword in limits:
            yield wrong.format(limit=limits[keyword], column=field["name"], cell="{cell}")
    yield from (wrong for keyword, wrong in WRONG_BY.items() if keyword in field)


def break_family(field: Field, table: Table) -> Iterator[str]:
    """Yield how the two bounds of a thing, and two cells of which none is filled alone, are broken."""
    pairs = [*pairs_of_bounds(field_names(table)), ("start_offset", "end_offset")]
    yield from (f"({low} - 1)::VARCHAR" for low, high in pairs if high == field["name"])
    yield from ("NULL" for rule in family_rules(table) if rule["name"] in TOGETHER and rule["field"] == field["name"])
