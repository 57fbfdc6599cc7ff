"""`coding.md`: the data card, how all was coded and by which rules, how reliable it is, and where sources differ."""

from collections.abc import Iterator

from ceasefire_talks.declaration import Declaration
from ceasefire_talks.files.codebook.card import card_section
from ceasefire_talks.files.codebook.figures import agreement_section, figures_section
from ceasefire_talks.files.codebook.verdicts import verdict_sections
from ceasefire_talks.markdown import escape, without_html
from ceasefire_talks.records.metadata import Package
from ceasefire_talks.tables.tabulate import Tables

SECTIONS = dict.fromkeys(("precision", "human", "unitizing"), figures_section) | {
    "agreement": agreement_section,
    "runs": figures_section,
}


def to_coding(package: Package, tables: Tables, declared: Declaration) -> Iterator[str]:
    """Yield the lines of the file."""
    yield from (f"# {escape(package.title)}: how it was coded", "")
    yield from (
        "What tables and fields mean stands in the [codebook](codebook.md), what codes mean in [codes.md](codes.md).",
        "",
    )
    yield from card_section(tables)
    for chapter in package.chapters:
        yield from (without_html(chapter), "")
    for name, section in SECTIONS.items():
        yield from section(tables[name], declared[name])
    yield from verdict_sections(tables)
