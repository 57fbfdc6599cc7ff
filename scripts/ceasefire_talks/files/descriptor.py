"""How the package describes itself: a Table Schema a table, `datapackage.json` and `CITATION.cff`.

The Data Package v2 descriptor is written here because frictionless rewrites descriptors lossily.
"""

import hashlib
import json
from typing import Any

import polars as pl
import yaml

from ceasefire_talks.declaration import Declaration, Field, Table, is_required, published
from ceasefire_talks.files import FORMATS, Files, data_path
from ceasefire_talks.records.metadata import Package, address_of
from ceasefire_talks.records.project import QUOTED
from ceasefire_talks.tables.codes import NO_CODES, Codes, code_lists
from ceasefire_talks.tables.tabulate import Tables

PROFILE = "https://datapackage.org/profiles/2.0"
SCHEMA_KEYWORDS = ("name", "title", "description", "type", "unit", "unitColumn", "codes", "identifying")
KEY_KEYWORDS = ("primaryKey", "uniqueKeys", "foreignKeys")
SOURCES_USED = ("coded_article", "dataset")


def to_json(content: Any) -> bytes:
    """Return JSON as the bytes of a file."""
    return (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode("utf-8")


def to_digest(content: bytes) -> str:
    """Return the SHA-256 of a file in hexadecimal digits."""
    return hashlib.sha256(content).hexdigest()


def to_hash(content: bytes) -> str:
    """Return the SHA-256 of a file as descriptors write it."""
    return f"sha256:{to_digest(content)}"


def schema_path(name: str) -> str:
    """Return the path of a table's schema, from the root of the package."""
    return f"data/schemas/{name}.json"


def to_schemas(tables: Tables, declared: Declaration) -> Files:
    """Return the Table Schema of every published table, shared by its formats."""
    codes = code_lists(tables["codes"])
    return {schema_path(name): to_json(table_schema(table, codes)) for name, table in published(declared).items()}


def table_schema(table: Table, codes: Codes) -> dict[str, Any]:
    """Return the Table Schema of a table; its references name the CSV resources, which bear the tables' own names."""
    keys = {key: value for key, value in table.items() if key in KEY_KEYWORDS}
    fields = [schema_field(field, codes) for field in table["fields"]]
    return {"$schema": f"{PROFILE}/tableschema.json", **keys, "fields": fields}


def schema_field(field: Field, codes: Codes) -> dict[str, Any]:
    """Return a field as frictionless reads it: codes as an enum too, no pattern where a cell may be empty."""
    published_field = {key: value for key, value in field.items() if key in SCHEMA_KEYWORDS}
    published_field["example"] = str(field["example"])
    if "derived" in field:
        published_field["derived"] = True
    limits = dict(field.get("constraints", {}))
    if not is_required(field):
        limits.pop("pattern", None)
    if "codes" in field:
        listed = codes.get(field["codes"], NO_CODES)
        limits["enum"] = published_field["categories"] = listed.codes
        published_field["categoriesOrdered"] = listed.ordered
    return published_field | ({"constraints": limits} if limits else {})


def to_descriptor(package: Package, tables: Tables, declared: Declaration, files: Files) -> bytes:
    """Return the descriptor: a resource per table and format, and what stands beside them, each with its hash."""
    shown = published(declared)
    resources = [
        to_resource(name, table, kind, files[data_path(name, table, kind)], tables[name].height)
        | {"licenses": to_licences(package, quoted=bool(table.get("quoted")))}
        for kind in FORMATS
        for name, table in shown.items()
    ]
    held = {resource["path"] for resource in resources}
    others = [
        {"path": path, "bytes": len(content), "hash": to_hash(content)}
        for path, content in sorted(files.items())
        if path not in held
    ]
    properties = package_properties(package) | {"sources": to_sources(tables["sources"])}
    return to_json(properties | {"resources": resources, "files": others})


def package_properties(package: Package) -> dict[str, Any]:
    """Return the properties of the package as a whole."""
    return {
        "$schema": f"{PROFILE}/datapackage.json",
        "id": address_of(package) if package.doi else f"urn:uuid:{package.uuid}",
        "name": package.name,
        "title": package.title,
        "description": package.description,
        "version": package.version,
        "created": f"{package.released}T00:00:00Z",
        "keywords": package.keywords,
        "licenses": to_licences(package, quoted=True),
        "contributors": [to_contributor(package)],
    } | ({"homepage": package.homepage} if package.homepage else {})


def to_contributor(package: Package) -> dict[str, Any]:
    """Return who made the package, with how they are reached as far as it is known."""
    reached = {"path": package.contact} if package.contact else {}
    kept = {"organization": package.publisher} if package.publisher else {}
    return {"title": package.author, "roles": ["creator"], **reached, **kept}


def to_licences(package: Package, *, quoted: bool) -> list[dict[str, str]]:
    """Return the licences of the package or of a table: that of the data, and where it quotes, what is not licensed."""
    ours = {"name": package.licence, "title": package.licence_title, "path": package.licence_url}
    theirs = {"name": QUOTED, "title": "Words of others, which are not licensed", "path": f"LICENSES/{QUOTED}.txt"}
    return [ours, theirs] if quoted else [ours]


def file_metadata(package: Package) -> dict[str, str]:
    """Return what each Parquet file says of the package it belongs to."""
    return {"name": package.name, "version": package.version, "license": package.licence}


def to_sources(sources: pl.DataFrame) -> list[dict[str, str]]:
    """Return the article and the data sets that the package was made from, with an address where one was seen."""
    return [
        {"title": row["title"]} | ({"path": row["url"]} if row["url"] else {})
        for row in used_sources(sources).iter_rows(named=True)
    ]


def used_sources(sources: pl.DataFrame) -> pl.DataFrame:
    """Return the sources that the package was made from: the article, and the data sets that were looked up."""
    return sources.filter(pl.col("kind").is_in(SOURCES_USED))


def to_reference(row: dict[str, Any]) -> dict[str, Any]:
    """Return a source as a reference of the citation file; of an unknown author stands the publisher."""
    kind = "article" if row["kind"] == "coded_article" else "data"
    publisher = row["original_publisher"] or row["publisher"]
    address = {"url": row["url"]} if row["url"] else {}
    return {"type": kind, "title": row["title"], "authors": [{"name": publisher}], **address}


def to_resource(name: str, table: Table, kind: str, content: bytes, rows: int) -> dict[str, Any]:
    """Return one file as a resource; the CSV bears the table's own name."""
    form = FORMATS[kind]
    size = {"encoding": "utf-8", "bytes": len(content)} if form.text else {}
    return {
        "name": name if kind == "csv" else f"{name}_{kind}",
        "type": "table",
        "title": table["title"],
        "description": f"One row is {table['row']}.",
        "path": data_path(name, table, kind),
        "scheme": "file",
        "format": kind,
        "mediatype": form.mediatype,
        "hash": to_hash(content),
        **size,
        "rows": rows,
        "schema": schema_path(name),
    }


def to_citation(package: Package, sources: pl.DataFrame) -> bytes:
    """Return the citation file in Citation File Format 1.2.0, with what the package was made from as references."""
    addresses = {"doi": package.doi, "url": package.homepage, "repository-code": package.repository}
    contact = {"website": package.contact} if package.contact else {}
    citation = {
        "cff-version": "1.2.0",
        "message": "If you use this dataset, please cite this version of it.",
        "type": "dataset",
        "title": package.title,
        "version": package.version,
        "date-released": package.released,
        "authors": [{"name": package.author, **contact}],
        "abstract": package.description,
        "keywords": package.keywords,
        "license": package.licence,
        **{key: value for key, value in addresses.items() if value},
        "references": [to_reference(row) for row in used_sources(sources).iter_rows(named=True)],
    }
    return yaml.safe_dump(citation, sort_keys=False, allow_unicode=True, width=110).encode("utf-8")
