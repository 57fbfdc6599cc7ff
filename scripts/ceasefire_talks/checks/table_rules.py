"""The named rules that span tables. Each yields what breaks it; its docstring says what must hold."""

from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import Any, NamedTuple

import polars as pl

from ceasefire_talks.declaration import Declaration, row_id
from ceasefire_talks.problems import nearest
from ceasefire_talks.tables.tabulate import Tables

Values = dict[str, Any]


class Finding(NamedTuple):
    """A cell that breaks a rule, by table, row number and field, and what is wrong with it."""

    table: str
    row: int
    field: str
    message: str


def rows(frame: pl.DataFrame, *needed: str) -> Iterator[tuple[int, Values]]:
    """Yield each row of a frame with its number, but for those where a needed cell is empty: other checks say so."""
    for index, row in enumerate(frame.iter_rows(named=True)):
        if all(row[column] is not None for column in needed):
            yield index, row


def evidence_points_to_row(tables: Tables, declared: Declaration) -> Iterator[Finding]:
    """Every row of evidence names a coded table and a row of it."""
    known = {name: set(row_ids(tables, declared, name)) for name in declared if declared[name].get("evidence")}
    for index, row in rows(tables["evidence"], "table", "row_id"):
        if row["table"] not in known:
            hint = nearest(row["table"], list(known))
            yield Finding("evidence", index, "table", f'"{row["table"]}" is not a table whose rows have evidence{hint}')
        elif row["row_id"] not in known[row["table"]]:
            hint = nearest(row["row_id"], sorted(known[row["table"]]))
            yield Finding("evidence", index, "row_id", f'"{row["row_id"]}" is not a row of {row["table"]}{hint}')


def row_has_evidence(tables: Tables, declared: Declaration) -> Iterator[Finding]:
    """Every row of a coded table says where it was read."""
    known = set(tables["evidence"].select("table", "row_id").iter_rows())
    for name, table in declared.items():
        if table.get("evidence"):
            for index, row in rows(tables[name], *table["primaryKey"]):
                if (name, row_id(table, row)) not in known:
                    yield Finding(name, index, table["primaryKey"][0], "has no evidence; name the span it was read in")


def span_inside_passage(tables: Tables, declared: Declaration) -> Iterator[Finding]:
    """A span never leaves the passage it names."""
    passages = {row["passage_id"]: row for _, row in rows(tables["passages"], "start", "end")}
    for name in ("evidence", "readings"):
        for index, row in rows(tables[name], "start", "end"):
            passage = passages.get(row["passage_id"])
            if passage and not (passage["start"] <= row["start"] and row["end"] <= passage["end"]):
                place = f"{row['passage_id']} ({passage['start']}-{passage['end']})"
                yield Finding(name, index, "start", f"{row['start']}-{row['end']} leaves its passage {place}")


def passages_keep_apart(tables: Tables, declared: Declaration) -> Iterator[Finding]:
    """Passages of a source follow each other in the order of their ids, do not overlap and end inside the source."""
    passages = list(rows(tables["passages"], "passage_id", "start", "end", "paragraph"))
    last = {row["source_id"]: (index, row["end"]) for index, row in sorted(passages, key=lambda item: item[1]["end"])}
    for number, source in rows(tables["sources"]):
        index, end = last.get(source["source_id"], (0, 0))
        if end and source["characters"] is None:
            yield Finding("sources", number, "characters", "is missing; passages of the source count in it")
        elif end > (source["characters"] or 0):
            message = f"{end} lies behind the end of {source['source_id']} ({source['characters']})"
            yield Finding("passages", index, "end", message)
    ordered = sorted(passages, key=lambda item: (item[1]["start"], item[1]["end"]))
    for (_, one), (index, other) in pairwise(ordered):
        same = one["source_id"] == other["source_id"] and one["passage_id"] != other["passage_id"]
        if same and other["start"] < one["end"]:
            message = f"{other['start']} lies inside {one['passage_id']} ({one['start']}-{one['end']})"
            yield Finding("passages", index, "start", message)
        elif same and other["passage_id"] < one["passage_id"] and len(other["passage_id"]) == len(one["passage_id"]):
            yield Finding("passages", index, "passage_id", f"stands behind {one['passage_id']} in the text")
        elif same and len(ordered) == len(tables["passages"]) and other["paragraph"] - one["paragraph"] not in (0, 1):
            message = f"{other['paragraph']} does not follow {one['paragraph']} of {one['passage_id']}"
            yield Finding("passages", index, "paragraph", message)


def record_passage_is_used(tables: Tables, declared: Declaration) -> Iterator[Finding]:
    """A passage of kind record is evidence of a row, and a passage of any other kind is of none."""
    used = set(tables["evidence"]["passage_id"])
    misspelt = used - set(tables["passages"]["passage_id"])  # any passage may be the one that was meant
    for index, row in rows(tables["passages"]):
        if row["kind"] == "record" and row["passage_id"] not in used and not misspelt:
            yield Finding("passages", index, "kind", "is record, but no row was read there")
        elif row["kind"] != "record" and row["passage_id"] in used:
            yield Finding("passages", index, "kind", f"is {row['kind']}, but a row was read there")


def quote_fills_spans(tables: Tables, declared: Declaration) -> Iterator[Finding]:
    """The words of a quote are as long as the stretch its evidence covers."""
    for index, row in rows(tables["quotes"], "printed"):
        spans = tables["evidence"].filter(table="quotes", row_id=row["quote_id"]).drop_nulls()
        if spans.height:
            length = max(spans["end"]) - min(spans["start"])
            if length != len(row["printed"]):
                yield Finding(
                    "quotes", index, "printed", f"has {len(row['printed'])} characters, its evidence {length}"
                )


def continuation_has_same_speaker(tables: Tables, declared: Declaration) -> Iterator[Finding]:
    """A quote continues or stands within an earlier or outer quote of the same speaker, never itself."""
    speakers = {row["quote_id"]: row["speaker_id"] for _, row in rows(tables["quotes"])}
    for index, row in rows(tables["quotes"]):
        other = row["continues_id"]
        if other == row["quote_id"] or (other in speakers and speakers[other] != row["speaker_id"]):
            yield Finding("quotes", index, "continues_id", f'"{other}" is not an earlier part by the same speaker')
        if row["within_id"] == row["quote_id"]:
            yield Finding("quotes", index, "within_id", "is the quote itself")


def membership_has_no_circle(tables: Tables, declared: Declaration) -> Iterator[Finding]:
    """No actor is part of itself, directly or through others."""
    parent = {row["actor_id"]: row["part_of_id"] for _, row in rows(tables["actors"])}
    for index, row in rows(tables["actors"]):
        seen, actor = set(), row["part_of_id"]
        while actor is not None and actor not in seen:
            seen.add(actor)
            actor = parent.get(actor)
        if row["actor_id"] in seen:
            yield Finding("actors", index, "part_of_id", "leads back to the actor itself")


def ranks_run_from_one(tables: Tables, declared: Declaration) -> Iterator[Finding]:
    """The ranks of a list are all empty, or 1, 2, 3 and so on."""
    lists: dict[str, list[tuple[int, int | None]]] = {}
    for index, row in rows(tables["codes"], "list"):
        lists.setdefault(row["list"], []).append((index, row["rank"]))
    for name, ranks in lists.items():
        ordered = sorted((rank, index) for index, rank in ranks if rank is not None)
        for index in (index for index, rank in ranks if rank is None and ordered):
            yield Finding("codes", index, "rank", "is missing; rank all codes of a list or none")
        wrong = [(rank, index, due) for due, (rank, index) in enumerate(ordered, 1) if rank != due]
        if wrong and len(ordered) == len(ranks):
            rank, index, due = wrong[0]
            yield Finding("codes", index, "rank", f"{rank} stands where {due} of {name} is due")


def lists_are_those_of_fields(tables: Tables, declared: Declaration) -> Iterator[Finding]:
    """Every code list is named by a field, and every list that a field names has codes."""
    named = {field["codes"] for table in declared.values() for field in table["fields"] if "codes" in field}
    first = {row["list"]: index for index, row in reversed(list(rows(tables["codes"], "list")))}
    for name, index in first.items():
        if name not in named:
            hint = nearest(name, sorted(named - set(first)))
            yield Finding("codes", index, "list", f'no field has the code list "{name}"{hint}')
    for name in sorted(named - set(first)):
        if first and not nearest(name, sorted(set(first) - named)):
            yield Finding("codes", 0, "list", f'there are no codes of "{name}"; put the list back')


def conflict_has_two_sides(tables: Tables, declared: Declaration) -> Iterator[Finding]:
    """The two demands of a conflict have different demanders."""
    demander = {row["demand_id"]: row["demander_id"] for _, row in rows(tables["demands"])}
    for index, row in rows(tables["demand_conflicts"]):
        sides = demander.get(row["demand_id"]), demander.get(row["other_demand_id"])
        if None not in sides and sides[0] == sides[1]:
            yield Finding("demand_conflicts", index, "other_demand_id", f"both are demands of {sides[0]}")


def withdrawn_is_gone(tables: Tables, declared: Declaration) -> Iterator[Finding]:
    """A withdrawn id stands in no table, and its successor does."""
    release = {row["withdrawn_id"]: row["release"] for _, row in rows(tables["withdrawn"])}
    with_id = [name for name in tables if len(declared[name]["primaryKey"]) == 1 and name != "withdrawn"]
    used = {key for name in with_id for key in row_ids(tables, declared, name)}
    for name in with_id:
        key = declared[name]["primaryKey"][0]
        for index, row in rows(tables[name]):
            if row[key] in release:
                message = f"was withdrawn in release {release[row[key]]} and is never used again; take a new id"
                yield Finding(name, index, key, message)
    for index, row in rows(tables["withdrawn"]):
        if row["successor_id"] is not None and row["successor_id"] not in used:
            hint = nearest(row["successor_id"], sorted(used))
            yield Finding("withdrawn", index, "successor_id", f'"{row["successor_id"]}" is in no table{hint}')


def row_ids(tables: Tables, declared: Declaration, name: str) -> Iterator[str]:
    """Yield the ids of a table's rows as evidence names them."""
    return (row_id(declared[name], row) for _, row in rows(tables[name], *declared[name]["primaryKey"]))


CrossRule = Callable[[Tables, Declaration], Iterator[Finding]]
CROSS_RULES: tuple[CrossRule, ...] = (
    evidence_points_to_row,
    row_has_evidence,
    span_inside_passage,
    passages_keep_apart,
    record_passage_is_used,
    quote_fills_spans,
    continuation_has_same_speaker,
    membership_has_no_circle,
    ranks_run_from_one,
    lists_are_those_of_fields,
    conflict_has_two_sides,
    withdrawn_is_gone,
)
