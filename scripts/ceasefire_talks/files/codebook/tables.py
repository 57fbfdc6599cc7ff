"""`codebook.md`: what a row of each table is, what its fields mean, and what is checked."""

from collections.abc import Iterator
from itertools import groupby

from ceasefire_talks.checks.table_rules import RULES, sentence_of
from ceasefire_talks.checks.text_rules import TEXT_RULES
from ceasefire_talks.declaration import GROUPS, Declaration, Field, Table, is_required, published, rules_of
from ceasefire_talks.declaration.rules import Rule
from ceasefire_talks.declaration.versions import policy_lines
from ceasefire_talks.markdown import escape, table_row, without_html
from ceasefire_talks.records.metadata import Package
from ceasefire_talks.tables.tabulate import Tables

BESIDE = """What the codes mean stands in [codes.md](codes.md); how it was coded, how reliable it is and where
independent sources differ, in [coding.md](coding.md). In the tables of fields a star says that the field is never
empty; examples stand in `data/schemas/`."""
VERSIONS = """Versions are numbered `major.minor.patch`; a reader goes by names of tables and columns, and new columns
stand last. While the major number is 0, what is major asks for the next minor one."""
SHARED = "in-several-tables"
Places = dict[str, list[str]]  # the line of a field or rule -> the tables that have it


def to_tables(package: Package, tables: Tables, declared: Declaration) -> Iterator[str]:
    """Yield the lines of the file."""
    shown = published(declared)
    places = find_places(shown)
    yield from (f"# {escape(package.title)}: codebook", "")
    yield from (f"Version {package.version}. {escape(package.description)}", "")
    yield from (BESIDE, "", "## Before you use it", "")
    yield from (f"- {without_html(caveat)}" for caveat in package.caveats)
    yield from ("", *contents(shown, tables))
    for title, members in by_title(shown):
        yield from (f"## {title}", "")
        for name in members:
            yield from table_section(name, shown[name], places)
    yield from shared_section(places)
    yield from rules_section()
    yield from version_section()


def version_section() -> Iterator[str]:
    """Yield which part of the version number a change asks for."""
    yield from ("## Versions", "", VERSIONS, "", *policy_lines(), "")


def contents(shown: Declaration, tables: Tables) -> Iterator[str]:
    """Yield the tables of each group, with how many rows there are."""
    yield from ("## The tables", "")
    for title, members in by_title(shown):
        yield f"- {title}: {', '.join(f'[{name}](#{name}) ({tables[name].height})' for name in members)}."
    yield ""


def by_title(shown: Declaration) -> Iterator[tuple[str, list[str]]]:
    """Yield the title of each group that is shown, with the names of its tables, which stand in their order already."""
    for group, members in groupby(shown, lambda name: shown[name]["group"]):
        yield GROUPS[group], list(members)


def find_places(shown: Declaration) -> Places:
    """Return in which tables each field and rule stands, for those that stand in several with the same words."""
    places: Places = {}
    for name, table in shown.items():
        for line in (*map(field_row, table["fields"]), *map(rule_line, rules_of(table))):
            places.setdefault(line, []).append(name)
    return {row: names for row, names in places.items() if len(names) > 1}


def table_section(name: str, table: Table, places: Places) -> Iterator[str]:
    """Yield the section of a table: what a row is, what belongs in, keys and fields."""
    yield from (f"### {name}", "", f"**One row is {table['row']}.** {table['description']}", "")
    yield from (f"*What belongs in:* {table['include']}", "")
    yield f"*Key:* {code_span(table['primaryKey'])}."
    if "foreignKeys" in table:
        yield f"*Refers to:* {'; '.join(targets(table))}."
    yield from (line for line in map(rule_line, rules_of(table)) if line not in places)
    yield from ("", *field_table([row for row in map(field_row, table["fields"]) if row not in places]))
    shared = [field["name"] for field in table["fields"] if field_row(field) in places]
    if shared:
        yield from ("", f"Also [shared](#{SHARED}): {code_span(shared)}.")
    yield ""


def targets(table: Table) -> Iterator[str]:
    """Yield each table that a table refers to, with the fields that do."""
    fields: dict[str, list[str]] = {}
    for key in table["foreignKeys"]:
        fields.setdefault(key["reference"]["resource"], []).extend(key["fields"])
    yield from (f"[{other}](#{other}) by {code_span(names)}" for other, names in fields.items())


def rule_line(rule: Rule) -> str:
    """Return what a rule on a row says."""
    return f"`{rule['field']}` {rule['sentence']}."


def field_table(rows: list[str]) -> Iterator[str]:
    """Yield a table of fields."""
    if rows:
        yield from ("| field | type | meaning |", "| --- | --- | --- |", *rows)


def shared_section(places: Places) -> Iterator[str]:
    """Yield the fields and rules that several tables have, with the tables."""
    yield from ("## In several tables", "")
    shared = sorted((line, ", ".join(names)) for line, names in places.items())
    yield from field_table([f"{line[:-2]} *In* {names}. |" for line, names in shared if line.endswith("|")])
    yield from ("", *(f"- {line} *In* {names}." for line, names in shared if not line.endswith("|")), "")


def code_span(names: list[str]) -> str:
    """Return names as code, joined by commas."""
    return ", ".join(f"`{name}`" for name in names)


def field_row(field: Field) -> str:
    """Return the row of a field: name, type, what it means, its codes and its unit."""
    notes = [field["description"]]
    if "codes" in field:
        notes.append(f"[Codes](codes.md#{field['codes']}).")
    if "unit" in field:
        notes.append(f"Unit: {field['unit']}.")
    if "unitColumn" in field:
        notes.append(f"Unit: in `{field['unitColumn']}`.")
    star = " *" if is_required(field) else ""
    return table_row([f"`{field['name']}`", f"{field['type']}{star}", " ".join(notes)])


def rules_section() -> Iterator[str]:
    """Yield what is checked in every text, and across tables."""
    yield from ("## What is checked", "")
    yield from ("Beside types, constraints, codes, keys, references and the rules of each table:", "")
    yield f"- No text {'; '.join(rule.sentence.partition(';')[0] for rule in TEXT_RULES)}."
    yield from (f"- {sentence_of(name)}" for name in RULES)
    yield ""
