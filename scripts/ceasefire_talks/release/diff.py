"""What changed between two packages, and what no release may do: use an id again, or let one go without a word."""

import json
from collections.abc import Iterator
from typing import NamedTuple

import polars as pl

from ceasefire_talks.release.fields import Change, compare_fields, find_renamed
from ceasefire_talks.release.packages import Released, Sheet

WITHDRAWN = "withdrawn"
FIELD, OLD, NEW, ROW = ":field", ":old", ":new", ":row"  # beside the columns of a table, none of which has such a name


class Refusal(NamedTuple):
    """A row that may not be released: its table, its id and why."""

    table: str
    id: str
    message: str


class Diff(NamedTuple):
    """What changed between two packages, what may not be released, and the tables whose rows have another key."""

    changes: list[Change]
    refused: list[Refusal]
    not_compared: list[str]


def compare_packages(old: Released, new: Released) -> Diff:
    """Compare two packages: the licence, then the tables in the order of the new one."""
    changes = list(compare_whole(old, new))
    refused: list[Refusal] = []
    not_compared = []
    for name, after in new.tables.items():
        if name in old.tables:
            before = old.tables[name]
            renamed = find_renamed(before, after)
            changes += compare_fields(name, before, after, renamed)
            if {renamed.get(field, field) for field in before.key} != set(after.key):
                not_compared.append(name)
                continue
            rows = before.frame.rename(renamed)
            changes += compare_rows(name, rows, after)
            refused += refuse_reused(name, rows, after)
    return Diff(list(dict.fromkeys(changes)), [*refused, *refuse_gone(old, new)], not_compared)


def compare_whole(old: Released, new: Released) -> Iterator[Change]:
    """Yield what changed in the licence and in the list of tables."""
    if old.licences != new.licences:
        before, after = (json.dumps(one.licences, ensure_ascii=False) for one in (old, new))
        yield Change("licence changed", old=before, new=after)
    yield from (Change("table gone", name) for name in old.tables if name not in new.tables)
    yield from (Change("table added", name) for name in new.tables if name not in old.tables)


def compare_rows(name: str, before: pl.DataFrame, after: Sheet) -> Iterator[Change]:
    """Yield the rows that are new and gone by their key, then the cells of coded columns that are others."""
    for kind, one, other in (("row added", after.frame, before), ("row gone", before, after.frame)):
        rows = one.join(other, on=after.key, how="anti", maintain_order="left")
        yield from (Change(kind, name, "/".join(values)) for values in rows.select(after.key).iter_rows())
    coded = [field for field in after.fields if field in before.columns and not after.fields[field].get("derived")]
    for *values, field, old, new in changed_cells(before, after.frame, after.key, coded).iter_rows():
        yield Change("cell changed", name, "/".join(values), field, old, new)


def changed_cells(before: pl.DataFrame, after: pl.DataFrame, key: list[str], columns: list[str]) -> pl.DataFrame:
    """Return key, column, old and new value of the cells that differ, row by row as they stand in the new table."""
    old = before.unpivot(columns, index=key, variable_name=FIELD, value_name=OLD)
    new = after.with_row_index(ROW).unpivot(columns, index=[ROW, *key], variable_name=FIELD, value_name=NEW)
    both = new.join(old, on=[*key, FIELD], maintain_order="left").filter(pl.col(OLD).ne_missing(pl.col(NEW)))
    return both.sort(ROW, maintain_order=True).select(*key, FIELD, OLD, NEW)


def refuse_reused(name: str, before: pl.DataFrame, after: Sheet) -> Iterator[Refusal]:
    """Yield the rows that are another thing under an old id: no field that says which thing it is has kept its value.

    A field that is empty in both says nothing.
    """
    fields = [field for field in after.fields if after.fields[field].get("identifying") and field in before.columns]
    if not fields:
        return
    pairs = [(pl.col(field), pl.col(f"{field}{OLD}")) for field in fields]
    both = after.frame.join(before, on=after.key, suffix=OLD, maintain_order="left")
    kept = pl.any_horizontal(now == was for now, was in pairs).fill_null(value=False)
    for (row_id,) in both.filter(~kept).select(after.key).iter_rows():
        message = f"is used again: none of {', '.join(fields)} is what it was; give the new row a new id"
        yield Refusal(name, row_id, message)


def refuse_gone(old: Released, new: Released) -> Iterator[Refusal]:
    """Yield the ids that were withdrawn and are used again, and those that are gone and do not stand in `withdrawn`."""
    before, after = ids_of(old), ids_of(new)
    withdrawn = pl.col("table") == WITHDRAWN
    again = after.filter(~withdrawn).join(before.filter(withdrawn), on="id", how="semi", maintain_order="left")
    for table, row_id in again.iter_rows():
        yield Refusal(table, row_id, "is used again: it was withdrawn; give the new row a new id")
    for table, row_id in before.join(after, on="id", how="anti", maintain_order="left").iter_rows():
        yield Refusal(table, row_id, f"is gone and does not stand in {WITHDRAWN}; put it there with the reason")


def ids_of(package: Released) -> pl.DataFrame:
    """Return every id that a package gives or has withdrawn, with its table."""
    empty = pl.DataFrame(schema={"table": pl.String, "id": pl.String})
    found = [
        sheet.frame.select(pl.lit(name).alias("table"), pl.col(sheet.key[0]).alias("id"))
        for name, sheet in package.tables.items()
        if sheet.gives_id
    ]
    return pl.concat([empty, *found])
