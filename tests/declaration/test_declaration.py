"""Every table and field is declared so that a reader understands it."""

import re
import shutil
from pathlib import Path

import pytest

from ceasefire_talks.build import build_tables, render
from ceasefire_talks.declaration import read_declaration
from ceasefire_talks.records.metadata import read_project
from ceasefire_talks.tables.schemas import Codes
from helpers import DECLARED, FIELDS, ROOT, read_table

FOLDER = ROOT / "scripts" / "ceasefire_talks" / "declaration" / "schemas"


def field_of(table: str, field: str) -> dict[str, object]:
    return next(item for item in DECLARED[table]["fields"] if item["name"] == field)


def test_every_declared_file_is_a_table() -> None:
    assert sorted(path.stem for path in FOLDER.glob("*")) == sorted(DECLARED)


@pytest.mark.parametrize("table", DECLARED)
def test_table_says_what_a_row_is(table: str) -> None:
    for keyword in ("title", "row", "description", "include"):
        assert DECLARED[table][keyword]
    assert set(DECLARED[table]["primaryKey"]) <= {field["name"] for field in DECLARED[table]["fields"]}


@pytest.mark.parametrize(("table", "name"), FIELDS)
def test_field_is_understood_by_a_stranger(codes: Codes, table: str, name: str) -> None:
    field = field_of(table, name)
    assert re.fullmatch(r"[a-z][a-z0-9_]*", name)
    assert field["title"]
    assert str(field["description"]).endswith(".")
    assert field["example"] is not None
    if field["type"] in ("integer", "number"):
        assert field.get("unit") or field_of(table, str(field["unitColumn"]))
    if "codes" in field:
        assert field["codes"] in codes
        assert field["example"] in codes[str(field["codes"])].codes


@pytest.mark.parametrize(("table", "name"), FIELDS)
def test_field_of_a_key_is_required(table: str, name: str) -> None:
    if name in DECLARED[table]["primaryKey"]:
        assert field_of(table, name)["constraints"]["required"] is True  # type: ignore[index]


@pytest.mark.parametrize("name", sorted({row["list"] for row in read_table("codes")}))
def test_code_list_is_used_by_a_field(name: str) -> None:
    assert name in {field.get("codes") for table in DECLARED.values() for field in table["fields"]}


@pytest.mark.parametrize(
    ("where", "line", "message"),
    [
        pytest.param("events", "colour: red", "schemas/events.yaml: unknown: colour", id="table keyword"),
        pytest.param("fields", "    colour: red", "schemas/events.yaml: unknown: colour", id="field keyword"),
        pytest.param("type", "    type: geopoint", "schemas/events.yaml: unknown: geopoint", id="type"),
        pytest.param("limit", "    constraints: {most: 3}", "schemas/events.yaml: unknown: most", id="constraint"),
    ],
)
def test_unknown_keyword_is_refused(tmp_path: Path, where: str, line: str, message: str) -> None:
    shutil.copytree(FOLDER, tmp_path / "tables")
    text = (tmp_path / "tables" / "events.yaml").read_text("utf-8")
    if where == "events":
        text = f"{line}\n{text}"
    else:
        text += f"  - name: extra\n    title: Extra\n    description: Extra.\n    example: x\n{line}\n"
        text += "" if where == "type" else "    type: string\n"
    (tmp_path / "tables" / "events.yaml").write_text(text, "utf-8")
    with pytest.raises(ValueError, match=f"^{re.escape(message)}$"):
        read_declaration(tmp_path / "tables")


def test_a_column_is_added_by_one_edit(tmp_path: Path) -> None:
    """One field more in the declaration, and every file of the package has the column."""
    shutil.copytree(FOLDER, tmp_path / "tables")
    with (tmp_path / "tables" / "actors.yaml").open("a", encoding="utf-8") as file:
        file.write("  - {name: motto, title: Motto, description: What it says of itself., type: string, example: x}\n")
    declared = read_declaration(tmp_path / "tables")
    built = build_tables(ROOT, declared=declared)
    files = render(read_project(ROOT), built.tables, declared)
    assert built.problems == []
    assert files["data/csv/actors.csv"].startswith(b"actor_id,name,kind,part_of_id,position,description,motto\n")
    for path in ("data/parquet/actors.parquet", "datapackage.json", "data/codebook.md"):
        assert b"motto" in files[path]
