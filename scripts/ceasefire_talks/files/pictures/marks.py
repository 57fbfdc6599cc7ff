"""The marks of offers and answers, and the legend that explains them."""

from matplotlib.axes import Axes

from ceasefire_talks.files.pictures.drawing import MARGIN, Theme

OFFER = "offers"
SAMPLE = 14
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
WORDS = {  # what a mark is called in the legend, and when it is counted
    OFFER: ("makes an offer", "offers"),
    "counterproposes": ("answers with terms of its own", "with own terms"),
    "accepts": ("accepts", "yes"),
    "positive": ("yes with conditions, or welcomes", "half yes"),
    "rejects": ("rejects", "no"),
    "unclear": ("no answer yet, or unclear", "open"),
}
SPAN = "some day within the line"

TOLD = "underlined: told by others than the one who acts"


def draw_mark(axes: Axes, style: str, x: float, y: float, theme: Theme, row: str | None = None) -> None:
    """Draw an offer or an answer."""
    marker, fill, colour = STYLES[style]
    paint = getattr(theme, colour)
    size = {"X": 5.6, "D": 4.4, "^": 5.6}.get(marker, 5.0)
    axes.plot(
        [x], [y], marker, markersize=size, fillstyle=fill, color=paint, markerfacecoloralt=theme.ground,
        markeredgewidth=0.8, linestyle="none", clip_on=False, gid=row,
    )  # fmt: skip


def draw_span(axes: Axes, style: str, span: tuple[float, float], y: float, theme: Theme) -> None:
    """Draw a thin line, with a tick at each end, over the days that an act may have had."""
    paint = getattr(theme, STYLES[style][2])
    axes.plot(span, [y, y], "|-", color=paint, linewidth=0.8, markersize=5, markeredgewidth=0.8, clip_on=False)


def underline(axes: Axes, style: str, x: float, y: float, theme: Theme) -> None:
    """Draw a line below the mark of what others tell."""
    paint = getattr(theme, STYLES[style][2])
    axes.plot([x], [y + 4.4], "_", color=paint, markersize=6.4, markeredgewidth=0.9, clip_on=False)


def legend_depth(*, coarse: bool) -> float:
    """Return how much room the legend takes; it has a line more where there are spans of days."""
    return SAMPLE * (len(WORDS) // 2 + 1 + coarse)


def draw_legend(sheet: Axes, top: float, theme: Theme, *, coarse: bool) -> None:
    """Draw the legend in two columns, and below them what an underline is, and a line, where there is one."""
    for number, (style, (words, _)) in enumerate(WORDS.items()):
        x, y = MARGIN + 4 + 168 * (number % 2), top + SAMPLE * (number // 2 + 0.5)
        draw_mark(sheet, style, x, y, theme)
        sheet.text(x + 9, y, words, color=theme.ink, va="center_baseline")
    y = top + SAMPLE * (len(WORDS) // 2 + 0.5)
    draw_mark(sheet, "accepts", MARGIN + 4, y, theme)
    underline(sheet, "accepts", MARGIN + 4, y, theme)
    sheet.text(MARGIN + 13, y, TOLD, color=theme.ink, va="center_baseline")
    if coarse:
        draw_span(sheet, OFFER, (MARGIN, MARGIN + 20), y + SAMPLE, theme)
        draw_mark(sheet, OFFER, MARGIN + 10, y + SAMPLE, theme)
        sheet.text(MARGIN + 25, y + SAMPLE, SPAN, color=theme.ink, va="center_baseline")
