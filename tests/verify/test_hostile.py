"""`ceasefire-talks check` on what was made to harm: one sentence, and nothing is run, written or sent."""

import io
import json
import os
import stat
import struct
import subprocess
import sys
import warnings
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow
import pyarrow.parquet
import pytest

from ceasefire_talks.verify import open as limits
from helpers import ROOT, Check
from packages import CSVS, DESCRIPTOR, edit_descriptor, refresh, zip_package

PARQUET = "data/parquet/mediator_ties.parquet"


def put(name: str, content: bytes) -> Callable[[Path], Any]:
    """Return how to put a file into a folder."""
    return lambda folder: (folder / name).write_bytes(content)


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        pytest.param(
            lambda folder: edit_descriptor(folder, lambda it: it.update(version="9.9.9")),
            "is version 9.9.9; this command checks 0.1.0",
            id="other version",
        ),
        pytest.param(
            lambda folder: edit_descriptor(folder, lambda it: it.pop("version")),
            "is version None; this command checks 0.1.0",
            id="no version",
        ),
        pytest.param(put(DESCRIPTOR, b"# no JSON"), "datapackage.json is not JSON", id="no JSON"),
        pytest.param(put(DESCRIPTOR, b""), "datapackage.json is not JSON", id="empty descriptor"),
        pytest.param(put(DESCRIPTOR, b'{"a": "\xff"}'), "datapackage.json is not JSON", id="not UTF-8"),
        pytest.param(put(DESCRIPTOR, b"[" * 100_000), "datapackage.json is not JSON", id="deep JSON"),
        pytest.param(put(DESCRIPTOR, b"9" * 5_000), "datapackage.json is not JSON", id="endless number"),
        pytest.param(put(DESCRIPTOR, b"[1, 2]"), "datapackage.json is not a descriptor", id="JSON of another shape"),
        pytest.param(lambda it: (it / DESCRIPTOR).unlink(), "there is no datapackage.json in it", id="no descriptor"),
        pytest.param(
            lambda it: [(it / DESCRIPTOR).unlink(), (it / DESCRIPTOR).mkdir()],
            "there is no datapackage.json in it",
            id="descriptor that is a folder",
        ),
        pytest.param(
            lambda it: [(it / CSVS[0]).unlink(), (it / CSVS[0]).symlink_to("/etc/passwd")],
            f"{CSVS[0]}: is a link; refused",
            id="linked file",
        ),
        pytest.param(
            lambda it: [(it / "data").rename(it.parent / "data"), (it / "data").symlink_to(it.parent / "data")],
            f"{CSVS[0]}: is a link; refused",
            id="linked folder",
        ),
        pytest.param(
            lambda it: [(it / DESCRIPTOR).rename(it.parent / "d"), (it / DESCRIPTOR).symlink_to(it.parent / "d")],
            f"{DESCRIPTOR}: is a link; refused",
            id="linked descriptor",
        ),
        pytest.param(
            lambda it: os.truncate(it / CSVS[0], limits.MOST_BYTES + 1),
            f"{CSVS[0]}: has more than 100000000 bytes; refused",
            id="huge file",
        ),
    ],
)
def test_a_folder_that_cannot_be_checked(check: Check, package: Path, change: Any, sentence: str) -> None:
    change(package)
    assert check(package) == (2, [f"{package}: {sentence}"])
    code, lines = check(package, "--json")
    assert (code, json.loads(lines[0])) == (2, {"valid": None, "reason": f"{package}: {sentence}"})


def test_a_pipe_is_not_waited_for(check: Check, package: Path) -> None:
    (package / CSVS[0]).unlink()
    os.mkfifo(package / CSVS[0])
    assert check(package) == (1, [f"{CSVS[0]}: is named in the descriptor and is not there"])


def add(name: str, content: bytes = b"", method: int = zipfile.ZIP_DEFLATED, mode: int = 0o644) -> Any:
    """Return how to add a file to a zip."""

    def change(path: Path) -> None:
        info = zipfile.ZipInfo(name)
        info.external_attr = mode << 16
        info.compress_type = method
        with zipfile.ZipFile(path, "a") as archive, warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of a name that stands twice, which is meant
            archive.writestr(info, content)

    return change


def patch(name: str, at: int, form: str, value: int) -> Any:
    """Return how to overwrite a number in the entry of a file in the zip's directory, counted from its start."""

    def change(path: Path) -> None:
        content = bytearray(path.read_bytes())
        start = content.rindex(name.encode()) - 46
        struct.pack_into(form, content, start + at, value)
        path.write_bytes(bytes(content))

    return change


def many(path: Path) -> None:
    with zipfile.ZipFile(path, "a") as archive:
        for number in range(limits.MOST_FILES):
            archive.writestr(f"data/{number}.txt", "")


NOT_PLAIN = "is not a plain path inside the package"
OTHER_METHOD = "is encrypted, or packed by another method than deflate; refused"


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        pytest.param(put("", b"no zip"), "is neither a folder nor a zip", id="no zip"),
        pytest.param(put("", b"PK\5\6" + bytes(18)), "there is no datapackage.json in it", id="empty zip"),
        pytest.param(put("", b"PK\5\6" + b"\xff" * 18), "is a zip that cannot be read", id="garbage zip"),
        pytest.param(add("/etc/passwd"), f'"/etc/passwd": {NOT_PLAIN}', id="absolute path"),
        pytest.param(add("../evil"), f'"../evil": {NOT_PLAIN}', id="parent path"),
        pytest.param(add("data/../../evil"), f'"data/../../evil": {NOT_PLAIN}', id="path with a detour"),
        pytest.param(add(".git/config"), f'".git/config": {NOT_PLAIN}', id="hidden path"),
        pytest.param(add("https://x.org/a"), f'"https://x.org/a": {NOT_PLAIN}', id="remote path"),
        pytest.param(add("data\\evil"), f'"data\\\\evil": {NOT_PLAIN}', id="backslash"),
        pytest.param(add("C:/evil"), f'"C:/evil": {NOT_PLAIN}', id="drive letter"),
        pytest.param(add("link", b"/etc", mode=stat.S_IFLNK | 0o777), "link: is a link; refused", id="link"),
        pytest.param(add(DESCRIPTOR, b"{}"), f"{DESCRIPTOR}: stands twice in the zip; refused", id="file twice"),
        pytest.param(add("bomb", bytes(99_000_000)), "would unpack to 99", id="ratio"),
        pytest.param(add("bomb", os.urandom(1_000) * 101_000), "would unpack to 10", id="size"),
        pytest.param(many, "would unpack to", id="count"),
        pytest.param(add("bomb", bytes(99), zipfile.ZIP_BZIP2), f"bomb: {OTHER_METHOD}", id="bzip2"),
        pytest.param(add("bomb", bytes(99), zipfile.ZIP_LZMA), f"bomb: {OTHER_METHOD}", id="lzma"),
        pytest.param(patch(CSVS[0], 10, "<H", 99), f"{CSVS[0]}: {OTHER_METHOD}", id="unknown method"),
        pytest.param(patch(CSVS[0], 8, "<H", 1), f"{CSVS[0]}: {OTHER_METHOD}", id="encrypted"),
        pytest.param(patch(CSVS[0], 24, "<L", 9), f"{CSVS[0]}: cannot be unpacked: Bad CRC-32", id="size too small"),
        pytest.param(patch(CSVS[0], 24, "<L", 4_000_000_000), "would unpack to 4", id="size too big"),
        pytest.param(patch(CSVS[0], 16, "<L", 1), f"{CSVS[0]}: cannot be unpacked: Bad CRC-32", id="checksum"),
        pytest.param(patch(CSVS[0], 42, "<L", 7), f"{CSVS[0]}: cannot be unpacked: Bad magic", id="offset"),
        pytest.param(patch(CSVS[0], 20, "<L", 3), f"{CSVS[0]}: cannot be unpacked: ", id="packed size"),
        pytest.param(
            lambda path: os.truncate(path, limits.MOST_BYTES + 1), "is neither a folder nor a zip", id="huge hole"
        ),
    ],
)
def test_a_zip_that_cannot_be_checked(check: Check, package: Path, tmp_path: Path, change: Any, sentence: str) -> None:
    path = zip_package(package, tmp_path / "package.zip")
    change(path)
    code, lines = check(path)
    assert (code, len(lines)) == (2, 1)
    assert lines[0].startswith(f"{path}: {sentence}")


def test_a_zip_that_says_too_much_is_cut_to_what_it_holds(check: Check, package: Path, tmp_path: Path) -> None:
    path = zip_package(package, tmp_path / "package.zip")
    patch(CSVS[0], 24, "<L", 90_000)(path)
    assert check(path)[0] == 0


@pytest.mark.parametrize("name", ["nowhere", "nowhere.zip", "\0"])
def test_a_path_that_is_nothing(check: Check, tmp_path: Path, name: str) -> None:
    assert check(tmp_path / name) == (2, [f"{tmp_path}/{name}: there is no such folder or zip".replace("\0", "\\x00")])


def parquet(table: pyarrow.Table, **options: Any) -> bytes:
    sink = io.BytesIO()
    pyarrow.parquet.write_table(table, sink, **options)
    return sink.getvalue()


SCHEMA = pyarrow.parquet.read_schema(ROOT / PARQUET)
ONE = pyarrow.table({"mediator_id": ["ME0001"], "actor_id": ["israel"], "tie": ["contacts"]})
MANY = pyarrow.table([["x"] * 3_000_000] * 3, schema=SCHEMA)  # a few kB as a dictionary
LONG = pyarrow.table([["x" * 1_000_000] * 200] * 3, schema=SCHEMA)  # 3 MB as a dictionary, 600 MB as rows
UNREADABLE = "is not Parquet that can be read: "


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        pytest.param(b"", UNREADABLE, id="empty"),
        pytest.param(b"PAR1" + bytes(99) + b"PAR1", UNREADABLE, id="garbage"),
        pytest.param((ROOT / PARQUET).read_bytes()[:-300], UNREADABLE, id="cut off"),
        pytest.param(parquet(ONE), "its columns and what it says of itself", id="no metadata"),
        pytest.param(parquet(LONG, use_dictionary=False), f"{UNREADABLE}it would unpack to more", id="honest bomb"),
        pytest.param(parquet(MANY), "row 1 is not that of data/csv/mediator_ties.csv", id="many rows"),
        pytest.param(parquet(LONG), "row 1 is not that of data/csv/mediator_ties.csv", id="long cells"),
    ],
)
def test_hostile_parquet_is_invalid(check: Check, package: Path, content: bytes, sentence: str) -> None:
    (package / PARQUET).write_bytes(content)
    refresh(package)
    code, lines = check(package)
    assert (code, len([line for line in lines if line.startswith(f"{PARQUET}: {sentence}")])) == (1, 1), lines


WATCH = """
import os, sys
seen = []
def hook(event, details):
    writing = event == "open" and isinstance(details[2], int) and details[2] & (os.O_WRONLY | os.O_RDWR | os.O_CREAT)
    # sqlite3 here is in memory only; code that is compiled or run comes from the import system
    harmful = ("socket.", "subprocess.", "os.system", "os.exec", "os.fork", "os.posix_spawn", "os.remove", "os.rename",
               "os.mkdir", "os.chmod", "os.symlink", "shutil.", "ftplib.", "urllib.", "pickle.", "webbrowser.")
    if writing or event.startswith(harmful) or (event == "sqlite3.connect" and details[0] != ":memory:"):
        seen.append((event, str(details)))
sys.dont_write_bytecode = True
from ceasefire_talks import build  # imports may do as they like
from ceasefire_talks.verify import drift, verify
from ceasefire_talks.cli import main
sys.addaudithook(hook)
code = main(["check", sys.argv[1]])
print(seen)
sys.exit(code)
"""


@pytest.mark.parametrize("path", ["", "https://192.0.2.1/actors.csv", "/etc/passwd"], ids=["valid", "remote", "root"])
def test_nothing_is_run_written_or_sent(package: Path, path: str) -> None:
    edit_descriptor(package, lambda it: path and it["resources"][0].update(path=path))
    result = subprocess.run(
        [sys.executable, "-c", WATCH, str(package)], capture_output=True, text=True, check=False, timeout=60
    )
    assert result.returncode == (1 if path else 0), result.stderr
    assert result.stdout.splitlines()[-1] == "[]"
