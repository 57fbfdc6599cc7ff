"""`ceasefire-talks diff`: what it prints, and how it ends."""

import json
import zipfile
from pathlib import Path
from typing import Any

import pytest
from diff_cases import recode
from edits import cell, copy_package, field, limit, resource, row_added, row_gone, rows_of, schema, together

from ceasefire_talks.cli import main
from ceasefire_talks.declaration.versions import next_version
from ceasefire_talks.installed import descriptor
from ceasefire_talks.release.result import shorten
from helpers import ROOT

VERSION = descriptor()["version"]
MAJOR, MINOR = next_version(VERSION, "major"), next_version(VERSION, "minor")
LONG = "word " * 30
MIXED = together(
    limit("talks", "title", maxLength=60),
    cell("events", "EV0001", place="", summary=LONG),
    cell("events", "EV0003", place="gaza"),
    field("talks", "kind", lambda it: recode(it, "vote")),
    row_added("event_demands", "EV0005/DE0001", bearing="drops"),
    resource("links", lambda it: it | {"name": "ties"}),
)
TEXT = f"""\
the package
  table gone (1): links
  code gone: talk_kind: "vote"
  table added (1): ties
talks
  constraint tightened: title: "maxLength 90" -> "maxLength 60"
events
  cell changed: EV0001.place: "israel" -> empty
  cell changed: EV0001.summary: "Hamas attacked Israel on 7 October; the article counts a yea…" -> "{LONG[:60]}…"
  cell changed: EV0003.place: empty -> "gaza"
event_demands
  row added (1): EV0005/DE0001/drops
{VERSION} is followed by {MAJOR} at least, as these changes are major: table gone, constraint tightened, code gone
"""
MARKDOWN = f"""\
### the package

- table gone (1): links
- code gone: talk_kind: "vote"
- table added (1): ties

### talks

- constraint tightened: title: "maxLength 90" -> "maxLength 60"

### events

- cell changed: EV0001.place: "israel" -> empty
- cell changed: EV0001.summary: "Hamas attacked Israel on 7 October; the article counts a yea…" -> "{LONG[:60]}…"
- cell changed: EV0003.place: empty -> "gaza"

### event_demands

- row added (1): EV0005/DE0001/drops

{VERSION} is followed by {MAJOR} at least, as these changes are major: table gone, constraint tightened, code gone
"""


@pytest.fixture
def package(tmp_path: Path) -> Path:
    return copy_package(tmp_path / "package")


@pytest.fixture(autouse=True)
def _in_the_checkout(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)


def diff(capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, str]:
    code = main(["diff", *map(str, arguments)])
    out, err = capsys.readouterr()
    assert err == ""
    return code, out


@pytest.mark.parametrize(("options", "text"), [([], TEXT), (["--markdown"], MARKDOWN)], ids=["text", "Markdown"])
def test_what_changed_is_printed(
    package: Path, capsys: pytest.CaptureFixture[str], options: list[str], text: str
) -> None:
    MIXED(package)
    assert diff(capsys, ROOT, package, *options) == (0, text)


def test_json_has_all_of_it_whole(package: Path, capsys: pytest.CaptureFixture[str]) -> None:
    MIXED(package)
    code, out = diff(capsys, ROOT, package, "--json")
    told = json.loads(out)
    assert (code, told["old"], told["asks_for"], told["next"], told["refused"]) == (0, VERSION, "major", MAJOR, [])
    place, summary, _, row = told["changes"][-4:]
    changed = {"kind": "cell changed", "table": "events", "id": "EV0001"}
    assert place == changed | {"field": "place", "old": "israel", "new": None}
    assert summary == changed | {"field": "summary", "old": summary["old"], "new": LONG}
    assert len(summary["old"]) > 60
    added = {"kind": "row added", "table": "event_demands", "id": "EV0005/DE0001/drops"}
    assert row == added | {"field": "", "old": None, "new": None}


def test_what_is_refused_comes_first_and_fails(package: Path, capsys: pytest.CaptureFixture[str]) -> None:
    row_gone("talks", "TK0004")(package)
    reason = "is gone and does not stand in withdrawn; put it there with the reason"
    code, out = diff(capsys, ROOT, package)
    assert (code, out.splitlines()[:2]) == (1, ["refused", f"  talks: TK0004 {reason}"])
    code, out = diff(capsys, ROOT, package, "--json")
    assert (code, json.loads(out)["refused"]) == (1, [{"table": "talks", "id": "TK0004", "message": reason}])


def test_rows_under_another_key_are_not_compared(package: Path, capsys: pytest.CaptureFixture[str]) -> None:
    together(
        schema("actor_ties", lambda it: it["primaryKey"].append("attribution")),
        row_added("actor_ties", "egypt/hamas", attribution="named"),
    )(package)
    _, out = diff(capsys, ROOT, package)
    assert out.splitlines()[:4] == [
        "not compared",
        "  actor_ties: its rows, which have another primary key",
        "actor_ties",
        '  key changed: primaryKey: "actor_id, other_id, tie, track" -> "actor_id, other_id, tie, track, attribution"',
    ]
    _, out = diff(capsys, ROOT, package, "--json")
    assert json.loads(out)["not_compared"] == ["actor_ties"]


def test_of_many_the_first_are_shown(package: Path, capsys: pytest.CaptureFixture[str]) -> None:
    def change(rows: list[list[Any]]) -> None:
        for row in rows[1:]:
            row[rows[0].index("proposition")] += " It is so."
        del rows[-30:]

    rows_of("assessments", change)(package)
    _, out = diff(capsys, package, ROOT)
    lines = [line.partition(":") for line in out.splitlines()]
    assert [what.strip() for what, _, _ in lines].count("cell changed") == 21
    assert [rest for what, _, rest in lines if what == "  cell changed"][-1] == " 54 more, with --json all"
    assert next(rest for what, _, rest in lines if what == "  row added (30)").endswith(", 10 more, with --json all")


def test_the_same_package_stays_what_it_is(capsys: pytest.CaptureFixture[str]) -> None:
    """Without a second package the first is compared with that of the checkout."""
    assert diff(capsys, ROOT) == (0, f"nothing changed: the version stays {VERSION}\n")


def test_folder_and_zip_are_the_same(package: Path, capsys: pytest.CaptureFixture[str]) -> None:
    cell("talks", "TK0004", summary="Other.")(package)
    with zipfile.ZipFile(package.with_suffix(".zip"), "w") as archive:
        for path in package.rglob("*.*"):
            archive.write(path, f"release/{path.relative_to(package).as_posix()}")
    told = diff(capsys, package)
    assert told[0] == 0
    assert "TK0004.summary" in told[1]
    assert diff(capsys, package.with_suffix(".zip")) == told


@pytest.mark.parametrize(
    ("old", "new", "shown"),
    [
        pytest.param("a", "b", ('"a"', '"b"'), id="short"),
        pytest.param(None, "b", ("", '"b"'), id="empty"),
        pytest.param(f"{LONG}a", f"{LONG}b", (f'"…{LONG[-20:]}a"', f'"…{LONG[-20:]}b"'), id="they differ at the end"),
        pytest.param(LONG, f"{LONG}b", (f'"…{LONG[-20:]}"', f'"…{LONG[-20:]}b"'), id="longer at the end"),
        pytest.param(LONG, "b", (f'"{LONG[:60]}…"', '"b"'), id="long and short"),
    ],
)
def test_a_long_cell_is_shown_where_it_differs(old: str | None, new: str, shown: tuple[str, str]) -> None:
    assert (shorten(old, new), shorten(new, old)) == shown
