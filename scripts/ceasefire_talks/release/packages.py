"""A package to compare, as its own descriptor and schemas describe it: a folder, a zip or a git revision.

It trusts what it reads. Only CSV is read, and every cell as text.
"""

import csv
import io
import json
import subprocess
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

import polars as pl

from ceasefire_talks.declaration import declaration
from ceasefire_talks.declaration.versions import VERSION
from ceasefire_talks.installed import DESCRIPTOR
from ceasefire_talks.problems import shown
from ceasefire_talks.records.metadata import find_root
from ceasefire_talks.validate.files import explain_header
from ceasefire_talks.verify.members import DAMAGED, CannotCheckError, list_zip, open_members

Read = Callable[[str], bytes]
Field = dict[str, Any]
Kind = TypeVar("Kind")
MARKS = ("derived", "identifying")
KINDS = {"constraints": dict, "categories": list} | dict.fromkeys(
    ("type", "format", "title", "unit", "unitColumn"), str
)


class Key(NamedTuple):
    """A key of a table: which of the three keywords declares it, its fields, and where a foreign one points."""

    keyword: str
    fields: tuple[str, ...]
    target: str = ""


class Sheet(NamedTuple):
    """A table of a package: its fields by their names, its keys, the primary one first, and its cells as text."""

    fields: dict[str, Field]
    keys: list[Key]
    frame: pl.DataFrame

    @property
    def key(self) -> list[str]:
        """Return the fields of the primary key."""
        return list(self.keys[0].fields)

    @property
    def gives_id(self) -> bool:
        """Tell whether a row has an id."""
        return len(self.key) == 1


class Released(NamedTuple):
    """A package: its version, its licences, and its tables in the order of publication."""

    version: str
    licences: Any
    tables: dict[str, Sheet]


def read_released(given: str) -> Released:
    """Return the package in a folder, in a zip or at a revision of the checkout; raise `ValueError` where it cannot."""
    try:
        with open_package(given) as read:
            return read_package(read)
    except CannotCheckError as error:
        raise ValueError(f"{given} {error}") from None
    except (TypeError, AttributeError, KeyError, RecursionError):
        raise ValueError(
            f"{given} is wrong in a schema: a value there is of another kind than the standard has"
        ) from None


@contextmanager
def open_package(given: str) -> Iterator[Read]:
    """Yield how to read a file of a package by its path; raise `CannotCheckError` where there is no package.

    A folder is not listed: a checkout may hold any number of other files.
    """
    path = Path(given)
    if given and path.is_dir():
        yield lambda name: read_member((path / name).read_bytes, name)
    elif path.is_file():
        with open_members(path, DESCRIPTOR) as members:
            yield lambda name: read_member(lambda: members.files[name]().read(), name)
    else:
        with zipfile.ZipFile(archive_revision(given)) as archive:
            files = list_zip(archive, DESCRIPTOR).files
            yield lambda name: read_member(lambda: files[name]().read(), name)


def read_member(read: Callable[[], bytes], name: str) -> bytes:
    """Return the content of a file; raise `CannotCheckError` where it is not there or cannot be read."""
    try:
        return read()
    except (FileNotFoundError, KeyError):
        raise CannotCheckError(f"holds no {name}") from None
    except (OSError, *DAMAGED) as error:
        raise CannotCheckError(f"holds a {name} that cannot be read: {error}") from None


def archive_revision(revision: str) -> io.BytesIO:
    """Return a revision of the checkout as a zip; raise `CannotCheckError` where there is none of that name."""
    try:
        root = find_root(Path.cwd())
        commit = run_git(root, "rev-parse", "--verify", "--quiet", f"{revision}^{{commit}}").decode().strip()
        return io.BytesIO(run_git(root, "archive", "--format=zip", commit))
    except ValueError:
        raise CannotCheckError("is neither a folder, nor a zip, nor a revision of this checkout") from None
    except FileNotFoundError as error:
        raise CannotCheckError(f"is neither a folder nor a zip, and for a revision there is {error}") from None


def run_git(root: Path, *arguments: str) -> bytes:
    """Return what git prints; raise `FileNotFoundError` where it is not installed, `ValueError` with what it says."""
    try:
        return subprocess.run(["git", "-C", str(root), *arguments], capture_output=True, check=True).stdout
    except FileNotFoundError:
        raise FileNotFoundError("no git installed") from None
    except subprocess.CalledProcessError as error:
        raise ValueError(f"git {arguments[0]}: {error.stderr.decode(errors='replace').strip() or 'failed'}") from None


def read_package(read: Read) -> Released:
    """Return a package as its descriptor describes it."""
    package = read_json(read, DESCRIPTOR)
    version = need(package, "version", str, DESCRIPTOR)
    if not VERSION.fullmatch(version):
        raise CannotCheckError(f"is wrong in {DESCRIPTOR}: {shown(version)} is no version such as 0.2.0")
    tables = {}
    for resource in need(package, "resources", list, DESCRIPTOR):
        path = need(resource, "path", str, f"a resource of {DESCRIPTOR}")
        if path.endswith(".csv"):
            tables[need(resource, "name", str, path)] = read_sheet(read, resource, path)
    mark_fields(tables)
    return Released(version, package.get("licenses"), tables)


def read_sheet(read: Read, resource: Field, path: str) -> Sheet:
    """Return a table with its schema, which stands in the descriptor or in a file of its own."""
    schema, where = resource.get("schema"), f"the schema of {path}"
    if isinstance(schema, str):
        where = schema
        schema = read_json(read, where)
    fields = {need(field, "name", str, where): field for field in need(schema, "fields", list, where)}
    refuse_odd(fields, where)
    sheet = Sheet(fields, list(read_keys(schema, where)), read_cells(read(path), path, list(fields)))
    if missing := [name for name in sheet.key if name not in fields]:
        raise CannotCheckError(f"is wrong in {where}: its key names {missing[0]}, which is no field")
    keys = sheet.frame.select(sheet.key)
    if keys.is_duplicated().any() or keys.drop_nulls().height < keys.height:
        raise CannotCheckError(f"is wrong in {path}: a row has no key, or two have the same")
    return sheet


def refuse_odd(fields: dict[str, Field], where: str) -> None:
    """Raise `CannotCheckError` where a keyword of a field is of another kind than the standard has."""
    for name, field in fields.items():
        for keyword, kind in KINDS.items():
            if not isinstance(field.get(keyword, kind()), kind):
                raise CannotCheckError(
                    f"is wrong in {where}: {keyword} of {name} is of another kind than the standard has"
                )


def read_keys(schema: Any, where: str) -> Iterator[Key]:
    """Yield the keys of a table, the primary one first."""
    yield Key("primaryKey", tuple(need(schema, "primaryKey", list, where)))
    for fields in need(schema, "uniqueKeys", list, where, []):
        yield Key("uniqueKeys", tuple(map(str, fields)))
    for key in need(schema, "foreignKeys", list, where, []):
        other = need(key, "reference", dict, where)
        target = f"{need(other, 'resource', str, where)} ({', '.join(need(other, 'fields', list, where))})"
        yield Key("foreignKeys", tuple(need(key, "fields", list, where)), target)


def read_cells(content: bytes, path: str, names: list[str]) -> pl.DataFrame:
    """Return the cells of a CSV file as text, an empty one as null."""
    try:
        header, *rows = csv.reader(io.StringIO(content.decode("utf-8"), newline=""), strict=True)
    except (csv.Error, ValueError):
        raise CannotCheckError(f"is wrong in {path}: it is no CSV in UTF-8") from None
    if header != names:
        raise CannotCheckError(f"is wrong in {path}: {explain_header(header, names)}")
    for line, row in enumerate(rows, 2):
        if len(row) != len(names):
            raise CannotCheckError(f"is wrong in {path}: row {line} has {len(row)} cells, its header {len(names)}")
    cells = [[cell or None for cell in row] for row in rows]
    return pl.DataFrame(cells, schema=dict.fromkeys(names, pl.String), orient="row")


def read_json(read: Read, path: str) -> Field:
    """Return the object in a JSON file."""
    try:
        content = json.loads(read(path))
    except ValueError:
        raise CannotCheckError(f"is wrong in {path}: it is no JSON") from None
    if not isinstance(content, dict):
        raise CannotCheckError(f"is wrong in {path}: it is no JSON object")
    return content


def need(content: Any, key: str, kind: type[Kind], where: str, default: Kind | None = None) -> Kind:
    """Return what stands under a key; raise `CannotCheckError` where it is of another kind, or missing and needed."""
    value = content.get(key, default) if isinstance(content, dict) else None
    if not isinstance(value, kind):
        raise CannotCheckError(f"is wrong in {where}: it has no {key}")
    return value


def mark_fields(tables: dict[str, Sheet]) -> None:
    """Mark the fields of a package that marks none as the declaration of today has them."""
    for mark in MARKS:
        if any(mark in field for sheet in tables.values() for field in sheet.fields.values()):
            continue
        for name, table in declaration().items():
            for field in table["fields"]:
                if mark in field and name in tables and field["name"] in tables[name].fields:
                    tables[name].fields[field["name"]] |= {mark: True}
