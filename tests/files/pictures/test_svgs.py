"""The pictures as files: the committed ones, light, with a text for those who cannot see them, and always the same."""

from xml.etree import ElementTree as Xml

import pytest

from ceasefire_talks.build import Built
from ceasefire_talks.files import Files
from ceasefire_talks.files.pictures import PICTURES
from ceasefire_talks.files.pictures.drawing import THEMES, WIDTH
from helpers import ROOT

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def svgs(rendered: Files) -> Files:
    return {name: content for name, content in rendered.items() if name.startswith("data/pictures/")}


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
        assert b"<text" not in content


def test_svg_carries_title_and_alternative_text(svgs: Files, built: Built) -> None:
    for name, content in svgs.items():
        root = Xml.fromstring(content)
        picture = name.split("/")[-1].split("-")[0]
        assert root.get("role") == "img"
        assert root.get("aria-label") == PICTURES[picture].speak(built.tables)
        assert [item.text for item in root.findall(f"{SVG}title")] == [PICTURES[picture].TITLE]
        assert float(str(root.get("viewBox")).split()[2]) == WIDTH
