"""The pictures are true to the tables: what is drawn, how far a bar reaches, and what is firm."""

from datetime import date
from itertools import pairwise

import numpy as np
import pytest
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from ceasefire_talks.build import Built
from ceasefire_talks.declaration.edtf import speak_edtf
from ceasefire_talks.files.pictures import PICTURES
from ceasefire_talks.files.pictures.answers import OFFER, STEP, pack_acts, to_tracks
from ceasefire_talks.files.pictures.bars import BEGIN, END, LAST, POINT, Bar, to_bar
from ceasefire_talks.files.pictures.drawing import THEMES, house_style
from ceasefire_talks.files.pictures.timeline import to_bands
from helpers import drawn, read_table


def draw(name: str, built: Built) -> Figure:
    with house_style():
        return PICTURES[name].draw(built.tables, THEMES["light"], "")


def speak(name: str, built: Built) -> str:
    return PICTURES[name].speak(built.tables)


def place_of(mark: Line2D) -> tuple[float, float]:
    return float(np.asarray(mark.get_xdata())[0]), float(np.asarray(mark.get_ydata())[0])


def test_every_dated_event_in_the_year_is_drawn_once(built: Built) -> None:
    expected = {
        row["event_id"]
        for row in read_table("events")
        if row["date"] and row["track"] != "earlier"
        if (row["date_first_day"] or "0") <= END.isoformat() and (row["date_last_day"] or "9") >= BEGIN.isoformat()
    }
    found = [item.get_gid() for item in drawn(draw("timeline", built))]
    assert len(expected) >= 15
    assert sorted(found) == sorted(expected)


def test_every_demand_of_the_year_is_drawn_once_and_ringed_where_another_excludes_it(built: Built) -> None:
    demands = [row for row in read_table("demands") if row["track"] != "earlier"]
    figure = draw("demands", built)
    found = {item.get_gid(): item for item in drawn(figure)}
    assert sorted(found) == sorted(row["demand_id"] for row in demands)
    assert len(found) == len(drawn(figure))
    rings = [
        place_of(line) for line in figure.findobj(Line2D) if isinstance(line, Line2D) and line.get_fillstyle() == "none"
    ]
    ringed = {name for name, mark in found.items() if place_of(mark) in rings}
    assert ringed == {row["demand_id"] for row in demands if row["excluded_by"]}
    assert 10 < len(ringed) < len(demands)


def acts_of_rows() -> dict[str, str]:
    """Return what each offer and answer is, by its id."""
    styles = {
        row["talk_id"]: row["answer"] or (OFFER if row["kind"] == "proposal" else "") for row in read_table("talks")
    }
    return {name: style for name, style in styles.items() if style}


def test_every_offer_and_answer_is_drawn_where_and_as_what_it_is(built: Built) -> None:
    """Each stands on the lane of every party that made it, in the middle of the days that it may be of."""
    expected = acts_of_rows()
    days = {row["talk_id"]: (row["date_first_day"], row["date_last_day"]) for row in read_table("talks")}
    found = drawn(draw("answers", built))
    assert {mark.get_gid() for mark in found} == set(expected)
    shapes = {OFFER: "^", "counterproposes": "D", "rejects": "X"}
    for mark in found:
        assert mark.get_marker() == shapes.get(expected[mark.get_gid()], "o"), mark.get_gid()
        first, last = (date.fromisoformat(day) for day in days[mark.get_gid()] if day)
        assert place_of(mark)[0] == (first.toordinal() + last.toordinal() + 1) / 2


def test_a_yes_is_full_a_maybe_half_and_no_answer_hollow(built: Built) -> None:
    fills = {
        "accepts": "full",
        "accepts_with_conditions": "left",
        "positive": "left",
        "not_yet": "none",
        "unclear": "none",
    }
    expected = acts_of_rows()
    for mark in drawn(draw("answers", built)):
        assert mark.get_fillstyle() == fills.get(expected[mark.get_gid()], "full"), mark.get_gid()


def test_no_act_touches_the_next_in_its_row(built: Built) -> None:
    lanes = [acts for lanes in to_tracks(built.tables).values() for acts in lanes.values()]
    assert lanes
    for acts in lanes:
        rows = pack_acts(acts)
        assert sorted(act for row in rows for act in row) == sorted(acts)
        assert all(other.day - one.day >= STEP * POINT for row in rows for one, other in pairwise(row))


def test_words_of_answers_count_what_is_drawn(built: Built) -> None:
    acts = list(acts_of_rows().values())
    talks = read_table("talks")
    sources = {row["source_id"] for row in read_table("backing") if row["table_name"] == "talks"}
    offers = sum(row["kind"] == "proposal" for row in talks)
    answers = sum(bool(row["answer"]) for row in talks)
    spoken = speak("answers", built)
    assert f"{offers} offers and {answers} answers that {len(sources)} documents record" in spoken
    counted = dict.fromkeys(acts, 0)
    for lanes in to_tracks(built.tables).values():
        for lane in lanes.values():
            for act in lane:
                counted[act.style] += 1
    assert all(counted[style] >= acts.count(style) for style in counted)


def bar_of(text: str, first: date | None, last: date | None, **other: str) -> Bar:
    row = {"date": text, "date_first_day": first, "date_last_day": last, "event_id": "EV9999"}
    return to_bar(
        row | {"type": "attack", "certainty": "certain", "polarity": "positive"} | other,
        {"EV9999": ("A few words", True)},
    )


@pytest.mark.parametrize(
    ("text", "first", "last", "starts", "ends"),
    [
        ("2024-07-03", date(2024, 7, 3), date(2024, 7, 3), "day", "day"),
        ("2024-07-XX", date(2024, 7, 1), date(2024, 7, 31), "month", "month"),
        ("2024-XX-XX", date(2024, 1, 1), date(2024, 12, 31), "month", "after"),
        ("2023-10-07/..", date(2023, 10, 7), None, "day", "after"),
        ("2023-11-XX/", date(2023, 11, 1), None, "month", "unknown"),
        ("/2024-09-XX", None, date(2024, 9, 30), "unknown", "month"),
        ("2017-XX-XX/..", date(2017, 1, 1), None, "before", "after"),
    ],
)
def test_a_bar_ends_just_as_its_date_is_known(
    text: str, first: date | None, last: date | None, starts: str, ends: str
) -> None:
    bar = bar_of(text, first, last)
    assert (bar.starts, bar.ends) == (starts, ends)
    assert bar.left == max(first or BEGIN, BEGIN).toordinal()
    assert bar.right == min(last.toordinal() + 1 if last else LAST, LAST)
    assert (bar.label, bar.stressed) == ("A few words", True)


@pytest.mark.parametrize(
    ("certainty", "polarity"),
    [
        *((certainty, "positive") for certainty in ("probable", "possible", "unknown")),
        ("certain", "negative"),
        ("certain", "unknown"),
    ],
)
def test_only_what_is_reported_as_a_fact_is_solid(certainty: str, polarity: str) -> None:
    assert bar_of("2024-XX-XX", None, None).firm
    assert not bar_of("2024-XX-XX", None, None, certainty=certainty, polarity=polarity).firm


def test_month_is_a_bar_over_its_month_and_no_day(built: Built) -> None:
    bars = {bar.event_id: bar for band in to_bands(built.tables) for lane in band.lanes for bar in lane}
    months = [row for row in read_table("events") if row["date"][7:] == "-XX" and row["event_id"] in bars]
    assert len(months) >= 3
    for row in months:
        bar = bars[row["event_id"]]
        assert date.fromordinal(int(bar.left)).isoformat() == f"{row['date'][:7]}-01"
        assert 28 <= bar.right - bar.left <= 31
        assert date.fromordinal(int(bar.right)).day == 1


def test_words_on_the_timeline_belong_to_events_that_are_drawn(built: Built) -> None:
    bars = {bar.event_id for band in to_bands(built.tables) for lane in band.lanes for bar in lane}
    assert set(built.tables["pictures"]["event_id"]) <= bars


def test_alternative_text_counts_what_is_drawn(built: Built) -> None:
    timeline, matrix = speak("timeline", built), speak("demands", built)
    events, demands = read_table("events"), read_table("demands")
    pairs = [(row["demand_id"], row["other_demand_id"]) for row in read_table("demand_incompatibilities")]
    party = {row["demand_id"]: row["demander_party"] for row in demands}
    ours = sum({party[one], party[other]} == {"Israel", "Hamas"} for one, other in pairs)
    bars = [bar for band in to_bands(built.tables) for lane in band.lanes for bar in lane]
    assert f"{len(bars)} of {len(events)} events" in timeline
    assert f"{len(pairs)} pairs of demands exclude each other, {ours} of them between Israel and Hamas." in matrix
    assert f"{sum(row['track'] != 'earlier' for row in demands)} of {len(demands)} demands" in matrix
    stressed = set(built.tables["pictures"].filter(stressed=True)["event_id"])
    for row in events:
        if row["event_id"] in stressed:
            assert f"{speak_edtf(row['date'])}: {row['title']}" in timeline
