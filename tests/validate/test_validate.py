"""`ceasefire-talks validate`: the rows of a package that somebody made, judged by the declaration."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow
import pyarrow.parquet
import pytest

from ceasefire_talks.cli import main
from ceasefire_talks.validate import read_folder
from ceasefire_talks.validate.engine import Engine, Resources, open_duckdb
from ceasefire_talks.validate.files import find_formats
from ceasefire_talks.validate.load import keep_csv
from ceasefire_talks.validate.progress import quiet
from copies import copy_files
from helpers import DECLARED, ROOT, TABLES
from maintain.corpus import Plan, write_corpus
from maintain.templates import read_package
from packages import edit_rows, path_of, put, read_rows

pytestmark = pytest.mark.usefixtures("remembered")
Change = Callable[[Path], Any]
Validate = Callable[..., tuple[int, list[str]]]
EVENTS, PARQUET = "data/csv/events.csv", "data/parquet/events.parquet"
TIES = "data/csv/more/actor_ties.csv"


@pytest.fixture
def package(tmp_path: Path) -> Path:
    return copy_files(tmp_path / "package")


@pytest.fixture
def validate(capsys: pytest.CaptureFixture[str]) -> Validate:
    """Return how to run `ceasefire-talks validate` and see its exit code and lines."""

    def run(path: Path, *options: object) -> tuple[int, list[str]]:
        code = main(["validate", str(path), *map(str, options)])
        out, err = capsys.readouterr()
        assert err == ""
        return code, out.splitlines()

    return run


def count_rows(*tables: str) -> int:
    return sum(len(read_rows(ROOT / path_of(table))) - 1 for table in tables)


VALID = f"valid: {count_rows(*TABLES)} rows are what the declaration asks for"


def test_the_committed_package_is_valid(validate: Validate) -> None:
    assert validate(ROOT) == (0, [VALID])


def rewrite(path: str, change: Callable[[bytes], bytes]) -> Change:
    return lambda root: (root / path).write_bytes(change((root / path).read_bytes()))


def test_a_derived_column_that_is_empty_is_named(package: Path, validate: Validate) -> None:
    put("events", 1, "date_first_day", None)(package)
    message = 'EV0001.date_first_day: empty must be "2023-10-07", which follows from other columns'
    assert validate(package) == (1, [f"{EVENTS}:2: {message}"])


CASES: list[tuple[str, Change, list[str]]] = [
    ("wrong type", put("quantities", 1, "value", "1e3", ("csv",)),
     ['data/csv/more/quantities.csv:2: QN0002.value: "1e3" has an exponent; write the number out']),
    ("wrong truth value", put("quotes", 1, "quotable", "False", ("csv",)),
     ['data/csv/quotes.csv:2: QU0001.quotable: "False" is neither true nor false']),
    ("wrong day", put("events", 1, "date_first_day", "7.10.2023", ("csv",)),
     [f'{EVENTS}:2: EV0001.date_first_day: "7.10.2023" is not a day such as 2024-09-15']),
    ("wrong date", put("events", 1, "date", "2023-10", ("csv",)),
     [f'{EVENTS}:2: EV0001.date: "2023-10" is not written bare; write 2023-10-XX']),
    ("wrong code", put("events", 1, "certainty", "certan"),
     [f'{EVENTS}:2: EV0001.certainty: "certan" is not a code of certainty; did you mean "certain"?']),
    ("pattern", put("readings", 1, "reading_id", "R1"),
     ['data/csv/audit/readings.csv:2: R1.reading_id: "R1" must match "RE[0-9]{4,}"']),
    ("primary key", rewrite(TIES, lambda it: it + it.split(b"\n")[1] + b"\n"),
     [f"{TIES}:{count_rows('actor_ties') + 2}: egypt/hamas/relations/israel_hamas.track: "
      'actor_id, other_id, tie, track "egypt/hamas/relations/israel_hamas" '
      f"stands at {TIES}:2 too; keep one"]),
    ("required", put("events", 1, "title", None, ("csv",)), [f"{EVENTS}:2: EV0001.title: is missing"]),
    ("text rule", put("events", 1, "title", "=1"),
     [f'{EVENTS}:2: EV0001.title: "=1" would run as a formula in a spreadsheet; begin it with another character']),
    ("row rule", put("events", 1, "date_basis", None),
     [f"{EVENTS}:2: EV0001.date_basis: must be filled where date is, and only there"]),
    ("table rule", put("quotes", 5, "continues_id", "QU0001"),
     ['data/csv/quotes.csv:6: QU0005.continues_id: "QU0001" is of another speaker, benjamin_netanyahu']),
    ("reference", put("demands", 1, "addressee_id", "hamass"),
     ['data/csv/demands.csv:2: DE0001.addressee_id: "hamass" is not in actors; did you mean "hamas"?']),
    ("missing column", rewrite(EVENTS, lambda it: it.replace(b"event_id,title,", b"event_id,titel,", 1)),
     [f"{EVENTS}:1: its header lacks title; has titel, not declared"]),
    ("columns in another order", rewrite(EVENTS, lambda it: it.replace(b"event_id,title,", b"title,event_id,", 1)),
     [f"{EVENTS}:1: its header has the columns in another order"]),
    ("missing file", lambda root: (root / EVENTS).unlink(), [f"{EVENTS}: is not there"]),
    ("missing Parquet", lambda root: (root / PARQUET).unlink(), [f"{PARQUET}: is not there"]),
    ("no Parquet", rewrite(PARQUET, lambda it: b"PAR1"),
     [f"{PARQUET}: cannot be read: Invalid Input Error: File '{{root}}/{PARQUET}' too small to be a Parquet file"]),
    ("not UTF-8", rewrite(EVENTS, lambda it: it.replace(b"Hamas", b"Ham\xe4s", 1)),
     [f"{EVENTS}: is not UTF-8; save the file as UTF-8"]),
    ("Parquet differs from CSV", put("events", 3, "title", "Another title", ("parquet",)),
     [f'{PARQUET}: row 3, EV0003.title: "Another title" stands in the CSV as '
      '"One-week pause between Israel and Hamas"']),
    ("another number of rows", lambda root: edit_rows(root / PARQUET, lambda rows: rows.pop()),
     [f"{PARQUET}: has {count_rows('events') - 1} rows, its CSV {count_rows('events')}"]),
    ("another type", lambda root: retype(root / PARQUET),
     [f"{PARQUET}: its columns or their types are not those declared"]),
    ("half a row", rewrite(EVENTS, lambda it: it + b"EV0999\n"),
     [f"{EVENTS}: cannot be read as CSV: Invalid Input Error: CSV Error on Line: {count_rows('events') + 2} "
      "Original Line: EV0999"]),
]  # fmt: skip


def retype(path: Path) -> None:
    """Write a Parquet file with the days as text."""
    table = pyarrow.parquet.read_table(path, use_threads=False)
    at = table.column_names.index("date_first_day")
    pyarrow.parquet.write_table(table.set_column(at, "date_first_day", table.column(at).cast(pyarrow.string())), path)


@pytest.mark.parametrize(("change", "says"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_what_is_wrong_is_named_with_file_and_row(
    package: Path, validate: Validate, change: Change, says: list[str]
) -> None:
    change(package)
    assert validate(package) == (1, [line.replace("{root}", str(package)) for line in says])


def test_a_page_saved_with_menu_and_byline_is_the_article(
    package: Path, validate: Validate, article: str, tmp_path: Path
) -> None:
    page = article.replace(" ", "  ").replace("\n", "\n\n\t ")
    (tmp_path / "page.txt").write_text(f"Home | World | Sign in\nBy A. Writer\n{page}\nRead more\n", "utf-8")
    found = (
        "72 of 72 sentences of SO0001 found in the text by checksum; compared with them: "
        f"{count_rows('readings')} readings and 14 quotes by their words, "
        f"{count_rows('evidence')} spans of evidence by where they begin and end"
    )
    assert validate(package, "--source", tmp_path / "page.txt") == (0, [found, VALID])


def test_a_part_of_the_article_is_told_and_does_not_do_for_a_build(
    package: Path,
    validate: Validate,
    copy: Path,
    article: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    passages = read_rows(ROOT / path_of("passages", "parquet"))
    end = passages[30][passages[0].index("end_offset")]
    (tmp_path / "part.txt").write_text(article[:end], "utf-8")
    code, lines = validate(package, "--source", tmp_path / "part.txt")
    assert (code, lines[0].partition(" found")[0], lines[1]) == (0, "30 of 72 sentences of SO0001", VALID)
    monkeypatch.chdir(copy)
    assert main(["build", "--source", str(tmp_path / "part.txt")]) == 1
    out, err = capsys.readouterr()
    said = "42 of 72 sentences of SO0001 are not in the text given; it is another text, or was altered"
    assert (out, err) == ("", f"--source: {said}\n")


def test_words_that_are_not_those_of_the_article_are_named(
    package: Path, validate: Validate, article: str, tmp_path: Path
) -> None:
    rows = read_rows(ROOT / path_of("readings"))
    printed = rows[1][rows[0].index("printed")]
    put("readings", 1, "printed", printed[::-1])(package)
    (tmp_path / "article.txt").write_text(article, "utf-8")
    code, lines = validate(package, "--source", tmp_path / "article.txt")
    assert (code, len(lines)) == (1, 1)
    assert lines[0].startswith("data/csv/audit/readings.csv:2: RE0001.printed: is not what stands at ")


def corpus(tmp_path: Path, kind: str) -> Path:
    """Write two copies of the article, each in a part of its own."""
    tables = read_package(DECLARED)
    write_corpus(tmp_path / "corpus", tables, DECLARED, Plan(range(2), 1, kind))
    return tmp_path / "corpus"


@pytest.mark.parametrize("kind", ["csv", "parquet"])
def test_a_row_in_a_later_part_is_named_by_its_file(tmp_path: Path, validate: Validate, kind: str) -> None:
    folder = corpus(tmp_path, kind)
    assert validate(folder)[0] == 0
    path = folder / "events" / f"0001.{kind}"
    edit_rows(path, lambda rows: rows[2].__setitem__(rows[0].index("certainty"), "certan"))
    line = 3 if kind == "csv" else 2
    said = '"certan" is not a code of certainty; did you mean "certain"?'
    assert validate(folder) == (1, [f"events/0001.{kind}:{line}: EV10002.certainty: {said}"])


def test_rows_of_csv_stay_in_the_order_of_their_files(tmp_path: Path) -> None:
    """A join on the way from a file into its table puts them in any order, and a row is named by its place."""
    folder = corpus(tmp_path, "csv")
    with open_duckdb(Resources()) as connection:
        engine, _, codes = read_folder(
            Engine(connection, folder, {}), DECLARED, find_formats(folder, DECLARED), False, quiet
        )
        statements = {name: keep_csv(loaded, codes, loaded.paths) for name, loaded in engine.tables.items()}
        plans = {name: engine.ask(f"EXPLAIN {statement}")[0][1] for name, statement in statements.items()}
    assert {*plans} == {*TABLES}
    assert [name for name, plan in plans.items() if "Read Csv" not in plan or "Join" in plan] == []


def test_more_rows_than_are_shown_are_counted(tmp_path: Path, validate: Validate) -> None:
    folder = corpus(tmp_path, "csv")
    (folder / "withdrawn" / "0000.csv").rename(folder / "withdrawn.csv")
    path = folder / "passages" / "0000.csv"
    path.write_bytes(path.read_bytes().replace(b",record,", b",recrd,"))
    code, lines = validate(folder, "--memory", "200MB", "--temp", tmp_path)
    count = path.read_bytes().count(b",recrd,")
    assert (code, len([line for line in lines if "is not a code of passage_kind" in line])) == (1, 20)
    assert f"passages.kind: codes: {count} rows in all, 20 shown" in lines
    code, lines = validate(folder, "--json")
    result = json.loads("\n".join(lines))
    [broken] = [broken for broken in result["broken"] if broken["rule"] == "codes"]
    assert (code, result["valid"], broken["rows_in_all"], len(broken["rows"])) == (1, False, count, 20)
    assert broken["rows"][0]["key"] == "PA0001"
