"""Report and record: how strong a verdict is, which one a row bears, and where a reader meets it."""

from typing import Any

import polars as pl
import pytest

from ceasefire_talks.build import Built
from ceasefire_talks.files.codebook.verdicts import verdict_sections
from ceasefire_talks.tables.views import open_duckdb
from helpers import DECLARED, without_views
from rule_cases import with_rows

JUDGED = ("events", "claims", "demands", "mediators", "leverage", "quantities", "quotes")
ORDER = ["differs", "disputed", "unclear", "refines", "agrees", "no_independent_source"]
CODED = ("differs", "disputed")


def source(stance: str, origin: str, hand: str = "reporting") -> dict[str, Any]:
    return {"table_name": "assessments", "row_id": "AS0001", "origin": origin, "stance": stance, "hand": hand}


ONE, TWO, NO = source("supports", "afp"), source("supports", "reuters"), source("contradicts", "ap")
RECORD, LATER = source("contradicts", "un_press", "record"), source("later", "dpa", "record")


@pytest.mark.parametrize(
    ("verdict", "sources", "score"),
    [
        pytest.param("agrees", [ONE], 1, id="one origin"),
        pytest.param("agrees", [ONE, TWO], 2, id="two origins"),
        pytest.param("agrees", [ONE, ONE], 1, id="one origin twice"),
        pytest.param("agrees", [ONE, LATER], 1, id="what became known later does not count"),
        pytest.param("agrees", [source("supports", "hamas", "own_words")], 2, id="own words"),
        pytest.param("differs", [NO], 1, id="one origin against it"),
        pytest.param("differs", [RECORD], 2, id="a record against it"),
        pytest.param("differs", [ONE, TWO, NO], 1, id="those that support do not count for a difference"),
        pytest.param("disputed", [ONE, TWO, NO], 1, id="the weaker of two sides"),
        pytest.param("disputed", [ONE, TWO, RECORD], 2, id="both sides strong"),
        pytest.param(
            "differs", [NO, source("one_side", "hamas", "own_words")], 1, id="one side alone is no difference"
        ),
        pytest.param("no_independent_source", [], 0, id="no source"),
        pytest.param("agrees", [source("one_side", "afp")], 1, id="one side alone supports"),
        pytest.param("agrees", [source("one_side", "afp"), TWO], 2, id="its origin counts"),
        pytest.param("agrees", [NO], 0, id="what contradicts does not support"),
        pytest.param("differs", [ONE], 0, id="what supports does not contradict"),
        pytest.param("disputed", [ONE], 0, id="one side is no dispute"),
        pytest.param("unclear", [ONE, RECORD], 2, id="of what is unclear the stronger side"),
        pytest.param("agrees", [ONE, TWO | {"table_name": "talks"}], 1, id="what stands behind a talk"),
    ],
)
def test_strength_of_an_assessment(built: Built, verdict: str, sources: list[dict[str, Any]], score: int) -> None:
    tables = with_rows(
        without_views(built.tables, DECLARED),
        assessments=[{"assessment_id": "AS0001", "verdict": verdict}],
        backing=sources,
        links=[],
    )
    with open_duckdb(tables) as connection:
        assert connection.sql("SELECT score FROM assessment_scores").fetchall() == [(score,)]


@pytest.mark.parametrize("verdict", ["agrees", "differs", "disputed", "unclear"])
def test_what_rests_on_talks_is_as_strong_as_they_are(built: Built, verdict: str) -> None:
    """It stands on either side, beside a source of its own that is weaker; of several talks the strongest counts."""
    coded = without_views(built.tables, DECLARED)
    strength = dict(built.tables["talks"].select("talk_id", "strength").iter_rows())
    moderate = next(name for name, found in strength.items() if found == "moderate")
    for talk, others in (("TK0001", [moderate]), (moderate, [])):
        tables = with_rows(
            coded,
            assessments=[{"assessment_id": "AS9001", "verdict": verdict}],
            backing=[*coded["backing"].to_dicts(), ONE | {"row_id": "AS9001"}],
            links=[
                *({"from_id": "AS9001", "relation": "rests_on", "to_id": name} for name in (talk, *others)),
                {"from_id": "AS9001", "relation": "judges_actor", "to_id": "TK0001"},
            ],
        )
        with open_duckdb(tables) as connection:
            [(score,)] = connection.sql("SELECT score FROM assessment_scores").fetchall()
        assert ["weak", "moderate", "strong"][score] == strength[talk]


@pytest.mark.parametrize("place", range(len(ORDER)))
def test_a_row_bears_the_worst_verdict_with_its_findings_and_what_is_disputed_too(built: Built, place: int) -> None:
    """Two assessments have the verdict of this place, each on something else; all milder ones judge the row too."""
    verdicts = [ORDER[place], *ORDER[place:]]
    ids = [f"AS{number:04d}" for number in range(len(verdicts))]
    aspects = ["judges_value", "judges_date", *["judges_actor"] * len(verdicts)]
    tables = with_rows(
        without_views(built.tables, DECLARED),
        assessments=[
            {"assessment_id": name, "verdict": verdict, "finding": f"Of {name}."}
            for name, verdict in zip(ids, verdicts, strict=True)
        ],
        links=[
            {"from_id": name, "relation": aspect, "to_id": "EV0001"} for name, aspect in zip(ids, aspects, strict=False)
        ],
    )
    with open_duckdb(tables) as connection:
        found = connection.sql("SELECT row_id, verdict, verdict_on, on_what, finding FROM judged").fetchall()
    told = "Of AS0000. Of AS0001." + (" Of AS0002." if ORDER[place] == "differs" else "")
    assert found == [("EV0001", ORDER[place], "date; value", "the date and the number", told)]


@pytest.mark.parametrize("name", JUDGED)
def test_no_sentence_prints_without_what_differs_or_is_disputed(built: Built, name: str) -> None:
    for row in built.tables[name].iter_rows(named=True):
        told = row["verdict"] in CODED
        assert not told or row["says"].endswith(row["finding"])
        assert ("Independent sources differ on " in row["says"]) is (row["verdict"] == "differs")
        assert (" Disputed is " in row["says"]) is (row["verdict"] == "disputed")


def test_a_sentence_that_has_no_full_stop_gets_one(built: Built) -> None:
    says = built.tables["mediators"].filter(mediator_id="ME0004")["says"].item()
    assert "proposer (Israel and Hezbollah (Lebanon)). Disputed is the outcome: " in says


def test_the_sentence_of_a_number_has_its_caveats_and_no_false_exactness(built: Built) -> None:
    says = dict(built.tables["quantities"].select("quantity_id", "says").iter_rows())
    event = built.tables["events"].filter(event_id="EV0014")["caveat"].item()
    assert f"people killed (Palestinians), more than 40,000 people. {event}" in says["QN0010"]
    assert ": duration, 1 week." in says["QN0004"]
    assert "almost 18,000,000,000 US dollars. " in says["QN0024"]
    assert ": occurrences, an unspecified number of times." in says["QN0008"]


def test_what_drafts_had_as_differing_or_disputed_is_found_by_one_filter(built: Built) -> None:
    """Of the twelve drafts, told here by a row that each of them judges."""
    rows = {"QN0005", "EV0010", "EV0012", "QN0011", "QN0012", "EV0027", "DE0010", "DE0035", "EV0076", "EV0082"}
    rows |= {"EV0083", "DE0060"}
    found = {
        row["row_id"]
        for name in JUDGED
        for row in built.tables[name].rename({DECLARED[name]["primaryKey"][0]: "row_id"}).iter_rows(named=True)
        if row["verdict"] in CODED
    }
    assert rows <= found


def test_the_page_of_verdicts_follows_the_article(built: Built) -> None:
    lines = [line for line in verdict_sections(built.tables) if line.startswith("- *")]
    assert len(lines) == built.tables["assessments"].filter(pl.col("verdict").is_in(CODED)).height
    released, truce, letter = (
        next(number for number, line in enumerate(lines) if words in line)
        for words in ("110 Israelis", "The Israeli government rejected", "addressed their warning")
    )
    assert released < truce < letter


def test_coverage_counts_every_row_of_talks_once(built: Built) -> None:
    lines = [line.strip("| ").split(" | ") for line in verdict_sections(built.tables) if line.startswith("| ")]
    counted = {row[0]: (int(row[1]), int(row[2])) for row in lines[2:]}
    whole = counted.pop("all")
    assert [sum(numbers) for numbers in zip(*counted.values(), strict=True)] == list(whole)
    told = {row["from_id"] for row in built.tables["links"].filter(relation="same_happening").iter_rows(named=True)}
    assert whole == (built.tables["talks"].height, len(told))


def test_no_source_of_a_verdict_is_a_copy_of_the_article(built: Built) -> None:
    used = set(built.tables["backing"].filter(table_name="assessments")["source_id"])
    rows = built.tables["sources"].filter(pl.col("source_id").is_in(used))
    assert not set(rows["kind"]) & {"article_copy", "coded_article"}
    assert rows.select(pl.col("url", "publisher", "seen_on").null_count()).sum_horizontal().item() == 0


def test_origins_and_address_are_those_of_the_verdict(built: Built) -> None:
    """What became known later counts for neither; where it differs, the address is of a source that says so."""
    backing = built.tables["backing"]
    addresses = dict(built.tables["sources"].select("source_id", "url").iter_rows())
    for row in built.tables["assessments"].iter_rows(named=True):
        own = backing.filter(pl.col("stance") != "later", table_name="assessments", row_id=row["assessment_id"])
        talks = backing.filter(
            (pl.col("stance") != "contradicts") & pl.col("row_id").is_in((row["rests_on"] or "").split("; ")),
            table_name="talks",
        )
        assert row["origin_count"] == len({*own["origin"], *talks["origin"]})
        against = own.filter(stance="contradicts")
        mine = against if row["verdict"] == "differs" and against.height else own
        assert (row["link"] in {addresses[name] for name in mine["source_id"]}) is (own.height > 0)
