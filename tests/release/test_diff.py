"""`ceasefire-talks diff`: every kind of change in every kind of table is told, and asks for the right version."""

from pathlib import Path

import pytest
from diff_cases import CASES
from edits import Case, copy_package

from ceasefire_talks.declaration.versions import POLICY, asked_level, next_version, policy_lines
from ceasefire_talks.release.diff import compare_packages
from ceasefire_talks.release.fields import Change
from ceasefire_talks.release.packages import Released, read_released
from helpers import DECLARED, ROOT, TABLES

NEXT = {  # after 0.2.0 and after 1.4.1
    "none": ("0.2.0", "1.4.1"),
    "patch": ("0.2.1", "1.4.2"),
    "minor": ("0.3.0", "1.5.0"),
    "major": ("0.3.0", "2.0.0"),
}


@pytest.fixture(scope="module")
def committed() -> Released:
    return read_released(str(ROOT))


def tell(change: Change) -> str:
    return " ".join(part for part in (change.kind, change.table, change.id, change.field) if part)


@pytest.mark.parametrize("case", [pytest.param(case, id=case.name) for case in CASES])
def test_what_changed_is_told_and_asks_for_a_version(tmp_path: Path, committed: Released, case: Case) -> None:
    case.edit(copy_package(tmp_path))
    diff = compare_packages(committed, read_released(str(tmp_path)))
    assert sorted(tell(change) for change in diff.changes) == sorted(case.changes)
    refused = [f"{it.table} {it.id} {it.message}" for it in diff.refused]
    assert [told[: len(due)] for told, due in zip(refused, case.refused, strict=True)] == [*case.refused]
    level = asked_level(change.kind for change in diff.changes)
    assert (level, next_version("0.2.0", level), next_version("1.4.1", level)) == (case.asks_for, *NEXT[case.asks_for])


@pytest.mark.parametrize("kind", POLICY)
def test_every_kind_of_change_has_a_case(kind: str) -> None:
    assert any(line.startswith(kind) for case in CASES for line in case.changes)


def test_the_policy_is_told_by_level_with_the_gravest_on_top() -> None:
    major, minor, patch = policy_lines()
    assert (major.partition(":")[0], minor.partition(":")[0]) == ("- major", "- minor")
    assert patch == "- patch: A cell is corrected."
    told = {words for line in (major, minor, patch) for words in line.partition(": ")[2].removesuffix(".").split(". ")}
    assert told == {words for words, _ in POLICY.values()}


@pytest.mark.parametrize("name", TABLES)
def test_a_row_with_an_id_of_its_own_says_which_thing_it_is(committed: Released, name: str) -> None:
    """By two fields at least, coded and in part never empty, so that a correction of one is no other thing."""
    sheet = committed.tables[name]
    fields = [field for field in DECLARED[name]["fields"] if field.get("identifying")]
    if not sheet.gives_id or name == "withdrawn":
        assert not fields
        return
    assert len(fields) in (2, 3)
    assert not [field["name"] for field in fields if "derived" in field or field["name"] in sheet.key]
    assert [field["name"] for field in fields if field.get("constraints", {}).get("required")]
