"""The columns that follow from other cells of a record, each by the function that the declaration names."""

from collections.abc import Callable
from typing import Any
from urllib.parse import quote

from ceasefire_talks.declaration import Table, base_fields
from ceasefire_talks.declaration.edtf import parse_edtf

Values = dict[str, Any]
Lookup = dict[str, dict[str, Values]]  # table -> id -> row


def derive_columns(table: Table, rows: list[Values], known: dict[str, list[Values]]) -> list[Values]:
    """Return rows with their derived columns filled, as far as what they follow from is there."""
    derived = [field for field in base_fields(table) if "derived" in field]
    if not derived:
        return rows
    lookup = {name: {row[f"{name[:-1]}_id"]: row for row in found} for name, found in known.items()}
    whole = []
    for row in rows:
        filled = dict(row)
        for field in derived:
            value = filled[field["derived"]["of"]]
            known_value = DERIVATIONS[field["derived"]["by"]](value, filled, lookup) if value is not None else None
            filled[field["name"]] = known_value
        whole.append(filled)
    return whole


def source_of_passage(passage_id: str, row: Values, lookup: Lookup) -> Any:
    """Return the source that the passage of a row stands in."""
    return lookup["passages"].get(passage_id, {}).get("source_id")


def text_link(words: str, row: Values, lookup: Lookup) -> str | None:
    """Return the address that opens a source at the passage's first words (a URL text fragment)."""
    url = lookup["sources"].get(row["source_id"], {}).get("url")
    return url and f"{url}#:~:text={quote(words, safe='').replace('-', '%2D')}"


DERIVATIONS: dict[str, Callable[[Any, Values, Lookup], Any]] = {
    "first_day": lambda value, row, lookup: parse_edtf(value).first,
    "last_day": lambda value, row, lookup: parse_edtf(value).last,
    "passage_source": source_of_passage,
    "text_link": text_link,
}
