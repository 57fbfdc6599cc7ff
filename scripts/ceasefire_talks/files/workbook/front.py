"""The first sheet: what the data set is and is not, some rows of it, caveats, and the list of sheets."""

import re
from collections.abc import Iterator
from datetime import date
from typing import Any, NamedTuple

import polars as pl
import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from ceasefire_talks.citation import to_text
from ceasefire_talks.declaration import GROUPS, Declaration
from ceasefire_talks.files.workbook.layout import COLOURS, Formats, Targets, row_height, set_page
from ceasefire_talks.records.metadata import Package, work_of
from ceasefire_talks.tables.tabulate import Tables

WIDTHS = (26, 22, 10, 16, 22, 11, 62)  # characters
TITLE_HEIGHT = 26  # points
SHOWN_FROM = date(2024, 5, 31)
SHOWN_COLUMNS = ("date", "who", "kind", "answer", "told_by", "strength", "title")


class Line(NamedTuple):
    """A line of the sheet: its cells, of which the last reaches to the edge, its look, and where the first leads."""

    cells: tuple[Any, ...]
    look: str = "string"
    target: str = ""


def pick_talks(tables: Tables) -> pl.DataFrame:
    """Return ten rows of `talks` for a first look: the offers, answers and votes from Biden's speech on."""
    shown = pl.col("kind").is_in(["proposal", "answer", "vote"]) & pl.col("track").is_in(["israel_hamas", "un"])
    rows = tables["talks"].filter(shown & (pl.col("date_first_day") >= SHOWN_FROM))
    return rows.sort("date_first_day", "talk_id").select("talk_id", *SHOWN_COLUMNS).head(10).fill_null("")


def add_front(
    workbook: xlsxwriter.Workbook,
    package: Package,
    tables: Tables,
    shown: Declaration,
    targets: Targets,
    formats: Formats,
) -> None:
    """Add the first sheet."""
    sheet = workbook.add_worksheet("read me")
    sheet.hide_gridlines(2)
    for column, width in enumerate(WIDTHS):
        sheet.set_column(column, column, width)
    lines = [*introduce(package), *list_talks(tables, targets), *tell_terms(package), *list_sheets(tables, shown)]
    for row, line in enumerate(lines):
        write_line(sheet, row, line, formats)
    set_page(sheet, sum(WIDTHS))


def introduce(package: Package) -> Iterator[Line]:
    """Yield what the data set is and what it is not."""
    yield Line((package.title,), "title")
    yield Line(("What it is", package.description))
    yield Line(("What it is not", package.is_not))
    yield Line(("",))


def list_talks(tables: Tables, targets: Targets) -> Iterator[Line]:
    """Yield rows of `talks`, each with a link to where it stands."""
    picked = pick_talks(tables)
    what = f"Who offered what, and who answered how: {picked.height} of the {tables['talks'].height} rows of talks"
    yield Line((what,), "head")
    yield Line(SHOWN_COLUMNS, "label")
    for talk_id, *cells in picked.iter_rows():
        yield Line(tuple(cells), target=targets[talk_id])
    yield Line(("",))


def tell_terms(package: Package) -> Iterator[Line]:
    """Yield how to cite, the licence and the caveats."""
    yield Line(("How to cite", to_text(work_of(package))))
    yield Line(("Licence", package.licence_title), target=package.licence_url)
    yield Line(("",))
    yield Line(("Before you use it",), "head")
    for caveat in package.caveats:
        head, _, text = re.sub("`(.+?)`", r"“\1”", caveat).removeprefix("**").partition("** ")
        yield Line((head, text))
    yield Line(("",))


def list_sheets(tables: Tables, shown: Declaration) -> Iterator[Line]:
    """Yield the sheets by the colour of their tabs: the number of rows, and what one is."""
    yield Line(("sheet", "rows", "one row is"), "head")
    for group, colour in COLOURS.items():
        yield Line((f"{GROUPS[group]}: {colour.name} tabs",), group)
        for name, table in shown.items():
            if table["group"] == group:
                yield Line((name, tables[name].height, table["row"]), target=f"internal:{name}!A1")


def write_line(sheet: Worksheet, row: int, line: Line, formats: Formats) -> None:
    """Write a line: its first cell is a link or, of several, a label; its last one is merged to the edge."""
    last, edge = len(line.cells) - 1, len(WIDTHS) - 1
    first = formats["label" if line.look == "string" and last else line.look]
    if last < edge:
        sheet.merge_range(row, last, row, edge, "", formats[line.look])
    for column, cell in enumerate(line.cells):
        sheet.write(row, column, cell, formats[line.look] if column else first)
    if line.target:
        sheet.write_url(row, 0, line.target, formats["link"], line.cells[0])
    height = row_height(line.cells, (*WIDTHS[:last], sum(WIDTHS[last:])))
    sheet.set_row(row, TITLE_HEIGHT if line.look == "title" else height)
