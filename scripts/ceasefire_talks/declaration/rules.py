"""The rules that span the fields of a row: SQL predicates in a table's own YAML, and those that its families imply.

The dialect is what polars, DuckDB and Spark answer alike over every mix of NULLs. A predicate that is NULL holds.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import combinations
from typing import Any, TypedDict

KEYWORDS = {
    *("AND", "OR", "NOT", "IN", "BETWEEN", "CASE", "WHEN", "THEN", "ELSE", "END", "IS", "NULL", "DISTINCT", "FROM"),
    *("COALESCE", "CHAR_LENGTH", "FLOOR", "DATE", "LIKE"),
}
TOKEN = re.compile(r"'[^']*'|[A-Za-z_][A-Za-z_0-9]*|[0-9]+(?:[.][0-9]+)?|<>|<=|[=<(),+-]|\s+|.")
BOUNDS = (("low", "high"), ("lower", "upper"), ("min", "max"))  # how the names of two bounds end
MEASURES = (  # units of which there may be half a one; things of any other are counted one by one
    *("hours", "days", "weeks", "months", "years", "decades"),
    *("kilometres", "metres", "tonnes", "us_dollars"),
)
TELLER = (
    "attributed_to_id"  # the one reference to an actor that may be to any of the others: a side may speak of itself
)


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


def family_rules(table: Mapping[str, Any]) -> Iterator[Rule]:
    """Yield what holds wherever the fields are: of dates, caveats, spans, bounds, actors, counts and texts."""
    fields = table["fields"]
    columns = [field["name"] for field in fields]
    for field in fields:
        yield from date_rules(field, columns)
        yield from value_rules(field)
    if "caveat" in columns:
        sentence = "must be filled where there is a caveat, and only there"
        yield both_or_neither("caveat_names_source", "caveat_source_id", "caveat", sentence)
    if "start_offset" in columns:
        sentence = "must be greater than start_offset"
        yield Rule(name="span_runs_forward", field="end_offset", sentence=sentence, holds="start_offset < end_offset")
    for low, high in pairs_of_bounds(columns):
        yield Rule(
            name="bounds_in_order", field=high, sentence=f"must not be smaller than {low}", holds=f"{low} <= {high}"
        )
    for one, other in combinations(sides(table), 2):
        yield Rule(
            name="actor_is_another", field=other, sentence=f"must not be the actor of {one}", holds=f"{one} <> {other}"
        )


def date_rules(field: Mapping[str, Any], columns: list[str]) -> Iterator[Rule]:
    """Yield what holds of a date: it has a basis, and lies in the years that its field allows."""
    date = field["name"]
    if field.get("edtf") and f"{date}_basis" in columns:
        sentence = f"must be filled where {date} is, and only there"
        yield both_or_neither("date_has_basis", f"{date}_basis", date, sentence)
    if "years" in field:
        first, last = field["years"]
        days = [f"{date}_first_day", f"{date}_last_day"]
        bounds = (f"COALESCE({', '.join(days)})", f"COALESCE({', '.join(reversed(days))})")
        low, high = bounds if field.get("edtf") else (date, date)
        yield Rule(
            name="year_is_plausible",
            field=date,
            sentence=f"must lie in the years {first} to {last}",
            holds=f"DATE '{first}-01-01' <= {low} AND {high} <= DATE '{last}-12-31'",
        )


def value_rules(field: Mapping[str, Any]) -> Iterator[Rule]:
    """Yield what holds of a cell: a count of things is whole, a text that is joined keeps the separator out."""
    name = field["name"]
    if "unitColumn" in field and "derived" not in field:
        yield Rule(
            name="things_are_whole",
            field=name,
            sentence="must be whole where things are counted",
            holds=f"FLOOR({name}) = {name} OR {field['unitColumn']} IN {MEASURES}",
        )
    if field.get("format") == "uri":
        sentence = "must hold no #: links add one"
        yield Rule(name="address_has_no_fragment", field=name, sentence=sentence, holds=f"{name} NOT LIKE '%#%'")
    if field.get("joined"):
        sentence = "must hold no semicolon: cells are joined by it"
        yield Rule(name="joined_text_has_no_separator", field=name, sentence=sentence, holds=f"{name} NOT LIKE '%;%'")


def pairs_of_bounds(columns: list[str]) -> Iterator[tuple[str, str]]:
    """Yield the columns that are the lower and the upper bound of one thing, by how their names end."""
    for low in columns:
        for lower, upper in BOUNDS:
            high = low.removesuffix(lower) + upper
            if re.search(rf"(^|_){lower}$", low) and high in columns:
                yield low, high


def sides(table: Mapping[str, Any]) -> list[str]:
    """Return the fields that refer to actors who face each other in a row."""
    return [field for field in pointing_fields(table, "actors") if field != TELLER]


def pointing_fields(table: Mapping[str, Any], target: str) -> list[str]:
    """Return the fields of a table that refer to rows of another, or of itself."""
    keys = [key for key in table.get("foreignKeys", []) if key["reference"]["resource"] == target]
    return [field for key in keys for field in key["fields"]]
