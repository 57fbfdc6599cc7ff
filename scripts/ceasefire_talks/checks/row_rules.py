"""The named rules: those that every text obeys, those that span the fields of a row, those that span tables.

The first two are run by pandera. A sentence says what must hold; it follows the row's id in the message.
"""

from collections.abc import Iterator

import polars as pl

from ceasefire_talks.checks.rule import RowRule, TextRule, both_or_neither, filled_exactly_if
from ceasefire_talks.checks.talk_row_rules import TALK_ROW_RULES
from ceasefire_talks.declaration import Table, field_names, has_span

TEXT_RULES = (
    TextRule(
        "control",
        "holds a control, bidi, invisible or line break character; take it out",
        lambda text: ~text.str.contains(r"[\p{Cc}\p{Cf}\p{Zl}\p{Zp}--[\u{200C}\u{200D}]]"),
    ),
    TextRule("nfc", "is not in Unicode normal form C; normalise it", lambda text: text.str.normalize("NFC") == text),
    TextRule(
        "spaces", "begins or ends with a space, or has two in a row", lambda text: ~text.str.contains(r"^ | $|  ")
    ),
    TextRule("empty", "is an empty string; leave the field out", lambda text: text != ""),
    TextRule(
        "formula",
        "would run as a formula in a spreadsheet; begin it with another character",
        lambda text: ~text.str.contains(r"^[=+@-]"),
    ),
)


INDIRECT = pl.col("type") == "indirect"

ROW_RULES = (
    RowRule(
        "span_fits_words",
        "readings",
        "printed",
        "must be as long as the span from start_offset to end_offset",
        pl.col("printed").str.len_chars().cast(pl.Int32) == pl.col("end_offset") - pl.col("start_offset"),
    ),
    RowRule(
        "seen_reading_names_copy",
        "readings",
        "seen_in_id",
        "must be filled where the basis is seen, and only there",
        filled_exactly_if("seen_in_id", pl.col("basis") == "seen"),
    ),
    RowRule(
        "unspecified_has_no_value",
        "quantities",
        "value",
        "must be empty where the qualifier is unspecified, and filled elsewhere",
        filled_exactly_if("value", pl.col("qualifier") != "unspecified"),
    ),
    RowRule(
        "bound_follows_qualifier",
        "quantities",
        "lower",
        "must be the value where the qualifier is more_than",
        (pl.col("qualifier") != "more_than") | pl.col("lower").eq_missing(pl.col("value")),
    ),
    RowRule(
        "bound_follows_qualifier",
        "quantities",
        "upper",
        "must be the value where the qualifier is almost or nearly",
        ~pl.col("qualifier").is_in(["almost", "nearly"]) | pl.col("upper").eq_missing(pl.col("value")),
    ),
    RowRule(
        "bounds_hold_value",
        "quantities",
        "value",
        "must lie between lower and upper",
        (pl.col("lower").fill_null(pl.col("value")) <= pl.col("value"))
        & (pl.col("value") <= pl.col("upper").fill_null(pl.col("value"))),
    ),
    RowRule(
        "attributed_names_speaker",
        "demands",
        "attributed_to_id",
        "must be filled where the basis is attributed",
        (pl.col("basis") != "attributed") | pl.col("attributed_to_id").is_not_null(),
    ),
    RowRule(
        "demand_of_another",
        "demands",
        "addressee_id",
        "must not be the demander",
        pl.col("addressee_id") != pl.col("demander_id"),
    ),
    RowRule(
        "pair_in_order",
        "demand_conflicts",
        "other_demand_id",
        "must be the larger of the two ids",
        pl.col("demand_id") < pl.col("other_demand_id"),
    ),
    RowRule(
        "position_of_person",
        "actors",
        "position",
        "must be empty for everyone who is not a person",
        pl.col("position").is_null() | (pl.col("kind") == "person"),
    ),
    RowRule(
        "indirect_has_no_words",
        "quotes",
        "printed",
        "must be empty for an indirect statement and for an unclosed quote, and filled for every other",
        filled_exactly_if("printed", ~(INDIRECT | (pl.col("fidelity") == "unclosed"))),
    ),
    RowRule(
        "indirect_is_reported",
        "quotes",
        "fidelity",
        "must be reported for an indirect statement, and only there",
        (pl.col("fidelity") == "reported") == INDIRECT,
    ),
    RowRule(
        "quotable_was_checked",
        "quotes",
        "quotable",
        "may be true only where the words were checked against the original",
        ~pl.col("quotable") | (pl.col("fidelity") == "checked"),
    ),
    RowRule(
        "nested_names_outer",
        "quotes",
        "within_id",
        "must be filled for a nested quote, and may be for an indirect one, but for no other",
        pl.when(pl.col("within_id").is_null())
        .then(pl.col("type") != "nested")
        .otherwise(pl.col("type").is_in(["nested", "indirect"])),
    ),
)


def row_rules(name: str, table: Table) -> list[RowRule]:
    """Return the rules of a table: those of its families of fields, and its own."""
    return [*family_rules(name, table), *(rule for rule in (*ROW_RULES, *TALK_ROW_RULES) if rule.table == name)]


def family_rules(name: str, table: Table) -> Iterator[RowRule]:
    """Yield what holds wherever the fields are: a date has a basis, a caveat a source, a span runs forward."""
    names = set(field_names(table))
    for field in table["fields"]:
        date, basis = field["name"], f"{field['name']}_basis"
        if field.get("edtf") and basis in names:
            sentence = f"must be filled where {date} is, and only there"
            yield RowRule("date_has_basis", name, basis, sentence, both_or_neither(date, basis))
    if "caveat" in names:
        sentence = "must be filled where there is a caveat, and only there"
        holds = both_or_neither("caveat", "caveat_source_id")
        yield RowRule("caveat_names_source", name, "caveat_source_id", sentence, holds)
    if has_span(table):
        forward = pl.col("start_offset") < pl.col("end_offset")
        yield RowRule("span_runs_forward", name, "end_offset", "must be greater than start_offset", forward)
