"""Ceasefire Talks: the ceasefire negotiations between Israel, Hamas and Hezbollah as validated tables.

`tables()` lists what there is, `load("talks")` reads a table, `describe("talks")` says what it means; `find("refuse")`
finds columns and codes by word, `about("hamas")` all on one actor, and `cite()` says how to cite it.
"""

from typing import Any

import ceasefire_talks.tables  # noqa: F401 - imported later, the room would take the place of the function of its name
from ceasefire_talks.installed import descriptor
from ceasefire_talks.loader import cite, describe, load, tables
from ceasefire_talks.lookup import about, find

__all__ = ["about", "cite", "describe", "find", "load", "tables"]


def __getattr__(name: str) -> Any:
    """Return `__version__`, that of the data, when it is asked for: reading it costs more than the import."""
    if name == "__version__":
        return descriptor()["version"]
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
