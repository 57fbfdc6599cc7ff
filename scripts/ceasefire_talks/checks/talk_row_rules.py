"""The rules that span the fields of a row in the tables of the talks."""

import polars as pl

from ceasefire_talks.checks.rule import RowRule, both_or_neither, filled_exactly_if

INTERVALS = pl.col("date").str.contains("/", literal=True)
TEXT = pl.col("kind").is_in(["proposal", "agreement", "vote"])

TALK_ROW_RULES = (
    RowRule(
        "answer_names_text",
        "talks",
        "answers_id",
        "must be filled where there is an answer, and only there",
        both_or_neither("answer", "answers_id"),
    ),
    RowRule(
        "answer_has_basis",
        "talks",
        "answer_basis",
        "must be filled where there is an answer, and only there",
        both_or_neither("answer", "answer_basis"),
    ),
    RowRule(
        "answer_fits_kind",
        "talks",
        "answer",
        "must be filled in a row of kind answer, be counterproposes or empty in a proposal, and empty in any other",
        pl.when(pl.col("kind") == "answer")
        .then(pl.col("answer").is_not_null() & pl.col("answer").ne_missing("counterproposes"))
        .when(pl.col("kind") == "proposal")
        .then(pl.col("answer").fill_null("counterproposes") == "counterproposes")
        .otherwise(pl.col("answer").is_null()),
    ),
    RowRule(
        "text_has_status",
        "talks",
        "text_status",
        "must be filled for a proposal, an agreement and a vote, and only there",
        filled_exactly_if("text_status", TEXT),
    ),
    RowRule(
        "vote_has_result",
        "talks",
        "result",
        "must be filled for a vote, and only there",
        filled_exactly_if("result", pl.col("kind") == "vote"),
    ),
    RowRule(
        "act_has_one_day",
        "talks",
        "date",
        "may be an interval only for a meeting, a truce or release, or a breakdown",
        ~INTERVALS | pl.col("kind").is_in(["meeting", "truce_or_release", "breakdown"]),
    ),
    RowRule(
        "text_revises",
        "talks",
        "revises_id",
        "must be empty where there is no text to revise another",
        pl.col("revises_id").is_null() | TEXT,
    ),
    RowRule(
        "term_counts_something",
        "talk_terms",
        "unit",
        "must be filled where there is a number, and only there",
        pl.col("unit").is_not_null() == (pl.col("value_min").is_not_null() | pl.col("value_max").is_not_null()),
    ),
    RowRule(
        "term_bounds_in_order",
        "talk_terms",
        "value_max",
        "must not be smaller than value_min",
        pl.col("value_min") <= pl.col("value_max"),
    ),
    RowRule(
        "contradiction_is_named",
        "backing",
        "contradicts",
        "must be filled where the document contradicts the row, and only there",
        filled_exactly_if("contradicts", pl.col("stance") == "contradicts"),
    ),
    RowRule(
        "document_was_seen",
        "sources",
        "seen",
        "must be filled for every document behind the talks",
        pl.col("seen").is_not_null()
        | ~pl.col("kind").is_in(["primary", "agency", "newspaper", "research", "reference"]),
    ),
)
