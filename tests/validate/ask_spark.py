"""Prints as JSON the functions that the engines do not share, then a line of rows for each query in DuckDB's SQL.

Queries come from standard input with what they need defined. It runs in an environment that has Spark.
"""

import json
import sys

from ceasefire_talks.validate.dialect import LENT, NAMES
from ceasefire_talks.validate.spark import open_spark

print(json.dumps([*LENT, *NAMES]))

with open_spark("local[2]", None) as tables:
    for definitions, query in json.load(sys.stdin):
        tables.define(definitions)
        columns = [column.to_pylist() for column in tables.run(query).columns]
        print(json.dumps(sorted(zip(*columns, strict=True), key=repr), default=str))
