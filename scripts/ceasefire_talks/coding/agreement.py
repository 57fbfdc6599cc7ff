"""How well two independent codings agree, before any difference was settled.

The article and, as a text that nobody knew while the codebook was written, three reports on another war were coded
twice; of the talks and the assessments `codings` keeps what both made of each field. Units are matched as `matching`
says; what they share is given as F1, twice the matched units over the units of both codings (Hripcsak and Rothschild
2005). Agreement on a field is counted over matched units, an empty cell being a value of its own; alpha is
Krippendorff's (nominal, ordinal where the code list has an order). Below ten units, or where nine in ten have one
value, alpha says nothing and is left out. Intervals are the 2.5th and 97.5th percentile of 1,000 resamples.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import yaml

from ceasefire_talks.coding.matching import Pair, compared_fields, match_tables
from ceasefire_talks.declaration import Declaration
from ceasefire_talks.records.read import CODINGS, RECORDS, read_records
from ceasefire_talks.tables.codes import NO_CODES, CodeList, Codes, code_lists
from ceasefire_talks.tables.derive import Values
from ceasefire_talks.tables.tabulate import Tables, tabulate

RESAMPLES = 1_000
FEWEST = 10
MOST_OF_ONE = 0.9


def compare_codings(root: Path, declared: Declaration) -> dict[str, list[Values]]:
    """Return the rows of `unitizing` and `agreement` for the codings that are kept below `root`."""
    records = read_coding(root, declared, RECORDS)
    codes = code_lists(records["codes"])
    found: dict[str, list[Values]] = {"unitizing": [], "agreement": []}
    for text, folders in CODINGS.items():
        first, second = (read_coding(root, declared, folder) for folder in folders)
        pairs = match_tables(first, second, declared)
        found["unitizing"] += [{"text": text} | row for row in count_units(pairs)]
        found["agreement"] += [
            {"text": text} | row for row in count_fields(field_values(pairs, declared), declared, codes)
        ]
    for name in ("talks", "assessments"):
        rows = count_fields(settled_values(records, name), declared, codes)
        found["agreement"] += [{"text": name} | row for row in rows]
    return found


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


def count_units(pairs: dict[str, list[Pair]]) -> Iterator[Values]:
    """Yield, for each table, how many units each coding has, how many match, and F1 with its interval."""
    for name, found in pairs.items():
        sides = np.array([(one is not None, other is not None) for one, other in found])
        low, high = resample(len(found), lambda drawn, sides=sides: to_f1(sides[drawn]))  # type: ignore[misc]
        yield {
            "table_name": name,
            "first": int(sides[:, 0].sum()),
            "second": int(sides[:, 1].sum()),
            "matched": int(sides.all(axis=1).sum()),
            "f1": round(to_f1(sides), 3),
            "f1_low": low,
            "f1_high": high,
        }


def to_f1(sides: Any) -> float:
    """Return twice the units that both sides have over the units of either side."""
    return 2 * float(sides.all(axis=1).sum()) / float(sides.sum())


def field_values(pairs: dict[str, list[Pair]], declared: Declaration) -> dict[tuple[str, str], list[tuple[str, str]]]:
    """Return what both codings have in each compared field of the units that match, by table and field."""
    return {
        (name, field): [(str(one[field]), str(other[field])) for one, other in found if one and other]
        for name, found in pairs.items()
        for field in compared_fields(declared[name])
    }


def settled_values(records: Tables, name: str) -> dict[tuple[str, str], list[tuple[str, str]]]:
    """Return what both codings of a table have in each field, as `codings` keeps it."""
    found: dict[tuple[str, str], list[tuple[str, str]]] = {}
    for row in records["codings"].filter(table_name=name).iter_rows(named=True):
        found.setdefault((name, row["field"]), []).append((row["first"], row["second"]))
    return found


def count_fields(
    values: dict[tuple[str, str], list[tuple[str, str]]], declared: Declaration, codes: Codes
) -> Iterator[Values]:
    """Yield, for each field that both codings have, the units, percent agreement, alpha and its interval."""
    for (name, column), found in values.items():
        if found:
            lists = {field["name"]: field.get("codes", "") for field in declared[name]["fields"]}
            equal = round(sum(one == other for one, other in found) / len(found), 3)
            row = {"table_name": name, "field": column, "n": len(found), "equal": equal}
            measured = measure_alpha(found, codes.get(lists.get(column, ""), NO_CODES))
            yield row | dict(zip(("alpha", "alpha_low", "alpha_high"), measured, strict=True))


def measure_alpha(values: list[tuple[str, str]], codes: CodeList) -> tuple[float | None, float | None, float | None]:
    """Return alpha with the bounds of its interval; nothing where there are few units or hardly two values."""
    counted = Counter(value for pair in values for value in pair)
    if len(values) < FEWEST or max(counted.values()) >= MOST_OF_ONE * counted.total():
        return None, None, None
    known = sorted(counted, key=[*codes.codes, "None"].index if codes.ordered else str)
    data = np.array([[known.index(value) for value in pair] for pair in values])
    alpha = to_alpha(data, len(known), codes.ordered)
    low, high = resample(len(values), lambda drawn: to_alpha(data[drawn], len(known), codes.ordered))
    return None if alpha is None else round(alpha, 3), low, high


def resample(units: int, measure: Callable[[Any], float | None]) -> tuple[float | None, float | None]:
    """Return the 2.5th and 97.5th percentile of a measure over resamples of the units; nothing of a few units."""
    if units < FEWEST:
        return None, None
    random = np.random.default_rng(0)
    drawn = [measure(random.integers(0, units, units)) for _ in range(RESAMPLES)]
    low, high = np.percentile([one for one in drawn if one is not None], [2.5, 97.5])
    return round(float(low), 3), round(float(high), 3)


def to_alpha(data: Any, codes: int, ordered: bool) -> float | None:
    """Return Krippendorff's alpha of two columns of code numbers; nothing where there is only one value.

    One less observed over expected disagreement, both read off the coincidences of the codes. Two codes differ by one,
    or, in an order, by the square of the values that lie between them, half of each of the two included.
    Source: Krippendorff, Computing Krippendorff's Alpha-Reliability (2011).
    """
    coincidences = np.zeros((codes, codes))
    np.add.at(coincidences, (data, data[:, ::-1]), 1)
    counts = coincidences.sum(axis=0)
    middles = np.cumsum(counts) - counts / 2
    distance = (middles[:, None] - middles) ** 2 if ordered else 1 - np.eye(codes)
    expected = float((np.outer(counts, counts) * distance).sum())
    observed = float((coincidences * distance).sum()) * (counts.sum() - 1)
    return float(1 - observed / expected) if expected else None
