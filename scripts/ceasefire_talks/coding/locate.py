"""Where words stand in the article, as evidence to paste into a record."""

import re
from collections.abc import Iterator

import polars as pl

from ceasefire_talks.checks.sentences import sha256
from ceasefire_talks.checks.spans import find_source
from ceasefire_talks.problems import shown
from ceasefire_talks.tables.tabulate import Tables

COLUMNS = ("passage_id", "start_offset", "end_offset")


def find_words(text: str, words: str, tables: Tables) -> list[str]:
    """Return the evidence lines for every place where words stand in the article, as YAML to paste.

    Case, blanks and line breaks count for nothing. The text may be a page saved with the article: offsets are those of
    the passages. Raises `ValueError` where there is no such place.
    """
    source = find_source(text, tables)
    seen = f"{len(source.passages)} of {source.sentences} sentences of {source.source_id}"
    if not source.passages:
        raise ValueError(f"the text has {seen}; it is another text, or was altered")
    if not words.split():
        raise ValueError("give the words to look for")
    passages = tables["passages"].filter(source_id=source.source_id).sort("start_offset")
    pattern = r"\s+".join(map(re.escape, words.split()))
    matches = re.finditer(pattern, source.text, re.IGNORECASE)
    lines = [line for match in matches for line in tell_place(*match.span(), passages, source.text)]
    if not lines:
        raise ValueError(f"{shown(words)} is not in the text, which has {seen}; mind quotation marks and misprints")
    return lines


def tell_place(start: int, end: int, passages: pl.DataFrame, text: str) -> Iterator[str]:
    """Yield a stretch of the text as evidence: a line for each passage, under a remark where it crosses a border.

    Raises `ValueError` where a passage that it touches is not what the text has there.
    """
    over = passages.filter(pl.col("start_offset") < end, pl.col("end_offset") > start)
    for passage_id, first, last, checksum in over.select(*COLUMNS, "sha256").iter_rows():
        if sha256(text[first:last]) != checksum:
            raise ValueError(
                f"the sha256 of {passage_id} is not that of the text at {first}-{last}, so that no place there can be "
                f"told; mend {passage_id}, or give the whole text"
            )
    if over.is_empty():
        yield f"# {start}-{end} is in no passage; add one"
    if over.height > 1:
        yield f"# goes on from {over['passage_id'][0]} into {over['passage_id'][-1]}; these lines belong together:"
    for passage_id, first, last in over.select(COLUMNS).iter_rows():
        yield f"- {{passage_id: {passage_id}, start_offset: {max(start, first)}, end_offset: {min(end, last)}}}"
