"""The README of the zip: it leads a stranger to a first answer, and bears what Hugging Face reads of a data set."""

from pathlib import Path

import yaml

from ceasefire_talks.citation import to_text
from ceasefire_talks.declaration import Declaration
from ceasefire_talks.exports.huggingface import to_configs
from ceasefire_talks.markdown import escape, without_html
from ceasefire_talks.records.metadata import Package, work_of

TEMPLATE = Path(__file__).with_name("readme.md")


def to_readme(package: Package, declared: Declaration) -> bytes:
    """Return the README as the bytes of a file: front matter, then the text."""
    words = {key: escape(text) for key, text in package._asdict().items() if isinstance(text, str)} | {
        "caveats": "\n".join(f"- {without_html(caveat)}" for caveat in package.caveats),
        "cited": to_text(work_of(package)),
        "reach": escape(package.contact or "whoever gave you these files"),
    }
    text = TEMPLATE.read_text("utf-8").format(**words)
    return f"---\n{to_front_matter(package)}{to_configs(declared)}---\n\n{text}".encode()


def to_front_matter(package: Package) -> str:
    """Return what a card on Hugging Face says of the data set as a whole."""
    card = {
        "pretty_name": package.title,
        "license": package.licence.lower(),
        "language": ["en"],
        "tags": package.keywords,
        "annotations_creators": ["machine-generated"],
    }
    return yaml.safe_dump(card, sort_keys=False, allow_unicode=True)
