"""Version, day and licence, which several files tell: where one says otherwise, the build names it."""

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from ceasefire_talks.build import Built, build_tables
from ceasefire_talks.problems import report
from ceasefire_talks.records.metadata import Package, find_root
from ceasefire_talks.records.project import CHANGELOG, LICENCES, PACKAGE, PROJECT, REUSE, check_project
from helpers import Edit, line_of

Change = Callable[[Path], Any]
PLACE = f"{PACKAGE}:1"
APART = "every version has an entry and a day of its own"


def swap(name: str, old: str, new: str) -> Change:
    """Return what puts other words into a file, wherever the old ones stand."""

    def change(root: Path) -> None:
        text = (root / name).read_text("utf-8")
        assert old in text
        (root / name).write_text(text.replace(old, new), "utf-8")

    return change


def check(root: Path, row: dict[str, Any], **values: Any) -> list[str]:
    """Return what is said of a checkout whose record of the package has some other values."""
    return report(check_project(root, row | values, PLACE))


@pytest.fixture
def row(built: Built) -> dict[str, Any]:
    return built.tables["package"].row(0, named=True)


def test_the_files_of_today_agree(copy: Path, row: dict[str, Any]) -> None:
    assert check(copy, row) == []


def test_a_build_refuses_another_licence(edit: Edit) -> None:
    """Title and address follow from the id; the other files are named."""
    sharing, licences = "CC-BY-SA-4.0", "CC-BY-SA-4.0, LicenseRef-Quoted-Words, MIT"
    assert edit("records/package.yaml", "CC-BY-4.0", sharing) == [
        f"LICENSES/CC-BY-4.0.txt: is no licence of this package; {PACKAGE} says {sharing}",
        f"LICENSES/{sharing}.txt: is not there; save the text of the licence there",
        f"{REUSE}: does not name {sharing}, the licence in {PACKAGE}; say what it holds for",
        f"{REUSE}: names CC-BY-4.0; the licences are {licences}",
        f'{PROJECT}: license is "MIT AND CC-BY-4.0 AND LicenseRef-Quoted-Words"; {PACKAGE} asks for '
        f'"MIT AND {sharing} AND LicenseRef-Quoted-Words"',
    ]


def test_a_licence_that_is_not_known_is_named_with_its_line(edit: Edit) -> None:
    says = f'"CC-BX-4.0" is no known licence; take one of {", ".join(LICENCES)}'
    line = line_of("records/package.yaml", "^  licence: ")
    assert edit("records/package.yaml", "CC-BY-4.0", "CC-BX-4.0") == [f"{PACKAGE}:{line}: {says}"]


def test_a_build_refuses_a_day_of_its_own_in_the_record(edit: Edit, about: Package) -> None:
    line = f'{CHANGELOG}:6: the newest entry is "{about.version}, {about.released}", {PROJECT} and {PACKAGE} say '
    assert edit("records/package.yaml", "released: .*", "released: 2031-01-01") == [
        f'{line}"{about.version}, 2031-01-01"; {APART}'
    ]


def test_a_newer_version_needs_an_entry_and_a_later_day(copy: Path, row: dict[str, Any], about: Package) -> None:
    old, new, day = f"{about.version}, {about.released}", "0.9.0", about.released
    swap(PROJECT, f'version = "{about.version}"', f'version = "{new}"')(copy)
    says = f'the newest entry is "{old}", {PROJECT} and {PACKAGE} say "{new}, {day}"; {APART}'
    assert check(copy, row) == [f"{CHANGELOG}:6: {says}"]
    swap(CHANGELOG, f"## {old}", f"## {new}, {day}\n\nNew.\n\n## {old}")(copy)
    says = f"{about.version} is of {day}, and {new} of {day}; give it a later day in {PACKAGE}"
    assert check(copy, row) == [f"{CHANGELOG}:10: {says}"]
    swap(CHANGELOG, f"## {new}, {day}", f"## {new}, 2031-01-01")(copy)
    assert check(copy, row, released=date(2031, 1, 1)) == []


@pytest.mark.parametrize(
    ("change", "says"),
    [
        pytest.param(
            lambda root: (root / CHANGELOG).write_text("# Changelog\n", "utf-8"),
            f'{CHANGELOG}:1: the newest entry is "", {PROJECT} and {PACKAGE} say "{{}}"; {APART}',
            id="no entry",
        ),
        pytest.param(
            swap(PROJECT, 'version = "0.2.0"', 'version = "0.2"'),
            f'{PROJECT}: version is "0.2"; write three numbers such as 0.2.0',
            id="two numbers",
        ),
        pytest.param(
            lambda root: (root / "LICENSES/MIT.txt").unlink(),
            "LICENSES/MIT.txt: is not there; save the text of the licence there",
            id="no text",
        ),
        pytest.param(
            lambda root: (root / "LICENSES/CC-BY-4.0.txt").write_text("CC0 1.0 Universal", "utf-8"),
            "LICENSES/CC-BY-4.0.txt: is not the text of Creative Commons Attribution 4.0 International; "
            "save that one there",
            id="another text",
        ),
        pytest.param(
            swap(PROJECT, "MIT AND CC-BY-4.0 AND", "MIT OR CC-BY-4.0 AND"),
            f'{PROJECT}: license is "MIT OR CC-BY-4.0 AND LicenseRef-Quoted-Words"; {PACKAGE} asks for '
            '"MIT AND CC-BY-4.0 AND LicenseRef-Quoted-Words"',
            id="another expression",
        ),
        pytest.param(
            swap(REUSE, '"CC-BY-4.0 AND', '"CC0-1.0 AND'),
            f"{REUSE}: names CC0-1.0; the licences are CC-BY-4.0, LicenseRef-Quoted-Words, MIT",
            id="another licence of some files",
        ),
    ],
)
def test_what_says_otherwise_is_named(
    copy: Path, row: dict[str, Any], about: Package, change: Change, says: str
) -> None:
    change(copy)
    assert check(copy, row) == [says.replace("{}", f"{about.version}, {about.released}")]


@pytest.mark.parametrize(
    ("licence", "name"),
    [
        ("CC0-1.0", "CC0 1.0 Universal"),
        ("CC-BY-4.0", "Creative Commons Attribution 4.0 International"),
        ("CC-BY-SA-4.0", "Creative Commons Attribution-ShareAlike 4.0 International"),
    ],
)
def test_a_licence_bears_the_name_in_its_text(copy: Path, row: dict[str, Any], licence: str, name: str) -> None:
    path = copy / f"LICENSES/{licence}.txt"
    path.write_text("Another licence", "utf-8")
    assert f"LICENSES/{licence}.txt: is not the text of {name}; save that one there" in check(
        copy, row, licence=licence
    )
    path.write_text(f"{name}\n\nAll of it", "utf-8")
    assert not [line for line in check(copy, row, licence=licence) if "is not the text" in line]


@pytest.mark.parametrize("lacking", [PROJECT, "data/records"])
def test_a_checkout_has_a_project_and_records(tmp_path: Path, lacking: str) -> None:
    (tmp_path / "data/records/talks").mkdir(parents=True)
    (tmp_path / PROJECT).write_text("", "utf-8")
    assert find_root(tmp_path / "data/records/talks") == tmp_path
    (tmp_path / lacking).rename(tmp_path / "away")
    with pytest.raises(FileNotFoundError, match="no checkout of ceasefire-talks here"):
        find_root(tmp_path)


@pytest.mark.parametrize("name", [PROJECT, REUSE])
@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"[project\n", "is not TOML: "),
        (b"\xff\xfe[\0", "is not UTF-8; save the file as UTF-8"),
        ("name = 'Montr\u00e9al'".encode("latin-1"), "is not UTF-8; save the file as UTF-8"),
    ],
)
def test_a_file_that_is_no_toml_is_named(copy: Path, row: dict[str, Any], name: str, content: bytes, says: str) -> None:
    (copy / name).write_bytes(content)
    with pytest.raises(ValueError, match=f"^{re.escape(f'{name}: {says}')}"):
        check(copy, row)


@pytest.mark.parametrize("key", ["name", "version", "keywords"])
def test_what_the_project_lacks_is_named(copy: Path, row: dict[str, Any], key: str) -> None:
    swap(PROJECT, f"\n{key} = ", f"\nx-{key} = ")(copy)
    with pytest.raises(ValueError, match=re.escape(f"{PROJECT}: [project] has no {key}; put it back")):
        check(copy, row)


def test_a_build_with_a_project_that_is_no_toml_is_one_sentence(copy: Path) -> None:
    (copy / PROJECT).write_bytes(b"\xff")
    with pytest.raises(ValueError, match=f"^{PROJECT}: is not UTF-8; save the file as UTF-8$"):
        build_tables(copy)
