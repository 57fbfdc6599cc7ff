"""Ceasefire Talks: the ceasefire negotiations between Israel, Hamas and Hezbollah as validated tables."""

from typing import Any


def __getattr__(name: str) -> Any:
    """Return `__version__` when it is asked for: reading it costs more than the rest of the import."""
    if name == "__version__":
        from importlib.metadata import version  # noqa: PLC0415

        return version("ceasefire-talks")
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
