"""The named rules that span tables. Each yields what breaks it; its docstring says what must hold."""

from collections.abc import Iterator
from itertools import pairwise

from ceasefire_talks.checks.broken import Broken, TableRule, rows
from ceasefire_talks.checks.keys import RowId, owners
from ceasefire_talks.checks.talk_rules import TALK_RULES
from ceasefire_talks.declaration import Declaration, Table, has_span, row_id
from ceasefire_talks.problems import nearest
from ceasefire_talks.tables.tabulate import Tables, Values


def evidence_points_to_row(tables: Tables, declared: Declaration) -> Iterator[Broken]:
    """Every row of evidence names a coded table and a row of it."""
    known = {name: set(row_ids(tables, declared, name)) for name in declared if declared[name].get("evidence")}
    for index, row in rows(tables["evidence"], "table_name", "row_id"):
        if row["table_name"] not in known:
            hint = nearest(row["table_name"], list(known))
            message = f'"{row["table_name"]}" is not a table whose rows have evidence{hint}'
            yield Broken("evidence", index, "table_name", message)
        elif row["row_id"] not in known[row["table_name"]]:
            hint = nearest(row["row_id"], sorted(known[row["table_name"]]))
            yield Broken("evidence", index, "row_id", f'"{row["row_id"]}" is not a row of {row["table_name"]}{hint}')


def row_has_evidence(tables: Tables, declared: Declaration) -> Iterator[Broken]:
    """Every row of a coded table says where it was read, but for actors of the talks and ids seen elsewhere.

    A row that belongs to one without evidence is left alone: it takes over what that one is given.
    """
    bare = find_bare(tables, declared)
    for (name, _), index in bare.items():
        if not any(owner in bare for owner in owners(declared[name], tables[name].row(index, named=True))):
            yield Broken(name, index, declared[name]["primaryKey"][0], "has no evidence; name the span it was read in")


def find_bare(tables: Tables, declared: Declaration) -> dict[RowId, int]:
    """Return the number of each row that has no evidence and needs some."""
    known = set(tables["evidence"].select("table_name", "row_id").iter_rows())
    known |= {("actors", actor) for actor in named_in_talks(tables)}
    cut = {*tables["passages"]["source_id"], None}
    return {
        (name, row_id(table, row)): index
        for name, table in declared.items()
        if table.get("evidence")
        for index, row in rows(tables[name], *table["primaryKey"])
        if (name, row_id(table, row)) not in known and row.get("source_id") in cut
    }


def named_in_talks(tables: Tables) -> set[str]:
    """Return the actors that have a part or a ballot in the talks, and what they belong to."""
    part_of = dict(tables["actors"].select("actor_id", "part_of_id").iter_rows())
    named: set[str] = set()
    for table in ("talk_actors", "ballots"):
        for actor in tables[table]["actor_id"].unique():
            whole = actor
            while whole is not None and whole not in named:
                named.add(whole)
                whole = part_of.get(whole)
    return named


def span_inside_passage(tables: Tables, declared: Declaration) -> Iterator[Broken]:
    """A span never leaves the passage it names."""
    passages = {row["passage_id"]: row for _, row in rows(tables["passages"], "start_offset", "end_offset")}
    for name in declared:
        if has_span(declared[name]) and "passage_id" not in declared[name]["primaryKey"][:1]:
            for index, row in rows(tables[name], "start_offset", "end_offset"):
                passage = passages.get(row["passage_id"])
                if passage and not (starts(passage) <= starts(row) and ends(row) <= ends(passage)):
                    place = f"{row['passage_id']} ({starts(passage)}-{ends(passage)})"
                    yield Broken(name, index, "start_offset", f"{starts(row)}-{ends(row)} leaves its passage {place}")


def starts(row: Values) -> int:
    """Return where the span of a row begins."""
    return int(row["start_offset"])


def ends(row: Values) -> int:
    """Return where the span of a row ends."""
    return int(row["end_offset"])


def passages_end_inside_source(tables: Tables, declared: Declaration) -> Iterator[Broken]:
    """A source that is cut into passages says how long its text is, and none of them lies behind its end."""
    passages = sorted(rows(tables["passages"], "end_offset"), key=lambda item: ends(item[1]))
    last = {row["source_id"]: (index, ends(row)) for index, row in passages}
    for number, source in rows(tables["sources"]):
        index, end = last.get(source["source_id"], (0, 0))
        if end and source["characters"] is None:
            yield Broken("sources", number, "characters", "is missing; passages of the source count in it")
        elif end > (source["characters"] or 0):
            message = f"{end} lies behind the end of {source['source_id']} ({source['characters']})"
            yield Broken("passages", index, "end_offset", message)


def passages_keep_apart(tables: Tables, declared: Declaration) -> Iterator[Broken]:
    """Passages of a source follow each other in the order of their ids and do not overlap."""
    found = list(rows(tables["passages"], "passage_id", "source_id", "start_offset", "end_offset", "paragraph"))
    found.sort(key=lambda item: (item[1]["source_id"], starts(item[1]), ends(item[1])))
    for (_, one), (index, other) in pairwise(found):
        if one["source_id"] != other["source_id"] or one["passage_id"] == other["passage_id"]:
            continue
        if starts(other) < ends(one):
            message = f"{starts(other)} lies inside {one['passage_id']} ({starts(one)}-{ends(one)})"
            yield Broken("passages", index, "start_offset", message)
        elif other["passage_id"] < one["passage_id"] and len(other["passage_id"]) == len(one["passage_id"]):
            yield Broken("passages", index, "passage_id", f"stands behind {one['passage_id']} in the text")
        elif len(found) == len(tables["passages"]) and other["paragraph"] - one["paragraph"] not in (0, 1):
            message = f"{other['paragraph']} does not follow {one['paragraph']} of {one['passage_id']}"
            yield Broken("passages", index, "paragraph", message)


def record_passage_is_used(tables: Tables, declared: Declaration) -> Iterator[Broken]:
    """A passage of kind record is evidence of a row, and a passage of any other kind is of none."""
    used = set(tables["evidence"]["passage_id"])
    misspelt = used - set(tables["passages"]["passage_id"])  # any passage may be the one that was meant
    for index, row in rows(tables["passages"]):
        if row["kind"] == "record" and row["passage_id"] not in used and not misspelt:
            yield Broken("passages", index, "kind", "is record, but no row was read there")
        elif row["kind"] != "record" and row["passage_id"] in used:
            yield Broken("passages", index, "kind", f"is {row['kind']}, but a row was read there")


def quote_fills_spans(tables: Tables, declared: Declaration) -> Iterator[Broken]:
    """The words of a quote are as long as the stretch its evidence covers."""
    for index, row in rows(tables["quotes"], "printed"):
        spans = tables["evidence"].filter(table_name="quotes", row_id=row["quote_id"]).drop_nulls()
        if spans.height:
            length = max(spans["end_offset"]) - min(spans["start_offset"])
            if length != len(row["printed"]):
                yield Broken("quotes", index, "printed", f"has {len(row['printed'])} characters, its evidence {length}")


def continuation_has_same_speaker(tables: Tables, declared: Declaration) -> Iterator[Broken]:
    """A quote continues or stands within an earlier or outer quote of the same speaker, never itself."""
    speakers = {row["quote_id"]: row["speaker_id"] for _, row in rows(tables["quotes"])}
    for index, row in rows(tables["quotes"]):
        other = row["continues_id"]
        if other == row["quote_id"] or (other in speakers and speakers[other] != row["speaker_id"]):
            yield Broken("quotes", index, "continues_id", f'"{other}" is not an earlier part by the same speaker')
        if row["within_id"] == row["quote_id"]:
            yield Broken("quotes", index, "within_id", "is the quote itself")


def membership_has_no_circle(tables: Tables, declared: Declaration) -> Iterator[Broken]:
    """No actor is part of itself, directly or through others."""
    parent = {row["actor_id"]: row["part_of_id"] for _, row in rows(tables["actors"])}
    for index, row in rows(tables["actors"]):
        seen, actor = set(), row["part_of_id"]
        while actor is not None and actor not in seen:
            seen.add(actor)
            actor = parent.get(actor)
        if row["actor_id"] in seen:
            yield Broken("actors", index, "part_of_id", "leads back to the actor itself")


def ranks_run_from_one(tables: Tables, declared: Declaration) -> Iterator[Broken]:
    """The ranks of a list are all empty, or 1, 2, 3 and so on."""
    lists: dict[str, list[tuple[int, int | None]]] = {}
    for index, row in rows(tables["codes"], "list"):
        lists.setdefault(row["list"], []).append((index, row["rank"]))
    for name, ranks in lists.items():
        ordered = sorted((rank, index) for index, rank in ranks if rank is not None)
        for index in (index for index, rank in ranks if rank is None and ordered):
            yield Broken("codes", index, "rank", "is missing; rank all codes of a list or none")
        wrong = [(rank, index, due) for due, (rank, index) in enumerate(ordered, 1) if rank != due]
        if wrong and len(ordered) == len(ranks):
            rank, index, due = wrong[0]
            yield Broken("codes", index, "rank", f"{rank} stands where {due} of {name} is due")


def lists_are_those_of_fields(tables: Tables, declared: Declaration) -> Iterator[Broken]:
    """Every code list is named by a field, and every list that a field names has codes."""
    named = {field["codes"] for table in declared.values() for field in table["fields"] if "codes" in field}
    first = {row["list"]: index for index, row in reversed(list(rows(tables["codes"], "list")))}
    for name, index in first.items():
        if name not in named:
            hint = nearest(name, sorted(named - set(first)))
            yield Broken("codes", index, "list", f'no field has the code list "{name}"{hint}')
    for name in sorted(named - set(first)):
        if first and not nearest(name, sorted(set(first) - named)):
            yield Broken("codes", 0, "list", f'there are no codes of "{name}"; put the list back')


def conflict_has_two_sides(tables: Tables, declared: Declaration) -> Iterator[Broken]:
    """The two demands of a conflict have different demanders."""
    demander = {row["demand_id"]: row["demander_id"] for _, row in rows(tables["demands"])}
    for index, row in rows(tables["demand_conflicts"]):
        sides = demander.get(row["demand_id"]), demander.get(row["other_demand_id"])
        if None not in sides and sides[0] == sides[1]:
            yield Broken("demand_conflicts", index, "other_demand_id", f"both are demands of {sides[0]}")


def withdrawn_is_gone(tables: Tables, declared: Declaration) -> Iterator[Broken]:
    """A withdrawn id stands in no table, and its successor does."""
    release = {row["withdrawn_id"]: row["release"] for _, row in rows(tables["withdrawn"])}
    with_id = [name for name in tables if gives_ids(declared[name]) and name != "withdrawn"]
    used = {key for name in with_id for key in row_ids(tables, declared, name)}
    for name in with_id:
        key = declared[name]["primaryKey"][0]
        for index, row in rows(tables[name]):
            if row[key] in release:
                message = f"was withdrawn in release {release[row[key]]} and is never used again; take a new id"
                yield Broken(name, index, key, message)
    for index, row in rows(tables["withdrawn"]):
        if row["successor_id"] is not None and row["successor_id"] not in used:
            hint = nearest(row["successor_id"], sorted(used))
            yield Broken("withdrawn", index, "successor_id", f'"{row["successor_id"]}" is in no table{hint}')


def gives_ids(table: Table) -> bool:
    """Tell whether the rows of a table have ids of their own, none that are those of another table's rows."""
    references = [key["fields"] for key in table.get("foreignKeys", [])]
    return len(table["primaryKey"]) == 1 and table["primaryKey"] not in references


def package_has_one_row(tables: Tables, declared: Declaration) -> Iterator[Broken]:
    """The package says once what it is."""
    for index, _ in list(rows(tables["package"]))[1:]:
        yield Broken("package", index, "title", "is a second row; there is one package")


def row_ids(tables: Tables, declared: Declaration, name: str) -> Iterator[str]:
    """Yield the ids of a table's rows as evidence names them."""
    return (row_id(declared[name], row) for _, row in rows(tables[name], *declared[name]["primaryKey"]))


TABLE_RULES: tuple[TableRule, ...] = (
    evidence_points_to_row,
    row_has_evidence,
    span_inside_passage,
    passages_end_inside_source,
    passages_keep_apart,
    record_passage_is_used,
    quote_fills_spans,
    continuation_has_same_speaker,
    membership_has_no_circle,
    ranks_run_from_one,
    lists_are_those_of_fields,
    conflict_has_two_sides,
    withdrawn_is_gone,
    package_has_one_row,
    *TALK_RULES,
)
