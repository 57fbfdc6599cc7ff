"""`ceasefire-talks check` on tampered descriptors and tables: the message, word for word."""

import json
from pathlib import Path
from typing import Any

import pytest

from helpers import ROOT, Check
from packages import CSVS, DESCRIPTOR, edit_descriptor, read_rows, refresh, write_rows

RESOURCES = {item["name"]: item for item in json.loads((ROOT / DESCRIPTOR).read_text("utf-8"))["resources"]}
UNTRUE = "is not what files and declaration say"


def first(descriptor: dict[str, Any], **values: Any) -> None:
    descriptor["resources"][0].update(values)


EVIL_PATH = 'datapackage.json: actors: the path must be "data/csv/actors.csv"'


@pytest.mark.parametrize(
    ("change", "lines"),
    [
        pytest.param(lambda it: first(it, path="/etc/passwd"), [EVIL_PATH], id="absolute path"),
        pytest.param(lambda it: first(it, path="../../etc/passwd"), [EVIL_PATH], id="parent path"),
        pytest.param(lambda it: first(it, path="data/csv/../csv/actors.csv"), [EVIL_PATH], id="path with a detour"),
        pytest.param(lambda it: first(it, path=".git/config"), [EVIL_PATH], id="hidden path"),
        pytest.param(lambda it: first(it, path="https://example.org/actors.csv"), [EVIL_PATH], id="remote path"),
        pytest.param(lambda it: first(it, path="data\\csv\\actors.csv"), [EVIL_PATH], id="backslash"),
        pytest.param(lambda it: first(it, path="C:/data/csv/actors.csv"), [EVIL_PATH], id="drive letter"),
        pytest.param(lambda it: first(it, path=["data/csv/actors.csv"]), [EVIL_PATH], id="path of several parts"),
        pytest.param(lambda it: first(it, path=None), [EVIL_PATH], id="no path"),
        pytest.param(
            lambda it: it["resources"].append({"name": "extra", "path": "/etc/passwd"}),
            ['datapackage.json: "extra" is no table of this dataset'],
            id="extra resource",
        ),
        pytest.param(
            lambda it: it["resources"].insert(0, {"name": "actors", "path": "/etc/passwd"}),
            ['datapackage.json: "actors" stands twice', EVIL_PATH],
            id="resource twice",
        ),
        pytest.param(
            lambda it: it["resources"].append("actors"),
            ["datapackage.json: there is a resource without a name"],
            id="resource that is a text",
        ),
        pytest.param(
            lambda it: it["resources"].pop(0),
            ['datapackage.json: there is no resource "actors"'],
            id="missing resource",
        ),
        pytest.param(lambda it: it.pop("sources"), [f"datapackage.json: package.sources: {UNTRUE}"], id="no sources"),
        pytest.param(
            lambda it: first(it, hash="\x1b[2Jfine\nvalid: 23 tables"),
            [
                f"data/csv/actors.csv: has the hash {RESOURCES['actors']['hash']}; "
                "the descriptor says \\x1b[2Jfine\\nvalid: 23 tables"
            ],
            id="terminal codes",
        ),
        pytest.param(
            lambda it: first(it, rows=float(RESOURCES["actors"]["rows"])),
            [f"datapackage.json: actors.rows: {UNTRUE}"],
            id="rows as a fraction",
        ),
    ],
)
def test_a_tampered_descriptor_is_invalid(check: Check, package: Path, change: Any, lines: list[str]) -> None:
    edit_descriptor(package, change)
    assert check(package) == (1, lines)


def test_resources_that_are_no_list_are_all_missing(check: Check, package: Path) -> None:
    edit_descriptor(package, lambda it: it.update(resources=5))
    code, lines = check(package)
    assert (code, lines[-1]) == (1, f"resource: {len(RESOURCES)} in all, 20 shown")


TIES = "data/csv/mediator_ties.csv"
HEADER = "mediator_id,actor_id,tie"
PARQUET = "data/parquet/mediator_ties.parquet"


@pytest.mark.parametrize(
    ("change", "line"),
    [
        pytest.param(lambda rows: rows[0].__setitem__(2, "bond"), f"{TIES}:1: the header must be {HEADER}", id="name"),
        pytest.param(lambda rows: rows[0].reverse(), f"{TIES}:1: the header must be {HEADER}", id="order of columns"),
        pytest.param(lambda rows: rows.clear(), f"{TIES}:1: the header must be {HEADER}", id="empty"),
        pytest.param(lambda rows: rows[1].pop(), f"{TIES}:2: has 2 cells; the table has 3 columns", id="short row"),
        pytest.param(
            lambda rows: rows[1].append("x"), f"{TIES}:2: has 4 cells; the table has 3 columns", id="long row"
        ),
        pytest.param(
            lambda rows: rows.pop(),
            f"{PARQUET}: row {RESOURCES['mediator_ties']['rows']} is not that of {TIES}: one of them has more rows",
            id="row less",
        ),
        pytest.param(
            lambda rows: rows[1].__setitem__(0, "ME9999"),
            f'{TIES}:2: ME9999/{{row[1]}}/{{row[2]}}.mediator_id: "ME9999" is not in mediators',
            id="dangling reference",
        ),
        pytest.param(
            lambda rows: rows[1].__setitem__(1, "=1+1"),
            f'{TIES}:2: ME0001/=1+1/{{row[2]}}.actor_id: "=1+1" would run as a formula in a spreadsheet; '
            "begin it with another character",
            id="formula",
        ),
        pytest.param(
            lambda rows: rows[1].__setitem__(1, "a\0b"),
            f'{TIES}:2: ME0001/a\\x00b/{{row[2]}}.actor_id: "a\\x00b" holds a control, bidi, invisible or line break '
            "character; take it out",
            id="NUL",
        ),
        pytest.param(
            lambda rows: rows.append(rows[-1]),
            f'{TIES}:{{count}}: {{last}}.tie: mediator_id, actor_id, tie "{{last}}" stands at {TIES}:{{before}} too; '
            "keep one",
            id="duplicate key",
        ),
    ],
)
def test_a_tampered_table_is_invalid(check: Check, package: Path, change: Any, line: str) -> None:
    header, *rows = read_rows(package / TIES)
    known = {"row": list(rows[0]), "last": "/".join(rows[-1]), "before": len(rows) + 1, "count": len(rows) + 2}
    changed = [header, *rows]
    change(changed)
    write_rows(package / TIES, changed)
    refresh(package)
    code, lines = check(package)
    assert code == 1
    assert line.format(**known) in lines


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        pytest.param(b"ME0001", b"\xff\xfe", f"{TIES}:1: is not CSV in UTF-8: 'utf-8' codec", id="other encoding"),
        pytest.param(b"ME0001", b'"ME0001', f"{TIES}:1: is not CSV in UTF-8: unexpected end of data", id="open quote"),
        pytest.param(b"ME0001", b'"ME"0001', f"{TIES}:1: is not CSV in UTF-8: ',' expected after '\"'", id="quote"),
        pytest.param(b"ME0001", b"x" * 140_000, f"{PARQUET}: row 1 is not that of {TIES}", id="huge cell"),
        pytest.param(b"ME0001", b'"ME0001"', f"{TIES}: is not written as this package writes CSV", id="needless quote"),
        pytest.param(b"\n", b"\r\n", f"{TIES}: is not written as this package writes CSV", id="line ends"),
        pytest.param(b"mediator_id", b"\xef\xbb\xbfmediator_id", f"{TIES}:1: the header must be {HEADER}", id="BOM"),
    ],
)
def test_other_bytes_of_a_table_are_invalid(check: Check, package: Path, old: bytes, new: bytes, line: str) -> None:
    (package / TIES).write_bytes((package / TIES).read_bytes().replace(old, new, 1))
    refresh(package)
    code, lines = check(package)
    assert code == 1
    assert any(found.startswith(line) for found in lines), lines


@pytest.mark.parametrize("path", [CSVS[0], PARQUET])
def test_a_missing_file_is_named(check: Check, package: Path, path: str) -> None:
    (package / path).unlink()
    assert check(package) == (1, [f"{path}: is named in the descriptor and is not there"])
