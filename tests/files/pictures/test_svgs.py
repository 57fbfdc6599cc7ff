"""The pictures as files: the committed ones, light, in words that can be read and copied, and always the same."""

from itertools import combinations
from typing import NamedTuple
from xml.etree import ElementTree as Xml

import pytest
from matplotlib import get_data_path
from matplotlib.ft2font import FT2Font, LoadFlags

import ceasefire_talks as ct
from ceasefire_talks.build import Built
from ceasefire_talks.files import Files
from ceasefire_talks.files.pictures import PICTURES
from ceasefire_talks.files.pictures.drawing import THEMES, WIDTH
from ceasefire_talks.records.metadata import Package
from helpers import ROOT

SVG = "{http://www.w3.org/2000/svg}"
STACK = "'DejaVu Sans', 'Verdana', sans-serif"
CAVEATS = {
    "answers": "It shows what was said, not that it was meant, nor what was agreed; answers to votes are among them.",
    "demands": "The demands are as one article gives them, read in an altered copy: not to be quoted.",
    "numbers": "The numbers are as one article gives them, read in an altered copy: not to be quoted.",
}


class Line(NamedTuple):
    """A line of text in a picture: its words, where it is, and how it is printed."""

    text: str
    left: float
    right: float
    baseline: float
    size: float
    bold: bool


@pytest.fixture(scope="module")
def svgs(rendered: Files) -> Files:
    return {name: content for name, content in rendered.items() if name.startswith("data/pictures/")}


@pytest.fixture(scope="module")
def lines(svgs: Files) -> dict[str, list[Line]]:
    return {
        name: [to_line(item) for item in Xml.fromstring(content).iter(f"{SVG}text")] for name, content in svgs.items()
    }


def to_line(item: Xml.Element) -> Line:
    """Return a line as a browser sets it, in whatever font, for its length is given."""
    style = dict(part.split(": ", 1) for part in item.attrib["style"].split("; "))
    x, length = float(item.attrib["x"]), float(item.attrib["textLength"])
    assert item.attrib["lengthAdjust"] == "spacingAndGlyphs"
    assert style["font-family"] == STACK
    left = {"start": x, "middle": x - length / 2, "end": x - length}[style["text-anchor"]]
    size = float(style["font-size"].removesuffix("px"))
    return Line(
        str(item.text), left, left + length, float(item.attrib["y"]), size, style.get("font-weight", "400") == "700"
    )


def picture_of(name: str) -> str:
    return name.removeprefix("data/pictures/").partition("-")[0]


def test_pictures_are_the_committed_ones(svgs: Files) -> None:
    assert sorted(svgs) == sorted(f"data/pictures/{name}-{theme}.svg" for name in PICTURES for theme in THEMES)
    assert {path.name for path in (ROOT / "data" / "pictures").glob("*")} == {name.split("/")[-1] for name in svgs}
    for name, content in svgs.items():
        assert (ROOT / name).read_bytes() == content


def test_pictures_are_light_and_name_no_clock(svgs: Files) -> None:
    for content in svgs.values():
        assert len(content) < 150_000
        assert b"dc:date" not in content
        assert b"<image" not in content


def test_svg_carries_title_and_alternative_text(svgs: Files, built: Built) -> None:
    for name, content in svgs.items():
        root = Xml.fromstring(content)
        picture = PICTURES[picture_of(name)]
        assert root.get("role") == "img"
        assert root.get("aria-label") == picture.speak(built.tables)
        assert len(picture.speak(built.tables)) < 900
        assert [item.text for item in root.findall(f"{SVG}title")] == [picture.TITLE]
        assert float(str(root.get("viewBox")).split()[2]) == WIDTH


def test_every_letter_is_text(lines: dict[str, list[Line]], svgs: Files) -> None:
    """A letter that is drawn as a path bears the name of the font in its id."""
    for name, content in svgs.items():
        assert b'id="DejaVu' not in content
        assert lines[name][0].text == PICTURES[picture_of(name)].TITLE
        assert len(lines[name]) > 25


def test_foot_names_caveat_title_version_and_licence(lines: dict[str, list[Line]], about: Package) -> None:
    for name, found in lines.items():
        told = " ".join(line.text for line in found)
        source = f"Source: {ct.cite()} {about.licence}."
        assert f"{CAVEATS[picture_of(name)]} {source}" in told


def test_lines_are_as_long_as_in_the_font_of_the_library(lines: dict[str, list[Line]]) -> None:
    """Measured here by the advances of the font's glyphs; pairs that are set closer make a line a little shorter."""
    fonts = {bold: FT2Font(get_data_path() + f"/fonts/ttf/DejaVuSans{'-Bold' * bold}.ttf") for bold in (False, True)}
    for font in fonts.values():
        font.set_size(100, 72)
    for line in {line for found in lines.values() for line in found}:
        glyphs = [fonts[line.bold].load_char(ord(letter), LoadFlags.NO_HINTING) for letter in line.text]
        width = sum(glyph.linearHoriAdvance for glyph in glyphs) / 65536 / 100 * line.size
        assert line.right - line.left == pytest.approx(width, rel=0.03, abs=0.6), line.text


def test_no_two_lines_overlap_in_any_font(lines: dict[str, list[Line]]) -> None:
    """The letters of a line reach from 0.76 of its size above the baseline to 0.24 below it."""
    for found in lines.values():
        for one, other in combinations(found, 2):
            apart = one.right <= other.left or other.right <= one.left
            upper, lower = sorted((one, other), key=lambda line: line.baseline)
            apart |= upper.baseline + 0.24 * upper.size <= lower.baseline - 0.76 * lower.size
            assert apart, f"{one.text!r} and {other.text!r}"
            assert min(one.left, other.left) >= 0
            assert max(one.right, other.right) <= WIDTH


def test_both_themes_say_the_same(lines: dict[str, list[Line]]) -> None:
    for name in PICTURES:
        assert lines[f"data/pictures/{name}-light.svg"] == lines[f"data/pictures/{name}-dark.svg"]
