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
from ceasefire_talks.files.pictures.marks import (
    OFFER,
    STYLES,
    WORDS,
    draw_legend,
    draw_mark,
    draw_span,
    legend_depth,
    underline,
)
from ceasefire_talks.files.pictures.months import FIRST, LAST, POINT, add_year
from ceasefire_talks.tables.derive import Values
from ceasefire_talks.tables.tabulate import Tables

TITLE = "Offers and answers"
OTHERS = "Others: mediators, states, the UN, smaller groups"
STEP, GAP, LANE, BAND, AXIS = 7.0, 8.5, 17, 22, 32
MIN_ACTS, DAYS = 4, 7  # a mark is as wide as so many days


class Act(NamedTuple):
    """An offer or an answer as it is drawn: from when to when it may have been, what, its row, if others tell it."""

    first: int
    last: int
    style: str
    talk_id: str
    told: bool


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
    begin, end = first.toordinal() if first else FIRST, last.toordinal() + 1 if last else LAST
    return Act(begin, end, style, talk["talk_id"], talk["told_by"] is not None)


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
    legend = legend_depth(coarse=coarse) + AXIS + 8
    figure, sheet = new_sheet(measure_depth(title) + legend + depth + measure_depth(below), theme)
    top = write_words(sheet, MARGIN, title, theme)
    draw_legend(sheet, top + 4, theme, coarse=coarse)
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
            if act.told:
                underline(year, act.style, middle(act), height, theme)
    return y + LANE + GAP * len(rows)


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
    told = sum(talk["told_by"] is not None for talk in talks)
    backing = tables["backing"].filter(table_name="talks")
    sources = backing.filter(pl.col("row_id").is_in([talk["talk_id"] for talk in talks]))["source_id"].n_unique()
    return (
        f"{len(talks)} acts that {sources} documents record: {offers} offers and {answers} answers, "
        f"{offers + answers - len(talks)} of them both; {told} are told by others than the one who acts. A mark is "
        "about a week wide. It shows what was said, not that it was meant, nor what was agreed; answers to votes are "
        "among them."
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
