"""Agreement of the two codings: how units are matched, how alpha is measured, and that the figures are these."""

from typing import Any

import pytest
import yaml

from ceasefire_talks.coding.agreement import (
    CODINGS,
    compare_codings,
    compared_fields,
    match_keys,
    match_spans,
    measure_alpha,
)
from ceasefire_talks.tables.codes import CodeList
from helpers import DECLARED, MEASURED, ROOT

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


@pytest.mark.parametrize(
    ("values", "codes", "alpha"),
    [
        pytest.param([("x", "x"), ("y", "y")], NO_ORDER, 1.0, id="all equal"),
        pytest.param([("x", "x"), ("x", "x")], NO_ORDER, None, id="one value only"),
        pytest.param([("x", "y"), ("y", "x")], NO_ORDER, -0.5, id="all swapped"),
        pytest.param([("x", "x"), ("x", "y"), ("y", "y"), ("y", "y")], NO_ORDER, 0.533, id="one of four differs"),
        pytest.param(
            [("a", "a"), ("c", "c"), ("b", "c")], CodeList(["a", "b", "c"], ordered=True), 0.778, id="order counts"
        ),
    ],
)
def test_alpha(values: list[tuple[str, str]], codes: CodeList, alpha: float | None) -> None:
    assert measure_alpha(values, codes) == (alpha, None, None)


def test_an_interval_is_given_from_thirty_units() -> None:
    values = [("x", "x"), ("y", "y"), ("x", "y")] * 10
    alpha, low, high = measure_alpha(values, NO_ORDER)
    assert alpha is not None
    assert low is not None
    assert high is not None
    assert low < alpha < high
    assert measure_alpha(values[:29], NO_ORDER)[1:] == (None, None)


def test_what_is_compared_are_codes_dates_truth_values_and_actors() -> None:
    assert compared_fields(DECLARED["quotes"]) == [
        *("said", "said_basis", "speaker_id", "audience_id", "type", "topic", "fidelity", "quotable")
    ]


def test_recorded_figures_are_those_of_the_codings() -> None:
    found = compare_codings(ROOT, DECLARED)
    for table, rows in found.items():
        recorded = yaml.safe_load((ROOT / MEASURED / f"{table}.yaml").read_text("utf-8"))
        filled = [{key: value for key, value in row.items() if value is not None} for row in rows]
        assert sorted(filled, key=str) == sorted(recorded, key=str)


@pytest.mark.parametrize("folder", CODINGS)
def test_codings_are_whole(folder: str) -> None:
    assert len(list((ROOT / folder).glob("*.yaml"))) == 10
