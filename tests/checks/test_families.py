"""The rules that follow from which fields a table has: a new date, caveat or span is judged without another edit."""

from typing import Any, cast

import polars as pl

from ceasefire_talks.checks.cells import count_checks
from ceasefire_talks.declaration import Field, Table, rules_of
from ceasefire_talks.declaration.rules import MEASURES, family_rules
from ceasefire_talks.tables.codes import Codes
from helpers import DECLARED

THINGS = {
    *("actors", "bodies", "boxes", "missiles", "people", "points", "temporary_homes", "times", "trucks"),
}
SOURCED = {"caveat_names_source": ["caveat_source_id"]}
SPAN = {"span_runs_forward": ["end_offset"]}
JOINED = "joined_text_has_no_separator"
FAMILIES = {
    "talks": {"year_is_plausible": ["date"]},
    "events": SOURCED | {"date_has_basis": ["date_basis"], "year_is_plausible": ["date"], JOINED: ["title"]},
    "actors": {JOINED: ["name"]},
    "claims": SOURCED,
    "demands": SOURCED
    | {"date_has_basis": ["held_basis"], "year_is_plausible": ["held"], "actor_is_another": ["addressee_id"]},
    "mediators": SOURCED | {"date_has_basis": ["period_basis"], "year_is_plausible": ["period"]},
    "leverage": SOURCED
    | {"date_has_basis": ["period_basis"], "year_is_plausible": ["period"], "actor_is_another": ["target_id"]},
    "quotes": {"year_is_plausible": ["said"], "actor_is_another": ["audience_id"]},
    "quantities": SOURCED | {"things_are_whole": ["value", "lower", "upper"], "bounds_in_order": ["upper"]},
    "assessments": {"things_are_whole": ["value"], "year_is_plausible": ["as_of", "looked_up"]},
    "actor_names": {JOINED: ["value"]},
    "actor_ties": {"actor_is_another": ["other_id"]},
    "talk_terms": {"things_are_whole": ["value_min", "value_max"], "bounds_in_order": ["value_max"]},
    "sources": {"year_is_plausible": ["published", "seen_on"], "address_has_no_fragment": ["url"]},
    "passages": SPAN,
    "readings": SPAN,
    "evidence": SPAN,
    "codes": {JOINED: ["label"]},
    "agreement": {"bounds_in_order": ["alpha_high"]},
    "unitizing": {"bounds_in_order": ["f1_high"]},
    "precision": {"bounds_in_order": ["high"]},
    "human": {"bounds_in_order": ["high"]},
    "runs": {"year_is_plausible": ["done_on"]},
    "package": {
        "year_is_plausible": ["released"],
        "address_has_no_fragment": ["homepage", "repository"],
    },
}


def test_derived_families_are_as_listed() -> None:
    found: dict[str, dict[str, list[str]]] = {}
    for name, table in DECLARED.items():
        for rule in family_rules(table):
            found.setdefault(name, {}).setdefault(rule["name"], []).append(rule["field"])
    assert found == FAMILIES


def test_units_of_things_and_of_measures_are_all_units(codes: Codes) -> None:
    assert set(MEASURES) == set(codes["unit"].codes) - THINGS


def field(name: str, **more: object) -> Field:
    declared: Any = {"name": name, "title": name, "description": name, "type": "string", "example": "x"} | more
    return cast("Field", declared)


def test_a_new_table_gets_the_rules_of_its_families() -> None:
    fields = [field("met", edtf=True), field("met_basis"), field("caveat"), field("caveat_source_id")]
    fields += [field("start_offset"), field("end_offset"), field("temperature_low"), field("temperature_high")]
    table: Table = DECLARED["links"] | {"fields": fields}
    rows = pl.DataFrame(
        [
            {
                "met": "2024",
                "met_basis": None,
                "caveat": None,
                "caveat_source_id": "SO0001",
                "start_offset": 2,
                "temperature_low": 2,
            },
            {
                "met": "2024",
                "met_basis": "x",
                "caveat": "x",
                "caveat_source_id": "SO0001",
                "start_offset": 0,
                "temperature_low": 1,
            },
        ]
    ).with_columns(end_offset=1, temperature_high=1)
    rules = rules_of(table)
    names = ["date_has_basis", "caveat_names_source", "span_runs_forward", "bounds_in_order"]
    assert [rule["name"] for rule in rules] == names
    assert [rows.select(pl.sql_expr(rule["holds"])).to_series().to_list() for rule in rules] == [[False, True]] * 4


def test_what_a_table_passes_through_is_counted(codes: Codes) -> None:
    """A type for each field, and each constraint, rule, key and reference; all rules of texts are one."""
    fields = [
        field("event_id", constraints={"required": True, "pattern": "EV[0-9]{4,}"}),  # 3
        field("unit", codes="unit", constraints={"maxLength": 9, "unique": True}),  # 4
        field("count", type="integer", constraints={"minimum": 1, "maximum": 9}),  # 3
    ]
    key: Any = {"fields": ["event_id"], "reference": {"fields": ["event_id"], "resource": "events"}}
    rule: Any = {"name": "counted_is_odd", "field": "count", "sentence": "must be odd", "holds": "count % 2 = 1"}
    table: Any = {"primaryKey": ["event_id"], "fields": fields}
    assert count_checks("counted", table, codes) == 10 + 1 + 1
    more = {"uniqueKeys": [["unit", "count"]], "foreignKeys": [key, key], "rules": [rule]}
    assert count_checks("counted", table | more, codes) == 10 + 1 + 1 + 1 + 2 + 1
