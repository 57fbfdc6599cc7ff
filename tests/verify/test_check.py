"""`ceasefire-talks check`: what is the package is valid, what is not is named with its likely cause."""

import hashlib
import io
import json
import os
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from ceasefire_talks.cli import main
from ceasefire_talks.verify.check import check_package, compare_file, list_expected
from copies import DESCRIPTOR, PATHS, ROOT, SIZES, copy_files, zip_files

EVENTS = "data/csv/events.csv"
VALID = f"valid: {len(PATHS)} files are those of this checkout"
Change = Callable[[Path], Any]


@pytest.fixture
def package(tmp_path: Path) -> Path:
    return copy_files(tmp_path / "package")


def check(capsys: pytest.CaptureFixture[str], path: object, *options: str) -> tuple[int, list[str]]:
    code = main(["check", str(path), *options])
    out, err = capsys.readouterr()
    assert err == ""
    return code, out.splitlines()


@pytest.mark.parametrize("top", ["", "ceasefire-talks-main/", "a/b/"])
def test_zip_is_valid_wherever_its_descriptor_is(tmp_path: Path, capsys: pytest.CaptureFixture[str], top: str) -> None:
    assert check(capsys, zip_files(tmp_path / "it.zip", top)) == (0, [VALID])


@pytest.mark.parametrize(("top", "second"), [("aaa/", "zzz/"), ("zzz/", "zzz/more/"), ("", "b/"), ("a/", "b/c/")])
def test_a_second_package_in_a_zip_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], top: str, second: str
) -> None:
    path = zip_files(tmp_path / "it.zip", top)
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr(f"{second}datapackage.json", "{}")
    code, lines = check(capsys, path)
    name = f"{second}datapackage.json".removeprefix(top)
    assert lines[0] == f"{name}: is the descriptor of a second package; unpack the zip and check each folder by itself"
    assert (code, lines[-1].partition(":")[0]) == (1, "not the package")


def test_what_a_mac_or_a_forge_adds_changes_no_verdict(package: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for litter in ("__MACOSX/data/._x", "data/csv/.DS_Store", "data/csv/._events.csv"):
        (package / litter).parent.mkdir(parents=True, exist_ok=True)
        (package / litter).write_bytes(b"x")
    (package / "scripts").mkdir()
    (package / "scripts" / "x.py").write_bytes(b"")
    (package / "scripts" / "link").symlink_to("x.py")
    said = "1 other files, which are no part of the package, were not looked at"
    assert check(capsys, package) == (0, [said, VALID])


def test_json_has_stable_codes(package: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (package / EVENTS).unlink()
    code, lines = check(capsys, package, "--json")
    result = json.loads("\n".join(lines))
    difference = {"path": EVENTS, "code": "missing", "message": "is missing"}
    counts = {"same": len(PATHS) - 1, "others": 0}
    assert code == 1
    assert result == {"valid": False, "version": DESCRIPTOR["version"]} | counts | {"differences": [difference]}
    code, lines = check(capsys, package / "gone", "--json")
    assert (code, json.loads(lines[0])) == (2, {"valid": None, "reason": f"{package / 'gone'} is not there"})


def positions(size: int, path: str) -> list[int]:
    """Return where to flip a byte: everywhere in a small file, else at 40 places drawn by the hash of the tree."""
    if size < 5_000:
        return list(range(size))
    seed = hashlib.sha256((ROOT / "datapackage.json").read_bytes() + path.encode()).digest() * 4
    return sorted({0, size - 1, *(int.from_bytes(seed[at : at + 3], "little") % size for at in range(40))})


@pytest.mark.parametrize("path", PATHS)
def test_a_flipped_byte_is_found(path: str) -> None:
    expected = list_expected()[path]
    content = bytearray((ROOT / path).read_bytes())
    assert list(compare_file(path, lambda: io.BytesIO(content), expected)) == []
    for at in positions(len(content), path):
        content[at] ^= 1
        assert list(compare_file(path, lambda: io.BytesIO(content), expected)), at
        content[at] ^= 1


def rewrite(path: str, change: Callable[[bytes], bytes]) -> Change:
    return lambda root: (root / path).write_bytes(change((root / path).read_bytes()))


def version(text: str) -> Change:
    old = f'"version": "{DESCRIPTOR["version"]}"'.encode()
    return rewrite("datapackage.json", lambda content: content.replace(old, text.encode()))


def instead(make: Callable[[Path], Any]) -> Change:
    """Return what moves the events away and makes something else in their place."""

    def change(root: Path) -> None:
        (root / EVENTS).rename(root / "x")
        make(root / EVENTS)

    return change


def remove_pictures(root: Path) -> None:
    for path in (root / "data/pictures").iterdir():
        path.unlink()


def text_of(content: bytes) -> str:
    return content.decode("utf-8")


WAYS: list[tuple[str, str, Change, str]] = [
    ("empty", "empty", rewrite(EVENTS, lambda _: b""), f"{EVENTS}: is empty"),
    ("line ends", "line ends", rewrite(EVENTS, lambda it: it.replace(b"\n", b"\r\n")),
     f"{EVENTS}: has other line ends (CRLF), as Git or Excel make them on Windows"),
    ("byte order mark", "bom", rewrite(EVENTS, lambda it: b"\xef\xbb\xbf" + it),
     f"{EVENTS}: begins with a byte order mark, as Excel saves CSV"),
    ("UTF-16", "encoding", rewrite(EVENTS, lambda it: text_of(it).encode("utf-16")),
     f"{EVENTS}: is in UTF-16; the package is in UTF-8"),
    ("Latin-1", "encoding", rewrite("data/csv/quotes.csv", lambda it: b"\xe9" + it),
     "data/csv/quotes.csv: is in another encoding; the package is in UTF-8"),
    ("semicolons", "semicolons", rewrite(EVENTS, lambda it: it.replace(b",", b";")),
     f"{EVENTS}: has semicolons, as Excel saves CSV in some countries"),
    ("Git LFS", "lfs", rewrite(EVENTS, lambda _: b"version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 1\n"),
     f"{EVENTS}: is a Git LFS pointer; fetch the file itself"),
    ("web page", "html", rewrite(EVENTS, lambda _: b"\n <!DOCTYPE html><title>404</title>"),
     f"{EVENTS}: is a web page, not the file"),
    ("a workbook", "workbook", rewrite(EVENTS, lambda _: (ROOT / "data/ceasefire-talks.xlsx").read_bytes()),
     f"{EVENTS}: is a workbook or zip, not text"),
    ("workbook saved again", "saved", rewrite("data/ceasefire-talks.xlsx", lambda it: it + b"\0"),
     "data/ceasefire-talks.xlsx: was saved again by Excel, or cut off"),
    ("cut", "shorter", rewrite(EVENTS, lambda it: it[:1000]), f"{EVENTS}: has 1000 bytes, the file {SIZES[EVENTS]}"),
    ("longer", "longer", rewrite(EVENTS, lambda it: it + b"x\n"),
     f"{EVENTS}: is longer than the {SIZES[EVENTS]} bytes of the file"),
    ("a cell", "altered", rewrite(EVENTS, lambda it: it.replace(b"EV0001", b"EV0009", 1)),
     f"{EVENTS}: has other content"),
    ("rows in another order", "altered", rewrite(EVENTS, lambda it: b"\n".join([*reversed(it.split(b"\n"))])),
     f"{EVENTS}: has other content"),
    ("Parquet", "altered", rewrite("data/parquet/events.parquet", lambda it: it[:-9] + b"x" + it[-8:]),
     "data/parquet/events.parquet: has other content"),
    ("codebook", "altered", rewrite("data/codebook.md", lambda it: it.replace(b"the", b"teh", 1)),
     "data/codebook.md: has other content"),
    ("description", "altered", rewrite("datapackage.json", lambda it: it.replace(b"Talks", b"Tolks", 1)),
     "datapackage.json: has other content"),
    ("licence", "altered", rewrite("CITATION.cff", lambda it: it.replace(b"CC-BY", b"CC-BX")),
     "CITATION.cff: has other content"),
    ("picture", "altered", rewrite("data/pictures/demands-dark.svg", lambda it: it.replace(b"<svg", b"<svG", 1)),
     "data/pictures/demands-dark.svg: has other content"),
    ("schema", "altered", rewrite("data/schemas/events.json", lambda it: it.replace(b"string", b"number", 1)),
     "data/schemas/events.json: has other content"),
    ("no codebook", "missing", lambda root: (root / "data/codebook.md").unlink(), "data/codebook.md: is missing"),
    ("no folder", "missing", remove_pictures, "data/pictures/numbers-light.svg: is missing"),
    ("a stranger", "stranger", lambda root: (root / "data/csv/more/mine.csv").write_bytes(b"a"),
     f"data/csv/more/mine.csv: is no file of version {DESCRIPTOR['version']}"),
    ("a table of before", "stranger", lambda root: (root / "data/csv/events_wide.csv").write_bytes(b"a"),
     f"data/csv/events_wide.csv: is no file of version {DESCRIPTOR['version']}"),
    ("a link", "link", instead(lambda path: path.symlink_to(path.parents[2] / "x")),
     f"{EVENTS}: is a link, not a file"),
    ("no version", "altered", rewrite("datapackage.json", lambda it: it.replace(b'"version"', b'"edition"')),
     "datapackage.json: has other content"),
    *(("a workbook in place of a text", "workbook", rewrite(path, lambda _: b"PK\x03\x04"),
       f"{path}: is a workbook or zip, not text")
      for path in ("CITATION.cff", "data/codebook.md", "data/schemas/events.json", "data/pictures/demands-dark.svg")),
    ("a pipe", "device", instead(os.mkfifo), f"{EVENTS}: is no plain file"),
    ("a folder in place of a file", "missing", instead(lambda path: path.mkdir()), f"{EVENTS}: is missing"),
]  # fmt: skip


@pytest.mark.parametrize(("code", "change", "line"), [way[1:] for way in WAYS], ids=[way[0] for way in WAYS])
def test_what_differs_is_named_with_its_cause(
    package: Path, capsys: pytest.CaptureFixture[str], code: str, change: Change, line: str
) -> None:
    change(package)
    exit_code, lines = check(capsys, package)
    assert exit_code == 1
    assert line in lines
    assert code in {one.code for one in check_package(str(package)).differences if line.startswith(f"{one.path}: ")}
    assert lines[-1].startswith("not the package: ")


def unpackable(target: Path, write: Callable[[zipfile.ZipFile], Any]) -> Path:
    with zipfile.ZipFile(target, "w") as archive:
        write(archive)
    return target


CANNOT: list[tuple[str, Callable[[Path], object], str]] = [
    ("standard input", lambda _: "-", "- cannot be checked from standard input; save it as a file first"),
    ("web address", lambda _: "https://example.org/p.zip",
     "https://example.org/p.zip is a web address; download the zip and give its path"),
    ("descriptor", lambda root: root / "datapackage.json", "is the descriptor; give the folder that it stands in"),
    ("nothing", lambda root: root / "gone", "is not there"),
    ("folder above", lambda root: root / "data", "holds no datapackage.json; give the folder that does"),
    ("a text", lambda root: root / EVENTS, "is neither a folder nor a zip"),
    ("a device", lambda _: "/dev/zero", "/dev/zero is neither a folder nor a zip"),
    ("another version", lambda root: version('"version": "9.8.7"')(root) and root,
     f"is version 9.8.7, and {DESCRIPTOR['version']} is installed; pip install ceasefire-talks==9.8.7, or, beside the "
     "files of the release: sha256sum -c SHA256SUMS"),
    ("zip in a zip", lambda root: unpackable(root / "x.zip", lambda it: it.write(zip_files(root / "y.zip"), "y.zip")),
     "holds no datapackage.json; unpack y.zip in it first"),
    ("empty zip", lambda root: unpackable(root / "x.zip", lambda _: None), "holds no datapackage.json"),
]  # fmt: skip


@pytest.mark.parametrize(("give", "reason"), [way[1:] for way in CANNOT], ids=[way[0] for way in CANNOT])
def test_what_cannot_be_checked_gets_one_sentence(
    package: Path, capsys: pytest.CaptureFixture[str], give: Callable[[Path], object], reason: str
) -> None:
    code, lines = check(capsys, give(package))
    assert code == 2
    assert len(lines) == 1
    assert lines[0].endswith(reason)


def test_nothing_but_the_standard_library_is_imported(package: Path) -> None:
    code = (
        "import sys; from ceasefire_talks.cli import main; code = main(['check', sys.argv[1]]); "
        "names = {name.split('.')[0] for name in sys.modules} - sys.stdlib_module_names - {'__main__'}; "
        "print(sorted(name for name in names if getattr(sys.modules[name], '__file__', None))); sys.exit(code)"
    )
    environment = os.environ | {"PYTHONPATH": str(ROOT / "scripts")}
    command = [sys.executable, "-S", "-c", code, str(package)]
    result = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert (result.returncode, result.stderr) == (0, "")
    assert result.stdout.splitlines()[-1] == "['ceasefire_talks']"
