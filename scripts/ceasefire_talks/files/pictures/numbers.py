"""The numbers: each with its qualifier, of what and of whom it is, when, who says so, and what others say."""

from datetime import date

import polars as pl
from matplotlib.figure import Figure

from ceasefire_talks.declaration.edtf import speak_edtf
from ceasefire_talks.files.pictures.drawing import ARTICLE, HEAD, Theme, Words, draw_words, to_title
from ceasefire_talks.tables.codes import read_labels
from ceasefire_talks.tables.derive import Values
from ceasefire_talks.tables.tabulate import Tables

TITLE = "The numbers"
LEAD = "As one article of October 2024 gives them. Where no word stands before a number, the article gives it bare."
ITSELF = "Who counted: the article does not say."
WARNING = ("differs", "disputed")
LARGE_NUMBERS = {10**9: "billion", 10**6: "million"}


def to_rows(tables: Tables) -> list[Values]:
    """Return the figures of the year with the dates of their events: people first, then by date, the undated last."""
    dates = tables["events"].select("event_id", "track", "date", "date_first_day", "date_last_day")
    rows = tables["quantities"].drop_nulls("value").join(dates, on="event_id").filter(pl.col("track") != "earlier")
    return sorted(rows.to_dicts(), key=in_order)


def in_order(row: Values) -> tuple[bool, date, str]:
    """Return what sorts figures: people first, by date, the undated last."""
    day = row["date_first_day"] or row["date_last_day"] or date.max
    return row["unit"] != "people", day, row["quantity_id"]


def draw(tables: Tables, theme: Theme, foot: str) -> Figure:
    """Return the picture as a figure."""
    labels = read_labels(tables["codes"])
    words = [to_title(TITLE), Words(LEAD, "muted", above=4)]
    for row in to_rows(tables):
        words += to_words(row, labels)
    words += [Words(explain_verdicts(tables), "muted", above=14, ruled=True)]
    words += [Words(f"{describe(tables)} {foot}", "muted", above=3)]
    return draw_words(words, theme)


def to_words(row: Values, labels: dict[str, str]) -> list[Words]:
    """Return a number as paragraphs: itself, what it counts, when and by whom, and what independent sources say."""
    return [
        Words(print_number(row, labels), size=HEAD, bold=True, above=7, row=row["quantity_id"]),
        Words(f"{row['event']}: {print_counted(row, labels)}.", indent=8),
        Words(print_origin(row), "muted", indent=8),
        Words(
            f"Verdict of independent sources: {print_verdict(row, labels)}.",
            "warm" if row["verdict"] in WARNING else "muted",
            indent=8,
        ),
        *([Words(row["finding"], indent=8)] if row["finding"] else []),
    ]


def print_number(row: Values, labels: dict[str, str]) -> str:
    """Return a number with its qualifier and its unit: more than 40,000 people."""
    unit = labels[f"unit/{row['unit']}"]
    unit = unit if unit[:2].isupper() else unit.lower()
    qualifier = labels[f"qualifier/{row['qualifier']}"].lower()
    told = "" if row["qualifier"] == "exact" else f"{qualifier} "
    return f"{told}{print_value(row['value'])} {unit.removesuffix('s') if row['value'] == 1 else unit}"


def print_value(value: float) -> str:
    """Return a number as a reader writes it: 40,000 or 18 billion."""
    size, name = next(((size, f" {name}") for size, name in LARGE_NUMBERS.items() if value >= size), (1, ""))
    return f"{value / size:,.10g}{name}"


def print_counted(row: Values, labels: dict[str, str]) -> str:
    """Return what a number counts, and of whom."""
    counted = labels[f"counted/{row['counted']}"].lower()
    return f"{counted} ({row['of_whom']})" if row["of_whom"] else counted


def print_origin(row: Values) -> str:
    """Return when it was, who says so and how sure, and what a reader must know."""
    day = f"When: {speak_edtf(row['date']) if row['date'] else 'undated'}."
    who = {
        "named": f"Who says so: {row['attributed_to']}.",
        "unnamed_reports": "Who says so: reports that are not named.",
    }
    sure = "" if row["certainty"] == "certain" else f"Certainty: {row['certainty']}."
    parts = dict.fromkeys((day, who.get(row["attribution"], ITSELF), sure, row["caveat"], row["event_caveat"]))
    return " ".join(part for part in parts if part)


def print_verdict(row: Values, labels: dict[str, str]) -> str:
    """Return the verdict of independent sources in words."""
    return labels[f"verdict/{row['verdict']}"].lower() if row["verdict"] else "not checked"


def explain_verdicts(tables: Tables) -> str:
    """Return what the verdicts mean that stand in the picture."""
    told = {row["verdict"] for row in to_rows(tables)}
    verdicts = tables["codes"].filter(pl.col("list") == "verdict", pl.col("code").is_in(told))
    return " ".join(
        f"{label}: {definition}" for label, definition in verdicts.select("label", "definition").iter_rows()
    )


def describe(tables: Tables) -> str:
    """Return in words how many numbers are drawn, and what is left out."""
    rows, every = to_rows(tables), tables["quantities"]
    return (
        f"{len(rows)} of {every.height} numbers; left out are those that the article gives by a word such as several, "
        f"or of conflicts before October 2023. The numbers are {ARTICLE}"
    )


def speak(tables: Tables) -> str:
    """Return the picture in words: every figure with its qualifier, what it counts, and the verdict on it."""
    labels = read_labels(tables["codes"])
    told = "; ".join(
        f"{print_number(row, labels)}, {print_counted(row, labels)}, {print_verdict(row, labels)}"
        for row in to_rows(tables)
    )
    return f"The numbers of one article, with what independent sources say of them. {told}. {describe(tables)}"
