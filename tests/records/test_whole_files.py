"""Whole files that are wrong, and many mistakes at once: each is told once, in the order of the files."""

import re
from pathlib import Path

import pytest

from ceasefire_talks.build import Built, build_tables
from ceasefire_talks.problems import report
from ceasefire_talks.records.metadata import Package, read_package
from helpers import RECORDS, ROOT, Edit, line_at, line_of, place_of, placed

pytestmark = pytest.mark.usefixtures("remembered")


def break_bytes(copy: Path, file: str, content: bytes) -> list[str]:
    (copy / file).write_bytes(content)
    return report(build_tables(copy).problems)


PLACE = place_of("events.yaml")
EVENTS = (ROOT / PLACE).read_bytes()
GONE = f"{RECORDS}: events has no rows; put back what is missing in events.yaml"


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
        pytest.param(b"", GONE, id="empty"),
        pytest.param(b"# soon\n", GONE, id="only a comment"),
        pytest.param(
            b"events\n", "events.yaml:1: events: must be a list, each item beginning with a dash", id="a word"
        ),
    ],
)
def test_whole_file_is_refused_once(copy: Path, content: bytes, line: str) -> None:
    assert break_bytes(copy, PLACE, content) == [line if line == GONE else placed(line)]


def test_utf16_without_mark_is_refused(copy: Path) -> None:
    lines = break_bytes(copy, PLACE, EVENTS.decode().encode("utf-16-le"))
    assert lines[0] == f"{PLACE}:1: holds the control character U+0000; take it out"
    count = EVENTS.count(b"\n") + 1  # the second half of the last line break stands behind it
    assert lines[-1] == f"control: {count} in all, 20 shown"


def test_missing_file_is_named(copy: Path) -> None:
    (copy / place_of("leverage.yaml")).unlink()
    assert report(build_tables(copy).problems) == [
        f"{RECORDS}: leverage has no rows; put back what is missing in leverage.yaml"
    ]


def test_a_file_may_stand_in_any_folder_and_a_table_in_several(built: Built, copy: Path) -> None:
    path = copy / place_of("leverage.yaml")
    first, *others = re.split(r"(?m)^(?=- )", path.read_text("utf-8"))
    (copy / RECORDS / "new" / "place").mkdir(parents=True)
    (copy / RECORDS / "new" / "place" / path.name).write_text("".join(others[5:]), "utf-8")
    path.write_text(first + "".join(others[:5]), "utf-8")
    again = build_tables(copy)
    assert again.problems == []
    assert all(again.tables[name].equals(frame) for name, frame in built.tables.items())


NO_CODING = (
    "lies in none of the codings article_first, article_second, reports_first, reports_second; "
    "move it to one of them, or to a folder outside codings"
)
NO_TABLE = "no table has a file of this name"
HIDDEN = "lies in a hidden folder; move it to another, or delete it"


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("records/talks/evnts.yaml", f'{NO_TABLE}; did you mean "events.yaml"?'),
        ("records/talks/events.yml", f'{NO_TABLE}; did you mean "events.yaml"?'),
        ("records/withdrawn.YAML", f'{NO_TABLE}; did you mean "withdrawn.yaml"?'),
        ("records/EVENTS.YAML", f'{NO_TABLE}; did you mean "events.yaml"?'),
        ("records/events.yaml.txt", f'{NO_TABLE}; did you mean "events.yaml"?'),
        ("records/events.json", f'{NO_TABLE}; did you mean "events.yaml"?'),
        ("records/.events.yaml", f'{NO_TABLE}; did you mean "events.yaml"?'),
        ("records/events (1).yaml", f'{NO_TABLE}; did you mean "events.yaml"?'),
        ("records/0123456789.yaml", NO_TABLE),
        ("records/codebook/20-more.MD", NO_TABLE),
        ("records/codebook/new/20-more.md", NO_TABLE),
        ("records/new/codebook/20-more.md", NO_TABLE),
        ("records/codings/article_first/events.yml", f'{NO_TABLE}; did you mean "events.yaml"?'),
        ("records/codings/article_first/new/events.JSON", f'{NO_TABLE}; did you mean "events.yaml"?'),
        ("records/codings/lebanon/events.yaml", NO_CODING),
        ("records/codings/lebanon/withdrawn.yaml", NO_CODING),
        ("records/codings/article_third/events.yaml", NO_CODING),
        ("records/codings/article_first/new/events.yaml", NO_CODING),
        ("records/codings/Article_First/events.yaml", NO_CODING),
        ("measured/codings/article_first/events.yaml", NO_CODING),
        ("measured/precision.yml", f'{NO_TABLE}; did you mean "precision.yaml"?'),
        ("measured/new/precision.json", f'{NO_TABLE}; did you mean "precision.yaml"?'),
        ("records/.old/events.yaml", HIDDEN),
        ("records/codings/.old/events.yaml", HIDDEN),
        ("records/new/.old/more/notes.txt", HIDDEN),
    ],
)
def test_file_of_no_table_is_named(copy: Path, name: str, says: str) -> None:
    (copy / "data" / name).parent.mkdir(parents=True, exist_ok=True)
    assert break_bytes(copy, f"data/{name}", b"") == [f"data/{name}:1: {says}"]


@pytest.mark.parametrize(
    ("content", "says"),
    [
        pytest.param(b"- {event_id: [", "is not valid YAML: did not find expected node content", id="no YAML"),
        pytest.param(
            b"- {event_id: EV0001, dat: 2024}",
            'EV0001.dat: events has no such field; did you mean "date"?',
            id="no field",
        ),
        pytest.param(b"events", "events: must be a list, each item beginning with a dash", id="a word"),
        pytest.param(b"\xff", "is not UTF-8; save the file as UTF-8", id="another encoding"),
    ],
)
@pytest.mark.parametrize("folder", ["article_first", "reports_second"])
def test_a_coding_that_cannot_be_read_is_named(copy: Path, folder: str, content: bytes, says: str) -> None:
    file = f"{RECORDS}/codings/{folder}/events.yaml"
    [line] = break_bytes(copy, file, content)
    assert line.startswith(f"{file}:1: {says}")


@pytest.mark.parametrize("name", ["withdrawn.yaml", "new", "codebook/20-more.md", "codings/article_first/new.yaml"])
@pytest.mark.parametrize("target", ["package.yaml", "codebook", "gone"])
def test_link_is_named(copy: Path, name: str, target: str) -> None:
    path = copy / RECORDS / name
    path.unlink(missing_ok=True)
    path.symlink_to(copy / RECORDS / target)
    says = "is a link or a folder, where the file itself must lie"
    assert report(build_tables(copy).problems) == [f"{RECORDS}/{name}:1: {says}"]


def test_folder_in_the_place_of_a_file_is_named(copy: Path) -> None:
    (copy / RECORDS / "withdrawn.yaml").mkdir()
    says = "is a link or a folder, where the file itself must lie"
    assert report(build_tables(copy).problems) == [f"{RECORDS}/withdrawn.yaml:1: {says}"]


LEFT_THERE = [
    *("records/.DS_Store", "records/coded/._events.yaml", "records/coded/events.yaml~", "records/Thumbs.db"),
    *("records/coded/.events.yaml.swp", "records/.ipynb_checkpoints/events-checkpoint.yaml", "measured/desktop.ini"),
    *("records/codebook/._10-how.md", "records/codebook/10-how.md~", "records/codings/x/.~lock.events.yaml#"),
]


def test_what_desktops_and_editors_leave_is_passed_over(copy: Path, about: Package) -> None:
    for name in LEFT_THERE:
        (copy / "data" / name).parent.mkdir(parents=True, exist_ok=True)
        (copy / "data" / name).write_bytes(b"\xff")
    again = build_tables(copy)
    assert (again.problems, read_package(copy, again.tables).chapters) == ([], about.chapters)


def test_chapter_in_another_encoding_is_named(copy: Path, built: Built) -> None:
    (copy / RECORDS / "codebook" / "20-more.md").write_bytes("Gaza \u2013 North".encode("utf-16"))
    says = f"{RECORDS}/codebook/20-more.md: is not UTF-8; save the file as UTF-8"
    with pytest.raises(ValueError, match=f"^{re.escape(says)}$"):
        read_package(copy, built.tables)


@pytest.mark.parametrize(("successor", "hint"), [("xyzzy", ""), ("hamass", '; did you mean "hamas"?')])
def test_withdrawn_id_is_never_used_again(copy: Path, successor: str, hint: str) -> None:
    content = f"- {{withdrawn_id: EV0002, release: 0.1.0, reason: No event., successor_id: {successor}}}\n"
    line = line_of("events.yaml", "^- event_id: EV0002$")
    assert break_bytes(copy, f"{RECORDS}/withdrawn.yaml", content.encode()) == [
        f"{PLACE}:{line}: EV0002.event_id: was withdrawn in release 0.1.0 and is never used again; take a new id",
        f'{RECORDS}/withdrawn.yaml:1: EV0002.successor_id: "{successor}" is in no table{hint}',
    ]


def test_sentence_in_no_passage_is_named(copy: Path, article: str) -> None:
    path = copy / place_of("passages.yaml")
    text, count = re.subn(r"- passage_id: PA0013\n(  .*\n)+", "", path.read_text("utf-8"))
    text = re.sub(r"paragraph: ([7-9]|\d\d)$", lambda found: f"paragraph: {int(found[1]) - 1}", text, flags=re.M)
    path.write_text(text, "utf-8")
    assert count == 1
    line = line_at(text, text.index("  start_offset: 1465\n"))
    assert report(build_tables(copy, article).problems) == [
        f"{place_of('passages.yaml')}:{line}: PA0014.start_offset: 1373-1465 is in no passage; add one"
    ]


def test_all_mistakes_are_told_at_once(built: Built, edit: Edit) -> None:
    """One in the YAML of a file, one in a value, one in a reference, one between tables' rows: four lines."""
    speaker = line_of("quotes.yaml", "^  speaker_id: israeli_leaders$")
    quote = built.tables["quotes"].filter(speaker_id="israeli_leaders")["quote_id"][0]
    code, day = line_of("events.yaml", "^  certainty: certain$"), line_of("events.yaml", "^  date: 2023-10-07$")
    edit("events.yaml", "^  certainty: certain$", "  certainty: certan")
    edit("events.yaml", "^  date: 2023-10-07$", "  date: 2023-13")
    edit("quotes.yaml", "^  speaker_id: israeli_leaders$", "  speaker_id: israeli_leader")
    tab = line_of("demands.yaml", "^  kind: demand$")
    assert edit("demands.yaml", "^  kind: demand$", "\tkind: demand") == [
        placed(f"demands.yaml:{tab}: holds a tab; use spaces"),
        placed(
            f'events.yaml:{day}: EV0001.date: "2023-13" is not a date such as 2024-09-15, 2024-09-XX, 2024-XX-XX or an '
            "interval of these"
        ),
        placed(f'events.yaml:{code}: EV0001.certainty: "certan" is not a code of certainty; did you mean "certain"?'),
        placed(
            f'quotes.yaml:{speaker}: {quote}.speaker_id: "israeli_leader" is not in actors; did you mean '
            '"israeli_leaders"?'
        ),
    ]


def test_twenty_of_a_rule_are_shown_and_the_rest_counted(copy: Path) -> None:
    text = EVENTS.replace(b"\n  certainty: certain", b"\n  certainty: certan")
    count = EVENTS.count(b"\n  certainty: certain")
    lines = break_bytes(copy, PLACE, text)
    assert len(lines) == 21
    line = line_of("events.yaml", "^  certainty: certain$")
    assert lines[0] == f'{PLACE}:{line}: EV0001.certainty: "certan" is not a code of certainty; did you mean "certain"?'
    assert lines[-1] == f"codes: {count} in all, 20 shown"
