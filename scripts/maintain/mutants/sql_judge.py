"""Mutants of SQL before the tests, in one process: the tests are collected once, and run again for each mutant."""

import re
import signal
import tempfile
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

import duckdb
import polars as pl
import pytest

from ceasefire_talks.checks.table_rules import RULES, open_rules
from ceasefire_talks.declaration import base_fields, declaration, rules_of
from ceasefire_talks.tables import views
from ceasefire_talks.tables.tabulate import Tables, to_frame
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
        self.failed: set[str] = set()

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Judge every mutant; then the SQL as it is has to pass, so that neither sqlglot nor a mutant has spoilt it."""
        with pytest.MonkeyPatch.context() as monkeypatch:
            remember(monkeypatch)
            self.fates = [self.judge(mutant, session) for mutant in self.mutants]
            self.control(session)
        return True

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Note that a test failed, and whether it did before it began."""
        self.failed |= {report.when} if report.failed else set()

    def judge(self, mutant: Mutant, session: pytest.Session) -> str:
        """Return `killed`, `survived`, or `invalid` where the engine does not take the mutant for SQL."""
        with pytest.MonkeyPatch.context() as monkeypatch, tempfile.TemporaryDirectory() as folder:
            mutant.patch(monkeypatch, Path(folder))
            return self.try_tests(choose(mutant, session.items), mutant.kind) if binds(mutant) else "invalid"

    def try_tests(self, items: list[pytest.Item], kind: str) -> str:
        """Return `killed` with the first test that fails, else `survived`; what mutated views made is forgotten."""
        for item in items:
            failed = self.fails(item)
            if (
                kind == "view"
                and not (item.name == FIRST and failed == {"call"})
                and (failed or item in (items[0], items[-1]))
            ):
                item.session._setupstate.teardown_exact(None)
            if failed:
                return "killed"
        return "survived"

    def control(self, session: pytest.Session) -> None:
        """Raise `ValueError` where a test that concerns a mutant fails on the SQL as sqlglot writes it unchanged."""
        chosen = dict.fromkeys(item for mutant in self.mutants for item in choose(mutant, session.items))
        with pytest.MonkeyPatch.context() as monkeypatch, tempfile.TemporaryDirectory() as folder:
            for unchanged in {(mutant.file, mutant.name): mutant.unchanged for mutant in self.mutants}.values():
                unchanged(monkeypatch, Path(folder))
            failing = [item.nodeid for item in chosen if self.fails(item)]
        if failing:
            raise ValueError(f"fails on the SQL as it is: {', '.join(failing)}")

    def fails(self, item: pytest.Item) -> set[str]:
        """Run a test and return in which phases it fails; what all tests share is kept for the next."""
        self.failed = set()
        following = next(other for other in reversed(item.session.items) if other.path != item.path)
        signal.signal(signal.SIGPROF, stop)
        signal.setitimer(signal.ITIMER_PROF, SECONDS)
        item.config.hook.pytest_runtest_protocol(item=item, nextitem=following)
        signal.setitimer(signal.ITIMER_PROF, 0)
        return self.failed


def stop(*_: Any) -> None:
    """Raise `TimeoutError`: a test takes too long."""
    raise TimeoutError


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
    try:
        if mutant.kind == "predicate":
            for name, table in declaration().items():
                holds = [pl.sql_expr(rule["holds"]).alias(str(at)) for at, rule in enumerate(rules_of(table))]
                no_rows()[name].select(holds)
        elif mutant.kind == "rule":
            no_row_breaks().sql(RULES[mutant.name])
        else:
            with open_rules(no_rows(), declaration()) as connection:
                for name in (name for name, table in declaration().items() if views.has_view(table)):
                    connection.sql((views.VIEWS / f"{name}.sql").read_text("utf-8"))
                for sql in RULES.values():
                    connection.sql(sql)
    except (duckdb.Error, pl.exceptions.PolarsError):
        return False
    return True


@cache
def no_rows() -> Tables:
    """Return every table, empty."""
    return {name: to_frame(base_fields(table), []) for name, table in declaration().items()}


@cache
def no_row_breaks() -> duckdb.DuckDBPyConnection:
    """Return a DuckDB that knows the empty tables, for queries that are only read."""
    return open_rules(no_rows(), declaration())
