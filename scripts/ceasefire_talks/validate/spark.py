"""The whole tables in Spark, for a corpus that is more than one machine's.

Each executor has DuckDB read a part and judge its rows, as it does on one machine; what keys, references and rules
between rows look at is put aside as Parquet, and Spark answers the same queries over it. What was found comes back.
The corpus, and the folder for temporary files, have to be there under the same names on every machine.
"""

import os
import re
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache, partial
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb
import pyarrow as pa
from py4j.protocol import Py4JError
from pyspark.errors import PySparkException
from pyspark.sql import DataFrame, SparkSession
from pyspark.sql.functions import arrow_udf
from sqlglot import exp

from ceasefire_talks.checks.rule_views import MACROS
from ceasefire_talks.tables.codes import Codes
from ceasefire_talks.validate.cells import quoted
from ceasefire_talks.validate.dialect import (
    LEND,
    LENT,
    Macros,
    asked_tables,
    asks_for_itself,
    parse,
    rename_table,
    write,
)
from ceasefire_talks.validate.files import SQL_TYPES
from ceasefire_talks.validate.load import PART, Loaded, select_kept

SPARK_TYPES = {"VARCHAR": "string", "INTEGER": "int", "DOUBLE": "double", "BOOLEAN": "boolean", "DATE": "date"}
MASTER = re.compile(r"local(\[.+\])?|yarn|(spark|k8s)://.+")
ROWS = 50_000  # of a batch
SETTINGS = {
    "spark.sql.constraintPropagation.enabled": False,  # it fails on tables with themselves joined
    "spark.log.level": "OFF",  # what goes wrong is raised here
    "spark.ui.showConsoleProgress": False,
}
TOLD = re.compile(r"_duckdb\.\w+: (.*)", re.DOTALL)  # what DuckDB says in an executor
SETTLED, NEWEST = "_settled_{}", "_newest"  # what a query was settled to, and what was found of it last


@contextmanager
def open_spark(master: str, temp: Path | None) -> Iterator["SparkTables"]:
    """Give tables in the Spark of a master, of which nothing is left afterwards; raise `ValueError` where it fails."""
    if not MASTER.fullmatch(master):
        raise ValueError(f"{master}: is no master of Spark; give local[*], spark://HOST:PORT, yarn or k8s://URL")
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    with TemporaryDirectory(dir=temp, ignore_cleanup_errors=True) as folder:
        try:
            spark = SparkSession.builder.master(master).appName("ceasefire-talks").config(map=SETTINGS).getOrCreate()
            with spark:
                prepare(spark, folder)
                yield SparkTables(spark, Path(folder))
        except (PySparkException, Py4JError) as error:
            said = str(error).strip().splitlines()
            raise ValueError(f"Spark: {next((line[2:] for line in said if line.startswith(': ')), said[0])}") from None


def prepare(spark: SparkSession, folder: str) -> None:
    """Let a session know where to put things aside, and the functions that DuckDB lends."""
    spark.sparkContext.setCheckpointDir(folder)
    for name, kind in LENT.items():
        spark.udf.register(LEND.format(name), arrow_udf(lend(name), kind))


@cache
def open_lender() -> duckdb.DuckDBPyConnection:
    """Return the DuckDB of an executor, which keeps rows in their order."""
    connection = duckdb.connect(config={"threads": 1})
    connection.execute(MACROS)
    return connection


def lend(name: str) -> Callable[..., pa.Array]:
    """Return what gives for each row what a function of DuckDB does."""

    def give(*columns: pa.Array) -> pa.Array:
        names = [f"_{number}" for number in range(len(columns))]
        connection = open_lender()
        connection.register("_given", pa.table([*columns], names))
        arguments = ", ".join([names[0], *map(say_once, names[1:], columns[1:])])
        result: pa.Table = connection.sql(f"SELECT {name}({arguments}) FROM _given").to_arrow_table()
        return result.column(0).combine_chunks()

    return give


def say_once(name: str, column: pa.Array) -> str:
    """Return a column, or the text that all its rows share: a pattern is then read once."""
    shared = column[0].as_py() if len(column.unique()) == 1 else None
    return name if shared is None else quoted(shared)


def read_part(found: Loaded, codes: Codes, parts: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    """Yield the rows of parts, each with its number and, if it may break a check, with all its cells."""
    for part in (part for batch in parts for part in batch.column(0).to_pylist()):
        row = part << PART
        query = select_kept(found, codes, [found.paths[part]])
        for rows in open_lender().sql(query).to_arrow_reader(ROWS):
            numbers = pa.array(range(row, row + rows.num_rows), pa.int64())
            yield rows.append_column("_row", numbers)
            row += rows.num_rows


class SparkTables:
    """Tables, views and macros in Spark, by DuckDB's SQL; a folder holds what was read of the tables."""

    def __init__(self, spark: SparkSession, folder: Path) -> None:
        """Take a session."""
        self.spark, self.folder = spark, folder
        self.macros: Macros = {}
        self.views: dict[str, exp.Expression] = {}

    def load(self, found: Loaded, codes: Codes) -> Loaded:
        """Read the parts of a table into its view, and its rows that may break a check into `_suspect_TABLE`."""
        types = {field["name"]: SPARK_TYPES[SQL_TYPES[field["type"]]] for field in found.fields}
        cells = ", ".join(f"`_{name}`: {of}" for name, of in types.items())
        packed = "array<string>" if found.kind == "csv" else f"struct<{cells}>"
        kept = [f"`{name}` {types[name]}" for name in found.kept]
        schema = ", ".join([*kept, f"_suspect {packed}", "_row bigint"])
        parts = self.spark.range(len(found.paths), numPartitions=len(found.paths))
        path = str(self.folder / found.name)
        try:
            parts.mapInArrow(partial(read_part, found, codes), schema).write.parquet(path)
        except PySparkException as error:
            if told := TOLD.search(str(error)):
                raise duckdb.Error(told[1]) from None
            raise
        rows = self.spark.read.parquet(path)
        rows.drop("_suspect").createOrReplaceTempView(found.name)
        each = [f"_suspect[{number}] AS `_{name}`" for number, name in enumerate(types)]
        unpacked = each if found.kind == "csv" else ["_suspect.*"]
        suspect = rows.where("_suspect IS NOT NULL").selectExpr("_row", *unpacked)
        suspect.createOrReplaceTempView(f"_suspect_{found.name}")
        return found._replace(rows=rows.count())

    def run(self, query: str) -> pa.Table:
        """Return the rows of a query."""
        return self.ask(parse(query)[0]).toArrow()

    def define(self, statements: str) -> None:
        """Keep the views and macros of some statements, for those who ask for them."""
        for tree in parse(statements):
            if tree.args["kind"] == "VIEW":
                self.views[tree.this.name] = tree.expression
            elif tree.this.this.name not in LENT:
                self.macros[tree.this.this.name] = tree

    def share(self, name: str, rows: pa.Table) -> None:
        """Let queries know a small table by its name."""
        self.views.pop(name, None)
        self.spark.createDataFrame(rows).createOrReplaceTempView(name)

    def ask(self, tree: exp.Expression) -> DataFrame:
        """Return a query, with the views made that it asks for, and with what asks for itself in it settled."""
        for name in asked_tables(tree):
            if name in self.views:
                self.ask(self.views.pop(name)).createOrReplaceTempView(name)
        for queries in [*tree.find_all(exp.With)]:
            while any(cte.args["materialized"] or asks_for_itself(cte) for cte in queries.expressions):
                self.settle(queries)
        return self.spark.sql(write(tree, self.macros))

    def settle(self, queries: exp.With) -> None:
        """Make a view of the first of some queries, in place of it."""
        cte, whole = queries.expressions[0], queries.parent
        frame = self.close(cte) if asks_for_itself(cte) else self.keep(cte.this, cte)
        frame.createOrReplaceTempView(SETTLED.format(cte.alias))
        cte.pop()
        if not queries.expressions:
            queries.pop()
        rename_table(whole, cte.alias, SETTLED.format(cte.alias))

    def close(self, cte: exp.CTE) -> DataFrame:
        """Return all that a query comes to that asks for itself: for what it found last, until that is nothing."""
        begin, step, once = cte.this.left, cte.this.right, cte.this.args["distinct"]
        rename_table(step, cte.alias, NEWEST)
        found = newest = self.keep(begin, cte)
        while not newest.isEmpty():
            newest.createOrReplaceTempView(NEWEST)
            more = self.keep(step.copy(), cte)
            newest = more.distinct().subtract(found).checkpoint() if once else more
            found = found.union(newest)
        return found

    def keep(self, query: exp.Expression, cte: exp.CTE) -> DataFrame:
        """Return the rows of a query, with the columns that it is said to have, put aside."""
        frame = self.ask(query)
        columns = [column.name for column in cte.args["alias"].columns]
        return frame.toDF(*(columns or frame.columns)).checkpoint()
