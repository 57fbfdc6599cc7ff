"""One failing record per rule, with its exact message; every rule of the code and the declaration has one."""

import re
from collections.abc import Callable
from typing import Any

import polars as pl
import pytest

from ceasefire_talks.build import Built
from ceasefire_talks.checks import CONSTRAINT_SENTENCES, check_keys, check_references, check_rule, check_schema
from ceasefire_talks.checks import spans as text
from ceasefire_talks.checks.row_rules import ROW_RULES, TEXT_RULES
from ceasefire_talks.checks.table_rules import CROSS_RULES
from ceasefire_talks.declaration import row_id
from ceasefire_talks.problems import report
from ceasefire_talks.tables.schemas import code_lists
from ceasefire_talks.tables.tabulate import Tables, type_cell
from conftest import DECLARED

Changes = dict[str, dict[str, dict[str, Any]]]  # table -> row id -> column -> new value


def where(table: str, index: int, field: str, *_: str) -> str:
    return f"{table}.csv:{index + 2}"


def change(tables: Tables, changes: Changes) -> Tables:
    """Return the tables with some cells of some rows changed."""
    changed = dict(tables)
    for name, rows in changes.items():
        values = tables[name].to_dicts()
        for key, cells in rows.items():
            next(row for row in values if row_id(DECLARED[name], row) == key).update(cells)
        changed[name] = pl.DataFrame(values, schema=tables[name].schema)
    return changed


def schema_lines(tables: Tables, name: str) -> list[tuple[str, str]]:
    codes = code_lists(tables["codes"])
    found = check_schema(name, tables[name], DECLARED[name], codes, where)
    return sorted((problem.rule, problem.message) for problem in found)


WORDS = "must be empty for an indirect statement and for an unclosed quote, and filled for every other"
ROWS = [
    (
        "date_has_basis",
        "events",
        "EV0001",
        {"date": "2024", "date_basis": None},
        "date_basis: must be filled where date is, and only there",
    ),
    (
        "date_has_basis",
        "demands",
        "DE0001",
        {"held": "2024", "held_basis": None},
        "held_basis: must be filled where held is, and only there",
    ),
    (
        "date_has_basis",
        "mediators",
        "ME0001",
        {"period": None, "period_basis": "stated"},
        "period_basis: must be filled where period is, and only there",
    ),
    (
        "date_has_basis",
        "leverage",
        "LE0001",
        {"period": None, "period_basis": "stated"},
        "period_basis: must be filled where period is, and only there",
    ),
    (
        "date_has_basis",
        "quotes",
        "QU0001",
        {"said": "2024", "said_basis": None},
        "said_basis: must be filled where said is, and only there",
    ),
    *(
        (
            "caveat_names_source",
            table,
            key,
            {"caveat": caveat, "caveat_source_id": source},
            "caveat_source_id: must be filled where there is a caveat, and only there",
        )
        for table, key, caveat, source in (
            ("events", "EV0001", "Mind.", None),
            ("quantities", "QN0001", None, "SO0001"),
            ("demands", "DE0001", "Mind.", None),
            ("mediators", "ME0001", None, "SO0001"),
            ("leverage", "LE0001", "Mind.", None),
        )
    ),
    ("span_runs_forward", "passages", "PA0001", {"start": 200, "end": 200}, "end: must be greater than start"),
    (
        "span_runs_forward",
        "readings",
        "RE0001",
        {"start": 108, "end": 108, "printed": None},
        "end: must be greater than start",
    ),
    (
        "span_runs_forward",
        "evidence",
        "events/EV0001/SO0001/PA0001/18/51",
        {"end": 18},
        "end: must be greater than start",
    ),
    (
        "span_fits_words",
        "readings",
        "RE0001",
        {"start": 88, "end": 108, "printed": "break in hostility"},
        "printed: must be as long as the span from start to end",
    ),
    (
        "seen_reading_names_copy",
        "readings",
        "RE0001",
        {"basis": "seen", "seen_in_id": None},
        "seen_in_id: must be filled where the basis is seen, and only there",
    ),
    (
        "unspecified_has_no_value",
        "quantities",
        "QN0002",
        {"qualifier": "unspecified", "value": 3.0},
        "value: must be empty where the qualifier is unspecified, and filled elsewhere",
    ),
    (
        "bound_follows_qualifier",
        "quantities",
        "QN0010",
        {"qualifier": "more_than", "value": 3.0, "lower": None},
        "lower: must be the value where the qualifier is more_than",
    ),
    (
        "bound_follows_qualifier",
        "quantities",
        "QN0011",
        {"qualifier": "almost", "value": 3.0, "upper": None},
        "upper: must be the value where the qualifier is almost or nearly",
    ),
    (
        "bound_follows_qualifier",
        "quantities",
        "QN0024",
        {"qualifier": "nearly", "value": 3.0, "upper": 4.0},
        "upper: must be the value where the qualifier is almost or nearly",
    ),
    (
        "bounds_hold_value",
        "quantities",
        "QN0001",
        {"value": 1.0, "lower": 2.0},
        "value: must lie between lower and upper",
    ),
    (
        "bounds_hold_value",
        "quantities",
        "QN0001",
        {"value": 1.0, "upper": 0.5},
        "value: must lie between lower and upper",
    ),
    (
        "attributed_names_speaker",
        "demands",
        "DE0001",
        {"basis": "attributed", "attributed_to_id": None},
        "attributed_to_id: must be filled where the basis is attributed",
    ),
    (
        "demand_of_another",
        "demands",
        "DE0001",
        {"demander_id": "hamas", "addressee_id": "hamas"},
        "addressee_id: must not be the demander",
    ),
    (
        "pair_in_order",
        "demand_conflicts",
        "DE0001/DE0010",
        {"other_demand_id": "DE0001"},
        "other_demand_id: must be the larger of the two ids",
    ),
    (
        "position_of_person",
        "actors",
        "hamas",
        {"position": "movement"},
        "position: must be empty for everyone who is not a person",
    ),
    (
        "indirect_has_no_words",
        "quotes",
        "QU0001",
        {"type": "indirect", "fidelity": "reported", "printed": "no"},
        f"printed: {WORDS}",
    ),
    (
        "indirect_has_no_words",
        "quotes",
        "QU0004",
        {"type": "direct", "fidelity": "as_printed", "printed": None},
        f"printed: {WORDS}",
    ),
    (
        "indirect_has_no_words",
        "quotes",
        "QU0004",
        {"type": "nested", "fidelity": "visibly_altered", "printed": None},
        f"printed: {WORDS}",
    ),
    *(
        (
            "indirect_has_no_words",
            "quotes",
            "QU0004",
            {"type": kind, "fidelity": "unclosed", "printed": "It seems"},
            f"printed: {WORDS}",
        )
        for kind in ("direct", "partial", "nested")
    ),
    (
        "indirect_is_reported",
        "quotes",
        "QU0001",
        {"type": "indirect", "fidelity": "as_printed"},
        "fidelity: must be reported for an indirect statement, and only there",
    ),
    (
        "indirect_is_reported",
        "quotes",
        "QU0004",
        {"type": "direct", "fidelity": "reported"},
        "fidelity: must be reported for an indirect statement, and only there",
    ),
    (
        "indirect_is_reported",
        "quotes",
        "QU0001",
        {"type": "indirect", "fidelity": "unclosed"},
        "fidelity: must be reported for an indirect statement, and only there",
    ),
    (
        "quotable_was_checked",
        "quotes",
        "QU0004",
        {"fidelity": "as_printed", "quotable": True},
        "quotable: may be true only where the words were checked against the original",
    ),
    (
        "quotable_was_checked",
        "quotes",
        "QU0004",
        {"fidelity": "unclosed", "quotable": True},
        "quotable: may be true only where the words were checked against the original",
    ),
    (
        "nested_names_outer",
        "quotes",
        "QU0004",
        {"type": "nested", "within_id": None},
        "within_id: must be filled for a nested quote, and may be for an indirect one, but for no other",
    ),
    (
        "nested_names_outer",
        "quotes",
        "QU0004",
        {"type": "direct", "within_id": "QU0005"},
        "within_id: must be filled for a nested quote, and may be for an indirect one, but for no other",
    ),
    (
        "control",
        "events",
        "EV0001",
        {"title": "a\nb"},
        r'title: "a\nb" holds a control, bidi, invisible or line break character; take it out',
    ),
    (
        "control",
        "events",
        "EV0001",
        {"title": "a\u2066b"},
        r'title: "a\u2066b" holds a control, bidi, invisible or line break character; take it out',
    ),
    (
        "nfc",
        "events",
        "EV0001",
        {"title": "e\u0301"},
        r'title: "e\u0301" is not in Unicode normal form C; normalise it',
    ),
    ("spaces", "events", "EV0001", {"title": " a"}, 'title: " a" begins or ends with a space, or has two in a row'),
    ("spaces", "events", "EV0001", {"title": "a "}, 'title: "a " begins or ends with a space, or has two in a row'),
    ("spaces", "events", "EV0001", {"title": "a  b"}, 'title: "a  b" begins or ends with a space, or has two in a row'),
    ("empty", "events", "EV0001", {"title": ""}, 'title: "" is an empty string; leave the field out'),
    *(
        (
            "formula",
            "events",
            "EV0001",
            {"title": f"{sign}1"},
            f'title: "{sign}1" would run as a formula in a spreadsheet; begin it with another character',
        )
        for sign in "=+@-"
    ),
]


@pytest.mark.parametrize(("rule", "table", "key", "cells", "message"), ROWS)
def test_rule_of_a_row(built: Built, rule: str, table: str, key: str, cells: dict[str, Any], message: str) -> None:
    tables = change(built.tables, {table: {key: cells}})
    found = [message for broken, message in schema_lines(tables, table) if broken == rule]
    assert found == [f"{row_id(DECLARED[table], rename(table, key, cells))}.{message}"]


@pytest.mark.parametrize(
    ("kind", "fidelity", "printed"),
    [
        ("indirect", "reported", None),
        *((kind, "unclosed", None) for kind in ("direct", "partial", "nested")),
        *((kind, fidelity, "It") for kind in ("direct", "nested") for fidelity in ("as_printed", "visibly_altered")),
    ],
)
def test_words_of_a_quote_may_be(built: Built, kind: str, fidelity: str, printed: str | None) -> None:
    within = "QU0005" if kind == "nested" else None
    cells = {"type": kind, "fidelity": fidelity, "printed": printed, "within_id": within, "quotable": False}
    assert schema_lines(change(built.tables, {"quotes": {"QU0004": cells}}), "quotes") == []


def rename(table: str, key: str, cells: dict[str, Any]) -> dict[str, Any]:
    """Return the key of a row after some of its cells were changed."""
    return dict(zip(DECLARED[table]["primaryKey"], key.split("/"), strict=True)) | cells


CONSTRAINTS = [
    (name, field["name"], keyword)
    for name, table in DECLARED.items()
    for field in table["fields"]
    for keyword in [*field.get("constraints", {}), *(["codes"] if "codes" in field else [])]
    if keyword != "unique" and not table.get("view")
]


@pytest.mark.parametrize(("table", "name", "keyword"), CONSTRAINTS)
def test_constraint_of_a_field(built: Built, table: str, name: str, keyword: str) -> None:
    """Every constraint of every field is broken once, in the first row."""
    field = next(field for field in DECLARED[table]["fields"] if field["name"] == name)
    limit = field.get("constraints", {}).get(keyword)
    whole = with_withdrawn(built.tables)
    first = whole[table].row(0, named=True)
    bad: dict[str, tuple[Any, str]] = {
        "required": (None, "is missing"),
        "pattern": ("? ? ? ? ?", f'"? ? ? ? ?" must match "{limit}"'),
        "codes": ("?", f'"?" is not a code of {field.get("codes")}'),
        "minimum": (-7, f'"{-7.0 if field["type"] == "number" else -7}" must be at least {limit}'),
        "maximum": (7, f'"{7.0 if field["type"] == "number" else 7}" must be at most {limit}'),
        "maxLength": ("x" * 71, f'"{"x" * 57}..." must have at most {limit} characters and has 71'),
    }
    value, sentence = bad[keyword]
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
    if not table.get("view")
]


@pytest.mark.parametrize(("name", "key"), KEYS)
def test_key_stands_once(built: Built, name: str, key: list[str]) -> None:
    """The second row takes over the key of the first."""
    whole = with_withdrawn(built.tables)
    table, rows = DECLARED[name], whole[name].to_dicts()
    rows[1].update({column: rows[0][column] for column in key})
    tables = whole | {name: pl.DataFrame(rows, schema=whole[name].schema)}
    which = f"{', '.join(key)} " if len(key) > 1 else ""
    values = "/".join(str(rows[0][column]) for column in key)
    values = values if len(values) <= 60 else f"{values[:57]}..."
    assert [problem for problem in check_keys(tables, DECLARED, where) if problem.place == f"{name}.csv:3"] == [
        (
            f"{name}.csv:3",
            "duplicate key",
            f'{row_id(table, rows[1])}.{key[-1]}: {which}"{values}" stands at {name}.csv:2 too; keep one',
        )
    ]


REFERENCES = [
    (name, key["fields"], key["reference"]["resource"])
    for name, table in DECLARED.items()
    for key in table.get("foreignKeys", [])
    if not table.get("view")
]


@pytest.mark.parametrize(("name", "fields", "target"), REFERENCES)
def test_reference_is_there(built: Built, name: str, fields: list[str], target: str) -> None:
    row = built.tables[name].row(0, named=True)
    cells = dict.fromkeys(fields, "?")
    tables = change(built.tables, {name: {row_id(DECLARED[name], row): cells}})
    found = [problem.message for problem in check_references(name, tables, DECLARED, where, ())]
    shown = "/".join(cells.values())
    assert f'{row_id(DECLARED[name], row | cells)}.{fields[-1]}: "{shown}" is not in {target}' in found


TYPES: list[tuple[dict[str, Any], str, str]] = [
    ({"type": "integer"}, "1.5", "is not a whole number"),
    ({"type": "integer"}, "--1", "is not a whole number"),
    ({"type": "integer"}, "2147483648", "is not a whole number"),
    ({"type": "number"}, "1e9", "is not a number such as 18 or 2.5"),
    ({"type": "number"}, "nan", "is not a number such as 18 or 2.5"),
    ({"type": "number"}, ".5", "is not a number such as 18 or 2.5"),
    ({"type": "number"}, "-0", "is not a number such as 18 or 2.5"),
    ({"type": "number"}, "0.0001", "is not a number such as 18 or 2.5"),
    ({"type": "number"}, "9" * 13, "is not a number such as 18 or 2.5"),
    ({"type": "boolean"}, "True", "is neither true nor false"),
    ({"type": "date"}, "2024-09", "is not a day such as 2024-09-15"),
    (
        {"type": "string", "edtf": True},
        "soon",
        "is not a date such as 2024, 2024-09, 2024-09-15 or an interval of these",
    ),
]


@pytest.mark.parametrize(("field", "value", "message"), TYPES)
def test_value_is_not_of_its_type(field: dict[str, Any], value: str, message: str) -> None:
    with pytest.raises(ValueError, match=r"^is ") as error:
        type_cell(field, value)
    assert str(error.value) == message


EVIDENCE = "events/EV0001/SO0001/PA0001/18/51"
CROSS: list[tuple[str, Changes, list[str]]] = [
    (
        "evidence_points_to_row",
        {"evidence": {EVIDENCE: {"table": "event"}}},
        [
            (
                'evidence.csv:{EVIDENCE}: event/EV0001/SO0001/PA0001/18/51.table: "event" is not a table whose '
                'rows have evidence; did you mean "events"?'
            )
        ],
    ),
    (
        "evidence_points_to_row",
        {"evidence": {EVIDENCE: {"row_id": "xyzzy"}}},
        ['evidence.csv:{EVIDENCE}: events/xyzzy/SO0001/PA0001/18/51.row_id: "xyzzy" is not a row of events'],
    ),
    (
        "evidence_points_to_row",
        {"evidence": {EVIDENCE: {"table": "actors", "row_id": "hamass"}}},
        [
            (
                'evidence.csv:{EVIDENCE}: actors/hamass/SO0001/PA0001/18/51.row_id: "hamass" '
                'is not a row of actors; did you mean "hamas"?'
            )
        ],
    ),
    (
        "evidence_points_to_row",
        {"evidence": {EVIDENCE: {"table": "adjudications", "row_id": "AJ0001"}}},
        [
            (
                'evidence.csv:{EVIDENCE}: adjudications/AJ0001/SO0001/PA0001/18/51.table: "adjudications" is not a '
                "table whose rows have evidence"
            )
        ],
    ),
    (
        "row_has_evidence",
        {"events": {"EV0001": {"event_id": "EV9999"}}},
        ["events.csv:{EV0001}: EV9999.event_id: has no evidence; name the span it was read in"],
    ),
    (
        "span_inside_passage",
        {"evidence": {EVIDENCE: {"end": 201}}},
        [
            (
                "evidence.csv:{EVIDENCE}: events/EV0001/SO0001/PA0001/18/201.start: 18-201 leaves its passage PA0001 "
                "(0-200)"
            )
        ],
    ),
    (
        "span_inside_passage",
        {"readings": {"RE0002": {"passage_id": "PA0002", "start": 152, "end": 169}}},
        ["readings.csv:{RE0002}: RE0002.start: 152-169 leaves its passage PA0002 (201-459)"],
    ),
    (
        "passages_keep_apart",
        {"passages": {"PA0002": {"start": 199}}},
        ["passages.csv:{PA0002}: PA0002.start: 199 lies inside PA0001 (0-200)"],
    ),
    (
        "passages_keep_apart",
        {"passages": {"PA0001": {"paragraph": 2}, "PA0002": {"paragraph": 1}}},
        [
            "passages.csv:{PA0002}: PA0002.paragraph: 1 does not follow 2 of PA0001",
            "passages.csv:{PA0003}: PA0003.paragraph: 3 does not follow 1 of PA0002",
        ],
    ),
    (
        "passages_keep_apart",
        {"passages": {"PA0004": {"paragraph": 5}}},
        [
            "passages.csv:{PA0004}: PA0004.paragraph: 5 does not follow 3 of PA0003",
            "passages.csv:{PA0005}: PA0005.paragraph: 3 does not follow 5 of PA0004",
        ],
    ),
    (
        "passages_keep_apart",
        {"passages": {"PA0001": {"passage_id": "PA0099"}}},
        ["passages.csv:{PA0002}: PA0002.passage_id: stands behind PA0099 in the text"],
    ),
    (
        "passages_keep_apart",
        {"passages": {"PA0072": {"end": 11200}}},
        ["passages.csv:{PA0072}: PA0072.end: 11200 lies behind the end of SO0001 (11199)"],
    ),
    (
        "passages_keep_apart",
        {"sources": {"SO0001": {"characters": None}}},
        ["sources.csv:{SO0001}: SO0001.characters: is missing; passages of the source count in it"],
    ),
    (
        "record_passage_is_used",
        {"passages": {"PA0001": {"kind": "connective"}}},
        ["passages.csv:{PA0001}: PA0001.kind: is connective, but a row was read there"],
    ),
    (
        "record_passage_is_used",
        {"passages": {"PA0003": {"kind": "record"}}},
        ["passages.csv:{PA0003}: PA0003.kind: is record, but no row was read there"],
    ),
    (
        "quote_fills_spans",
        {"quotes": {"QU0004": {"printed": "It seems"}}},
        ["quotes.csv:{QU0004}: QU0004.printed: has 8 characters, its evidence 108"],
    ),
    (
        "continuation_has_same_speaker",
        {"quotes": {"QU0005": {"continues_id": "QU0001"}}},
        ['quotes.csv:{QU0005}: QU0005.continues_id: "QU0001" is not an earlier part by the same speaker'],
    ),
    (
        "continuation_has_same_speaker",
        {"quotes": {"QU0005": {"continues_id": "QU0005"}}},
        ['quotes.csv:{QU0005}: QU0005.continues_id: "QU0005" is not an earlier part by the same speaker'],
    ),
    (
        "continuation_has_same_speaker",
        {"quotes": {"QU0005": {"within_id": "QU0005"}}},
        ["quotes.csv:{QU0005}: QU0005.within_id: is the quote itself"],
    ),
    (
        "membership_has_no_circle",
        {"actors": {"stimson_center": {"part_of_id": "stimson_center"}}},
        ["actors.csv:{stimson_center}: stimson_center.part_of_id: leads back to the actor itself"],
    ),
    (
        "membership_has_no_circle",
        {"actors": {"stimson_center": {"part_of_id": "andrew_hyde"}}},
        [
            "actors.csv:{andrew_hyde}: andrew_hyde.part_of_id: leads back to the actor itself",
            "actors.csv:{stimson_center}: stimson_center.part_of_id: leads back to the actor itself",
        ],
    ),
    (
        "ranks_run_from_one",
        {"codes": {"date_precision/month": {"rank": None}}},
        ["codes.csv:{date_precision/month}: date_precision/month.rank: is missing; rank all codes of a list or none"],
    ),
    (
        "ranks_run_from_one",
        {"codes": {"date_precision/month": {"rank": 1}}},
        ["codes.csv:{date_precision/month}: date_precision/month.rank: 1 stands where 2 of date_precision is due"],
    ),
    (
        "ranks_run_from_one",
        {"codes": {"date_precision/year": {"rank": 4}}},
        ["codes.csv:{date_precision/year}: date_precision/year.rank: 4 stands where 3 of date_precision is due"],
    ),
    (
        "ranks_run_from_one",
        {"codes": {"date_precision/day": {"rank": 2}}},
        ["codes.csv:{date_precision/day}: date_precision/day.rank: 2 stands where 1 of date_precision is due"],
    ),
    (
        "lists_are_those_of_fields",
        {"codes": {"bearing/puts": {"list": "bering"}}},
        ['codes.csv:{bearing/puts}: bering/puts.list: no field has the code list "bering"'],
    ),
    (
        "lists_are_those_of_fields",
        {"codes": {f"date_precision/{code}": {"list": "unit"} for code in ("day", "month", "year")}},
        [('codes.csv:2: {codes}.list: there are no codes of "date_precision"; put the list back')],
    ),
    (
        "lists_are_those_of_fields",
        {"codes": {f"adjudication/{code}": {"list": "unit"} for code in ("first", "second", "neither")}},
        ['codes.csv:2: {codes}.list: there are no codes of "adjudication"; put the list back'],
    ),
    (
        "conflict_has_two_sides",
        {"demands": {demand: {"demander_id": "vox"} for demand in ("DE0001", "DE0010")}},
        [("demand_conflicts.csv:{DE0001/DE0010}: DE0001/DE0010.other_demand_id: both are demands of vox")],
    ),
    (
        "withdrawn_is_gone",
        {"withdrawn": {"EV0900": {"withdrawn_id": "EV0002"}}},
        [
            "events.csv:{EV0002}: EV0002.event_id: was withdrawn in release 0.1.0 and is never used again; take a new "
            "id",
        ],
    ),
    (
        "withdrawn_is_gone",
        {"withdrawn": {"EV0900": {"withdrawn_id": "AJ0001"}}},
        [
            "adjudications.csv:{AJ0001}: AJ0001.adjudication_id: was withdrawn in release 0.1.0 and is never used "
            "again; take a new id",
        ],
    ),
    (
        "withdrawn_is_gone",
        {"withdrawn": {"EV0900": {"successor_id": "xyzzy"}}},
        ['withdrawn.csv:{EV0900}: EV0900.successor_id: "xyzzy" is in no table'],
    ),
    (
        "withdrawn_is_gone",
        {"withdrawn": {"EV0900": {"successor_id": "hamass"}}},
        ['withdrawn.csv:{EV0900}: EV0900.successor_id: "hamass" is in no table; did you mean "hamas"?'],
    ),
]


def with_withdrawn(tables: Tables) -> Tables:
    """Return the coded tables with two ids that are gone, as a later release will have some."""
    row = {"withdrawn_id": "EV0900", "release": "0.1.0", "reason": "No event.", "successor_id": "EV0001"}
    other = row | {"withdrawn_id": "EV0901", "successor_id": None}
    coded = {name: frame for name, frame in tables.items() if not DECLARED[name].get("view")}
    return coded | {"withdrawn": pl.DataFrame([row, other], schema=tables["withdrawn"].schema)}


@pytest.mark.parametrize(("name", "changes", "lines"), CROSS)
def test_rule_between_rows(built: Built, name: str, changes: Changes, lines: list[str]) -> None:
    rule = next(rule for rule in CROSS_RULES if rule.__name__ == name)
    whole = with_withdrawn(built.tables)
    assert list(check_rule(rule, whole, DECLARED, where)) == []
    assert report(list(check_rule(rule, change(whole, changes), DECLARED, where))) == fill(lines, whole)


def fill(lines: list[str], tables: Tables) -> list[str]:
    """Put the place of a row for its key between braces, and for {codes} the key of the first code."""

    def place(found: re.Match[str]) -> str:
        ids = [row_id(DECLARED[found[1]], row) for row in tables[found[1]].iter_rows(named=True)]
        return where(found[1], ids.index(EVIDENCE if found[2] == "EVIDENCE" else found[2]), "")

    first = row_id(DECLARED["codes"], tables["codes"].row(0, named=True))
    return [re.sub(r"^(\w+)\.csv:\{(.+?)\}", place, line).replace("{codes}", first) for line in lines]


TEXT: list[tuple[str, Changes, Callable[[str], str], list[str]]] = [
    (
        "check_pin",
        {},
        lambda article: article + " ",
        ["sources.csv:{SO0001}: SO0001.sha256: the text given is another one, of 11200 characters"],
    ),
    (
        "check_ledger",
        {"passages": {"PA0002": {"start": 202}}},
        str,
        ["passages.csv:{PA0002}: PA0002.start: 200-202 is in no passage; add one"],
    ),
    (
        "check_ledger",
        {"passages": {"PA0072": {"end": 11198}}},
        str,
        ["passages.csv:{PA0072}: PA0072.end: 11198-11199 is in no passage; add one"],
    ),
    (
        "check_passages",
        {"passages": {"PA0001": {"sha256": "0" * 64}}},
        str,
        ["passages.csv:{PA0001}: PA0001.sha256: is not the checksum of the span"],
    ),
    (
        "check_passages",
        {"passages": {"PA0001": {"first_words": "In the years"}}},
        str,
        ["passages.csv:{PA0001}: PA0001.first_words: do not find the sentence in the text"],
    ),
    (
        "check_passages",
        {"passages": {"PA0002": {"first_words": "the"}}},
        str,
        ["passages.csv:{PA0002}: PA0002.first_words: do not find the sentence in the text"],
    ),
    (
        "check_readings",
        {"readings": {"RE0001": {"printed": "break in hostilitiez"}}},
        str,
        ["readings.csv:{RE0001}: RE0001.printed: is not what stands at 88-108"],
    ),
    (
        "check_quotes",
        {"quotes": {"QU0004": {"printed": "It seems"}}},
        str,
        ["quotes.csv:{QU0004}: QU0004.printed: is not what stands in its evidence"],
    ),
]


@pytest.mark.parametrize(("name", "changes", "alter", "lines"), TEXT)
def test_rule_of_the_text(
    built: Built, article: str, name: str, changes: Changes, alter: Callable[[str], str], lines: list[str]
) -> None:
    check = getattr(text, name)
    assert list(check(article, built.tables, where)) == []
    assert report(list(check(alter(article), change(built.tables, changes), where))) == fill(lines, built.tables)


def test_text_is_checked_by_all_and_the_spans_are_counted(built: Built, article: str) -> None:
    spans = sum(built.tables[name].height for name in ("passages", "readings", "evidence"))
    assert text.check_text(article, built.tables, where) == ([], spans)
    tables = change(
        built.tables, {"passages": {"PA0001": {"sha256": "0" * 64}}, "quotes": {"QU0004": {"printed": "?"}}}
    )
    assert len(text.check_text(article, tables, where)[0]) == 2
    assert text.check_text(f"{article}.", tables, where)[1] == 0


def test_every_rule_has_a_failing_record() -> None:
    tested = {(table, rule) for rule, table, *_ in ROWS}
    assert {rule for _, rule in tested} == {rule.name for rule in ROW_RULES} | {rule.name for rule in TEXT_RULES}
    assert {(rule.table, rule.name) for rule in ROW_RULES} <= tested
    sentences = {message.partition(": ")[2] for *_, message in ROWS}
    assert {rule.sentence for rule in ROW_RULES} <= sentences
    assert {name for name, *_ in CROSS} == {rule.__name__ for rule in CROSS_RULES}
    checks = {name for name in vars(text) if name.startswith("check_")} - {"check_text"}
    assert {name for name, *_ in TEXT} == checks
    declared_types = {field["type"] for table in DECLARED.values() for field in table["fields"]}
    limits = {
        keyword for table in DECLARED.values() for field in table["fields"] for keyword in field.get("constraints", {})
    }
    assert {keyword for *_, keyword in CONSTRAINTS} == (limits | {"codes"}) - {"unique"}
    assert {field["type"] for field, *_ in TYPES} == (declared_types)
    assert limits - {"required", "unique"} <= set(CONSTRAINT_SENTENCES)


@pytest.mark.parametrize("name", [name for name, table in DECLARED.items() if not table.get("view")])
def test_rules_between_rows_bear_an_empty_cell(built: Built, name: str) -> None:
    """A cell that could not be read is empty when the rules see it: they find something or nothing, and never fail."""
    whole = with_withdrawn(built.tables)
    first = whole[name].row(0, named=True)
    for column in first:
        tables = change(whole, {name: {row_id(DECLARED[name], first): {column: None}}})
        for rule in CROSS_RULES:
            list(check_rule(rule, tables, DECLARED, where))
