"""Mutants of SQL before the tests, in one process: the tests are collected once, and run again for each mutant."""

import re
import signal
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import cache, partial
from itertools import pairwise
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

SECONDS = 10  # of work for one test: a circle that is not seen as one never ends
SMALL = {"memory_limit": "1GB", "max_temp_directory_size": "0GB"}  # a join of all with all takes more in no time
TESTS = {
    "rule": ["tests/checks/test_rules_between_rows.py"],
    "predicate": ["tests/checks/test_row_rules.py", "tests/checks/test_families.py", "tests/checks/test_dialect.py"],
    "view": ["tests/tables/test_views.py", "tests/tables", "tests/checks/test_rules_between_rows.py"],
}
OPTIONS = ["-o", "addopts=", "-n", "0", "-p", "no:terminal", "-p", "no:cacheprovider", "--assert=plain"]
# Of the tests of views these run them, whatever the tables that all tests share were made with.
DIRECT = "test_views.py"
OF_RULES = ("test_rules_between_rows.py", "test_dialect.py")
OF_ALL_RULES = ("test_the_records_and_what_is_made_up_break_no_rule", "test_no_rows_break_no_rule")


class Judge:
    """A plugin of pytest that, for each mutant, runs the tests that concern it until one fails."""

    def __init__(self, mutants: Iterable[Mutant]) -> None:
        """Take the mutants to judge; `fates` are theirs, in the same order."""
        self.mutants = list(mutants)
        self.fates: list[str] = []
        self.failed = False

    def pytest_configure(self, config: pytest.Config) -> None:
        """Let nobody write down how a test failed."""
        config.option.tbstyle = "no"

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Judge every mutant; then the SQL as it is has to pass, so that neither sqlglot nor a mutant has spoilt it."""
        with pytest.MonkeyPatch.context() as monkeypatch:
            remember(monkeypatch)
            monkeypatch.setattr(duckdb, "connect", partial(connect_small, duckdb.connect))
            self.share(session)
            self.fates = [self.judge(mutant, session) for mutant in self.mutants]
            self.control(session)
        return True

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Note that a test failed."""
        self.failed |= report.failed

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_setup(self) -> Iterator[None]:
        """Bound the work of what a test needs."""
        with bounded():
            yield

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_call(self) -> Iterator[None]:
        """Bound the work of a test."""
        with bounded():
            yield

    def judge(self, mutant: Mutant, session: pytest.Session) -> str:
        """Return `killed`, `survived`, or `invalid` where the engine does not take the mutant for SQL."""
        with pytest.MonkeyPatch.context() as monkeypatch, tempfile.TemporaryDirectory() as folder:
            mutant.patch(monkeypatch, Path(folder))
            if not binds(mutant):
                return "invalid"
            chosen = choose(mutant, session.items)
            direct = [item for item in chosen if mutant.kind != "view" or item.path.name == DIRECT]
            if self.fails(direct):
                return "killed"
            if direct == chosen:
                return "survived"
            session._setupstate.teardown_exact(None)
            killed = self.fails(chosen[len(direct) :])
        self.share(session)
        return "killed" if killed else "survived"

    def share(self, session: pytest.Session) -> None:
        """Make what all tests share with the SQL as it is."""
        session._setupstate.teardown_exact(None)
        self.fails([next(item for item in session.items if "built" in getattr(item, "fixturenames", ()))])

    def control(self, session: pytest.Session) -> None:
        """Raise `ValueError` where a test that concerns a mutant fails on the SQL as sqlglot writes it unchanged."""
        chosen = dict.fromkeys(item for mutant in self.mutants for item in choose(mutant, session.items))
        with pytest.MonkeyPatch.context() as monkeypatch, tempfile.TemporaryDirectory() as folder:
            for unchanged in {(mutant.file, mutant.name): mutant.unchanged for mutant in self.mutants}.values():
                unchanged(monkeypatch, Path(folder))
            failing = [item.nodeid for item in chosen if self.fails([item])]
        if failing:
            raise ValueError(f"fails on the SQL as it is: {', '.join(failing[:9])}")

    def fails(self, items: list[pytest.Item]) -> bool:
        """Run tests until one fails and tell whether one did; what all tests share is kept for the next."""
        self.failed = False
        for item, following in pairwise([*items, *items[:1]]):
            item.session._setupstate.teardown_exact(item)
            item.config.hook.pytest_runtest_protocol(item=item, nextitem=following)
            if self.failed:
                break
        if items:  # what these tests alone need goes
            elsewhere = next(item for item in items[0].session.items if item.path != items[0].path)
            items[0].session._setupstate.teardown_exact(elsewhere)
        return self.failed


def connect_small(connect: Callable[..., Any], config: dict[str, Any]) -> Any:
    """Return a DuckDB that gives up early."""
    return connect(config=config | SMALL)


@contextmanager
def bounded() -> Iterator[None]:
    """Raise `TimeoutError` where something works too long."""
    signal.signal(signal.SIGPROF, stop)
    signal.setitimer(signal.ITIMER_PROF, SECONDS)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)


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
    """Return the tests that concern a mutant, those that name it first."""
    names = {mutant.name} if mutant.kind != "view" or mutant.name in own_views() else {*own_views(), *reading_rules()}
    found = [item for item in items if any(item.path.is_relative_to(ROOT / path) for path in TESTS[mutant.kind])]
    found = [item for item in found if named_by(item) in names or named_by(item) is None]
    return sorted(found, key=lambda item: (item.path.name != DIRECT, named_by(item) is None))


def named_by(item: pytest.Item) -> str | None:
    """Return the rule or view that a test is of; nothing where it is of all, and `?` where it is of none."""
    values: dict[str, Any] = item.callspec.params if hasattr(item, "callspec") else {}
    rule: Any = values.get("rule") or values.get("case", {}).get("rule")
    if rule:
        return str(rule["name"] if isinstance(rule, dict) else rule)
    if item.path.name == DIRECT:
        return values.get("name")
    return "?" if item.path.name in OF_RULES and item.name not in OF_ALL_RULES else None


def own_views() -> list[str]:
    """Return the tables that have a view of their own; other files hold what several of them share."""
    return [name for name, table in declaration().items() if views.has_view(table)]


def reading_rules() -> list[str]:
    """Return the rules that read what the views share."""
    shared = [path.read_text("utf-8") for path in views.VIEWS.glob("*.sql") if path.stem not in own_views()]
    made = set(re.findall(r"CREATE (?:VIEW|MACRO) (\w+)", "".join(shared)))
    return [name for name, sql in RULES.items() if made & set(re.findall(r"\w+", sql))]


def binds(mutant: Mutant) -> bool:
    """Tell whether the engines take a mutant for SQL, and all that reads it."""
    try:
        if mutant.kind == "predicate":
            for name, table in declaration().items():
                holds = [pl.sql_expr(rule["holds"]).alias(str(at)) for at, rule in enumerate(rules_of(table))]
                no_rows()[name].select(holds)
        elif mutant.kind == "rule":
            no_row_breaks().sql(RULES[mutant.name])
        elif mutant.name in own_views():
            no_row_breaks().sql((views.VIEWS / f"{mutant.name}.sql").read_text("utf-8"))
        else:
            with open_rules(no_rows(), declaration()) as connection:
                for sql in (
                    *RULES.values(),
                    *((views.VIEWS / f"{name}.sql").read_text("utf-8") for name in own_views()),
                ):
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
