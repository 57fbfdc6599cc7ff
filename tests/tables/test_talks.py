"""What follows for a talk: the sentence to print, who tells it, and how strong an offer is that only others tell."""

from typing import Any

import polars as pl
import pytest

from ceasefire_talks.build import Built
from ceasefire_talks.declaration.edtf import speak_edtf
from ceasefire_talks.tables.views import open_duckdb
from helpers import DECLARED, read_table, without_views
from rule_cases import with_rows


def test_a_sentence_has_day_words_answer_and_what_is_disputed() -> None:
    words = {
        "own_statement": "by its own statement",
        "adversary_account": "by the account of the other side",
        "mediator_account": "by the account of a mediator",
        "other_account": "by the account of a third party",
        "unnamed": "by people who are not named",
    }
    signs = {
        "accepts": "a yes",
        "accepts_with_conditions": "a yes with conditions",
        "positive": "a welcome without a yes",
        "counterproposes": "terms of its own",
        "rejects": "a no",
        "not_yet": "no answer yet",
        "unclear": "an answer whose yes or no is not told",
    }
    assert set(signs) == {row["code"] for row in read_table("codes") if row["list"] == "answer"}
    for row in read_table("talks"):
        told = ""
        if row["answer"]:
            told = (
                f" We read it as {signs[row['answer']]}, {words[row['answer_basis']]}, in answer to: {row['answered']}."
            )
        disputed = f" Disputed: {row['disputed']}" if row["disputed"] else ""
        assert row["says"] == f"{speak_edtf(row['date'])}: {row['summary']}{told}{disputed}"


@pytest.mark.parametrize(
    ("talk_id", "told_by"),
    [
        pytest.param("TK0223", "Joe Biden", id="an offer that another announced"),
        pytest.param("TK0204", "Khalil al-Hayya", id="an offer of mediators told by a side"),
        pytest.param("TK0242", "Israel, unnamed", id="an unnamed official of a side"),
        pytest.param("TK0206", "", id="an own statement"),
        pytest.param("TK0346", "Abdallah Bou Habib", id="an answer by a third party"),
        pytest.param("TK0275", "Reports", id="an offer that no record and nobody's own words bear out"),
        pytest.param("TK0240", "", id="an offer that its authors confirmed"),
    ],
)
def test_who_tells_it_where_it_is_not_the_one_who_acts(talk_id: str, told_by: str) -> None:
    [row] = [row for row in read_table("talks") if row["talk_id"] == talk_id]
    assert row["told_by"] == told_by


def test_an_answer_is_told_by_somebody_else_just_where_it_is_no_own_statement() -> None:
    answers = [row for row in read_table("talks") if row["answer"]]
    assert len(answers) > 50
    for row in answers:
        assert bool(row["told_by"]) == (row["answer_basis"] != "own_statement"), row["talk_id"]


def test_what_is_refused_stands_as_such_in_the_joined_terms() -> None:
    [row] = [row for row in read_table("talks") if row["talk_id"] == "TK0101"]
    assert "withdrawal (refused): Withdrawal from Gaza" in row["terms"]


def test_a_term_says_of_its_act_what_the_act_says_of_itself() -> None:
    talks = {row["talk_id"]: row for row in read_table("talks")}
    for term in read_table("talk_terms"):
        talk = talks[term["talk_id"]]
        for name in ("title", "date", "date_first_day", "kind", "track", "who", "who_party", "to_whom", "told_by"):
            assert term[name] == talk[name], (term["talk_id"], name)


def test_answers_beside_an_offer_say_who_tells_them() -> None:
    [row] = [row for row in read_table("talks") if row["talk_id"] == "TK0223"]
    assert "Hamas and Palestinian Islamic Jihad: counterproposes (2024-06-11); " in row["answers"]
    assert "Hamas: accepts (2024-07-11, told by Joe Biden)" in row["answers"]


@pytest.mark.parametrize(
    ("parts", "score"),
    [
        pytest.param([("hamas", "author")], 2, id="it wrote the text"),
        pytest.param([("hamas", "said_to_own"), ("joe_biden", "announcer")], 1, id="another party announced it"),
        pytest.param([("hamas", "said_to_own"), ("khalil_al_hayya", "announcer")], 2, id="its own people announced it"),
        pytest.param([("hamas", "said_to_own")], 1, id="only said to be its own"),
        pytest.param([("hamas", "addressee"), ("joe_biden", "announcer")], 2, id="the announcer's own"),
    ],
)
def test_strength_of_an_offer_by_who_stands_behind_it(built: Built, parts: list[tuple[str, str]], score: int) -> None:
    tables = dict(without_views(built.tables, DECLARED))
    talk = tables["talks"].filter(talk_id="TK0223").with_columns(answer=pl.lit(None), answer_basis=pl.lit(None))
    rows = [{"talk_id": "TK0223", "actor_id": actor, "part": part} for actor, part in parts]
    tables |= {"talks": talk, "talk_actors": pl.DataFrame(rows, schema=tables["talk_actors"].schema)}
    with open_duckdb(tables) as connection:
        assert connection.sql("SELECT score FROM talk_scores").fetchall() == [(score,)]


OWN = {"answer": "rejects", "answer_basis": "own_statement"}
ONE = {"origin": "afp", "hand": "reporting", "bears_day": True, "bears_who": True, "bears_answer": True}
TWO, RECORD, WORDS = ONE | {"origin": "ap"}, ONE | {"hand": "record"}, ONE | {"hand": "own_words"}


def against(contradicts: str, hand: str = "record") -> dict[str, Any]:
    return {"origin": "ap", "hand": hand, "stance": "contradicts", "contradicts": contradicts}


@pytest.mark.parametrize(
    ("kind", "answer", "backing", "score"),
    [
        pytest.param("meeting", {}, [], 0, id="nothing"),
        pytest.param("meeting", {}, [ONE], 1, id="one origin"),
        pytest.param("meeting", {}, [ONE, TWO], 2, id="two origins"),
        pytest.param("meeting", {}, [ONE, ONE], 1, id="one origin twice"),
        pytest.param("meeting", {}, [RECORD], 2, id="a record"),
        pytest.param("meeting", {}, [WORDS], 2, id="own words"),
        pytest.param("meeting", {}, [ONE, TWO | {"bears_day": False}], 1, id="the day by one"),
        pytest.param("meeting", {}, [ONE, TWO | {"bears_who": False}], 1, id="the actor by one"),
        pytest.param("meeting", {}, [RECORD | {"bears_day": False}], 0, id="the day by none"),
        pytest.param("meeting", {}, [RECORD | {"bears_who": False}], 0, id="the actor by none"),
        pytest.param("meeting", {}, [RECORD | {"bears_answer": False}], 2, id="no answer is needed"),
        pytest.param("answer", OWN, [RECORD], 2, id="an answer"),
        pytest.param("answer", OWN, [ONE, TWO | {"bears_answer": False}], 1, id="the answer by one"),
        pytest.param("answer", OWN, [RECORD | {"bears_answer": False}], 0, id="the answer by none"),
        pytest.param("answer", OWN | {"answer_basis": "unnamed"}, [RECORD], 1, id="an answer that others tell"),
        pytest.param("meeting", {}, [RECORD, against("day")], 1, id="a record of another day"),
        pytest.param("meeting", {}, [RECORD, against("day", "own_words")], 1, id="own words of another day"),
        pytest.param("meeting", {}, [RECORD, against("day", "reporting")], 2, id="a report of another day"),
        pytest.param("meeting", {}, [RECORD, against("who")], 1, id="a record of another actor"),
        pytest.param("meeting", {}, [RECORD, against("other")], 2, id="a record of something else"),
        pytest.param("meeting", {}, [RECORD, against("answer")], 2, id="a record of an answer where none is"),
        pytest.param("answer", OWN, [RECORD, against("answer")], 1, id="a record of another answer"),
        pytest.param("meeting", {}, [ONE, TWO | {"stance": "contradicts"}], 1, id="what contradicts does not bear"),
        pytest.param("meeting", {}, [ONE, TWO | {"table_name": "assessments"}], 1, id="what stands behind another row"),
        pytest.param("breakdown", {}, [RECORD], 1, id="a breakdown that nobody owns"),
        pytest.param("proposal", {}, [RECORD], 1, id="a proposal that nobody owns"),
    ],
)
def test_strength_of_a_talk_by_what_stands_behind_it(
    built: Built, kind: str, answer: dict[str, Any], backing: list[dict[str, Any]], score: int
) -> None:
    tables = with_rows(
        without_views(built.tables, DECLARED),
        talks=[{"talk_id": "TK9001", "kind": kind, "date": "2024-05-06", **answer}],
        talk_actors=[],
        backing=[{"table_name": "talks", "row_id": "TK9001", "stance": "supports"} | row for row in backing],
    )
    with open_duckdb(tables) as connection:
        assert connection.sql("SELECT score FROM talk_scores").fetchall() == [(score,)]
