"""How the sheets look on screen and on paper: formats, the colours of the groups, widths, heights and pages."""

import math
import re
import textwrap
from collections.abc import Iterable, Iterator
from itertools import accumulate, groupby
from typing import Any, NamedTuple

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_range_abs
from xlsxwriter.worksheet import Worksheet

from ceasefire_talks.declaration import Group

ADDRESS = re.compile(r"https?://\S+")
ADDRESS_WIDTH, MAX_WORD, MAX_WIDTH = 24, 26, 80  # characters
LINE_HEIGHT, MAX_HEIGHT = 15, 409  # points; Excel has no higher row
A3, A4 = 8, 9  # Excel's numbers of the sizes of paper
A3_WIDTH, A4_WIDTH = 390, 260  # characters that are six points high where a page holds that many
Formats = dict[str, Format]
Targets = dict[str, str]  # id -> where its row stands, as a link inside the workbook


class Colour(NamedTuple):
    """A colour: its name for a reader, its code for Excel."""

    name: str
    code: str


COLOURS: dict[Group, Colour] = {
    "main": Colour("blue", "#1F4E79"),
    "more": Colour("green", "#4E7A2F"),
    "audit": Colour("grey", "#6B6B6B"),
}


def add_formats(workbook: xlsxwriter.Workbook) -> Formats:
    """Return the formats of cells: of each type of a field, of links, and of labels and headings on the first sheet."""
    looks: dict[str, dict[str, Any]] = {
        "title": {"bold": True, "font_size": 18},
        "head": {"bold": True, "bg_color": "#E8EEF4", "bottom": 1},
        "label": {"bold": True, "text_wrap": True},
        "link": {"text_wrap": True, "align": "left", "font_color": "#0563C1", "underline": 1},
        "string": {"text_wrap": True, "align": "left"},
        "date": {"num_format": "yyyy-mm-dd", "align": "left"},
        "boolean": {"num_format": '"TRUE";"TRUE";"FALSE"', "align": "left"},  # else LibreOffice shows 1 and 0
        "integer": {"align": "right", "indent": 1},
        "number": {"align": "right", "indent": 1},
    }
    groups = {
        group: {"bold": True, "font_color": "white", "bg_color": colour.code} for group, colour in COLOURS.items()
    }
    return {name: workbook.add_format(look | {"valign": "top"}) for name, look in (looks | groups).items()}


def visible(value: Any) -> str:
    """Return what of a value its cell is to show: of a web address the beginning, as it is there to be followed."""
    text = "" if value is None else str(value)
    return text[:ADDRESS_WIDTH] if ADDRESS.fullmatch(text) else text


def column_width(name: str, values: Iterable[Any]) -> int:
    """Return a width in characters: whole words, and for nine texts in ten a box of a few lines."""
    texts = sorted(filter(None, map(visible, values)), key=len) or [""]
    word = max(len(word) for text in texts for word in text.split(" "))
    box = 4 * math.isqrt(len(texts[len(texts) * 9 // 10]))
    return min(MAX_WIDTH, max(len(name) + 3, min(word + 2, MAX_WORD), box))


def row_height(values: Iterable[Any], widths: Iterable[int]) -> int:
    """Return the height of a row that shows each value whole, wrapped to its width.

    It must be set: LibreOffice lets no row grow in a workbook that Excel might have written. A width counts digits;
    room for one is left to letters that are broader.
    """
    cells = zip(map(visible, values), widths, strict=True)
    folded = (textwrap.wrap(text, width - 1, break_on_hyphens=False) for text, width in cells if len(text) >= width)
    return min(MAX_HEIGHT, LINE_HEIGHT * max(map(len, folded), default=1))


def set_page(sheet: Worksheet, width: int) -> None:
    """Have a sheet printed across, one page wide, with its first row on every page."""
    sheet.set_landscape()
    sheet.set_paper(A4 if width <= A4_WIDTH else A3)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    sheet.set_footer("&L&A&RPage &P of &N")


def print_parts(workbook: xlsxwriter.Workbook, sheet: Worksheet, widths: list[int], rows: int) -> None:
    """Have a table printed in parts that are each one page wide, with lines and the first column on every page."""
    sheet.hide_gridlines(0)
    sheet.repeat_columns(0)
    areas = (f"{sheet.name}!{xl_range_abs(0, first, rows, last)}" for first, last in split_columns(widths))
    workbook.define_name(f"{sheet.name}!_xlnm.Print_Area", ",".join(areas))


def split_columns(widths: list[int]) -> Iterator[tuple[int, int]]:
    """Yield the first and last column of each part of a table: as few as stay legible, and about equally broad."""
    whole = sum(widths)
    parts = math.ceil(whole / A3_WIDTH)
    part_of = [int(parts * (end - width / 2) / whole) for end, width in zip(accumulate(widths), widths, strict=True)]
    for _, part in groupby(range(len(widths)), part_of.__getitem__):
        columns = list(part)
        yield columns[0], columns[-1]
