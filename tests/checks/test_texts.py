"""Rules of texts: what each refuses and lets pass, and that DuckDB judges by the same patterns as polars."""

from unicodedata import decomposition

import duckdb
import polars as pl
import pytest

from ceasefire_talks.checks.cells import check_cells
from ceasefire_talks.checks.text_rules import TEXT_RULES, TextRule
from helpers import DECLARED, Case, field_of, name_cases
from rule_cases import TEXTS

FIELDS = [field_of("events", name) for name in ("event_id", "title")]
WRITTEN = [text for case in TEXTS for text in (*case["refused"], *case["passes"])]
CHARACTERS = [chr(point) for point in range(1, 0x10000) if not 0xD800 <= point < 0xE000]  # NUL ends a text of DuckDB's
SWEEP = [text for one in CHARACTERS for text in (one, f"a{one}b", f"\u0628{one}\u0628")]
NEWEST = frozenset(  # of Unicode 15.1 and 16, which one of the two does not know yet
    "\u0897\u1b4e\u1b4f\u1b7f\u1c89\u1c8a\u2427\u2428\u2429\u2ffc\u2ffd\u2ffe\u2fff\u31e4\u31e5\u31ef"
    "\ua7cb\ua7cc\ua7cd\ua7da\ua7db\ua7dc"
)


def messages(texts: list[str]) -> list[str]:
    """Return what is said of texts that are titles of the same event."""
    frame = pl.DataFrame({"event_id": ["EV0001"] * len(texts), "title": texts})
    return [found.message for found in check_cells("events", frame, {**DECLARED["events"], "fields": FIELDS}, {})]


@pytest.mark.parametrize("case", name_cases(TEXTS, "rule"))
def test_a_rule_refuses_and_lets_pass(case: Case) -> None:
    for text in case["refused"]:
        assert messages([text]) == [f'EV0001.title: "{ascii(text)[1:-1]}" {line}' for line in case["says"]]
    assert messages(case["passes"]) == []


def ask_polars(rule: TextRule, texts: list[str]) -> list[bool]:
    """Return which texts obey a rule, as polars judges."""
    return pl.DataFrame({"text": texts}).select(rule.holds(pl.col("text"))).to_series().to_list()


def ask_duckdb(rule: TextRule, texts: list[str]) -> list[bool]:
    """Return which texts obey a rule, as DuckDB judges by the same pattern."""
    asked = "nfc_normalize(text) = text" if rule.pattern is None else "NOT regexp_matches(text, $pattern)"
    given = {} if rule.pattern is None else {"pattern": rule.pattern}
    with duckdb.connect(config={"threads": 1}) as connection:
        connection.register("it", pl.DataFrame({"text": texts}).to_arrow())
        return [holds for (holds,) in connection.execute(f"SELECT {asked} FROM it", given).fetchall()]


@pytest.mark.parametrize("rule", [pytest.param(rule, id=rule.name) for rule in TEXT_RULES])
def test_both_engines_judge_alike(rule: TextRule) -> None:
    texts = WRITTEN + SWEEP
    ours, theirs = ask_polars(rule, texts), ask_duckdb(rule, texts)
    differ = [text for text, one, other in zip(texts, ours, theirs, strict=True) if one is not other]
    assert [text for text in differ if not NEWEST & {*text}] == []
    assert {*ours} == {True, False}


POINTS = [chr(point) for point in range(0x110000) if not 0xD800 <= point < 0xE000]
SHAPED = ("<font>", "<small>", "<initial>", "<medial>", "<final>", "<isolated>")
KINDS = {
    "control": r"[\p{Default_Ignorable_Code_Point}\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Co}\p{Cn}--[\u{200C}\u{200D}]]",
    "joiner": r"[\u{200C}\u{200D}]",
    "plain_space": r"[\p{Zs}-- ]",
    "forms": "[" + "".join(one for one in POINTS if decomposition(one).startswith(SHAPED)) + "--[\ufdfa-\ufdfc]]",
}


@pytest.mark.parametrize("rule", KINDS)
def test_a_rule_refuses_all_of_a_kind(rule: str) -> None:
    """What is listed in a pattern, since both engines take no more, is all that Unicode has."""
    wrong = pl.DataFrame({"text": POINTS}).filter(pl.col("text").str.contains(KINDS[rule])).to_series().to_list()
    judge = next(one for one in TEXT_RULES if one.name == rule)
    assert [text for text, obeys in zip(wrong, ask_polars(judge, wrong), strict=True) if obeys] == []
    assert wrong != []
