"""How well two independent codings of the article agree, before any difference was settled.

A unit of one coding is the same as a unit of the other where their spans share at least half of the shorter one; each
is matched once, the pair that shares most first, and among equal pairs the one with more equal fields. Actors to whom
both gave the same id are the same. Link rows are the same where the rows and actors they join are. Agreement on a
field is counted over matched units, an empty cell being a value of its own; alpha is Krippendorff's (nominal, ordinal
where the code list has an order), its interval the 2.5th and 97.5th percentile of 1,000 resamples of the units.
"""

import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import krippendorff
import numpy as np
import polars as pl
import yaml

from ceasefire_talks.declaration import Declaration, Table, has_span, row_id
from ceasefire_talks.records.read import RECORDS, read_records
from ceasefire_talks.tables.codes import NO_CODES, CodeList, Codes, code_lists
from ceasefire_talks.tables.derive import Values
from ceasefire_talks.tables.tabulate import Tables, tabulate

CODINGS = ("data/records/coded", "data/records/codings/second")
RESAMPLES = 1_000
MIN_FOR_INTERVAL = 30
Match = dict[tuple[str, str], str]
Pair = tuple[Values | None, Values | None]


def compare_codings(root: Path, declared: Declaration) -> dict[str, list[Values]]:
    """Return the rows of `unitizing` and `agreement` for the two codings that are kept below `root`."""
    codes = code_lists(read_coding(root, declared, RECORDS)["codes"])
    first, second = (read_coding(root, declared, folder) for folder in CODINGS)
    pairs = match_tables(first, second, declared)
    found = {"unitizing": count_units(pairs), "agreement": count_agreement(pairs, declared, codes)}
    return {name: [{"round": 1} | row for row in rows] for name, rows in found.items()}


def read_coding(root: Path, declared: Declaration, folder: str) -> Tables:
    """Return the tables of one coding; raise `ValueError` with the first thing in it that cannot be read."""
    if not (root / folder).is_dir():
        raise ValueError(f"{folder}: is not there; a coding to compare is a folder of records")
    records = read_records(root, {name: table | {"may_be_empty": True} for name, table in declared.items()}, folder)
    tabulated = tabulate(records, declared)
    for problem in records.problems + tabulated.problems:
        raise ValueError(f"{problem.place}: {problem.message}")
    return tabulated.tables


def to_yaml(rows: list[Values]) -> str:
    """Return rows as records, without their empty cells."""
    filled = [{name: value for name, value in row.items() if value is not None} for row in rows]
    return yaml.safe_dump(filled, sort_keys=False, default_flow_style=None, width=120)


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
    coded = [name for name in declared if "agreement" in declared[name] and first[name].height and second[name].height]
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
    actors = {
        key["fields"][0] for key in table.get("foreignKeys", []) if key["reference"]["resource"] == "actors"
    } - set(table["primaryKey"])
    return [
        field["name"]
        for field in table["fields"]
        if "derived" not in field
        and (field.get("codes") or field.get("edtf") or field["type"] == "boolean" or field["name"] in actors)
    ]


def count_units(pairs: dict[str, list[Pair]]) -> Iterator[Values]:
    """Yield, for each table, how many units each coding has, how many match, and the share of these in all."""
    for name, found in pairs.items():
        matched = sum(one is not None and other is not None for one, other in found)
        yield {
            "table_name": name,
            "first": sum(one is not None for one, _ in found),
            "second": sum(other is not None for _, other in found),
            "matched": matched,
            "share": round(matched / len(found), 3),
        }


def count_agreement(pairs: dict[str, list[Pair]], declared: Declaration, codes: Codes) -> Iterator[Values]:
    """Yield, for each compared field, the matched units, percent agreement, alpha and its interval."""
    for name, found in pairs.items():
        both = [(one, other) for one, other in found if one is not None and other is not None]
        for field in declared[name]["fields"]:
            if both and field["name"] in compared_fields(declared[name]):
                values = [(str(one[field["name"]]), str(other[field["name"]])) for one, other in both]
                known = codes.get(field.get("codes", ""), NO_CODES)
                equal = sum(one == other for one, other in values)
                row = {
                    "table_name": name,
                    "field": field["name"],
                    "n": len(values),
                    "equal": round(equal / len(values), 3),
                }
                yield row | dict(zip(("alpha", "alpha_low", "alpha_high"), measure_alpha(values, known), strict=True))


def measure_alpha(values: list[tuple[str, str]], codes: CodeList) -> tuple[float | None, float | None, float | None]:
    """Return alpha with the bounds of its interval; nothing where both codings use one value only."""
    level = "ordinal" if codes.ordered else "nominal"
    known = sorted(
        {value for pair in values for value in pair}, key=[*codes.codes, "None"].index if codes.ordered else str
    )
    data = np.array([[known.index(value) for value in pair] for pair in values], dtype=float).T
    alpha = to_alpha(data, level)
    if alpha is None or len(values) < MIN_FOR_INTERVAL:
        return alpha, None, None
    random = np.random.default_rng(0)
    drawn = (to_alpha(data[:, random.integers(0, data.shape[1], data.shape[1])], level) for _ in range(RESAMPLES))
    low, high = np.percentile([one for one in drawn if one is not None], [2.5, 97.5])
    return alpha, round(float(low), 3), round(float(high), 3)


def to_alpha(data: Any, level: Any) -> float | None:
    """Return Krippendorff's alpha of two rows of codes; nothing where there is only one value."""
    if len(np.unique(data)) < 2:
        return None
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return round(float(krippendorff.alpha(reliability_data=data, level_of_measurement=level)), 3)
