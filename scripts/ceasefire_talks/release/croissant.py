"""The package in Croissant 1.1 with its RAI vocabulary, for harvesters of data sets: JSON-LD over the Parquet files.

`url`, which the format requires, stays out until the data set has an address.
"""

from typing import Any

from ceasefire_talks.citation import to_text
from ceasefire_talks.declaration import Declaration, Field, Table, published
from ceasefire_talks.declaration.types import TYPES
from ceasefire_talks.files import Files, data_path
from ceasefire_talks.files.descriptor import to_digest, to_json
from ceasefire_talks.records.metadata import Package, address_of, work_of
from ceasefire_talks.records.project import QUOTED
from ceasefire_talks.tables.tabulate import Tables

CROISSANT = "http://mlcommons.org/croissant"
TERMS = (
    *(
        "arrayShape",
        "citeAs",
        "column",
        "containedIn",
        "equivalentProperty",
        "extract",
        "field",
        "fileObject",
        "fileProperty",
    ),
    *("fileSet", "format", "includes", "isArray", "isLiveDataset", "jsonPath", "key", "md5", "parentField", "path"),
    *(
        "recordSet",
        "references",
        "regex",
        "repeated",
        "replace",
        "samplingRate",
        "separator",
        "source",
        "subField",
        "transform",
    ),
)
CONTEXT = {
    "@language": "en",
    "@vocab": "https://schema.org/",
    "sc": "https://schema.org/",
    "cr": f"{CROISSANT}/",
    "rai": f"{CROISSANT}/RAI/",
    "dct": "http://purl.org/dc/terms/",
    "conformsTo": "dct:conformsTo",
    "data": {"@id": "cr:data", "@type": "@json"},
    "dataType": {"@id": "cr:dataType", "@type": "@vocab"},
    "examples": {"@id": "cr:examples", "@type": "@json"},
    "name": {"@container": "@language"},
    "description": {"@container": "@language"},
    **{term: f"cr:{term}" for term in TERMS},
}


def to_croissant(package: Package, tables: Tables, declared: Declaration, files: Files) -> bytes:
    """Return the description as the bytes of a JSON-LD file that lies at the root of the package."""
    shown = published(declared)
    address = address_of(package)
    described = {
        "@context": CONTEXT,
        "@type": "sc:Dataset",
        "conformsTo": [f"{CROISSANT}/1.1", f"{CROISSANT}/RAI/1.0"],
        "name": package.name,
        "alternateName": package.title,
        "description": package.description,
        "version": package.version,
        "datePublished": package.released,
        "license": [package.licence_url, f"LICENSES/{QUOTED}.txt"],
        "creator": {"@type": "sc:Organization", "name": package.author},
        "keywords": package.keywords,
        "citeAs": to_text(work_of(package)),
        **({"url": address} if address else {}),
        **rai_properties(tables),
        "distribution": [to_file(name, table, files) for name, table in shown.items()],
        "recordSet": [to_record_set(name, table) for name, table in shown.items()],
    }
    return to_json(described)


def rai_properties(tables: Tables) -> dict[str, str]:
    """Return the answers of the data card by their properties in the RAI vocabulary."""
    answered = tables["card"].drop_nulls("rai").select("rai", "answer")
    return {f"rai:{name}": answer for name, answer in answered.iter_rows()}


def to_file(name: str, table: Table, files: Files) -> dict[str, Any]:
    """Return the Parquet file of a table."""
    path = data_path(name, table, "parquet")
    return {
        "@type": "cr:FileObject",
        "@id": f"{name}.parquet",
        "name": f"{name}.parquet",
        "contentUrl": path,
        "encodingFormat": "application/x-parquet",
        "sha256": to_digest(files[path]),
    }


def to_record_set(name: str, table: Table) -> dict[str, Any]:
    """Return the rows of a table, with its key."""
    return {
        "@type": "cr:RecordSet",
        "@id": name,
        "name": name,
        "description": f"One row is {table['row']}.",
        "key": [{"@id": f"{name}/{field}"} for field in table["primaryKey"]],
        "field": [to_field(name, field) for field in table["fields"]],
    }


def to_field(name: str, field: Field) -> dict[str, Any]:
    """Return a column of a table."""
    return {
        "@type": "cr:Field",
        "@id": f"{name}/{field['name']}",
        "name": field["name"],
        "description": field["description"],
        "dataType": f"sc:{TYPES[field['type']].schema_org}",
        "source": {"fileObject": {"@id": f"{name}.parquet"}, "extract": {"column": field["name"]}},
    }
