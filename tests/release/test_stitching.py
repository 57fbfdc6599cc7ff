"""The article is not ours to publish: what the package prints of it, put back in place, gives no more than crumbs."""

import re
from itertools import groupby

import ceasefire_talks as ct

WORD = re.compile(r"\w+(?:[’'.-]\w+)*")
LONGEST_RUN = 12
LARGEST_SHARE = 0.25


def printed_offsets(article: str) -> tuple[set[int], set[int]]:
    """Return the offsets whose characters are published: in the words of a speaker, and elsewhere."""
    printed = {row["quote_id"] for row in ct.load("quotes") if row["altered_words"]}
    spans = [row for row in ct.load("evidence") if row["table_name"] == "quotes" and row["row_id"] in printed]
    quoted = {at for row in spans for at in range(row["start_offset"], row["end_offset"])}
    others: set[int] = set()
    for row in ct.load("readings"):
        others |= set(range(row["start_offset"], row["end_offset"]))
    for row in ct.load("passages"):
        start = article.index(row["first_words"], row["start_offset"])
        others |= set(range(start, start + len(row["first_words"])))
    return quoted, others


def test_what_is_printed_cannot_be_stitched_together(article: str) -> None:
    quoted, others = printed_offsets(article)
    outside = [match.span() for match in WORD.finditer(article) if match.start() not in quoted]
    printed = [any(at in others for at in range(start, end)) for start, end in outside]
    runs = [sum(1 for _ in group) for shown, group in groupby(printed) if shown]
    assert max(runs) <= LONGEST_RUN
    assert sum(printed) / len(printed) <= LARGEST_SHARE


def test_own_words_do_not_repeat_the_article(article: str) -> None:
    """No text of our own has nine words in a row from outside the quotation marks of the article."""
    quoted, _ = printed_offsets(article)
    source = [match.group().lower() for match in WORD.finditer(article) if match.start() not in quoted]
    runs = {tuple(source[at : at + 9]) for at in range(len(source) - 8)}
    for table in ct.tables():
        for row in ct.load(table):
            for column, cell in row.items():
                words = [word.lower() for word in WORD.findall(cell)] if isinstance(cell, str) else []
                if column not in ("printed", "altered_words"):
                    assert not {tuple(words[at : at + 9]) for at in range(len(words) - 8)} & runs
