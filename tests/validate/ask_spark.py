"""Prints what Spark answers to queries in DuckDB's SQL: reads a list of statements from standard input as JSON.

Of each it prints a line, the rows or why there are none. It runs in an environment that has Spark.
"""

import json
import sys

from ceasefire_talks.validate.spark import open_spark

with open_spark("local[2]", None) as tables:
    for definitions, query in json.load(sys.stdin):
        tables.define(definitions)
        columns = [column.to_pylist() for column in tables.run(query).columns]
        print(json.dumps(sorted(zip(*columns, strict=True), key=repr), default=str))
