"""An event as a bar: from where to where, how each end of its date is known, its words, and how it is drawn."""

from datetime import date
from typing import Any, NamedTuple

from matplotlib.axes import Axes
from matplotlib.colors import LinearSegmentedColormap
from matplotlib.font_manager import FontProperties
from matplotlib.textpath import text_to_path

from ceasefire_talks.files.pictures.drawing import MARGIN, SMALL, WIDTH
from ceasefire_talks.tables.derive import Values
from ceasefire_talks.tables.tabulate import Tables

BEGIN, END = date(2023, 10, 1), date(2024, 10, 31)
FIRST, LAST = BEGIN.toordinal(), END.toordinal() + 1
ARROW = 6
PLOT = WIDTH - 2 * MARGIN - ARROW
POINT = (LAST - FIRST) / PLOT
STEPS = 24
FIGHTING = ("attack", "death", "death_toll", "ground_operation", "hostilities")
Words = dict[str, tuple[str, bool]]  # event id -> words, whether they are stressed


class Bar(NamedTuple):
    """An event as it is drawn: from where to where, how its ends are known, what it is."""

    left: float
    right: float
    starts: str
    ends: str
    fighting: bool = False
    firm: bool = True
    label: str = ""
    event_id: str | None = None
    stressed: bool = False


def is_drawn(event: Values) -> bool:
    """Tell whether an event has a date that touches the year of the picture."""
    if event["track"] == "earlier" or event["date"] is None:
        return False
    return (event["date_first_day"] or BEGIN) <= END and (event["date_last_day"] or END) >= BEGIN


def words_of(tables: Tables) -> Words:
    """Return the words that the pictures have for events."""
    return {event: (words, stressed) for event, words, stressed in tables["pictures"].iter_rows()}


def to_bar(event: Values, words: Words) -> Bar:
    """Return how an event is drawn, with each end just as finely as its date is known."""
    first, last = event["date_first_day"], event["date_last_day"]
    start, _, end = event["date"].partition("/")
    sharp = "month" if "XX" in start else "day"
    starts = "unknown" if first is None else "before" if first < BEGIN else sharp
    ends = "day" if first and first == last else "month" if last and last <= END else "after"
    label, stressed = words.get(event["event_id"], ("", False))
    return Bar(
        max(first or BEGIN, BEGIN).toordinal(),
        min(last or END, END).toordinal() + 1,
        starts,
        "unknown" if last is None and end == "" else ends,
        event["type"] in FIGHTING,
        (event["certainty"], event["polarity"]) == ("certain", "positive"),
        label,
        event["event_id"],
        stressed,
    )


def weight_of(bar: Bar) -> str:
    """Return how strongly the words of a bar are printed."""
    return "bold" if bar.stressed else "normal"


def label_span(bar: Bar) -> tuple[float, float]:
    """Return from where to where the words of a bar go: from its left end, or to its right end where they must."""
    font = FontProperties(size=SMALL, weight=weight_of(bar))
    width = POINT * text_to_path.get_text_width_height_descent(bar.label, font, False)[0]
    left = bar.left if bar.left + width <= LAST + ARROW * POINT else bar.right - width
    return left, left + width


def draw_bar(axes: Axes, bar: Bar, y: float, colour: str, ground: str) -> None:
    """Draw an event: a diamond for a day, else a bar that fades in or out or ends in an arrow; hollow if no fact."""
    fill = colour if bar.firm else ground
    marks: dict[str, Any] = {"color": fill, "markeredgecolor": colour, "linestyle": "none", "clip_on": False}
    height, size = (6.5, 6.5) if bar.fighting else (3.5, 4.5)
    if bar.ends == "day":
        axes.plot([(bar.left + bar.right) / 2], [y], marker="D", markersize=size, gid=bar.event_id, **marks)
        return
    pieces, faces = shade(bar, fill, ground)
    edges = "none" if bar.firm else shade(bar, colour, ground)[1]
    axes.broken_barh(
        pieces, (y - height / 2, height), facecolors=faces, edgecolors=edges, clip_on=False, gid=bar.event_id
    )
    if bar.starts == "day":
        axes.plot([bar.left + 0.5], [y], marker="D", markersize=size, **marks)
    if bar.starts == "before":
        axes.plot([bar.left], [y], marker="<", markersize=height + 4, **marks)
    if bar.ends == "after":
        axes.plot([bar.right], [y], marker=">", markersize=height + 4, **marks)


def shade(bar: Bar, colour: str, ground: str) -> tuple[list[tuple[float, float]], list[Any]]:
    """Return the pieces of a bar and their colours: one, or many that fade towards an end that is not known."""
    count = STEPS if "unknown" in (bar.starts, bar.ends) else 1
    step = (bar.right - bar.left) / count
    fade = LinearSegmentedColormap.from_list("fade", [ground, colour])
    rising = [(number + 1) / count if bar.starts == "unknown" else 1.0 for number in range(count)]
    falling = [1 - number / count if bar.ends == "unknown" else 1.0 for number in range(count)]
    pieces = [(bar.left + number * step, bar.right - bar.left - number * step) for number in range(count)]
    return pieces, [fade(weight) for weight in map(min, rising, falling)]
