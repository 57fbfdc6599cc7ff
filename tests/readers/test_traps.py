"""The traps that `data/README.md` warns of: each is one, and the cure there helps."""

import csv
import os
import re
import shutil
import subprocess
from datetime import date

import duckdb
import pyarrow as pa
import pyarrow.csv
import pytest

import ceasefire_talks as ct
from helpers import DECLARED, ROOT, field_of, read_table
from maintain.readme import PAGES, read_snippets

EVENTS = ROOT / "data" / "csv" / "events.csv"
NUMBERS = ROOT / "data" / "csv" / "more" / "quantities.csv"
TRAPS = PAGES[1].read_text("utf-8").split("## Traps")[1]


def test_every_recipe_for_a_span_of_time_counts_what_may_lie_in_it() -> None:
    dated = [row for row in ct.load("events") if row["date"]]
    first, last = date(2024, 1, 1), date(2024, 12, 31)
    inside = [
        row for row in dated if (row["date_first_day"] or last) <= last and (row["date_last_day"] or first) >= first
    ]
    plain = [row for row in inside if row["date_first_day"] and row["date_last_day"]]
    assert len(plain) < len(inside)
    counting = [found for found in read_snippets() if "2024-12-31" in found.code or "2024, 12, 31" in found.code]
    recipes = {found.language for found in counting}
    assert recipes == {"sqlite", "python", "r", "js"}
    counts = [found.printed.strip() for found in counting if re.fullmatch(r"[0-9]+\s*", found.printed)]
    assert counts == [str(len(inside))] * 5


def test_bounds_say_that_open_ends_have_none_and_that_doubt_does_not_widen_them() -> None:
    bounds = [
        field
        for table in DECLARED.values()
        for field in table["fields"]
        if field["name"].endswith(("_first_day", "_last_day"))
    ]
    said = {re.sub("First|Last|date|period|time", "*", field["description"]) for field in bounds}
    assert said == {"* day that the * covers, ~ and ? aside; a bound, not the day itself; empty where unknown or open."}
    assert "do not widen" in TRAPS


def test_a_code_has_one_label_in_its_list_and_others_elsewhere() -> None:
    answered = sum(bool(row["answer"]) for row in ct.load("talks"))
    join = f"FROM '{ROOT}/data/parquet/talks.parquet' JOIN '{ROOT}/data/parquet/audit/codes.parquet' ON code = answer"
    with duckdb.connect(config={"threads": 1}) as connection:
        by_code = connection.execute(f"SELECT count(*) {join}").fetchall()[0][0]
        by_list = connection.execute(f"SELECT count(*) {join} AND list = 'answer'").fetchall()[0][0]
    assert by_code > by_list == answered
    assert "Join on list and code" in field_of("codes", "code")["description"]
    assert any("codes.list = 'answer'" in found.code for found in read_snippets())


def test_pandas_fills_the_empty_cells_of_codes_once_they_are_objects() -> None:
    frame = ct.load("events", "pandas")
    with pytest.raises(TypeError, match="new category"):
        frame.fillna("")
    assert not frame.astype(object).fillna("").isna().any(axis=None)
    assert "`astype(object)`" in TRAPS


def test_true_or_false_is_text_to_a_plain_reader() -> None:
    with (ROOT / "data" / "csv" / "quotes.csv").open(encoding="utf-8", newline="") as file:
        assert bool(next(csv.DictReader(file))["quotable"])
    assert not ct.load("quotes")[0]["quotable"]
    assert 'bool("false")' in TRAPS


def test_pyarrow_makes_empty_text_of_empty_cells_unless_told() -> None:
    options = pa.csv.ConvertOptions(strings_can_be_null=True)
    assert pa.csv.read_csv(EVENTS)["date"].null_count == 0
    assert pa.csv.read_csv(EVENTS, convert_options=options)["date"].null_count == undated()
    assert "ConvertOptions(strings_can_be_null=True)" in TRAPS


def undated() -> int:
    return sum(not row["date"] for row in read_table("events"))


@pytest.mark.services
def test_javascript_prints_a_day_early_in_the_time_zone_of_the_reader() -> None:
    if not shutil.which("node"):
        pytest.skip("node is not installed, so its trap was not tried")
    printed = "day.toLocaleDateString('en-US'), day.toISOString().slice(0, 10)"
    code = f"const day = new Date('2023-10-07'); console.log({printed})"
    zone = {**os.environ, "TZ": "America/New_York"}
    done = subprocess.run(["node", "--eval", code], env=zone, capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["10/6/2023", "2023-10-07"]
    assert "toISOString().slice(0, 10)" in TRAPS
    assert "toLocaleDateString()" in TRAPS


@pytest.mark.services
@pytest.mark.parametrize("read", ["data.table::fread", "read.csv"])
def test_r_makes_empty_text_of_empty_cells_unless_told(read: str) -> None:
    assert count_missing(f'{read}("{EVENTS}")') == 0
    assert count_missing(f'{read}("{EVENTS}", na.strings = "")') == undated()
    assert 'na.strings = ""' in TRAPS


@pytest.mark.services
def test_fread_keeps_big_numbers_only_where_told() -> None:
    assert run_r(f'cat(class(data.table::fread("{NUMBERS}")$value))') == "integer64"
    assert run_r(f'cat(max(data.table::fread("{NUMBERS}", integer64 = "numeric")$value, na.rm = TRUE))') == "1.8e+10"
    assert 'integer64 = "numeric"' in TRAPS


def count_missing(frame: str) -> int:
    """Return how many cells of a column R reads as missing."""
    return int(run_r(f"cat(sum(is.na({frame}$date)))"))


def run_r(code: str) -> str:
    """Return what R prints; skip where R or data.table is not installed."""
    try:
        done = subprocess.run(
            ["Rscript", "-e", f"library(data.table); {code}"], capture_output=True, text=True, check=False
        )
    except FileNotFoundError:
        pytest.skip("R is not installed, so its traps were not tried")
    if "there is no package" in done.stderr:
        pytest.skip("data.table is not installed, so fread was not tried")
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()
