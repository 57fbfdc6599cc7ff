"""The sheet of a table: its rows, with a link wherever a cell names another row."""

from collections.abc import Iterable
from datetime import date
from typing import Any

import polars as pl
import xlsxwriter
from xlsxwriter.utility import xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from ceasefire_talks.declaration import Declaration, Field, Table, field_names
from ceasefire_talks.files.workbook.layout import (
    ADDRESS,
    COLOURS,
    Formats,
    Targets,
    column_width,
    print_parts,
    row_height,
    set_page,
)
from ceasefire_talks.tables.tabulate import Tables

FIRST_DAY = date(1900, 3, 1)  # Excel has a 29 February 1900, and no year before


def link_targets(tables: Tables, shown: Declaration) -> Targets:
    """Return where the row of each id stands, for the tables whose key is one id."""
    keys = {name: table["primaryKey"][0] for name, table in shown.items() if len(table["primaryKey"]) == 1}
    return {
        row_id: f"internal:{name}!{xl_rowcol_to_cell(row, field_names(shown[name]).index(key))}"
        for name, key in keys.items()
        for row, row_id in enumerate(tables[name][key], 1)
    }


def add_table(
    workbook: xlsxwriter.Workbook, name: str, frame: pl.DataFrame, table: Table, targets: Targets, formats: Formats
) -> None:
    """Add the sheet of a table: a header and a first column that stay, filters, and rows as high as what they say."""
    sheet = workbook.add_worksheet(name)
    sheet.set_tab_color(COLOURS[table["group"]].code)
    sheet.freeze_panes(1, 1)
    sheet.autofilter(0, 0, frame.height, frame.width - 1)
    widths = [column_width(column, frame[column]) for column in frame.columns]
    for column, field in enumerate(table["fields"]):
        sheet.set_column(column, column, widths[column], formats[field["type"]])
        links = targets if field["name"].endswith("_id") and [field["name"]] != table["primaryKey"] else {}
        write_column(sheet, column, field, frame[field["name"]], links, formats)
    for row, values in enumerate(frame.iter_rows(), 1):
        sheet.set_row(row, row_height(values, widths))
    set_page(sheet, sum(widths))
    print_parts(workbook, sheet, widths, frame.height)


def write_column(
    sheet: Worksheet, column: int, field: Field, values: Iterable[Any], links: Targets, formats: Formats
) -> None:
    """Write a column below its name, which explains itself."""
    sheet.write_string(0, column, field["name"], formats["head"])
    sheet.write_comment(0, column, explain_field(field), {"x_scale": 2.5, "y_scale": 1.5})
    for row, value in enumerate(values, 1):
        write_cell(sheet, row, column, value, links.get(value), formats)


def explain_field(field: Field) -> str:
    """Return the comment on a column: its title, what it means and its unit."""
    unit = f" Unit: {field['unit']}." if "unit" in field else ""
    return f"{field['title']}. {field['description']}{unit}"


def write_cell(sheet: Worksheet, row: int, column: int, value: Any, link: str | None, formats: Formats) -> None:
    """Write a value as Excel's own type, in the format of its column or as a link; an empty cell stays empty."""
    if isinstance(value, bool):
        sheet.write_boolean(row, column, value)
    elif isinstance(value, int | float):
        sheet.write_number(row, column, value)
    elif isinstance(value, date) and value >= FIRST_DAY:
        sheet.write_datetime(row, column, value)
    elif value is not None:
        text = str(value)
        if link or ADDRESS.fullmatch(text):
            sheet.write_url(row, column, link or text, formats["link"], text)
        else:
            sheet.write_string(row, column, text)
