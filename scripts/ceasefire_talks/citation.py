"""How to cite a version of the package, or a row of it: text, APA, BibTeX, RIS, CSL-JSON. Standard library alone."""

import json
from typing import NamedTuple


class Work(NamedTuple):
    """What is cited: `released` is a day as YYYY-MM-DD; `address` (where it stands) and `part` (a row) may be empty."""

    author: str
    title: str
    version: str
    released: str
    address: str = ""
    part: str = ""


def to_text(work: Work) -> str:
    """Return the citation as a sentence."""
    part = f", {work.part}" if work.part else ""
    cited = f"{work.author} ({work.released[:4]}). {work.title} (version {work.version}) [Data set]{part}."
    return f"{cited} {work.address}".rstrip()


def to_apa(work: Work) -> str:
    """Return the citation in the style of the American Psychological Association, seventh edition."""
    part = f"; {work.part}" if work.part else ""
    cited = f"{work.author}. ({work.released[:4]}). {work.title} (Version {work.version}{part}) [Data set]."
    return f"{cited} {work.address}".rstrip()


def to_bibtex(work: Work) -> str:
    """Return the citation as an entry of BibTeX, which knows no data sets."""
    note = f"Data set, {work.part}" if work.part else "Data set"
    entry = {"title": work.title, "year": work.released[:4], "version": work.version, "note": note, "url": work.address}
    shown = {key: value if key == "url" else escape_bibtex(value) for key, value in entry.items() if value}
    lines = [f"  {key} = {{{value}}},\n" for key, value in shown.items()]
    return f"@misc{{ceasefire_talks,\n  author = {{{{{escape_bibtex(work.author)}}}}},\n{''.join(lines)}}}"


def escape_bibtex(text: str) -> str:
    """Return a text in which no character means something to TeX."""
    words = {"\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}"}
    return "".join(words.get(sign, f"\\{sign}" if sign in "&%$#_{}" else sign) for sign in text)


def to_ris(work: Work) -> str:
    """Return the citation in the RIS format."""
    entry = {
        "TY": "DATA",
        "AU": work.author,
        "TI": work.title,
        "PY": work.released[:4],
        "DA": work.released.replace("-", "/"),
        "ET": work.version,
        "N1": work.part,
        "UR": work.address,
    }
    return "\n".join([*(f"{tag}  - {value}" for tag, value in entry.items() if value), "ER  - "])


def to_csl(work: Work) -> str:
    """Return the citation as CSL-JSON, a list of one item."""
    item = {
        "id": "ceasefire_talks",
        "type": "dataset",
        "title": work.title,
        "author": [{"literal": work.author}],
        "issued": {"date-parts": [[int(part) for part in work.released.split("-")]]},
        "version": work.version,
        "note": work.part,
        "URL": work.address,
    }
    return json.dumps([{key: value for key, value in item.items() if value}], ensure_ascii=False, indent=1)


STYLES = {"text": to_text, "apa": to_apa, "bibtex": to_bibtex, "ris": to_ris, "csl": to_csl}


def citation(work: Work, style: str = "text") -> str:
    """Return the citation in one of the `STYLES`; raise `ValueError` for another."""
    if style not in STYLES:
        raise ValueError(f'there is no citation style "{style}"; take one of {", ".join(STYLES)}')
    return STYLES[style](work)
