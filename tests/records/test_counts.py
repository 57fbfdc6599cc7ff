"""A mistake that is made often is shown twenty times and counted under its name."""

import pytest

from ceasefire_talks.problems import Problem, report
from ceasefire_talks.records.read import read_file
from ceasefire_talks.records.rows import Place, shape_tables
from helpers import DECLARED, place_of


@pytest.mark.parametrize(
    ("rule", "row"),
    [
        ("unknown field", "- {event_id: EV0001, where: Gaza}"),
        ("derived field", "- {event_id: EV0001, date_first_day: 2023-10-07}"),
        ("given field", "- {event_id: EV0001, event_actors: [{event_id: EV0001}]}"),
        ("duplicate field", "- {event_id: EV0001, event_id: EV0001}"),
        ("shape", "- EV0001"),
        ("shape", "- {[EV0001]: event_id}"),
        ("shape", "- {event_id: [EV0001]}"),
        ("empty", "- {event_id: ''}"),
        ("merge", "<<<<<<< HEAD"),
        ("blank", "-\u00a0{event_id: EV0001}"),
        ("comment", "- event_id: EV0001 # seen"),
        ("control", "- {event_id: \u0000}"),
    ],
)
def test_of_a_mistake_made_often_twenty_are_shown_and_all_counted(rule: str, row: str) -> None:
    place = Place(DECLARED, shape_tables(DECLARED), place_of("events.yaml"))
    found = read_file(place, "events", f"{row}\n".encode() * 21)
    lines = report(item for item in found if isinstance(item, Problem))
    assert lines[20:] == [f"{rule}: 21 in all, 20 shown"]
