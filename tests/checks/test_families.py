"""The rules that follow from which fields a table has: a new date, caveat or span is judged without another edit."""

from typing import Any, cast

import polars as pl

from ceasefire_talks.declaration import Field, Table, field_names, rules_of
from ceasefire_talks.declaration.rules import family_rules
from helpers import DECLARED

FAMILIES = {
    "events": {"date_has_basis": "date_basis", "caveat_names_source": "caveat_source_id"},
    "claims": {"caveat_names_source": "caveat_source_id"},
    "demands": {"date_has_basis": "held_basis", "caveat_names_source": "caveat_source_id"},
    "mediators": {"date_has_basis": "period_basis", "caveat_names_source": "caveat_source_id"},
    "leverage": {"date_has_basis": "period_basis", "caveat_names_source": "caveat_source_id"},
    "quantities": {"caveat_names_source": "caveat_source_id"},
    "passages": {"span_runs_forward": "end_offset"},
    "readings": {"span_runs_forward": "end_offset"},
    "evidence": {"span_runs_forward": "end_offset"},
}


def test_derived_families_are_as_listed() -> None:
    found = {
        name: {rule["name"]: rule["field"] for rule in family_rules(field_names(table), dates_of(table))}
        for name, table in DECLARED.items()
    }
    assert {name: rules for name, rules in found.items() if rules} == FAMILIES


def dates_of(table: Table) -> list[str]:
    return [field["name"] for field in table["fields"] if field.get("edtf")]


def field(name: str, **more: object) -> Field:
    declared: Any = {"name": name, "title": name, "description": name, "type": "string", "example": "x"} | more
    return cast("Field", declared)


def test_a_new_table_gets_the_rules_of_its_families() -> None:
    fields = [field("met", edtf=True), field("met_basis"), field("caveat"), field("caveat_source_id")]
    fields += [field("start_offset"), field("end_offset")]
    table: Table = DECLARED["links"] | {"fields": fields}
    rows = pl.DataFrame(
        [
            {"met": "2024", "met_basis": None, "caveat": None, "caveat_source_id": "SO0001", "start_offset": 2},
            {"met": "2024", "met_basis": "x", "caveat": "x", "caveat_source_id": "SO0001", "start_offset": 0},
        ]
    ).with_columns(end_offset=1)
    rules = rules_of(table)
    assert [rule["name"] for rule in rules] == ["date_has_basis", "caveat_names_source", "span_runs_forward"]
    assert [rows.select(pl.sql_expr(rule["holds"])).to_series().to_list() for rule in rules] == [[False, True]] * 3
