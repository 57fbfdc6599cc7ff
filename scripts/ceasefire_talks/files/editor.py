"""What has an editor complete records and complain about them: a JSON Schema a table, from its declaration."""

from typing import Any

from ceasefire_talks.declaration import Declaration, Field, is_required
from ceasefire_talks.files import Files
from ceasefire_talks.files.descriptor import to_json
from ceasefire_talks.records.read import RECORDS
from ceasefire_talks.records.rows import nested_tables, parent_key
from ceasefire_talks.tables.codes import NO_CODES, Codes

FOLDER = ".vscode/records"
SETTINGS = ".vscode/settings.json"
JSON_TYPES = {"integer": "integer", "number": "number", "boolean": "boolean"}
LIMITS = ("minimum", "maximum", "maxLength")


def to_editor(declared: Declaration, codes: Codes) -> Files:
    """Return the schemas and the settings that tie each to the files of its table."""
    schemas = {f"{FOLDER}/{name}.json": to_json(file_schema(name, declared, codes)) for name in declared}
    ties = {f"{FOLDER}/{name}.json": f"{RECORDS}/**/{name}.yaml" for name in declared}
    return schemas | {SETTINGS: to_json({"yaml.schemas": ties})}


def file_schema(name: str, declared: Declaration, codes: Codes) -> dict[str, Any]:
    """Return the schema of a file: a list of records, or a mapping of them by the first column of their key."""
    first = declared[name]["primaryKey"][0]
    rows = rows_schema(name, declared, codes, set())
    groups = {"type": "object", "additionalProperties": rows_schema(name, declared, codes, {first})}
    return {"$schema": "http://json-schema.org/draft-07/schema#", "title": declared[name]["title"]} | {
        "anyOf": [rows, groups]
    }


def rows_schema(name: str, declared: Declaration, codes: Codes, given: set[str]) -> dict[str, Any]:
    """Return the schema of a list of records, without the fields that their surroundings give."""
    table = declared[name]
    fields = [field for field in table["fields"] if "derived" not in field and field["name"] not in given]
    properties = {field["name"]: cell_schema(field, codes) for field in fields}
    for child in nested_tables(declared, name):
        properties[child] = rows_schema(child, declared, codes, given_fields(name, child, declared))
    required = [field["name"] for field in fields if is_required(field)]
    row = {"type": "object", "properties": properties, "required": required, "additionalProperties": False}
    return {"type": "array", "items": row}


def given_fields(name: str, child: str, declared: Declaration) -> set[str]:
    """Return the fields of a nested record that the one around it gives."""
    if child == "evidence":
        return {"table_name", "row_id"}
    return set(parent_key(declared, name, child)["fields"])


def cell_schema(field: Field, codes: Codes) -> dict[str, Any]:
    """Return the schema of a cell; a text may look like a number."""
    limits = field.get("constraints", {})
    schema: dict[str, Any] = {"title": field["title"], "description": field["description"]}
    if "codes" in field:
        return schema | {"enum": codes.get(field["codes"], NO_CODES).codes}
    schema["type"] = JSON_TYPES.get(field["type"], ["string", "number"])
    schema |= {key: value for key, value in limits.items() if key in LIMITS}
    return schema | ({"pattern": f"^(?:{limits['pattern']})$"} if "pattern" in limits else {})
