"""Offers and answers: for each track a line per party over the year, with what it proposed and how it answered."""

from datetime import date
from typing import Any, NamedTuple

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from ceasefire_talks.files.pictures.bars import FIRST, LAST, PLOT, POINT
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

TITLE = "Offers and answers"
OTHERS = "Others: mediators, other states, the UN"
OFFER = "offers"
STEP, GAP, LANE, BAND, AXIS, LEGEND = 7.0, 6.5, 17, 22, 32, 48
MIN_ACTS = 4
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
WORDS = {
    OFFER: "offers a text",
    "counterproposes": "answers with terms of its own",
    "accepts": "accepts",
    "positive": "yes with conditions, or welcomes",
    "rejects": "rejects",
    "unclear": "no answer yet, or unclear",
}


class Act(NamedTuple):
    """An offer or an answer as it is drawn: its day, what it is, and the row that it comes from."""

    day: float
    style: str
    talk_id: str


Lanes = dict[str, list[Act]]


def to_tracks(tables: Tables) -> dict[str, Lanes]:
    """Return for each track the acts of each party, those with most acts first, all small ones as others."""
    labels = dict(tables["codes"].filter(list="track").select("code", "label").iter_rows())
    tracks: dict[str, Lanes] = {}
    for talk in tables["talks"].iter_rows(named=True):
        style: str = talk["answer"] or (OFFER if talk["kind"] == "proposal" else "")
        for party in talk["who_party"].split("; ") if style else ():
            lane = tracks.setdefault(labels[talk["track"]], {}).setdefault(party, [])
            lane.append(Act(middle(talk), style, talk["talk_id"]))
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


def middle(talk: dict[str, Any]) -> float:
    """Return the middle of the days that an act may have had."""
    first: date = talk["date_first_day"] or talk["date_last_day"]
    last: date = talk["date_last_day"] or first
    return (first.toordinal() + last.toordinal() + 1) / 2


def pack_acts(acts: list[Act]) -> list[list[Act]]:
    """Return acts in rows in which none touches the next."""
    rows: list[list[Act]] = []
    for act in sorted(acts):
        row = next((row for row in rows if act.day - row[-1].day >= STEP * POINT), None)
        if row is None:
            rows.append(row := [])
        row.append(act)
    return rows


def draw(tables: Tables, theme: Theme, foot: str) -> Figure:
    """Return the picture as a figure."""
    tracks = {
        track: {name: pack_acts(acts) for name, acts in lanes.items()} for track, lanes in to_tracks(tables).items()
    }
    depth = AXIS + sum(BAND + sum(LANE + GAP * len(rows) for rows in lanes.values()) for lanes in tracks.values())
    note = f"{describe(tables)} {foot}"
    figure, sheet = new_sheet(28 + LEGEND + depth + lines_height(note) + 2 * MARGIN, theme)
    top = write_title(sheet, TITLE, theme)
    draw_samples(sheet, top, theme)
    height = 72 * figure.get_figheight()
    box = (MARGIN / WIDTH, 1 - (top + LEGEND + depth) / height, PLOT / WIDTH, (depth - AXIS) / height)
    year = figure.add_axes(box, frameon=False, xlim=(FIRST, LAST), ylim=(depth - AXIS, 0))
    draw_months(year, theme)
    y = 0.0
    for track, lanes in tracks.items():
        year.axhline(y + 4, color=theme.rule, linewidth=1)
        year.text(FIRST, y + 17, track, color=theme.ink, size=HEAD, weight="bold")
        y += BAND
        for name, rows in lanes.items():
            y = draw_lane(year, y, name, rows, theme)
    write_lines(sheet, top + LEGEND + depth + 6, note, theme.muted)
    return figure


def draw_lane(year: Axes, y: float, name: str, rows: list[list[Act]], theme: Theme) -> float:
    """Draw the acts of a party below its name, and return where the lane ends."""
    year.text(FIRST, y + 9, name, color=theme.muted)
    for number, row in enumerate(rows):
        for act in row:
            draw_mark(year, act.style, act.day, y + LANE - 1 + GAP * number, theme, act.talk_id)
    return y + LANE + GAP * len(rows)


def draw_mark(axes: Axes, style: str, x: float, y: float, theme: Theme, gid: str | None = None) -> None:
    """Draw an offer or an answer."""
    marker, fill, colour = STYLES[style]
    paint = getattr(theme, colour)
    size = {"X": 5.6, "D": 4.4, "^": 5.6}.get(marker, 5.0)
    axes.plot(
        [x], [y], marker, markersize=size, fillstyle=fill, color=paint, markerfacecoloralt=theme.ground,
        markeredgewidth=0.8, linestyle="none", clip_on=False, gid=gid,
    )  # fmt: skip


def draw_samples(sheet: Axes, top: float, theme: Theme) -> None:
    """Draw the legend in two columns."""
    for number, (style, words) in enumerate(WORDS.items()):
        x, y = MARGIN + 4 + 168 * (number % 2), top + 7 + 14 * (number // 2)
        draw_mark(sheet, style, x, y, theme)
        sheet.text(x + 9, y, words, color=theme.ink, va="center_baseline")


def describe(tables: Tables) -> str:
    """Return in words how many offers and answers are drawn, and what they are not."""
    talks = tables["talks"]
    offers = talks.filter(kind="proposal").height
    answers = talks.filter(talks["answer"].is_not_null()).height
    sources = tables["backing"].filter(table_name="talks")["source_id"].n_unique()
    return (
        f"{offers} offers and {answers} answers that {sources} documents record. A mark says that it was said, by the "
        "answerer or by those who tell it; not that it was meant, nor what was agreed."
    )


def speak(tables: Tables) -> str:
    """Return the picture in words: for each party how often it offered, and how it answered."""
    labels = dict(tables["codes"].filter(list="answer").select("code", "label").iter_rows())
    parts = []
    for track, lanes in to_tracks(tables).items():
        for name, acts in lanes.items():
            counts = {style: sum(act.style == style for act in acts) for style in STYLES}
            told = ", ".join(f"{labels.get(style, style).lower()} {count}" for style, count in counts.items() if count)
            parts.append(f"{track}, {name}: {told}")
    return f"Offers and answers from October 2023 to October 2024, by party. {'; '.join(parts)}. {describe(tables)}"
