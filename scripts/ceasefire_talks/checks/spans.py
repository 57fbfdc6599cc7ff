"""Every offset against the text of its source: passages, readings, evidence and quotes.

The text may be the very one that the offsets count in, or a saved copy in which its sentences are found again.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

import polars as pl

from ceasefire_talks.checks.sentences import find_sentences, find_whole, lay_out, sha256
from ceasefire_talks.declaration import Declaration, Table, has_span, row_id
from ceasefire_talks.problems import Finding
from ceasefire_talks.tables.tabulate import Tables

IN_WORD = {  # in a word a hyphen may stand, and an apostrophe; in a number a comma or a point
    "start_offset": re.compile(r"(?<=\w)(?=\w)|(?<=\w['’-])(?=\w)|(?<=[0-9][.,])(?=[0-9])"),
    "end_offset": re.compile(r"(?<=\w)(?=-?\w)|(?<=[0-9])(?=[.,][0-9])"),
}


class Source(NamedTuple):
    """A source whose sentences were found in a text: its id, a text for the offsets, and the passages in it."""

    source_id: str
    text: str
    passages: set[str]
    sentences: int


def find_source(text: str, tables: Tables) -> Source:
    """Return the source of which most sentences stand in a text."""
    sources = [
        Source(source_id, lay_out(sentences, passages), set(sentences), passages.height)
        for (source_id,), passages in tables["passages"].group_by("source_id", maintain_order=True)
        for sentences in [find_sentences(text, passages)]
    ]
    best = max(sources, key=lambda source: len(source.passages))
    pinned = tables["sources"].filter(source_id=best.source_id)["sha256"].item() == sha256(text)
    return best._replace(text=text) if pinned else best


class Compared(NamedTuple):
    """How many rows were compared with the sentences that were found."""

    readings: int
    quotes: int
    spans: int


def check_source(source: Source, tables: Tables, declared: Declaration) -> tuple[list[Finding], Compared]:
    """Return what does not fit the sentences that were found, and how much was compared with them."""
    found = {name: of_source(tables[name], source) for name in declared if has_span(declared[name])}
    quoted = words_of_quotes(source, tables)
    findings = [*check_ledger(source, tables), *check_passages(source.text, found["passages"])]
    findings += check_readings(source.text, found["readings"])
    findings += check_quotes(source.text, quoted)
    findings += check_edges(source.text, found["evidence"], found["readings"], declared["evidence"])
    compared = (found["readings"], quoted, found["evidence"])
    return findings, Compared(*(frame.height for frame in compared))


def tell_source(source: Source, compared: Compared) -> str:
    """Return in words what was found of a source and compared with it."""
    sentences = f"{len(source.passages)} of {source.sentences} sentences of {source.source_id}"
    words = f"{compared.readings} readings and {compared.quotes} quotes by their words"
    edges = f"{compared.spans} spans of evidence by where they begin and end"
    return f"{sentences} found in the text by checksum; compared with them: {words}, {edges}"


def of_source(frame: pl.DataFrame, source: Source) -> pl.DataFrame:
    """Return the rows that lie in the passages that were found, with their row numbers in the column `row`."""
    rows = frame.with_row_index("row").filter(source_id=source.source_id)
    return rows.filter(pl.col("passage_id").is_in(list(source.passages)))


def check_ledger(source: Source, tables: Tables) -> Iterator[Finding]:
    """Yield every stretch of the text that is not white space and lies in no passage."""
    position, last = 0, None
    rows = tables["passages"].with_row_index("row").filter(source_id=source.source_id).sort("start_offset")
    for row in rows.iter_rows(named=True):
        if source.text[position : row["start_offset"]].strip():
            message = f"{row['passage_id']}.start_offset: {position}-{row['start_offset']} is in no passage; add one"
            yield Finding("passages", row["row"], "start_offset", "ledger", message)
        position, last = row["end_offset"], row
    if last and source.text[position:].strip():
        message = f"{last['passage_id']}.end_offset: {position}-{len(source.text)} is in no passage; add one"
        yield Finding("passages", last["row"], "end_offset", "ledger", message)


def check_passages(text: str, passages: pl.DataFrame) -> Iterator[Finding]:
    """Yield the passages whose checksum or first words are not those of their span."""
    for row in passages.iter_rows(named=True):
        start, end = row["start_offset"], row["end_offset"]
        if sha256(text[start:end]) != row["sha256"]:
            message = f"{row['passage_id']}.sha256: is not the checksum of the span"
            yield Finding("passages", row["row"], "sha256", "passage", message)
        if not start <= find_whole(text, row["first_words"]) < end:
            message = f"{row['passage_id']}.first_words: do not find the sentence in the text"
            yield Finding("passages", row["row"], "first_words", "passage", message)


def check_readings(text: str, readings: pl.DataFrame) -> Iterator[Finding]:
    """Yield the readings whose printed words are not those of their span."""
    for row in readings.iter_rows(named=True):
        start, end = row["start_offset"], row["end_offset"]
        if text[start:end] != row["printed"]:
            message = f"{row['reading_id']}.printed: is not what stands at {start}-{end}"
            yield Finding("readings", row["row"], "printed", "words", message)


def words_of_quotes(source: Source, tables: Tables) -> pl.DataFrame:
    """Return the quotes that have words and evidence in the passages that were found, each with its stretch."""
    spans = tables["evidence"].filter(table_name="quotes", source_id=source.source_id).group_by(quote_id="row_id")
    whole = pl.col("passage_id").is_in(list(source.passages)).all()
    stretch = spans.agg(pl.col("start_offset").min(), pl.col("end_offset").max(), whole=whole).filter("whole")
    return tables["quotes"].with_row_index("row").drop_nulls("altered_words").join(stretch, on="quote_id")


def check_quotes(text: str, quotes: pl.DataFrame) -> Iterator[Finding]:
    """Yield the quotes whose words are not those of their spans."""
    for row in quotes.iter_rows(named=True):
        if text[row["start_offset"] : row["end_offset"]] != row["altered_words"]:
            message = f"{row['quote_id']}.altered_words: is not what stands in its evidence"
            yield Finding("quotes", row["row"], "altered_words", "words", message)


def check_edges(text: str, evidence: pl.DataFrame, readings: pl.DataFrame, table: Table) -> Iterator[Finding]:
    """Yield spans that hold no word, or begin or end with a blank, or inside a word that no reading calls corrupt."""
    stretches = readings.select("start_offset", "end_offset").iter_rows()
    corrupt = {offset for start, end in stretches for offset in range(start, end)}
    for row in evidence.iter_rows(named=True):
        if not re.search(r"[\w\s]", text[row["start_offset"] : row["end_offset"]]):
            message = f"{row_id(table, row)}.end_offset: {row['end_offset']} ends before a word; take whole words"
            yield Finding("evidence", row["row"], "end_offset", "edge", message)
        for field, inside, verb in (("start_offset", 0, "begins"), ("end_offset", -1, "ends")):
            edge = row[field]
            blank = text[edge + inside : edge + inside + 1].isspace()
            if blank or (IN_WORD[field].match(text, edge) and not corrupt.issuperset((edge - 1, edge))):
                message = f"{edge} {verb} {'with a blank' if blank else 'inside a word'}; take whole words"
                yield Finding("evidence", row["row"], field, "edge", f"{row_id(table, row)}.{field}: {message}")
