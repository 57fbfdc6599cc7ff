"""`ceasefire-talks check`: the committed package is valid, and nothing in it can be changed unseen."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from ceasefire_talks.files.descriptor import file_metadata
from ceasefire_talks.tables.tabulate import to_frame, type_cell
from ceasefire_talks.verify.verify import check_parquet, check_properties
from helpers import DECLARED, FIELDS, ROOT, TABLES, Check
from packages import (
    CSVS,
    DESCRIPTOR,
    FILES,
    change_cell,
    edit_descriptor,
    edit_rows,
    other_value,
    read_rows,
    refresh,
    zip_package,
)

COMMITTED = json.loads((ROOT / DESCRIPTOR).read_text("utf-8"))
RESOURCES = {item["name"]: item for item in COMMITTED["resources"]}
ROWS = sum(item["rows"] for item in RESOURCES.values() if item["format"] == "csv")
VALID = f"valid: {len(TABLES)} tables, {ROWS} rows"
UNTRUE = "is not what files and declaration say"


@pytest.mark.parametrize("top", [None, "", "ceasefire-talks-0.1.0/"], ids=["folder", "zip", "zip with one folder"])
def test_the_committed_package_is_valid(check: Check, package: Path, tmp_path: Path, top: str | None) -> None:
    path = package if top is None else zip_package(package, tmp_path / "package.zip", top)
    assert check(path) == (0, [VALID])
    assert json.loads("\n".join(check(path, "--json")[1])) == {"valid": True, "problems": []}


@pytest.mark.parametrize("path", FILES)
def test_a_changed_cell_is_found_though_the_descriptor_agrees(check: Check, package: Path, path: str) -> None:
    edit_rows(package / path, change_cell)
    refresh(package)
    code, lines = check(package)
    assert code == 1
    assert any(path in line for line in lines), lines


@pytest.mark.parametrize("path", FILES)
def test_another_order_of_rows_is_found_though_the_descriptor_agrees(check: Check, package: Path, path: str) -> None:
    edit_rows(package / path, lambda rows: rows.append(rows.pop(1)))
    refresh(package)
    code, lines = check(package)
    assert code == 1
    expected = f"{path}: its rows are not sorted by key" if path in CSVS else f"{path}: row 1 is not that of"
    assert any(line.startswith(expected) for line in lines), lines


PUBLISHED_FIELDS = [(name, field) for name, field in FIELDS if name in TABLES]


@pytest.mark.parametrize(("name", "column"), PUBLISHED_FIELDS)
def test_a_cell_of_any_column_differs_between_csv_and_parquet(name: str, column: str) -> None:
    fields = DECLARED[name]["fields"]
    header, *rows = read_rows(ROOT / f"data/csv/{name}.csv")
    values = [
        {field["name"]: type_cell(field, cell) if cell else None for field, cell in zip(fields, row, strict=True)}
        for row in rows
    ]
    content = (ROOT / f"data/parquet/{name}.parquet").read_bytes()
    metadata = file_metadata(COMMITTED)
    assert header == [field["name"] for field in fields]
    assert list(check_parquet(name, to_frame(DECLARED[name], values), content, DECLARED[name], metadata)) == []
    number = max((at for at, row in enumerate(values) if row[column] is not None), default=0)
    values[number][column] = "x" if values[number][column] is None else other_value(values[number][column])
    (found,) = check_parquet(name, to_frame(DECLARED[name], values), content, DECLARED[name], metadata)
    place, sentence = f"data/parquet/{name}.parquet", f"row {number + 1} is not that of data/csv/{name}.csv: {column}"
    assert (found.place, found.message) == (place, sentence)


def test_every_hash_is_compared(check: Check, package: Path) -> None:
    wrong = f"sha256:{0:064}"
    edit_descriptor(package, lambda it: [item.update(hash=wrong) for item in it["resources"]])
    code, lines = check(package, "--json")
    found = {problem["place"]: problem["message"] for problem in json.loads("\n".join(lines))["problems"]}
    assert code == 1
    assert found == {
        item["path"]: f"has the hash {item['hash']}; the descriptor says {wrong}" for item in RESOURCES.values()
    }


def properties() -> Iterator[tuple[str, tuple[Any, ...]]]:
    """Yield the place of every property of two resources, and of every keyword of their schemas."""
    for name in ("evidence", "evidence_parquet"):
        for key, value in RESOURCES[name].items():
            if key not in ("name", "path", "hash", "schema"):
                yield f"{name}.{key}", (key,)
            for inner in value if key == "schema" else ():
                yield f"{name}.schema", (key, inner)
        for number, field in enumerate(RESOURCES[name]["schema"]["fields"]):
            for keyword in field:
                yield f"{name}.schema", ("schema", "fields", number, keyword)


def place_in(descriptor: dict[str, Any], name: str, keys: tuple[Any, ...]) -> Any:
    """Return what holds the last of the keys inside a resource."""
    value = next(item for item in descriptor["resources"] if item["name"] == name)
    for key in keys[:-1]:
        value = value[key]
    return value


@pytest.mark.parametrize("change", ["changed", "removed", "added"])
def test_every_property_of_a_resource_is_compared(check: Check, package: Path, change: str) -> None:
    """One after the other would take minutes; all at once, each must still be named."""
    places = [place for place in properties() if place[1][0] != "schema"]

    def tamper(descriptor: dict[str, Any]) -> None:
        for label, keys in places:
            holder = place_in(descriptor, label.split(".")[0], keys)
            if change == "changed":
                holder[keys[-1]] = "x"
            elif change == "removed":
                del holder[keys[-1]]
            else:
                holder[f"{keys[-1]}2"] = None

    edit_descriptor(package, tamper)
    code, lines = check(package)
    end = "2" if change == "added" else ""
    expected = {f"{DESCRIPTOR}: {label}{end}: {UNTRUE}" for label, _ in places}
    assert (code, set(lines)) == (1, expected)


@pytest.mark.parametrize(("label", "keys"), [place for place in properties() if place[1][0] == "schema"])
def test_every_keyword_of_a_schema_is_compared(label: str, keys: tuple[Any, ...]) -> None:
    name = label.split(".", maxsplit=1)[0]
    tampered = json.loads(json.dumps(COMMITTED))
    place_in(tampered, name, keys)[keys[-1]] = 1
    item = next(item for item in tampered["resources"] if item["name"] == name)
    assert [problem.message for problem in check_properties(name, item, RESOURCES[name])] == [f"{label}: {UNTRUE}"]
