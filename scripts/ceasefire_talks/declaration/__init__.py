"""What a table is: one Table Schema per table, in `schemas/*.yaml`, from which all else is derived.

A declared table is a Data Package v2 Table Schema with keywords of our own. On a table: `group` and `order` (where it
is published, and in which order), `row` (what one row is), `include` (what belongs in), `evidence` (its rows say where
they were read), `parent` (its records may stand inside those of that table), `searched` (columns of the full-text
search), `agreement` (how two codings of it are matched: by spans, or by the rows that they join), `may_be_empty`,
`quoted` (some of its cells are words of others, which are not ours to license), `rules` (what must hold within a row,
in SQL). On a field: `codes` (the list its values come from), `unit` or `unitColumn`, `edtf` (the text is a date),
`years` (the first and the last that a date may lie in), `joined` (it stands in joined cells), `format` (`uri`: an
address), `derived` (how the build computes it; by `view`: in SQL), `identifying` (it says which thing the row is: where
all such fields of an id have changed from one release to the next, the id was used again), `points` (it names a row of
any table, or the table: the rule between rows that says where there is none).

Families are derived from the fields that are there: a date with its bounds, its basis and its years, a caveat with its
source, a span, two bounds, two actors, a count; so are the limits of a text that has none of its own.
"""

from functools import cache
from pathlib import Path
from typing import Any, Literal, NotRequired, TypedDict

import yaml

from ceasefire_talks.declaration.rules import Rule, family_rules, refuse_foreign
from ceasefire_talks.declaration.types import TYPES

Group = Literal["main", "more", "audit", "internal"]
GROUPS: dict[Group, str] = {
    "main": "Main tables",
    "more": "Tables around them",
    "audit": "Where it comes from",
    "internal": "Checked and not published",
}


class Field(TypedDict):
    """A declared field."""

    name: str
    title: str
    description: str
    type: str
    example: Any
    constraints: NotRequired[dict[str, Any]]
    codes: NotRequired[str]
    unit: NotRequired[str]
    unitColumn: NotRequired[str]
    edtf: NotRequired[bool]
    years: NotRequired[list[int]]
    joined: NotRequired[bool]
    format: NotRequired[Literal["uri"]]
    derived: NotRequired[dict[str, str]]
    identifying: NotRequired[bool]
    points: NotRequired[str]


class Reference(TypedDict):
    """Where a foreign key points."""

    resource: str
    fields: list[str]


class Key(TypedDict):
    """A foreign key."""

    fields: list[str]
    reference: Reference


class Table(TypedDict):
    """A declared table."""

    title: str
    group: Group
    order: int
    row: str
    description: str
    include: str
    evidence: NotRequired[bool]
    parent: NotRequired[str]
    searched: NotRequired[list[str]]
    agreement: NotRequired[Literal["spans", "rows"]]
    may_be_empty: NotRequired[bool]
    quoted: NotRequired[bool]
    primaryKey: list[str]
    uniqueKeys: NotRequired[list[list[str]]]
    foreignKeys: NotRequired[list[Key]]
    rules: NotRequired[list[Rule]]
    fields: list[Field]


Declaration = dict[str, Table]

CONSTRAINT_KEYWORDS = {"required", "unique", "pattern", "minimum", "maximum", "maxLength"}
ADDRESS = "https?://[A-Za-z0-9.-]+(:[0-9]+)?([/?#][!-~]*)?"
SHORT, LONG, JOINED = 100, 1_000, 8_000  # characters of a name or id, of our own words, of what SQL joins or composes


def read_declaration(folder: Path = Path(__file__).parent / "schemas") -> Declaration:
    """Read every declared table, in the order of publication; raise `ValueError` for a keyword nobody knows."""
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    declared = {path.stem: yaml.load(path.read_text("utf-8"), loader) for path in sorted(folder.glob("*.yaml"))}
    for name, table in declared.items():
        refuse_unknown(name, table)
        refuse_half_family(name, table)
        refuse_wide_references(name, table)
        for field in table["fields"]:
            field["constraints"] = field.get("constraints", {}) | implied_limits(table, field)
        for rule in table.get("rules", []):
            refuse_foreign(name, rule, field_names(table))
    return dict(sorted(declared.items(), key=lambda item: by_group(item[1])))


@cache
def declaration() -> Declaration:
    """Return the declaration of this package, read once."""
    return read_declaration()


def by_group(table: Table) -> tuple[int, int]:
    """Return what sorts tables in the order of publication."""
    return list(GROUPS).index(table["group"]), table["order"]


def refuse_unknown(name: str, table: Table) -> None:
    """Raise `ValueError` where a table, field or constraint uses a keyword or type that no derivation knows."""
    unknown = set(table) - set(Table.__annotations__)
    unknown |= {table["group"]} - set(GROUPS)
    for field in table["fields"]:
        unknown |= set(field) - set(Field.__annotations__)
        unknown |= set(field.get("constraints", {})) - CONSTRAINT_KEYWORDS
        unknown |= {field["type"]} - set(TYPES)
        unknown |= {field.get("format", "uri")} - {"uri"}
    if unknown:
        raise ValueError(f"schemas/{name}.yaml: unknown: {', '.join(sorted(unknown))}")


def refuse_half_family(name: str, table: Table) -> None:
    """Raise `ValueError` where a date lacks its bounds or its years, a caveat its source, or a span its end."""
    names = set(field_names(table))
    dates = [field["name"] for field in table["fields"] if field.get("edtf")]
    needed = {f"{date}_{bound}" for date in dates for bound in ("first_day", "last_day")}
    needed |= {"caveat_source_id"} if "caveat" in names else set()
    needed |= {"start_offset", "end_offset"} if names & {"start_offset", "end_offset"} else set()
    for field in table["fields"]:
        if (field.get("edtf") or field["type"] == "date") and not {"years", "derived"} & set(field):
            needed.add(f"years of {field['name']}")
    if needed - names:
        raise ValueError(f"schemas/{name}.yaml: missing: {', '.join(sorted(needed - names))}")


def refuse_wide_references(name: str, table: Table) -> None:
    """Raise `ValueError` where a reference is of several fields, which no check of references knows."""
    for key in table.get("foreignKeys", []):
        if len(key["fields"]) != 1:
            raise ValueError(f"schemas/{name}.yaml: {', '.join(key['fields'])}: a reference is of one field")


def rules_of(table: Table) -> list[Rule]:
    """Return the rules on a row of a table: those of its families of fields, and its own."""
    return [*family_rules(table), *table.get("rules", [])]


def implied_limits(table: Table, field: Field) -> dict[str, Any]:
    """Return the constraints that follow from what a text is: how long it may be, and how an address is written."""
    if field["type"] != "string" or "codes" in field:
        return {}
    limits = field.get("constraints", {})
    address = {"pattern": ADDRESS} if field.get("format") == "uri" else {}
    return {**address, "maxLength": limits.get("maxLength", longest_text(table, field))}


def longest_text(table: Table, field: Field) -> int:
    """Return how many characters a text may have by default: few where it names, points or has a pattern."""
    foreign = (key["fields"] for key in table.get("foreignKeys", []))
    keys = [table["primaryKey"], *table.get("uniqueKeys", []), *foreign]
    if any(field["name"] in key for key in keys) or field.get("edtf") or "pattern" in field.get("constraints", {}):
        return SHORT
    return JOINED if "derived" in field else LONG


def field_names(table: Table) -> list[str]:
    """Return the names of a table's fields in schema order."""
    return [field["name"] for field in table["fields"]]


def base_fields(table: Table) -> list[Field]:
    """Return the fields of a table without those that SQL adds at the end."""
    return [field for field in table["fields"] if field.get("derived", {}).get("by") != "view"]


def has_span(table: Table) -> bool:
    """Tell whether a row of the table is, or has, a stretch of a source's text."""
    return "start_offset" in field_names(table)


def unique_keys(table: Table) -> list[list[str]]:
    """Return the columns that no two rows may share beside the primary key: declared of the table, or of a field."""
    fields = [[field["name"]] for field in table["fields"] if field.get("constraints", {}).get("unique")]
    return table.get("uniqueKeys", []) + fields


def keys_of(table: Table) -> list[list[str]]:
    """Return the keys of a table, the primary one first."""
    return [table["primaryKey"], *unique_keys(table)]


def is_required(field: Field) -> bool:
    """Tell whether a field must hold a value in every row."""
    return bool(field.get("constraints", {}).get("required"))


def is_coded(field: Field) -> bool:
    """Tell whether a field holds codes that somebody chose."""
    return "codes" in field and "derived" not in field


def published(declared: Declaration) -> Declaration:
    """Return the tables that are published as files."""
    return {name: table for name, table in declared.items() if table["group"] != "internal"}


def row_id(table: Table, row: dict[str, Any]) -> str:
    """Return the key of a row as one text: the values of its primary key, as far as it has them, joined by a slash."""
    values = [str(row[name]) for name in table["primaryKey"] if row.get(name) is not None]
    return "/".join(values) or "a row without key"
