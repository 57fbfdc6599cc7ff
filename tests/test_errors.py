"""Bad input: each mistake is one line that says where it is, what is wrong and how to mend it."""

import re
import shutil
from pathlib import Path

import pytest

from ceasefire_talks.build import Built, build_tables
from ceasefire_talks.cli import main
from ceasefire_talks.problems import report
from conftest import ROOT, Edit

RECORDS = "data/records"


@pytest.mark.parametrize(
    ("file", "pattern", "replacement", "lines"),
    [
        pytest.param(
            "events.yaml",
            "^  title: Hamas attacks Israel",
            "  title: Hamas: attacks Israel",
            [
                (
                    "events.yaml:{line}: is not valid YAML: mapping values are not allowed in this context; a text "
                    "that holds a colon and a space needs quotes"
                )
            ],
            id="bad YAML",
        ),
        pytest.param(
            "events.yaml",
            "^  title: Hamas attacks Israel$",
            "  title: 'Hamas attacks Israel",
            [
                (
                    "events.yaml:{quote}: is not valid YAML: did not find expected key while parsing a block mapping, "
                    "begun on line 1"
                )
            ],
            id="unclosed quote",
        ),
        pytest.param(
            "events.yaml",
            "^  type: attack$",
            "   type: attack",
            [
                (
                    "events.yaml:{line}: is not valid YAML: mapping values are not allowed in this context; a text "
                    "that holds a colon and a space needs quotes"
                )
            ],
            id="broken indentation",
        ),
        pytest.param(
            "events.yaml",
            "^  type: attack$",
            "  type: attack\n  type: attack",
            ["events.yaml:{line+1}: EV0001.type: stands twice, first on line {line}; keep one"],
            id="duplicate field",
        ),
        pytest.param(
            "events.yaml",
            "^  title: Hamas attacks Israel",
            "  titel: Hamas attacks Israel",
            ['events.yaml:{line}: EV0001.titel: events has no such field; did you mean "title"?'],
            id="unknown field",
        ),
        pytest.param(
            "events.yaml",
            "^  event_actors:$",
            "  event_actor:",
            ['events.yaml:{line}: EV0001.event_actor: events has no such field; did you mean "event_actors"?'],
            id="unknown table",
        ),
        pytest.param(
            "events.yaml",
            r"end: 51\}",
            "ende: 51}",
            [('events.yaml:{line}: events/EV0001/PA0001/18.ende: evidence has no such field; did you mean "end"?')],
            id="nested unknown field",
        ),
        pytest.param(
            "events.yaml",
            "start: 18,",
            "start: 18.5,",
            ['events.yaml:{line}: events/EV0001/PA0001/18.5/51.start: "18.5" is not a whole number'],
            id="not a whole number",
        ),
        pytest.param(
            "events.yaml",
            "start: 18,",
            "start: --18,",
            ['events.yaml:{line}: events/EV0001/PA0001/--18/51.start: "--18" is not a whole number'],
            id="two signs",
        ),
        pytest.param(
            "events.yaml",
            "^      value: 1$",
            "      value: 1e3",
            ['events.yaml:{line}: QN0001.value: "1e3" is not a number such as 18 or 2.5'],
            id="not a number",
        ),
        pytest.param(
            "events.yaml",
            "^      value: 1$",
            "      value: '1,000'",
            ['events.yaml:{line}: QN0001.value: "1,000" is not a number such as 18 or 2.5'],
            id="number with separator",
        ),
        pytest.param(
            "quotes.yaml",
            "^  quotable: false$",
            "  quotable: no",
            ['quotes.yaml:{line}: QU0001.quotable: "no" is neither true nor false'],
            id="not a boolean",
        ),
        pytest.param(
            "events.yaml",
            "^  outcome: done$",
            "  outcome: don",
            ['events.yaml:{line}: EV0001.outcome: "don" is not a code of event_outcome; did you mean "done"?'],
            id="misspelt code",
        ),
        pytest.param(
            "events.yaml",
            "^  outcome: done$",
            "  outcome: xyzzy",
            ['events.yaml:{line}: EV0001.outcome: "xyzzy" is not a code of event_outcome'],
            id="code of no likeness",
        ),
        pytest.param(
            "codes.yaml",
            "^source_kind:$",
            "source_knid:",
            [
                (
                    'codes.yaml:1: source_knid/article_copy.list: no field has the code list "source_knid"; did '
                    'you mean "source_kind"?'
                )
            ],
            id="misspelt code list",
        ),
        pytest.param(
            "codes.yaml",
            "^adjudication:$",
            "adjudicatoin:",
            [
                (
                    'codes.yaml:{line}: adjudicatoin/first.list: no field has the code list "adjudicatoin"; did '
                    'you mean "adjudication"?'
                )
            ],
            id="misspelt code list of an internal table",
        ),
        pytest.param(
            "quotes.yaml",
            "^  fidelity: unclosed$",
            "  fidelity: unclosd",
            [
                (
                    'quotes.yaml:{line}: {quote_id}.fidelity: "unclosd" is not a code of quote_fidelity; did you '
                    'mean "unclosed"?'
                ),
            ],
            id="misspelt code of a new kind",
        ),
        pytest.param(
            "quotes.yaml",
            "^  fidelity: unclosed$",
            "  fidelity: unclosed\n  printed: It",
            [
                "quotes.yaml:{line+1}: {quote_id}.printed: has 2 characters, its evidence {length}",
                (
                    "quotes.yaml:{line+1}: {quote_id}.printed: must be empty for an indirect statement and for an "
                    "unclosed quote, and filled for every other"
                ),
            ],
            id="words of an unclosed quote",
        ),
        pytest.param(
            "adjudications.yaml",
            r"\A((?:.*\n)+?)  decision: .*$",
            "\\1  decision: frist",
            [
                (
                    'adjudications.yaml:{end}: AJ0001.decision: "frist" is not a code of adjudication; did you '
                    'mean "first"?'
                )
            ],
            id="adjudications: misspelt code",
        ),
        pytest.param(
            "adjudications.yaml",
            "^- adjudication_id: AJ0001$",
            "- adjudication_id: AJ01",
            ['adjudications.yaml:{line}: AJ01.adjudication_id: "AJ01" must match "AJ[0-9]{4}"'],
            id="adjudications: bad id",
        ),
        pytest.param(
            "adjudications.yaml",
            "^- adjudication_id: AJ0002$",
            "- adjudication_id: AJ0001",
            [
                (
                    'adjudications.yaml:{line}: AJ0001.adjudication_id: "AJ0001" stands at '
                    "data/records/adjudications.yaml:1 too; keep one"
                )
            ],
            id="adjudications: duplicate id",
        ),
        pytest.param(
            "unitizing.yaml",
            r"table: actors, (.*)share: [0-9.]+\}",
            r"table: actors, \1share: 1.5}",
            ['unitizing.yaml:{line}: 1/actors.share: "1.5" must be at most 1'],
            id="unitizing: more than all",
        ),
        pytest.param(
            "unitizing.yaml",
            "round: 1, table: actors",
            "round: 0, table: actors",
            ['unitizing.yaml:{line}: 0/actors.round: "0" must be at least 1'],
            id="unitizing: no round",
        ),
        pytest.param(
            "unitizing.yaml",
            "(- .*round: 1, table: actors, .*\n)",
            "\\1\\1",
            [
                (
                    'unitizing.yaml:{end}: 1/actors.table: round, table "1/actors" stands at '
                    "data/records/unitizing.yaml:{line} too; keep one"
                )
            ],
            id="unitizing: duplicate row",
        ),
        pytest.param(
            "agreement.yaml",
            "table: actors, field: kind, n: [0-9]+",
            "table: actors, field: kind, n: 2.5",
            ['agreement.yaml:{line}: 1/actors/kind.n: "2.5" is not a whole number'],
            id="agreement: half a row",
        ),
        pytest.param(
            "agreement.yaml",
            "(table: actors, field: kind, .*)alpha: [-0-9.]+",
            r"\1alpha: -1.5",
            ['agreement.yaml:{line}: 1/actors/kind.alpha: "-1.5" must be at least -1'],
            id="agreement: alpha out of range",
        ),
        pytest.param(
            "compatibility.yaml",
            "^(- reader: 'Parquet: polars'\n)  string: .*\n",
            "\\1",
            ["compatibility.yaml:{line}: Parquet: polars.string: is missing"],
            id="compatibility: a type without result",
        ),
        pytest.param(
            "compatibility.yaml",
            "^- reader: 'Parquet: polars'$",
            "- raeder: 'Parquet: polars'",
            [
                (
                    "compatibility.yaml:{line}: a row without key.raeder: compatibility has no such field; did you "
                    'mean "reader"?'
                )
            ],
            id="compatibility: unknown field",
        ),
        pytest.param(
            "events.yaml",
            "actor_id: hamas, role: init",
            "actor_id: hamass, role: init",
            [
                (
                    'events.yaml:{line}: EV0001/hamass/initiator.actor_id: "hamass" is not in actors; did you mean '
                    '"hamas"?'
                )
            ],
            id="dangling actor",
        ),
        pytest.param(
            "events.yaml",
            "passage_id: PA0001, start: 18",
            "passage_id: PA0100, start: 18",
            [
                (
                    'events.yaml:{line}: events/EV0001/PA0100/18/51.passage_id: "PA0100" is not in passages; did you '
                    'mean "PA0070"?'
                )
            ],
            id="dangling passage",
        ),
        pytest.param(
            "actors.yaml",
            "passage_id: PA0016, start: 1821",
            "passage_id: PA0106, start: 1821",
            [
                (
                    'actors.yaml:{line}: actors/benjamin_netanyahu/PA0106/1821/1862.passage_id: "PA0106" is not in '
                    'passages; did you mean "PA0069"?'
                )
            ],
            id="dangling passage in a parent",
        ),
        pytest.param(
            "passages.yaml",
            "^- passage_id: PA0003$",
            "- passage_id: PA003",
            ['passages.yaml:{line}: PA003.passage_id: "PA003" must match "PA[0-9]{4}"'],
            id="bad passage id",
        ),
        pytest.param(
            "events.yaml",
            "^  date: 2023-10-07$",
            "  date: 7 October 2023",
            [
                (
                    'events.yaml:{line}: EV0001.date: "7 October 2023" is not a date such as 2024, 2024-09, '
                    "2024-09-15 or an interval of these"
                )
            ],
            id="date outside the subset",
        ),
        pytest.param(
            "events.yaml",
            "^  date: 2023-10-07$",
            "  date: 2023-02-30",
            ['events.yaml:{line}: EV0001.date: "2023-02-30" is a day that no calendar has'],
            id="day of no calendar",
        ),
        pytest.param(
            "events.yaml",
            "^  date: 2023-10-07/..$",
            "  date: 2023-10-07/2022",
            ['events.yaml:{line}: EV0002.date: "2023-10-07/2022" is an interval that ends before it begins'],
            id="backwards interval",
        ),
        pytest.param(
            "events.yaml",
            "start: 18, end: 51",
            "start: 18, end: 251",
            [
                (
                    "events.yaml:{line}: events/EV0001/SO0001/PA0001/18/251.start: 18-251 leaves its passage PA0001 "
                    "(0-200)"
                )
            ],
            id="span outside its passage",
        ),
        pytest.param(
            "events.yaml",
            "start: 18, end: 51",
            "start: 18, end: 11",
            ["events.yaml:{line}: events/EV0001/SO0001/PA0001/18/11.end: must be greater than start"],
            id="span backwards",
        ),
        pytest.param(
            "passages.yaml",
            "^  start: 201$",
            "  start: 199",
            ["passages.yaml:{line}: PA0002.start: 199 lies inside PA0001 (0-200)"],
            id="sentence in two passages",
        ),
        pytest.param(
            "events.yaml",
            "^- event_id: EV0002$",
            "- event_id: EV0001",
            ['events.yaml:{line}: EV0001.event_id: "EV0001" stands at data/records/events.yaml:1 too; keep one'],
            id="duplicate id",
        ),
        pytest.param(
            "demand_conflicts.yaml",
            r"^(- demand_id: DE0001\n  other_demand_id: DE0010\n(?:  .*\n)+)",
            "\\1\\1",
            [
                (
                    "demand_conflicts.yaml:{end+1}: DE0001/DE0010.other_demand_id: demand_id, other_demand_id "
                    '"DE0001/DE0010" stands at data/records/demand_conflicts.yaml:{line+1} too; keep one'
                )
            ],
            id="duplicate block",
        ),
        pytest.param(
            "events.yaml",
            r"\A((?:.*\n)+?)(?=- )",
            "\\1\\1",
            ['events.yaml:{end}: EV0001.event_id: "EV0001" stands at data/records/events.yaml:1 too; keep one'],
            id="duplicate event block",
        ),
        pytest.param(
            "passages.yaml",
            r"\A((?:.*\n)+?)(?=- )",
            "\\1\\1",
            [('passages.yaml:{end}: PA0001.passage_id: "PA0001" stands at data/records/passages.yaml:1 too; keep one')],
            id="duplicate passage block",
        ),
        pytest.param(
            "events.yaml",
            "^  type: attack$",
            "<<<<<<< HEAD\n  type: attack\n=======\n  type: raid\n>>>>>>> branch",
            [
                "events.yaml:{line}: is a merge marker; finish the merge",
                "events.yaml:{line+2}: is a merge marker; finish the merge",
                "events.yaml:{line+4}: is a merge marker; finish the merge",
            ],
            id="merge markers",
        ),
        pytest.param(
            "events.yaml",
            "^  type: attack$",
            "\ttype: attack",
            ["events.yaml:{line}: holds a tab; use spaces"],
            id="tab",
        ),
        pytest.param(
            "events.yaml",
            r"\A",
            "\ufeff",
            ["events.yaml:1: holds a byte order mark; save the file without BOM"],
            id="BOM",
        ),
        pytest.param(
            "events.yaml",
            "^  type: attack$",
            "  type: attack\r",
            ["events.yaml:{line}: ends in a carriage return; save the whole file with LF line ends"],
            id="carriage return",
        ),
        pytest.param(
            "events.yaml",
            "^  type: attack$",
            "  type: att\u0007ack",
            ["events.yaml:{line}: holds the control character U+0007; take it out"],
            id="control",
        ),
        pytest.param(
            "events.yaml",
            "^  title: Hamas",
            "  title: \u202eHamas",
            ["events.yaml:{line}: holds the control character U+202E; take it out"],
            id="bidi",
        ),
        pytest.param(
            "events.yaml",
            "^  title: Hamas",
            "  title: Ha\u200bmas",
            ["events.yaml:{line}: holds the control character U+200B; take it out"],
            id="invisible",
        ),
        pytest.param(
            "events.yaml",
            "^  title: Hamas",
            "  title: Ha\u2028mas",
            ["events.yaml:{line}: holds the control character U+2028; take it out"],
            id="line separator",
        ),
        pytest.param(
            "events.yaml",
            "^  title: Hamas",
            "  title: Ha\ufffemas",
            ["events.yaml:{line}: holds the control character U+FFFE; take it out"],
            id="noncharacter",
        ),
        pytest.param(
            "events.yaml",
            "^  title: Hamas attacks Israel",
            '  title: "Hamas\\\\u202e attacks"',
            [
                (
                    'events.yaml:{line}: EV0001.title: "Hamas\\u202e attacks" holds a control, bidi, invisible or line '
                    "break character; take it out"
                )
            ],
            id="escaped control",
        ),
        pytest.param(
            "events.yaml",
            "^- event_id: EV0001",
            '- event_id: "EV\\\\n0001"',
            [
                'events.yaml:1: EV\\n0001.event_id: "EV\\n0001" must match "EV[0-9]{4}"',
                (
                    'events.yaml:1: EV\\n0001.event_id: "EV\\n0001" holds a control, bidi, invisible or line break '
                    "character; take it out"
                ),
                (
                    'events.yaml:1: EV\\n0001/hamas/initiator.event_id: "EV\\n0001" holds a control, bidi, '
                    "invisible or line break character; take it out"
                ),
                (
                    'events.yaml:1: EV\\n0001/israel/target.event_id: "EV\\n0001" holds a control, bidi, invisible '
                    "or line break character; take it out"
                ),
                (
                    'events.yaml:1: events/EV\\n0001/SO0001/PA0001/18/51.row_id: "EV\\n0001" holds a control, '
                    "bidi, invisible or line break character; take it out"
                ),
                (
                    'events.yaml:1: events/EV\\n0001/SO0001/PA0023/3299/3326.row_id: "EV\\n0001" holds a control, '
                    "bidi, invisible or line break character; take it out"
                ),
            ],
            id="escaped line break in id",
        ),
        pytest.param(
            "events.yaml",
            "^  title: Hamas attacks Israel",
            "  title: |\n    Hamas attacks",
            [
                (
                    'events.yaml:{line}: EV0001.title: "Hamas attacks\\n" holds a control, bidi, invisible or line '
                    "break character; take it out"
                )
            ],
            id="line break in a cell",
        ),
        pytest.param(
            "events.yaml",
            "^  title: Hamas attacks Israel",
            "  title: =HYPERLINK(1)",
            [
                (
                    'events.yaml:{line}: EV0001.title: "=HYPERLINK(1)" would run as a formula in a spreadsheet; begin '
                    "it with another character"
                )
            ],
            id="formula",
        ),
        pytest.param(
            "events.yaml",
            "^  title: Hamas attacks Israel",
            "  title: 'Hamas  attacks'",
            [('events.yaml:{line}: EV0001.title: "Hamas  attacks" begins or ends with a space, or has two in a row')],
            id="two spaces",
        ),
        pytest.param(
            "events.yaml",
            "^  title: Hamas attacks Israel",
            "  title: Cafe\u0301",
            ['events.yaml:{line}: EV0001.title: "Cafe\\u0301" is not in Unicode normal form C; normalise it'],
            id="not NFC",
        ),
        pytest.param(
            "events.yaml",
            "^  title: Hamas attacks Israel",
            "  title: ''",
            ["events.yaml:{line}: EV0001.title: is empty; leave the field out where there is no value"],
            id="empty string",
        ),
        pytest.param(
            "events.yaml",
            "^  place: israel",
            "  place: '  '",
            ["events.yaml:{line}: EV0001.place: is empty; leave the field out where there is no value"],
            id="spaces only",
        ),
        pytest.param(
            "events.yaml",
            "^  place: israel",
            "  place: null",
            ["events.yaml:{line}: EV0001.place: is empty; leave the field out where there is no value"],
            id="explicit null",
        ),
        pytest.param(
            "events.yaml",
            "^  place: israel",
            "  place:",
            ["events.yaml:{line}: EV0001.place: is empty; leave the field out where there is no value"],
            id="nothing behind the colon",
        ),
        pytest.param(
            "events.yaml",
            "^  place: israel",
            "  place: &a israel",
            ["events.yaml:{line}: uses *, & or ! of YAML; write the value out, or put the text between quotes"],
            id="anchor",
        ),
        pytest.param(
            "events.yaml",
            "^  place: israel",
            "  place: *a",
            ["events.yaml:{line}: uses *, & or ! of YAML; write the value out, or put the text between quotes"],
            id="alias",
        ),
        pytest.param(
            "events.yaml",
            "^  place: israel",
            "  place: !!str israel",
            ["events.yaml:{line}: uses *, & or ! of YAML; write the value out, or put the text between quotes"],
            id="tag",
        ),
        pytest.param(
            "events.yaml",
            "^- event_id: EV0002$",
            "---\n- event_id: EV0002",
            ["events.yaml:{line}: begins a second document; take the line --- out"],
            id="second document",
        ),
        pytest.param(
            "events.yaml",
            "^  place: israel",
            "  place: " + "[" * 200_000,
            ["events.yaml:{line}: is nested too deeply; mind the brackets"],
            id="nested too deeply",
        ),
        pytest.param(
            "events.yaml",
            "^  place: israel",
            "  place: [israel, gaza]",
            ["events.yaml:{line}: EV0001.place: must be one value, not a list or a mapping"],
            id="list for a value",
        ),
        pytest.param(
            "events.yaml",
            "^  place: israel",
            "  place: {israel: gaza}",
            ["events.yaml:{line}: EV0001.place: must be one value, not a list or a mapping"],
            id="mapping for a value",
        ),
        pytest.param(
            "events.yaml",
            r"^  evidence:\n(    - .*\n)+",
            "  evidence: PA0001\n",
            ["events.yaml:{line}: EV0001.evidence: must be a list, each item beginning with a dash"],
            id="value for a list",
        ),
        pytest.param(
            "events.yaml",
            r"^  evidence:\n    - .*\n    - .*\n",
            "  evidence: {passage_id: PA0001, start: 18, end: 51}\n",
            ["events.yaml:{line}: EV0001.evidence: must be a list, each item beginning with a dash"],
            id="mapping for a list",
        ),
        pytest.param(
            "events.yaml",
            r"- \{passage_id: PA0001, start: 18, end: 51\}",
            "- PA0001",
            ["events.yaml:{line}: EV0001.evidence: a row must be a mapping of fields to values"],
            id="value for a row",
        ),
        pytest.param(
            "events.yaml",
            "^  place: israel",
            "  ? [place]\n  : israel",
            ["events.yaml:{line}: EV0001: a field name must be plain text"],
            id="list for a field name",
        ),
        pytest.param(
            "events.yaml",
            "^  date_basis: relative",
            "  date_basis: relative\n  date_first_day: 2023-10-07",
            ["events.yaml:{line+1}: EV0001.date_first_day: the build derives it; take it out"],
            id="derived field by hand",
        ),
        pytest.param(
            "events.yaml",
            "actor_id: hamas, role: init",
            "event_id: EV0001, actor_id: hamas, role: init",
            [("events.yaml:{line}: EV0001/hamas/initiator.event_id: comes from the record it stands in; take it out")],
            id="field of the parent by hand",
        ),
        pytest.param(
            "events.yaml",
            r"^  type: attack\n",
            "",
            ["events.yaml:1: EV0001.type: is missing"],
            id="missing required field",
        ),
        pytest.param(
            "events.yaml",
            r"^- event_id: EV0001\n  title",
            "- title",
            ["events.yaml:1: a row without key.event_id: is missing"],
            id="missing id",
        ),
        pytest.param(
            "events.yaml",
            r"^  evidence:\n    - .*\n    - .*\n",
            "",
            ["events.yaml:1: EV0001.event_id: has no evidence; name the span it was read in"],
            id="missing evidence",
        ),
        pytest.param(
            "events.yaml",
            "^  title: Hamas attacks Israel",
            "  title: " + "x" * 71,
            [
                (
                    'events.yaml:{line}: EV0001.title: "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx..." '
                    "must have at most 70 characters and has 71"
                )
            ],
            id="text too long",
        ),
        pytest.param(
            "events.yaml",
            r"^  date_basis: relative\n",
            "",
            ["events.yaml:1: EV0001.date_basis: must be filled where date is, and only there"],
            id="date without basis",
        ),
        pytest.param(
            "leverage.yaml",
            r"(?s)\A.*",
            "[]\n",
            ["leverage.yaml:1: leverage has no rows; put back what is missing"],
            id="rows gone",
        ),
        pytest.param(
            "project.yaml",
            "^title: Ceasefire Talks",
            "titel: Ceasefire Talks",
            ['project.yaml:1: project.titel: there is no such field; did you mean "title"?'],
            id="project: no field",
        ),
        pytest.param(
            "project.yaml",
            "^title: Ceasefire Talks",
            "title: [Ceasefire Talks]",
            ["project.yaml:1: project.title: must be one text"],
            id="project: list for a text",
        ),
        pytest.param(
            "project.yaml",
            "^released: .*",
            "released: today",
            [
                (
                    'project.yaml:{line}: project.released: "today" is not a date such as 2024, 2024-09, 2024-09-15 '
                    "or an interval of these"
                )
            ],
            id="project: no day",
        ),
        pytest.param(
            "project.yaml",
            r"^  - name: (.*)\n    title: (.*)\n    path: .*\n",
            "  - name: \\1\n    title: \\2\n",
            ["project.yaml:{line}: project.licenses.path: is missing"],
            id="project: a licence without path",
        ),
    ],
)
def test_mistake_is_named(
    built: Built, edit: Edit, file: str, pattern: str, replacement: str, lines: list[str]
) -> None:
    expected = [f"{RECORDS}/{fill(line, built, file, pattern)}" for line in lines]
    assert edit(file, pattern, replacement) == expected


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
        spans = built.tables["evidence"].filter(table="quotes", row_id=quote)
        length = max(spans["end"]) - min(spans["start"])
        expected = expected.replace("{quote_id}", quote).replace("{length}", str(length))
    return re.sub(r"\{(line|end|quote|record)(?:\+(\d))?\}", lambda it: str(values[it[1]] + int(it[2] or 0)), expected)


def find(file: str, pattern: str) -> tuple[str, re.Match[str]]:
    """Return the text of a file of records and the first match in it."""
    text = (ROOT / RECORDS / file).read_text("utf-8")
    match = re.search(pattern, text, re.MULTILINE)
    assert match, f"{pattern!r} is not in {file}"
    return text, match


def line_at(text: str, offset: int) -> int:
    """Return the line, from 1, of an offset in a text."""
    return text.count("\n", 0, offset) + 1


def line_of(file: str, pattern: str) -> int:
    """Return the line on which the first match of a pattern begins."""
    text, match = find(file, pattern)
    return line_at(text, match.start())


def break_bytes(copy: Path, file: str, content: bytes) -> list[str]:
    (copy / RECORDS / file).write_bytes(content)
    return report(build_tables(copy).problems)


EVENTS = (ROOT / RECORDS / "events.yaml").read_bytes()


@pytest.mark.parametrize(
    ("content", "line"),
    [
        pytest.param(
            EVENTS.replace(b"Hamas attacks", "Ham\u00e4s attacks".encode("latin-1")),
            "events.yaml:2: is not UTF-8; save the file as UTF-8",
            id="Latin-1",
        ),
        pytest.param(
            EVENTS.decode().encode("utf-16"), "events.yaml:1: is not UTF-8; save the file as UTF-8", id="UTF-16"
        ),
        pytest.param(
            EVENTS.replace(b"\n", b"\r\n"),
            "events.yaml:1: ends in a carriage return; save the whole file with LF line ends",
            id="CRLF",
        ),
        pytest.param(
            EVENTS.replace(b"\n", b"\r"),
            "events.yaml:1: ends in a carriage return; save the whole file with LF line ends",
            id="CR",
        ),
        pytest.param(b"", "events.yaml:1: events has no rows; put back what is missing", id="empty"),
        pytest.param(b"# soon\n", "events.yaml:1: events has no rows; put back what is missing", id="only a comment"),
        pytest.param(
            b"events\n", "events.yaml:1: events: must be a list, each item beginning with a dash", id="a word"
        ),
    ],
)
def test_whole_file_is_refused_once(copy: Path, content: bytes, line: str) -> None:
    assert break_bytes(copy, "events.yaml", content) == [f"{RECORDS}/{line}"]


def test_utf16_without_mark_is_refused(copy: Path) -> None:
    lines = break_bytes(copy, "events.yaml", EVENTS.decode().encode("utf-16-le"))
    assert lines[0] == f"{RECORDS}/events.yaml:1: holds the control character U+0000; take it out"
    count = EVENTS.count(b"\n") + 1  # the second half of the last line break stands behind it
    assert lines[-1] == f"control: {count} in all, 20 shown"


def test_missing_file_is_named(copy: Path) -> None:
    (copy / RECORDS / "leverage.yaml").unlink()
    assert report(build_tables(copy).problems) == [
        f"{RECORDS}/leverage.yaml: leverage has no rows; put back what is missing"
    ]


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("evnts.yaml", '; did you mean "events.yaml"?'),
        ("events.yml", '; did you mean "events.yaml"?'),
        ("0123456789.yaml", ""),
    ],
)
def test_file_of_no_table_is_named(copy: Path, name: str, hint: str) -> None:
    assert break_bytes(copy, name, b"") == [f"{RECORDS}/{name}:1: no table has a file of this name{hint}"]


@pytest.mark.parametrize(("successor", "hint"), [("xyzzy", ""), ("hamass", '; did you mean "hamas"?')])
def test_withdrawn_id_is_never_used_again(copy: Path, successor: str, hint: str) -> None:
    content = f"- {{withdrawn_id: EV0002, release: 0.1.0, reason: No event., successor_id: {successor}}}\n"
    line = line_of("events.yaml", "^- event_id: EV0002$")
    assert break_bytes(copy, "withdrawn.yaml", content.encode()) == [
        f"{RECORDS}/events.yaml:{line}: EV0002.event_id: was withdrawn in release 0.1.0 and is never used again; "
        "take a new id",
        f'{RECORDS}/withdrawn.yaml:1: EV0002.successor_id: "{successor}" is in no table{hint}',
    ]


def test_sentence_in_no_passage_is_named(copy: Path, article: str) -> None:
    path = copy / RECORDS / "passages.yaml"
    text, count = re.subn(r"- passage_id: PA0003\n(  .*\n)+", "", path.read_text("utf-8"))
    path.write_text(text, "utf-8")
    assert count == 1
    line = line_at(text, text.index("  start: 491\n"))
    assert report(build_tables(copy, article).problems) == [
        f"{RECORDS}/passages.yaml:{line}: PA0004.start: 459-491 is in no passage; add one"
    ]


def test_all_mistakes_are_told_at_once(built: Built, edit: Edit) -> None:
    """One in the YAML of a file, one in a value, one in a reference, one between tables' rows: four lines."""
    speaker = line_of("quotes.yaml", "^  speaker_id: israeli_leaders$")
    quote = built.tables["quotes"].filter(speaker_id="israeli_leaders")["quote_id"][0]
    edit("events.yaml", "^  outcome: done$", "  outcome: don")
    edit("events.yaml", "^  date: 2023-10-07$", "  date: 2023-13")
    edit("quotes.yaml", "^  speaker_id: israeli_leaders$", "  speaker_id: israeli_leader")
    assert edit("demands.yaml", "^  kind: demand$", "\tkind: demand") == [
        f"{RECORDS}/demands.yaml:{line_of('demands.yaml', '^  kind: demand$')}: holds a tab; use spaces",
        f'{RECORDS}/events.yaml:5: EV0001.date: "2023-13" is not a date such as 2024, 2024-09, 2024-09-15 or an '
        "interval of these",
        f'{RECORDS}/events.yaml:9: EV0001.outcome: "don" is not a code of event_outcome; did you mean "done"?',
        f'{RECORDS}/quotes.yaml:{speaker}: {quote}.speaker_id: "israeli_leader" is not in actors; did you mean '
        '"israeli_leaders"?',
    ]


def test_twenty_of_a_rule_are_shown_and_the_rest_counted(copy: Path) -> None:
    text = EVENTS.replace(b"track: israel_hamas", b"track: israel_hams")
    count = EVENTS.count(b"track: israel_hamas")
    lines = break_bytes(copy, "events.yaml", text)
    assert len(lines) == 21
    assert lines[0] == (
        f'{RECORDS}/events.yaml:4: EV0001.track: "israel_hams" is not a code of track; did you mean "israel_hamas"?'
    )
    assert lines[-1] == f"codes: {count} in all, 20 shown"


def test_command_says_it_and_changes_nothing(
    copy: Path, edit: Edit, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.copy(ROOT / "datapackage.json", copy)
    edit("events.yaml", "^  outcome: done$", "  outcome: don")
    monkeypatch.chdir(copy)
    before = {path: path.read_bytes() for path in copy.rglob("*") if path.is_file()}
    assert main(["build"]) == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert err == (
        f'{RECORDS}/events.yaml:9: EV0001.outcome: "don" is not a code of event_outcome; did you mean "done"?\n'
    )
    assert {path: path.read_bytes() for path in copy.rglob("*") if path.is_file()} == before
