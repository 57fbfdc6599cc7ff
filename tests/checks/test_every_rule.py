"""Every rule of the code and of the declaration has a failing record among the cases."""

import re
from pathlib import Path

from ceasefire_talks.checks import spans as text
from ceasefire_talks.checks import table_rules
from ceasefire_talks.checks.cells import CONSTRAINT_SENTENCES
from ceasefire_talks.checks.text_rules import TEXT_RULES
from ceasefire_talks.declaration import rules_of
from helpers import DECLARED, read_cases
from rule_cases import BETWEEN_ROWS, CONSTRAINTS, ROWS, TEXT, TEXTS


def test_every_rule_of_a_row_has_a_failing_record() -> None:
    rules = [(name, rule) for name, table in DECLARED.items() for rule in rules_of(table)]
    needed = {(name, rule["name"], f"{rule['field']}: {rule['sentence']}") for name, rule in rules}
    assert needed - {(case["table"], case["rule"], line) for case in ROWS for line in case["says"]} == set()
    names = {case["rule"] for case in ROWS}
    assert names == {rule["name"] for _, rule in rules}


def test_every_rule_of_texts_has_a_failing_text() -> None:
    assert {case["rule"] for case in TEXTS if case["refused"]} == {rule.name for rule in TEXT_RULES}


def test_every_rule_between_rows_has_a_failing_record() -> None:
    assert {case["rule"] for case in BETWEEN_ROWS} == set(table_rules.RULES)


def test_every_query_is_a_rule_that_says_what_must_hold() -> None:
    files = sorted((Path(table_rules.__file__).parent / "rules").iterdir())
    assert [f"{name}.sql" for name in table_rules.RULES] == [path.name for path in files]
    for name in table_rules.RULES:
        assert re.fullmatch(r"[A-Z].+[.]", table_rules.sentence_of(name)), name


def test_every_rule_of_the_text_has_a_failing_record() -> None:
    checks = {name for name in vars(text) if name.startswith("check_")} - {"check_source"}
    assert {case["rule"] for case in TEXT} == checks


def test_every_type_and_constraint_has_a_failing_value() -> None:
    fields = [field for table in DECLARED.values() for field in table["fields"]]
    limits = {keyword for field in fields for keyword in field.get("constraints", {})}
    assert {keyword for *_, keyword in CONSTRAINTS} == (limits | {"codes"}) - {"unique"}
    assert limits - {"required", "unique"} <= set(CONSTRAINT_SENTENCES)
    types = {case["field"]["type"] for case in read_cases("tables/types.yaml")}
    assert types == {field["type"] for field in fields}
