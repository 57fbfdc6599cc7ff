"""What needs the text of a source: segmenting it, finding words in it, and checking every offset against it."""

import hashlib
import re
from collections.abc import Iterator
from itertools import pairwise

import polars as pl

from ceasefire_talks.problems import Problem, Where
from ceasefire_talks.tables.tabulate import Tables

SENTENCE_END = re.compile(r'(?<!U\.S)(?<!Dr)[.?!]["”’]?\s+(?=[“"A-Z])')
WORD = re.compile(r"[^\s—–]+")
GLUED = re.compile(r"[a-z][A-Z]|[^\w’',.-]")
SPEECH_MARKS = '“”"‘[](),;:.'
FIRST_WORDS = 3


def sha256(text: str) -> str:
    """Return the SHA-256 of a text in UTF-8, as 64 hexadecimal digits."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def segment(text: str) -> Iterator[tuple[int, int, int]]:
    """Yield paragraph (from 1), start and end of each sentence, without the white space around it."""
    start = 0
    for paragraph, line in enumerate(text.split("\n"), 1):
        cuts = [0, *(match.end() for match in SENTENCE_END.finditer(line)), len(line)]
        for begin, stop in pairwise(cuts):
            sentence = line[begin:stop]
            if sentence.strip():
                left = start + begin + len(sentence) - len(sentence.lstrip())
                yield paragraph, left, left + len(sentence.strip())
        start += len(line) + 1


def first_words(text: str, start: int, end: int) -> str:
    """Return the first three whole words of a sentence that stand nowhere earlier in the text, so a link finds them."""
    words = list(WORD.finditer(text, start, end))
    for index in range(len(words) - FIRST_WORDS + 1):
        window = words[index : index + FIRST_WORDS]
        found = text[window[0].start() : window[-1].end()].strip(SPEECH_MARKS)
        if not any(GLUED.search(word) for word in found.split(" ")) and start <= text.find(found) < end:
            return found
    return text[words[0].start() : words[-1].end()]


def segment_yaml(text: str, source_id: str) -> str:
    """Return `passages.yaml` for a text: every sentence, all of kind record until a coder says otherwise."""
    lines = []
    for number, (paragraph, start, end) in enumerate(segment(text), 1):
        lines += [
            f"- passage_id: PA{number:04d}",
            f"  source_id: {source_id}",
            f"  paragraph: {paragraph}",
            f"  start: {start}",
            f"  end: {end}",
            f"  sha256: {sha256(text[start:end])}",
            "  kind: record",
            f"  first_words: {first_words(text, start, end)}",
        ]
    return "\n".join(lines) + "\n"


def find_words(text: str, words: str, passages: pl.DataFrame) -> list[str]:
    """Return the evidence lines for every place where words stand in a text, as YAML to paste."""
    found = []
    for match in re.finditer(re.escape(words), text):
        start, end = match.span()
        for row in passages.filter((pl.col("start") <= start) & (pl.col("end") >= end)).iter_rows(named=True):
            found.append(f"- {{passage_id: {row['passage_id']}, start: {start}, end: {end}}}")
    return found


def check_text(text: str, tables: Tables, where: Where) -> tuple[list[Problem], int]:
    """Check every passage, quote and reading against the text; return the problems and how many spans were checked."""
    problems = [*check_pin(text, tables, where)]
    if problems:
        return problems, 0
    problems += check_ledger(text, tables, where)
    problems += check_passages(text, tables, where)
    problems += check_readings(text, tables, where)
    problems += check_quotes(text, tables, where)
    spans = sum(tables[name].height for name in ("passages", "readings", "evidence"))
    return problems, spans


def check_pin(text: str, tables: Tables, where: Where) -> Iterator[Problem]:
    """Yield a problem where the text is not the one that the offsets count in."""
    for index, row in enumerate(tables["sources"].iter_rows(named=True)):
        cut = row["source_id"] in set(tables["passages"]["source_id"])
        if cut and (row["sha256"], row["characters"]) != (sha256(text), len(text)):
            message = f"{row['source_id']}.sha256: the text given is another one, of {len(text)} characters"
            yield Problem(where("sources", index, "sha256"), "source", message)


def check_ledger(text: str, tables: Tables, where: Where) -> Iterator[Problem]:
    """Yield every stretch of the text that is not white space and lies in no passage."""
    position = 0
    for index, row in enumerate(tables["passages"].iter_rows(named=True)):
        if text[position : row["start"]].strip():
            message = f"{row['passage_id']}.start: {position}-{row['start']} is in no passage; add one"
            yield Problem(where("passages", index, "start"), "ledger", message)
        position = row["end"]
    if text[position:].strip():
        index = tables["passages"].height - 1
        message = f"{tables['passages']['passage_id'][index]}.end: {position}-{len(text)} is in no passage; add one"
        yield Problem(where("passages", index, "end"), "ledger", message)


def check_passages(text: str, tables: Tables, where: Where) -> Iterator[Problem]:
    """Yield the passages whose checksum or first words are not those of their span."""
    for index, row in enumerate(tables["passages"].iter_rows(named=True)):
        sentence = text[row["start"] : row["end"]]
        if sha256(sentence) != row["sha256"]:
            message = f"{row['passage_id']}.sha256: is not the checksum of the span"
            yield Problem(where("passages", index, "sha256"), "passage", message)
        if not row["start"] <= text.find(row["first_words"]) < row["end"]:
            message = f"{row['passage_id']}.first_words: do not find the sentence in the text"
            yield Problem(where("passages", index, "first_words"), "passage", message)


def check_readings(text: str, tables: Tables, where: Where) -> Iterator[Problem]:
    """Yield the readings whose printed words are not those of their span."""
    for index, row in enumerate(tables["readings"].iter_rows(named=True)):
        if text[row["start"] : row["end"]] != row["printed"]:
            message = f"{row['reading_id']}.printed: is not what stands at {row['start']}-{row['end']}"
            yield Problem(where("readings", index, "printed"), "words", message)


def check_quotes(text: str, tables: Tables, where: Where) -> Iterator[Problem]:
    """Yield the quotes whose words are not those of their spans."""
    spans = tables["evidence"].filter(table="quotes").group_by("row_id").agg(pl.col("start").min(), pl.col("end").max())
    stretch = {row_id: text[start:end] for row_id, start, end in spans.iter_rows()}
    for index, row in enumerate(tables["quotes"].iter_rows(named=True)):
        if row["printed"] is not None and stretch.get(row["quote_id"]) != row["printed"]:
            message = f"{row['quote_id']}.printed: is not what stands in its evidence"
            yield Problem(where("quotes", index, "printed"), "words", message)
