"""`codes.md`: every code list with its codes, what they mean and how often each is used."""

from collections.abc import Iterator
from typing import Any

from ceasefire_talks.declaration import Declaration, is_coded
from ceasefire_talks.markdown import escape, table_row
from ceasefire_talks.records.metadata import Package
from ceasefire_talks.tables.tabulate import Tables

BESIDE = """Which field takes its codes from which list is told in the [codebook](codebook.md), how they are chosen in
[coding.md](coding.md). A label stands where it says more than its code; *used* counts the coded cells of all tables."""


def to_codes(package: Package, tables: Tables, declared: Declaration) -> Iterator[str]:
    """Yield the lines of the file."""
    used = count_codes(tables, declared)
    yield from (f"# {escape(package.title)}: codes", "")
    yield from (BESIDE, "")
    for (name,), codes in tables["codes"].sort("list", "rank", "code").group_by(["list"], maintain_order=True):
        yield from (f"## {name}", "", "| code | meaning | used |", "| --- | --- | ---: |")
        for row in codes.iter_rows(named=True):
            count = used.get((row["list"], row["code"]), 0)
            yield table_row([f"`{row['code']}`", meaning_of(row), str(count)])
        yield ""


def meaning_of(row: dict[str, Any]) -> str:
    """Return what a code means, after its label where that says more than the code."""
    plain = row["label"].lower() == row["code"].replace("_", " ")
    definition = escape(row["definition"])
    return definition if plain else f"*{escape(row['label'])}.* {definition}"


def count_codes(tables: Tables, declared: Declaration) -> dict[tuple[Any, Any], int]:
    """Return how often each code stands in a coded column, or in derived ones where its list is of these alone."""
    used: dict[tuple[Any, Any], int] = {}
    coded = {field["codes"] for table in declared.values() for field in table["fields"] if is_coded(field)}
    for name, table in declared.items():
        for field in table["fields"]:
            if "codes" in field and (is_coded(field) or field["codes"] not in coded):
                for code, count in tables[name][field["name"]].drop_nulls().value_counts().iter_rows():
                    used[field["codes"], code] = used.get((field["codes"], code), 0) + count
    return used
