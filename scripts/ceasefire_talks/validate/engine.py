"""What is judged: the whole tables, where they are, and in DuckDB what was found in them."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple, Protocol

import duckdb
import pyarrow as pa

from ceasefire_talks.tables.codes import Codes
from ceasefire_talks.validate.load import Loaded, Tick, load_table

NONE = [(0,)]  # what is answered to how many there are, or were put into a table


class Resources(NamedTuple):
    """What a validation may use: memory, as DuckDB takes it, the folder for temporary files, and a master of Spark."""

    memory: str = "50%"
    temp: Path | None = None
    master: str | None = None


class Tables(Protocol):
    """What holds the whole tables where DuckDB does not; it takes DuckDB's SQL."""

    def load(self, found: Loaded, codes: Codes) -> Loaded:
        """Read a table into its view, and its rows that may break a check into `_suspect_TABLE`."""

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

    def load(self, found: Loaded, codes: Codes, tick: Tick) -> Loaded:
        """Read a table, and into DuckDB its rows that may break a check."""
        if self.elsewhere is None:
            return load_table(self.connection, found, codes, tick)
        loaded = self.elsewhere.load(found, codes)
        self.gather(f"_suspect_{found.name}", f"FROM _suspect_{found.name} ORDER BY _row")
        tick(f"reading {found.name}", sum(path.stat().st_size for path in found.paths), loaded.rows)
        return loaded

    def name_file(self, path: Path) -> str:
        """Return a file as messages name it: from the folder on."""
        return path.relative_to(self.root).as_posix()

    def ask(self, query: str) -> list[Any]:
        """Return the rows of a query over what was found."""
        return self.connection.execute(query).fetchall()

    def ask_tables(self, query: str) -> list[Any]:
        """Return the rows of a query over whole tables; it may look at what was found if that was shared."""
        if self.elsewhere is None:
            return self.ask(query)
        columns = [column.to_pylist() for column in self.elsewhere.run(query).columns]
        return list(zip(*columns, strict=True))

    def has_suspects(self, name: str) -> bool:
        """Tell whether a table has rows that may break a check, or name an id in a text."""
        return self.ask(f'SELECT count(*) FROM "_suspect_{name}"') != NONE

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


@contextmanager
def open_duckdb(resources: Resources) -> Iterator[duckdb.DuckDBPyConnection]:
    """Give a DuckDB that keeps what does not fit into its memory in a folder that is gone afterwards."""
    with TemporaryDirectory(dir=resources.temp, ignore_cleanup_errors=True) as folder:
        config: dict[str, Any] = {"memory_limit": resources.memory, "temp_directory": folder}
        try:
            with duckdb.connect(config=config) as connection:
                connection.execute("SET enable_progress_bar = false")  # it would be printed among the result
                # it makes IN a join, after which rows do not stand in the order of their files, by which they are named
                connection.execute("SET disabled_optimizers = 'in_clause'")
                yield connection
        except duckdb.Error as error:  # no memory or disk left, or no such size of memory
            raise ValueError(str(error).partition("\n")[0]) from None


@contextmanager
def open_tables(resources: Resources) -> Iterator[Tables | None]:
    """Give what holds the tables if it is not DuckDB."""
    if resources.master is None:
        yield None
        return
    try:
        from ceasefire_talks.validate.spark import open_spark  # noqa: PLC0415 - an extra
    except ModuleNotFoundError:
        cure = "pip install 'ceasefire-talks[spark]' in an environment of its own"
        raise ValueError(f"Spark is not installed; {cure}") from None
    with open_spark(resources.master, resources.temp) as tables:
        yield tables
