"""DuckDB's SQL as Spark takes it: sqlglot writes it, and what it leaves as it was is set right here.

Where the two engines differ in what they do, Spark asks DuckDB: the functions `LENT` run in it, on each executor.
"""

from typing import ClassVar

import sqlglot
from sqlglot import exp
from sqlglot.dialects.duckdb import DuckDB

LENT = {  # what Spark lacks, or does by Java's letters, marks and regular expressions -> what it gives
    **dict.fromkeys(
        ("folded", "ending", "lower", "strip_accents", "nfc_normalize", "regexp_replace", "url_encode"), "string"
    ),
    **dict.fromkeys(("regexp_matches", "regexp_full_match"), "boolean"),
    "jaro_winkler_similarity": "double",
}
NAMES = {"hash": "xxhash64", "strlen": "octet_length", "list_has_any": "arrays_overlap"}
LEND = "duckdb_{}"
AS_THEY_ARE = {name.upper() for name in [*LENT, *NAMES]}
Macros = dict[str, exp.Create]


class Written(DuckDB):  # type: ignore[misc] # to whom sqlglot is unknown
    """DuckDB's SQL, in which a function of our tables keeps its name."""

    class Parser(DuckDB.Parser):  # type: ignore[misc]
        """Takes them for functions that it does not know."""

        FUNCTIONS: ClassVar = {name: made for name, made in DuckDB.Parser.FUNCTIONS.items() if name not in AS_THEY_ARE}


def parse(statements: str) -> list[exp.Expression]:
    """Return the statements of a text."""
    return [tree for tree in sqlglot.parse(statements, dialect=Written) if tree is not None]


def write(tree: exp.Expression, macros: Macros) -> str:
    """Return a statement as Spark takes it."""
    tree = tree.copy()
    while calls := [call for call in tree.find_all(exp.Anonymous) if call.name in macros]:
        calls[0].replace(expand(calls[0], macros[calls[0].name]))
    for call in tree.find_all(exp.Anonymous):
        name = call.name.lower()
        call.set("this", LEND.format(name) if name in LENT else NAMES.get(name, call.name))
    for cte in tree.find_all(exp.CTE):
        cte.set("materialized", None)
    for listed in tree.find_all(exp.In):
        spread(listed)
    for joined in [*tree.find_all(exp.GroupConcat)]:
        gather_once(joined)
    return str(tree.sql(dialect="spark", comments=False))


def expand(call: exp.Anonymous, macro: exp.Create) -> exp.Expression:
    """Return what a macro stands for, with what it is called with."""
    given = dict(zip([one.name for one in macro.this.expressions], call.expressions, strict=True))
    body: exp.Expression = exp.paren(macro.expression.copy())
    for column in [*body.find_all(exp.Column)]:
        if column.name in given and not column.table:
            column.replace(exp.paren(given[column.name].copy()))
    return body


def spread(listed: exp.In) -> None:
    """Let what is looked for as a tuple be columns: Spark takes a tuple that is selected for one column."""
    query = listed.args.get("query")
    if query is not None and isinstance(query.unnest(), exp.Select):
        selected = query.unnest()
        if len(selected.expressions) == 1 and isinstance(selected.expressions[0], exp.Tuple):
            selected.set("expressions", selected.expressions[0].expressions)


def gather_once(joined: exp.GroupConcat) -> None:
    """Let texts that are joined without repetition be gathered first: Spark fails on those of two columns."""
    texts = joined.this.this if isinstance(joined.this, exp.Order) else joined.this
    if isinstance(texts, exp.Distinct):
        gathered = exp.func("array_sort", exp.func("collect_set", texts.expressions[0]))
        joined.replace(exp.func("array_join", gathered, joined.args["separator"]))


def asked_tables(tree: exp.Expression) -> set[str]:
    """Return the names of what a query asks for that is not a part of it."""
    return {table.name for table in tree.find_all(exp.Table)} - {cte.alias for cte in tree.find_all(exp.CTE)}


def asks_for_itself(cte: exp.CTE) -> bool:
    """Tell whether a query does what Spark does not take with `UNION`."""
    return any(table.name == cte.alias for table in cte.this.find_all(exp.Table))


def rename_table(tree: exp.Expression, name: str, new: str) -> None:
    """Let what asks for one table ask for another, under the old name."""
    for table in [*tree.find_all(exp.Table)]:
        if table.name == name:
            table.replace(exp.to_table(new).as_(table.alias or name, table=True))
