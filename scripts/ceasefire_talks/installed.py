"""Where the package of the installed version is: inside a wheel, or the checkout. Standard library alone."""

import json
from functools import cache
from pathlib import Path
from typing import Any

DESCRIPTOR = "datapackage.json"
EXPLORER = "data/explorer.html"
SUMS = "SHA256SUMS"  # beside the files of a release, and of its zip


@cache
def package_root() -> Path:
    """Return the folder that holds `datapackage.json`; raise `FileNotFoundError` where it was never built."""
    here = Path(__file__).parent
    for folder in (here / "_data", here.parent.parent):
        if (folder / DESCRIPTOR).is_file():
            return folder
    raise FileNotFoundError(f"{DESCRIPTOR} is not there; in a checkout, run: ceasefire-talks build")


@cache
def descriptor() -> dict[str, Any]:
    """Return the descriptor of the package."""
    package: dict[str, Any] = json.loads((package_root() / DESCRIPTOR).read_text("utf-8"))
    return package
