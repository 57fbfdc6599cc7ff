"""The workbook: the same rows as the package, as a spreadsheet opens, shows, prints and links them."""

import io
import math
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

import openpyxl
import polars as pl
import pytest
from openpyxl.utils import get_column_letter
from xlsxwriter.utility import xl_pixel_width

import ceasefire_talks as ct
from ceasefire_talks.build import Built
from ceasefire_talks.declaration import GROUPS
from ceasefire_talks.files.workbook import to_xlsx
from ceasefire_talks.files.workbook.front import SHOWN_COLUMNS, pick_talks
from ceasefire_talks.records.metadata import Package
from helpers import DECLARED, ROOT, TABLES

PATH = ROOT / "data" / "ceasefire-talks.xlsx"
SHEETS = ["read me", *TABLES]
KEYS = [
    (name, key["fields"][0], key["reference"]["resource"])
    for name in TABLES
    for key in DECLARED[name].get("foreignKeys", [])
]


@pytest.fixture(scope="module")
def workbook() -> Any:
    return openpyxl.load_workbook(PATH)


@pytest.fixture(scope="module")
def front(workbook: Any) -> list[tuple[Any, ...]]:
    """Return the lines of the first sheet."""
    lines = workbook["read me"].iter_rows(values_only=True)
    return [tuple("" if cell is None else cell for cell in line) for line in lines]


def cells(sheet: Any) -> Iterator[Any]:
    return (cell for line in sheet.iter_rows() for cell in line if cell.value is not None)


def column(sheet: Any, name: str) -> list[Any]:
    """Return the cells of a column that hold something, without its header."""
    [index] = [cell.column for cell in sheet[1] if cell.value == name]
    return [line[0] for line in sheet.iter_rows(2, min_col=index, max_col=index) if line[0].value is not None]


def widths(sheet: Any) -> dict[int, float]:
    """Return the width of each column in characters; the file tells that of neighbours of one width once."""
    return {
        index: found.width - 5 / 7
        for found in sheet.column_dimensions.values()
        for index in range(found.min, found.max + 1)
    }


@pytest.mark.parametrize("label", ["What it is", "What it is not", "How to cite", "Licence"])
def test_first_sheet_tells(front: list[tuple[Any, ...]], about: Package, label: str) -> None:
    told = {
        "What it is": about.description,
        "What it is not": about.is_not,
        "How to cite": str(ct.cite()),
        "Licence": about.licence_title,
    }
    assert (label, told[label]) in [line[:2] for line in front]


def test_first_sheet_has_every_caveat(front: list[tuple[Any, ...]], about: Package) -> None:
    start = front.index(("Before you use it", *[""] * (len(SHOWN_COLUMNS) - 1))) + 1
    told = [" ".join(line[:2]) for line in front[start : start + len(about.caveats)]]
    assert [text.replace("“", "`").replace("”", "`") for text in told] == [it.replace("**", "") for it in about.caveats]


def test_first_sheet_shows_talks(workbook: Any, front: list[tuple[Any, ...]], built: Built) -> None:
    picked = pick_talks(built.tables)
    start = front.index(SHOWN_COLUMNS) + 1
    assert front[start : start + 10] == picked.drop("talk_id").rows()
    for row, talk_id in enumerate(picked["talk_id"], start + 1):
        assert follow(workbook, workbook["read me"].cell(row, 1)).value == talk_id


def test_first_sheet_lists_the_sheets(workbook: Any, front: list[tuple[Any, ...]], built: Built) -> None:
    assert workbook.sheetnames == SHEETS
    assert workbook.active.title == "read me"
    for name in TABLES:
        [row] = [index for index, line in enumerate(front, 1) if line[0] == name]
        assert front[row - 1][1:3] == (built.tables[name].height, DECLARED[name]["row"])
        assert follow(workbook, workbook["read me"].cell(row, 1)) is workbook[name]["A1"]


def test_tabs_have_the_colours_of_the_legend(workbook: Any) -> None:
    legend = {
        str(cell.value).partition(":")[0]: cell.fill.fgColor.rgb for cell in workbook["read me"]["A"] if cell.value
    }
    groups = {name: GROUPS[DECLARED[name]["group"]] for name in TABLES}
    assert {name: workbook[name].sheet_properties.tabColor.rgb for name in TABLES} == {
        name: legend[group] for name, group in groups.items()
    }
    assert len({legend[group] for group in groups.values()}) == 3


@pytest.mark.parametrize("table", TABLES)
def test_sheet_has_the_rows_and_types_of_the_table(workbook: Any, table: str) -> None:
    lines = list(workbook[table].iter_rows(values_only=True))
    assert list(lines[0]) == [field["name"] for field in DECLARED[table]["fields"]]
    days = [[cell.date() if isinstance(cell, datetime) else cell for cell in line] for line in lines[1:]]
    assert days == [list(row.values()) for row in ct.load(table)]


@pytest.mark.parametrize("table", TABLES)
def test_sheet_explains_itself(workbook: Any, table: str) -> None:
    sheet = workbook[table]
    assert sheet.freeze_panes == "B2"
    assert sheet.auto_filter.ref == sheet.dimensions
    for cell, field in zip(sheet[1], DECLARED[table]["fields"], strict=True):
        assert field["description"] in cell.comment.text


@pytest.mark.parametrize("name", SHEETS)
def test_sheet_shows_its_texts_whole(workbook: Any, name: str) -> None:
    """But for web addresses; a text needs at least the lines that its letters fill in Excel's own font."""
    sheet = workbook[name]
    wide = widths(sheet)
    merged = {area.start_cell.coordinate: area.max_col for area in sheet.merged_cells.ranges}
    for cell in cells(sheet):
        if cell.row > 1 and cell.data_type == "s" and not cell.value.startswith("http"):
            last = merged.get(cell.coordinate, cell.column)
            room = 7 * sum(wide[index] for index in range(cell.column, last + 1))
            lines = math.ceil(xl_pixel_width(cell.value) / room)
            assert lines == 1 or cell.alignment.wrap_text, cell
            assert 15 * lines <= (sheet.row_dimensions[cell.row].height or 15) <= 409, cell


@pytest.mark.parametrize("name", SHEETS)
def test_sheet_is_printed_across_and_one_page_wide(workbook: Any, name: str) -> None:
    sheet = workbook[name]
    assert sheet.page_setup.orientation == "landscape"
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (None, 0)  # to one page where nothing is said
    assert sheet.print_title_rows == "$1:$1"


@pytest.mark.parametrize("table", TABLES)
def test_every_column_is_printed_once_and_legible(workbook: Any, table: str) -> None:
    sheet = workbook[table]
    wide = widths(sheet)
    parts = [openpyxl.utils.range_boundaries(area.split("!")[-1]) for area in str(sheet.print_area).split(",")]
    columns = [index for left, _, right, _ in parts for index in range(left, right + 1)]
    assert columns == list(range(1, sheet.max_column + 1))
    assert {(top, bottom) for _, top, _, bottom in parts} == {(1, sheet.max_row)}
    paper = {8: 400, 9: 257}[int(sheet.page_setup.paperSize)]  # millimetres between the margins
    for left, _, right, _ in parts:
        characters = sum(wide[index] for index in range(left, right + 1))
        assert 11 * paper / (characters * 7 * 25.4 / 96) > 5, f"{get_column_letter(left)}: smaller than five points"


def follow(workbook: Any, cell: Any) -> Any:
    """Return the cell that a link inside the workbook leads to."""
    sheet, _, place = cell.hyperlink.location.partition("!")
    return workbook[sheet][place]


@pytest.mark.parametrize("name", SHEETS[1:])
def test_link_leads_to_the_row_that_it_names(workbook: Any, name: str) -> None:
    for cell in cells(workbook[name]):
        if cell.hyperlink and not cell.hyperlink.target:
            found = follow(workbook, cell)
            assert (found.value, found.column) == (cell.value, 1)


@pytest.mark.parametrize(("table", "field", "other"), KEYS, ids=lambda it: it)
def test_foreign_key_is_a_link(workbook: Any, table: str, field: str, other: str) -> None:
    for cell in column(workbook[table], field):
        assert follow(workbook, cell).parent.title == other


@pytest.mark.parametrize("end", ["from_id", "to_id"])
def test_both_ends_of_a_tie_are_links(workbook: Any, end: str) -> None:
    assert [cell for cell in column(workbook["links"], end) if not cell.hyperlink] == []


@pytest.mark.parametrize("name", SHEETS)
def test_web_addresses_are_links_and_no_link_is_anything_else(workbook: Any, name: str) -> None:
    linked = [cell for cell in cells(workbook[name]) if cell.hyperlink]
    for cell in linked:
        assert cell.hyperlink.target is None or cell.hyperlink.target.startswith(("http://", "https://"))
    for cell in cells(workbook[name]):
        if str(cell.value).startswith("http"):
            at = cell.hyperlink
            assert cell.value == at.target + (f"#{at.location}" if at.location else "")
    assert len(linked) < 65_530  # Excel ignores the rest


def test_workbook_is_small_and_bears_the_day_of_release(workbook: Any, about: Package) -> None:
    assert PATH.stat().st_size < 1_500_000
    assert workbook.properties.created == workbook.properties.modified == datetime.fromisoformat(about.released)


@pytest.fixture(scope="module")
def made_up(built: Built, about: Package) -> Any:
    """Return a workbook with days before Excel's calendar and texts that look like what they are not."""
    days = [date(1897, 8, 29), date(1900, 2, 28), date(1900, 3, 1)]
    titles = ["=1+1", "file:///etc/passwd", "https://example.org/ and more", "internal:talks!A1"]
    events = built.tables["events"]
    changed = events.with_columns(
        pl.Series("date_first_day", days + events["date_first_day"].to_list()[3:]),
        pl.Series("title", titles + events["title"].to_list()[4:]),
    )
    content = to_xlsx(about._replace(description="=1+1"), built.tables | {"events": changed}, built.declared)
    return openpyxl.load_workbook(io.BytesIO(content))


@pytest.mark.parametrize(
    ("row", "value"),
    [
        pytest.param(2, "1897-08-29", id="before there is a calendar"),
        pytest.param(3, "1900-02-28", id="before a day that never was"),
        pytest.param(4, datetime(1900, 3, 1), id="the first right day"),
    ],
)
def test_a_day_before_march_1900_is_text(made_up: Any, row: int, value: Any) -> None:
    assert column(made_up["events"], "date_first_day")[row - 2].value == value


def test_text_is_neither_formula_nor_link(made_up: Any) -> None:
    texts = [made_up["read me"]["B2"], *column(made_up["events"], "title")[:4]]
    assert [(cell.data_type, cell.hyperlink) for cell in texts] == [("s", None)] * 5


@pytest.mark.parametrize("name", SHEETS)
def test_no_cell_is_a_formula(workbook: Any, name: str) -> None:
    assert [cell for cell in cells(workbook[name]) if cell.data_type == "f"] == []
