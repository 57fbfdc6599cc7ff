"""Primary and unique keys, and references from one table to another."""

from collections.abc import Collection, Iterator
from typing import Any

import polars as pl

from ceasefire_talks.declaration import Declaration, Table, row_id
from ceasefire_talks.problems import Finding, Where, nearest, shown
from ceasefire_talks.tables.tabulate import Tables

RowId = tuple[str, str]  # table, id


def check_keys(tables: Tables, declared: Declaration, where: Where) -> Iterator[Finding]:
    """Yield the rows whose primary or unique key stands in an earlier row too.

    Not those nested in such a row by a key that begins with its own: they are right again when it is.
    """
    findings = {name: list(check_table_keys(name, frame, declared[name], where)) for name, frame in tables.items()}
    twice = {(name, row) for name, found in findings.items() for row, key, _ in found if key == "primary"}
    for name, found in findings.items():
        for _, _, finding in found:
            row = tables[name].row(finding.row, named=True)
            if not twice.intersection(owners(declared[name], row)):
                yield finding


def check_table_keys(name: str, frame: pl.DataFrame, table: Table, where: Where) -> Iterator[tuple[str, str, Finding]]:
    """Yield the id of each row whose key stands twice, whether it is the primary key, and what to say of it."""
    unique = [[field["name"]] for field in table["fields"] if field.get("constraints", {}).get("unique")]
    keys = [table["primaryKey"], *table.get("uniqueKeys", []), *unique]
    seen: list[dict[tuple[Any, ...], int]] = [{} for _ in keys]
    for index, row in enumerate(frame.iter_rows(named=True)):
        for key, rows in zip(keys, seen, strict=True):
            values = tuple(row[column] for column in key)
            if None in values or rows.setdefault(values, index) == index:
                continue
            which = f"{', '.join(key)} " if len(key) > 1 else ""
            other = where(name, rows[values], key[-1])
            message = f"{which}{shown('/'.join(map(str, values)))} stands at {other} too; keep one"
            label = row_id(table, row)
            finding = Finding(name, index, key[-1], "duplicate key", f"{label}.{key[-1]}: {message}")
            yield label, "primary" if key == table["primaryKey"] else "unique", finding
            break


def owners(table: Table, row: dict[str, Any]) -> Iterator[RowId]:
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
