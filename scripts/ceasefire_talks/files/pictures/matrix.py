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
OTHERS, NOBODY = "others", "no one named"
MIN_ROWS, MIN_COLUMN = 3, 3
SHAPES = ("D", "o", "^", "s", "v", "P")  # of the kinds of demand, by their place in the code list
SIZES = {"o": 6.2, "^": 7, "D": 5.3, "s": 5.7, "v": 7, "P": 6.2}
RING, STEP = 11, 12.5
ROW, GROUP, HEADER, LEGEND, INDENT = 14.5, 19, 26, 48, 12


class Mark(NamedTuple):
    """A demand as it is drawn: its shape, and whether another excludes it."""

    shape: str
    excluded: bool = False
    demand_id: str | None = None


SAMPLE = Mark("o", excluded=True)
Cells = dict[str, list[Mark]]
Groups = dict[str, dict[str, Cells]]


def to_groups(tables: Tables) -> Groups:
    """Return the marks by party of the demander, issue, and column of the addressee; small parties as others."""
    labels: dict[str, str] = dict(tables["codes"].filter(list="issue").select("code", "label").iter_rows())
    shapes = find_shapes(tables)
    excluded = set(
        tables["demand_incompatibilities"].select("demand_id", "other_demand_id").to_numpy().ravel().tolist()
    )
    demands = current(tables["demands"])
    rows, columns = common(demands["demander_party"], MIN_ROWS), common(demands["addressee_party"], MIN_COLUMN)
    groups: Groups = {party: {} for party in [*rows, OTHERS]}
    for row in demands.iter_rows(named=True):
        addressee = row["addressee_party"]
        column = NOBODY if addressee is None else addressee if addressee in columns else OTHERS
        party = row["demander_party"] if row["demander_party"] in rows else OTHERS
        cells = groups[party].setdefault(labels[row["issue"]], {})
        mark = Mark(shapes[row["kind"]], row["demand_id"] in excluded, row["demand_id"])
        cells.setdefault(column, []).append(mark)
    return {party: dict(sorted(rows.items(), key=by_conflict)) for party, rows in groups.items() if rows}


def common(parties: pl.Series, least: int) -> list[str]:
    """Return the parties that stand often enough, the most frequent first."""
    counts = parties.drop_nulls().value_counts().sort("count", parties.name, descending=[True, False])
    return [party for party, count in counts.iter_rows() if count >= least]


def columns_of(groups: Groups) -> list[str]:
    """Return the columns: the addressees by how many demands they get, then others, then no one."""
    counts: dict[str, int] = {}
    for rows in groups.values():
        for cells in rows.values():
            for column, marks in cells.items():
                counts[column] = counts.get(column, 0) + len(marks)
    named = sorted((column for column in counts if column not in (OTHERS, NOBODY)), key=lambda name: -counts[name])
    return [*named, *(column for column in (OTHERS, NOBODY) if column in counts)]


def by_conflict(row: tuple[str, Cells]) -> tuple[int, str]:
    """Return what sorts the issues of a party: those with most demands that another excludes first."""
    return -sum(mark.excluded for marks in row[1].values() for mark in marks), row[0]


def current(demands: pl.DataFrame) -> pl.DataFrame:
    """Return the demands that belong to the year of the picture."""
    return demands.filter(pl.col("track") != "earlier")


def find_shapes(tables: Tables) -> dict[str, str]:
    """Return the shape that stands for each kind of demand."""
    kinds = tables["codes"].filter(list="demand_kind").sort("rank", "code")["code"]
    return dict(zip(kinds, cycle(SHAPES), strict=False))


def column_places(groups: Groups) -> dict[str, float]:
    """Return the middle of each column on the sheet, as wide as its fullest cell or its name."""
    places, right = {}, float(WIDTH - MARGIN)
    for column in reversed(columns_of(groups)):
        fullest = max(len(cells.get(column, [])) for rows in groups.values() for cells in rows.values())
        width = max(fullest * STEP, 6.2 * max(map(len, column.split(" "))))
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
    draw_mark(sheet, SAMPLE, MARGIN + 6, top + 24, theme)
    sheet.text(MARGIN + 17, top + 24, "excluded by another demand", color=theme.ink, va="center_baseline")


def draw_rows(sheet: Axes, top: float, groups: Groups, theme: Theme) -> None:
    """Draw the heads of the columns, then each party with a row per issue."""
    places = column_places(groups)
    sheet.text(MARGIN, top + HEADER - 6, "Who, on what, of whom:", color=theme.muted, va="bottom")
    for column, x in places.items():
        sheet.text(x, top + HEADER - 6, "\n".join(column.rsplit(" ", 1)), color=theme.muted, ha="center", va="bottom")
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
    for number, mark in enumerate(sorted(marks, key=lambda mark: not mark.excluded)):
        draw_mark(sheet, mark, x + STEP * (number - (len(marks) - 1) / 2), y, theme)


def draw_mark(sheet: Axes, mark: Mark, x: float, y: float, theme: Theme) -> None:
    """Draw a demand: its kind as a shape, in a ring and the warm colour where another demand excludes it."""
    colour = theme.warm if mark.excluded else theme.cool
    style: dict[str, Any] = {"markeredgecolor": colour, "linestyle": "none"}
    sheet.plot([x], [y], mark.shape, markersize=SIZES[mark.shape], color=colour, gid=mark.demand_id, **style)
    if mark.excluded:
        sheet.plot([x], [y], "o", markersize=RING, fillstyle="none", **style)


def conflict_note(tables: Tables) -> str:
    """Return in words how many demands exclude each other, whose they are, and what is left out."""
    demands = tables["demands"]
    drawn = current(demands).height
    party = dict(demands.select("demand_id", "demander_party").iter_rows())
    pairs = list(tables["demand_incompatibilities"].select("demand_id", "other_demand_id").iter_rows())
    ours = sum({party[one], party[other]} == {"Israel", "Hamas"} for one, other in pairs)
    return (
        f"{len(pairs)} pairs of demands exclude each other, {ours} of them between Israel and Hamas. {drawn} of "
        f"{demands.height} demands; left out: {demands.height - drawn} of conflicts before October 2023. Leaders and "
        "governments stand under their state or group."
    )


def speak(tables: Tables) -> str:
    """Return the matrix in words: for each party its demands and how many of them another demand excludes."""
    parties = []
    for party, rows in to_groups(tables).items():
        marks = [mark for cells in rows.values() for column in cells.values() for mark in column]
        parties.append(f"{party} {len(marks)} ({sum(mark.excluded for mark in marks)})")
    counted = ", ".join(parties)
    return (
        "Matrix of demands, by who makes them, on what issue and of whom. Demands of each party, in brackets those "
        f"that another demand excludes: {counted}. {conflict_note(tables)}"
    )
