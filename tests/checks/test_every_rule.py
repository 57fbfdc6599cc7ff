"""Every rule of the code and of the declaration has a failing record among the cases."""

from ceasefire_talks.checks import spans as text
from ceasefire_talks.checks.cells import CONSTRAINT_SENTENCES
from ceasefire_talks.checks.row_rules import TEXT_RULES, row_rules
from ceasefire_talks.checks.table_rules import TABLE_RULES
from helpers import DECLARED, read_cases
from rule_cases import BETWEEN_ROWS, CONSTRAINTS, ROWS, TEXT


def test_every_rule_of_a_row_has_a_failing_record() -> None:
    rules = [rule for name, table in DECLARED.items() for rule in row_rules(name, table)]
    needed = {(rule.table, rule.name, f"{rule.field}: {rule.sentence}") for rule in rules}
    assert needed - {(case["table"], case["rule"], line) for case in ROWS for line in case["says"]} == set()
    names = {case["rule"] for case in ROWS}
    assert names == {rule.name for rule in rules} | {rule.name for rule in TEXT_RULES}


def test_every_rule_between_rows_has_a_failing_record() -> None:
    assert {case["rule"] for case in BETWEEN_ROWS} == {rule.__name__ for rule in TABLE_RULES}


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
