"""Primary and unique keys, and references from one table to another."""

import re
from collections.abc import Collection, Iterable, Iterator
from typing import Any

import polars as pl

from ceasefire_talks.declaration import Declaration, Table, base_fields, keys_of, row_id
from ceasefire_talks.problems import Finding, Where, nearest, shown
from ceasefire_talks.tables.tabulate import Tables

RowId = tuple[str, str]  # table, id
Cells = dict[str, Any]
MAX_NAMED = 10


def key_pattern(table: Table) -> str:
    """Return the pattern of the ids that rows of a table have of their own, or nothing where they have none."""
    first, *others = table["primaryKey"]
    field = next(field for field in table["fields"] if field["name"] == first)
    return "" if others else str(field.get("constraints", {}).get("pattern", ""))


def check_keys(tables: Tables, declared: Declaration, where: Where) -> Iterator[Finding]:
    """Yield the rows whose primary or unique key stands in an earlier row too.

    Not those nested in such a row by a key that begins with its own: they are right again when it is.
    """
    found = [
        (name, key, row, other)
        for name, frame in tables.items()
        for key, row, other in find_repeated(frame, declared[name])
    ]
    twice = {(name, row_id(declared[name], row)) for name, key, row, _ in found if key == declared[name]["primaryKey"]}
    taken: set[str] = set()
    for name, key, row, other in found:
        table = declared[name]
        if not twice.intersection(owners(table, row)):
            values = "/".join(str(row[column]) for column in key)
            cure = "keep one"
            if key == table["primaryKey"] and (differing := differing_fields(table, row, other)):
                cure = f"they differ in {differing}, {part_rows(name, row, tables, declared, taken)}"
            message = f"{stands_already(key, values, where(name, other['_row'], key[-1]))}; {cure}"
            yield Finding(name, row["_row"], key[-1], "duplicate key", f"{row_id(table, row)}.{key[-1]}: {message}")


def stands_already(key: list[str], values: str, place: str) -> str:
    """Return that the values of a key stand at another place too."""
    which = f"{', '.join(key)} " if len(key) > 1 else ""
    return f"{which}{shown(values)} stands at {place} too"


def find_repeated(frame: pl.DataFrame, table: Table) -> Iterator[tuple[list[str], Cells, Cells]]:
    """Yield each row of which a key stands in an earlier row: the first such key, the row and the earlier one."""
    keys = keys_of(table)
    seen: list[dict[tuple[Any, ...], Cells]] = [{} for _ in keys]
    twice = pl.any_horizontal(pl.struct(key).is_duplicated() for key in keys)
    for row in frame.with_row_index("_row").filter(twice).iter_rows(named=True):
        for key, rows in zip(keys, seen, strict=True):
            values = tuple(row[column] for column in key)
            if None not in values and rows.setdefault(values, row) is not row:
                yield key, row, rows[values]
                break


def differing_fields(table: Table, row: Cells, other: Cells) -> str:
    """Return the names of the fields that people wrote and in which two rows differ, the first three."""
    fields = [field["name"] for field in base_fields(table) if "derived" not in field]
    names = [name for name in fields if row[name] != other[name]]
    return ", ".join(names[:3]) + (f" and {len(names) - 3} more" if len(names) > 3 else "")


def part_rows(name: str, row: Cells, tables: Tables, declared: Declaration, taken: set[str]) -> str:
    """Return what to do with a row that bears the id of another: join them, or give it an id that is then `taken`."""
    table = declared[name]
    key, old = table["primaryKey"], row_id(table, row)
    if not key_pattern(table) and not isinstance(row[key[-1]], int):
        return f"so make them one row, or give one another {key[-1]}"
    ids = tables[name].select(pl.concat_str(key, separator="/")).to_series()
    new = next_id(old, [*ids, *tables["withdrawn"]["withdrawn_id"], *taken])
    taken.add(new)
    pointing = list(pointing_rows(old, tables, declared))
    more = f" and {len(pointing) - MAX_NAMED} more" if len(pointing) > MAX_NAMED else ""
    look = f"; see which of the two is meant by {', '.join(pointing[:MAX_NAMED])}{more}" if pointing else ""
    return f"and two rows need two ids{f': {new} is free' if new else ''}{look}"


def next_id(old: str, used: Iterable[str | None]) -> str:
    """Return the id behind the last of those used that differ in their number alone; nothing where an id has none."""
    before = old.rstrip("0123456789")
    if before and not before.isupper():
        return ""
    alike = re.compile(re.escape(before) + "[0-9]+")
    number = max(int(other[len(before) :]) for other in used if other and alike.fullmatch(other))
    new = f"{before}{number + 1:0{len(old) - len(before)}}"
    return new if len(new) == len(old) or not before.isalpha() else ""


def pointing_rows(old: str, tables: Tables, declared: Declaration) -> Iterator[str]:
    """Yield the rows that name an id, but for evidence, which stands in the record of its row."""
    for name in (name for name in declared if name != "evidence"):
        frame, table = tables[name], declared[name]
        columns = [column for column in frame.columns if column.endswith("_id") and [column] != table["primaryKey"]]
        rows = frame.filter(pl.any_horizontal(pl.lit(value=False), *(pl.col(column) == old for column in columns)))
        yield from (f"{name} {row_id(table, row)}" for row in rows.iter_rows(named=True))


def owner_keys(table: Table) -> Iterator[tuple[str, list[str]]]:
    """Yield the tables whose id is a part of the key of this one, each with the fields that have it.

    Where the row itself names the table, it is empty.
    """
    if "row_id" in table["primaryKey"]:
        yield "", ["row_id"]
    for key in table.get("foreignKeys", []):
        if key["reference"]["resource"] == table.get("parent") and set(key["fields"]) <= set(table["primaryKey"]):
            yield table["parent"], key["fields"]


def owners(table: Table, row: Cells) -> Iterator[RowId]:
    """Yield the rows, by table and id, whose id is a part of the key of this one."""
    for parent, fields in owner_keys(table):
        yield parent or row["table_name"], "/".join(str(row[field]) for field in fields)


def owner_columns(table: Table) -> Iterator[RowId]:
    """Yield the same as expressions of SQL."""
    for parent, fields in owner_keys(table):
        yield f"'{parent}'" if parent else "table_name", join_key(fields)


def join_key(fields: list[str]) -> str:
    """Return the id of a row, as `row_id` has it, as an expression of SQL."""
    return (
        f"""concat_ws('/', {", ".join(f'"{field}"' for field in fields)})"""
        if len(fields) > 1
        else f'"{fields[0]}"::VARCHAR'
    )


def has_all(columns: Iterable[str]) -> str:
    """Return that no cell of some columns is empty, as an expression of SQL."""
    return " AND ".join(f'"{column}" IS NOT NULL' for column in columns)


def check_references(tables: Tables, declared: Declaration, partial: Collection[str]) -> Iterator[Finding]:
    """Yield the cells that point to a row that is not there, with the nearest id that is."""
    for name, frame in tables.items():
        for key in declared[name].get("foreignKeys", []):
            target, [column], [pointed] = key["reference"]["resource"], key["fields"], key["reference"]["fields"]
            if target in partial:
                continue
            known = set(tables[target][pointed].drop_nulls())
            missing = set(frame[column].drop_nulls()) - known
            if not missing:
                continue
            ids = sorted(known)
            hints = {value: nearest(value, ids) for value in missing}
            for index, value in enumerate(frame[column]):
                if value in missing:
                    label = row_id(declared[name], frame.row(index, named=True))
                    message = f"{label}.{column}: {shown(value)} is not in {target}{hints[value]}"
                    yield Finding(name, index, column, "reference", message)
