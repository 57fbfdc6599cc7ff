"""The workbook: the same rows as the package, as a spreadsheet opens them."""

from datetime import datetime
from typing import Any

import openpyxl
import pytest

import ceasefire_talks as ct
from ceasefire_talks.records.metadata import Package
from helpers import DECLARED, ROOT, TABLES


@pytest.fixture(scope="module")
def workbook() -> Any:
    return openpyxl.load_workbook(ROOT / "data" / "ceasefire-talks.xlsx")


def test_workbook_begins_with_what_to_know(workbook: Any, about: Package) -> None:
    assert workbook.sheetnames == ["read me", *TABLES]
    front = list(workbook["read me"].iter_rows(values_only=True))
    assert front[0][0] == about.title
    assert front[2] == ("How to cite", str(ct.cite()))
    told = [row[1] for row in front if row[0] == "Before you use it"]
    assert told == [caveat.replace("**", "") for caveat in about.caveats]


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
