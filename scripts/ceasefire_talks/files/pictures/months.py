"""The months of the year that the pictures show."""

from datetime import date

from matplotlib.axes import Axes

from ceasefire_talks.files.pictures.bars import BEGIN
from ceasefire_talks.files.pictures.drawing import Theme

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def draw_months(year: Axes, theme: Theme) -> None:
    """Name the months above and draw a rule where each begins."""
    begins = [date(BEGIN.year + month // 12, month % 12 + 1, 1) for month in range(BEGIN.month - 1, BEGIN.month + 13)]
    year.xaxis.tick_top()
    year.set_xticks([day.toordinal() for day in begins])
    year.tick_params(length=0, labelbottom=False, labeltop=False)
    year.set_yticks([])
    year.grid(axis="x", color=theme.rule, linewidth=0.6)
    year.set_axisbelow(True)
    for day in begins[:-1]:
        number = str(day.year) if day == BEGIN or day.month == 1 else ""
        name = f"{MONTHS[day.month - 1]}\n{number}"
        year.text(day.toordinal() + 15, -4, name, color=theme.muted, ha="center", va="bottom")
