"""Where words stand in a text, as evidence to paste into a record."""

import re

import polars as pl


def find_words(text: str, words: str, passages: pl.DataFrame) -> list[str]:
    """Return the evidence lines for every place where words stand in a text, as YAML to paste."""
    found = []
    for match in re.finditer(re.escape(words), text):
        start, end = match.span()
        for row in passages.filter((pl.col("start_offset") <= start) & (pl.col("end_offset") >= end)).iter_rows(
            named=True
        ):
            found.append(f"- {{passage_id: {row['passage_id']}, start_offset: {start}, end_offset: {end}}}")
    return found
