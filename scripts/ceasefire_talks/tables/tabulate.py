"""Records into tables: each cell gets its declared type, derived columns are computed, rows are sorted by key."""

import re
from collections.abc import Callable
from datetime import date
from typing import Any, NamedTuple
from urllib.parse import quote

import polars as pl

from ceasefire_talks.declaration import Declaration, Field, Table, field_names, row_id
from ceasefire_talks.declaration.edtf import parse_edtf
from ceasefire_talks.problems import Problem, shown
from ceasefire_talks.records.read import Records, Row

Tables = dict[str, pl.DataFrame]
Values = dict[str, Any]
DTYPES = {"string": pl.String, "integer": pl.Int32, "number": pl.Float64, "boolean": pl.Boolean, "date": pl.Date}
INTEGER = re.compile(r"-?[0-9]{1,10}")
NUMBER = re.compile(r"-?[0-9]{1,12}(?:[.][0-9]{1,3})?")
INT32 = range(-(2**31), 2**31)


class Typed(NamedTuple):
    """A row of typed values beside the row it was written as."""

    values: Values
    row: Row


Rows = dict[str, list[Typed]]


def tabulate(records: Records, declared: Declaration) -> tuple[Tables, dict[str, list[Row]], list[Problem]]:
    """Return the tables, the written row behind each of their rows, and the cells that have the wrong type."""
    rows: Rows = {}
    problems: list[Problem] = []
    for name, table in declared.items():
        if not table.get("view"):
            rows[name] = [type_row(table, row, problems) for row in records.rows[name]]
    for name in rows:
        derive_columns(name, declared[name], rows)
        rows[name].sort(key=lambda typed: sort_key(declared[name], typed.values))
    tables = {name: to_frame(declared[name], [typed.values for typed in rows[name]]) for name in rows}
    return tables, {name: [typed.row for typed in rows[name]] for name in rows}, problems


def type_row(table: Table, row: Row, problems: list[Problem]) -> Typed:
    """Return a row with each cell as its declared type; a cell that is not of it is a problem and stays empty."""
    values: Values = dict.fromkeys(field_names(table))
    for field in table["fields"]:
        cell = row.cells.get(field["name"])
        if cell is None:
            continue
        try:
            values[field["name"]] = type_cell(field, cell.text)
        except ValueError as error:
            row.refused.add(field["name"])
            if row.inherited:
                continue
            label = row_id(table, {name: written.text for name, written in row.cells.items()})
            rule = "edtf" if field.get("edtf") else f"type {field['type']}"
            message = f"{label}.{field['name']}: {shown(cell.text)} {error}"
            problems.append(Problem(f"{row.file}:{cell.line}", rule, message))
    return Typed(values, row)


def type_cell(field: Field, text: str) -> Any:
    """Return a text as the type of its field; raise `ValueError` with what is wrong with the text."""
    kind = field["type"]
    if kind == "integer":
        if not INTEGER.fullmatch(text) or int(text) not in INT32:
            raise ValueError("is not a whole number")
        return int(text)
    if kind == "number":
        return to_number(text)
    if kind == "boolean":
        if text not in ("true", "false"):
            raise ValueError("is neither true nor false")
        return text == "true"
    if kind == "date":
        return to_day(text)
    if field.get("edtf"):
        parse_edtf(text)
    return text


def to_number(text: str) -> float:
    """Return a plain decimal number; raise `ValueError` for anything else, `nan`, `1e9` and `-0` among them.

    What is let through has few enough digits to be the same number, written the same way, in every format.
    """
    if not NUMBER.fullmatch(text) or (text.startswith("-") and not float(text)):
        raise ValueError("is not a number such as 18 or 2.5")
    return float(text)


def to_day(text: str) -> date:
    """Return a day written as YYYY-MM-DD; raise `ValueError` for anything else."""
    bounds = parse_edtf(text)
    if bounds.first is None or bounds.first.isoformat() != text:
        raise ValueError("is not a day such as 2024-09-15")
    return bounds.first


def sort_key(table: Table, values: Values) -> list[tuple[bool, Any]]:
    """Return the key of a row as something that sorts, empty cells last."""
    return [(values[name] is None, values[name]) for name in table["primaryKey"]]


def to_frame(table: Table, values: list[Values]) -> pl.DataFrame:
    """Return rows as a frame with the declared columns and types."""
    return pl.DataFrame(values, schema={field["name"]: DTYPES[field["type"]] for field in table["fields"]})


def derive_columns(name: str, table: Table, rows: Rows) -> None:
    """Fill the derived columns of a table in place, each by the function that the declaration names."""
    for field in table["fields"]:
        if "derived" in field:
            derive, source = DERIVATIONS[field["derived"]["by"]], field["derived"]["of"]
            for typed in rows[name]:
                if typed.values[source] is not None:
                    typed.values[field["name"]] = derive(typed.values, source, rows)
                if typed.values[field["name"]] is None:
                    typed.row.refused.add(field["name"])


def source_of_passage(values: Values, column: str, rows: Rows) -> str | None:
    """Return the source that the passage of a row stands in."""
    sources = (typed.values["source_id"] for typed in rows["passages"] if typed.values["passage_id"] == values[column])
    return next(sources, None)


def text_link(values: Values, column: str, rows: Rows) -> str | None:
    """Return the address that opens a source at the passage's first words (a URL text fragment)."""
    urls = (typed.values["url"] for typed in rows["sources"] if typed.values["source_id"] == values["source_id"])
    url = next(urls, None)
    return url and f"{url}#:~:text={quote(values[column], safe='').replace('-', '%2D')}"


DERIVATIONS: dict[str, Callable[[Values, str, Rows], Any]] = {
    "first_day": lambda values, column, rows: parse_edtf(values[column]).first,
    "last_day": lambda values, column, rows: parse_edtf(values[column]).last,
    "precision": lambda values, column, rows: parse_edtf(values[column]).precision,
    "passage_source": source_of_passage,
    "text_link": text_link,
}
