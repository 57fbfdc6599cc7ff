"""The picture of what it takes to judge a corpus: a panel a format, a line a tool, from the figures of `scale`."""

from pathlib import Path
from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from ceasefire_talks.files.pictures.drawing import (
    MARGIN,
    THEMES,
    WIDTH,
    Theme,
    Words,
    house_style,
    measure_depth,
    new_sheet,
    to_svg,
    to_title,
    write_words,
)

Figures = list[dict[str, Any]]  # the rows of data/measured/scale.yaml
TITLE = "What it takes to judge a corpus"
LEAD = (
    "Seconds of the processor by millions of rows of evidence, the least of the runs. A step is tenfold. "
    "A tool that ends early is named above."
)
DEPTH, GAP, LEFT, RIGHT = 170, 30, 34, 112  # points: of a panel, below it, and at its sides
STYLES = {  # colour, mark, line, and where the name stands beside the last mark
    "validate": ("warm", "o", "-", "center"),
    "plain read": ("cool", "s", "-", "top"),
    "SQL by hand": ("muted", "^", ":", "bottom"),
    "pandera on polars": ("ink", "v", "-.", "top"),
    "frictionless": ("ink", "D", "--", "center"),
}
NAMES = {"csv": "CSV", "parquet": "Parquet"}


def write_pictures(figures: Figures, folder: Path) -> None:
    """Write the picture of some figures, light and dark."""
    with house_style():
        for name, theme in THEMES.items():
            content = to_svg(draw(figures, theme), TITLE, speak(figures))
            (folder / f"scale-{name}.svg").write_bytes(content)


def draw(figures: Figures, theme: Theme) -> Figure:
    """Return the picture as a figure."""
    head = [to_title(TITLE), Words(LEAD, "muted", above=4)]
    formats = list(dict.fromkeys(row["format"] for row in figures))
    figure, sheet = new_sheet(measure_depth(head) + len(formats) * (DEPTH + 2 * GAP), theme)
    y = write_words(sheet, MARGIN, head, theme)
    for kind in formats:
        write_words(sheet, y, [Words(NAMES[kind], bold=True, above=10)], theme)
        panel = add_panel(figure, y + GAP, theme)
        lines = lines_of(figures, kind)
        most = max(size for points in lines.values() for size, _ in points)
        for tool, points in lines.items():
            draw_line(panel, tool, points, theme, whole=points[-1][0] == most)
        y += DEPTH + 2 * GAP
    return figure


def lines_of(figures: Figures, kind: str) -> dict[str, list[tuple[int, float]]]:
    """Return of each tool its seconds by the rows of evidence, in one format."""
    mine = sorted((row for row in figures if row["format"] == kind), key=lambda row: int(row["evidence"]))
    tools = dict.fromkeys(row["tool"] for row in mine)
    return {tool: [(row["evidence"], row["cpu"]) for row in mine if row["tool"] == tool] for tool in tools}


def add_panel(figure: Figure, top: float, theme: Theme) -> Axes:
    """Return axes with logarithmic scales, in points from `top` on."""
    height = 72 * figure.get_figheight()
    width = WIDTH - LEFT - RIGHT
    box = (LEFT / WIDTH, 1 - (top + DEPTH) / height, width / WIDTH, DEPTH / height)
    panel = figure.add_axes(box, frameon=False, xscale="log", yscale="log")
    panel.xaxis.set_major_formatter(lambda rows, _: f"{rows / 1e6:g}")
    panel.yaxis.set_major_formatter(lambda seconds, _: f"{seconds:g}")
    panel.grid(color=theme.rule, linewidth=0.6)
    panel.tick_params(which="both", length=0, colors=theme.muted)
    return panel


def draw_line(panel: Axes, tool: str, points: list[tuple[int, float]], theme: Theme, whole: bool) -> None:
    """Draw the line of a tool, with its name at the end if no other goes on from there."""
    colour, mark, line, beside = STYLES[tool]
    sizes, seconds = zip(*points, strict=True)
    panel.plot(sizes, seconds, color=getattr(theme, colour), marker=mark, markersize=4, linestyle=line)
    if whole:
        place: dict[str, Any] = {"xytext": (6, 0), "textcoords": "offset points", "va": beside}
        panel.annotate(tool, points[-1], color=getattr(theme, colour), **place)


def speak(figures: Figures) -> str:
    """Return the picture in words: of each tool its seconds and memory at each size."""
    return " ".join(
        f"{row['tool']}, {row['evidence']:,} rows of evidence in {row['format']}: {row['cpu']} s, {row['memory']} MB."
        for row in figures
    )
