"""What a downloader checks: the files of a package against its descriptor, the declaration and each other."""

import csv
import hashlib
import io
from collections.abc import Iterator
from itertools import zip_longest
from typing import Any

import polars as pl
import pyarrow
import pyarrow.parquet

from ceasefire_talks.checks import check_tables
from ceasefire_talks.database import add_views
from ceasefire_talks.declaration import Declaration, Table, field_names, published
from ceasefire_talks.descriptor import FORMATS, data_path, resource_name, to_resource
from ceasefire_talks.files import DESCRIPTOR
from ceasefire_talks.formats import to_csv
from ceasefire_talks.package import MOST_BYTES, Read
from ceasefire_talks.problems import Problem
from ceasefire_talks.schemas import arrow_schema, code_lists
from ceasefire_talks.tabulate import Tables, Values, sort_key, to_frame, type_cell


def verify_package(read: Read, descriptor: dict[str, Any], declared: Declaration) -> tuple[Tables, list[Problem]]:
    """Return the tables of a package and all that is wrong with its files, its descriptor and its tables."""
    problems: list[Problem] = []
    shown = published(declared)
    contents = read_resources(read, descriptor, shown, problems)
    tables: Tables = {}
    for name, table in shown.items():
        tables[name] = read_csv(data_path(name, "csv"), contents.get(name, b""), table, problems)
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
            problems += check_parquet(name, tables[name], contents[f"{name}_parquet"], table)
    return tables, problems


def read_resources(
    read: Read, descriptor: dict[str, Any], declared: Declaration, problems: list[Problem]
) -> dict[str, bytes]:
    """Return the content of each file that the descriptor must name, noting what is missing, foreign or altered."""
    listed = descriptor.get("resources")
    resources = [item for item in listed if isinstance(item, dict)] if isinstance(listed, list) else []
    by_name = {str(item.get("name")): item for item in resources}
    expected = {resource_name(name, kind): data_path(name, kind) for kind in FORMATS for name in declared}
    for name in sorted(set(by_name) - set(expected)):
        problems.append(Problem(DESCRIPTOR, "resource", f'"{name}" is no table of this dataset'))
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
    """Yield the properties of resources that are not what the declaration and the files give: size, rows, schema."""
    codes = code_lists(tables["codes"])
    listed = {item["name"]: item for item in descriptor["resources"]}
    for kind in FORMATS:
        for name, table in declared.items():
            item = listed[resource_name(name, kind)]
            expected = to_resource(name, table, codes, kind, contents[item["name"]], tables[name].height)
            for key in sorted(set(expected) | set(item)):
                if item.get(key) != expected.get(key):
                    yield Problem(
                        DESCRIPTOR, "descriptor", f"{item['name']}.{key}: is not what files and declaration say"
                    )


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


def check_parquet(name: str, frame: pl.DataFrame, content: bytes, table: Table) -> Iterator[Problem]:
    """Yield a problem where a Parquet file cannot be read, has other columns, or other values than the CSV."""
    path = data_path(name, "parquet")
    try:
        rows = parse_parquet(content)
    except (pyarrow.ArrowException, OSError, ValueError) as error:
        yield Problem(path, "parquet", f"is not Parquet that can be read: {str(error).splitlines()[0]}")
        return
    if not rows.schema.equals(arrow_schema(table, {})):
        yield Problem(path, "parquet", "its columns are not those that are declared")
        return
    for number, (one, other) in enumerate(zip_longest(frame.iter_rows(named=True), rows.to_pylist())):
        if one != other:
            yield Problem(path, "parquet", f"row {number + 1} is not that of the CSV: {differing(one, other)}")
            return


def parse_parquet(content: bytes) -> pyarrow.Table:
    """Return the rows of a Parquet file; raise `ValueError` where it would unpack beyond the limit.

    Without threads: those of pyarrow abort the process at its end every other time (apache/arrow#34314).
    """
    file = pyarrow.parquet.ParquetFile(io.BytesIO(content), pre_buffer=False)
    groups = [file.metadata.row_group(number) for number in range(file.metadata.num_row_groups)]
    if sum(group.total_byte_size for group in groups) > MOST_BYTES:
        raise ValueError(f"it would unpack to more than {MOST_BYTES} bytes")
    return file.read(use_threads=False)


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
