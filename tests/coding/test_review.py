"""Rows that say the same and are coded otherwise are listed for the coder; equal ones and unlike ones are not."""

import polars as pl
import pytest

from ceasefire_talks.build import Built
from ceasefire_talks.coding.review import find_unlike

WORDS = "The ministry repeated that no agreement was near."


@pytest.mark.parametrize(
    ("words", "kind", "says"),
    [
        (WORDS, "forecast", ["claims: CL9001 / CL9002: kind judgement / forecast"]),
        (WORDS.replace("repeated", "said"), "forecast", ["claims: CL9001 / CL9002: kind judgement / forecast"]),
        (WORDS, "judgement", []),
        ("Something else altogether, by another.", "forecast", []),
    ],
    ids=["same words", "like words", "same codes", "other words"],
)
def test_like_rows_with_unlike_codes_are_listed(built: Built, words: str, kind: str, says: list[str]) -> None:
    first = (
        built.tables["claims"]
        .head(1)
        .with_columns(claim_id=pl.lit("CL9001"), statement=pl.lit(WORDS), kind=pl.lit("judgement"))
    )
    second = first.with_columns(claim_id=pl.lit("CL9002"), statement=pl.lit(words), kind=pl.lit(kind))
    declared = {"claims": built.declared["claims"]}
    assert list(find_unlike({"claims": pl.concat([first, second])}, declared)) == says
