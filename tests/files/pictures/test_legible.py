"""The pictures as the renderer sees them: readable on a phone, in both themes, by everyone."""

from collections.abc import Iterator
from itertools import combinations, pairwise
from typing import Any

import numpy as np
import pytest
from matplotlib.colors import to_rgb
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.text import Text
from matplotlib.transforms import Bbox

from ceasefire_talks.build import Built
from ceasefire_talks.files.pictures import PICTURES
from ceasefire_talks.files.pictures.drawing import MARGIN, THEMES, WIDTH, Words, house_style, measure_width, wrap
from ceasefire_talks.tables.tabulate import Tables
from helpers import drawn

NAMES = [(name, theme, "as it is") for name in PICTURES for theme in THEMES]
PHONE = 360
FOOT = "Source: Ceasefire Talks 0.2.0, CC-BY-4.0."
COLOUR_BLIND = {
    "protan": [[0.152, 1.053, -0.205], [0.115, 0.786, 0.099], [-0.004, -0.048, 1.052]],
    "deutan": [[0.367, 0.861, -0.228], [0.280, 0.673, 0.047], [-0.012, 0.043, 0.969]],
    "tritan": [[1.256, -0.077, -0.179], [-0.078, 0.931, 0.148], [0.005, 0.691, 0.304]],
}


@pytest.fixture(scope="module", params=[*NAMES, ("answers", "light", "vague")], ids="-".join)
def picture(request: pytest.FixtureRequest, built: Built, vague: Tables) -> Iterator[tuple[str, Figure]]:
    name, theme, days = request.param
    with house_style():
        figure = PICTURES[name].draw(vague if days == "vague" else built.tables, THEMES[theme], FOOT)
        figure.draw_without_rendering()
        yield theme, figure


def labels(figure: Figure) -> list[Text]:
    return [item for item in figure.findobj(Text) if isinstance(item, Text) and item.get_visible() and item.get_text()]


def marks(figure: Figure) -> list[Line2D]:
    """Return the marks of rows, and the lines over the days that one may have had."""
    spans = [item for item in figure.findobj(Line2D) if isinstance(item, Line2D) and item.get_marker() == "|"]
    return [*(item for item in drawn(figure) if isinstance(item, Line2D)), *spans]


def luminance(colour: Any) -> float:
    channels = np.array(to_rgb(colour))
    linear = np.where(channels <= 0.04045, channels / 12.92, ((channels + 0.055) / 1.055) ** 2.4)
    return float(linear @ (0.2126, 0.7152, 0.0722))


def contrast(one: Any, other: Any) -> float:
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def test_no_label_is_small_on_a_phone(picture: tuple[str, Figure]) -> None:
    figure = picture[1]
    scale = PHONE / (figure.get_figwidth() * 72)
    for label in labels(figure):
        assert float(label.get_fontsize()) * scale >= 9, label.get_text()
        assert label.get_window_extent().height * scale * 72 / figure.dpi >= 9, label.get_text()


def test_no_two_labels_overlap(picture: tuple[str, Figure]) -> None:
    boxes = {label: label.get_window_extent() for label in labels(picture[1])}
    for (one, box), (other, area) in combinations(boxes.items(), 2):
        assert not box.overlaps(area), f"{one.get_text()!r} and {other.get_text()!r}"


def test_no_label_leaves_the_picture(picture: tuple[str, Figure]) -> None:
    figure = picture[1]
    for label in labels(figure):
        box = label.get_window_extent()
        assert box.x0 >= 0, label.get_text()
        assert box.y0 >= 0, label.get_text()
        assert box.x1 <= figure.bbox.width, label.get_text()
        assert box.y1 <= figure.bbox.height, label.get_text()


def test_no_mark_leaves_the_picture(picture: tuple[str, Figure]) -> None:
    figure = picture[1]
    for mark in marks(figure):
        box = mark.get_window_extent()
        assert 0 <= box.x0 < box.x1 <= figure.bbox.width, mark.get_gid()
        assert 0 <= box.y0 < box.y1 <= figure.bbox.height, mark.get_gid()


def test_no_label_lies_on_a_mark(picture: tuple[str, Figure]) -> None:
    """A mark may touch the room below the letters, not the letters."""
    figure = picture[1]
    letters: dict[Text, Bbox] = {label: label.get_window_extent().padded(0, -2) for label in labels(figure)}
    for mark in marks(figure):
        box = mark.get_window_extent()
        for label, area in letters.items():
            assert not box.overlaps(area), f"{mark.get_gid()} and {label.get_text()!r}"


def test_no_mark_lies_on_another(picture: tuple[str, Figure]) -> None:
    boxes = [(mark.get_gid(), mark.get_window_extent()) for mark in marks(picture[1]) if mark.get_gid()]
    for (one, box), (other, area) in combinations(boxes, 2):
        assert not box.overlaps(area), f"{one} and {other}"


def test_text_and_marks_stand_out_from_the_ground(picture: tuple[str, Figure]) -> None:
    theme, figure = picture
    ground = THEMES[theme].ground
    assert to_rgb(figure.get_facecolor()) == to_rgb(ground)
    for label in labels(figure):
        assert contrast(label.get_color(), ground) >= 4.5, label.get_text()
    for mark in marks(figure):
        assert contrast(mark.get_markeredgecolor(), ground) >= 4.5, mark.get_gid()
        assert contrast(mark.get_color(), ground) >= 4.5, mark.get_gid()


def test_lines_are_filled_and_none_is_too_long() -> None:
    """Every word is there in its order, and no line could have taken the first word of the next."""
    words = Words("The quick brown fox jumps over the lazy dog, " * 12, indent=20)
    lines = wrap(words)
    room = WIDTH - 2 * MARGIN - 20
    assert " ".join(lines).split() == words.text.split()
    assert all(measure_width(line, words.size, 400) <= room for line in lines)
    for line, after in pairwise(lines):
        assert measure_width(f"{line} {after.split()[0]}", words.size, 400) > room


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("vision", COLOUR_BLIND)
def test_the_two_colours_differ_for_colour_blind_readers(theme: str, vision: str) -> None:
    """Machado, Oliveira and Fernandes 2009, severity 1, applied to linear light."""
    seen = [np.array(COLOUR_BLIND[vision]) @ np.array(to_rgb(c)) ** 2.2 for c in THEMES[theme][-2:]]
    warm, cool = (np.clip(colour, 0, 1) ** (1 / 2.2) for colour in seen)
    assert np.linalg.norm(warm - cool) >= 0.35
