"""The wide views: names beside ids, and what hangs on a row in one cell for reading. Pure functions over tables."""

from typing import Any

import polars as pl

from ceasefire_talks.declaration import Declaration, Table, field_names
from ceasefire_talks.tabulate import Tables, to_frame

Names = dict[Any, str]
Lists = dict[Any, str]
JOINT = "; "


def add_views(tables: Tables, declared: Declaration) -> Tables:
    """Return the tables with the four wide views added, in the order of the declaration."""
    names = dict(tables["actors"].select("actor_id", "name").iter_rows())
    views = {
        "events_wide": widen(tables, declared, "events", event_columns(tables, names)),
        "demands_wide": widen(tables, declared, "demands", demand_columns(tables, names)),
        "mediators_wide": widen(tables, declared, "mediators", mediator_columns(tables, names)),
        "quotes_wide": widen(tables, declared, "quotes", quote_columns(tables, names)),
    }
    widened = tables | views
    return {name: widened[name] for name in declared if name in widened}


def widen(tables: Tables, declared: Declaration, base: str, columns: dict[str, tuple[str, Lists]]) -> pl.DataFrame:
    """Return a table with columns looked up by one of its own: new name -> (own column, what it stands for)."""
    view: Table = declared[f"{base}_wide"]
    columns = columns | evidence_columns(tables, base, view["primaryKey"][0])
    wide = [
        row | {name: found.get(row[key]) for name, (key, found) in columns.items()}
        for row in tables[base].iter_rows(named=True)
    ]
    return to_frame(view, [{name: row[name] for name in field_names(view)} for row in wide])


def joined(rows: pl.DataFrame, by: str, text: pl.Expr) -> Lists:
    """Return, for each value of a column, the texts of its rows joined in the order of the table."""
    texts = rows.select(pl.col(by), text.alias("text")).drop_nulls()
    return dict(texts.group_by(by, maintain_order=True).agg(pl.col("text").str.join(JOINT)).iter_rows())


def evidence_columns(tables: Tables, base: str, key: str) -> dict[str, tuple[str, Any]]:
    """Return the columns that say where a row was read: passages, and paragraph and link of the first."""
    spans = tables["evidence"].filter(table=base).join(tables["passages"], on="passage_id").sort("row_id", "start")
    first = spans.unique("row_id", keep="first", maintain_order=True)
    once = spans.unique(["row_id", "passage_id"], keep="first", maintain_order=True)
    return {
        "passages": (key, joined(once, "row_id", pl.col("passage_id"))),
        "paragraph": (key, dict(first.select("row_id", "paragraph").iter_rows())),
        "link": (key, dict(first.select("row_id", "link").iter_rows())),
    }


def event_columns(tables: Tables, names: Names) -> dict[str, tuple[str, Any]]:
    """Return what `events_wide` adds: names, actors with roles, numbers, and the demands an event bears on."""
    label = code_labels(tables)
    actors = tables["event_actors"].with_columns(pl.col("actor_id").replace_strict(names, default=None).alias("name"))
    words = [in_words(row, names, label) for row in tables["quantities"].iter_rows(named=True)]
    numbers = tables["quantities"].with_columns(pl.Series("words", words, pl.String))
    return {
        "attributed_to": ("attributed_to_id", names),
        "actors": ("event_id", joined(actors, "event_id", pl.format("{} ({})", "name", "role"))),
        "quantities": ("event_id", joined(numbers, "event_id", pl.col("words"))),
        "demands": (
            "event_id",
            joined(tables["event_demands"], "event_id", pl.format("{} {}", "bearing", "demand_id")),
        ),
    }


def code_labels(tables: Tables) -> dict[tuple[str, str], str]:
    """Return the label of each code by list and code, in lower case for use inside a sentence."""
    return {(row["list"], row["code"]): row["label"].lower() for row in tables["codes"].iter_rows(named=True)}


def in_words(row: dict[str, Any], names: Names, label: dict[tuple[str, str], str]) -> str:
    """Return a quantity as a reader says it, such as `missiles landed: 180 missiles (about)`."""
    number = "" if row["value"] is None else f"{row['value']:,.15g} "
    counted = label.get(("counted", row["counted"]), "")
    whom = f" of {names[row['of_whom_id']]}" if row["of_whom_id"] in names else ""
    unit, qualifier = label.get(("unit", row["unit"]), ""), label.get(("qualifier", row["qualifier"]), "")
    return f"{counted}{whom}: {number}{unit} ({qualifier})"


def demand_columns(tables: Tables, names: Names) -> dict[str, tuple[str, Any]]:
    """Return what `demands_wide` adds: names, the demands that clash with each, and the events that bear on it."""
    pairs = tables["demand_conflicts"].select("demand_id", "other_demand_id", "degree")
    turned = pairs.select(demand_id="other_demand_id", other_demand_id="demand_id", degree="degree")
    both = pl.concat([pairs, turned]).sort("demand_id", "other_demand_id")
    other = pl.col("other_demand_id")
    return {
        "demander": ("demander_id", names),
        "addressee": ("addressee_id", names),
        "attributed_to": ("attributed_to_id", names),
        "excluded_by": ("demand_id", joined(both.filter(degree="strict"), "demand_id", other)),
        "in_tension_with": ("demand_id", joined(both.filter(degree="tension"), "demand_id", other)),
        "events": (
            "demand_id",
            joined(tables["event_demands"], "demand_id", pl.format("{} {}", "bearing", "event_id")),
        ),
    }


def mediator_columns(tables: Tables, names: Names) -> dict[str, tuple[str, Any]]:
    """Return what `mediators_wide` adds: names, and the ties in one cell."""
    ties = tables["mediator_ties"].with_columns(pl.col("actor_id").replace_strict(names, default=None).alias("name"))
    return {
        "actor": ("actor_id", names),
        "attributed_to": ("attributed_to_id", names),
        "ties": ("mediator_id", joined(ties, "mediator_id", pl.format("{} ({})", "name", "tie"))),
    }


def quote_columns(tables: Tables, names: Names) -> dict[str, tuple[str, Any]]:
    """Return what `quotes_wide` adds: names of speaker and audience, and the speaker's institution."""
    institutions = {
        row["actor_id"]: names[row["part_of_id"]]
        for row in tables["actors"].iter_rows(named=True)
        if row["part_of_id"] in names
    }
    return {
        "speaker": ("speaker_id", names),
        "audience": ("audience_id", names),
        "institution": ("speaker_id", institutions),
    }
