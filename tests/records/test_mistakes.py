"""Bad input: each mistake is one line that says where it is, what is wrong and how to mend it.

A case of `mistakes/*.yaml` names a file of records by the end of its path, a pattern to find in it, what to put for
the first match, and what the build then says, each line beginning with the name of the file that it points to. `{line}`
is the line of the match, `{end}` the one behind it, `{quote}` the one of the next apostrophe; `{quote_id}`, `{record}`
and `{length}` are the quote it stands in, its line and the length of its spans.
"""

import re

import pytest

from ceasefire_talks.build import Built
from helpers import Case, Edit, find, line_at, line_of, name_cases, placed, read_cases

TOPICS = ("yaml", "fields", "values", "references", "kept")
MISTAKES = read_cases(*(f"records/mistakes/{topic}.yaml" for topic in TOPICS))


@pytest.mark.parametrize("case", name_cases(MISTAKES, "name"))
def test_mistake_is_named(built: Built, edit: Edit, case: Case) -> None:
    expected = [placed(fill(line, built, case["file"], case["find"])) for line in case["says"]]
    assert edit(case["file"], case["find"], case["put"]) == expected


@pytest.mark.parametrize(
    ("nest", "below"),
    [
        pytest.param("[" * 200_000, 0, id="brackets"),
        pytest.param("[\n   " * 200_000, 18, id="brackets on lines of their own"),
        pytest.param("\n   {a: [\n" * 200_000, 19, id="brackets and braces"),
        pytest.param("\n   " + "? " * 200_000, 1, id="complex keys"),
    ],
)
def test_nests_without_end_are_named(built: Built, edit: Edit, nest: str, below: int) -> None:
    pattern, line = "^  place: israel", f"events.yaml:{{line+{below}}}: is nested too deeply; mind the brackets"
    found = edit("events.yaml", pattern, f"  place: {nest}")
    assert found == [placed(fill(line, built, "events.yaml", pattern))]


@pytest.mark.parametrize(
    ("find_it", "put", "says"),
    [
        ("^  summary: Hamas attacked", f"  summary: {'x' * 140_000} Hamas attacked", "1000 characters and has 140077"),
        ("^  title: Hamas attacks Israel", f"  title: {'x' * 71}", "70 characters and has 71"),
    ],
)
def test_a_text_without_end_is_named(edit: Edit, find_it: str, put: str, says: str) -> None:
    field, _, text = put.strip().partition(": ")
    line = line_of("events.yaml", find_it)
    assert edit("events.yaml", find_it, put) == [
        placed(f'events.yaml:{line}: EV0001.{field}: "{text[:57]}..." must have at most {says}')
    ]


def fill(expected: str, built: Built, file: str, pattern: str) -> str:
    """Fill in what depends on the records: {line} of the match, the one its {end} stands on, and the like."""
    text, match = find(file, pattern)
    values = {
        "line": line_at(text, match.start()),
        "end": line_at(text, match.end()),
        "quote": line_at(text, text.find("'", match.end())),
    }
    if "{quote_id}" in expected:
        *_, record = re.finditer(r"^- quote_id: (.*)$", text[: match.start()], re.MULTILINE)
        quote, values["record"] = record[1], line_at(text, record.start())
        spans = built.tables["evidence"].filter(table_name="quotes", row_id=quote)
        length = max(spans["end_offset"]) - min(spans["start_offset"])
        expected = expected.replace("{quote_id}", quote).replace("{length}", str(length))
    return re.sub(r"\{(line|end|quote|record)(?:\+(\d+))?\}", lambda it: str(values[it[1]] + int(it[2] or 0)), expected)
