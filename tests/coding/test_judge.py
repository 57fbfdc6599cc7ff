"""Rows for a person to judge: the same rows from the same seed, a workbook to fill in, and the score of it."""

from pathlib import Path
from typing import Any

import openpyxl
import polars as pl
import pytest

from ceasefire_talks.build import Built
from ceasefire_talks.cli import main
from ceasefire_talks.coding.judge import COLUMNS, draw_sample, score_workbook, to_workbook
from ceasefire_talks.tables.tabulate import Tables
from helpers import DECLARED, ROOT, Edit, line_of, place_of

EVENTS = {"events": DECLARED["events"]}


def made_up(count: int) -> Tables:
    """Return a table of events, of which only id, title, sentence and link are filled."""
    rows = [
        {"event_id": f"EV{number:04d}", "title": "It", "says": "It is.", "link": "x"} for number in range(1, count + 1)
    ]
    columns = [field["name"] for field in EVENTS["events"]["fields"]]
    return {
        "events": pl.DataFrame(rows).select(
            pl.col(name) if name in rows[0] else pl.lit(None).alias(name) for name in columns
        )
    }


def drawn(count: int, seed: int, rows: int = 20) -> list[str]:
    return [row["row"] for row in draw_sample(made_up(rows), EVENTS, count, seed)]


def test_a_seed_draws_the_same_rows_anywhere() -> None:
    assert drawn(5, 1) == ["EV0005", "EV0019", "EV0003", "EV0009", "EV0004"]
    assert drawn(5, 2) != drawn(5, 1)
    assert sorted(drawn(20, 7)) == [f"EV{number:04d}" for number in range(1, 21)]


def test_rows_of_all_tables_with_a_sentence_are_drawn(built: Built) -> None:
    tables = [name for name, table in DECLARED.items() if "says" in {field["name"] for field in table["fields"]}]
    whole = sum(built.tables[name].height for name in tables)
    sample = draw_sample(built.tables, DECLARED, whole, 1)
    assert {row["table"] for row in sample} == {*tables}
    assert len({(row["table"], row["row"]) for row in sample}) == whole


@pytest.mark.parametrize("count", [0, -1, 21])
def test_more_or_less_than_there_is_cannot_be_drawn(count: int) -> None:
    message = "^--sample must lie between 1 and 20, the number of rows with a sentence$"
    with pytest.raises(ValueError, match=message):
        drawn(count, 1)


def test_a_judge_sees_sentence_fields_and_what_a_row_is() -> None:
    [row] = draw_sample(made_up(1), EVENTS, 1, 1)
    declared = EVENTS["events"]
    assert row == {
        "table": "events",
        "row": "EV0001",
        "sentence": "It is.",
        "fields": "event_id: EV0001\ntitle: It",
        "a row is": f"{declared['row']}. {declared['include']}",
        "link": "x",
    }


@pytest.fixture
def workbook(tmp_path: Path) -> Path:
    """Return a workbook of ten events that nobody filled in."""
    path = tmp_path / "judge.xlsx"
    path.write_bytes(to_workbook(draw_sample(made_up(10), EVENTS, 10, 1)))
    return path


def fill_in(path: Path, verdicts: list[Any], table: str = "events") -> None:
    """Write verdicts into the first rows of a workbook, and the name of their table."""
    book = openpyxl.load_workbook(path)
    for number, verdict in enumerate(verdicts, 2):
        book["judge"].cell(number, [*COLUMNS].index("verdict") + 1, verdict)
        book["judge"].cell(number, 1, table)
    book.save(path)


def test_workbook_offers_the_verdicts(workbook: Path) -> None:
    sheet = openpyxl.load_workbook(workbook)["judge"]
    assert [cell.value for cell in sheet[1]] == [*COLUMNS]
    assert sheet.max_row == 11
    [rule] = sheet.data_validations.dataValidation
    assert (rule.formula1, str(rule.sqref)) == ('"right,wrong"', "G2:G11")


@pytest.mark.parametrize(
    ("verdicts", "right", "share", "low", "high"),
    [
        (["right"] * 9 + ["wrong"], 9, 0.9, 0.596, 0.982),
        (["right"] * 10, 10, 1.0, 0.722, 1.0),
        (["wrong"] * 10, 0, 0.0, 0.0, 0.278),
        (["right", "wrong"], 1, 0.5, 0.095, 0.905),
        (["right", None, "wrong", None, "right"], 2, 0.667, 0.208, 0.939),
    ],
)
def test_score(workbook: Path, verdicts: list[str | None], right: int, share: float, low: float, high: float) -> None:
    """The intervals are those that Wilson's formula gives by hand."""
    fill_in(workbook, verdicts)
    judged = sum(verdict is not None for verdict in verdicts)
    figures = {"judged": judged, "found_right": right, "share": share, "low": low, "high": high}
    assert score_workbook(workbook) == [{"table_name": "events"} | figures]


def test_what_nobody_judged_has_no_score(workbook: Path) -> None:
    assert score_workbook(workbook) == []


def test_score_is_printed_as_records_a_table(workbook: Path, capsys: pytest.CaptureFixture[str]) -> None:
    fill_in(workbook, ["wrong"] * 5)
    fill_in(workbook, ["right"] * 2, "claims")
    assert main(["judge", "--score", str(workbook)]) == 0
    assert capsys.readouterr().out == (
        "- {table_name: claims, judged: 2, found_right: 2, share: 1.0, low: 0.342, high: 1.0}\n"
        "- {table_name: events, judged: 3, found_right: 0, share: 0.0, low: 0.0, high: 0.561}\n"
    )


def refuse(capsys: pytest.CaptureFixture[str], path: Path) -> str:
    """Return the one sentence that a workbook is refused in."""
    assert main(["judge", "--score", str(path)]) == 1
    out, err = capsys.readouterr()
    assert (out, err.count("\n")) == ("", 1)
    return err.removeprefix("ceasefire-talks: ").rstrip("\n")


@pytest.mark.parametrize("verdict", ["maybe", "Right", "right ", 1])
def test_a_bad_verdict_is_one_sentence(workbook: Path, capsys: pytest.CaptureFixture[str], verdict: Any) -> None:
    fill_in(workbook, ["right", verdict])
    assert refuse(capsys, workbook) == f'judge.xlsx:3: "{verdict}" is no verdict; write right or wrong, or nothing'


def test_what_is_no_workbook_to_judge_is_one_sentence(workbook: Path, capsys: pytest.CaptureFixture[str]) -> None:
    none = "is no workbook to judge; give one that ceasefire-talks judge wrote"
    (workbook.parent / "it.xlsx").write_bytes(b"right")
    assert refuse(capsys, workbook.parent / "it.xlsx") == f"it.xlsx: {none}"
    (workbook.parent / "it.csv").write_bytes(b"right")
    assert refuse(capsys, workbook.parent / "it.csv") == f"it.csv: {none}"
    assert refuse(capsys, ROOT / "data" / "ceasefire-talks.xlsx") == f"ceasefire-talks.xlsx: {none}"
    gone = workbook.parent / "gone.xlsx"
    assert refuse(capsys, gone) == f"{gone}: No such file or directory"
    book = openpyxl.load_workbook(workbook)
    book["judge"].delete_cols([*COLUMNS].index("verdict") + 1)
    book.save(workbook)
    assert refuse(capsys, workbook) == f"judge.xlsx: {none}"


def test_a_workbook_is_written_from_records_without_fault(
    copy: Path, edit: Edit, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(copy)
    assert main(["judge", "--sample", "3", "--seed", "5"]) == 0
    name = "dist/judge-3-5.xlsx"
    said = f"{name}: 3 rows; fill in the verdicts and run: ceasefire-talks judge --score {name}\n"
    assert capsys.readouterr().out == said
    assert openpyxl.load_workbook(copy / name)["judge"].max_row == 4
    line = line_of("events.yaml", "^  certainty: certain$")
    edit("events.yaml", "^  certainty: certain$", "  certainty: certan")
    assert main(["judge"]) == 1
    out, err = capsys.readouterr()
    place = f"{place_of('events.yaml')}:{line}"
    assert (out, err) == (
        "",
        f'{place}: EV0001.certainty: "certan" is not a code of certainty; did you mean "certain"?\n',
    )
