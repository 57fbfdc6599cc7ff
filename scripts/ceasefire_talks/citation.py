"""How to cite a version of the package: as text, BibTeX and RIS. Standard library alone."""


def to_text(author: str, title: str, version: str, released: str) -> str:
    """Return the citation of a version released on a day (YYYY-MM-DD) as a sentence."""
    return f"{author} ({released[:4]}). {title} (version {version}) [Data set]."


def to_bibtex(author: str, title: str, version: str, released: str) -> str:
    """Return the citation as an entry of BibTeX, which knows no data sets."""
    entry = {"author": f"{{{author}}}", "title": title, "year": released[:4], "version": version, "note": "Data set"}
    return "@misc{ceasefire_talks,\n" + "".join(f"  {key} = {{{entry[key]}}},\n" for key in entry) + "}"


def to_ris(author: str, title: str, version: str, released: str) -> str:
    """Return the citation in the RIS format."""
    day = released.replace("-", "/")
    entry = {"TY": "DATA", "AU": author, "TI": title, "PY": released[:4], "DA": day, "ET": version, "ER": ""}
    return "\n".join(f"{tag}  - {value}" for tag, value in entry.items())


STYLES = {"text": to_text, "bibtex": to_bibtex, "ris": to_ris}


def citation(author: str, title: str, version: str, released: str, style: str = "text") -> str:
    """Return the citation in one of the `STYLES`; raise `ValueError` for another."""
    if style not in STYLES:
        raise ValueError(f'there is no citation style "{style}"; take one of {", ".join(STYLES)}')
    return STYLES[style](author, title, version, released)
