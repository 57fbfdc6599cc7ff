"""Nodes into rows: a record with the cells and the spans that its surroundings give it, and the rows nested in it.

Every function yields what it finds, in the order of the file: a row, a problem, or a table that lost rows.
"""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

import yaml

from ceasefire_talks.declaration import Declaration, Field, Key, Table, row_id
from ceasefire_talks.problems import Problem, nearest
from ceasefire_talks.records.yaml_nodes import line_of


class Cell(NamedTuple):
    """The text of one value and the line it stands on."""

    text: str
    line: int


class Row(NamedTuple):
    """One row as written: its cells by field name, and the file and line it begins on.

    `refused` names the fields that stand there and cannot be read; an `inherited` row repeats a span of its parent.
    """

    table: str
    cells: Mapping[str, Cell]
    file: str
    line: int
    refused: frozenset[str] = frozenset()
    inherited: bool = False


class Lost(NamedTuple):
    """A table of which rows could not be read."""

    table: str


Found = Row | Problem | Lost
Item = tuple[yaml.ScalarNode, yaml.Node]


class Shape(NamedTuple):
    """What may stand in a record of a table: its fields, and the tables nested in it."""

    fields: Mapping[str, Field]
    nested: tuple[str, ...]


class Place(NamedTuple):
    """Where rows are read: the declaration that they follow, the file, and what their surroundings give them.

    `given` has nothing for a cell that the surroundings should give and do not; `spans` are those of the row around.
    """

    declared: Declaration
    shapes: Mapping[str, Shape]
    file: str
    given: Mapping[str, Cell | None] = {}
    spans: tuple[Row, ...] = ()
    within: str = ""

    def refuse(self, line: int, rule: str, message: str) -> Problem:
        """Return what is wrong on a line of the file."""
        return Problem(f"{self.file}:{line}", rule, message)

    def lose(self, name: str) -> Iterator[Lost]:
        """Yield a table of which rows could not be read, and those nested in it."""
        yield from map(Lost, (name, *self.shapes[name].nested, "evidence"))


def read_rows(place: Place, name: str, node: yaml.Node) -> Iterator[Found]:
    """Yield the rows of one table from a list, each with the cells and the spans that its surroundings give it."""
    where = f"{place.within}.{name}" if place.within else name
    if not isinstance(node, yaml.SequenceNode):
        yield place.refuse(line_of(node), "shape", f"{where}: must be a list, each item beginning with a dash")
        yield from place.lose(name)
        return
    for item in node.value:
        if isinstance(item, yaml.MappingNode):
            yield from read_row(place, name, item)
        else:
            yield place.refuse(line_of(item), "shape", f"{where}: a row must be a mapping of fields to values")
            yield from place.lose(name)


def read_row(place: Place, name: str, node: yaml.MappingNode) -> Iterator[Found]:
    """Yield one row and the rows nested in it."""
    cells = {field: cell for field, cell in place.given.items() if cell}
    refused = set(place.given) - set(cells)
    label = name_row(place.declared[name], node, cells)
    nested: dict[str, yaml.Node] = {}
    for item in distinct_items(place, label, node):
        if isinstance(item, Problem | Lost):
            yield item
            continue
        key, value = item
        field = str(key.value)
        if field not in place.given and field in place.shapes[name].nested:
            nested[field] = value
            continue
        cell = read_cell(place, name, label, item)
        if isinstance(cell, Cell):
            cells[field] = cell
        else:
            yield cell
            refused |= refused_fields(place.shapes[name], field, cell)
            yield from lost_by(place, name, field, value)
    row = Row(name, cells, place.file, line_of(node), frozenset(refused - set(cells)))
    yield row
    yield from read_nested(place, row, nested)


def name_row(table: Table, node: yaml.MappingNode, given: Mapping[str, Cell]) -> str:
    """Return how to name a row that is not read yet: its key as far as it is written."""
    written = {str(key.value): value.value for key, value in node.value if isinstance(value, yaml.ScalarNode)}
    return row_id(table, written | {field: cell.text for field, cell in given.items()})


def distinct_items(place: Place, label: str, node: yaml.MappingNode) -> Iterator[Item | Problem | Lost]:
    """Yield the items of a mapping, refusing the second of two that share a key."""
    seen: dict[str, int] = {}
    for key, value in node.value:
        if not isinstance(key, yaml.ScalarNode):
            yield place.refuse(line_of(key), "shape", f"{label}: a field name must be plain text")
        elif key.value in seen:
            message = f"{label}.{key.value}: stands twice, first on line {seen[key.value]}; keep one"
            yield place.refuse(line_of(key), "duplicate field", message)
            if key.value in place.declared:
                yield from place.lose(key.value)
        else:
            seen[key.value] = line_of(key)
            yield key, value


def read_cell(place: Place, name: str, label: str, item: Item) -> Cell | Problem:
    """Return the text of a value with its line, or why no cell of the field may be that."""
    key, value = item
    fields = place.shapes[name].fields
    where, line = f"{label}.{key.value}", line_of(value)
    if key.value in place.given:
        return place.refuse(line_of(key), "given field", f"{where}: comes from the record it stands in; take it out")
    if key.value not in fields:
        separated = "; a number has no comma in it" if key.value.isdigit() else ""
        hint = separated or nearest(key.value, known_names(place.shapes[name]))
        return place.refuse(line_of(key), "unknown field", f"{where}: {name} has no such field{hint}")
    if "derived" in fields[key.value]:
        return place.refuse(line, "derived field", f"{where}: the build derives it; take it out")
    if not isinstance(value, yaml.ScalarNode):
        return place.refuse(line, "shape", f"{where}: must be one value, not a list or a mapping")
    if value.value.strip() == "" or value.tag == "tag:yaml.org,2002:null":
        return place.refuse(line, "empty", f"{where}: is empty; leave the field out where there is no value")
    return Cell(value.value, line)


def known_names(shape: Shape) -> list[str]:
    """Return the names that may stand in a record."""
    return [*shape.fields, *shape.nested]


def refused_fields(shape: Shape, field: str, problem: Problem) -> set[str]:
    """Return the fields that cannot be judged because of a problem: the field itself, or the one that was meant."""
    return {other for other in known_names(shape) if other == field or f'"{other}"' in problem.message}


def lost_by(place: Place, name: str, field: str, value: yaml.Node) -> Iterator[Lost]:
    """Yield what is lost where an unknown field holds rows: they may be those of a nested table, misspelt."""
    if field not in known_names(place.shapes[name]) and not isinstance(value, yaml.ScalarNode):
        yield from place.lose(name)


def shape_tables(declared: Declaration) -> dict[str, Shape]:
    """Return for each table what may stand in its records."""
    return {
        name: Shape({field["name"]: field for field in table["fields"]}, nested_tables(declared, name))
        for name, table in declared.items()
    }


def nested_tables(declared: Declaration, parent: str) -> tuple[str, ...]:
    """Return the tables whose rows may stand inside a row of `parent`."""
    children = [name for name, table in declared.items() if table.get("parent") == parent]
    return (*children, *(["evidence"] if declared[parent].get("evidence") else []))


def read_nested(place: Place, row: Row, nested: Mapping[str, yaml.Node]) -> Iterator[Found]:
    """Yield the rows nested in `row`, each with its parent's key; a row without evidence takes over its parent's."""
    if not place.shapes[row.table].nested:
        return
    table = place.declared[row.table]
    label = row_id(table, {field: cell.text for field, cell in row.cells.items()})
    whole = set(table["primaryKey"]) <= set(row.cells)
    key: dict[str, Cell | None] = {
        "table_name": Cell(row.table, row.line),
        "row_id": Cell(label, row.line) if whole else None,
    }
    spans: list[Found] = []
    if "evidence" in nested:
        spans += read_rows(place._replace(given=key, spans=(), within=label), "evidence", nested["evidence"])
    elif table.get("evidence"):
        cells = {field: cell for field, cell in key.items() if cell}
        spans += [span._replace(cells={**span.cells, **cells}, line=row.line, inherited=True) for span in place.spans]
    yield from spans
    inside = place._replace(spans=tuple(span for span in spans if isinstance(span, Row)), within=label)
    for child, node in nested.items():
        if child != "evidence":
            yield from read_rows(inside._replace(given=given_key(place.declared, row, child)), child, node)


def given_key(declared: Declaration, row: Row, child: str) -> dict[str, Cell | None]:
    """Return the cells of a child's key that its parent gives."""
    parent = parent_key(declared, row.table, child)
    pairs = zip(parent["fields"], parent["reference"]["fields"], strict=True)
    return {field: row.cells.get(other) for field, other in pairs}


def parent_key(declared: Declaration, parent: str, child: str) -> Key:
    """Return the foreign key of a nested table that its parent fills."""
    return next(key for key in declared[child]["foreignKeys"] if key["reference"]["resource"] == parent)
