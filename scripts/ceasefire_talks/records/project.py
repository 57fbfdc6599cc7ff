"""What is told beside the records, and must be told alike: version and day of release, and the licence."""

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from ceasefire_talks.declaration.versions import VERSION
from ceasefire_talks.problems import Problem, shown

PACKAGE, PROJECT, REUSE, CHANGELOG = "data/records/package.yaml", "pyproject.toml", "REUSE.toml", "CHANGELOG.md"
CODE, QUOTED = "MIT", "LicenseRef-Quoted-Words"  # what holds for the code, and for words of others
EXCEPT = "except the words of quoted speakers and the printed readings"
NEEDED = ("name", "version", "authors", "keywords", "license")
ENTRY = re.compile(r"(?P<version>\S+?)(?:, (?P<day>[0-9]{4}-[0-9]{2}-[0-9]{2}))?")


class Licence(NamedTuple):
    """A licence that the data may have: its name, which stands in its text, and its address."""

    name: str
    url: str


LICENCES = {
    "CC0-1.0": Licence("CC0 1.0 Universal", "https://creativecommons.org/publicdomain/zero/1.0/"),
    "CC-BY-4.0": Licence(
        "Creative Commons Attribution 4.0 International", "https://creativecommons.org/licenses/by/4.0/"
    ),
    "CC-BY-SA-4.0": Licence(
        "Creative Commons Attribution-ShareAlike 4.0 International", "https://creativecommons.org/licenses/by-sa/4.0/"
    ),
}


def read_text(root: Path, name: str) -> str:
    """Return the text of a file of the checkout; raise `ValueError` with its name where it is in another encoding."""
    try:
        return (root / name).read_text("utf-8")
    except UnicodeDecodeError:
        raise ValueError(f"{name}: is not UTF-8; save the file as UTF-8") from None


def read_toml(root: Path, name: str) -> dict[str, Any]:
    """Return what a file of TOML says; raise `ValueError` with its name where it is none, or in another encoding."""
    try:
        return tomllib.loads(read_text(root, name))
    except tomllib.TOMLDecodeError as error:
        raise ValueError(f"{name}: is not TOML: {error}; mend it there") from None


def read_project(root: Path) -> dict[str, Any]:
    """Return the table `project` of `pyproject.toml`; raise `ValueError` where it lacks what the package needs."""
    project: dict[str, Any] = read_toml(root, PROJECT).get("project", {})
    for key in NEEDED:
        if not project.get(key):
            raise ValueError(f"{PROJECT}: [project] has no {key}; put it back")
    return project


def check_project(root: Path, row: dict[str, Any], place: str) -> Iterator[Problem]:
    """Yield where files beside the records say otherwise than the row of the package; its licence is at `place`."""
    project = read_project(root)
    yield from check_day(root, str(project["version"]), row["released"].isoformat())
    licence = row["licence"]
    if licence not in LICENCES:
        yield Problem(place, "licence", f"{shown(licence)} is no known licence; take one of {', '.join(LICENCES)}")
        return
    due = f"{CODE} AND {licence} AND {QUOTED}"
    if project["license"] != due:
        yield Problem(PROJECT, "licence", f'license is {shown(project["license"])}; {PACKAGE} asks for "{due}"')
    yield from check_texts(root, licence)


def check_day(root: Path, version: str, released: str) -> Iterator[Problem]:
    """Yield where the changelog has another version or day on top, or gives the day to an earlier version too."""
    if not VERSION.fullmatch(version):
        yield Problem(PROJECT, "version", f"version is {shown(version)}; write three numbers such as 0.2.0")
        return
    lines = enumerate(read_text(root, CHANGELOG).splitlines(), 1)
    entries = [(number, line[3:]) for number, line in lines if line.startswith("## ")] or [(1, "")]
    (number, first), *others = entries
    if first != f"{version}, {released}":
        message = f"the newest entry is {shown(first)}, {PROJECT} and {PACKAGE} say {shown(f'{version}, {released}')}"
        cure = "every version has an entry and a day of its own"
        yield Problem(f"{CHANGELOG}:{number}", "version", f"{message}; {cure}")
        return
    for number, entry in others:
        found = ENTRY.fullmatch(entry)
        if found and (found["day"] or "") >= released:
            message = f"{found['version']} is of {found['day']}, and {version} of {released}; give it a later day"
            yield Problem(f"{CHANGELOG}:{number}", "version", f"{message} in {PACKAGE}")


def check_texts(root: Path, licence: str) -> Iterator[Problem]:
    """Yield where `REUSE.toml` names other licences, or `LICENSES/` has not just their texts."""
    due = {CODE, licence, QUOTED}
    annotations = read_toml(root, REUSE).get("annotations", [])
    named = {name for one in annotations for name in str(one.get("SPDX-License-Identifier")).split(" AND ")}
    for name in sorted(named - due):
        yield Problem(REUSE, "licence", f"names {name}; the licences are {', '.join(sorted(due))}")
    for name in sorted(due - named):
        yield Problem(REUSE, "licence", f"does not name {name}, the licence in {PACKAGE}; say what it holds for")
    texts = {path.name for path in (root / "LICENSES").glob("*.txt")}
    for name in sorted(due):
        if f"{name}.txt" not in texts:
            yield Problem(f"LICENSES/{name}.txt", "licence", "is not there; save the text of the licence there")
    for text in sorted(texts - {f"{name}.txt" for name in due}):
        yield Problem(f"LICENSES/{text}", "licence", f"is no licence of this package; {PACKAGE} says {licence}")
    name = f"LICENSES/{licence}.txt"
    if (root / name).is_file() and LICENCES[licence].name not in " ".join(read_text(root, name).split()):
        yield Problem(name, "licence", f"is not the text of {LICENCES[licence].name}; save that one there")
