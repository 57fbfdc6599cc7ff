"""The declaration: one Table Schema per table, in `schemas/*.yaml`, from which all else is derived.

A declared table is a Data Package v2 Table Schema with keywords of our own. On a table: `row` (what one row is),
`include` (what belongs in), `evidence` (its rows say where they were read), `parent` (its records may stand inside
those of that table), `view` (it is derived whole from other tables), `internal` (it is checked and not published as a
file). On a field: `codes` (the list its values come from), `unit` or `unitColumn`, `edtf` (the text is a date),
`verbatim` (the words are printed as they stand), `derived` (how the build computes it), `like` (the field of another
table that it repeats).
"""

from functools import cache
from pathlib import Path
from typing import Any

import yaml

Field = dict[str, Any]
Table = dict[str, Any]
Declaration = dict[str, Table]

GROUPS = {
    "Core tables": ("actors", "events", "demands", "mediators", "quotes"),
    "Tables around them": (
        "actor_names",
        "actor_identifiers",
        "event_actors",
        "quantities",
        "event_demands",
        "demand_conflicts",
        "mediator_ties",
        "leverage",
    ),
    "Where it was read": ("sources", "passages", "readings", "evidence"),
    "Codes": ("codes", "code_matches"),
    "Kept for the record": ("withdrawn", "unitizing", "agreement", "adjudications", "compatibility"),
    "Wide views": ("events_wide", "demands_wide", "mediators_wide", "quotes_wide"),
}

TABLE_KEYWORDS = {
    *("title", "row", "description", "include", "evidence", "parent", "view", "internal"),
    *("primaryKey", "uniqueKeys", "foreignKeys", "fields"),
}
FIELD_KEYWORDS = {
    *("name", "title", "description", "type", "example", "constraints"),
    *("codes", "unit", "unitColumn", "edtf", "verbatim", "derived", "like"),
}
CONSTRAINT_KEYWORDS = {"required", "unique", "pattern", "minimum", "maximum", "minLength", "maxLength"}
TYPES = {"string", "integer", "number", "boolean", "date"}


def read_declaration(folder: Path = Path(__file__).parent / "schemas") -> Declaration:
    """Read every declared table, in the order of publication; raise `ValueError` for a keyword nobody knows."""
    names = [name for group in GROUPS.values() for name in group]
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    declared = {name: yaml.load((folder / f"{name}.yaml").read_text("utf-8"), loader) for name in names}
    for name, table in declared.items():
        table["fields"] = [resolve_field(field, declared) for field in table["fields"]]
        refuse_unknown(name, table)
    return declared


@cache
def declaration() -> Declaration:
    """Return the declaration of this package, read once."""
    return read_declaration()


def resolve_field(field: Field, declared: Declaration) -> Field:
    """Return a field with what it repeats of the field named by `like` filled in; its own keywords win."""
    if "like" not in field:
        return field
    table, name = field["like"].split(".")
    model = next(other for other in declared[table]["fields"] if other["name"] == name)
    kept = {key: value for key, value in model.items() if key != "derived"}
    return kept | field


def refuse_unknown(name: str, table: Table) -> None:
    """Raise `ValueError` where a table, field or constraint uses a keyword or type that no derivation knows."""
    unknown = set(table) - TABLE_KEYWORDS
    for field in table["fields"]:
        unknown |= set(field) - FIELD_KEYWORDS
        unknown |= set(field.get("constraints", {})) - CONSTRAINT_KEYWORDS
        unknown |= {field["type"]} - TYPES
    if unknown:
        raise ValueError(f"schemas/{name}.yaml: unknown: {', '.join(sorted(unknown))}")


def field_names(table: Table) -> list[str]:
    """Return the names of a table's fields in schema order."""
    return [field["name"] for field in table["fields"]]


def is_required(field: Field) -> bool:
    """Tell whether a field must hold a value in every row."""
    return bool(field.get("constraints", {}).get("required"))


def published(declared: Declaration) -> Declaration:
    """Return the tables that are published as files."""
    return {name: table for name, table in declared.items() if not table.get("internal")}


def row_id(table: Table, row: dict[str, Any]) -> str:
    """Return the key of a row as one text: the values of its primary key, as far as it has them, joined by a slash."""
    values = [str(row[name]) for name in table["primaryKey"] if row.get(name) is not None]
    return "/".join(values) or "a row without key"
