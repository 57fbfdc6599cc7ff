"""Where a span may begin and end: brackets stand for a span in a text of our own."""

import polars as pl
import pytest

from ceasefire_talks.checks.spans import check_edges
from helpers import DECLARED

BEGINS, ENDS, NO_WORD = "begins inside a word", "ends inside a word", "ends before a word"


@pytest.mark.parametrize(
    ("marked", "says"),
    [
        ("[Israel’s goals]", []),
        ("[Israel]’s goals", []),
        ("Israel’[s] goals", [BEGINS]),
        ("Israel'[s] goals", [BEGINS]),
        ("Isr[ael]", [BEGINS]),
        ("[Isr]ael", [ENDS]),
        ("cease-[fire] deals", [BEGINS]),
        ("[cease]-fire deals", [ENDS]),
        ("[cease-fire] deals", []),
        ("[deals] - or none", []),
        ("deals -[or] none", []),
        ("42,[000] people", [BEGINS]),
        ("[42],000 people", [ENDS]),
        ("2.[5] hours", [BEGINS]),
        ("[2].5 hours", [ENDS]),
        ("in [2023]. Then", []),
        ("one,[two]", []),
        ("[one],two", []),
        ("the end[.]", [NO_WORD]),
        ("[the end ]of", ["ends with a blank"]),
        ("at[ the end]", ["begins with a blank"]),
    ],
)
def test_an_edge_lies_between_words(marked: str, says: list[str]) -> None:
    start, end = marked.index("["), marked.index("]") - 1
    cells = dict.fromkeys(DECLARED["evidence"]["primaryKey"], "x") | {
        "start_offset": start,
        "end_offset": end,
        "row": 0,
    }
    readings = pl.DataFrame(schema={"start_offset": pl.Int32, "end_offset": pl.Int32})
    text = marked.replace("[", "").replace("]", "")
    found = check_edges(text, pl.DataFrame([cells]), readings, DECLARED["evidence"])
    assert [message.split(" ", 2)[2].partition(";")[0] for message in (item.message for item in found)] == says
