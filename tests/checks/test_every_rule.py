"""Every rule of the code and of the declaration has a failing record among the cases."""

from ceasefire_talks.checks import CONSTRAINT_SENTENCES
from ceasefire_talks.checks import spans as text
from ceasefire_talks.checks.row_rules import ROW_RULES, TEXT_RULES
from ceasefire_talks.checks.table_rules import CROSS_RULES
from helpers import DECLARED, read_cases
from rule_cases import BETWEEN_ROWS, CONSTRAINTS, ROWS, TEXT


def test_every_rule_of_a_row_has_a_failing_record() -> None:
    tested = {(case["table"], case["rule"]) for case in ROWS}
    assert {rule for _, rule in tested} == {rule.name for rule in ROW_RULES} | {rule.name for rule in TEXT_RULES}
    assert {(rule.table, rule.name) for rule in ROW_RULES} <= tested
    sentences = {line.partition(": ")[2] for case in ROWS for line in case["says"]}
    assert {rule.sentence for rule in ROW_RULES} <= sentences


def test_every_rule_between_rows_has_a_failing_record() -> None:
    assert {case["rule"] for case in BETWEEN_ROWS} == {rule.__name__ for rule in CROSS_RULES}


def test_every_rule_of_the_text_has_a_failing_record() -> None:
    checks = {name for name in vars(text) if name.startswith("check_")} - {"check_text"}
    assert {case["rule"] for case in TEXT} == checks


def test_every_type_and_constraint_has_a_failing_value() -> None:
    fields = [field for table in DECLARED.values() for field in table["fields"]]
    limits = {keyword for field in fields for keyword in field.get("constraints", {})}
    assert {keyword for *_, keyword in CONSTRAINTS} == (limits | {"codes"}) - {"unique"}
    assert limits - {"required", "unique"} <= set(CONSTRAINT_SENTENCES)
    types = {case["field"]["type"] for case in read_cases("tables/types.yaml")}
    assert types == {field["type"] for field in fields}
