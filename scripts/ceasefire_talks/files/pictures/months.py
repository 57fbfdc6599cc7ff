"""The year that a picture shows, from October 2023 to October 2024, as axes that measure it in days."""

from datetime import date

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from ceasefire_talks.files.pictures.drawing import MARGIN, WIDTH, Theme

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
BEGIN, END = date(2023, 10, 1), date(2024, 10, 31)
FIRST, LAST = BEGIN.toordinal(), END.toordinal() + 1
PLOT = WIDTH - 2 * MARGIN
POINT = (LAST - FIRST) / PLOT


def add_year(figure: Figure, top: float, depth: float, theme: Theme) -> Axes:
    """Return axes over a year, in points from `top` on, with the months named above and rules between them."""
    height = 72 * figure.get_figheight()
    box = (MARGIN / WIDTH, 1 - (top + depth) / height, PLOT / WIDTH, depth / height)
    year = figure.add_axes(box, frameon=False, xlim=(FIRST, LAST), ylim=(depth, 0))
    begins = [date(BEGIN.year + month // 12, month % 12 + 1, 1) for month in range(BEGIN.month - 1, BEGIN.month + 13)]
    year.xaxis.tick_top()
    year.set_xticks([day.toordinal() for day in begins[1:-1]])
    year.tick_params(length=0, labelbottom=False, labeltop=False)
    year.set_yticks([])
    year.grid(axis="x", color=theme.rule, linewidth=0.6)
    year.set_axisbelow(True)
    for day in begins[:-1]:
        year.text(day.toordinal() + 15, -18, MONTHS[day.month - 1], color=theme.muted, ha="center")
        if day == BEGIN or day.month == 1:
            year.text(day.toordinal() + 15, -6, str(day.year), color=theme.muted, ha="center")
    return year
