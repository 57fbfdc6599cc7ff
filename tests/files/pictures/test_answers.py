"""Offers and answers are true to the tables: each on its lane, as what it is, no finer than its day is known."""

from collections import Counter
from datetime import date
from functools import cache
from itertools import pairwise

import numpy as np
import pytest
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.text import Text

from ceasefire_talks.build import Built
from ceasefire_talks.files.pictures import PICTURES
from ceasefire_talks.files.pictures.answers import OTHERS, extent, pack_acts, to_tracks
from ceasefire_talks.files.pictures.drawing import THEMES, house_style
from ceasefire_talks.files.pictures.marks import OFFER, SPAN
from ceasefire_talks.files.pictures.months import BEGIN, END
from ceasefire_talks.tables.tabulate import Tables
from helpers import drawn, read_table

SHAPES = {OFFER: "^", "counterproposes": "D", "rejects": "X"}
FILLS = {"accepts_with_conditions": "left", "positive": "left", "not_yet": "none", "unclear": "none"}


def draw(tables: Tables) -> Figure:
    with house_style():
        return PICTURES["answers"].draw(tables, THEMES["light"], "")


def words(figure: Figure) -> list[str]:
    return [item.get_text() for item in figure.findobj(Text) if isinstance(item, Text)]


def points(line: Line2D) -> list[tuple[float, float]]:
    return list(zip(np.asarray(line.get_xdata(), float), np.asarray(line.get_ydata(), float), strict=True))


@cache
def acts_of_rows() -> dict[str, str]:
    """Return what each offer and answer is, by its id."""
    styles = {
        row["talk_id"]: row["answer"] or (OFFER if row["kind"] == "proposal" else "") for row in read_table("talks")
    }
    return {name: style for name, style in styles.items() if style}


def test_every_offer_and_answer_is_drawn_where_and_as_what_it_is(built: Built) -> None:
    """Each stands in the middle of the days that it may be of."""
    expected = acts_of_rows()
    days = {row["talk_id"]: (row["date_first_day"], row["date_last_day"]) for row in read_table("talks")}
    found = drawn(draw(built.tables))
    assert {mark.get_gid() for mark in found} == set(expected)
    for mark in found:
        style = expected[mark.get_gid()]
        assert mark.get_marker() == SHAPES.get(style, "o"), mark.get_gid()
        assert mark.get_fillstyle() == FILLS.get(style, "full"), mark.get_gid()
        first, last = (date.fromisoformat(day) for day in days[mark.get_gid()] if day)
        assert points(mark)[0][0] == (first.toordinal() + last.toordinal() + 1) / 2


def test_an_act_stands_once_with_each_party_that_has_a_line(built: Built) -> None:
    for label, lanes in to_tracks(built.tables).items():
        [track] = [row["code"] for row in read_table("codes") if (row["list"], row["label"]) == ("track", label)]
        for talk in read_table("talks"):
            if talk["talk_id"] in acts_of_rows() and talk["track"] == track:
                parties = {party if party in lanes else OTHERS for party in talk["who_party"].split("; ")}
                stands = [name for name, acts in lanes.items() for act in acts if act.talk_id == talk["talk_id"]]
                assert sorted(stands) == sorted(parties), talk["talk_id"]


def test_no_act_touches_the_next_in_its_row(built: Built, vague: Tables) -> None:
    for tables in (built.tables, vague):
        lanes = [acts for lanes in to_tracks(tables).values() for acts in lanes.values()]
        assert lanes
        for acts in lanes:
            rows = pack_acts(acts)
            assert sorted(act for row in rows for act in row) == sorted(acts)
            assert all(extent(one)[1] <= extent(other)[0] for row in rows for one, other in pairwise(row))


def test_what_others_tell_is_underlined(built: Built) -> None:
    told = {row["talk_id"] for row in read_table("talks") if row["told_by"]} & set(acts_of_rows())
    figure = draw(built.tables)
    lines = [item for item in figure.findobj(Line2D) if isinstance(item, Line2D) and item.get_marker() == "_"]
    places = {points(item)[0][0] for item in lines}
    marks = [mark for mark in drawn(figure) if mark.get_gid() in told]
    assert 20 < len(told) < len(acts_of_rows())
    assert len(lines) == len(marks) + 1  # and the sample
    assert {points(mark)[0][0] for mark in marks} <= places


@pytest.mark.parametrize(
    ("talk_id", "first", "last"),
    [
        pytest.param("TK0076", date(2024, 8, 1), date(2024, 8, 20), id="between two days"),
        pytest.param("TK0070", date(2023, 12, 17), date(2023, 12, 24), id="a day more than a week"),
        pytest.param("TK0016", BEGIN, date(2023, 12, 1), id="by some day"),
        pytest.param("TK0277", date(2024, 7, 27), END, id="since some day"),
        pytest.param("TK0117", None, None, id="within a week, which the mark covers"),
    ],
)
def test_what_is_known_less_finely_than_a_mark_is_wide_has_a_line(
    vague: Tables, talk_id: str, first: date | None, last: date | None
) -> None:
    figure = draw(vague)
    [mark] = [item for item in drawn(figure) if item.get_gid() == talk_id]
    [(x, y)] = points(mark)
    spans = [points(item) for item in figure.findobj(Line2D) if isinstance(item, Line2D) and item.get_marker() == "|"]
    through = [span for span in spans if span[0][1] == y and span[0][0] < x < span[1][0]]
    expected = [[(first.toordinal(), y), (last.toordinal() + 1, y)]] if first and last else []
    assert through == expected
    assert all(span[0][0] + span[1][0] == 2 * x for span in through)


def test_the_legend_says_what_a_line_is_where_there_is_one(built: Built, vague: Tables) -> None:
    lines = [
        [item for item in draw(tables).findobj(Line2D) if isinstance(item, Line2D) and item.get_marker() == "|"]
        for tables in (built.tables, vague)
    ]
    assert [len(found) for found in lines] == [0, 5]  # four acts and the sample
    assert SPAN not in words(draw(built.tables))
    assert SPAN in words(draw(vague))


def test_what_has_no_day_is_told_in_words_and_an_empty_lane_is_not_drawn(built: Built, vague: Tables) -> None:
    figure = draw(vague)
    rows = [row for row in vague["talks"].to_dicts() if not row["date_first_day"] and not row["date_last_day"]]
    undated = {row["talk_id"]: row for row in rows if row["talk_id"] in acts_of_rows()}
    told = {item.get_gid() for item in drawn(figure) if isinstance(item, Text)}
    assert len(undated) > 3
    assert told == set(undated)
    assert {item.get_gid() for item in drawn(figure)} == set(acts_of_rows())
    text = " ".join(words(figure))
    for row in undated.values():
        assert f": {row['title']}." in text
        assert f"{row['who']}, " in text
    assert "Hezbollah" in words(draw(built.tables))
    assert "Hezbollah" not in words(figure)
    assert "Without a date" not in words(draw(built.tables))


def test_words_count_the_rows_of_the_tables(built: Built) -> None:
    acts, talks = acts_of_rows(), read_table("talks")
    sources = {
        row["source_id"] for row in read_table("backing") if row["table_name"] == "talks" and row["row_id"] in acts
    }
    offers = {row["talk_id"] for row in talks if row["kind"] == "proposal"}
    answers = {row["talk_id"] for row in talks if row["answer"]}
    told = {row["talk_id"] for row in talks if row["told_by"]}
    assert offers | answers == set(acts)
    expected = (
        f"{len(acts)} acts that {len(sources)} documents record: {len(offers)} offers and {len(answers)} answers, "
        f"{len(offers & answers)} of them both; {len(told & set(acts))} are told by others than the one who acts."
    )
    assert expected in PICTURES["answers"].speak(built.tables)
    assert expected in " ".join(words(draw(built.tables)))


def test_spoken_words_count_the_acts_of_each_party(built: Built) -> None:
    spoken = PICTURES["answers"].speak(built.tables)
    names = {"counterproposes": "with own terms", "accepts": "yes", "rejects": "no", OFFER: "offers"}
    names |= dict.fromkeys(("positive", "accepts_with_conditions"), "half yes")
    names |= dict.fromkeys(("not_yet", "unclear"), "open")
    for track, party in (("israel_hamas", "Hamas"), ("israel_hamas", "Israel"), ("israel_hezbollah", "Hezbollah")):
        ids = [r["talk_id"] for r in read_table("talks") if r["track"] == track and party in r["who_party"].split("; ")]
        counts = Counter(names[acts_of_rows()[name]] for name in ids if name in acts_of_rows())
        [told] = [
            part
            for part in spoken.replace(". ", "; ").split("; ")
            if part.startswith(f"{party}: ")
            and all(f"{count} {name}" in part.split(": ")[1].split(", ") for name, count in counts.items())
        ]
        assert len(told.split(", ")) == len(counts)
