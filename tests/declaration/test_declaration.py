"""Every table and field is declared so that a reader understands it."""

import re
import shutil
from pathlib import Path

import pytest

from ceasefire_talks.declaration import ADDRESS, read_declaration
from ceasefire_talks.declaration.types import TYPES
from ceasefire_talks.tables.codes import Codes
from helpers import DECLARED, FIELDS, ROOT, TABLES, field_of, read_table

FOLDER = ROOT / "scripts" / "ceasefire_talks" / "declaration" / "schemas"


def test_types_bear_the_names_of_schema_org() -> None:
    """Those of https://schema.org/DataType."""
    names = {"string": "Text", "integer": "Integer", "number": "Float", "boolean": "Boolean", "date": "Date"}
    assert {name: kind.schema_org for name, kind in TYPES.items()} == names


def test_every_declared_file_is_a_table() -> None:
    assert sorted(path.stem for path in FOLDER.glob("*")) == sorted(DECLARED)


@pytest.mark.parametrize("table", DECLARED)
def test_table_says_what_a_row_is(table: str) -> None:
    declared = DECLARED[table]
    assert all((declared["title"], declared["row"], declared["description"], declared["include"]))
    assert set(DECLARED[table]["primaryKey"]) <= {field["name"] for field in DECLARED[table]["fields"]}


@pytest.mark.parametrize(("table", "name"), FIELDS)
def test_field_is_understood_by_a_stranger(codes: Codes, table: str, name: str) -> None:
    field = field_of(table, name)
    assert re.fullmatch(r"[a-z][a-z0-9_]*", name)
    assert field["title"]
    assert field["description"].endswith(".")
    assert field["example"] is not None
    if field["type"] in ("integer", "number"):
        assert field.get("unit") or field_of(table, field["unitColumn"])
    if "codes" in field:
        assert field["codes"] in codes
        assert field["example"] in codes[field["codes"]].codes


@pytest.mark.parametrize(("table", "name"), FIELDS)
def test_field_of_a_key_is_required(table: str, name: str) -> None:
    if name in DECLARED[table]["primaryKey"]:
        assert field_of(table, name)["constraints"]["required"] is True


@pytest.mark.parametrize("name", sorted({row["list"] for row in read_table("codes")}))
def test_code_list_is_used_by_a_field(name: str) -> None:
    assert name in {field.get("codes") for table in DECLARED.values() for field in table["fields"]}


EXCEL = 32_767


def test_every_text_has_an_end_that_a_spreadsheet_bears() -> None:
    texts = [field_of(*place) for place in FIELDS if field_of(*place)["type"] == "string"]
    longest = [field["constraints"]["maxLength"] for field in texts if "codes" not in field]
    assert len(longest) > 200
    assert max(longest) <= EXCEL


@pytest.mark.parametrize(
    ("table", "name", "limit"),
    [
        ("actors", "name", 100),  # a key
        ("events", "attributed_to_id", 100),  # a reference
        ("events", "date", 100),
        ("passages", "sha256", 100),  # a pattern
        ("talks", "title", 90),  # as declared
        ("talks", "summary", 1_000),
        ("sources", "url", 1_000),
        ("talks", "terms", 8_000),  # joined
        ("passages", "link", 8_000),
    ],
)
def test_a_text_is_as_long_as_its_kind_allows(table: str, name: str, limit: int) -> None:
    assert field_of(table, name)["constraints"]["maxLength"] == limit


@pytest.mark.parametrize("name", TABLES)
def test_every_text_has_room_to_grow(name: str) -> None:
    """Nothing is ever cut: what is longest today stays below the limit, and what is joined or ours far below it."""
    for row in read_table(name):
        for column, text in row.items():
            limit = field_of(name, column).get("constraints", {}).get("maxLength", len(text))
            assert len(text) <= limit * (1 if limit <= 200 else 0.9), column


@pytest.mark.parametrize(
    ("address", "fits"),
    [
        ("https://example.org", True),
        ("http://example.org:8080/a?b=c&d=%20", True),
        ("https://example.org?p=1", True),
        ("https://medium.com/@somebody/a", True),
        ("https://user:password@example.org/", False),
        ("https://user@example.org/", False),
        ("https://example.org/a b", False),
        ("https://example.org/\u0430", False),
        ("https:///a", False),
        ("ftp://example.org/a", False),
        ("example.org", False),
    ],
)
def test_address(address: str, fits: bool) -> None:
    assert bool(re.fullmatch(ADDRESS, address)) is fits


WAYS = [
    ("table keyword", "colour: red\n", "", "unknown: colour"),
    ("group", "", "group: side", "unknown: side"),
    ("field keyword", "", "    type: string\n    colour: red", "unknown: colour"),
    ("type", "", "    type: geopoint", "unknown: geopoint"),
    ("constraint", "", "    type: string\n    constraints: {most: 3}", "unknown: most"),
    ("format", "", "    type: string\n    format: email", "unknown: email"),
    (
        *("a date without bounds", "", "    type: string\n    edtf: true\n    years: [2023, 2025]"),
        "missing: extra_first_day, extra_last_day",
    ),
    ("a day without years", "", "    type: date", "missing: years of extra"),
]


@pytest.mark.parametrize(("before", "behind", "message"), [way[1:] for way in WAYS], ids=[way[0] for way in WAYS])
def test_unknown_keyword_is_refused(tmp_path: Path, before: str, behind: str, message: str) -> None:
    shutil.copytree(FOLDER, tmp_path / "tables")
    path = tmp_path / "tables" / "events.yaml"
    text = path.read_text("utf-8")
    if behind.startswith("group"):
        text = text.replace("group: main", behind, 1)
    elif behind:
        text += f"  - name: extra\n    title: Extra\n    description: Extra.\n    example: x\n{behind}\n"
    path.write_text(before + text, "utf-8")
    with pytest.raises(ValueError, match=f"^{re.escape('schemas/events.yaml: ' + message)}$"):
        read_declaration(tmp_path / "tables")


def test_a_reference_of_several_fields_is_refused(tmp_path: Path) -> None:
    shutil.copytree(FOLDER, tmp_path / "tables")
    path = tmp_path / "tables" / "event_actors.yaml"
    text = path.read_text("utf-8")
    wide = text.replace("  - fields: [event_id]", "  - fields: [event_id, role]", 1)
    assert wide != text
    path.write_text(wide, "utf-8")
    message = "schemas/event_actors.yaml: event_id, role: a reference is of one field"
    with pytest.raises(ValueError, match=f"^{re.escape(message)}$"):
        read_declaration(tmp_path / "tables")


@pytest.mark.parametrize(
    ("table", "name", "missing"),
    [
        ("events", "date_first_day", "date_first_day"),
        ("talks", "date_last_day", "date_last_day"),
        ("demands", "caveat_source_id", "caveat_source_id"),
        ("readings", "start_offset", "start_offset"),
        ("evidence", "end_offset", "end_offset"),
    ],
)
def test_half_a_family_is_refused(tmp_path: Path, table: str, name: str, missing: str) -> None:
    shutil.copytree(FOLDER, tmp_path / "tables")
    path = tmp_path / "tables" / f"{table}.yaml"
    text, count = re.subn(rf"  - name: {name}\n(    .*\n)+", "", path.read_text("utf-8"))
    path.write_text(text, "utf-8")
    assert count == 1
    with pytest.raises(ValueError, match=f"^{re.escape(f'schemas/{table}.yaml: missing: {missing}')}$"):
        read_declaration(tmp_path / "tables")
