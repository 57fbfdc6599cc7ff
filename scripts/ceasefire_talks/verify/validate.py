"""Whether the rows of a package that somebody made are what the declaration asks for.

It trusts its input, a fork or a changed copy. The same checks run as in a build, derived columns are computed anew, and
Parquet is compared with CSV.
"""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import duckdb
import polars as pl

from ceasefire_talks.checks import check_tables
from ceasefire_talks.checks.spans import check_source, find_source, tell_source
from ceasefire_talks.declaration import Declaration, Table, base_fields, published, row_id
from ceasefire_talks.files import data_path
from ceasefire_talks.problems import Finding, Problem, Where, shown
from ceasefire_talks.tables.derive import derive_columns
from ceasefire_talks.tables.tabulate import Tables, to_frame
from ceasefire_talks.tables.views import add_views
from ceasefire_talks.verify.read import read_csv, read_parquet


class Validated(NamedTuple):
    """What a validation came to: the tables, every problem, and what was compared with the text of a source."""

    tables: Tables
    problems: list[Problem]
    compared: str


def validate_folder(root: Path, declared: Declaration, text: str | None = None) -> Validated:
    """Judge the rows of the package in a folder, and with the text of the article their spans."""
    if not (root / "data").is_dir():
        raise ValueError(f"{root}: holds no data; give the folder of the package, unpacked")
    tables, problems = read_tables(root, declared)
    where = place_of(declared)
    if not problems:
        problems += place_findings(check_tables(without_views(tables, declared), declared, where), where)
    if not problems:
        problems += place_findings(check_derived(tables, declared), where)
        for name, table in published(declared).items():
            problems += compare_parquet(root, data_path(name, table, "parquet"), tables[name], table)
    if text is None or problems:
        return Validated(tables, problems, "")
    source = find_source(text, tables)
    findings, spans = check_source(source, tables, declared)
    return Validated(tables, place_findings(findings, where), tell_source(source, spans))


def read_tables(root: Path, declared: Declaration) -> tuple[Tables, list[Problem]]:
    """Return the published tables of a folder, those that are not published without rows, and what cannot be read."""
    tables = {name: to_frame(table["fields"], []) for name, table in declared.items()}
    problems: list[Problem] = []
    for name, table in published(declared).items():
        tables[name], wrong = read_csv(root, data_path(name, table, "csv"), table)
        problems += wrong
    return tables, problems


def place_of(declared: Declaration) -> Where:
    """Return how to find the file and line of a row: line 1 of a CSV file is its header."""
    return lambda table, row, field: f"{data_path(table, declared[table], 'csv')}:{row + 2}"


def place_findings(findings: Iterable[Finding], where: Where) -> list[Problem]:
    """Return findings with the file and line of their rows."""
    return [Problem(where(found.table, found.row, found.field), found.rule, found.message) for found in findings]


def without_views(tables: Tables, declared: Declaration) -> Tables:
    """Return the tables without the columns that SQL adds."""
    return {
        name: frame.select(field["name"] for field in base_fields(declared[name])) for name, frame in tables.items()
    }


def check_derived(tables: Tables, declared: Declaration) -> Iterator[Finding]:
    """Yield the cells of derived columns that are not what follows from the others."""
    rows = {name: frame.to_dicts() for name, frame in without_views(tables, declared).items()}
    known = {name: rows[name] for name in ("passages", "sources")}
    derived = {
        name: to_frame(base_fields(table), derive_columns(table, rows[name], known)) for name, table in declared.items()
    }
    for name, frame in add_views(derived, declared).items():
        for field in declared[name]["fields"]:
            if "derived" in field and not frame[field["name"]].equals(tables[name][field["name"]]):
                yield from differing_cells(name, field["name"], declared[name], tables[name], frame)


def differing_cells(
    name: str, column: str, table: Table, given: pl.DataFrame, derived: pl.DataFrame
) -> Iterator[Finding]:
    """Yield the cells of a column that differ, each with what must stand there."""
    for row, (value, due) in enumerate(zip(given[column], derived[column], strict=True)):
        if value != due:
            label = row_id(table, given.row(row, named=True))
            message = f"{label}.{column}: {tell(value)} must be {tell(due)}, which follows from other columns"
            yield Finding(name, row, column, "derived", message)


def tell(value: Any) -> str:
    """Return a value, or that there is none, as messages show it."""
    return "empty" if value is None else shown(value)


def compare_parquet(root: Path, path: str, frame: pl.DataFrame, table: Table) -> Iterator[Problem]:
    """Yield where a Parquet file is not what its CSV holds."""
    try:
        other = read_parquet(root, path)
    except (duckdb.Error, FileNotFoundError) as error:
        reason = (
            "is not there" if isinstance(error, FileNotFoundError) else f"cannot be read: {str(error).splitlines()[0]}"
        )
        yield Problem(path, "parquet", reason)
        return
    if other.schema != frame.schema:
        yield Problem(path, "parquet", "its columns or their types are not those declared")
    elif other.height != frame.height:
        yield Problem(path, "parquet", f"has {other.height} rows, its CSV {frame.height}")
    else:
        for column in frame.columns:
            for row, (value, due) in enumerate(zip(other[column], frame[column], strict=True)):
                if value != due:
                    label = row_id(table, frame.row(row, named=True))
                    message = f"row {row + 1}, {label}.{column}: {tell(value)} stands in the CSV as {tell(due)}"
                    yield Problem(path, "parquet", message)
