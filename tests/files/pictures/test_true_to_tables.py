"""The pictures are true to the tables: what is drawn, how far a bar reaches, and what is firm."""

from datetime import date

import numpy as np
import pytest
from matplotlib.colors import to_rgb
from matplotlib.lines import Line2D

from ceasefire_talks.build import Built
from ceasefire_talks.files.pictures import PICTURES, alt_texts
from ceasefire_talks.files.pictures.bars import BEGIN, END, KEY, LAST, SHORT, Bar, to_bar
from ceasefire_talks.files.pictures.drawing import THEMES, house_style
from ceasefire_talks.files.pictures.timeline import to_bands
from helpers import drawn, read_table


def place_of(mark: Line2D) -> tuple[float, float]:
    return float(np.asarray(mark.get_xdata())[0]), float(np.asarray(mark.get_ydata())[0])


def test_every_dated_event_in_the_year_is_drawn_once(built: Built) -> None:
    expected = {
        row["event_id"]
        for row in read_table("events")
        if row["date"] and row["track"] != "earlier"
        if (row["date_first_day"] or "0") <= END.isoformat() and (row["date_last_day"] or "9") >= BEGIN.isoformat()
    }
    with house_style():
        found = [item.get_gid() for item in drawn(PICTURES["timeline"][1](built.tables, THEMES["light"]))]
    assert len(expected) > 20
    assert sorted(found) == sorted(expected)


def test_every_demand_of_the_year_is_drawn_once_and_ringed_where_another_excludes_it(built: Built) -> None:
    demands = [row for row in read_table("demands_wide") if row["track"] != "earlier"]
    with house_style():
        figure = PICTURES["demands"][1](built.tables, THEMES["light"])
    found = {item.get_gid(): item for item in drawn(figure)}
    assert sorted(found) == sorted(row["demand_id"] for row in demands)
    assert len(found) == len(drawn(figure))
    rings = [
        place_of(line) for line in figure.findobj(Line2D) if isinstance(line, Line2D) and line.get_fillstyle() == "none"
    ]
    ringed = {name for name, mark in found.items() if place_of(mark) in rings}
    wanted = {row["demand_id"] for row in demands if row["basis"] != "hypothesised"}
    assert ringed == {
        row["demand_id"]
        for row in demands
        if row["demand_id"] in wanted and wanted & set(row["excluded_by"].split("; "))
    }
    hollow = {name for name, mark in found.items() if to_rgb(mark.get_color()) == (1, 1, 1)}
    assert hollow == {row["demand_id"] for row in demands if row["basis"] == "hypothesised"}


def bar_of(text: str, first: date | None, last: date | None, **other: str) -> Bar:
    row = {"date": text, "date_first_day": first, "date_last_day": last, "event_id": "EV9999"}
    return to_bar(row | {"type": "attack", "realis": "actual"} | other)


@pytest.mark.parametrize(
    ("text", "first", "last", "starts", "ends"),
    [
        ("2024-07-03", date(2024, 7, 3), date(2024, 7, 3), "day", "day"),
        ("2024-07", date(2024, 7, 1), date(2024, 7, 31), "month", "month"),
        ("2024", date(2024, 1, 1), date(2024, 12, 31), "month", "after"),
        ("2023-10-07/..", date(2023, 10, 7), None, "day", "after"),
        ("2023-11/", date(2023, 11, 1), None, "month", "unknown"),
        ("/2024-09", None, date(2024, 9, 30), "unknown", "month"),
        ("2017/..", date(2017, 1, 1), None, "before", "after"),
    ],
)
def test_a_bar_ends_just_as_its_date_is_known(
    text: str, first: date | None, last: date | None, starts: str, ends: str
) -> None:
    bar = bar_of(text, first, last)
    assert (bar.starts, bar.ends) == (starts, ends)
    assert bar.left == max(first or BEGIN, BEGIN).toordinal()
    assert bar.right == min(last.toordinal() + 1 if last else LAST, LAST)


@pytest.mark.parametrize("realis", ["hedged", "hypothetical", "forecast", "negated"])
def test_only_what_is_reported_as_a_fact_is_solid(realis: str) -> None:
    assert bar_of("2024", None, None).firm
    assert not bar_of("2024", None, None, realis=realis).firm


def test_month_is_a_bar_over_its_month_and_no_day(built: Built) -> None:
    bars = {bar.event_id: bar for band in to_bands(built.tables) for lane in band.lanes for bar in lane}
    for row in read_table("events"):
        if len(row["date"]) == len("2024-07") and row["event_id"] in bars:
            bar = bars[row["event_id"]]
            assert date.fromordinal(int(bar.left)).isoformat() == f"{row['date']}-01"
            assert 28 <= bar.right - bar.left <= 31
            assert date.fromordinal(int(bar.right)).day == 1


def test_words_on_the_timeline_belong_to_events_that_exist(built: Built) -> None:
    bars = {bar.event_id for band in to_bands(built.tables) for lane in band.lanes for bar in lane}
    assert set(KEY) <= set(SHORT) <= bars


def test_alternative_text_counts_what_is_drawn(built: Built) -> None:
    spoken = alt_texts(built.tables)
    events, demands = read_table("events"), read_table("demands")
    wanted = {row["demand_id"] for row in read_table("demands") if row["basis"] != "hypothesised"}
    pairs = [row for row in read_table("demand_conflicts") if row["degree"] == "strict"]
    strict = [row for row in pairs if {row["demand_id"], row["other_demand_id"]} <= wanted]
    bars = [bar for band in to_bands(built.tables) for lane in band.lanes for bar in lane]
    assert f"{len(bars)} of {len(events)} events" in spoken["timeline"]
    assert f"{len(strict)} pairs of demands" in spoken["demands"]
    assert f"{sum(row['track'] != 'earlier' for row in demands)} of {len(demands)} demands" in spoken["demands"]
    for row in events:
        assert (row["event_id"] not in KEY) or f"{row['date']} {row['title']}" in spoken["timeline"]
