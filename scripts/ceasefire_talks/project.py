"""What the project says of itself, in `pyproject.toml` (name, version, author) and `data/records/project.yaml`."""

import tomllib
from pathlib import Path
from typing import Any

import yaml

Project = dict[str, Any]


def find_root(start: Path) -> Path:
    """Return the checkout that holds a folder; raise `FileNotFoundError` where there is none."""
    for folder in (start, *start.parents):
        if (folder / "pyproject.toml").exists() and (folder / "data" / "records").is_dir():
            return folder
    raise FileNotFoundError("no checkout of ceasefire-talks here; run this in the folder that holds pyproject.toml")


def read_project(root: Path) -> Project:
    """Return name, version, description, author and keywords, and what the records say of the package as a whole."""
    declared = tomllib.loads((root / "pyproject.toml").read_text("utf-8"))["project"]
    said: Project = yaml.safe_load((root / "data" / "records" / "project.yaml").read_text("utf-8"))
    return said | {
        "name": declared["name"],
        "version": declared["version"],
        "summary": declared["description"],
        "author": declared["authors"][0]["name"],
        "keywords": declared["keywords"],
    }
