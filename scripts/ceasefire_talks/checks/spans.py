"""Every offset against the text of its source: the ledger of passages, readings and quotes."""

import hashlib
from collections.abc import Iterator

import polars as pl

from ceasefire_talks.declaration import Declaration, has_span
from ceasefire_talks.problems import Finding
from ceasefire_talks.tables.tabulate import Tables


def sha256(text: str) -> str:
    """Return the SHA-256 of a text in UTF-8, as 64 hexadecimal digits."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def check_text(text: str, source_id: str, tables: Tables, declared: Declaration) -> Iterator[Finding]:
    """Yield what does not fit the text of a source; where it is another text, that alone."""
    findings = list(check_pin(text, source_id, tables))
    yield from findings
    if not findings:
        for check in (check_ledger, check_passages, check_readings, check_quotes):
            yield from check(text, source_id, tables)


def count_spans(source_id: str, tables: Tables, declared: Declaration) -> int:
    """Return how many spans of a source the tables hold."""
    return sum(of_source(tables[name], source_id).height for name in declared if has_span(declared[name]))


def of_source(frame: pl.DataFrame, source_id: str) -> pl.DataFrame:
    """Return the rows of one source, with their row numbers in the column `row`."""
    return frame.with_row_index("row").filter(source_id=source_id)


def check_pin(text: str, source_id: str, tables: Tables) -> Iterator[Finding]:
    """Yield a finding where the text is not the one that the offsets count in."""
    for row in of_source(tables["sources"], source_id).iter_rows(named=True):
        if (row["sha256"], row["characters"]) != (sha256(text), len(text)):
            message = f"{source_id}.sha256: the text given is another one, of {len(text)} characters"
            yield Finding("sources", row["row"], "sha256", "source", message)


def check_ledger(text: str, source_id: str, tables: Tables) -> Iterator[Finding]:
    """Yield every stretch of the text that is not white space and lies in no passage."""
    position, last = 0, None
    for row in of_source(tables["passages"], source_id).sort("start_offset").iter_rows(named=True):
        if text[position : row["start_offset"]].strip():
            message = f"{row['passage_id']}.start_offset: {position}-{row['start_offset']} is in no passage; add one"
            yield Finding("passages", row["row"], "start_offset", "ledger", message)
        position, last = row["end_offset"], row
    if last and text[position:].strip():
        message = f"{last['passage_id']}.end_offset: {position}-{len(text)} is in no passage; add one"
        yield Finding("passages", last["row"], "end_offset", "ledger", message)


def check_passages(text: str, source_id: str, tables: Tables) -> Iterator[Finding]:
    """Yield the passages whose checksum or first words are not those of their span."""
    for row in of_source(tables["passages"], source_id).iter_rows(named=True):
        start, end = row["start_offset"], row["end_offset"]
        if sha256(text[start:end]) != row["sha256"]:
            message = f"{row['passage_id']}.sha256: is not the checksum of the span"
            yield Finding("passages", row["row"], "sha256", "passage", message)
        if not start <= text.find(row["first_words"]) < end:
            message = f"{row['passage_id']}.first_words: do not find the sentence in the text"
            yield Finding("passages", row["row"], "first_words", "passage", message)


def check_readings(text: str, source_id: str, tables: Tables) -> Iterator[Finding]:
    """Yield the readings whose printed words are not those of their span."""
    for row in of_source(tables["readings"], source_id).iter_rows(named=True):
        start, end = row["start_offset"], row["end_offset"]
        if text[start:end] != row["printed"]:
            message = f"{row['reading_id']}.printed: is not what stands at {start}-{end}"
            yield Finding("readings", row["row"], "printed", "words", message)


def check_quotes(text: str, source_id: str, tables: Tables) -> Iterator[Finding]:
    """Yield the quotes whose words are not those of their spans."""
    evidence = tables["evidence"].filter(table_name="quotes", source_id=source_id)
    spans = evidence.group_by("row_id").agg(pl.col("start_offset").min(), pl.col("end_offset").max())
    stretch = {row_id: text[start:end] for row_id, start, end in spans.iter_rows()}
    for index, (quote_id, printed) in enumerate(tables["quotes"].select("quote_id", "printed").iter_rows()):
        if printed is not None and quote_id in stretch and stretch[quote_id] != printed:
            message = f"{quote_id}.printed: is not what stands in its evidence"
            yield Finding("quotes", index, "printed", "words", message)
