"""The pictures of the package, each light and dark, with their words.

A picture is a module with `TITLE`, `draw` (a figure from the tables, in a theme) and `speak` (the same in words). The
same tables give the same bytes.
"""

from typing import Protocol

from matplotlib.figure import Figure

from ceasefire_talks.citation import to_text
from ceasefire_talks.files import Files
from ceasefire_talks.files.pictures import answers, demands, numbers
from ceasefire_talks.files.pictures.drawing import THEMES, Theme, house_style, to_svg
from ceasefire_talks.records.metadata import Package, work_of
from ceasefire_talks.tables.tabulate import Tables


class Picture(Protocol):
    """What a module of a picture gives."""

    TITLE: str

    def draw(self, tables: Tables, theme: Theme, foot: str) -> Figure:
        """Return the picture as a figure, with its main caveat, source, version and licence at its foot."""

    def speak(self, tables: Tables) -> str:
        """Return what the picture says to those who do not see it."""


PICTURES: dict[str, Picture] = {"answers": answers, "demands": demands, "numbers": numbers}


def to_pictures(package: Package, tables: Tables) -> Files:
    """Return every picture as SVG, by its path from the root of the package."""
    foot = f"Source: {to_text(work_of(package))} {package.licence}."
    with house_style():
        return {
            f"data/pictures/{name}-{theme}.svg": to_svg(
                picture.draw(tables, colours, foot), picture.TITLE, picture.speak(tables)
            )
            for name, picture in PICTURES.items()
            for theme, colours in THEMES.items()
        }
