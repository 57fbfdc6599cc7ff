"""Primary and unique keys, and references from one table to another."""

import re
from collections.abc import Collection, Iterable, Iterator
from typing import Any

import polars as pl

from ceasefire_talks.declaration import Declaration, Table, base_fields, row_id
from ceasefire_talks.problems import Finding, Where, nearest, shown
from ceasefire_talks.tables.tabulate import Tables

RowId = tuple[str, str]  # table, id
Cells = dict[str, Any]
MAX_NAMED = 5


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
            which = f"{', '.join(key)} " if len(key) > 1 else ""
            values = shown("/".join(str(row[column]) for column in key))
            cure = "keep one"
            if key == table["primaryKey"] and (differing := differing_fields(table, row, other)):
                cure = f"they differ in {differing}, "
                cure += (
                    part_rows(name, row[key[0]], tables, declared, taken)
                    if key_pattern(table)
                    else "so make them one row"
                )
            message = f"{which}{values} stands at {where(name, other['_row'], key[-1])} too; {cure}"
            yield Finding(name, row["_row"], key[-1], "duplicate key", f"{row_id(table, row)}.{key[-1]}: {message}")


def find_repeated(frame: pl.DataFrame, table: Table) -> Iterator[tuple[list[str], Cells, Cells]]:
    """Yield each row of which a key stands in an earlier row: the first such key, the row and the earlier one."""
    unique = [[field["name"]] for field in table["fields"] if field.get("constraints", {}).get("unique")]
    keys = [table["primaryKey"], *table.get("uniqueKeys", []), *unique]
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


def part_rows(name: str, old: str, tables: Tables, declared: Declaration, taken: set[str]) -> str:
    """Return how to part two rows of one id: a new one, which is `taken` from then on, and what points to the old."""
    withdrawn = tables["withdrawn"]["withdrawn_id"]
    new = next_id(old, [*tables[name][declared[name]["primaryKey"][0]], *withdrawn, *taken])
    taken.add(new)
    pointing = list(pointing_rows(old, tables, declared))
    named = ", ".join(pointing[:MAX_NAMED]) + (f" and {len(pointing) - MAX_NAMED} more" if pointing[MAX_NAMED:] else "")
    look = f"; see which of the two is meant by {named}" if pointing else ""
    return f"and two rows need two ids{f': {new} is free' if new else ''}{look}"


def next_id(old: str, used: Iterable[str | None]) -> str:
    """Return the id behind the last of those that are used and of the same letters and length, or nothing."""
    letters = old.rstrip("0123456789")
    width = len(old) - len(letters)
    numbers = [
        int(other[len(letters) :]) for other in used if other and re.fullmatch(f"{letters}[0-9]{{{width}}}", other)
    ]
    new = f"{letters}{max(numbers, default=0) + 1:0{width}}"
    return new if width and len(new) == len(old) else ""


def pointing_rows(old: str, tables: Tables, declared: Declaration) -> Iterator[str]:
    """Yield the rows that name an id, but for evidence, which stands in the record of its row."""
    for name in sorted(set(declared) - {"evidence"}):
        columns = [
            field for field in tables[name].columns if field.endswith("_id") and [field] != declared[name]["primaryKey"]
        ]
        rows = tables[name].filter(
            pl.any_horizontal(pl.lit(value=False), *(pl.col(column) == old for column in columns))
        )
        yield from (f"{name} {row_id(declared[name], row)}" for row in rows.iter_rows(named=True))


def owners(table: Table, row: Cells) -> Iterator[RowId]:
    """Yield the rows, by table and id, whose id is a part of the key of this one."""
    if "row_id" in table["primaryKey"]:
        yield row["table_name"], row["row_id"]
    for key in table.get("foreignKeys", []):
        if key["reference"]["resource"] == table.get("parent") and set(key["fields"]) <= set(table["primaryKey"]):
            yield table["parent"], "/".join(str(row[field]) for field in key["fields"])


def check_references(tables: Tables, declared: Declaration, partial: Collection[str]) -> Iterator[Finding]:
    """Yield the cells that point to a row that is not there, with the nearest id that is."""
    for name, frame in tables.items():
        for key in declared[name].get("foreignKeys", []):
            target, column = key["reference"]["resource"], key["fields"][-1]
            if target in partial:
                continue
            known = set(tables[target].select(key["reference"]["fields"]).drop_nulls().iter_rows())
            missing = set(frame.select(key["fields"]).drop_nulls().iter_rows()) - known
            ids = sorted("/".join(map(str, values)) for values in known) if missing else []
            hints = {values: nearest("/".join(map(str, values)), ids) for values in missing}
            for index, values in enumerate(frame.select(key["fields"]).iter_rows()):
                if values in missing:
                    label = row_id(declared[name], frame.row(index, named=True))
                    message = f"{label}.{column}: {shown('/'.join(map(str, values)))} is not in {target}{hints[values]}"
                    yield Finding(name, index, column, "reference", message)
