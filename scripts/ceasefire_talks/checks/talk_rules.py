"""The named rules of the talks that span tables. Each yields what breaks it; its docstring says what must hold."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

import polars as pl

from ceasefire_talks.checks.broken import Broken, rows
from ceasefire_talks.declaration import Declaration, row_id
from ceasefire_talks.problems import nearest, shown
from ceasefire_talks.tables.tabulate import Tables

ANSWERABLE = ("proposal", "vote")
PROVIDES, CARRIED_OUT, TAKES = {"provides"}, {"carried_out"}, {"accepts", "asks", "refuses"}
STANDS = {
    "proposal": PROVIDES,
    "agreement": PROVIDES,
    "vote": PROVIDES,
    "meeting": {"discussed"},
    "truce_or_release": CARRIED_OUT,
    "breakdown": CARRIED_OUT,
    "mediator_change": CARRIED_OUT,
    "answer": TAKES,
    "statement": TAKES,
}
MAJORITY = 9
SEATS = 15


def by_id(tables: Tables) -> dict[str, dict[str, Any]]:
    """Return the rows of talks by their ids."""
    return {row["talk_id"]: row for _, row in rows(tables["talks"])}


def answer_meets_a_text(tables: Tables, declared: Declaration) -> Iterator[Broken]:
    """What is answered is a proposal or a vote, and not later than the answer."""
    talks = by_id(tables)
    for index, row in rows(tables["talks"], "answers_id"):
        text = talks.get(row["answers_id"])
        if text and text["kind"] not in ANSWERABLE:
            yield Broken("talks", index, "answers_id", f'"{row["answers_id"]}" is of kind {text["kind"]}')
        elif text and is_before(row, text):
            yield Broken("talks", index, "answers_id", f'"{row["answers_id"]}" is of a later day, {text["date"]}')


def is_before(row: dict[str, Any], other: dict[str, Any]) -> bool:
    """Tell whether all days of a row lie before all days of another."""
    return bool(row["date_last_day"] and other["date_first_day"] and row["date_last_day"] < other["date_first_day"])


def text_revises_a_text(tables: Tables, declared: Declaration) -> Iterator[Broken]:
    """A text revises another one that is not later; no text leads back to itself by what it revises or answers."""
    talks = by_id(tables)
    for index, row in rows(tables["talks"], "revises_id"):
        text = talks.get(row["revises_id"])
        if text and text["kind"] not in (*ANSWERABLE, "agreement"):
            yield Broken("talks", index, "revises_id", f'"{row["revises_id"]}" is of kind {text["kind"]}')
        elif text and is_before(row, text):
            yield Broken("talks", index, "revises_id", f'"{row["revises_id"]}" is of a later day, {text["date"]}')
    for field in ("revises_id", "answers_id"):
        for index, row in rows(tables["talks"], field):
            seen, other = {row["talk_id"]}, row[field]
            while other is not None and other not in seen:
                seen.add(other)
                other = talks.get(other, {}).get(field)
            if other == row["talk_id"]:
                yield Broken("talks", index, field, "leads back to the row itself")


def talk_has_parts(tables: Tables, declared: Declaration) -> Iterator[Broken]:
    """An answer has an answerer, and a proposal somebody who wrote, announced, carried or is said to own it."""
    parts: dict[str, set[str]] = {}
    for _, row in rows(tables["talk_actors"]):
        parts.setdefault(row["talk_id"], set()).add(row["part"])
    needed = {"answer": {"answerer"}, "proposal": {"author", "announcer", "said_to_own", "mediator"}}
    for index, row in rows(tables["talks"], "talk_id"):
        found = parts.get(row["talk_id"], set())
        if not found:
            yield Broken("talks", index, "talk_id", "has no row in talk_actors; say who")
        elif row["kind"] in needed and not found & needed[row["kind"]]:
            yield Broken(
                "talks", index, "kind", f"is {row['kind']}, but nobody is {' or '.join(sorted(needed[row['kind']]))}"
            )


def talk_has_backing(tables: Tables, declared: Declaration) -> Iterator[Broken]:
    """Every row of talks has a document that supports it, and every row of backing stands behind a row."""
    known = {name: {row_id(declared[name], row) for _, row in rows(tables[name])} for name in ("talks", "talk_terms")}
    for index, row in rows(tables["backing"], "table_name", "row_id"):
        if row["table_name"] not in known:
            hint = nearest(row["table_name"], known)
            yield Broken("backing", index, "table_name", f"{shown(row['table_name'])} has no backing{hint}")
        elif row["row_id"] not in known[row["table_name"]]:
            hint = nearest(row["row_id"], sorted(known[row["table_name"]]))
            yield Broken(
                "backing", index, "row_id", f"{shown(row['row_id'])} is not a row of {row['table_name']}{hint}"
            )
    supported = set(tables["backing"].filter(pl.col("stance") != "contradicts", table_name="talks")["row_id"])
    for index, row in rows(tables["talks"], "talk_id"):
        if row["talk_id"] not in supported:
            yield Broken("talks", index, "talk_id", "has no backing; name a document that supports it")


def stand_follows_kind(tables: Tables, declared: Declaration) -> Iterator[Broken]:
    """What stand a term has follows from the kind of its act."""
    kinds = dict(tables["talks"].select("talk_id", "kind").iter_rows())
    for index, row in rows(tables["talk_terms"], "talk_id", "stand"):
        due = STANDS.get(kinds.get(row["talk_id"], ""), {row["stand"]})
        if row["stand"] not in due:
            message = f"{row['stand']} in a row of kind {kinds[row['talk_id']]}; must be {' or '.join(sorted(due))}"
            yield Broken("talk_terms", index, "stand", message)


def link_joins_rows(tables: Tables, declared: Declaration) -> Iterator[Broken]:
    """Both ids of a link are rows, and not the same one."""
    known = set(tables["talks"]["talk_id"].drop_nulls())
    for index, row in rows(tables["links"], "from_id", "to_id"):
        for field in ("from_id", "to_id"):
            if row[field] not in known:
                yield Broken(
                    "links", index, field, f"{shown(row[field])} is no row{nearest(row[field], sorted(known))}"
                )
        if row["from_id"] == row["to_id"]:
            yield Broken("links", index, "to_id", "is the row itself")


def ballots_are_whole(tables: Tables, declared: Declaration) -> Iterator[Broken]:
    """The ballots on a text are those of the fifteen members of its year, and of votes alone.

    Who is a member is not judged where the members are not known: a package does not carry them.
    """
    talks = by_id(tables)
    council: dict[int, set[str]] = {}
    for _, row in rows(tables["council"]):
        council.setdefault(row["year"], set()).add(row["actor_id"])
    voted: dict[str, set[str]] = {}
    for index, row in rows(tables["ballots"], "talk_id", "actor_id"):
        voted.setdefault(row["talk_id"], set()).add(row["actor_id"])
        talk = talks.get(row["talk_id"])
        if talk and talk["kind"] != "vote":
            yield Broken("ballots", index, "talk_id", f"is of kind {talk['kind']}, not a vote")
        elif talk and talk["date_first_day"] and council:
            year = talk["date_first_day"].year
            if row["actor_id"] not in council.get(year, set()):
                yield Broken("ballots", index, "actor_id", f"was no member in {year}")
    for index, row in rows(tables["talks"], "talk_id"):
        if row["talk_id"] in voted and len(voted[row["talk_id"]]) != SEATS:
            yield Broken("talks", index, "talk_id", f"has {len(voted[row['talk_id']])} ballots; {SEATS} are due")


def result_follows_ballots(tables: Tables, declared: Declaration) -> Iterator[Broken]:
    """A text with nine yes is adopted, or vetoed by a permanent member's no; with fewer it is not adopted.

    A veto is not judged where the permanent members are not known: a package does not carry them.
    """
    known = not tables["council"].is_empty()
    permanent = set(tables["council"].filter(permanent=True)["actor_id"])
    counts: dict[str, Counter[str]] = {}
    vetoes: set[str] = set()
    for _, row in rows(tables["ballots"], "talk_id", "ballot"):
        counts.setdefault(row["talk_id"], Counter())[row["ballot"]] += 1
        if row["ballot"] == "no" and row["actor_id"] in permanent:
            vetoes.add(row["talk_id"])
    for index, row in rows(tables["talks"], "talk_id", "result"):
        if row["talk_id"] in counts:
            carried = counts[row["talk_id"]]["yes"] >= MAJORITY
            due = "not_adopted" if not carried else "vetoed" if row["talk_id"] in vetoes else "adopted"
            if row["result"] != due and (known or "not_adopted" in (row["result"], due)):
                yield Broken("talks", index, "result", f"{row['result']}, but by the ballots it is {due}")


TALK_RULES = (
    answer_meets_a_text,
    text_revises_a_text,
    talk_has_parts,
    talk_has_backing,
    stand_follows_kind,
    link_joins_rows,
    ballots_are_whole,
    result_follows_ballots,
)
