"""What is judged: the whole tables, where they are, and in DuckDB what was found in them."""

from pathlib import Path
from typing import Any, NamedTuple, Protocol

import duckdb
import pyarrow as pa

from ceasefire_talks.validate.load import Loaded

NONE = [(0,)]  # what is answered to how many there are, or were put into a table


class Tables(Protocol):
    """What holds the whole tables where DuckDB does not; it takes DuckDB's SQL."""

    def run(self, query: str) -> pa.Table:
        """Return the rows of a query."""

    def define(self, statements: str) -> None:
        """Make the views and macros of some statements."""

    def share(self, name: str, rows: pa.Table) -> None:
        """Let queries know a small table by its name."""


class Engine(NamedTuple):
    """What is judged: a DuckDB, the folder, the tables as they were read, and what holds them if it is not DuckDB."""

    connection: duckdb.DuckDBPyConnection
    root: Path
    tables: dict[str, Loaded]
    elsewhere: Tables | None = None

    def ask(self, query: str) -> list[Any]:
        """Return the rows of a query over what was found."""
        return self.connection.execute(query).fetchall()

    def ask_tables(self, query: str) -> list[Any]:
        """Return the rows of a query over whole tables; it may look at what was found if that was shared."""
        if self.elsewhere is None:
            return self.ask(query)
        columns = [column.to_pylist() for column in self.elsewhere.run(query).columns]
        return list(zip(*columns, strict=True))

    def gather(self, name: str, query: str) -> int:
        """Make a table of what a query over whole tables finds; return how many rows that are."""
        if self.elsewhere is not None:
            self.connection.register("_gathered", self.elsewhere.run(query))
            query = "FROM _gathered"
        [(count,)] = self.ask(f"CREATE OR REPLACE TABLE {name} AS {query}")
        return int(count)

    def define(self, statements: str) -> None:
        """Make views and macros over whole tables."""
        if self.elsewhere is None:
            self.connection.execute(statements)
        else:
            self.elsewhere.define(statements)

    def share(self, name: str) -> None:
        """Let queries over whole tables look at what was found."""
        if self.elsewhere is not None:
            self.elsewhere.share(name, self.connection.sql(f'FROM "{name}"').to_arrow_table())
