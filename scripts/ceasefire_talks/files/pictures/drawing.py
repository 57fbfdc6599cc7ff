"""What the pictures share: two themes, a sheet as wide as a phone, and the same SVG from the same figure anywhere.

A sheet is 360 points wide. Shown 360 pixels wide, a point is a pixel, so that a size here is the size on a phone.
"""

import io
import re
from collections.abc import Iterator
from contextlib import contextmanager
from textwrap import fill
from typing import NamedTuple
from xml.sax.saxutils import quoteattr

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure

WIDTH, MARGIN = 360, 10
SMALL, HEAD, LARGE = 9.5, 10, 13
LINE = 12.5


class Theme(NamedTuple):
    """The colours of a picture; `warm` and `cool` differ in hue for every kind of colour vision."""

    ground: str
    ink: str
    muted: str
    rule: str
    warm: str
    cool: str


THEMES = {
    "light": Theme("#ffffff", "#1b1f24", "#57606a", "#d8dee4", "#b3400a", "#0a5c9e"),
    "dark": Theme("#0d1117", "#e6edf3", "#9aa4af", "#2b323b", "#ff8c4b", "#6cb0ff"),
}


@contextmanager
def house_style() -> Iterator[None]:
    """Set the library to its own defaults, whatever the machine prefers, and to text as paths."""
    with mpl.rc_context():
        mpl.rcdefaults()
        mpl.rcParams.update(
            {"svg.fonttype": "path", "svg.hashsalt": "ceasefire-talks", "font.size": SMALL, "text.parse_math": False}
        )
        yield


def new_sheet(height: float, theme: Theme) -> tuple[Figure, Axes]:
    """Return an empty figure, and axes that measure it in points from its upper left corner."""
    figure = Figure(figsize=(WIDTH / 72, height / 72), dpi=72, facecolor=theme.ground)
    FigureCanvasSVG(figure)
    sheet = figure.add_axes((0, 0, 1, 1), frameon=False, xlim=(0, WIDTH), ylim=(height, 0))
    sheet.set_axis_off()
    return figure, sheet


def write_title(sheet: Axes, title: str, theme: Theme) -> float:
    """Write the title of a picture and return where it ends."""
    sheet.text(MARGIN, MARGIN, title, color=theme.ink, size=LARGE, weight="bold", va="top")
    return MARGIN + 24


def lines_height(text: str) -> float:
    """Return how much room a text takes in lines as wide as the sheet."""
    return len(wrap_lines(text)) * LINE


def write_lines(sheet: Axes, y: float, text: str, colour: str) -> float:
    """Write a text in lines as wide as the sheet, the first below `y`, and return where the last one ends."""
    lines = wrap_lines(text)
    for number, line in enumerate(lines):
        sheet.text(MARGIN, y + number * LINE, line, color=colour, size=SMALL, va="top")
    return y + len(lines) * LINE


def wrap_lines(text: str) -> list[str]:
    """Return a text as lines that fit the sheet."""
    return fill(text, 64).split("\n")


def to_svg(figure: Figure, title: str, alternative: str) -> bytes:
    """Return a figure as SVG that is read aloud as its alternative text and says nothing of clock or machine.

    Indentation and the long names of a thousand glyphs are a fifth of the file, and are left out.
    """
    buffer = io.BytesIO()
    metadata = {"Title": title, "Description": alternative, "Date": None, "Creator": None}
    figure.savefig(buffer, format="svg", metadata=metadata)
    spoken = f'<svg role="img" aria-label={quoteattr(alternative)} '
    plain = re.sub(rb"(?m)^ +", b"", buffer.getvalue()).replace(b"DejaVuSans-", b"g")
    return plain.replace(b"<svg ", spoken.encode("utf-8"), 1)
