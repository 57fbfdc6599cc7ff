"""Prints the rows of every record set of a Croissant file as mlcroissant loads them, a line of JSON each."""

import json
import sys
from math import isnan

import mlcroissant


def to_plain(value: object) -> object:
    """Return a value as JSON has it: text for bytes and days, nothing for what is missing."""
    if value is None or (isinstance(value, float) and isnan(value)):
        return None
    if isinstance(value, bytes):
        return value.decode("utf-8")
    if hasattr(value, "isoformat"):
        return str(value.isoformat())[:10]
    return value.item() if hasattr(value, "item") else value


dataset = mlcroissant.Dataset(jsonld=sys.argv[1])
for records in dataset.metadata.record_sets:
    rows = [
        {key.partition("/")[2]: to_plain(value) for key, value in row.items()} for row in dataset.records(records.uuid)
    ]
    print(json.dumps([records.uuid, rows]))
