"""The one reader of `data/records/`: YAML into rows whose every cell is text with its line.

PyYAML's own constructors turn `no` into False and `2024-09-15` into a date, so the records are read through
`yaml.compose`, and the declaration gives each cell its type later. A record holds the rows of a child table under the
child's name, and the child takes over the parent's key; a nested row that names no evidence of its own was read where
its parent was. A file that is a mapping groups its rows by the first column of the key.
"""

import re
import unicodedata
from pathlib import Path
from typing import NamedTuple

import yaml

from ceasefire_talks.declaration import Declaration, Field, Table, row_id
from ceasefire_talks.problems import Problem, nearest

RECORDS = "data/records"
LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
MERGE_MARKER = re.compile(r"(<{7}|={7}|>{7}|\|{7})( |$)")
BIDI = {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"}


class Cell(NamedTuple):
    """The text of one value and the line it stands on."""

    text: str
    line: int


class Row(NamedTuple):
    """One row as written: its cells by field name, and the file and line it begins on."""

    cells: dict[str, Cell]
    file: str
    line: int


Records = dict[str, list[Row]]


class Reading(NamedTuple):
    """What the functions of this module fill while they read one file."""

    declared: Declaration
    records: Records
    problems: list[Problem]
    file: str

    def refuse(self, line: int, rule: str, message: str) -> None:
        """Note what is wrong on a line of the file."""
        self.problems.append(Problem(f"{self.file}:{line}", rule, message))


def read_records(root: Path, declared: Declaration) -> tuple[Records, list[Problem]]:
    """Read the records below `root` into rows per table; what cannot be read is a problem, never an exception."""
    records: Records = {name: [] for name in declared}
    problems: list[Problem] = []
    for name in declared:
        path = root / RECORDS / f"{name}.yaml"
        if path.exists():
            reading = Reading(declared, records, problems, path.relative_to(root).as_posix())
            node = read_yaml(path.read_bytes(), reading)
            if node is not None:
                read_file(reading, name, node)
    return records, problems


def read_yaml(data: bytes, reading: Reading) -> yaml.Node | None:
    """Return the root node of a YAML file, or nothing where the file is empty or is not clean UTF-8 YAML."""
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        reading.refuse(data[: error.start].count(b"\n") + 1, "encoding", "is not UTF-8; save the file as UTF-8")
        return None
    before = len(reading.problems)
    for number, line in enumerate(text.split("\n"), 1):
        refuse_line(reading, number, line)
    if len(reading.problems) > before:
        return None
    try:
        for event in yaml.parse(text, LOADER):
            if isinstance(event, yaml.AliasEvent):
                reading.refuse(line_of(event), "yaml", "uses an alias (*); write the value out")
                return None
        return yaml.compose(text, LOADER)
    except yaml.YAMLError as error:
        reason = getattr(error, "problem", None) or "it cannot be read"
        reading.refuse(line_of(error, "problem_mark"), "yaml", f"is not valid YAML: {reason}")
    except RecursionError:
        reading.refuse(1, "yaml", "is not valid YAML: it is nested too deeply")
    return None


def line_of(thing: object, mark: str = "start_mark") -> int:
    """Return the line, from 1, on which a YAML node, event or error stands."""
    at = getattr(thing, mark, None)
    return at.line + 1 if at else 1


def refuse_line(reading: Reading, number: int, line: str) -> None:
    """Refuse what an editor or a merge leaves in a line and no record may hold."""
    if MERGE_MARKER.match(line):
        reading.refuse(number, "merge", "is a merge marker; finish the merge")
    for character in sorted(set(line)):
        if character == "\t":
            reading.refuse(number, "tab", "holds a tab; use spaces")
        elif character == "\r":
            reading.refuse(number, "line end", "ends in a carriage return; save the file with LF line ends")
        elif character == "\ufeff":
            reading.refuse(number, "bom", "holds a byte order mark; save the file without BOM")
        elif unicodedata.bidirectional(character) in BIDI or unicodedata.category(character) in ("Cc", "Zl", "Zp"):
            reading.refuse(number, "control", f"holds the control character U+{ord(character):04X}; take it out")


def read_file(reading: Reading, name: str, node: yaml.Node) -> None:
    """Read the rows of a file: a list of records, or a mapping of them by the first column of the key."""
    if isinstance(node, yaml.MappingNode):
        first = reading.declared[name]["primaryKey"][0]
        for key, value in distinct_items(reading, node):
            read_rows(reading, name, value, {first: Cell(key.value, line_of(key))}, [])
    else:
        read_rows(reading, name, node, {}, [])


def read_rows(reading: Reading, name: str, node: yaml.Node, given: dict[str, Cell], inherited: list[Row]) -> list[Row]:
    """Read a list of rows of one table, each with the cells and the spans that its surroundings give it."""
    if not isinstance(node, yaml.SequenceNode):
        reading.refuse(line_of(node), "shape", f"{name} must be a list, each item beginning with a dash")
        return []
    return [row for item in node.value if (row := read_row(reading, name, item, given, inherited))]


def read_row(reading: Reading, name: str, node: yaml.Node, given: dict[str, Cell], inherited: list[Row]) -> Row | None:
    """Read one row and the rows nested in it."""
    if not isinstance(node, yaml.MappingNode):
        reading.refuse(line_of(node), "shape", f"a row of {name} must be a mapping of fields to values")
        return None
    fields = {field["name"]: field for field in reading.declared[name]["fields"]}
    row = Row(dict(given), reading.file, line_of(node))
    nested: dict[str, yaml.Node] = {}
    for key, value in distinct_items(reading, node):
        if key.value not in fields and key.value in nested_tables(reading.declared, name):
            nested[key.value] = value
        elif cell := read_cell(reading, f"{name}.{key.value}", fields, key, value):
            row.cells[key.value] = cell
    reading.records[name].append(row)
    read_nested(reading, name, row, nested, inherited)
    return row


def distinct_items(reading: Reading, node: yaml.MappingNode) -> list[tuple[yaml.ScalarNode, yaml.Node]]:
    """Return the items of a mapping, refusing the second of two that share a key."""
    items: dict[str, tuple[yaml.ScalarNode, yaml.Node]] = {}
    for key, value in node.value:
        if not isinstance(key, yaml.ScalarNode):
            reading.refuse(line_of(key), "shape", "a field name must be plain text")
        elif key.value in items:
            first = line_of(items[key.value][0])
            reading.refuse(
                line_of(key), "duplicate key", f'"{key.value}" stands twice, first on line {first}; keep one'
            )
        else:
            items[key.value] = (key, value)
    return list(items.values())


def read_cell(reading: Reading, where: str, fields: dict[str, Field], key: yaml.Node, value: yaml.Node) -> Cell | None:
    """Return the text of a value, refusing what no cell of the field may be."""
    name, line = str(key.value), line_of(value)
    if name not in fields:
        reading.refuse(line_of(key), "unknown field", f"{where}: there is no such field{nearest(name, list(fields))}")
    elif "derived" in fields[name]:
        reading.refuse(line_of(key), "derived field", f"{where}: the build derives it; take the line out")
    elif not isinstance(value, yaml.ScalarNode):
        reading.refuse(
            line, "shape", f"{where}: must be one value; rows of other tables stand under their table's name"
        )
    elif value.value.strip() == "" or value.tag == "tag:yaml.org,2002:null":
        reading.refuse(line, "empty", f"{where}: is empty; leave the field out where there is no value")
    else:
        return Cell(value.value, line)
    return None


def nested_tables(declared: Declaration, parent: str) -> list[str]:
    """Return the tables whose rows may stand inside a row of `parent`."""
    children = [name for name, table in declared.items() if table.get("parent") == parent]
    return children + (["evidence"] if declared[parent].get("evidence") else [])


def read_nested(reading: Reading, name: str, row: Row, nested: dict[str, yaml.Node], inherited: list[Row]) -> None:
    """Read the rows nested in `row`, each with its parent's key; a row without evidence takes over its parent's."""
    key = evidence_key(reading.declared[name], name, row)
    spans = []
    if "evidence" in nested:
        spans = read_rows(reading, "evidence", nested.pop("evidence"), key, [])
    elif reading.declared[name].get("evidence"):
        spans = [Row(span.cells | key, span.file, row.line) for span in inherited]
        reading.records["evidence"] += spans
    for child, node in nested.items():
        keys = reading.declared[child]["foreignKeys"]
        parent = next(key for key in keys if key["reference"]["resource"] == name)
        pairs = zip(parent["fields"], parent["reference"]["fields"], strict=True)
        given = {field: row.cells[other] for field, other in pairs if other in row.cells}
        read_rows(reading, child, node, given, spans)


def evidence_key(table: Table, name: str, row: Row) -> dict[str, Cell]:
    """Return the cells by which a row of `evidence` points to a row, as far as its key is written."""
    key = {field: row.cells[field].text if field in row.cells else "" for field in table["primaryKey"]}
    return {"table": Cell(name, row.line), "row_id": Cell(row_id(table, key), row.line)}
