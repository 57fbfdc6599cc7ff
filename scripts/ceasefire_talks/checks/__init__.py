"""Frames -> findings, pure: pandera on each table, then keys, references and the rules that span tables.

A check sees only tables, and yields; where a row stands is told by `where`, so that the same checks serve records under
`data/records/` and the files of a package.
"""

from collections.abc import Collection, Iterator

from ceasefire_talks.checks.cells import check_cells
from ceasefire_talks.checks.keys import check_keys, check_references
from ceasefire_talks.checks.table_rules import check_rules
from ceasefire_talks.declaration import Declaration
from ceasefire_talks.problems import Finding, Where
from ceasefire_talks.tables.codes import code_lists
from ceasefire_talks.tables.tabulate import Tables


def check_tables(
    tables: Tables, declared: Declaration, where: Where, partial: Collection[str] = frozenset()
) -> Iterator[Finding]:
    """Yield everything that is wrong with the tables; what needs rows of a `partial` table is not judged."""
    codes = code_lists(tables["codes"])
    for name, frame in tables.items():
        for finding in check_cells(name, frame, declared[name], codes):
            if finding.rule != "codes" or "codes" not in partial:
                yield finding
    yield from check_keys(tables, declared, where)
    yield from check_references(tables, declared, partial)
    if not partial:
        yield from check_rules(tables, declared)
