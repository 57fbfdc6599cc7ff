r"""What every text cell obeys, in whichever table it stands.

Each rule is a regular expression for what no text may hold, in the syntax that polars (Rust's regex) and DuckDB (RE2)
share: no look-around, no class set against a class, `\x{...}` for a code point.
"""

from typing import NamedTuple

import polars as pl

ALPHABETS = (  # letters of one look like those of another
    *("Latin", "Greek", "Cyrillic", "Armenian", "Georgian", "Coptic", "Cherokee", "Glagolitic", "Gothic", "Deseret"),
    *("Osage", "Lisu", "Tifinagh", "Hebrew", "Arabic"),
)
JOINING = (  # scripts whose spelling needs joiners
    *("Arabic", "Syriac", "Mongolian", "Devanagari", "Bengali", "Gurmukhi", "Gujarati", "Oriya", "Tamil", "Telugu"),
    *("Kannada", "Malayalam", "Sinhala", "Myanmar", "Khmer"),
)
JOINERS = r"\x{200C}\x{200D}"
UNSEEN = (  # letters, marks and signs without ink or width
    r"\x{34F}\x{115F}\x{1160}\x{17B4}\x{17B5}\x{180B}-\x{180F}\x{2800}\x{3164}\x{FE00}-\x{FE0F}\x{FFA0}\x{FFFC}"
    r"\x{13441}\x{13442}\x{16FE4}\x{1D159}\x{E0100}-\x{E01EF}"
)
FORMS = (  # full-width; small; joined and shaped; letters of mathematics; circled, squared; numerals and radicals
    r"\x{FF0B}\x{FF0D}\x{FF10}-\x{FF19}\x{FF1D}\x{FF20}-\x{FF3A}\x{FF41}-\x{FF5A}\x{FE50}-\x{FE6B}"
    r"\x{FB00}-\x{FB17}\x{FB20}-\x{FB29}\x{FB4F}-\x{FD3D}\x{FD50}-\x{FDC7}\x{FDF0}-\x{FDF9}\x{FE70}-\x{FEFC}"
    r"\x{2102}\x{210A}-\x{2113}\x{2115}\x{2119}-\x{211D}\x{2124}\x{2128}\x{212C}-\x{212D}\x{212F}-\x{2131}"
    r"\x{2133}\x{2134}\x{2139}\x{213C}-\x{2140}\x{2145}-\x{2149}\x{1CCD6}-\x{1CCF9}\x{1D400}-\x{1D7FF}"
    r"\x{1EE00}-\x{1EEFF}\x{1FBF0}-\x{1FBF9}\x{249C}-\x{24E9}\x{1F110}-\x{1F169}\x{1F170}-\x{1F189}"
    r"\x{2160}-\x{217F}\x{2E80}-\x{2FD5}"
)


class TextRule(NamedTuple):
    """What every text cell obeys: its pattern is in none. Normal form C alone cannot be said by one."""

    name: str
    sentence: str
    pattern: str | None

    def holds(self, text: pl.Expr) -> pl.Expr:
        """Return where a column of texts obeys the rule, or is empty."""
        kept = text.str.normalize("NFC") == text if self.pattern is None else ~text.str.contains(self.pattern)
        return kept.fill_null(value=True)


def any_of(scripts: tuple[str, ...]) -> str:
    """Return the inside of a class of characters: those of some scripts."""
    return "".join(rf"\p{{{script}}}" for script in scripts)


def misplaced(joiners: str, scripts: str) -> str:
    """Return a pattern for a joiner that has no letter of the scripts before it, or none after it."""
    no_letter = r"[\p{N}\p{P}\p{S}]"
    return rf"(?:^|[^{scripts}\p{{M}}]|{no_letter})[{joiners}]|[{joiners}](?:$|[^{scripts}]|{no_letter})"


def mixed(alphabets: tuple[str, ...]) -> str:
    """Return a pattern for two letters of different alphabets with nothing between but marks and apostrophes."""
    between = rf"[\p{{M}}\p{{Lm}}{JOINERS}'’]*"
    others = {one: tuple(other for other in alphabets if other != one) for one in alphabets}
    return "|".join(f"[{any_of((one,))}]{between}[{any_of(rest)}]" for one, rest in others.items())


NFC = TextRule("nfc", "is not in Unicode normal form C; normalise it", None)
TEXT_RULES = (
    TextRule(
        "control",
        "holds a control, bidi, invisible, line break, private-use or unassigned character; take it out",
        rf"[^\p{{L}}\p{{M}}\p{{N}}\p{{P}}\p{{S}}\p{{Zs}}{JOINERS}]|[{UNSEEN}]",
    ),
    TextRule(
        "joiner",
        "holds a joiner (U+200C, U+200D) where no letters join; take it out",
        misplaced(JOINERS, any_of(JOINING)),
    ),
    NFC,
    TextRule("spaces", "begins or ends with a space, or has two in a row", "^ | $|  "),
    TextRule(
        "plain_space",
        "holds a space other than U+0020; write that",
        r"[\x{A0}\x{1680}\x{2000}-\x{200A}\x{202F}\x{205F}\x{3000}]",
    ),
    TextRule("empty", "is an empty string; leave the field out", "^$"),
    TextRule(
        "missing",
        "is what readers take for an empty cell; leave the field out, or say it in words",
        r"^(?:(?i:#?n/?a|#n/a n/a|<na>|\(?null\)?\.?|nan|nat|nil)|None|NONE|missing|\\N|1\.#(?:IND|QNAN)"
        r"|[\p{Pd}\p{Pc}?./\x{B7}\x{2022}\x{2026}\x{2212}]+|#(?:NULL!|DIV/0!|VALUE!|REF!|NAME\?|NUM!))$",
    ),
    TextRule(
        "lost",
        "holds U+FFFD, letters read in a wrong encoding, or a mark without its letter; write what was meant",
        r"\x{FFFD}|(?:^| )\p{M}|[ÂÃÐÑØÙ][\x{A1}-\x{BA}\x{BC}-\x{BF}]|â€",
    ),
    TextRule(
        "forms",
        "holds full-width, small, joined or styled forms of plain characters; write the plain ones",
        f"[{FORMS}]",
    ),
    TextRule("mixed", "has letters of two alphabets in one word; write it in one, or part it", mixed(ALPHABETS)),
    TextRule(
        "formula", "would run as a formula in a spreadsheet; begin it with another character", "^(?:[=+@]|-+[^-])"
    ),
)
ANY_PATTERN = TextRule("texts", "", "|".join(f"(?:{rule.pattern})" for rule in TEXT_RULES if rule.pattern))


def obeys_all(text: pl.Expr) -> pl.Expr:
    """Return where a column of texts obeys every rule, or is empty: one pass for all patterns."""
    return ANY_PATTERN.holds(text) & NFC.holds(text)
