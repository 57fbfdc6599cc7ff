"""Edits of structure: lines, values, fields and records in another place, and texts written in another way."""

import re

from hypothesis import strategies as st

from ceasefire_talks.declaration import is_required
from helpers import DECLARED
from mutations.files import RECORDS, Files, Mutation, lines_of, pick, put

FIELD = re.compile(rb"^([ -]*)(\w+):( *)(.*)$", re.MULTILINE)
OPTIONAL = {
    field["name"].encode() for table in DECLARED.values() for field in table["fields"] if not is_required(field)
}
RECORD = re.compile(rb"^(?=- )", re.MULTILINE)


def draw_field(data: st.DataObject, files: Files, name: str) -> re.Match[bytes]:
    """Return the line of a field with a text of several words, or of any field where none has one."""
    found = list(FIELD.finditer(files[name]))
    texts = [field for field in found if re.match(rb"[\w'].* ", field[4])]
    return data.draw(st.sampled_from(texts or found or [*re.finditer(rb"^()()()()", files[name])]))


def replace(files: Files, name: str, field: re.Match[bytes], line: bytes) -> None:
    files[name] = files[name][: field.start()] + line + files[name][field.end() :]


def swap_neighbours(data: st.DataObject, files: Files, name: str) -> None:
    lines = lines_of(files, name)
    at = pick(data, lines)
    lines[at : at + 2] = reversed(lines[at : at + 2])
    put(files, name, lines)


def move_line(data: st.DataObject, files: Files, name: str) -> None:
    """Move a line up or down, and perhaps in or out: a field then stands in a nested row, or in the next record."""
    lines = lines_of(files, name)
    line = lines.pop(pick(data, lines))
    if data.draw(st.booleans()):
        line = b" " * data.draw(st.sampled_from([2, 4, 6, 8])) + line.lstrip()
    lines.insert(data.draw(st.integers(0, len(lines))), line)
    put(files, name, lines)


def nest_field(data: st.DataObject, files: Files, name: str) -> None:
    """Move a field of a record to the end of a row nested in it."""
    lines = lines_of(files, name)
    at = pick(data, lines)
    inner = [number for number in range(at, min(at + 40, len(lines))) if re.match(rb" {5,}\w", lines[number])]
    if inner:
        to = data.draw(st.sampled_from(inner))
        indent = re.match(rb" *", lines[to])
        lines.insert(to, (indent[0] if indent else b"") + lines.pop(at).lstrip())
    put(files, name, lines)


def swap_values(data: st.DataObject, files: Files, name: str) -> None:
    """Swap the values of two fields: of one name in two records, or of two names near to each other."""
    fields = list(FIELD.finditer(files[name]))
    if not fields:
        return
    one = data.draw(st.integers(0, len(fields) - 1))
    alike = [number for number, field in enumerate(fields) if field[2] == fields[one][2]]
    near = range(max(one - 8, 0), min(one + 8, len(fields)))
    other = data.draw(st.sampled_from(alike) if data.draw(st.booleans()) else st.sampled_from(near))
    first, second = sorted((fields[one], fields[other]), key=lambda field: field.start())
    replace(files, name, second, second[0][: second.start(4) - second.start()] + first[4])
    replace(files, name, first, first[0][: first.start(4) - first.start()] + second[4])


def move_record(data: st.DataObject, files: Files, name: str) -> None:
    """Move a record to another file: a new one for the same table, or one of any table."""
    records = RECORD.split(files[name])
    record = records.pop(pick(data, records))
    new = f"data/records/new/{name.rpartition('/')[2]}"
    other = data.draw(st.sampled_from([new, *RECORDS])) if data.draw(st.booleans()) else new
    files[name] = b"".join(records)
    files[other] = files.get(other, b"") + record


def comment_out(data: st.DataObject, files: Files, name: str) -> None:
    """Put a # behind a blank, a quote, a bracket or a comma, or at the begin of a line."""
    places = [match.end() for match in re.finditer(rb" +|\n *|['\"}\],]", files[name])]
    at = data.draw(st.sampled_from([0, *places]))
    files[name] = files[name][:at] + data.draw(st.sampled_from([b"#", b"# ", b"#49 of "])) + files[name][at:]


def indent_line(data: st.DataObject, files: Files, name: str) -> None:
    """Indent a field deeper than the text above it, best one that may be missing, and perhaps lose its blank."""
    lines = lines_of(files, name)
    fields = [at for at in range(1, len(lines)) if re.search(rb": \w.* .*[\w.]$", lines[at - 1])]
    fields = [at for at in fields if lines[at].strip().partition(b":")[0] in OPTIONAL] or fields
    at = data.draw(st.sampled_from(fields)) if fields else pick(data, lines)
    line = lines[at].replace(b": ", b":", data.draw(st.integers(0, 1)))
    lines[at] = b" " * data.draw(st.integers(1, 6)) + line
    put(files, name, lines)


def wrap_text(data: st.DataObject, files: Files, name: str) -> None:
    """Break a text into two lines at one of its blanks."""
    field = draw_field(data, files, name)
    blanks = [match.start() for match in re.finditer(rb" ", field[4])]
    if blanks:
        at = data.draw(st.sampled_from(blanks))
        indent = b" " * (len(field[1]) + data.draw(st.integers(0, 4)))
        replace(
            files, name, field, field[0][: field.start(4) - field.start() + at] + b"\n" + indent + field[4][at + 1 :]
        )


def rewrite_text(data: st.DataObject, files: Files, name: str) -> None:
    """Write a text in another way of YAML, right or nearly right."""
    field = draw_field(data, files, name)
    inner = b"\n" + field[1].replace(b"-", b" ") + b"  " + field[4]
    ways = [b"'" + field[4] + b"'", b'"' + field[4] + b'"', b">-" + inner, b"|-" + inner, b"|" + inner, inner]
    ways += [b"'" + field[4], b'"' + field[4], field[4].strip(b"'"), b"[" + field[4] + b"]", field[4] + b":"]
    replace(files, name, field, field[1] + field[2] + b": " + data.draw(st.sampled_from(ways)))


MOVES: list[Mutation] = [
    *(swap_neighbours, move_line, nest_field, swap_values, move_record, comment_out, indent_line, wrap_text),
    rewrite_text,
]
