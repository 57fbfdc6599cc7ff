"""What every text cell obeys, in whichever table it stands."""

from collections.abc import Callable
from typing import NamedTuple

import polars as pl


class TextRule(NamedTuple):
    """What every text cell obeys: `holds` turns the column into true where it does."""

    name: str
    sentence: str
    holds: Callable[[pl.Expr], pl.Expr]


TEXT_RULES = (
    TextRule(
        "control",
        "holds a control, bidi, invisible or line break character; take it out",
        lambda text: ~text.str.contains(r"[\p{Cc}\p{Cf}\p{Zl}\p{Zp}--[\u{200C}\u{200D}]]"),
    ),
    TextRule("nfc", "is not in Unicode normal form C; normalise it", lambda text: text.str.normalize("NFC") == text),
    TextRule(
        "spaces", "begins or ends with a space, or has two in a row", lambda text: ~text.str.contains(r"^ | $|  ")
    ),
    TextRule("empty", "is an empty string; leave the field out", lambda text: text != ""),
    TextRule(
        "formula",
        "would run as a formula in a spreadsheet; begin it with another character",
        lambda text: ~text.str.contains(r"^[=+@-]"),
    ),
)
