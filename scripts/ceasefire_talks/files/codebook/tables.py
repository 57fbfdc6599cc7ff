"""`data/codebook.md`: what every table, field and code means. Hand-written parts come from `codebook/*.md`."""

from collections.abc import Iterator
from typing import Any

import polars as pl

from ceasefire_talks.checks.table_rules import RULES, sentence_of
from ceasefire_talks.checks.text_rules import TEXT_RULES
from ceasefire_talks.declaration import GROUPS, Declaration, Field, Table, is_required, published, rules_of
from ceasefire_talks.files.verdicts import verdict_sections
from ceasefire_talks.records.metadata import Package
from ceasefire_talks.tables.tabulate import Tables

MEASURED = ("runs", "precision", "human", "unitizing", "agreement", "compatibility")


def to_codebook(package: Package, tables: Tables, declared: Declaration) -> bytes:
    """Return the codebook as Markdown."""
    lines = [*introduction(package), *contents(declared, tables)]
    for group, title in GROUPS.items():
        members = {name: table for name, table in published(declared).items() if table["group"] == group}
        if members:
            lines += [f"## {title}", ""]
        for name, table in members.items():
            lines += table_section(name, table, tables[name].height)
    lines += rules_section()
    lines += code_sections(tables, declared)
    lines += verdict_sections(tables)
    for name in MEASURED:
        lines += figures_section(tables[name], declared[name])
    return ("\n".join(lines).rstrip("\n") + "\n").encode("utf-8")


def introduction(package: Package) -> Iterator[str]:
    """Yield the title, the caveats and the hand-written sections."""
    yield from (f"# {package.title}: codebook", "", f"Version {package.version}. {package.description}", "")
    yield from ("## Before you use it", "")
    yield from (f"- {caveat}" for caveat in package.caveats)
    yield ""
    for section in package.sections:
        yield from (section, "")


def contents(declared: Declaration, tables: Tables) -> Iterator[str]:
    """Yield the table of tables: what one row is, and how many there are."""
    yield from ("## The tables", "", "| table | one row is | rows |", "| --- | --- | ---: |")
    yield from (
        f"| [{name}](#{name}) | {table['row']} | {tables[name].height} |" for name, table in published(declared).items()
    )
    yield ""


def table_section(name: str, table: Table, rows: int) -> Iterator[str]:
    """Yield the section of a table: what a row is, what belongs in, keys and fields."""
    yield from (f"### {name}", "", f"**One row is {table['row']}.** {table['description']}", "")
    yield from (f"*What belongs in:* {table['include']}", "")
    yield f"*Key:* {code_span(table['primaryKey'])}. *Rows:* {rows}."
    for key in table.get("foreignKeys", []):
        other = key["reference"]["resource"]
        yield f"{code_span(key['fields'])} refers to {code_span(key['reference']['fields'])} of [{other}](#{other})."
    for rule in rules_of(table):
        yield f"`{rule['field']}` {rule['sentence']}."
    yield from ("", "| field | type | meaning | example |", "| --- | --- | --- | --- |")
    yield from (field_row(field) for field in table["fields"])
    yield ""


def code_span(names: list[str]) -> str:
    """Return names as code, joined by commas."""
    return ", ".join(f"`{name}`" for name in names)


def field_row(field: Field) -> str:
    """Return the row of a field: type, what it means, how it is coded and an example."""
    notes = [f"**{field['title']}.** {field['description']}"]
    if "codes" in field:
        notes.append(f"Codes: [{field['codes']}](#codes-{field['codes']}).")
    if "unit" in field:
        notes.append(f"Unit: {field['unit']}.")
    if "unitColumn" in field:
        notes.append(f"Unit: in `{field['unitColumn']}`.")
    if is_required(field):
        notes.append("Never empty.")
    example = str(field["example"]).replace("|", "\\|")
    return f"| `{field['name']}` | {field['type']} | {' '.join(notes)} | `{example}` |"


def rules_section() -> Iterator[str]:
    """Yield what is checked in every text, and across tables."""
    yield from (
        "## What is checked",
        "",
        "Beside types, constraints, codes, keys, references and the rules of each table:",
        "",
    )
    yield from (f"- No text {rule.sentence.partition(';')[0]}." for rule in TEXT_RULES)
    yield from (f"- {sentence_of(name)}" for name in RULES)
    yield ""


def code_sections(tables: Tables, declared: Declaration) -> Iterator[str]:
    """Yield every code list with its codes, definitions and how often each is used."""
    used = count_codes(tables, declared)
    yield from ("## Code lists", "")
    for (name,), codes in tables["codes"].sort("list", "rank", "code").group_by(["list"], maintain_order=True):
        yield from (f'### <a id="codes-{name}"></a>{name}', "", "| code | label | definition | used |")
        yield "| --- | --- | --- | ---: |"
        for row in codes.iter_rows(named=True):
            count = used.get((row["list"], row["code"]), 0)
            yield f"| `{row['code']}` | {row['label']} | {row['definition']} | {count} |"
        yield ""


def count_codes(tables: Tables, declared: Declaration) -> dict[tuple[Any, Any], int]:
    """Return how often each code stands in a table."""
    used: dict[tuple[Any, Any], int] = {}
    for name, table in declared.items():
        for field in table["fields"]:
            if "codes" in field:
                for code, count in tables[name][field["name"]].drop_nulls().value_counts().iter_rows():
                    used[field["codes"], code] = used.get((field["codes"], code), 0) + count
    return used


def figures_section(frame: pl.DataFrame, table: Table) -> Iterator[str]:
    """Yield a table that is not published as a file, whole."""
    yield from (f"## {table['title']}", "", table["description"], "")
    yield from (f"| {' | '.join(field['title'] for field in table['fields'])} |", "| --- " * frame.width + "|")
    yield from (f"| {' | '.join('' if cell is None else str(cell) for cell in row)} |" for row in frame.iter_rows())
    yield ""
