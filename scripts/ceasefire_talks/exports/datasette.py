"""What has Datasette show licence, caveats and what each column means."""

from ceasefire_talks.declaration import Declaration, published
from ceasefire_talks.exports.sql import describe_table
from ceasefire_talks.files.descriptor import to_json
from ceasefire_talks.records.metadata import Package


def to_datasette(package: Package, declared: Declaration) -> bytes:
    """Return the metadata file for the SQLite database."""
    described = {
        name: {
            "title": table["title"],
            "description": describe_table(table),
            "columns": {field["name"]: field["description"] for field in table["fields"]},
            "facets": [field["name"] for field in table["fields"] if field.get("codes")][:4],
        }
        for name, table in published(declared).items()
    }
    metadata = {
        "title": package.title,
        "description": " ".join(caveat.replace("**", "") for caveat in package.caveats),
        "license": package.licence,
        "license_url": package.licence_url,
        "databases": {package.name: {"tables": described}},
    }
    return to_json(metadata)
