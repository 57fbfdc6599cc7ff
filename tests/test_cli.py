"""The command `ceasefire-talks`: what is wrong goes to standard error, and nothing is changed."""

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from ceasefire_talks.cli import main
from ceasefire_talks.commands import read_source
from helpers import ROOT, Edit, line_of, place_of


def test_command_says_it_and_changes_nothing(
    copy: Path, edit: Edit, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.copy(ROOT / "datapackage.json", copy)
    line = line_of("events.yaml", "^  certainty: certain$")
    edit("events.yaml", "^  certainty: certain$", "  certainty: certan")
    monkeypatch.chdir(copy)
    before = {path: path.read_bytes() for path in copy.rglob("*") if path.is_file()}
    assert main(["build"]) == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert err == (
        f'{place_of("events.yaml")}:{line}: EV0001.certainty: "certan" is not a code of certainty; '
        'did you mean "certain"?\n'
    )
    assert {path: path.read_bytes() for path in copy.rglob("*") if path.is_file()} == before


RUN = "import sys; from ceasefire_talks.cli import main; {before}; sys.exit(main(sys.argv[1:]))"


def start(root: Path, before: str, *arguments: str, **streams: Any) -> subprocess.Popen[str]:
    """Start a command in a checkout, with something done before it in its process."""
    environment = {key: value for key, value in os.environ.items() if key != "PYTHONUNBUFFERED"}
    environment["PYTHONPATH"] = str(ROOT / "scripts")
    command = [sys.executable, "-c", RUN.format(before=before), *arguments]
    return subprocess.Popen(command, cwd=root, env=environment, text=True, **streams)


# Ctrl-C comes when a step begins: at the latest while libraries run that have exceptions of their own for it.
WHEN = """
import os, signal
from ceasefire_talks.{module} import {name}
import ceasefire_talks.{module} as module
def press(*arguments, **keywords):
    os.kill(os.getpid(), signal.SIGINT)
    return {name}(*arguments, **keywords)
module.{name} = press
"""
STEPS = [
    *(("records.read", "read_file"), ("checks.table_rules", "check_rule")),
    *(("files.pictures", "to_pictures"), ("write", "refuse_obstacles")),
]


@pytest.mark.parametrize(("module", "name"), STEPS)
def test_ctrl_c_is_one_line_and_the_old_package_whole(copy: Path, module: str, name: str) -> None:
    (copy / "CITATION.cff").write_bytes(b"old")
    before = {path: path.read_bytes() for path in copy.rglob("*") if path.is_file()}
    press = f"exec({WHEN.format(module=module, name=name)!r})"
    with start(copy, press, "build", stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        out, err = process.communicate()
    assert (process.returncode, out, err) == (130, "", "ceasefire-talks: stopped by Ctrl-C\n")
    assert {path: path.read_bytes() for path in copy.rglob("*") if path.is_file()} == before


def test_ctrl_c_while_files_are_written_leaves_the_new_package_whole(copy: Path) -> None:
    press = f"exec({WHEN.format(module='write', name='write_beside')!r})"
    with start(copy, press, "build", stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        _, err = process.communicate()
    assert (process.returncode, err) == (0, "")
    assert (copy / "datapackage.json").is_file()
    assert list(copy.rglob(".*.new")) == []


@pytest.mark.parametrize(
    ("arguments", "both"),
    [(["--help"], False), (["cite"], False), (["cite", "nothing"], True), (["segment", "--source", "gone.txt"], True)],
)
def test_a_closed_pipe_is_quiet(arguments: list[str], both: bool) -> None:
    reader, writer = os.pipe()
    os.close(reader)
    errors = writer if both else subprocess.PIPE
    with start(ROOT, "0", *arguments, stdout=writer, stderr=errors) as process:
        os.close(writer)
        _, err = process.communicate()
    assert (process.returncode, err or "") == (141, "")


@pytest.mark.parametrize("before", ["0", "sys.stdout.reconfigure(write_through=True)"], ids=["buffer", "no buffer"])
@pytest.mark.parametrize("arguments", [["cite"], ["check", "."], ["--help"], ["segment", "--source", "long.txt"]])
def test_a_full_disk_is_one_sentence(tmp_path: Path, before: str, arguments: list[str]) -> None:
    (tmp_path / "long.txt").write_text("A sentence.\n" * 1_000, "utf-8")  # more than a buffer holds
    full = os.open("/dev/full", os.O_WRONLY)
    with start(tmp_path, before, *arguments, stdout=full, stderr=subprocess.PIPE) as process:
        os.close(full)
        _, err = process.communicate()
    assert (process.returncode, err) == (1, "ceasefire-talks: standard output: No space left on device\n")


TEXT = "In the year \u2013 \u201cwords\u201d\n"
PLAIN = "save the article as plain text in UTF-8"
FILES = {
    "UTF-16": (TEXT.encode("utf-16"), f"is in UTF-16; {PLAIN}"),
    "UTF-16 of big ends": (b"\xfe\xff" + TEXT.encode("utf-16-be"), f"is in UTF-16; {PLAIN}"),
    "UTF-16 without a mark": ("In the year".encode("utf-16-le"), f"is in UTF-16 or no text; {PLAIN}"),
    "Latin-1": ("Montr\u00e9al".encode("latin-1"), f"is not in UTF-8; {PLAIN}"),
    "Windows-1252": (TEXT.encode("cp1252"), f"is not in UTF-8; {PLAIN}"),
    "PDF": (b"%PDF-1.7\n%%EOF\n", f"is a PDF; {PLAIN}"),
    "docx": (b"PK\x03\x04", f"is a zip or an office document; {PLAIN}"),
    "rtf": (rb"{\rtf1 a}", f"is rich text; {PLAIN}"),
}
TAKERS = [["build"], ["validate", "."], ["segment"], ["locate", "year"]]


def in_vain(command: list[str]) -> int:
    """Return what a command exits with that cannot begin; of `validate`, 1 is that a package is not valid."""
    return 2 if command[0] == "validate" else 1


@pytest.mark.parametrize("command", TAKERS, ids=lambda command: command[0])
@pytest.mark.parametrize(("content", "says"), FILES.values(), ids=FILES)
def test_a_source_that_is_no_text_is_named(
    copy: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    command: list[str],
    content: bytes,
    says: str,
) -> None:
    (copy / "article.txt").write_bytes(content)
    monkeypatch.chdir(copy)
    assert main([*command, "--source", "article.txt"]) == in_vain(command)
    assert capsys.readouterr() == ("", f"ceasefire-talks: article.txt: {says}\n")


@pytest.mark.parametrize("command", TAKERS, ids=lambda command: command[0])
@pytest.mark.parametrize(
    ("name", "says"),
    [("gone.txt", "No such file or directory"), ("data", "is a folder; give the file of the article")],
)
def test_a_source_that_is_no_file_is_named(
    copy: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    command: list[str],
    name: str,
    says: str,
) -> None:
    monkeypatch.chdir(copy)
    assert main([*command, "--source", name]) == in_vain(command)
    assert capsys.readouterr() == ("", f"ceasefire-talks: {name}: {says}\n")


def test_line_ends_and_a_mark_at_the_begin_change_no_text(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"\xef\xbb\xbfone\r\ntwo\rthree\n")
    assert read_source(tmp_path / "a.txt") == "one\ntwo\nthree\n"
