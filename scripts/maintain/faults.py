"""Faults of a corpus: how each keyword of the declaration is broken, and in which rows."""

import random
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from ceasefire_talks.declaration import Declaration, base_fields, published
from ceasefire_talks.tables.tabulate import Tables
from maintain.templates import make_templates, mark_rows

WRONG = {
    "required": "NULL",
    "pattern": "{cell} || '!'",
    "minimum": "({limit} - 1)::VARCHAR",
    "maximum": "({limit} + 1)::VARCHAR",
    "maxLength": "repeat('x', {limit} + 1)",
}
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
    """Yield, of every field of a table, how each of its keywords is broken."""
    for name, table in published(declared).items():
        yield name, "", ""
        pointers = {field for key in table.get("foreignKeys", []) for field in key["fields"]}
        for field in base_fields(table):
            limits = field.get("constraints", {})
            broken = [
                wrong.format(limit=limits[keyword], cell="{cell}")
                for keyword, wrong in WRONG.items()
                if keyword in limits
            ]
            broken += ["'no_such_code'"] if "codes" in field else []
            broken += ["'2023-10'"] if field.get("edtf") else []
            broken += ["'nowhere'"] if field["name"] in pointers else []
            broken += ["'1999-12-31'"] if "derived" in field and field["type"] == "date" else []
            broken += TEXTS if field["type"] == "string" else []
            broken += ["'x'"] if kind == "csv" and field["type"] != "string" else []
            yield from ((name, field["name"], wrong) for wrong in broken)
