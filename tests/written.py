"""What files of records say, read without the package's own reader: every row, field, value and word of them."""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date
from functools import lru_cache
from pathlib import PurePath
from typing import Any

import polars as pl
import yaml

from ceasefire_talks.declaration import Table
from helpers import DECLARED

Cells = list[tuple[str, str]]
Row = tuple[tuple[str, Any], ...]
LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
TYPED: dict[str, Callable[[str], Any]] = {
    "string": str,
    "integer": int,
    "number": float,
    "boolean": {"true": True, "false": False}.__getitem__,
    "date": date.fromisoformat,
}
TYPES = {
    name: {field["name"]: TYPED[field["type"]] for field in table["fields"] if "derived" not in field}
    for name, table in DECLARED.items()
}
NAMES = {*DECLARED, *(field["name"] for table in DECLARED.values() for field in table["fields"])}
FIELD_LINE = re.compile(r"([ {-]*)(\w+) *:")
WORD = re.compile(r"\w+|#")


@lru_cache(200)
def written_rows(name: str, data: bytes) -> dict[str, Counter[Row]]:
    """Return the rows of each table that a file of records holds, each cell typed as declared."""
    table, node = PurePath(name).stem, yaml.compose(data.decode(), LOADER)
    first = DECLARED[table]["primaryKey"][0]
    groups = node.value if isinstance(node, yaml.MappingNode) else []
    lists: list[tuple[Cells, yaml.Node]] = [([(first, key.value)], value) for key, value in groups]
    lists += [([], node)] if isinstance(node, yaml.SequenceNode) else []
    found: dict[str, Counter[Row]] = {}
    for other, cells in (row for given, rows in lists for row in list_rows(table, given, rows, [])):
        typed = tuple(sorted((field, TYPES[other][field](text)) for field, text in cells))
        found.setdefault(other, Counter())[typed] += 1
    return found


def list_rows(table: str, given: Cells, node: yaml.Node, around: list[Cells]) -> Iterator[tuple[str, Cells]]:
    """Yield the rows of a list and all that is nested in them; without evidence a row has that of the row around."""
    for item in node.value:
        cells = given + [(key.value, value.value) for key, value in item.value if isinstance(value, yaml.ScalarNode)]
        nested = {key.value: value for key, value in item.value if not isinstance(value, yaml.ScalarNode)}
        yield table, cells
        key = [dict(cells).get(field) for field in DECLARED[table]["primaryKey"]]
        owner = [("table_name", table), ("row_id", "/".join(part for part in key if part is not None))]
        spans: list[Cells] = []
        if "evidence" in nested:
            spans = [span for _, span in list_rows("evidence", [], nested["evidence"], [])]
        elif DECLARED[table].get("evidence"):
            spans = around
        yield from (("evidence", owner + span) for span in spans)
        for child, rows in nested.items():
            if child != "evidence":
                yield from list_rows(child, parent_cells(DECLARED[child], table, dict(cells)), rows, spans)


def parent_cells(child: Table, parent: str, cells: dict[str, str]) -> Cells:
    """Return the cells that a nested row has from the row around it."""
    key = next(key for key in child["foreignKeys"] if key["reference"]["resource"] == parent)
    pairs = zip(key["fields"], key["reference"]["fields"], strict=True)
    return [(field, cells[other]) for field, other in pairs if other in cells]


def rows_of(table: str, frame: pl.DataFrame) -> Counter[Row]:
    """Return the rows of a table as `written_rows` does: the cells that are coded and not empty."""
    names = sorted(TYPES[table])
    rows = frame.select(names).iter_rows()
    return Counter(
        tuple((name, value) for name, value in zip(names, row, strict=True) if value is not None) for row in rows
    )


def lost_words(data: bytes) -> Counter[str]:
    """Return the words of a file that are in no key and no value of it; comments on lines of their own have none."""
    lines, indent = [], 0
    for line in data.decode().split("\n"):
        field = FIELD_LINE.match(line)
        indent = len(field[1]) if field else indent
        if "\\" not in line and not re.match(rf" {{0,{indent}}}#", line):
            lines.append(line)
    read = Counter(word for node in list_nodes(data) for word in WORD.findall(node.value))
    return Counter(WORD.findall("\n".join(lines))) - read


def swallowed_lines(data: bytes) -> list[str]:
    """Return the lines of a file that begin as a field and are none."""
    keys = {(node.start_mark.line, node.value) for node in list_nodes(data)}
    fields = enumerate(map(FIELD_LINE.match, data.decode().split("\n")))
    return [field[0] for line, field in fields if field and field[2] in NAMES and (line, field[2]) not in keys]


def list_nodes(data: bytes) -> Iterator[yaml.ScalarNode]:
    """Yield every key and value of a file."""
    nodes = [yaml.compose(data.decode(), LOADER)]
    while nodes:
        node = nodes.pop()
        if isinstance(node, yaml.MappingNode):
            nodes += (part for item in node.value for part in item)
        elif isinstance(node, yaml.SequenceNode):
            nodes += node.value
        elif isinstance(node, yaml.ScalarNode):
            yield node
