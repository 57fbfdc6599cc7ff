"""The data card: questions about the data set as a whole, and who speaks in it, counted from the tables."""

from collections.abc import Iterator

import polars as pl

from ceasefire_talks.files.codebook.figures import markdown_table
from ceasefire_talks.markdown import escape, without_html
from ceasefire_talks.tables.tabulate import Tables


def card_section(tables: Tables) -> Iterator[str]:
    """Yield the questions with their answers, then who speaks."""
    yield from ("## Data card", "")
    yield from (
        f"- **{escape(topic)}.** {without_html(answer)}"
        for topic, answer in tables["card"].select("topic", "answer").iter_rows()
    )
    yield from ("", "## Who speaks", "")
    yield from (tell_speakers(tables), "")
    yield from markdown_table(["Party or kind of institution", "Utterances", "Speakers"], count_speakers(tables))


def count_speakers(tables: Tables) -> pl.DataFrame:
    """Return utterances and speakers of each party, those who belong to none by the kind of their institution."""
    actors = tables["actors"]
    kinds = tables["codes"].filter(list="actor_kind").select(kind="code", label="label")
    whole = actors.select(part_of_id="actor_id", kind="kind").join(kinds, on="kind")
    homes = actors.select("actor_id", "part_of_id").join(whole, on="part_of_id", how="left").rename({"label": "home"})
    parties = actors.filter(actors["actor_id"] == actors["party_id"], actors["kind"] != "person")["name"].to_list()
    spoken = tables["quotes"].join(homes, left_on="speaker_id", right_on="actor_id")
    side = pl.when(pl.col("speaker_party").is_in(parties)).then("speaker_party").otherwise("home")
    counted = spoken.group_by(side=side).agg(
        pl.len().alias("utterances"), pl.col("speaker_id").n_unique().alias("speakers")
    )
    return counted.sort("utterances", "side", descending=[True, False])


def tell_speakers(tables: Tables) -> str:
    """Return in words how much of what is said comes from analysts."""
    counts = {side: (said, who) for side, said, who in count_speakers(tables).iter_rows()}
    said, who = counts.get("Research institution", (0, 0))
    return f"{said} of {tables['quotes'].height} utterances in `quotes` are by {who} analysts of research institutions."
