"""The matrix: who demands what of whom, each demand by its kind, and which demands exclude another."""

from itertools import cycle
from typing import Any, NamedTuple

import polars as pl
from matplotlib.axes import Axes
from matplotlib.figure import Figure

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
from ceasefire_talks.tables.tabulate import Tables

TITLE = "Who demands what of whom"
OTHERS, NOBODY = "Other states", "no one named"
COLUMNS = {"Israel": "Israel", "Hamas": "Hamas", "Hezbollah": "Hez-\nbollah", "": "others", NOBODY: "no one\nnamed"}
SHAPES = ("D", "o", "^", "s", "v", "P")  # of the kinds of demand, by their place in the code list
SIZES = {"o": 6.2, "^": 7, "D": 5.3, "s": 5.7, "v": 7, "P": 6.2}
RING, STEP = 11, 12.5
ROW, GROUP, HEADER, LEGEND, INDENT = 14.5, 19, 26, 48, 12


class Mark(NamedTuple):
    """A demand as it is drawn: its shape, whether another excludes it, whether the article only imagines it."""

    shape: str
    excluded: bool = False
    imagined: bool = False
    demand_id: str | None = None


SAMPLES = {
    "excluded by another demand": Mark("o", excluded=True),
    "only imagined in the article": Mark("^", imagined=True),
}
Cells = dict[str, list[Mark]]
Groups = dict[str, dict[str, Cells]]


def to_groups(tables: Tables) -> Groups:
    """Return the marks by party of the demander, issue, and column of the addressee."""
    parties = find_parties(tables)
    labels: dict[str, str] = dict(tables["codes"].filter(list="issue").select("code", "label").iter_rows())
    shapes = find_shapes(tables)
    excluded = {demand for pair in exclusions(tables) for demand in pair}
    groups: Groups = {
        party: {} for party in [*tables["parties"].sort("rank")["party"].unique(maintain_order=True), OTHERS]
    }
    for row in current(tables["demands"]).iter_rows(named=True):
        party = parties.get(row["addressee_id"], OTHERS)
        column = NOBODY if row["addressee_id"] is None else party if party in COLUMNS else ""
        issue = labels[row["issue"]]
        cells = groups[parties[row["demander_id"]]].setdefault(issue, {})
        mark = Mark(shapes[row["kind"]], row["demand_id"] in excluded, row["basis"] == "hypothesised", row["demand_id"])
        cells.setdefault(column, []).append(mark)
    return {party: dict(sorted(rows.items(), key=by_conflict)) for party, rows in groups.items() if rows}


def by_conflict(row: tuple[str, Cells]) -> tuple[int, str]:
    """Return what sorts the issues of a party: those with most demands that another excludes first."""
    return -sum(mark.excluded for marks in row[1].values() for mark in marks), row[0]


def current(demands: pl.DataFrame) -> pl.DataFrame:
    """Return the demands that belong to the year of the picture."""
    return demands.filter(pl.col("track") != "earlier")


def find_parties(tables: Tables) -> dict[str, str]:
    """Return the party that each actor is or belongs to, itself or through what it is part of."""
    names = dict(tables["parties"].select("actor_id", "party").iter_rows())
    part_of = dict(tables["actors"].select("actor_id", "part_of_id").iter_rows())
    parties = {}
    for actor in part_of:
        whole = actor
        while whole not in names and part_of[whole] is not None:
            whole = part_of[whole]
        parties[actor] = names.get(whole, OTHERS)
    return parties


def find_shapes(tables: Tables) -> dict[str, str]:
    """Return the shape that stands for each kind of demand."""
    kinds = tables["codes"].filter(list="demand_kind").sort("rank", "code")["code"]
    return dict(zip(kinds, cycle(SHAPES), strict=False))


def exclusions(tables: Tables) -> list[tuple[str, str]]:
    """Return the pairs of demands that cannot both be met, but for those that the article only imagines."""
    wanted = set(tables["demands"].filter(pl.col("basis") != "hypothesised")["demand_id"])
    pairs = tables["demand_conflicts"].filter(degree="strict").select("demand_id", "other_demand_id")
    return [(one, other) for one, other in pairs.iter_rows() if {one, other} <= wanted]


def column_places(groups: Groups) -> dict[str, float]:
    """Return the middle of each column on the sheet, as wide as its fullest cell, from the right margin inwards."""
    places, right = {}, float(WIDTH - MARGIN)
    for column in reversed(COLUMNS):
        fullest = max(len(cells.get(column, [])) for rows in groups.values() for cells in rows.values())
        width = max(fullest * STEP, 33)
        places[column] = right - width / 2
        right -= width + 2
    return places


def draw(tables: Tables, theme: Theme, foot: str) -> Figure:
    """Return the matrix as a figure."""
    groups = to_groups(tables)
    note = f"{conflict_note(tables)} {foot}"
    rows = sum(map(len, groups.values()))
    depth = HEADER + GROUP * len(groups) + ROW * rows + 8
    figure, sheet = new_sheet(28 + LEGEND + depth + lines_height(note) + 2 * MARGIN, theme)
    top = write_title(sheet, TITLE, theme)
    draw_samples(sheet, top, find_shapes(tables), theme)
    draw_rows(sheet, top + LEGEND, groups, theme)
    write_lines(sheet, top + LEGEND + depth + 6, note, theme.muted)
    return figure


def draw_samples(sheet: Axes, top: float, shapes: dict[str, str], theme: Theme) -> None:
    """Draw the legend: the kinds in one line, below it what ring and outline mean."""
    for number, (kind, shape) in enumerate(shapes.items()):
        x = MARGIN + 6 + 82 * number
        draw_mark(sheet, Mark(shape), x, top + 8, theme)
        sheet.text(x + 11, top + 8, kind.replace("_", " "), color=theme.ink, va="center_baseline")
    for number, (words, mark) in enumerate(SAMPLES.items()):
        x = MARGIN + 6 + 164 * number
        draw_mark(sheet, mark, x, top + 24, theme)
        sheet.text(x + 11, top + 24, words, color=theme.ink, va="center_baseline")


def draw_rows(sheet: Axes, top: float, groups: Groups, theme: Theme) -> None:
    """Draw the heads of the columns, then each party with a row per issue."""
    places = column_places(groups)
    sheet.text(MARGIN, top + HEADER - 6, "Who, on what, of whom:", color=theme.muted, va="bottom")
    for column, x in places.items():
        sheet.text(x, top + HEADER - 6, COLUMNS[column], color=theme.muted, ha="center", va="bottom")
    y = top + HEADER
    for party, rows in groups.items():
        sheet.plot([MARGIN, WIDTH - MARGIN], [y, y], color=theme.rule, linewidth=1)
        sheet.text(MARGIN, y + 14, party, color=theme.ink, size=HEAD, weight="bold")
        y += GROUP
        for issue, cells in rows.items():
            y += ROW
            sheet.plot([MARGIN + INDENT, WIDTH - MARGIN], [y, y], color=theme.rule, linewidth=0.4)
            sheet.text(MARGIN + INDENT, y - 4, issue, color=theme.ink)
            for column, marks in cells.items():
                draw_cell(sheet, marks, places[column], y - 7.5, theme)


def draw_cell(sheet: Axes, marks: list[Mark], x: float, y: float, theme: Theme) -> None:
    """Draw the marks of a cell side by side about its middle."""
    for number, mark in enumerate(sorted(marks, key=lambda mark: (not mark.excluded, mark.imagined))):
        draw_mark(sheet, mark, x + STEP * (number - (len(marks) - 1) / 2), y, theme)


def draw_mark(sheet: Axes, mark: Mark, x: float, y: float, theme: Theme) -> None:
    """Draw a demand: its kind as a shape, in a ring and the warm colour where another demand excludes it."""
    colour = theme.warm if mark.excluded else theme.cool
    style: dict[str, Any] = {"markeredgecolor": colour, "linestyle": "none"}
    fill = theme.ground if mark.imagined else colour
    sheet.plot([x], [y], mark.shape, markersize=SIZES[mark.shape], color=fill, gid=mark.demand_id, **style)
    if mark.excluded:
        sheet.plot([x], [y], "o", markersize=RING, fillstyle="none", **style)


def conflict_note(tables: Tables) -> str:
    """Return in words how many demands exclude each other, whose they are, and what is left out."""
    demands, drawn = tables["demands"], current(tables["demands"])
    parties = find_parties(tables)
    of = {demand: parties[actor] for demand, actor in demands.select("demand_id", "demander_id").iter_rows()}
    pairs = exclusions(tables)
    ours = sum({of[one], of[other]} == {"Israel", "Hamas"} for one, other in pairs)
    imagined = drawn.filter(basis="hypothesised").height
    return (
        f"{len(pairs)} pairs of demands exclude each other, {ours} of them between Israel and Hamas. "
        f"{drawn.height} of {demands.height} demands, {imagined} only imagined and never counted as wanted; left out: "
        f"{demands.height - drawn.height} of conflicts before October 2023. Leaders and governments stand under their "
        "state or group."
    )


def speak(tables: Tables) -> str:
    """Return the matrix in words: for each party its demands and how many of them another demand excludes."""
    parties = []
    for party, rows in to_groups(tables).items():
        marks = [mark for cells in rows.values() for column in cells.values() for mark in column]
        wanted = [mark for mark in marks if not mark.imagined]
        parties.append(f"{party} {len(wanted)} ({sum(mark.excluded for mark in wanted)})")
    counted = ", ".join(parties)
    return (
        "Matrix of demands, by who makes them, on what issue and of whom. Demands of each party, in brackets those "
        f"that another demand excludes: {counted}. {conflict_note(tables)}"
    )
