"""The one reader of `data/records/`: YAML into rows whose every cell is text with its line.

PyYAML's own constructors turn `no` into False and `2024-09-15` into a date, so the records are read as nodes, and the
declaration gives each cell its type later. A record holds the rows of a child table under the child's name, and the
child takes over the parent's key; a nested row that names no evidence of its own was read where its parent was. A
file that is a mapping groups its rows by the first column of the key.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import yaml

from ceasefire_talks.declaration import Declaration
from ceasefire_talks.litter import is_litter
from ceasefire_talks.problems import Problem, nearest
from ceasefire_talks.records.rows import Cell, Found, Lost, Place, Row, distinct_items, read_rows, shape_tables
from ceasefire_talks.records.yaml_nodes import line_of, read_nodes

RECORDS = "data/records"
CODINGS = {
    text: tuple(f"{RECORDS}/codings/{text}_{which}" for which in ("first", "second")) for text in ("article", "reports")
}


class Records(NamedTuple):
    """The rows of each table, everything that could not be read, and the tables whose rows are not all here."""

    rows: dict[str, list[Row]]
    problems: list[Problem]
    partial: frozenset[str]


def read_records(root: Path, declared: Declaration, *folders: str) -> Records:
    """Read the records in folders below `root` into rows per table; what cannot be read is a problem, no exception."""
    found = [item for folder in folders for item in read_folder(root, declared, folder)]
    rows: dict[str, list[Row]] = {name: [] for name in declared}
    for item in found:
        if isinstance(item, Row):
            rows[item.table].append(item)
    lost = {item.table for item in found if isinstance(item, Lost)}
    problems = [item for item in found if isinstance(item, Problem)]
    for name, table in declared.items():
        if not (rows[name] or name in lost or table.get("may_be_empty")):
            problems.append(Problem(folders[0], "file", f"{name} has no rows; put back what is missing in {name}.yaml"))
            lost.update(other.table for other in Place(declared, shape_tables(declared), folders[0]).lose(name))
    return Records(rows, problems, frozenset(lost))


def read_folder(root: Path, declared: Declaration, folder: str) -> Iterator[Found]:
    """Yield what stands in the files of a folder and its sub-folders; each bears the name of its table.

    Passed over are the prose of the codebook, what desktops and editors leave, and the rows of whole codings: each is a
    set of records by itself, of which only what cannot be read is told. Whatever else lies there is a problem.
    """
    shapes, chapters = shape_tables(declared), list_chapters(root)
    for path in sorted((root / folder).rglob("*")):
        inside = path.relative_to(root / folder)
        if path in chapters or is_litter(inside.as_posix()) or is_folder(path):
            continue
        place = Place(declared, shapes, path.relative_to(root).as_posix())
        if message := refuse_file(path, inside, declared) or refuse_coding(place.file, inside):
            yield place.refuse(1, "file", message)
        else:
            found = read_file(place, path.stem, path.read_bytes())
            yield from (one for one in found if isinstance(one, Problem) or not of_coding(inside))


def list_chapters(root: Path) -> list[Path]:
    """Return the files that hold the prose of the codebook, in its order."""
    paths = sorted((root / RECORDS / "codebook").glob("[!.]*.md"))
    return [path for path in paths if path.is_file() and not (path.is_symlink() or is_litter(path.name))]


def of_coding(inside: Path) -> bool:
    """Tell whether a file, by its path inside the records, holds rows of a whole coding."""
    return inside.parts[0] == "codings" and len(inside.parts) > 2


def is_folder(path: Path) -> bool:
    """Tell whether a path is a folder to walk, and none that bears the name of a file of records."""
    return path.is_dir() and not path.is_symlink() and path.suffix != ".yaml"


def refuse_file(path: Path, inside: Path, declared: Declaration) -> str:
    """Return why what lies in a folder of records cannot be read, or nothing."""
    if path.is_symlink() or not path.is_file():
        return "is a link or a folder, where the file itself must lie"
    if any(part.startswith(".") for part in inside.parts[:-1]):
        return "lies in a hidden folder; move it to another, or delete it"
    if path.stem not in declared or path.suffix != ".yaml":
        return f"no table has a file of this name{nearest(path.name.lower(), [f'{name}.yaml' for name in declared])}"
    return ""


def refuse_coding(file: str, inside: Path) -> str:
    """Return why rows of a whole coding would be read by nobody, or nothing."""
    known = [folder for folders in CODINGS.values() for folder in folders]
    if of_coding(inside) and file.rpartition("/")[0] not in known:
        names = ", ".join(folder.rpartition("/")[2] for folder in known)
        return f"lies in none of the codings {names}; move it to one of them, or to a folder outside codings"
    return ""


def read_file(place: Place, name: str, data: bytes) -> Iterator[Found]:
    """Yield the rows of a file: a list of records, or a mapping of them by the first column of the key."""
    node, faults = read_nodes(data)
    yield from (place.refuse(*fault) for fault in faults)
    if faults:
        yield from place.lose(name)
    elif isinstance(node, yaml.MappingNode):
        yield from read_groups(place, name, node)
    elif node is not None:
        yield from read_rows(place, name, node)


def read_groups(place: Place, name: str, node: yaml.MappingNode) -> Iterator[Found]:
    """Yield the rows of a mapping whose keys are the first column of their key; any problem loses rows."""
    first = place.declared[name]["primaryKey"][0]
    found: list[Found] = []
    for item in distinct_items(place, name, node):
        if isinstance(item, Problem | Lost):
            found.append(item)
        else:
            key, value = item
            given = {first: Cell(key.value, line_of(key))}
            found += read_rows(place._replace(given=given, within=key.value), name, value)
    yield from found
    if any(isinstance(item, Problem) for item in found):
        yield from place.lose(name)
