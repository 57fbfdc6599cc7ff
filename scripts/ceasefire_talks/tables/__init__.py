"""Rows -> frames: typed, derived, sorted; code lists; the readable columns in SQL.

Importing this room puts it in the place of the function `tables` of the package; so it can be called as that one is.
"""

import sys
from types import ModuleType

from ceasefire_talks.loader import tables


class CallableRoom(ModuleType):
    """A module that does what the function of its name does when it is called."""

    def __call__(self) -> dict[str, str]:
        """Return the name of every table with what one row of it is."""
        return tables()


sys.modules[__name__].__class__ = CallableRoom
