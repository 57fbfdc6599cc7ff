"""The rules that span the fields of a row: SQL predicates in a table's own YAML, and those that its families imply.

The dialect is what polars, DuckDB and Spark answer alike over every mix of NULLs. A predicate that is NULL holds.
"""

import re
from collections.abc import Iterable, Iterator
from typing import TypedDict

KEYWORDS = {
    *("AND", "OR", "NOT", "IN", "BETWEEN", "CASE", "WHEN", "THEN", "ELSE", "END", "IS", "NULL", "DISTINCT", "FROM"),
    *("COALESCE", "CHAR_LENGTH", "DATE", "LIKE"),
}
TOKEN = re.compile(r"'[^']*'|[A-Za-z_][A-Za-z_0-9]*|[0-9]+(?:[.][0-9]+)?|<>|<=|[=<(),+-]|\s+|.")


class Rule(TypedDict):
    """A rule on a row: its name, the field to point at, what to say of a row that breaks it, and what must hold."""

    name: str
    field: str
    sentence: str
    holds: str


def refuse_foreign(table: str, rule: Rule, columns: Iterable[str]) -> None:
    """Raise `ValueError` where a predicate uses a word or sign outside the dialect, or a column that is not there."""
    known, where = set(columns), f"schemas/{table}.yaml: rule {rule['name']}"
    for token in TOKEN.findall(rule["holds"]):
        word = re.fullmatch(r"[A-Za-z_]\w*", token)
        fits = token in KEYWORDS or token in known if word else re.fullmatch(r"'.*'|[0-9.]+|<>|<=|[=<(),+-]|\s+", token)
        if not fits:
            raise ValueError(f"{where}: {token.strip()!r} is neither a column nor a word of the dialect")
    if re.search(r"\bIS\b(?! (NOT )?(NULL|DISTINCT FROM)\b)", re.sub("'[^']*'", "''", rule["holds"])):
        raise ValueError(f"{where}: IS takes NULL or DISTINCT FROM alone")
    if rule["field"] not in known:
        raise ValueError(f"{where}: there is no field {rule['field']!r} to point at")


def both_or_neither(name: str, field: str, other: str, sentence: str) -> Rule:
    """Return the rule that two cells are both filled or both empty."""
    return Rule(name=name, field=field, sentence=sentence, holds=f"({other} IS NULL) = ({field} IS NULL)")


def family_rules(columns: list[str], dates: Iterable[str]) -> Iterator[Rule]:
    """Yield what holds wherever the fields are: a date has a basis, a caveat a source, a span runs forward."""
    for date in dates:
        if f"{date}_basis" in columns:
            sentence = f"must be filled where {date} is, and only there"
            yield both_or_neither("date_has_basis", f"{date}_basis", date, sentence)
    if "caveat" in columns:
        sentence = "must be filled where there is a caveat, and only there"
        yield both_or_neither("caveat_names_source", "caveat_source_id", "caveat", sentence)
    if "start_offset" in columns:
        sentence = "must be greater than start_offset"
        yield Rule(name="span_runs_forward", field="end_offset", sentence=sentence, holds="start_offset < end_offset")
