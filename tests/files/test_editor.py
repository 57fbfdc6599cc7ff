"""What an editor makes of the records: their schemas accept all that is there, and name a field that no table has."""

import json
import re
from functools import cache
from typing import Any

import jsonschema
import pytest
import yaml

from ceasefire_talks.files import Files
from helpers import DECLARED, MEASURED, RECORDS, ROOT, read_cases

FOLDER = ROOT / ".vscode"
SETTINGS = json.loads((FOLDER / "settings.json").read_text("utf-8"))["yaml.schemas"]
FILES = [
    path.relative_to(ROOT).as_posix()
    for folder in (RECORDS, MEASURED)
    for path in sorted((ROOT / folder).rglob("*.yaml"))
    if path.parent.parent.name != "codings"  # whole codings, kept as they were
]
CORE = re.compile(r"[-+]?[0-9]+")
REAL = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?")


class Yaml12(yaml.SafeLoader):
    """Reads scalars as the core schema of YAML 1.2 does, and so the editors: no days, and `no` is a text."""


Yaml12.yaml_implicit_resolvers = {}
for tag, pattern, first in (
    ("bool", re.compile(r"true|True|TRUE|false|False|FALSE"), "tTfF"),
    ("null", re.compile(r"~|null|Null|NULL|"), "~nN\0"),
    ("int", CORE, "-+0123456789"),
    ("float", REAL, "-+.0123456789"),
):
    whole = re.compile(f"(?:{pattern.pattern})$")
    Yaml12.add_implicit_resolver(f"tag:yaml.org,2002:{tag}", whole, list(first))


@cache
def validator(name: str) -> jsonschema.Draft7Validator:
    schema = json.loads((FOLDER / "records" / f"{name}.json").read_text("utf-8"))
    jsonschema.Draft7Validator.check_schema(schema)
    return jsonschema.Draft7Validator(schema)


@cache
def load(file: str) -> Any:
    return yaml.load((ROOT / file).read_text("utf-8"), Yaml12)


def table_of(file: str) -> str:
    return file.rsplit("/", 1)[1].removesuffix(".yaml")


def test_scalars_are_read_as_an_editor_reads_them() -> None:
    text = "[2024-09-15, no, yes, 0o7, 1_000, 12, 1.5, true, ~, 2024-09-XX]"
    assert yaml.load(text, Yaml12) == ["2024-09-15", "no", "yes", "0o7", "1_000", 12, 1.5, True, None, "2024-09-XX"]


def test_the_schemas_are_those_that_are_built(rendered: Files) -> None:
    built = {name: content for name, content in rendered.items() if name.startswith(".vscode/")}
    assert sorted(built) == sorted([".vscode/settings.json", *(f".vscode/records/{name}.json" for name in DECLARED)])
    assert {name: (ROOT / name).read_bytes() for name in built} == built


@pytest.mark.parametrize("file", [file for file in FILES if file.startswith(RECORDS)])
def test_each_file_is_tied_to_the_schema_of_its_table(file: str) -> None:
    patterns = {schema: re.escape(pattern).replace(r"\*\*/", "(?:.*/)?") for schema, pattern in SETTINGS.items()}
    ties = [schema for schema, pattern in patterns.items() if re.fullmatch(pattern, file)]
    assert ties == [f".vscode/records/{table_of(file)}.json"]


@pytest.mark.parametrize("file", FILES)
def test_all_records_are_accepted(file: str) -> None:
    assert [error.message for error in validator(table_of(file)).iter_errors(load(file))] == []


def add_field(value: Any) -> Any:
    """Return records with one more field in the first of them, or in the first of the first group."""
    if isinstance(value, dict):
        return {key: add_field(rows) if number == 0 else rows for number, (key, rows) in enumerate(value.items())}
    return [value[0] | {"colour": "red"}, *value[1:]]


def deepest(error: jsonschema.ValidationError) -> set[str]:
    """Return the messages of an error and of all that it is made of."""
    return {error.message} | {message for inner in error.context or [] for message in deepest(inner)}


@pytest.mark.parametrize("file", FILES)
def test_an_unknown_field_is_refused(file: str) -> None:
    errors = list(validator(table_of(file)).iter_errors(add_field(load(file))))
    assert any("'colour' was unexpected" in message for error in errors for message in deepest(error))


NESTED = read_cases("files/editor.yaml")


@pytest.mark.parametrize("case", NESTED, ids=lambda case: case["name"])
def test_what_an_editor_underlines(case: dict[str, Any]) -> None:
    errors = list(validator(case["table"]).iter_errors(case["records"]))
    assert set(case["says"]) <= {message for error in errors for message in deepest(error)}
    assert bool(errors) is bool(case["says"])
