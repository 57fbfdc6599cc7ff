"""Sentences of a text: cutting it, and finding those of a source again in a copy that somebody saved."""

import hashlib
import re
from collections.abc import Iterator
from itertools import pairwise

import polars as pl

SENTENCE_END = re.compile(r'(?<!U\.S)(?<!Dr)[.?!]["”’]?\s+(?=[“"A-Z])')
BLANKS = re.compile(r"[^\S\n]+")


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


def find_whole(text: str, words: str) -> int:
    """Return where a text first has words as a browser finds them, whole and in any case; -1 where nowhere."""
    found = re.search(rf"(?<!\w){re.escape(words)}(?!\w)", text, re.IGNORECASE)
    return found.start() if found else -1


def find_sentences(text: str, passages: pl.DataFrame) -> dict[str, str]:
    """Return the sentence of each passage that stands in a text, by its checksum.

    The text may be a page saved with a menu and a byline, with other line breaks or with blanks doubled.
    """
    known = dict(passages.select("sha256", "passage_id").iter_rows())
    plain = BLANKS.sub(" ", text.replace("\u00a0", " "))
    found = {}
    for version in (text, plain):
        for _, start, end in segment(version):
            sentence = version[start:end]
            passage_id = known.get(sha256(sentence))
            if passage_id:
                found[passage_id] = sentence
    return found


def lay_out(sentences: dict[str, str], passages: pl.DataFrame) -> str:
    """Return a text that has each sentence at the offsets of its passage, and blanks elsewhere."""
    text = [" "] * max(passages["end_offset"], default=0)
    for passage_id, start in passages.select("passage_id", "start_offset").iter_rows():
        sentence = sentences.get(passage_id, "")
        text[start : start + len(sentence)] = sentence
    return "".join(text)
