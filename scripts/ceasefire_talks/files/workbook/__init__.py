"""The tables as an Excel workbook: a first sheet to read, then a sheet per table."""

import io
from datetime import datetime

import xlsxwriter

from ceasefire_talks.declaration import Declaration, published
from ceasefire_talks.files.workbook.front import add_front
from ceasefire_talks.files.workbook.layout import add_formats
from ceasefire_talks.files.workbook.sheets import add_table, link_targets
from ceasefire_talks.records.metadata import Package
from ceasefire_talks.tables.tabulate import Tables


def to_xlsx(package: Package, tables: Tables, declared: Declaration) -> bytes:
    """Return the workbook as the bytes of an .xlsx file, the same from the same tables."""
    buffer = io.BytesIO()
    workbook = xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    workbook.set_properties({"title": package.title, "author": package.author, "created": release_time(package)})
    formats, shown = add_formats(workbook), published(declared)
    targets = link_targets(tables, shown)
    add_front(workbook, package, tables, shown, targets, formats)
    for name, table in shown.items():
        add_table(workbook, name, tables[name], table, targets, formats)
    workbook.close()
    return buffer.getvalue()


def release_time(package: Package) -> datetime:
    """Return midnight of the day of the release: the workbook bears no other time."""
    return datetime.fromisoformat(package.released)
