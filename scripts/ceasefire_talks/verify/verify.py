"""What a downloader checks: the files of a package against its descriptor, the declaration and each other."""

import csv
import hashlib
import io
import json
from collections.abc import Iterator
from itertools import zip_longest
from typing import Any

import polars as pl

from ceasefire_talks.checks import check_tables
from ceasefire_talks.declaration import Declaration, Table, field_names, published
from ceasefire_talks.files.descriptor import (
    FORMATS,
    PROFILE,
    data_path,
    file_metadata,
    resource_name,
    to_resource,
    to_sources,
)
from ceasefire_talks.files.formats import to_csv, to_parquet
from ceasefire_talks.problems import Problem
from ceasefire_talks.tables.database import add_views
from ceasefire_talks.tables.schemas import arrow_schema, code_lists
from ceasefire_talks.tables.tabulate import Tables, Values, sort_key, to_frame, type_cell
from ceasefire_talks.verify.open import Read
from ceasefire_talks.verify.read import UNREADABLE, bytes_decide, open_parquet, parquet_rows
from ceasefire_talks.write import DESCRIPTOR


def verify_package(read: Read, descriptor: dict[str, Any], declared: Declaration) -> tuple[Tables, list[Problem]]:
    """Return the tables of a package and all that is wrong with its files, its descriptor and its tables."""
    problems: list[Problem] = []
    shown = published(declared)
    contents = read_resources(read, descriptor, shown, problems)
    tables: Tables = {}
    for name, table in shown.items():
        tables[name] = to_frame(table, [])
        if name in contents:
            tables[name] = read_csv(data_path(name, "csv"), contents[name], table, problems)
    if not problems:
        internal = {name: to_frame(table, []) for name, table in declared.items() if name not in shown}
        problems += check_tables(
            tables | internal, declared, lambda name, row, *_: f"{data_path(name, 'csv')}:{row + 2}"
        )
    if not problems:
        problems += check_views(tables, declared)
        problems += check_descriptor(descriptor, contents, tables, shown)
    for name, table in shown.items():
        if name in contents and f"{name}_parquet" in contents:
            problems += check_csv(name, tables[name], contents[name], table)
            content = contents[f"{name}_parquet"]
            problems += check_parquet(name, tables[name], content, table, stated_metadata(descriptor))
    return tables, problems


def read_resources(
    read: Read, descriptor: dict[str, Any], declared: Declaration, problems: list[Problem]
) -> dict[str, bytes]:
    """Return the content of each file that the descriptor must name, noting what is missing, foreign or altered."""
    listed = descriptor.get("resources")
    expected = {resource_name(name, kind): data_path(name, kind) for kind in FORMATS for name in declared}
    by_name: dict[str, dict[str, Any]] = {}
    for item in listed if isinstance(listed, list) else []:
        name = item.get("name") if isinstance(item, dict) else None
        if not isinstance(name, str):
            problems.append(Problem(DESCRIPTOR, "resource", "there is a resource without a name"))
        elif name not in expected or name in by_name:
            why = "stands twice" if name in by_name else "is no table of this dataset"
            problems.append(Problem(DESCRIPTOR, "resource", f'"{name}" {why}'))
        else:
            by_name[name] = item
    contents = {}
    for name, path in expected.items():
        content = read_resource(read, by_name.get(name), name, path, problems)
        if content is not None:
            contents[name] = content
    return contents


def read_resource(
    read: Read, item: dict[str, Any] | None, name: str, path: str, problems: list[Problem]
) -> bytes | None:
    """Return the content of one resource after comparing path, hash and size."""
    if item is None:
        problems.append(Problem(DESCRIPTOR, "resource", f'there is no resource "{name}"'))
        return None
    if item.get("path") != path:
        problems.append(Problem(DESCRIPTOR, "path", f'{name}: the path must be "{path}"'))
        return None
    try:
        content = read(path)
    except FileNotFoundError:
        problems.append(Problem(path, "missing", "is named in the descriptor and is not there"))
        return None
    digest = f"sha256:{hashlib.sha256(content).hexdigest()}"
    if item.get("hash") != digest:
        problems.append(Problem(path, "hash", f"has the hash {digest}; the descriptor says {item.get('hash')}"))
    return content


def check_descriptor(
    descriptor: dict[str, Any], contents: dict[str, bytes], tables: Tables, declared: Declaration
) -> Iterator[Problem]:
    """Yield the properties that are not what the declaration and the files give: size, rows, schema, sources."""
    codes = code_lists(tables["codes"])
    listed = {item["name"]: item for item in descriptor["resources"]}
    given = {"$schema": f"{PROFILE}/datapackage.json", "sources": to_sources(tables)}
    yield from check_properties("package", {key: descriptor[key] for key in given if key in descriptor}, given)
    for kind in FORMATS:
        for name, table in declared.items():
            item = listed[resource_name(name, kind)]
            expected = to_resource(name, table, codes, kind, contents[item["name"]], tables[name].height)
            yield from check_properties(item["name"], item, expected)


def check_properties(label: str, item: dict[str, Any], expected: dict[str, Any]) -> Iterator[Problem]:
    """Yield the properties that are missing, foreign or other JSON: 1, 1.0 and true are equal in Python only."""
    for key in sorted(set(expected) | set(item)):
        one, other = (json.dumps({key: side[key]} if key in side else {}, sort_keys=True) for side in (item, expected))
        if one != other:
            yield Problem(DESCRIPTOR, "descriptor", f"{label}.{key}: is not what files and declaration say")


def check_views(tables: Tables, declared: Declaration) -> Iterator[Problem]:
    """Yield the wide views that do not follow from the tables."""
    base = {name: frame for name, frame in tables.items() if not declared[name].get("view")}
    for name, frame in add_views(base, declared).items():
        if name in tables and not frame.equals(tables[name]):
            yield Problem(data_path(name, "csv"), "view", "does not follow from the tables it is made of")


def check_csv(name: str, frame: pl.DataFrame, content: bytes, table: Table) -> Iterator[Problem]:
    """Yield a problem where a CSV file is not sorted by key, or not written as this package writes CSV."""
    keys = [sort_key(table, row) for row in frame.iter_rows(named=True)]
    if keys != sorted(keys):
        yield Problem(data_path(name, "csv"), "order", "its rows are not sorted by key")
    elif content != to_csv(frame):
        yield Problem(data_path(name, "csv"), "csv", "is not written as this package writes CSV")


def stated_metadata(descriptor: dict[str, Any]) -> dict[str, str]:
    """Return what the Parquet files must say of the package, as far as its descriptor says it."""
    try:
        return file_metadata(descriptor)
    except (KeyError, IndexError, TypeError):
        return {}


def check_parquet(
    name: str, frame: pl.DataFrame, content: bytes, table: Table, metadata: dict[str, str]
) -> Iterator[Problem]:
    """Yield a problem where a Parquet file is not what its CSV gives; one with the very bytes is not even opened."""
    path, rewritten = data_path(name, "parquet"), rewrite(frame, table, metadata)
    if content == rewritten:
        return
    try:
        file = open_parquet(content)
        if not file.schema_arrow.equals(arrow_schema(table, metadata), check_metadata=True):
            yield Problem(path, "parquet", "its columns and what it says of itself are not what is declared")
            return
        for number, (one, other) in enumerate(zip_longest(frame.iter_rows(named=True), parquet_rows(file)), 1):
            if one != other:
                where = f"row {number} is not that of {data_path(name, 'csv')}"
                yield Problem(path, "parquet", f"{where}: {differing(one, other)}")
                return
        if bytes_decide(content, rewritten):
            yield Problem(path, "parquet", "is not written as this package writes Parquet")
    except UNREADABLE as error:
        yield Problem(path, "parquet", f"is not Parquet that can be read: {first_line(error)}")


def rewrite(frame: pl.DataFrame, table: Table, metadata: dict[str, str]) -> bytes:
    """Return a table as this package writes Parquet; nothing where it lacks what the declaration requires."""
    try:
        return to_parquet(frame, table, metadata)
    except UNREADABLE:
        return b""


def first_line(error: Exception) -> str:
    """Return what an error says, without the lines that only a programmer reads."""
    return str(error).partition("\n")[0]


def differing(one: Values | None, other: Values | None) -> str:
    """Return the names of the columns in which two rows differ."""
    if one is None or other is None:
        return "one of them has more rows"
    return ", ".join(column for column in one if one[column] != other[column])


def read_csv(path: str, content: bytes, table: Table, problems: list[Problem]) -> pl.DataFrame:
    """Return a CSV file as a frame of the declared types, noting lines that are not as they should be."""
    values: list[Values] = []
    names = field_names(table)
    try:
        lines = list(csv.reader(io.StringIO(content.decode("utf-8"), newline=""), strict=True))
    except (UnicodeDecodeError, csv.Error) as error:
        problems.append(Problem(f"{path}:1", "csv", f"is not CSV in UTF-8: {error}"))
        lines = [names]
    if not lines or lines[0] != names:
        problems.append(Problem(f"{path}:1", "header", f"the header must be {','.join(names)}"))
        lines = []
    for number, cells in enumerate(lines[1:], 2):
        if len(cells) != len(names):
            problems.append(
                Problem(f"{path}:{number}", "csv", f"has {len(cells)} cells; the table has {len(names)} columns")
            )
            continue
        values.append({})
        for field, cell in zip(table["fields"], cells, strict=True):
            values[-1][field["name"]] = read_cell(f"{path}:{number}", field, cell, problems)
    return to_frame(table, values)


def read_cell(place: str, field: dict[str, Any], text: str, problems: list[Problem]) -> Any:
    """Return a CSV cell as its declared type, noting one that is not of it."""
    try:
        return type_cell(field, text) if text else None
    except ValueError as error:
        problems.append(Problem(place, "type", f'{field["name"]}: "{text}" {error}'))
        return None
