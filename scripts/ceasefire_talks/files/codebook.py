"""`data/codebook.md`: what every table, field and code means. Hand-written parts come from `project.yaml`."""

from collections.abc import Iterator
from typing import Any

import polars as pl

from ceasefire_talks.declaration import GROUPS, Declaration, Field, Table, published
from ceasefire_talks.records.metadata import Project
from ceasefire_talks.tables.tabulate import Tables


def to_codebook(project: Project, tables: Tables, declared: Declaration) -> bytes:
    """Return the codebook as Markdown."""
    lines = [*introduction(project), *contents(declared, tables)]
    for group, names in GROUPS.items():
        shown = [name for name in names if name in published(declared)]
        if shown:
            lines += [f"## {group}", ""]
        for name in shown:
            lines += table_section(name, declared[name], tables[name].height)
    lines += code_sections(tables, declared)
    for name in ("unitizing", "agreement", "compatibility"):
        lines += figures_section(tables[name], declared[name])
    return ("\n".join(lines).rstrip("\n") + "\n").encode("utf-8")


def introduction(project: Project) -> Iterator[str]:
    """Yield the title, the caveats and the hand-written sections."""
    yield from (f"# {project['title']}: codebook", "", f"Version {project['version']}. {project['description']}", "")
    yield from ("## Before you use it", "")
    yield from (f"- {caveat}" for caveat in project["caveats"])
    yield ""
    for section in project["sections"]:
        yield from (f"## {section['title']}", "", section["text"].strip(), "")


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
    if field.get("constraints", {}).get("required"):
        notes.append("Never empty.")
    example = str(field["example"]).replace("|", "\\|")
    return f"| `{field['name']}` | {field['type']} | {' '.join(notes)} | `{example}` |"


def code_sections(tables: Tables, declared: Declaration) -> Iterator[str]:
    """Yield every code list with its codes, definitions, how often each is used, and counterparts elsewhere."""
    matches: dict[tuple[str, str], list[str]] = {}
    for row in tables["code_matches"].iter_rows(named=True):
        matches.setdefault((row["list"], row["code"]), []).append(
            f"{row['scheme']} `{row['external_code']}` ({row['match']})"
        )
    used = count_codes(tables, declared)
    yield from ("## Code lists", "")
    for (name,), codes in tables["codes"].sort("list", "rank", "code").group_by(["list"], maintain_order=True):
        yield from (f'### <a id="codes-{name}"></a>{name}', "")
        yield from ("| code | label | definition | used | elsewhere |", "| --- | --- | --- | ---: | --- |")
        for row in codes.iter_rows(named=True):
            key = (row["list"], row["code"])
            cells = (
                f"`{row['code']}`",
                row["label"],
                row["definition"],
                str(used.get(key, 0)),
                "; ".join(matches.get(key, [])),
            )
            yield f"| {' | '.join(cells)} |"
        yield ""


def count_codes(tables: Tables, declared: Declaration) -> dict[tuple[Any, Any], int]:
    """Return how often each code stands in a table that is not a view."""
    used: dict[tuple[Any, Any], int] = {}
    for name, table in declared.items():
        for field in table["fields"]:
            if "codes" in field and not table.get("view"):
                for code, count in tables[name][field["name"]].drop_nulls().value_counts().iter_rows():
                    used[field["codes"], code] = used.get((field["codes"], code), 0) + count
    return used


def figures_section(frame: pl.DataFrame, table: Table) -> Iterator[str]:
    """Yield a table that is not published as a file, whole."""
    yield from (f"## {table['title']}", "", table["description"], "")
    yield from (f"| {' | '.join(field['title'] for field in table['fields'])} |", "| --- " * frame.width + "|")
    yield from (f"| {' | '.join('' if cell is None else str(cell) for cell in row)} |" for row in frame.iter_rows())
    yield ""
