"""`ceasefire-talks diff`: what cannot be read is said in one sentence, and ends with 2."""

import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from edits import column_gone, copy_package, schema

from ceasefire_talks.cli import main
from ceasefire_talks.installed import DESCRIPTOR
from helpers import ROOT
from packages import edit_descriptor


@pytest.fixture
def package(tmp_path: Path) -> Path:
    return copy_package(tmp_path / "package")


def write(path: str, content: str) -> Callable[[Path], Any]:
    return lambda root: (root / path).write_text(content, "utf-8")


def line(path: str, number: int, content: str) -> Callable[[Path], Any]:
    """Return what puts another line into a file."""

    def change(root: Path) -> None:
        lines = (root / path).read_text("utf-8").split("\n")
        lines[number - 1] = content
        (root / path).write_text("\n".join(lines), "utf-8")

    return change


LINKS, SCHEMA = "data/csv/more/links.csv", "data/schemas/links.json"
UNREADABLE = [
    ("no descriptor", lambda root: (root / DESCRIPTOR).unlink(), f"holds no {DESCRIPTOR}"),
    ("no JSON", write(DESCRIPTOR, "{"), f"is wrong in {DESCRIPTOR}: it is no JSON"),
    ("no object", write(DESCRIPTOR, "[]"), f"is wrong in {DESCRIPTOR}: it is no JSON object"),
    ("no version", write(DESCRIPTOR, "{}"), f"is wrong in {DESCRIPTOR}: it has no version"),
    ("no such version", lambda root: edit_descriptor(root, lambda it: it.update(version="1.0")),
     f'is wrong in {DESCRIPTOR}: "1.0" is no version such as 0.2.0'),
    ("no resources", write(DESCRIPTOR, '{"version": "0.2.0"}'), f"is wrong in {DESCRIPTOR}: it has no resources"),
    ("no path", write(DESCRIPTOR, '{"version": "0.2.0", "resources": [{}]}'),
     f"is wrong in a resource of {DESCRIPTOR}: it has no path"),
    ("no schema", lambda root: (root / SCHEMA).unlink(), f"holds no {SCHEMA}"),
    ("no fields", write(SCHEMA, "{}"), f"is wrong in {SCHEMA}: it has no fields"),
    ("a field without name", schema("links", lambda it: it["fields"].append({})),
     f"is wrong in {SCHEMA}: it has no name"),
    ("no key", schema("links", lambda it: it.pop("primaryKey")), f"is wrong in {SCHEMA}: it has no primaryKey"),
    ("a key of no field", schema("links", lambda it: it.update(primaryKey=["id"])),
     f"is wrong in {SCHEMA}: its key names id, which is no field"),
    ("a key that leads nowhere", schema("links", lambda it: it.update(foreignKeys=[{}])),
     f"is wrong in {SCHEMA}: it has no reference"),
    ("unique keys that are no list", schema("links", lambda it: it.update(uniqueKeys="to_id")),
     f"is wrong in {SCHEMA}: it has no uniqueKeys"),
    ("limits that are no object", schema("links", lambda it: it["fields"][0].update(constraints=[1])),
     f"is wrong in {SCHEMA}: constraints of from_id is of another kind than the standard has"),
    ("a unit that is no text", schema("links", lambda it: it["fields"][0].update(unit=3)),
     f"is wrong in {SCHEMA}: unit of from_id is of another kind than the standard has"),
    ("a unique key that is a number", schema("links", lambda it: it.update(uniqueKeys=[1])),
     "is wrong in a schema: a value there is of another kind than the standard has"),
    ("nested without end", write(SCHEMA, "[" * 100_000),
     "is wrong in a schema: a value there is of another kind than the standard has"),
    ("no table", lambda root: (root / LINKS).unlink(), f"holds no {LINKS}"),
    ("an empty table", write(LINKS, ""), f"is wrong in {LINKS}: it is no CSV in UTF-8"),
    ("an open quotation mark", line(LINKS, 2, '"a,b,c'), f"is wrong in {LINKS}: it is no CSV in UTF-8"),
    ("not UTF-8", lambda root: (root / LINKS).write_bytes("from_id,relation,to_id\nä,b,c\n".encode("latin-1")),
     f"is wrong in {LINKS}: it is no CSV in UTF-8"),
    ("another header", line(LINKS, 1, "from_id,relation,to"),
     f"is wrong in {LINKS}: its header lacks to_id; has to, not declared"),
    ("a column of the key less", column_gone("links", "to_id"),
     f"is wrong in {SCHEMA}: its key names to_id, which is no field"),
    ("a short row", line(LINKS, 3, "a,b"), f"is wrong in {LINKS}: row 3 has 2 cells, its header 3"),
    ("a key twice", line(LINKS, 3, "AS0001,judges_occurrence,EV0002"),
     f"is wrong in {LINKS}: a row has no key, or two have the same"),
    ("half a key", line(LINKS, 3, "AS0001,,EV0002"), f"is wrong in {LINKS}: a row has no key, or two have the same"),
]  # fmt: skip


@pytest.mark.parametrize(("change", "sentence"), [way[1:] for way in UNREADABLE], ids=[way[0] for way in UNREADABLE])
def test_a_package_that_cannot_be_read_gets_one_sentence(
    package: Path, capsys: pytest.CaptureFixture[str], change: Callable[[Path], Any], sentence: str
) -> None:
    """As the first package and as the second."""
    change(package)
    for arguments in ((package, ROOT), (ROOT, package)):
        assert main(["diff", *map(str, arguments)]) == 2
        assert capsys.readouterr() == ("", f"ceasefire-talks: {package} {sentence}\n")


def zipped(path: Path, member: str = DESCRIPTOR, cut: int = 0) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(member, "{}")
    path.write_bytes(path.read_bytes()[cut:])
    return path


def flipped(path: Path) -> Path:
    """Change a byte of the first member."""
    content = bytearray(path.read_bytes())
    content[content.index(b"{}")] ^= 1
    path.write_bytes(content)
    return path


def text(path: Path) -> Path:
    path.write_text("text", "utf-8")
    return path


NO_PACKAGE = [
    ("a text", lambda folder: text(folder / "x.txt"), "is neither a folder nor a zip"),
    ("another zip", lambda folder: zipped(folder / "x.zip", "other.json"), f"holds no {DESCRIPTOR}"),
    ("a zip cut off", lambda folder: zipped(folder / "x.zip", cut=9),
     f"holds a {DESCRIPTOR} that cannot be read: [Errno 22] Invalid argument"),
    ("a zip with another byte", lambda folder: flipped(zipped(folder / "x.zip")),
     f"holds a {DESCRIPTOR} that cannot be read: Bad CRC-32 for file '{DESCRIPTOR}'"),
    ("nothing, and no checkout", lambda folder: folder / "x",
     "is neither a folder nor a zip, and for a revision there is no checkout of ceasefire-talks here; run this in the "
     "folder that holds pyproject.toml"),
]  # fmt: skip


@pytest.mark.parametrize(("give", "sentence"), [way[1:] for way in NO_PACKAGE], ids=[way[0] for way in NO_PACKAGE])
def test_what_is_no_package_gets_one_sentence(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    give: Callable[[Path], Path],
    sentence: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    given = give(tmp_path)
    assert main(["diff", str(given), str(ROOT)]) == 2
    assert capsys.readouterr() == ("", f"ceasefire-talks: {given} {sentence}\n")


def test_without_git_and_without_a_checkout_it_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.chdir(ROOT)
    assert main(["diff", "v1"]) == 2
    sentence = "v1 is neither a folder nor a zip, and for a revision there is no git installed"
    assert capsys.readouterr() == ("", f"ceasefire-talks: {sentence}\n")
    monkeypatch.chdir(tmp_path)
    assert main(["diff", str(ROOT)]) == 2
    sentence = "no checkout of ceasefire-talks here; run this in the folder that holds pyproject.toml"
    assert capsys.readouterr() == ("", f"ceasefire-talks: {sentence}\n")
