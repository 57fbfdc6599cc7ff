"""The rules that span tables: the queries in `rules/*.sql`, each of which returns the rows that break it.

A file's name is that of its rule, its head comment what must hold. A query gives `table_name`, `_row`, `field` and
`message`, and where the message ends in a hint `near` and `known`: the id that is wrong, and a query for those that may
be meant, which is asked only for a row that is wrong. Every table is there under its name, with the number of each row
as `_row`; so are the views of `rule_views`. Long ids and texts are compared by their hash, a `mark`, and to the letter
only where that leaves a doubt: joins of numbers take half the time.
"""

from collections.abc import Iterator
from functools import cache
from pathlib import Path

import duckdb

from ceasefire_talks.checks.rule_views import list_views
from ceasefire_talks.declaration import Declaration, row_id
from ceasefire_talks.problems import Finding, nearest
from ceasefire_talks.tables.tabulate import Tables
from ceasefire_talks.tables.views import open_duckdb

RULES = {path.stem: path.read_text("utf-8") for path in sorted((Path(__file__).parent / "rules").glob("*.sql"))}


def sentence_of(name: str) -> str:
    """Return what must hold by a rule: the comment at the head of its query."""
    return RULES[name].partition("\n")[0].removeprefix("-- ")


def check_rules(tables: Tables, declared: Declaration) -> Iterator[Finding]:
    """Yield what breaks the rules that span tables; rows with an empty key are left to the checks that say so."""
    with open_rules(tables, declared) as connection:
        for name in RULES:
            yield from check_rule(name, connection, tables, declared)


def open_rules(tables: Tables, declared: Declaration, kept: str = "TABLE") -> duckdb.DuckDBPyConnection:
    """Return a DuckDB that knows the tables and what is derived from the declaration, kept for many rules or a view."""
    connection = open_duckdb({name: frame.with_row_index("_row") for name, frame in tables.items()})
    for statement in list_views({name: declared[name] for name in tables}, declared, kept):
        connection.execute(statement)
    return connection


def check_rule(
    name: str, connection: duckdb.DuckDBPyConnection, tables: Tables, declared: Declaration
) -> Iterator[Finding]:
    """Yield what breaks one rule."""
    ids = cache(lambda query: sorted(value for (value,) in connection.sql(query).fetchall()))
    for row in connection.sql(RULES[name]).pl().iter_rows(named=True):
        table, index, field = row["table_name"], row["_row"], row["field"]
        label = row_id(declared[table], tables[table].row(index, named=True))
        hint = nearest(row["near"], ids(row["known"])) if row.get("near") else ""
        yield Finding(table, index, field, name, f"{label}.{field}: {row['message']}{hint}")
