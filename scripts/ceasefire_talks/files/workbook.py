"""The tables as an Excel workbook: a first sheet to read, then a sheet per table."""

import io
from datetime import date, datetime
from typing import Any

import polars as pl
import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from ceasefire_talks.citation import to_text
from ceasefire_talks.declaration import Declaration, Field, Table, published
from ceasefire_talks.records.metadata import Package
from ceasefire_talks.tables.tabulate import Tables

MAX_WIDTH = 60
Formats = dict[str, Format]


def to_xlsx(package: Package, tables: Tables, declared: Declaration) -> bytes:
    """Return the workbook as the bytes of an .xlsx file, the same from the same tables."""
    buffer = io.BytesIO()
    workbook = xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    workbook.set_properties({"title": package.title, "author": package.author, "created": release_time(package)})
    formats = {
        "head": workbook.add_format({"bold": True, "bg_color": "#E8EEF4", "bottom": 1, "valign": "top"}),
        "title": workbook.add_format({"bold": True, "font_size": 16}),
        "bold": workbook.add_format({"bold": True, "valign": "top"}),
        "text": workbook.add_format({"text_wrap": True, "valign": "top"}),
        "date": workbook.add_format({"num_format": "yyyy-mm-dd", "valign": "top"}),
    }
    shown = published(declared)
    write_front(workbook.add_worksheet("read me"), package, tables, shown, formats)
    for name, table in shown.items():
        write_table(workbook.add_worksheet(name), tables[name], table, formats)
    workbook.close()
    return buffer.getvalue()


def release_time(package: Package) -> datetime:
    """Return midnight of the day of the release: the workbook bears no other time."""
    return datetime.fromisoformat(package.released)


def write_front(sheet: Worksheet, package: Package, tables: Tables, shown: Declaration, formats: Formats) -> None:
    """Write the first sheet: title, citation, caveats, and what a row of each sheet is."""
    sheet.set_column(0, 0, 24)
    sheet.set_column(1, 1, 110)
    cited = to_text(package.author, package.title, package.version, package.released)
    lines = [
        ("title", package.title, ""),
        ("bold", "What it is", package.description),
        ("bold", "How to cite", cited),
    ]
    lines += [("bold", "Before you use it", caveat.replace("**", "")) for caveat in package.caveats]
    lines.append(("bold", "Licence", package.licence_title))
    for name, table in shown.items():
        lines.append(("bold", name, f"{tables[name].height} rows. One row is {table['row']}."))
    for row, (style, label, text) in enumerate(lines):
        sheet.write_string(row, 0, label, formats[style])
        sheet.write_string(row, 1, text, formats["text"])


def write_table(sheet: Worksheet, frame: pl.DataFrame, table: Table, formats: Formats) -> None:
    """Write a table: a header that stays and explains itself, filters, real dates and numbers."""
    sheet.freeze_panes(1, 1)
    sheet.autofilter(0, 0, frame.height, frame.width - 1)
    for column, field in enumerate(table["fields"]):
        sheet.write_string(0, column, field["name"], formats["head"])
        sheet.write_comment(0, column, explain_field(field), {"x_scale": 2.5, "y_scale": 1.5})
        values = frame[field["name"]].to_list()
        sheet.set_column(column, column, column_width(field["name"], values))
        for row, value in enumerate(values, 1):
            write_cell(sheet, row, column, value, formats)


def explain_field(field: Field) -> str:
    """Return the comment on a column: its title, what it means and its unit."""
    unit = f" Unit: {field['unit']}." if "unit" in field else ""
    return f"{field['title']}. {field['description']}{unit}"


def column_width(name: str, values: list[Any]) -> float:
    """Return a width in characters that shows most values whole."""
    return min(MAX_WIDTH, max([len(name) + 4, *(len(str(value)) + 1 for value in values if value is not None)]))


def write_cell(sheet: Worksheet, row: int, column: int, value: Any, formats: Formats) -> None:
    """Write a value as Excel's own type; an empty cell stays empty."""
    if isinstance(value, bool):
        sheet.write_boolean(row, column, value)
    elif isinstance(value, int | float):
        sheet.write_number(row, column, value)
    elif isinstance(value, date):
        sheet.write_datetime(row, column, value, formats["date"])
    elif value is not None:
        sheet.write_string(row, column, value)
