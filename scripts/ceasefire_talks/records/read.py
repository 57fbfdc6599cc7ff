"""The one reader of `data/records/`: YAML into rows whose every cell is text with its line.

PyYAML's own constructors turn `no` into False and `2024-09-15` into a date, so the records are read as nodes, and the
declaration gives each cell its type later. A record holds the rows of a child table under the child's name, and the
child takes over the parent's key; a nested row that names no evidence of its own was read where its parent was. A
file that is a mapping groups its rows by the first column of the key.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

import yaml

from ceasefire_talks.declaration import Declaration, Table, row_id
from ceasefire_talks.problems import Problem, nearest
from ceasefire_talks.records.yaml_nodes import line_of, read_nodes

RECORDS = "data/records"
PROJECT = f"{RECORDS}/project.yaml"


class Cell(NamedTuple):
    """The text of one value and the line it stands on."""

    text: str
    line: int


Given = Mapping[str, Cell | None]  # what its surroundings give a row; nothing where they should and do not


class Row(NamedTuple):
    """One row as written: its cells by field name, the file and line it begins on, and what is already said of it.

    `refused` names the fields that stand there and cannot be read; an `inherited` row repeats a span of its parent.
    """

    cells: dict[str, Cell]
    file: str
    line: int
    refused: set[str]
    inherited: bool = False


Inherited = list[Row] | None  # the spans of the row that another stands in; nothing where it stands in none


class Records(NamedTuple):
    """The rows of each table, everything that could not be read, and the tables whose rows are not all here."""

    rows: dict[str, list[Row]]
    problems: list[Problem]
    partial: set[str]


class Reading(NamedTuple):
    """What the functions of this module fill while they read one file."""

    declared: Declaration
    records: Records
    file: str

    def refuse(self, line: int, rule: str, message: str) -> None:
        """Note what is wrong on a line of the file."""
        self.records.problems.append(Problem(f"{self.file}:{line}", rule, message))

    def lose(self, name: str) -> None:
        """Note that rows of a table, and those nested in them, could not be read."""
        self.records.partial.update({name, *nested_tables(self.declared, name), "evidence"})


def read_records(root: Path, declared: Declaration, folder: str = RECORDS) -> Records:
    """Read the records below `root` into rows per table; what cannot be read is a problem, never an exception."""
    tables = [name for name, table in declared.items() if not table.get("view")]
    records = Records({name: [] for name in declared}, [], set())
    for path in sorted((root / folder).glob("*.y*ml")):
        reading = Reading(declared, records, path.relative_to(root).as_posix())
        if path.stem in tables and path.suffix == ".yaml":
            read_file(reading, path.stem, path.read_bytes())
        elif reading.file != PROJECT and not path.name.startswith("."):
            hint = nearest(path.name, [f"{name}.yaml" for name in tables])
            reading.refuse(1, "file", f"no table has a file of this name{hint}")
    for name in tables:
        if not (records.rows[name] or name in records.partial or declared[name].get("internal")):
            file = f"{RECORDS}/{name}.yaml"
            reading = Reading(declared, records, file)
            place = f"{file}:1" if (root / file).exists() else file
            records.problems.append(Problem(place, "file", f"{name} has no rows; put back what is missing"))
            reading.lose(name)
    return records


def read_file(reading: Reading, name: str, data: bytes) -> None:
    """Read the rows of a file: a list of records, or a mapping of them by the first column of the key."""
    before = len(reading.records.problems)
    node = read_nodes(data, reading.refuse)
    if isinstance(node, yaml.MappingNode):
        first = reading.declared[name]["primaryKey"][0]
        for key, value in distinct_items(reading, name, node):
            read_rows(reading, name, value, {first: Cell(key.value, line_of(key))}, None, key.value)
        if len(reading.records.problems) > before:
            reading.lose(name)
    elif node is not None:
        read_rows(reading, name, node, {}, None, "")
    elif len(reading.records.problems) > before:
        reading.lose(name)


def read_rows(
    reading: Reading, name: str, node: yaml.Node, given: Given, inherited: Inherited, within: str
) -> list[Row]:
    """Read a list of rows of one table, each with the cells and the spans that its surroundings give it."""
    where = f"{within}.{name}" if within else name
    if not isinstance(node, yaml.SequenceNode):
        reading.refuse(line_of(node), "shape", f"{where}: must be a list, each item beginning with a dash")
        reading.lose(name)
        return []
    rows = []
    for item in node.value:
        if isinstance(item, yaml.MappingNode):
            rows.append(read_row(reading, name, item, given, inherited))
        else:
            reading.refuse(line_of(item), "shape", f"{where}: a row must be a mapping of fields to values")
            reading.lose(name)
    return rows


def read_row(reading: Reading, name: str, node: yaml.MappingNode, given: Given, inherited: Inherited) -> Row:
    """Read one row and the rows nested in it."""
    cells = {field: cell for field, cell in given.items() if cell}
    row = Row(cells, reading.file, line_of(node), set(given) - set(cells))
    label = name_row(reading.declared[name], node, cells)
    nested: dict[str, yaml.Node] = {}
    for key, value in distinct_items(reading, label, node):
        if key.value in given:
            message = f"{label}.{key.value}: comes from the record it stands in; take it out"
            reading.refuse(line_of(key), "given field", message)
        elif key.value in nested_tables(reading.declared, name):
            nested[key.value] = value
        else:
            read_cell(reading, name, row, label, (key, value))
    reading.records.rows[name].append(row)
    read_nested(reading, name, row, nested, inherited)
    if inherited == [] and "evidence" not in nested and reading.declared[name].get("evidence"):
        row.refused.add(reading.declared[name]["primaryKey"][0])  # its parent is told that it has no evidence
    return row


def name_row(table: Table, node: yaml.MappingNode, given: dict[str, Cell]) -> str:
    """Return how to name a row that is not read yet: its key as far as it is written."""
    written = {str(key.value): value.value for key, value in node.value if isinstance(value, yaml.ScalarNode)}
    return row_id(table, written | {field: cell.text for field, cell in given.items()})


def distinct_items(reading: Reading, label: str, node: yaml.MappingNode) -> list[tuple[yaml.ScalarNode, yaml.Node]]:
    """Return the items of a mapping, refusing the second of two that share a key."""
    items: dict[str, tuple[yaml.ScalarNode, yaml.Node]] = {}
    for key, value in node.value:
        if not isinstance(key, yaml.ScalarNode):
            reading.refuse(line_of(key), "shape", f"{label}: a field name must be plain text")
        elif key.value in items:
            first = line_of(items[key.value][0])
            message = f"{label}.{key.value}: stands twice, first on line {first}; keep one"
            reading.refuse(line_of(key), "duplicate field", message)
            if key.value in reading.declared:
                reading.lose(key.value)
        else:
            items[key.value] = (key, value)
    return list(items.values())


def read_cell(reading: Reading, table: str, row: Row, label: str, item: tuple[yaml.ScalarNode, yaml.Node]) -> None:
    """Put the text of a value into its row, refusing what no cell of the field may be."""
    key, value = item
    fields = {field["name"]: field for field in reading.declared[table]["fields"]}
    name, where, line = str(key.value), f"{label}.{key.value}", line_of(value)
    if name not in fields:
        known = [*fields, *nested_tables(reading.declared, table)]
        hint = nearest(name, known)
        row.refused.update(other for other in known if f'"{other}"' in hint and other not in row.cells)
        if not isinstance(value, yaml.ScalarNode):
            reading.lose(table)
        reading.refuse(line_of(key), "unknown field", f"{where}: {table} has no such field{hint}")
        return
    row.refused.add(name)
    if "derived" in fields[name]:
        reading.refuse(line_of(key), "derived field", f"{where}: the build derives it; take it out")
    elif not isinstance(value, yaml.ScalarNode):
        reading.refuse(line, "shape", f"{where}: must be one value, not a list or a mapping")
    elif value.value.strip() == "" or value.tag == "tag:yaml.org,2002:null":
        reading.refuse(line, "empty", f"{where}: is empty; leave the field out where there is no value")
    else:
        row.cells[name] = Cell(value.value, line)
        row.refused.discard(name)


def nested_tables(declared: Declaration, parent: str) -> list[str]:
    """Return the tables whose rows may stand inside a row of `parent`."""
    children = [name for name, table in declared.items() if table.get("parent") == parent]
    return children + (["evidence"] if declared[parent].get("evidence") else [])


def read_nested(reading: Reading, name: str, row: Row, nested: dict[str, yaml.Node], inherited: Inherited) -> None:
    """Read the rows nested in `row`, each with its parent's key; a row without evidence takes over its parent's."""
    label = row_id(reading.declared[name], {field: cell.text for field, cell in row.cells.items()})
    whole = set(reading.declared[name]["primaryKey"]) <= set(row.cells)
    key = {"table": Cell(name, row.line), "row_id": Cell(label, row.line) if whole else None}
    spans = []
    if "evidence" in nested:
        spans = read_rows(reading, "evidence", nested["evidence"], key, None, label)
    elif reading.declared[name].get("evidence"):
        cells = {field: cell for field, cell in key.items() if cell}
        spans = [Row(span.cells | cells, span.file, row.line, span.refused, inherited=True) for span in inherited or []]
        reading.records.rows["evidence"] += spans
    for child, node in nested.items():
        if child == "evidence":
            continue
        keys = reading.declared[child]["foreignKeys"]
        parent = next(key for key in keys if key["reference"]["resource"] == name)
        pairs = zip(parent["fields"], parent["reference"]["fields"], strict=True)
        read_rows(reading, child, node, {field: row.cells.get(other) for field, other in pairs}, spans, label)
