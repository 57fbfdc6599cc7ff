"""What goes out beside the files of a release: notes with counts before and after, and every change as CSV."""

import csv
import io
from collections import Counter
from collections.abc import Iterator

import polars as pl

from ceasefire_talks.citation import to_text
from ceasefire_talks.declaration import Declaration, is_coded, published
from ceasefire_talks.markdown import escape, table_row
from ceasefire_talks.records.metadata import Package, work_of
from ceasefire_talks.release.diff import Diff
from ceasefire_talks.release.fields import Change
from ceasefire_talks.release.packages import Released
from ceasefire_talks.release.result import to_markdown
from ceasefire_talks.tables.tabulate import Tables

Count = tuple[str, int | None, int]


def to_notes(
    package: Package, tables: Tables, declared: Declaration, old: Released | None, diff: Diff | None, digest: str
) -> bytes:
    """Return the notes as Markdown; `digest` is the SHA-256 of the descriptor, `old` the version before, if any."""
    lines = [f"# {escape(package.title)} {package.version}", "", escape(to_text(work_of(package))), ""]
    lines += [f"SHA-256 of `datapackage.json`, which holds the hash of every file: `{digest}`.", ""]
    lines += ["## Rows", "", *count_table("table", count_rows(tables, declared, old))]
    if old and diff:
        lines += ["", "## Codes", "", *count_table("code", count_codes(tables, declared, old))]
        lines += ["", f"## What changed since {old.version}", "", f"All of it: `changes-{package.version}.csv`.", ""]
        lines += to_markdown(diff, old.version)
    return ("\n".join(lines) + "\n").encode("utf-8")


def count_table(head: str, counts: Iterator[Count]) -> Iterator[str]:
    """Yield a table of counts before and after."""
    yield from (f"| {head} | before | after |", "| --- | ---: | ---: |")
    yield from (
        table_row([escape(name), "" if before is None else str(before), str(after)]) for name, before, after in counts
    )


def count_rows(tables: Tables, declared: Declaration, old: Released | None) -> Iterator[Count]:
    """Yield the rows of each table before and after."""
    known = old.tables if old else {}
    yield from (
        (name, known[name].frame.height if name in known else None, tables[name].height) for name in published(declared)
    )


def count_codes(tables: Tables, declared: Declaration, old: Released) -> Iterator[Count]:
    """Yield how often each code stood in a column before and stands there now, where that is another number."""
    for name, table in published(declared).items():
        known = old.tables[name].fields if name in old.tables else {}
        for field in (field["name"] for field in table["fields"] if is_coded(field) and field["name"] in known):
            before, after = count_cells(old.tables[name].frame, field), count_cells(tables[name], field)
            for code in sorted(before | after):
                if before[code] != after[code]:
                    yield f"{name}.{field} = {code}", before[code], after[code]


def count_cells(frame: pl.DataFrame, field: str) -> Counter[str]:
    """Return how often each value stands in a column."""
    return Counter(frame[field].drop_nulls().to_list())


def to_changes(changes: list[Change]) -> bytes:
    """Return every change as a row of CSV."""
    buffer = io.StringIO(newline="")
    lines = csv.writer(buffer, lineterminator="\n")
    lines.writerow(Change._fields)
    lines.writerows([value or "" for value in change] for change in changes)
    return buffer.getvalue().encode("utf-8")
