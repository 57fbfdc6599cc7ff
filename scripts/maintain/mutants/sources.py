"""Where the SQL stands that decides something: rules between rows, views, predicates of rows and of families."""

import re
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

import pytest

import ceasefire_talks.declaration as declared
from ceasefire_talks.checks import table_rules
from ceasefire_talks.declaration.rules import Rule, family_rules
from ceasefire_talks.tables import views
from helpers import DECLARED, ROOT
from maintain.mutants.sql_tree import as_written, mutate_sql

SCHEMAS = Path(declared.__file__).parent / "schemas"
FAMILIES = Path(declared.__file__).parent / "rules.py"
NAME = re.compile(r"([a-z_]+)")  # of a field: what else stands there is in capitals
Patch = Callable[[pytest.MonkeyPatch, Path], None]


class Mutant(NamedTuple):
    """A mutant of SQL: its file, line and change, what kind of SQL under which name, and how to put it in place."""

    file: str
    line: int
    says: str
    kind: str
    name: str
    patch: Patch
    unchanged: Patch


class Source(NamedTuple):
    """A piece of SQL: its file, its kind and name, and how to put another text in its place."""

    path: Path
    kind: str
    name: str
    sql: str
    put: Callable[[str], Patch]


def sql_mutants() -> Iterator[Mutant]:
    """Yield every mutant of every rule, view and predicate."""
    for source in sources():
        file, lines = source.path.relative_to(ROOT).as_posix(), source.path.read_text("utf-8")
        before = lines.partition(source.sql)[0].count("\n")  # of a predicate: where it stands in its file
        unchanged = source.put(as_written(source.sql))
        for change in mutate_sql(source.sql):
            patch = source.put(change.text)
            yield Mutant(file, before + change.line, change.says, source.kind, source.name, patch, unchanged)


def sources() -> Iterator[Source]:
    """Yield every piece of SQL that decides something."""
    for name, sql in table_rules.RULES.items():
        path = Path(table_rules.__file__).parent / "rules" / f"{name}.sql"
        yield Source(path, "rule", name, sql, partial(partial, put_rule, name))
    for path in sorted(views.VIEWS.glob("*.sql")):
        yield Source(path, "view", path.stem, path.read_text("utf-8"), partial(partial, put_view, path.name))
    for table, number, rule in own_rules():
        path = SCHEMAS / f"{table}.yaml"
        yield Source(path, "predicate", rule["name"], rule["holds"], partial(partial, put_predicate, table, number))
    for rule in family_samples():
        put = partial(partial, put_family, rule["name"], rule["holds"])
        yield Source(FAMILIES, "predicate", rule["name"], rule["holds"], put)


def own_rules() -> Iterator[tuple[str, int, Rule]]:
    """Yield every rule that a table declares, with the table and its number there."""
    for name, table in DECLARED.items():
        yield from ((name, number, rule) for number, rule in enumerate(table.get("rules", [])))


def family_samples() -> Iterator[Rule]:
    """Yield a rule for each shape that families give: of those that differ in names of fields alone, the first."""
    seen = set()
    for rule in (rule for table in DECLARED.values() for rule in family_rules(table)):
        if shape_of(rule["holds"]) not in seen:
            seen.add(shape_of(rule["holds"]))
            yield rule


def shape_of(predicate: str) -> str:
    """Return a predicate without the names in it."""
    return NAME.sub("", predicate)


def put_rule(name: str, text: str, monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    """Put a query in the place of a rule between rows."""
    monkeypatch.setitem(table_rules.RULES, name, text)


def put_view(file: str, text: str, monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    """Put a text in the place of a file of views, among copies of the others."""
    for path in views.VIEWS.iterdir():
        (folder / path.name).write_bytes(path.read_bytes())
    (folder / file).write_text(text, "utf-8")
    monkeypatch.setattr(views, "VIEWS", folder)


def put_predicate(table: str, number: int, text: str, monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    """Put a predicate in the place of one that a table declares; the tests read the declaration by themselves."""
    for tables in (DECLARED, declared.declaration()):
        monkeypatch.setitem(tables[table]["rules"][number], "holds", text)


def put_family(name: str, was: str, text: str, monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    """Put a predicate in the place of one of a family, with the fields of each table that has the family."""

    def mutated(table: Mapping[str, Any]) -> Iterator[Rule]:
        for rule in family_rules(table):
            if rule["name"] == name and shape_of(rule["holds"]) == shape_of(was):
                fields = dict(zip(NAME.findall(was), NAME.findall(rule["holds"]), strict=True))
                rule["holds"] = "".join(fields.get(part, part) for part in map(str, NAME.split(text)))
            yield rule

    monkeypatch.setattr(declared, "family_rules", mutated)
