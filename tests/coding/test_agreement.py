"""Agreement of the two codings: how units are matched, how alpha is measured, and that the figures are these."""

import re
import shutil
from pathlib import Path
from typing import Any

import pytest
import yaml

from ceasefire_talks.coding.agreement import compare_codings, measure_alpha, to_yaml
from ceasefire_talks.coding.matching import compared_fields, match_keys, match_spans
from ceasefire_talks.records.read import CODINGS
from ceasefire_talks.tables.codes import CodeList
from helpers import DECLARED, MEASURED, RECORDS, ROOT

EVENT = dict.fromkeys(field["name"] for field in DECLARED["events"]["fields"])
NO_ORDER = CodeList([], ordered=False)


def events(*ids: str, **fields: str) -> list[dict[str, Any]]:
    return [EVENT | {"event_id": name} | fields for name in ids]


@pytest.mark.parametrize(
    ("one", "other", "matched"),
    [
        pytest.param({"A": range(10)}, {"B": range(10)}, True, id="same span"),
        pytest.param({"A": range(10)}, {"B": range(5, 100)}, True, id="half of the shorter"),
        pytest.param({"A": range(10)}, {"B": range(6, 100)}, False, id="less than half of the shorter"),
        pytest.param({"A": range(10)}, {"B": range(20, 30)}, False, id="apart"),
        pytest.param({"A": range(10)}, {}, False, id="no span"),
    ],
)
def test_units_are_the_same_where_half_of_the_shorter_is_shared(
    one: dict[str, range], other: dict[str, range], matched: bool
) -> None:
    left, right = ({key: set(span) for key, span in spans.items()} for spans in (one, other))
    assert match_spans(events("A"), events("B"), left, right, DECLARED["events"]) == ([(0, 0)] if matched else [])


def test_the_pair_that_shares_most_is_matched_first() -> None:
    one, other = {"A": {1, 2, 3, 4}}, {"B": {3, 4, 5, 6}, "C": {1, 2, 3}}
    assert match_spans(events("A"), events("B", "C"), one, other, DECLARED["events"]) == [(0, 1)]


def test_among_equal_pairs_the_one_with_more_equal_fields_is_matched() -> None:
    spans = {name: {1, 2} for name in "ABC"}
    rivals = events("B", type="attack") + events("C", type="poll")
    assert match_spans(events("A", type="poll"), rivals, spans, spans, DECLARED["events"]) == [(0, 1)]


def test_link_rows_are_the_same_where_they_join_the_same_in_any_order() -> None:
    mine, theirs = [{"a": "1", "b": "2"}, {"a": "5", "b": "6"}], [{"a": "2", "b": "1"}]
    assert match_keys(mine, theirs, ["a", "b"]) == [(0, 0)]


ONE, OTHER, MIXED = ("x", "x"), ("y", "y"), ("x", "y")


@pytest.mark.parametrize(
    ("values", "codes", "alpha"),
    [
        pytest.param([ONE, OTHER] * 5, NO_ORDER, 1.0, id="all equal"),
        pytest.param([MIXED, ("y", "x")] * 5, NO_ORDER, -0.9, id="all swapped"),
        pytest.param([ONE, MIXED, OTHER, OTHER] * 4, NO_ORDER, 0.483, id="one of four differs"),
        pytest.param(
            [("a", "a"), ("c", "c"), ("b", "c")] * 4, CodeList(["a", "b", "c"], ordered=True), 0.744, id="order counts"
        ),
        pytest.param([ONE, OTHER] * 4 + [ONE], NO_ORDER, None, id="nine units"),
        pytest.param([ONE] * 9 + [OTHER], NO_ORDER, None, id="nine in ten have one value"),
        pytest.param([ONE] * 8 + [OTHER] * 2, NO_ORDER, 1.0, id="eight in ten have one value"),
        pytest.param([ONE] * 10, NO_ORDER, None, id="one value only"),
    ],
)
def test_alpha(values: list[tuple[str, str]], codes: CodeList, alpha: float | None) -> None:
    measured, low, high = measure_alpha(values, codes)
    assert measured == alpha
    assert (low is None) == (high is None) == (alpha is None)


@pytest.mark.parametrize(
    ("first", "second", "alpha"),
    [
        pytest.param("0100000010", "1110010000", 0.095, id="two values"),
        pytest.param("aabbdcccedda", "babbbccceddd", 0.692, id="five values"),
    ],
)
def test_alpha_of_the_worked_examples(first: str, second: str, alpha: float) -> None:
    """The examples of two observers and nominal data in Krippendorff's paper of 2011."""
    assert measure_alpha(list(zip(first, second, strict=True)), NO_ORDER)[0] == alpha


def test_an_interval_lies_around_alpha() -> None:
    alpha, low, high = measure_alpha([ONE, OTHER, MIXED] * 10, NO_ORDER)
    assert alpha is not None
    assert low is not None
    assert high is not None
    assert low < alpha < high


def test_what_is_compared_are_codes_dates_truth_values_and_actors() -> None:
    assert compared_fields(DECLARED["quotes"]) == [
        *("said", "speaker_id", "audience_id", "type", "topic", "fidelity", "quotable")
    ]


FIRST = """
- {event_id: EV0001, title: A, type: attack, track: israel_hamas, certainty: certain, polarity: positive,
   attribution: source, summary: A., evidence: [{passage_id: PA0001, start_offset: 0, end_offset: 20}],
   event_actors: [{actor_id: hamas, role: initiator}, {actor_id: israel, role: target}]}
- {event_id: EV0002, title: B, type: poll, track: israel_hamas, certainty: possible, polarity: positive,
   attribution: source, summary: B., evidence: [{passage_id: PA0001, start_offset: 30, end_offset: 40}]}
- {event_id: EV0003, title: C, type: vote, track: un, certainty: certain, polarity: positive,
   attribution: source, summary: C., evidence: [{passage_id: PA0002, start_offset: 50, end_offset: 60}]}
"""
SECOND = """
- {event_id: EV0007, title: b, type: poll, track: israel_hamas, certainty: probable, polarity: positive,
   attribution: source, summary: b., evidence: [{passage_id: PA0001, start_offset: 32, end_offset: 44}]}
- {event_id: EV0001, title: a, type: attack, track: israel_hamas, certainty: certain, polarity: positive,
   attribution: named, attributed_to_id: vox, summary: a.,
   evidence: [{passage_id: PA0001, start_offset: 5, end_offset: 20}],
   event_actors: [{actor_id: hamas, role: initiator}, {actor_id: vox, role: observer}]}
- {event_id: EV0009, title: d, type: vote, track: un, certainty: certain, polarity: positive,
   attribution: source, summary: d., evidence: [{passage_id: PA0003, start_offset: 70, end_offset: 80}]}
"""
CODES = """
certainty:
  - {code: unknown, label: U, definition: U., rank: 1}
  - {code: possible, label: P, definition: P., rank: 2}
  - {code: probable, label: Q, definition: Q., rank: 3}
  - {code: certain, label: C, definition: C., rank: 4}
"""


TALKS = """
talks:
  - {row_id: TK0001, field: kind, first: vote, second: vote, final: vote}
  - {row_id: TK0002, field: kind, first: vote, second: answer, final: vote, reason: A.}
"""
ARTICLE = CODINGS["article"]


@pytest.fixture
def codings(tmp_path: Path) -> Path:
    """Return a folder with a small pair of codings of each text."""
    for folders in CODINGS.values():
        for folder, text in zip(folders, (FIRST, SECOND), strict=True):
            (tmp_path / folder).mkdir(parents=True)
            (tmp_path / folder / "events.yaml").write_text(text, "utf-8")
    (tmp_path / RECORDS / "codes.yaml").write_text(CODES, "utf-8")
    (tmp_path / RECORDS / "codings" / "codings.yaml").write_text(TALKS, "utf-8")
    return tmp_path


def test_two_codings_are_compared(codings: Path) -> None:
    """Two of three events have the same spans; of these, one has another certainty and one another speaker."""
    found = compare_codings(codings, DECLARED)
    few = {"f1_low": None, "f1_high": None}
    counts = {"table_name": "events", "first": 3, "second": 3, "matched": 2, "f1": 0.667} | few
    links = {"table_name": "event_actors", "first": 2, "second": 2, "matched": 1, "f1": 0.5} | few
    assert found["unitizing"] == [{"text": text} | row for text in CODINGS for row in (counts, links)]
    agreement = {(row["text"], row["table_name"], row["field"]): (row["n"], row["equal"]) for row in found["agreement"]}
    differing = {"certainty", "attribution", "attributed_to_id"}
    events = {
        (text, "events", field): (2, 0.5 if field in differing else 1.0)
        for text in CODINGS
        for field in compared_fields(DECLARED["events"])
    }
    roles = {(text, "event_actors", "role"): (1, 1.0) for text in CODINGS}
    assert agreement == events | roles | {("talks", "talks", "kind"): (2, 0.5)}


def test_rows_are_printed_without_their_empty_cells() -> None:
    assert to_yaml([{"text": "talks", "n": 9, "alpha": None}]) == "- {text: talks, n: 9}\n"


def test_ids_of_the_second_coding_are_those_of_the_matched_rows_of_the_first(codings: Path) -> None:
    """A demand that the second coding ties to its own EV0007 is tied to what the first calls EV0002."""
    for folder, event in zip(ARTICLE, ("EV0002", "EV0007"), strict=True):
        rows = f"- {{event_id: {event}, demand_id: DE0001, bearing: puts, evidence: []}}\n"
        (codings / folder / "event_demands.yaml").write_text(rows, "utf-8")
    found = compare_codings(codings, DECLARED)["unitizing"]
    [row] = [row for row in found if row["table_name"] == "event_demands"]
    assert (row["first"], row["second"], row["matched"], row["f1"]) == (1, 1, 1, 1.0)


def test_a_coding_that_cannot_be_read_is_one_sentence(codings: Path) -> None:
    path = codings / ARTICLE[1] / "events.yaml"
    path.write_text(SECOND.replace("start_offset: 32", "start_offset: x"), "utf-8")
    line = (
        'data/records/codings/article_second/events.yaml:3: events/EV0007/PA0001/x/44.start_offset: "x" is not a '
        "whole number"
    )
    with pytest.raises(ValueError, match=f"^{re.escape(line)}$"):
        compare_codings(codings, DECLARED)
    shutil.rmtree(path.parent)
    line = "data/records/codings/article_second: is not there; a coding to compare is a folder of records"
    with pytest.raises(ValueError, match=f"^{re.escape(line)}$"):
        compare_codings(codings, DECLARED)


def test_recorded_figures_are_those_of_the_codings() -> None:
    found = compare_codings(ROOT, DECLARED)
    assert {*found} == {"unitizing", "agreement"}
    for table, rows in found.items():
        recorded = yaml.safe_load((ROOT / MEASURED / f"{table}.yaml").read_text("utf-8"))
        filled = [{key: value for key, value in row.items() if value is not None} for row in rows]
        assert sorted(filled, key=str) == sorted(recorded, key=str)
