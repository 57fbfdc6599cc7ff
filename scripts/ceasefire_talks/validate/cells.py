"""What a cell or a row must be, as SQL derived from the declaration: types, constraints, codes, texts, rules of a row.

Each predicate is true, false, or NULL where there is nothing to judge. `"_x"` is a cell as its file has it, `"x"` the
same as its declared type, empty where it is not of it.
"""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

import polars as pl

from ceasefire_talks.checks.rule_views import free_texts
from ceasefire_talks.checks.text_rules import ANY_PATTERN, TEXT_RULES
from ceasefire_talks.declaration import Field, Table, is_required, rules_of
from ceasefire_talks.declaration.types import DAY, INTEGER, NUMBER
from ceasefire_talks.tables.codes import Codes

BETWEEN = "\u2042"  # an asterism
ANCHOR = re.compile(r"\\.|\[(?:\\.|[^\]])*\]|[\^$]")  # or what only looks like one: escaped, or in a class
PLAIN = r" -~\x{C0}-\x{D6}\x{D8}-\x{F6}\x{F8}-\x{148}\x{14A}-\x{17E}\x{1E00}-\x{1E99}‘’“”–—…€"
OF_PLAIN = ("spaces", "empty", "missing", "lost", "formula")  # no text of plain characters breaks another rule of texts
FREE = "\u2051"  # two asterisks: what stands behind is free text
LIKE_ID = f"{FREE}.*[A-Z]{{2}}[0-9]{{3}}"


def part_texts(pattern: str) -> str:
    """Return a pattern for texts put together, with the sign between them for a begin and an end."""
    return ANCHOR.sub(lambda found: f"(?:{found[0]}|{BETWEEN})" if found[0] in "^$" else found[0], pattern)


PATTERN = part_texts(ANY_PATTERN.pattern or "")
DOUBTFUL = "|".join(
    [
        *(f"(?:{part_texts(rule.pattern)})" for rule in TEXT_RULES if rule.pattern and rule.name in OF_PLAIN),
        f"[^{PLAIN}{BETWEEN}{FREE}]",
    ]
)
SUSPECT = f"{DOUBTFUL}|{LIKE_ID}"


class Check(NamedTuple):
    """What must hold: the rule, the field to point at, the predicate, and what is said by a rule of rows or texts."""

    rule: str
    field: str
    holds: str
    sentence: str = ""


def quoted(text: str) -> str:
    """Return a text as a literal of SQL."""
    return "'" + text.replace("'", "''") + "'"


def matches(cell: str, pattern: str) -> str:
    """Return that the whole of a cell is what a regular expression describes."""
    return f"regexp_full_match({cell}, {quoted(pattern)})"


def cast(field: Field, kind: str) -> str:
    """Return a cell as its type; of a text only where `declaration.types` would read it so."""
    cell = f'"_{field["name"]}"'
    if kind != "csv" or field["type"] == "string":
        return cell
    return CASTS[field["type"]].format(cell=cell, whole=matches(cell, PATTERNS.get(field["type"], "")))


PATTERNS = {"integer": INTEGER.pattern, "number": NUMBER.pattern, "date": DAY.pattern}
CASTS = {  # what is written back as it stood needs no pattern: that is the quicker way
    "integer": "CASE WHEN TRY_CAST({cell} AS INTEGER)::VARCHAR = {cell} OR {whole} "
    "THEN TRY_CAST({cell} AS INTEGER) END",
    "number": "CASE WHEN {whole} AND NOT ({cell} LIKE '-%' AND TRY_CAST({cell} AS DOUBLE) = 0) "
    "THEN TRY_CAST({cell} AS DOUBLE) END",
    "boolean": "CASE {cell} WHEN 'true' THEN true WHEN 'false' THEN false END",
    "date": "CASE WHEN {cell} NOT LIKE '0000%' AND {whole} THEN TRY_CAST({cell} AS DATE) END",
}


def check_type(field: Field, kind: str) -> Iterator[Check]:
    """Yield that a cell is of its type; a date in EDTF is looked up by `dates.py`."""
    if kind == "csv" and field["type"] != "string":
        cell = f'"{field["name"]}"'
        yield Check(f"type {field['type']}", field["name"], f'("_{field["name"]}" IS NULL) = ({cell} IS NULL)')


def check_limits(field: Field, codes: Codes) -> Iterator[Check]:
    """Yield the constraints of a field, under the names of their keywords."""
    cell, limits = f'"{field["name"]}"', field.get("constraints", {})
    if is_required(field):
        yield Check("not_nullable", field["name"], f'"_{field["name"]}" IS NOT NULL')
    if "pattern" in limits:
        yield Check("pattern", field["name"], matches(cell, limits["pattern"]))
    if "codes" in field and (field["codes"] in codes or not codes):
        known = codes[field["codes"]].codes if codes else []
        yield Check("codes", field["name"], is_listed(cell, [code for code in known if code is not None]))
    for keyword, predicate in LIMITS.items():
        if keyword in limits:
            yield Check(keyword, field["name"], predicate.format(cell=cell, limit=limits[keyword]))


def is_listed(cell: str, known: list[str]) -> str:
    """Return that a cell is a code of a list, which a type of these codes tells quicker than `IN`."""
    listed = ", ".join(quoted(code) for code in dict.fromkeys(known))
    return f"({cell} IS NULL) = (TRY_CAST({cell} AS ENUM({listed})) IS NULL)" if listed else f"{cell} IS NULL"


LIMITS = {
    "minimum": "{cell} >= {limit}",
    "maximum": "{cell} <= {limit}",
    "maxLength": "CASE WHEN strlen({cell}) > {limit} THEN length({cell}) <= {limit} END",  # bytes need no counting
}


def check_texts(name: str) -> Iterator[Check]:
    """Yield each rule of texts on a column."""
    for rule in TEXT_RULES:
        yield Check(rule.name, name, lacks(f'"{name}"', rule.pattern), rule.sentence)


def hold_texts(names: list[str]) -> list[str]:
    """Return that the texts of a row obey all rules of texts, in one pass over their letters.

    They are put together with a sign between them that the patterns take for an end: to read the patterns takes as long
    as to judge twenty thousand texts. What is found then is asked of each text by itself.
    """
    columns = [f'"{name}"' for name in names]
    return [lacks(put_together(columns), PATTERN), *(lacks(column, None) for column in columns)] if columns else []


def suspect_no_texts(names: list[str], free: list[str], pattern: str) -> list[str]:
    """Return what holds of most rows whose texts obey all rules, and with `SUSPECT` name no id; sooner told.

    The pattern takes a fortieth of the time to be read, and the texts need not be put into normal form.
    """
    others = [name for name in names if name not in free]
    together = put_together([*(f'"{name}"' for name in others), f"'{FREE}'", *(f'"{name}"' for name in free)])
    return [lacks(together, pattern)] if names else []


def put_together(cells: Iterable[str]) -> str:
    """Return cells as one text."""
    return f"concat_ws('{BETWEEN}', {', '.join(cells)})"


def lacks(text: str, pattern: str | None) -> str:
    """Return that a pattern is not in a text; without one, that the text is in normal form C, as all ASCII is."""
    if pattern is None:
        return f"(strlen({text}) = length({text}) OR nfc_normalize({text}) = {text})"
    return f"NOT regexp_matches({text}, {quoted(pattern)})"


def pointers(table: Table) -> list[str]:
    """Return the columns that point to rows, of one table or of many: what they hold is judged where they point."""
    references = [field for key in table.get("foreignKeys", []) for field in key["fields"]]
    return [*references, *(field["name"] for field in table["fields"] if "points" in field)]


def has_free_text(field: Field, table: Table, codes: Codes) -> bool:
    """Tell whether the texts of a column are judged by themselves, not by a list, a reference or as a date."""
    known = field.get("codes") in codes or field.get("edtf") or field["name"] in pointers(table)
    return field["type"] == "string" and not known


def check_rows(table: Table, columns: Iterable[str], doubtful: dict[str, str]) -> Iterator[Check]:
    """Yield the rules of a row; a rule is not judged where a cell that it looks at is `doubtful`."""
    columns = set(columns)
    for rule in rules_of(table):
        names = root_names(rule["holds"])
        if names <= columns:
            doubts = [doubtful[name] for name in sorted(names | {rule["field"]}) if name in doubtful]
            holds = " OR ".join([f"({rule['holds']})", *doubts])
            yield Check(rule["name"], rule["field"], holds, rule["sentence"])


def root_names(predicate: str) -> set[str]:
    """Return the columns of a predicate."""
    return set(pl.sql_expr(predicate).meta.root_names())


def hold_together(table: Table, fields: list[Field], kind: str, codes: Codes, pattern: str = "") -> str:
    """Return the one predicate that is false of every row that breaks a check of its table by itself.

    With a `pattern`, `DOUBTFUL` or `SUSPECT`, also of others: those with a text that has to be looked at more closely.
    """
    checks = [check.holds for field in fields for check in [*check_type(field, kind), *check_limits(field, codes)]]
    texts = [field["name"] for field in fields if has_free_text(field, table, codes)]
    checks += suspect_no_texts(texts, free_texts(table), pattern) if pattern else hold_texts(texts)
    checks += [f"({check.holds})" for check in check_rows(table, [field["name"] for field in fields], {})]
    return " AND ".join(f"({check})" for check in checks) or "true"


def checks_of(table: Table, fields: list[Field], kind: str, codes: Codes) -> list[Check]:
    """Return every check of a row by itself, to be asked of those that break one; what a date is stands in `dates`."""
    single = {field["name"]: [*check_type(field, kind), *check_limits(field, codes)] for field in fields}
    doubtful = {field["name"]: doubts for field in fields if (doubts := doubt(field, single[field["name"]]))}
    texts = [
        check
        for field in fields
        if has_free_text(field, table, codes) or "codes" in field
        for check in check_texts(field["name"])
    ]
    named = [field["name"] for field in fields]
    return [*(check for checks in single.values() for check in checks), *texts, *check_rows(table, named, doubtful)]


def doubt(field: Field, checks: list[Check]) -> str:
    """Return when no rule of a row is judged by a cell: it is not of its type, or not of its code list."""
    name = field["name"]
    faults = [f"NOT ({check.holds})" for check in checks if check.rule == "codes" or check.rule.startswith("type")]
    faults += [f'("_{name}" IS NOT NULL AND "{name}" IS NULL)'] if field.get("edtf") else []
    return " OR ".join(f"coalesce({fault}, false)" for fault in faults)


def select_cells(fields: list[Field], kind: str, source: str, dates: bool = False) -> str:
    """Return the query of rows with each cell beside itself as its type; with `dates`, also the dates that are none."""
    typed = [
        f'{cast_date(field) if dates and field.get("edtf") else cast(field, kind)} AS "{field["name"]}"'
        for field in fields
    ]
    return f"SELECT *, {', '.join(typed)} FROM {source}"


def select_wrong(table: Table, fields: list[Field], kind: str, codes: Codes, source: str, pattern: str = "") -> str:
    """Return the query of those rows of a source that break a check of their table by themselves, as they stand."""
    cells = ", ".join(["_row", *(f'"_{field["name"]}"' for field in fields)])
    holds = hold_together(table, fields, kind, codes, pattern)
    return f"SELECT {cells} FROM ({select_cells(fields, kind, source)}) WHERE NOT coalesce({holds}, true)"


def cast_date(field: Field) -> str:
    """Return a date in EDTF, or nothing where it is none."""
    cell = f'"_{field["name"]}"'
    return f"CASE WHEN {cell} IN (SELECT edtf FROM _dates) THEN {cell} END"
