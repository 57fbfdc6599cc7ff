"""The committed package, before anything is rebuilt: what a downloader has in hands."""

import csv
import hashlib
import json
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import dplib
import jsonschema
import pyarrow.parquet
import pytest
from frictionless import Package, system

from copies import PATHS
from helpers import DECLARED, ROOT, TABLES

DESCRIPTOR = json.loads((ROOT / "datapackage.json").read_text("utf-8"))
RESOURCES = {resource["name"]: resource for resource in DESCRIPTOR["resources"]}
CSV_TYPES: dict[str, Callable[[str], Any]] = {"integer": int, "number": float, "boolean": lambda cell: cell == "true"}


def test_every_table_is_a_csv_and_a_parquet_resource() -> None:
    assert list(RESOURCES) == TABLES + [f"{name}_parquet" for name in TABLES]


@pytest.mark.parametrize("name", RESOURCES)
def test_hash_size_and_rows_are_true(name: str) -> None:
    resource = RESOURCES[name]
    content = (ROOT / resource["path"]).read_bytes()
    assert resource["hash"] == f"sha256:{hashlib.sha256(content).hexdigest()}"
    if resource["format"] == "csv":
        assert resource["bytes"] == len(content)
        assert resource["rows"] == content.count(b"\n") - 1
    else:
        assert resource["rows"] == pyarrow.parquet.read_metadata(ROOT / resource["path"]).num_rows


@pytest.mark.parametrize("item", DESCRIPTOR["files"], ids=lambda item: item["path"])
def test_hash_and_size_of_what_stands_beside_the_tables_are_true(item: dict[str, Any]) -> None:
    content = (ROOT / item["path"]).read_bytes()
    assert (item["hash"], item["bytes"]) == (f"sha256:{hashlib.sha256(content).hexdigest()}", len(content))


def test_every_resource_has_the_schema_of_its_table() -> None:
    schemas = {item["path"] for item in DESCRIPTOR["files"]}
    for name in TABLES:
        assert RESOURCES[name]["schema"] == RESOURCES[f"{name}_parquet"]["schema"] == f"data/schemas/{name}.json"
        assert RESOURCES[name]["schema"] in schemas


@pytest.mark.parametrize("name", TABLES)
def test_every_table_has_rows(name: str) -> None:
    assert RESOURCES[name]["rows"] > 0


@pytest.mark.parametrize("name", TABLES)
def test_csv_is_plain(name: str) -> None:
    content = (ROOT / RESOURCES[name]["path"]).read_bytes()
    assert not content.startswith(b"\xef\xbb\xbf")
    assert b"\r" not in content
    assert content.endswith(b"\n")
    with (ROOT / RESOURCES[name]["path"]).open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file, strict=True))
    assert rows[0] == [field["name"] for field in DECLARED[name]["fields"]]
    assert {len(row) for row in rows} == {len(rows[0])}
    assert not [cell for row in rows for cell in row if "\n" in cell or cell.startswith(("=", "+", "-", "@"))]


@pytest.mark.parametrize("name", TABLES)
def test_csv_and_parquet_hold_the_same_values(name: str) -> None:
    parquet = pyarrow.parquet.read_table(ROOT / RESOURCES[f"{name}_parquet"]["path"], use_threads=False).to_pylist()
    types = {field["name"]: CSV_TYPES.get(field["type"], str) for field in DECLARED[name]["fields"]}
    with (ROOT / RESOURCES[name]["path"]).open(encoding="utf-8", newline="") as file:
        for row, other in zip(csv.DictReader(file, strict=True), parquet, strict=True):
            typed = {column: types[column](cell) if cell else None for column, cell in row.items()}
            assert typed == {key: v.isoformat() if hasattr(v, "isoformat") else v for key, v in other.items()}


@pytest.mark.parametrize("name", TABLES)
def test_parquet_names_version_and_licence(name: str) -> None:
    metadata = pyarrow.parquet.read_schema(ROOT / RESOURCES[f"{name}_parquet"]["path"]).metadata
    assert metadata[b"name"] == b"ceasefire-talks"
    assert metadata[b"version"].decode() == DESCRIPTOR["version"]
    quoted = " AND LicenseRef-Quoted-Words" if DECLARED[name].get("quoted") else ""
    assert metadata[b"license"].decode() == f"CC-BY-4.0{quoted}"


def test_frictionless_finds_the_package_valid_without_a_warning() -> None:
    with system.use_context(trusted=False):
        report = Package(str(ROOT / "datapackage.json")).validate()
    assert (report.errors, report.warnings) == ([], [])
    found = {task.name: ([error.message for error in task.errors], task.warnings) for task in report.tasks}
    assert found == {name: ([], []) for name in RESOURCES}
    assert {task.name: task.stats["rows"] for task in report.tasks} == {
        name: resource["rows"] for name, resource in RESOURCES.items()
    }


def test_descriptor_follows_the_official_profile() -> None:
    assert [error.message for error in profile("datapackage").iter_errors(DESCRIPTOR)] == []


@pytest.mark.parametrize("name", TABLES)
def test_schema_follows_the_official_profile(name: str) -> None:
    schema = json.loads((ROOT / RESOURCES[name]["schema"]).read_text("utf-8"))
    assert [error.message for error in profile("tableschema").iter_errors(schema)] == []


@cache
def profile(name: str) -> jsonschema.Draft7Validator:
    path = Path(dplib.__file__).parent / "profiles" / "2.0" / f"{name}.json"
    return jsonschema.Draft7Validator(json.loads(path.read_text("utf-8")))


@pytest.mark.parametrize(
    ("added", "errors"),
    [(b"", []), (b"unit,days,Days,Twice.,\n", ["byte-count", "hash-count", "primary-key", "row-count"])],
)
def test_descriptor_hash_of_a_changed_file_is_seen_as_an_error(tmp_path: Path, added: bytes, errors: list[str]) -> None:
    """Break a file on purpose once: frictionless must not be blind here."""
    resource = RESOURCES["codes"]
    for path in (resource["path"], resource["schema"]):
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_bytes((ROOT / path).read_bytes())
    with (tmp_path / resource["path"]).open("ab") as file:
        file.write(added)
    (tmp_path / "datapackage.json").write_text(json.dumps({"name": "broken", "resources": [resource]}), "utf-8")
    with system.use_context(trusted=False):
        report = Package(str(tmp_path / "datapackage.json")).validate()
    assert sorted(error.type for task in report.tasks for error in task.errors) == errors


def test_every_published_file_is_named_once_in_the_descriptor() -> None:
    built = {
        path.relative_to(ROOT).as_posix()
        for kind in ("csv", "parquet", "schemas", "pictures")
        for path in (ROOT / "data" / kind).rglob("*.*")
    }
    beside = {
        "data/codebook.md",
        "data/codes.md",
        "data/coding.md",
        "data/ceasefire-talks.xlsx",
        "data/explorer.html",
        "CITATION.cff",
        "datapackage.json",
    }
    assert sorted(PATHS) == sorted(built | beside)
