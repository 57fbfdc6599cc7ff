"""What the project says of itself, in `pyproject.toml` (name, version, author) and `data/records/project.yaml`."""

import tomllib
from pathlib import Path
from typing import Any

import yaml

from ceasefire_talks.problems import Problem, nearest, shown
from ceasefire_talks.records.read import PROJECT
from ceasefire_talks.records.yaml_nodes import Refuse, line_of, read_nodes
from ceasefire_talks.tables.tabulate import to_day

Project = dict[str, Any]
SHAPE = {
    "title": "",
    "released": "",
    "description": "",
    "licenses": [{"name": "", "title": "", "path": ""}],
    "caveats": [""],
    "sections": [{"title": "", "text": ""}],
}

KINDS: dict[type, str] = {dict: "fields with values", list: "a list, each item beginning with a dash", str: "one text"}


def find_root(start: Path) -> Path:
    """Return the checkout that holds a folder; raise `FileNotFoundError` where there is none."""
    for folder in (start, *start.parents):
        if (folder / "pyproject.toml").exists() and (folder / "data" / "records").is_dir():
            return folder
    raise FileNotFoundError("no checkout of ceasefire-talks here; run this in the folder that holds pyproject.toml")


def read_project(root: Path) -> Project:
    """Return name, version, author and keywords, and what the records say of the package as a whole."""
    declared = tomllib.loads((root / "pyproject.toml").read_text("utf-8"))["project"]
    return read_said(root)[0] | {
        "name": declared["name"],
        "version": declared["version"],
        "author": declared["authors"][0]["name"],
        "keywords": declared["keywords"],
    }


def read_said(root: Path) -> tuple[Project, list[Problem]]:
    """Return what `project.yaml` says, and what is wrong with it."""
    problems: list[Problem] = []
    if not (root / PROJECT).is_file():
        return {}, [Problem(PROJECT, "file", "is not there; put it back")]

    def refuse(line: int, rule: str, message: str) -> None:
        problems.append(Problem(f"{PROJECT}:{line}", rule, message))

    node = read_nodes((root / PROJECT).read_bytes(), refuse)
    if node is None and not problems:
        refuse(1, "project", "is empty; put back what is missing")
    said = take_shape(node, SHAPE, "project", refuse) if node else {}
    return said, problems


def take_shape(node: yaml.Node, shape: Any, where: str, refuse: Refuse) -> Any:
    """Return a node as texts, lists and mappings of the shape, refusing what has another."""
    if isinstance(shape, dict) and isinstance(node, yaml.MappingNode):
        return take_items(node, shape, where, refuse)
    if isinstance(shape, list) and isinstance(node, yaml.SequenceNode) and node.value:
        return [take_shape(item, shape[0], where, refuse) for item in node.value]
    if shape == "" and isinstance(node, yaml.ScalarNode) and node.value.strip():
        if where == "project.released":
            check_day(node, where, refuse)
        return node.value
    kind = KINDS[type(shape)]
    refuse(line_of(node), "project", f"{where}: must be {kind}")
    return shape


def take_items(node: yaml.MappingNode, shape: dict[str, Any], where: str, refuse: Refuse) -> Project:
    """Return a mapping with just the keys of the shape, refusing one that is unknown, missing or there twice."""
    said: Project = {}
    hints = ""
    for key, value in node.value:
        name = str(key.value)
        if name not in shape:
            hints += nearest(name, list(shape))
            refuse(line_of(key), "project", f"{where}.{name}: there is no such field{nearest(name, list(shape))}")
        elif name in said:
            refuse(line_of(key), "project", f"{where}.{name}: stands twice; keep one")
        else:
            said[name] = take_shape(value, shape[name], f"{where}.{name}", refuse)
    for name in shape:
        if name not in said and f'"{name}"' not in hints:
            refuse(line_of(node), "project", f"{where}.{name}: is missing")
    return said


def check_day(node: yaml.ScalarNode, where: str, refuse: Refuse) -> None:
    """Refuse a text that is not a day."""
    try:
        to_day(node.value)
    except ValueError as error:
        refuse(line_of(node), "project", f"{where}: {shown(node.value)} {error}")
