"""Cutting a text into passages: sentence by sentence, each with its checksum and the words that find it."""

import re

from ceasefire_talks.checks.sentences import find_whole, segment, sha256

WORD = re.compile(r"[^\s—–]+")
GLUED = re.compile(r"[a-z][A-Z]|[^\w’',.-]")
SPEECH_MARKS = '“”"‘[](),;:.'
FIRST_WORDS = 3


def first_words(text: str, start: int, end: int) -> str:
    """Return the first three whole words of a sentence that stand nowhere earlier in the text, so a link finds them."""
    words = list(WORD.finditer(text, start, end))
    for index in range(len(words) - FIRST_WORDS + 1):
        window = words[index : index + FIRST_WORDS]
        found = text[window[0].start() : window[-1].end()].strip(SPEECH_MARKS)
        if not any(GLUED.search(word) for word in found.split(" ")) and start <= find_whole(text, found) < end:
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
            f"  start_offset: {start}",
            f"  end_offset: {end}",
            f"  sha256: {sha256(text[start:end])}",
            "  kind: record",
            f"  first_words: {first_words(text, start, end)}",
        ]
    return "\n".join(lines) + "\n"
