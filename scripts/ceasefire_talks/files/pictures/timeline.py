"""The timeline: every dated event by track, each as finely as its date is known."""

from typing import NamedTuple

import polars as pl
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from ceasefire_talks.declaration.edtf import speak_edtf
from ceasefire_talks.files.pictures.bars import (
    ARROW,
    FIRST,
    LAST,
    PLOT,
    POINT,
    Bar,
    draw_bar,
    is_drawn,
    label_span,
    to_bar,
    weight_of,
    words_of,
)
from ceasefire_talks.files.pictures.drawing import (
    HEAD,
    MARGIN,
    WIDTH,
    Theme,
    lines_height,
    new_sheet,
    write_lines,
    write_title,
)
from ceasefire_talks.files.pictures.months import draw_months
from ceasefire_talks.tables.tabulate import Tables

TITLE = "A year of war and talks"
LANE, BARE, BAND, AXIS, LEGEND = 20, 9, 22, 32, 62
HALF = 148


class Band(NamedTuple):
    """A track: its label, how many of its events have no date, and its bars in lanes."""

    label: str
    undated: int
    lanes: list[list[Bar]]


WHAT = {
    "fighting and deaths": Bar(0, 22, "month", "month", fighting=True),
    "talks, words, support": Bar(0, 22, "month", "month"),
    "not reported as a fact": Bar(0, 22, "month", "month", firm=False),
}
WHEN = {
    "on that day": Bar(10, 12, "day", "day"),
    "in, or all through, those months": Bar(0, 22, "month", "month"),
    "no end stated": Bar(0, 18, "month", "after"),
    "no beginning stated": Bar(0, 22, "unknown", "month"),
}


def to_bands(tables: Tables) -> list[Band]:
    """Return the tracks, those with most to draw first."""
    bands = []
    words = words_of(tables)
    for track, label in tables["codes"].filter(list="track").select("code", "label").iter_rows():
        events = tables["events"].filter(track=track).to_dicts()
        bars = [to_bar(event, words) for event in events if is_drawn(event)]
        if track != "earlier":
            bands.append(Band(label, sum(event["date"] is None for event in events), pack(bars)))
    return sorted(bands, key=lambda band: -sum(map(len, band.lanes)))


def pack(bars: list[Bar]) -> list[list[Bar]]:
    """Return bars in as few lanes as hold them and their words side by side, early ones first."""
    lanes: list[list[Bar]] = []
    for bar in sorted(bars, key=lambda bar: (bar.starts == "unknown", bar.left, bar.right, not bar.fighting)):
        free = (lane for lane in lanes if all(are_apart(bar, other) for other in lane))
        lane = next(free, None)
        if lane is None:
            lanes.append(lane := [])
        lane.append(bar)
    return lanes


def are_apart(one: Bar, other: Bar) -> bool:
    """Tell whether two bars with their words leave a gap between them."""
    (left, right), (start, stop) = (
        (min(bar[:2] + label_span(bar)), max(bar[:2] + label_span(bar))) for bar in (one, other)
    )
    return right + 6 * POINT < start or stop + 6 * POINT < left


def draw(tables: Tables, theme: Theme, foot: str) -> Figure:
    """Return the timeline as a figure."""
    bands = to_bands(tables)
    note = f"{not_drawn(tables['events'])} {foot}"
    depth = AXIS + sum(BAND + sum(map(lane_height, band.lanes)) for band in bands)
    figure, sheet = new_sheet(28 + LEGEND + depth + lines_height(note) + 2 * MARGIN, theme)
    top = write_title(sheet, TITLE, theme)
    draw_samples(sheet, top, theme)
    draw_year(figure, top + LEGEND, depth, bands, theme)
    write_lines(sheet, top + LEGEND + depth + 6, note, theme.muted)
    return figure


def lane_height(lane: list[Bar]) -> float:
    """Return how much room a lane takes: more where it holds words."""
    return LANE if any(bar.label for bar in lane) else BARE


def draw_samples(sheet: Axes, top: float, theme: Theme) -> None:
    """Draw the legend in two columns: what an event is, and how its date is known."""
    for left, samples in ((MARGIN, WHAT), (MARGIN + HALF, WHEN)):
        for number, (words, bar) in enumerate(samples.items()):
            y = top + 8 + 14 * number
            plain = samples is WHEN or not bar.firm
            moved = bar._replace(left=bar.left + left, right=bar.right + left)
            draw_bar(sheet, moved, y, theme.ink if plain else colour_of(bar, theme), theme.ground)
            sheet.text(left + 29, y, words, color=theme.ink, va="center_baseline")


def colour_of(bar: Bar, theme: Theme) -> str:
    """Return the colour of a bar: warm for fighting, which is also drawn thicker, cool for all else."""
    return theme.warm if bar.fighting else theme.cool


def draw_year(figure: Figure, top: float, depth: float, bands: list[Band], theme: Theme) -> None:
    """Draw the months and below them each track with its events."""
    height = 72 * figure.get_figheight()
    box = (MARGIN / WIDTH, 1 - (top + depth) / height, PLOT / WIDTH, (depth - AXIS) / height)
    year = figure.add_axes(box, frameon=False, xlim=(FIRST, LAST), ylim=(depth - AXIS, 0))
    draw_months(year, theme)
    y = 0.0
    for band in bands:
        year.axhline(y + 4, color=theme.rule, linewidth=1)
        year.text(FIRST, y + 17, band.label, color=theme.ink, size=HEAD, weight="bold")
        year.text(LAST + ARROW * POINT, y + 17, f"+ {band.undated} undated", color=theme.muted, ha="right")
        y += BAND
        for lane in band.lanes:
            y += lane_height(lane)
            for bar in lane:
                draw_bar(year, bar, y - 3, colour_of(bar, theme), theme.ground)
                year.text(label_span(bar)[0], y - 8.5, bar.label, color=theme.ink, weight=weight_of(bar))


def not_drawn(events: pl.DataFrame) -> str:
    """Return in words how many events the picture shows and which it leaves out."""
    drawn = sum(map(is_drawn, events.iter_rows(named=True)))
    earlier = events.filter(track="earlier").height
    undated = events.filter(pl.col("track") != "earlier", pl.col("date").is_null()).height
    other = events.height - drawn - earlier - undated
    return (
        f"{drawn} of {events.height} events. Not drawn: {undated} without a date, {other} dated outside this year, "
        f"{earlier} of conflicts before October 2023. Dates are as fine as the source: no day is made up."
    )


def speak(tables: Tables) -> str:
    """Return the timeline in words: how many events each track has, and those it stresses with their dates."""
    words = words_of(tables)
    tracks = ", ".join(f"{band.label} {sum(map(len, band.lanes))}" for band in to_bands(tables))
    stressed = "; ".join(
        f"{speak_edtf(row['date'])}: {row['title']}"
        + ("" if row["certainty"] == "certain" else f" ({row['certainty']})")
        for row in tables["events"].sort("date", "event_id").iter_rows(named=True)
        if words.get(row["event_id"], ("", False))[1]
    )
    return f"Timeline of events by track: {tracks}. Stressed: {stressed}. {not_drawn(tables['events'])}"
