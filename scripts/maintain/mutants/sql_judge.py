"""Mutants of SQL before the tests, in one process: the tests are collected once, and run again for each mutant."""

import re
import signal
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import duckdb
import polars as pl
import pytest

from ceasefire_talks.checks.table_rules import RULES, open_rules
from ceasefire_talks.declaration import base_fields, declaration, rules_of
from ceasefire_talks.tables import views
from ceasefire_talks.tables.tabulate import to_frame
from helpers import ROOT
from maintain.mutants.sources import Mutant
from remembered import remember

SECONDS = 20  # of work for one test: a circle that is not seen as one never ends
TESTS = {
    "rule": ["tests/checks/test_rules_between_rows.py"],
    "predicate": ["tests/checks/test_row_rules.py", "tests/checks/test_families.py", "tests/checks/test_dialect.py"],
    "view": ["tests/tables/test_views.py", "tests/tables", "tests/checks/test_rules_between_rows.py"],
}
OPTIONS = ["-o", "addopts=", "-n", "0", "-p", "no:terminal", "-p", "no:cacheprovider", "--assert=plain"]
FIRST = "test_the_committed_tables_have_what_the_views_give"
ALL_RULES = ("test_the_records_and_what_is_made_up_break_no_rule", "test_no_rows_break_no_rule")


class Judge:
    """A plugin of pytest that, for each mutant, runs the tests that concern it until one fails."""

    def __init__(self, mutants: Iterable[Mutant]) -> None:
        """Take the mutants to judge; `fates` are theirs, in the same order."""
        self.mutants = list(mutants)
        self.fates: list[str] = []
        self.failed = self.late = False

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Judge every mutant; before and after, the unchanged SQL has to pass, as sqlglot writes it."""
        controls = list({(mutant.file, mutant.name): control(mutant) for mutant in self.mutants}.values())
        with pytest.MonkeyPatch.context() as monkeypatch:
            remember(monkeypatch)
            fates = [self.judge(mutant, session.items) for mutant in [*controls, *self.mutants, *controls[:1]]]
        for mutant, fate in zip(controls, fates, strict=False):
            if fate != "survived":
                raise ValueError(f"{mutant.file}: {mutant.name}: the tests fail, or take too long, on the SQL as it is")
        if fates.pop() != "survived":
            raise ValueError("the mutants left something behind: the tests fail on the SQL as it is")
        self.fates = fates[len(controls) :]
        return True

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Note a test that failed."""
        self.failed |= report.failed

    def judge(self, mutant: Mutant, items: list[pytest.Item]) -> str:
        """Return `killed`, `survived`, or `invalid` where the engine does not take the mutant for SQL."""
        with pytest.MonkeyPatch.context() as monkeypatch, tempfile.TemporaryDirectory() as folder:
            mutant.patch(monkeypatch, Path(folder))
            if not binds(mutant):
                return "invalid"
            for item in choose(mutant, items):
                kept = mutant.kind != "view" or item.name == FIRST
                if self.fails(item, items, kept):
                    return "killed"
        return "survived"

    def fails(self, item: pytest.Item, items: list[pytest.Item], kept: bool) -> bool:
        """Run a test and tell whether it fails; what all tests share is kept for the next, or made anew."""
        self.failed = self.late = False
        following = items[0] if item.path != items[0].path else items[-1]
        signal.signal(signal.SIGPROF, self.stop)
        signal.setitimer(signal.ITIMER_PROF, SECONDS)
        item.config.hook.pytest_runtest_protocol(item=item, nextitem=following if kept else None)
        signal.setitimer(signal.ITIMER_PROF, 0)
        if self.late and kept:  # what all tests share may be half made
            item.config.hook.pytest_runtest_protocol(item=items[0], nextitem=None)
            return True
        return self.failed

    def stop(self, *_: Any) -> None:
        """Raise `TimeoutError`: a test takes too long."""
        self.late = True
        raise TimeoutError


def control(mutant: Mutant) -> Mutant:
    """Return the SQL that a mutant changes, unchanged."""
    return mutant._replace(says="", patch=mutant.unchanged)


def judge_sql(mutants: Iterable[Mutant]) -> list[tuple[Mutant, str]]:
    """Return each mutant with its fate."""
    judge = Judge(mutants)
    paths = dict.fromkeys(path for paths in TESTS.values() for path in paths)
    pytest.main([*OPTIONS, *(str(ROOT / path) for path in paths)], plugins=[judge])
    return list(zip(judge.mutants, judge.fates, strict=True))


def choose(mutant: Mutant, items: list[pytest.Item]) -> list[pytest.Item]:
    """Return the tests that concern a mutant, those that name its rule first."""
    rules = {mutant.name} if mutant.kind != "view" else reading(mutant.name)
    found = [item for item in items if any(item.path.is_relative_to(ROOT / path) for path in TESTS[mutant.kind])]
    found = [item for item in found if rule_of(item) in rules or rule_of(item) is None]
    return sorted(found, key=lambda item: (item.name != FIRST, rule_of(item) is None))


def rule_of(item: pytest.Item) -> str | None:
    """Return the rule that a test is of; nothing where it is of all, and `?` where it is of none."""
    values: dict[str, Any] = (
        item.callspec.params if isinstance(item, pytest.Function) and hasattr(item, "callspec") else {}
    )
    rule: Any = values.get("rule") or values.get("case", {}).get("rule")
    if rule is None and item.path.name == "test_rules_between_rows.py" and item.name not in ALL_RULES:
        return "?"
    if rule is None and item.path.name == "test_dialect.py":
        return "?"
    return str(rule["name"]) if isinstance(rule, dict) else rule


def reading(view: str) -> set[str]:
    """Return the rules that read what a file of views makes."""
    made = re.findall(r"CREATE (?:VIEW|MACRO) (\w+)", (views.VIEWS / f"{view}.sql").read_text("utf-8"))
    return {name for name, sql in RULES.items() if set(made) & set(re.findall(r"\w+", sql))}


def binds(mutant: Mutant) -> bool:
    """Tell whether the engines take a mutant for SQL, and all that reads it."""
    declared = declaration()
    empty = {name: to_frame(base_fields(table), []) for name, table in declared.items()}
    try:
        if mutant.kind == "predicate":
            for name, table in declared.items():
                empty[name].select(pl.sql_expr(rule["holds"]).alias(str(at)) for at, rule in enumerate(rules_of(table)))
            return True
        with open_rules(empty, declared) as connection:
            for name in [mutant.name] if mutant.kind == "rule" else RULES:
                connection.sql(RULES[name])
            for name in (name for name, table in declared.items() if views.has_view(table) and mutant.kind == "view"):
                connection.sql((views.VIEWS / f"{name}.sql").read_text("utf-8"))
    except (duckdb.Error, pl.exceptions.PolarsError):
        return False
    return True
