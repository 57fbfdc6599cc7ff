"""What the pictures share: two themes, words on a sheet as wide as a phone, and the same SVG anywhere.

A sheet is 360 points wide. Shown 360 pixels wide, a point is a pixel, so that a size here is the size on a phone.
"""

import io
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import cache
from html import unescape
from typing import Literal, NamedTuple
from xml.sax.saxutils import quoteattr

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.textpath import text_to_path

WIDTH, MARGIN = 360, 10
SMALL, HEAD, LARGE = 9.5, 10.5, 13.0
LEADING = 1.32
ARTICLE = "as one article gives them, read in an altered copy: not to be quoted."
TEXT = re.compile(r'<text (?=style="(?:font-weight: (\d+); )?font-size: ([\d.]+)px;)(.*?)>(.*?)</text>')


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


class Words(NamedTuple):
    """A paragraph: its text, how it is printed, the room and whether a rule is above it, and the row it tells of."""

    text: str
    colour: Literal["ink", "muted", "warm"] = "ink"
    size: float = SMALL
    bold: bool = False
    indent: int = 0
    above: float = 0
    ruled: bool = False
    row: str | None = None


@contextmanager
def house_style() -> Iterator[None]:
    """Set the library to its own defaults, whatever the machine prefers, and to text as text."""
    with mpl.rc_context():
        mpl.rcdefaults()
        mpl.rcParams.update(
            {
                "svg.fonttype": "none",
                "svg.hashsalt": "ceasefire-talks",
                "font.size": SMALL,
                "font.sans-serif": ["DejaVu Sans", "Verdana"],
                "text.parse_math": False,
            }
        )
        yield


def new_sheet(depth: float, theme: Theme) -> tuple[Figure, Axes]:
    """Return an empty figure as deep as what stands on it, and axes that measure it in points from above."""
    height = depth + 2 * MARGIN
    figure = Figure(figsize=(WIDTH / 72, height / 72), dpi=72, facecolor=theme.ground)
    FigureCanvasSVG(figure)
    sheet = figure.add_axes((0, 0, 1, 1), frameon=False, xlim=(0, WIDTH), ylim=(height, 0))
    sheet.set_axis_off()
    return figure, sheet


def to_title(text: str) -> Words:
    """Return the title of a picture as a paragraph."""
    return Words(text, size=LARGE, bold=True)


def draw_words(words: list[Words], theme: Theme) -> Figure:
    """Return a picture that is made of words alone."""
    figure, sheet = new_sheet(measure_depth(words), theme)
    write_words(sheet, MARGIN, words, theme)
    return figure


def write_words(sheet: Axes, y: float, words: Iterable[Words], theme: Theme) -> float:
    """Write paragraphs below each other from `y` on, and return where the last one ends."""
    for item in words:
        if item.ruled:
            sheet.plot([MARGIN, WIDTH - MARGIN], [y + item.above / 2] * 2, color=theme.rule, linewidth=1)
        y += item.above
        style = {"color": getattr(theme, item.colour), "size": item.size, "weight": weight_of(item.bold)}
        for number, line in enumerate(wrap(item)):
            row = None if number else item.row
            sheet.text(MARGIN + item.indent, y + item.size, line, va="baseline", gid=row, **style)
            y += item.size * LEADING
    return y


def measure_depth(words: Iterable[Words]) -> float:
    """Return how much room paragraphs take below each other."""
    return sum(item.above + len(wrap(item)) * item.size * LEADING for item in words)


def wrap(words: Words) -> list[str]:
    """Return a paragraph as lines that fit the sheet."""
    room = WIDTH - 2 * MARGIN - words.indent
    space = measure_width(" ", words.size, weight_of(words.bold))
    lines: list[list[str]] = [[]]
    width = 0.0
    for word in words.text.split():
        step = measure_width(word, words.size, weight_of(words.bold)) + space
        if lines[-1] and width + step - space > room:
            lines.append([])
            width = 0.0
        lines[-1].append(word)
        width += step
    return [" ".join(line) for line in lines]


def weight_of(bold: bool) -> str:
    """Return the name of a weight of the font."""
    return "bold" if bold else "normal"


@cache
def measure_width(line: str, size: float, weight: str | int) -> float:
    """Return how wide a line is in the font that comes with the library."""
    font = FontProperties(family="DejaVu Sans", size=size, weight=weight)
    return text_to_path.get_text_width_height_descent(line, font, False)[0]


def to_svg(figure: Figure, title: str, alternative: str) -> bytes:
    """Return a figure as SVG that is read aloud as its alternative text and says nothing of clock or machine.

    Indentation is left out. Each line of text is as long as it was measured, also in another font.
    """
    buffer = io.StringIO()
    metadata = {"Title": title, "Description": alternative, "Date": None, "Creator": None}
    figure.savefig(buffer, format="svg", metadata=metadata)
    spoken = f'<svg role="img" aria-label={quoteattr(alternative)} '
    plain = re.sub(r"(?m)^ +", "", buffer.getvalue()).replace("<svg ", spoken, 1)
    return TEXT.sub(fix_length, plain).encode("utf-8")


def fix_length(found: re.Match[str]) -> str:
    """Return a line of text in SVG with the length that it has in the font of the library."""
    weight, size, attributes, line = found.groups()
    width = measure_width(unescape(line), float(size), int(weight or 400))
    return f'<text textLength="{width:.1f}" lengthAdjust="spacingAndGlyphs" {attributes}>{line}</text>'
