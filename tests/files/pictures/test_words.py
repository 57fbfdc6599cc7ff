"""Who wants what and The numbers are true to the tables: each row once, in its own words, with nothing cut off."""

import re
from typing import NamedTuple

import pytest
from matplotlib.figure import Figure
from matplotlib.text import Text

from ceasefire_talks.build import Built
from ceasefire_talks.declaration.edtf import speak_edtf
from ceasefire_talks.files.pictures import PICTURES
from ceasefire_talks.files.pictures.demands import NOBODY, OTHERS
from ceasefire_talks.files.pictures.drawing import HEAD, THEMES, house_style
from ceasefire_talks.files.pictures.numbers import print_number, print_value
from ceasefire_talks.tables.codes import read_labels
from helpers import drawn, read_table

NAMES = ("demands", "numbers")


class Told(NamedTuple):
    """What a picture says of a row: the heads that it stands under, its first line, and all its words."""

    heads: tuple[str, str]
    first: str
    words: str


@pytest.fixture(scope="module")
def figures(built: Built) -> dict[str, Figure]:
    with house_style():
        return {name: PICTURES[name].draw(built.tables, THEMES["light"], "") for name in NAMES}


def text_of(figure: Figure) -> str:
    return " ".join(item.get_text() for item in figure.findobj(Text) if isinstance(item, Text))


def read_rows(figure: Figure) -> dict[str, Told]:
    """Return what a picture says of each row, from its id to the next one or the next head."""
    rows: dict[str, Told] = {}
    heads, row = ("", ""), ""
    for item in (item for item in figure.findobj(Text) if isinstance(item, Text) and item.get_text()):
        text = item.get_text()
        if item.get_gid():
            row = str(item.get_gid())
            rows[row] = Told(heads, text, text)
        elif item.get_fontweight() == "bold":
            heads, row = (text, "") if item.get_fontsize() == HEAD else (heads[0], text), ""
        elif row:
            rows[row] = rows[row]._replace(words=f"{rows[row].words} {text}")
    return rows


@pytest.fixture(scope="module")
def demands(figures: dict[str, Figure]) -> dict[str, Told]:
    return read_rows(figures["demands"])


@pytest.fixture(scope="module")
def numbers(figures: dict[str, Figure]) -> dict[str, Told]:
    return read_rows(figures["numbers"])


def current_demands() -> list[dict[str, str]]:
    return [row for row in read_table("demands") if row["track"] != "earlier"]


def current_numbers() -> list[dict[str, str]]:
    """Return the figures of events that are not of earlier conflicts, with the dates of these events."""
    events = {row["event_id"]: row for row in read_table("events")}
    rows = [row | {"date": events[row["event_id"]]["date"]} for row in read_table("quantities") if row["value"]]
    return [row for row in rows if events[row["event_id"]]["track"] != "earlier"]


@pytest.mark.parametrize("name", NAMES)
def test_pictures_of_words_have_rules_and_no_marks(figures: dict[str, Figure], name: str) -> None:
    figure = figures[name]
    assert all(isinstance(item, Text) for item in drawn(figure))
    assert {line.get_color() for axes in figure.axes for line in axes.lines} == {THEMES["light"].rule}
    assert not [item for axes in figure.axes for item in (*axes.collections, *axes.patches, *axes.images)]


def test_every_demand_of_the_year_stands_once(figures: dict[str, Figure], demands: dict[str, Told]) -> None:
    ids = [item.get_gid() for item in drawn(figures["demands"])]
    assert sorted(ids) == sorted(row["demand_id"] for row in current_demands())
    assert set(demands) == set(ids)


def test_a_demand_stands_under_its_party_its_addressee_and_who_says_so(demands: dict[str, Told]) -> None:
    large = {told.heads[0] for told in demands.values()} - {OTHERS}
    assert {"Hamas", "Israel", "Hezbollah"} <= large
    for row in current_demands():
        party, whom = demands[row["demand_id"]].heads
        assert party == (row["demander_party"] if row["demander_party"] in large else OTHERS)
        assert whom.startswith(f"of {row['addressee_party']}" if row["addressee_party"] else NOBODY)
        assert (f"({row['addressee']})" in whom) == (row["addressee"] != row["addressee_party"])
        assert ("says " in whom) == (row["attribution"] == "named")
        assert row["attributed_to"] in whom
        assert ("say unnamed reports" in whom) == (row["attribution"] == "unnamed_reports")
        assert (f"as {row['certainty']}" in whom) == (row["certainty"] != "certain")


def test_a_demand_is_printed_in_its_own_words(demands: dict[str, Told]) -> None:
    for row in current_demands():
        told = demands[row["demand_id"]]
        who = "" if row["demander"] == told.heads[0] else f" ({row['demander']})"
        assert told.words.startswith(f"{row['stance'].replace('_', ' ')}{who}: {row['object']}")
        assert ("independent sources differ" in told.words) == (row["verdict"] == "differs")
        assert ("disputed among independent sources" in told.words) == (row["verdict"] == "disputed")


def print_other(row: dict[str, str]) -> str:
    """Return how a demand is printed where it is against another: with its party, and who says so."""
    says = {"named": f"says {row['attributed_to']}", "unnamed_reports": "say unnamed reports, as probable"}
    who = row["demander"] if row["demander"] != row["demander_party"] else ""
    notes = ", ".join(note for note in (who, says.get(row["attribution"], "")) if note)
    return (
        f"{row['demander_party']}, {row['stance'].replace('_', ' ')}{f' ({notes})' if notes else ''}: {row['object']}"
    )


def test_a_clash_is_told_by_the_other_party_and_its_words(demands: dict[str, Told]) -> None:
    """With the word that says how: excluded by what no agreement could hold too, set against what the article names."""
    rows = {row["demand_id"]: row for row in read_table("demands")}
    pairs = {
        frozenset((row["demand_id"], row["other_demand_id"])): row["grounds"]
        for row in read_table("demand_incompatibilities")
    }
    clashing = 0
    for row in current_demands():
        expected: dict[str, set[str]] = {"strict": set(), "stated": set()}
        for other in filter(None, row["excluded_by"].split("; ")):
            expected[pairs[frozenset((row["demand_id"], other))]].add(print_other(rows[other]))
            clashing += 1
        for grounds, name in (("strict", "excluded by"), ("stated", "set against")):
            found = re.search(rf"{name}: (.*?)(?= set against: |$)", demands[row["demand_id"]].words)
            assert set(found[1].split("; ") if found else ()) == expected[grounds], row["demand_id"]
    assert clashing == 2 * len(pairs)


def test_who_keeps_its_power_does_not_seem_to_end_anothers(demands: dict[str, Told]) -> None:
    assert demands["DE0014"].heads[0] == "Hamas"
    assert demands["DE0014"].first == "rejects: elimination of its power"


def test_words_of_demands_count_the_rows_of_the_tables(built: Built, figures: dict[str, Figure]) -> None:
    demands, pairs = read_table("demands"), read_table("demand_incompatibilities")
    drawn_rows, strict = current_demands(), [row for row in pairs if row["grounds"] == "strict"]
    told = (
        f"{len(drawn_rows)} of {len(demands)} demands; left out: {len(demands) - len(drawn_rows)} of conflicts before "
        f"October 2023. Of {len(pairs)} pairs that clash, {len(strict)} exclude each other and "
        f"{len(pairs) - len(strict)} are set against each other."
    )
    spoken = PICTURES["demands"].speak(built.tables)
    assert told in spoken
    assert told in text_of(figures["demands"])
    for party in ("Hamas", "Israel", "United States", "Hezbollah"):
        rows = [row for row in drawn_rows if row["demander_party"] == party]
        assert f"{party} {len(rows)} ({sum(bool(row['excluded_by']) for row in rows)})" in spoken


def test_every_number_of_the_year_stands_once(figures: dict[str, Figure], numbers: dict[str, Told]) -> None:
    ids = [item.get_gid() for item in drawn(figures["numbers"])]
    assert sorted(ids) == sorted(row["quantity_id"] for row in current_numbers())
    assert set(numbers) == set(ids)
    assert any(not row["date"] for row in current_numbers())
    people = [row["quantity_id"] for row in current_numbers() if row["unit"] == "people"]
    assert set(ids[: len(people)]) == set(people)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("QN0010", "more than 40,000 people"),
        ("QN0011", "nearly 2,000 people"),
        ("QN0012", "about 180 missiles"),
        ("QN0024", "almost 18 billion US dollars"),
        ("QN0004", "1 week"),
        ("QN0005", "110 people"),
    ],
)
def test_a_number_is_printed_with_its_qualifier_and_unit(numbers: dict[str, Told], name: str, text: str) -> None:
    assert numbers[name].first == text


def test_only_a_bare_number_looks_exact(numbers: dict[str, Told], built: Built) -> None:
    for row in current_numbers():
        bare = numbers[row["quantity_id"]].first[:1].isdigit()
        assert bare == (row["qualifier"] == "exact"), row["quantity_id"]
    labels = read_labels(built.tables["codes"])
    for qualifier in ("more_than", "about", "almost", "nearly"):
        assert (
            print_number({"value": 7.0, "qualifier": qualifier, "unit": "days"}, labels)
            == f"{qualifier.replace('_', ' ')} 7 days"
        )


@pytest.mark.parametrize(
    ("value", "text"),
    [(1.0, "1"), (2.5, "2.5"), (999_999.0, "999,999"), (1_500_000.0, "1.5 million"), (18e9, "18 billion")],
)
def test_a_value_is_printed_whole(value: float, text: str) -> None:
    assert print_value(value) == text


def test_a_number_says_of_what_when_by_whom_and_what_others_say(numbers: dict[str, Told]) -> None:
    labels = {(row["list"], row["code"]): row["label"].lower() for row in read_table("codes")}
    for row in current_numbers():
        words = numbers[row["quantity_id"]].words
        whom = f" ({row['of_whom']})" if row["of_whom"] else ""
        assert f"{row['event']}: {labels['counted', row['counted']]}{whom}. " in words
        assert f"When: {speak_edtf(row['date']) if row['date'] else 'undated'}. " in words
        assert ("Who counted: the article does not say." in words) == (row["attribution"] == "source")
        assert (f"Who says so: {row['attributed_to']}." in words) == (row["attribution"] == "named")
        assert f"Verdict of independent sources: {labels['verdict', row['verdict']]}." in words
        assert ("Certainty: " in words) == (row["certainty"] != "certain")
        assert row["caveat"] in words
        assert row["event_caveat"] in words
        assert row["finding"] in words
        assert row["finding"]


def test_words_of_numbers_count_the_rows_of_the_tables(built: Built, figures: dict[str, Figure]) -> None:
    rows, every = current_numbers(), len(read_table("quantities"))
    told = f"{len(rows)} of {every} numbers; left out are those "
    spoken = PICTURES["numbers"].speak(built.tables)
    assert told in spoken
    assert told in text_of(figures["numbers"])
    labels = read_labels(built.tables["codes"])
    for row in rows:
        assert f"{print_number(row | {'value': float(row['value'])}, labels)}, " in spoken
