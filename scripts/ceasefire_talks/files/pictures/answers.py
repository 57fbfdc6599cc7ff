"""Offers and answers: for each track a line per party over the year, with what it proposed and how it answered."""

from collections import Counter
from collections.abc import Iterator
from typing import Any, NamedTuple

import polars as pl
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from ceasefire_talks.files.pictures.drawing import (
    HEAD,
    MARGIN,
    Theme,
    Words,
    measure_depth,
    new_sheet,
    to_title,
    write_words,
)
from ceasefire_talks.files.pictures.months import FIRST, LAST, POINT, add_year
from ceasefire_talks.tables.derive import Values
from ceasefire_talks.tables.tabulate import Tables

TITLE = "Offers and answers"
OTHERS = "Others: mediators, other states, the UN"
OFFER = "offers"
STEP, GAP, LANE, BAND, AXIS, SAMPLE = 7.0, 6.5, 17, 22, 32, 14
MIN_ACTS, DAYS = 4, 7  # a mark is as wide as so many days
STYLES: dict[str, tuple[str, str, str]] = {  # marker, fill style, whose colour: warm, cool or ink
    OFFER: ("^", "full", "ink"),
    "counterproposes": ("D", "full", "ink"),
    "accepts": ("o", "full", "cool"),
    "accepts_with_conditions": ("o", "left", "cool"),
    "positive": ("o", "left", "cool"),
    "rejects": ("X", "full", "warm"),
    "not_yet": ("o", "none", "ink"),
    "unclear": ("o", "none", "ink"),
}
WORDS = {  # what a mark is called in the legend, and when it is counted
    OFFER: ("offers a text", "offers"),
    "counterproposes": ("answers with terms of its own", "with own terms"),
    "accepts": ("accepts", "yes"),
    "positive": ("yes with conditions, or welcomes", "half yes"),
    "rejects": ("rejects", "no"),
    "unclear": ("no answer yet, or unclear", "open"),
}
SPAN = "some day within the line"


class Act(NamedTuple):
    """An offer or an answer as it is drawn: from when to when it may have been, what it is, and its row."""

    first: int
    last: int
    style: str
    talk_id: str


Lanes = dict[str, list[Act]]


def find_acts(tables: Tables) -> Iterator[tuple[Values, str]]:
    """Yield the talks that are offers or answers, and what each is drawn as."""
    for talk in tables["talks"].iter_rows(named=True):
        if style := talk["answer"] or (OFFER if talk["kind"] == "proposal" else ""):
            yield talk, style


def is_dated(talk: Values) -> bool:
    """Tell whether it is known when a talk was, however coarsely."""
    return bool(talk["date_first_day"] or talk["date_last_day"])


def to_act(talk: Values, style: str) -> Act:
    """Return a talk as it is drawn; where an end of its date is not known, it reaches to the edge of the year."""
    first, last = talk["date_first_day"], talk["date_last_day"]
    return Act(first.toordinal() if first else FIRST, last.toordinal() + 1 if last else LAST, style, talk["talk_id"])


def to_tracks(tables: Tables) -> dict[str, Lanes]:
    """Return for each track the dated acts of each party, those with most first, all small ones as others."""
    labels = dict(tables["codes"].filter(list="track").select("code", "label").iter_rows())
    tracks: dict[str, Lanes] = {}
    for talk, style in find_acts(tables):
        for party in talk["who_party"].split("; ") if is_dated(talk) else ():
            lane = tracks.setdefault(labels[talk["track"]], {}).setdefault(party, [])
            lane.append(to_act(talk, style))
    return {track: gather_others(lanes) for track, lanes in tracks.items()}


def gather_others(lanes: Lanes) -> Lanes:
    """Return lanes with those of few acts put together in one, each talk once, the fullest lane first."""
    large = {name: acts for name, acts in lanes.items() if is_large(acts)}
    others = {act for name, acts in lanes.items() if name not in large for act in acts}
    ordered = dict(sorted(large.items(), key=lambda lane: (-len(lane[1]), lane[0])))
    return ordered | ({OTHERS: sorted(others)} if others else {})


def is_large(acts: list[Act]) -> bool:
    """Tell whether a party has answers enough for a line of its own."""
    return sum(act.style != OFFER for act in acts) >= MIN_ACTS


def middle(act: Act) -> float:
    """Return where the mark of an act stands: in the middle of the days that it may have had."""
    return (act.first + act.last) / 2


def is_coarse(act: Act) -> bool:
    """Tell whether an act may have been on any of more days than a mark covers."""
    return act.last - act.first > DAYS


def extent(act: Act) -> tuple[float, float]:
    """Return from where to where an act takes room: its mark, and its line where it is longer."""
    half = STEP * POINT / 2
    return min(act.first, middle(act) - half), max(act.last, middle(act) + half)


def pack_acts(acts: list[Act]) -> list[list[Act]]:
    """Return acts in rows in which none touches the next."""
    rows: list[list[Act]] = []
    for act in sorted(acts, key=lambda act: (extent(act), act)):
        row = next((row for row in rows if extent(row[-1])[1] <= extent(act)[0]), None)
        if row is None:
            rows.append(row := [])
        row.append(act)
    return rows


def draw(tables: Tables, theme: Theme, foot: str) -> Figure:
    """Return the picture as a figure."""
    tracks = {
        track: {name: pack_acts(acts) for name, acts in lanes.items()} for track, lanes in to_tracks(tables).items()
    }
    coarse = any(is_coarse(act) for lanes in tracks.values() for rows in lanes.values() for row in rows for act in row)
    depth = sum(BAND + sum(LANE + GAP * len(rows) for rows in lanes.values()) for lanes in tracks.values())
    title, below = [to_title(TITLE)], [*list_undated(tables), Words(f"{describe(tables)} {foot}", "muted", above=6)]
    legend = SAMPLE * (len(WORDS) // 2 + coarse) + AXIS + 8
    figure, sheet = new_sheet(measure_depth(title) + legend + depth + measure_depth(below), theme)
    top = write_words(sheet, MARGIN, title, theme)
    draw_legend(sheet, top + 4, coarse, theme)
    year = add_year(figure, top + legend, depth, theme)
    y = 0.0
    for track, lanes in tracks.items():
        year.axhline(y + 4, color=theme.rule, linewidth=1)
        write_name(year, y + 17, track, theme, color=theme.ink, size=HEAD, weight="bold")
        y += BAND
        for name, rows in lanes.items():
            y = draw_lane(year, y, name, rows, theme)
    write_words(sheet, top + legend + depth, below, theme)
    return figure


def write_name(year: Axes, y: float, name: str, theme: Theme, **style: Any) -> None:
    """Write the name of a track or of a party over the rules of the months."""
    year.text(FIRST, y, name, bbox={"facecolor": theme.ground, "edgecolor": "none", "pad": 1}, **style)


def draw_lane(year: Axes, y: float, name: str, rows: list[list[Act]], theme: Theme) -> float:
    """Draw the acts of a party below its name, and return where the lane ends."""
    write_name(year, y + 9, name, theme, color=theme.muted)
    for number, row in enumerate(rows):
        for act in row:
            height = y + LANE - 1 + GAP * number
            if is_coarse(act):
                draw_span(year, act.style, (act.first, act.last), height, theme)
            draw_mark(year, act.style, middle(act), height, theme, act.talk_id)
    return y + LANE + GAP * len(rows)


def draw_mark(axes: Axes, style: str, x: float, y: float, theme: Theme, row: str | None = None) -> None:
    """Draw an offer or an answer."""
    marker, fill, colour = STYLES[style]
    paint = getattr(theme, colour)
    size = {"X": 5.6, "D": 4.4, "^": 5.6}.get(marker, 5.0)
    axes.plot(
        [x], [y], marker, markersize=size, fillstyle=fill, color=paint, markerfacecoloralt=theme.ground,
        markeredgewidth=0.8, linestyle="none", clip_on=False, gid=row,
    )  # fmt: skip


def draw_span(axes: Axes, style: str, span: tuple[float, float], y: float, theme: Theme) -> None:
    """Draw a thin line, with a tick at each end, over the days that an act may have had."""
    paint = getattr(theme, STYLES[style][2])
    axes.plot(span, [y, y], "|-", color=paint, linewidth=0.8, markersize=5, markeredgewidth=0.8, clip_on=False)


def draw_legend(sheet: Axes, top: float, coarse: bool, theme: Theme) -> None:
    """Draw the legend in two columns, and below them what a line is, where there is one."""
    for number, (style, (words, _)) in enumerate(WORDS.items()):
        x, y = MARGIN + 4 + 168 * (number % 2), top + SAMPLE * (number // 2 + 0.5)
        draw_mark(sheet, style, x, y, theme)
        sheet.text(x + 9, y, words, color=theme.ink, va="center_baseline")
    if coarse:
        y = top + SAMPLE * (len(WORDS) // 2 + 0.5)
        draw_span(sheet, OFFER, (MARGIN, MARGIN + 20), y, theme)
        draw_mark(sheet, OFFER, MARGIN + 10, y, theme)
        sheet.text(MARGIN + 25, y, SPAN, color=theme.ink, va="center_baseline")


def list_undated(tables: Tables) -> list[Words]:
    """Return the acts of which no day is known, in words."""
    labels = dict(tables["codes"].filter(list="answer").select("code", "label").iter_rows())
    rows = [
        Words(f"{talk['who']}, {labels.get(style, style).lower()}: {talk['title']}.", indent=8, row=talk["talk_id"])
        for talk, style in find_acts(tables)
        if not is_dated(talk)
    ]
    return [Words("Without a date", bold=True, above=6), *rows] if rows else []


def describe(tables: Tables) -> str:
    """Return in words how many offers and answers there are, and what a mark does not say."""
    talks = [talk for talk, _ in find_acts(tables)]
    offers = sum(talk["kind"] == "proposal" for talk in talks)
    answers = sum(talk["answer"] is not None for talk in talks)
    backing = tables["backing"].filter(table_name="talks")
    sources = backing.filter(pl.col("row_id").is_in([talk["talk_id"] for talk in talks]))["source_id"].n_unique()
    return (
        f"{len(talks)} acts that {sources} documents record: {offers} offers and {answers} answers, "
        f"{offers + answers - len(talks)} of them both. A mark is as wide as a week. It says that it was said, by the "
        "answerer or by those who tell it; not that it was meant, nor what was agreed."
    )


def speak(tables: Tables) -> str:
    """Return the picture in words: for each party how often it offered, and how it answered."""
    told = []
    for track, lanes in to_tracks(tables).items():
        parties = "; ".join(f"{name}: {count_acts(acts)}" for name, acts in lanes.items())
        told.append(f"{track}. {parties}.")
    return (
        "Offers and answers by party, October 2023 to October 2024. Half yes is a yes with conditions or a welcome; "
        f"open is no answer yet or an unclear one. {' '.join(told)} {describe(tables)}"
    )


def count_acts(acts: list[Act]) -> str:
    """Return in words how many acts there are of each sort, those drawn alike together."""
    drawn = {STYLES[style]: words for style, (_, words) in WORDS.items()}
    counts = Counter(drawn[STYLES[act.style]] for act in acts)
    return ", ".join(f"{counts[words]} {words}" for words in drawn.values() if counts[words])
