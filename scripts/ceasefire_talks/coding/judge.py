"""The door for a person: a workbook of rows to judge, drawn by a seed, and the score of one that was filled in.

A row is right when its sentence and its fields are true of the source and it is what its table says a row is. The
interval of a share, at 95 %, is that of E. B. Wilson (1927), Probable inference, the law of succession, and
statistical inference.
"""

import io
from math import sqrt
from pathlib import Path
from random import Random
from typing import Any
from zipfile import BadZipFile

import openpyxl
import xlsxwriter

from ceasefire_talks.declaration import Declaration, field_names, row_id
from ceasefire_talks.problems import shown
from ceasefire_talks.tables.derive import Values
from ceasefire_talks.tables.tabulate import Tables

COLUMNS = {
    "table": 12,
    "row": 10,
    "sentence": 60,
    "fields": 60,
    "a row is": 40,
    "link": 30,
    "verdict": 10,
    "reason": 40,
}
VERDICTS = ("right", "wrong")
Z = 1.959964


def draw_sample(tables: Tables, declared: Declaration, count: int, seed: int) -> list[Values]:
    """Return rows of all tables with a sentence, drawn by a seed; raise `ValueError` where there are not as many."""
    rows = [
        describe_row(name, row, declared)
        for name in declared
        if "says" in field_names(declared[name])
        for row in tables[name].iter_rows(named=True)
    ]
    if not 0 < count <= len(rows):
        raise ValueError(f"--sample must lie between 1 and {len(rows)}, the number of rows with a sentence")
    return Random(seed).sample(rows, count)


def describe_row(name: str, row: Values, declared: Declaration) -> Values:
    """Return what a judge needs to know of a row."""
    table = declared[name]
    coded = [field["name"] for field in table["fields"] if "derived" not in field]
    fields = "\n".join(f"{field}: {row[field]}" for field in coded if row[field] is not None)
    return {
        "table": name,
        "row": row_id(table, row),
        "sentence": row["says"],
        "fields": fields,
        "a row is": f"{table['row']}. {table['include']}",
        "link": row["link"],
    }


def to_workbook(sample: list[Values]) -> bytes:
    """Return the workbook to fill in: a verdict of right or wrong a row, and why."""
    buffer = io.BytesIO()
    workbook = xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    wrapped = workbook.add_format({"text_wrap": True, "valign": "top"})
    sheet = workbook.add_worksheet("judge")
    sheet.freeze_panes(1, 2)
    for column, (name, width) in enumerate(COLUMNS.items()):
        sheet.set_column(column, column, width, wrapped)
        sheet.write_string(0, column, name)
    for number, row in enumerate(sample, 1):
        for column, name in enumerate(row):
            sheet.write_string(number, column, str(row[name] or ""))
    verdicts = list(COLUMNS).index("verdict")
    sheet.data_validation(1, verdicts, len(sample), verdicts, {"validate": "list", "source": list(VERDICTS)})
    workbook.close()
    return buffer.getvalue()


def score_workbook(path: Path) -> list[Values]:
    """Return for each table how many rows a person judged and found right; raise `ValueError` for another verdict."""
    header, *lines = read_sheet(path)
    counts: dict[str, list[int]] = {}
    for number, line in enumerate(lines, 2):
        row: dict[Any, Any] = dict(zip(header, line, strict=True))
        verdict = row["verdict"]
        if verdict not in (None, *VERDICTS):
            raise ValueError(f"{path.name}:{number}: {shown(verdict)} is no verdict; write right or wrong, or nothing")
        if verdict:
            judged = counts.setdefault(str(row["table"]), [0, 0])
            judged[0] += 1
            judged[1] += verdict == "right"
    return [to_share(name, judged, right) for name, (judged, right) in sorted(counts.items())]


def read_sheet(path: Path) -> list[list[Any]]:
    """Return the lines of a workbook to judge, with its header; raise `ValueError` for any other file."""
    try:
        sheet = openpyxl.load_workbook(io.BytesIO(path.read_bytes()))["judge"]
        lines = [list(line) for line in sheet.iter_rows(values_only=True)]
    except (BadZipFile, KeyError):
        lines = []
    if not lines or not {"table", "verdict"} <= {*lines[0]}:
        raise ValueError(f"{path.name}: is no workbook to judge; give one that ceasefire-talks judge wrote")
    return lines


def to_share(name: str, judged: int, right: int) -> Values:
    """Return the share of a table's rows that are right, with its interval."""
    share, spread = right / judged, Z * sqrt(right * (judged - right) / judged + Z * Z / 4) / (judged + Z * Z)
    middle = (right + Z * Z / 2) / (judged + Z * Z)
    bounds = {"low": round(max(0.0, middle - spread), 3), "high": round(min(1.0, middle + spread), 3)}
    return {"table_name": name, "judged": judged, "found_right": right, "share": round(share, 3)} | bounds
