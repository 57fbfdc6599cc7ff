"""The sections of the codebook that set report and record side by side, in the order of the article."""

from collections.abc import Iterator

import polars as pl

from ceasefire_talks.markdown import escape
from ceasefire_talks.tables.codes import read_labels
from ceasefire_talks.tables.tabulate import Tables

TITLE = "Where independent sources differ from this copy, and what is disputed"
LEAD = (
    "The article is read in an altered copy, so that a difference may be the copyist's; where it lies is told as far "
    "as an unaltered copy was seen. Deaths are counted by whom the finding names. None of this judges law or intent."
)


def verdict_sections(tables: Tables) -> Iterator[str]:
    """Yield what differs or is disputed, statement by statement, and how much of the talks the article tells."""
    labels = read_labels(tables["codes"])
    yield from (f"## {TITLE}", "", LEAD, "")
    for row in in_order(tables).filter(pl.col("verdict").is_in(["differs", "disputed"])).iter_rows(named=True):
        lies = f"; lies with: {labels['lies_with/' + row['lies_with']].lower()}" if row["lies_with"] else ""
        note = f"{row['strength']}{lies}; {row['assessment_id']}"
        verdict = escape(labels[f"verdict/{row['verdict']}"])
        yield f"- *{escape(row['proposition'])}* **{verdict}** ({escape(note)}): {escape(row['finding'])}"
    yield from ("", *coverage_section(tables))


def in_order(tables: Tables) -> pl.DataFrame:
    """Return the assessments in the order in which the article comes to what they judge."""
    ties = tables["links"].filter(pl.col("relation").str.starts_with("judges_"))
    places = ties.join(tables["evidence"], left_on="to_id", right_on="row_id")
    first = places.group_by(assessment_id="from_id").agg(pl.col("start_offset").min())
    return tables["assessments"].join(first, on="assessment_id", how="left").sort("start_offset", "assessment_id")


def coverage_section(tables: Tables) -> Iterator[str]:
    """Yield how many rows of `talks` the article tells, by the number of their independent origins."""
    told = tables["links"].filter(relation="same_happening")["from_id"].to_list()
    rows = tables["talks"].with_columns(
        told=pl.col("talk_id").is_in(told), origins=pl.col("origin_count").clip(upper_bound=4)
    )
    counted = rows.group_by("origins").agg(pl.len(), pl.col("told").sum()).sort("origins")
    yield from ("## How much of the talks the article tells", "")
    yield from ("| independent origins of a row | rows of talks | told by the article |", "| --- | ---: | ---: |")
    for origins, count, seen in counted.iter_rows():
        yield f"| {'4 or more' if origins == 4 else origins} | {count} | {seen} |"
    yield f"| all | {rows.height} | {rows['told'].sum()} |"
    yield ""
