"""Which unit of one coding is which unit of the other.

A unit of one coding is the same as a unit of the other where their spans share at least half of the shorter one; each
is matched once, the pair that shares most first, and among equal pairs the one with more equal fields. Actors to whom
both gave the same id are the same. Link rows are the same where the rows and actors they join are.
"""

import polars as pl

from ceasefire_talks.declaration import Declaration, Table, has_span, row_id
from ceasefire_talks.declaration.rules import pointing_fields
from ceasefire_talks.tables.derive import Values
from ceasefire_talks.tables.tabulate import Tables

Match = dict[tuple[str, str], str]
Pair = tuple[Values | None, Values | None]


def match_tables(first: Tables, second: Tables, declared: Declaration) -> dict[str, list[Pair]]:
    """Return, for each table, its rows in pairs: matched, or with nothing on the side that has no such row."""
    same: Match = {}
    pairs: dict[str, list[Pair]] = {}
    for name in matched_tables(first, second, declared):
        mine, theirs = (list(tables[name].iter_rows(named=True)) for tables in (first, second))
        table = declared[name]
        theirs = [translate(row, table, same) for row in theirs]
        if table["agreement"] == "rows":
            found = match_keys(mine, theirs, keys_of(table))
        else:
            found = match_spans(mine, theirs, spans_of(first, name, table), spans_of(second, name, table), table)
        for number, other in found:
            same[name, row_id(table, theirs[other])] = row_id(table, mine[number])
        pairs[name] = [(mine[number], theirs[other]) for number, other in found]
        pairs[name] += [(row, None) for number, row in enumerate(mine) if number not in {one for one, _ in found}]
        pairs[name] += [(None, row) for number, row in enumerate(theirs) if number not in {two for _, two in found}]
    return pairs


def matched_tables(first: Tables, second: Tables, declared: Declaration) -> list[str]:
    """Return the tables of which both codings have rows, each behind those it refers to: first what has spans."""
    coded = [name for name in declared if "agreement" in declared[name] and (first[name].height or second[name].height)]
    return sorted(coded, key=lambda name: (declared[name]["agreement"] == "rows", name != "actors"))


def translate(row: Values, table: Table, same: Match) -> Values:
    """Return a row of the second coding with the ids it refers to as the first coding has them, where they match."""
    changed = dict(row)
    for key in table.get("foreignKeys", []):
        if len(key["fields"]) == 1 and row[key["fields"][0]] is not None:
            column, target = key["fields"][0], key["reference"]["resource"]
            changed[column] = same.get((target, row[column]), row[column])
    return changed


def keys_of(table: Table) -> list[str]:
    """Return the columns of a link row that say what it joins."""
    references = {field for key in table["foreignKeys"] for field in key["fields"]}
    return [name for name in table["primaryKey"] if name in references]


def match_keys(mine: list[Values], theirs: list[Values], keys: list[str]) -> list[tuple[int, int]]:
    """Return the numbers of the link rows that join the same, in whichever order a pair stands."""
    left: dict[tuple[str, ...], list[int]] = {}
    for number, row in enumerate(theirs):
        left.setdefault(tuple(sorted(row[key] for key in keys)), []).append(number)
    found = []
    for number, row in enumerate(mine):
        others = left.get(tuple(sorted(row[key] for key in keys)))
        if others:
            found.append((number, others.pop(0)))
    return found


def spans_of(tables: Tables, name: str, table: Table) -> dict[str, set[int]]:
    """Return the offsets that the spans of each row cover."""
    spans = tables["evidence"].filter(table_name=name).select("row_id", "start_offset", "end_offset")
    if has_span(table):
        spans = tables[name].select(pl.col(table["primaryKey"][0]).alias("row_id"), "start_offset", "end_offset")
    covered: dict[str, set[int]] = {}
    for key, start, end in spans.iter_rows():
        covered.setdefault(key, set()).update(range(start, end))
    return covered


def match_spans(
    mine: list[Values], theirs: list[Values], one: dict[str, set[int]], other: dict[str, set[int]], table: Table
) -> list[tuple[int, int]]:
    """Return the numbers of the rows whose spans share at least half of the shorter, best pairs first."""
    key, fields = table["primaryKey"][0], compared_fields(table)
    scored = []
    for number, row in enumerate(mine):
        for place, rival in enumerate(theirs):
            left, right = one.get(row[key], set()), other.get(rival[key], set())
            shared = len(left & right)
            if row[key] == rival[key] and key == "actor_id":
                scored.append((-2.0, 0, number, place))
            elif shared and 2 * shared >= min(len(left), len(right)):
                equal = sum(row[field] == rival[field] for field in fields)
                scored.append((-shared / len(left | right), -equal, number, place))
    found: list[tuple[int, int]] = []
    for _, _, number, place in sorted(scored):
        if number not in {pair[0] for pair in found} and place not in {pair[1] for pair in found}:
            found.append((number, place))
    return found


def compared_fields(table: Table) -> list[str]:
    """Return the fields on which two codings are compared: codes, dates, truth values and actors."""
    actors = set(pointing_fields(table, "actors")) - set(table["primaryKey"])
    return [
        field["name"]
        for field in table["fields"]
        if "derived" not in field
        and (field.get("codes") or field.get("edtf") or field["type"] == "boolean" or field["name"] in actors)
    ]
