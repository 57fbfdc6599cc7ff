"""How the package describes itself: `datapackage.json` and `CITATION.cff`.

The Data Package v2 descriptor is written here because frictionless rewrites descriptors lossily.
"""

import hashlib
import json
from typing import Any

import yaml

from ceasefire_talks.declaration import Declaration, Table, published
from ceasefire_talks.records.metadata import Project
from ceasefire_talks.tables.schemas import Codes, code_lists, table_schema
from ceasefire_talks.tables.tabulate import Tables

PROFILE = "https://datapackage.org/profiles/2.0"
FORMATS = {"csv": "text/csv", "parquet": "application/vnd.apache.parquet"}


def to_descriptor(project: Project, tables: Tables, declared: Declaration, files: dict[str, bytes]) -> bytes:
    """Return the descriptor of the package: a CSV and a Parquet resource per table, with hash, size and rows."""
    codes = code_lists(tables["codes"])
    resources = [
        to_resource(name, table, codes, kind, files[data_path(name, kind)], tables[name].height)
        for kind in FORMATS
        for name, table in published(declared).items()
    ]
    package = package_properties(project) | {"sources": to_sources(tables), "resources": resources}
    return (json.dumps(package, ensure_ascii=False, indent=2) + "\n").encode("utf-8")


def data_path(name: str, kind: str) -> str:
    """Return the path of a table in a format, from the root of the package."""
    return f"data/{kind}/{name}.{kind}"


def resource_name(name: str, kind: str) -> str:
    """Return the name of the resource that holds a table in a format: the CSV bears the table's own."""
    return name if kind == "csv" else f"{name}_{kind}"


def package_properties(project: Project) -> dict[str, Any]:
    """Return the properties of the package as a whole."""
    return {
        "$schema": f"{PROFILE}/datapackage.json",
        "name": project["name"],
        "title": project["title"],
        "description": project["description"],
        "version": project["version"],
        "created": f"{project['released']}T00:00:00Z",
        "keywords": project["keywords"],
        "licenses": project["licenses"],
        "contributors": [{"title": project["author"], "roles": ["creator"]}],
    }


def file_metadata(package: dict[str, Any]) -> dict[str, str]:
    """Return what each Parquet file says of the package it belongs to."""
    licence = package["licenses"][0]["name"]
    return {"name": str(package["name"]), "version": str(package["version"]), "license": str(licence)}


def to_sources(tables: Tables) -> list[dict[str, str]]:
    """Return the documents the package was made from, with an address where one was seen."""
    return [
        {"title": row["title"]} | ({"path": row["url"]} if row["url"] else {})
        for row in tables["sources"].iter_rows(named=True)
    ]


def to_resource(name: str, table: Table, codes: Codes, kind: str, content: bytes, rows: int) -> dict[str, Any]:
    """Return one file as a resource; `bytes` only for CSV, because frictionless miscounts those of Parquet."""
    size = {"encoding": "utf-8", "bytes": len(content)} if kind == "csv" else {}
    return {
        "$schema": f"{PROFILE}/dataresource.json",
        "name": resource_name(name, kind),
        "type": "table",
        "title": table["title"],
        "description": f"One row is {table['row']}. {table['description']}",
        "path": data_path(name, kind),
        "scheme": "file",
        "format": kind,
        "mediatype": FORMATS[kind],
        "hash": f"sha256:{hashlib.sha256(content).hexdigest()}",
        **size,
        "rows": rows,
        "schema": {
            "$schema": f"{PROFILE}/tableschema.json",
            **table_schema(table, codes, lambda other: resource_name(other, kind)),
        },
    }


def to_citation(project: Project) -> bytes:
    """Return the citation file in Citation File Format 1.2.0."""
    citation = {
        "cff-version": "1.2.0",
        "message": "If you use this dataset, please cite this version of it.",
        "type": "dataset",
        "title": project["title"],
        "version": project["version"],
        "date-released": project["released"],
        "authors": [{"name": project["author"]}],
        "abstract": project["description"],
        "keywords": project["keywords"],
        "license": "CC-BY-4.0",
    }
    return yaml.safe_dump(citation, sort_keys=False, allow_unicode=True, width=110).encode("utf-8")
