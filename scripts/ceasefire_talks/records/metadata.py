"""What the package says of itself: `pyproject.toml`, the records `package` and `caveats`, and `codebook/*.md`."""

from pathlib import Path
from typing import NamedTuple

import polars as pl

from ceasefire_talks.citation import Work
from ceasefire_talks.records.project import EXCEPT, LICENCES, read_project, read_text
from ceasefire_talks.records.read import list_chapters


class Package(NamedTuple):
    """What the package says of itself; `released` is a day as YYYY-MM-DD, `chapters` are texts in Markdown.

    From `doi` on an address is `None` until it is true.
    """

    name: str
    version: str
    author: str
    keywords: list[str]
    title: str
    released: str
    description: str
    is_not: str
    licence: str
    licence_title: str
    licence_url: str
    uuid: str
    doi: str | None
    homepage: str | None
    repository: str | None
    publisher: str | None
    contact: str | None
    caveats: list[str]
    chapters: list[str]


def find_root(start: Path) -> Path:
    """Return the checkout that holds a folder; raise `FileNotFoundError` where there is none."""
    for folder in (start, *start.parents):
        if (folder / "pyproject.toml").exists() and (folder / "data" / "records").is_dir():
            return folder
    raise FileNotFoundError("no checkout of ceasefire-talks here; run this in the folder that holds pyproject.toml")


def read_package(root: Path, tables: dict[str, pl.DataFrame]) -> Package:
    """Return what the checkout below `root` and its checked tables say of the package."""
    project = read_project(root)
    [row] = tables["package"].to_dicts()
    licence = LICENCES[row["licence"]]
    return Package(
        name=project["name"],
        version=project["version"],
        author=project["authors"][0]["name"],
        keywords=project["keywords"],
        **row | {"released": row["released"].isoformat()},
        licence_title=f"{licence.name}, {EXCEPT}",
        licence_url=licence.url,
        caveats=tables["caveats"]["text"].to_list(),
        chapters=[text.strip() for text in read_chapters(root).values()],
    )


def read_chapters(root: Path) -> dict[str, str]:
    """Return the prose of each chapter by its path; raise `ValueError` with the file of one in another encoding."""
    paths = (path.relative_to(root).as_posix() for path in list_chapters(root))
    return {path: read_text(root, path) for path in paths}


def address_of(package: Package) -> str:
    """Return where the data set stands: its DOI, else its home page, else nothing."""
    return f"https://doi.org/{package.doi}" if package.doi else package.homepage or ""


def work_of(package: Package) -> Work:
    """Return the package as what is cited."""
    return Work(package.author, package.title, package.version, package.released, address_of(package))
