"""What a coder should look at again: rows of one table that say nearly the same, and are not coded the same.

Two rows are alike where the words of the first column that is searched share `ALIKE` of their letters in order, by the
ratio of `difflib.SequenceMatcher`; what differs is shown. Only tables coded from a text are looked at.
"""

from collections.abc import Iterator
from difflib import SequenceMatcher
from itertools import combinations

from ceasefire_talks.coding.matching import compared_fields
from ceasefire_talks.declaration import Declaration, row_id
from ceasefire_talks.tables.tabulate import Tables

ALIKE = 0.75


def find_unlike(tables: Tables, declared: Declaration) -> Iterator[str]:
    """Yield a line for each pair of rows that are alike in words and unlike in codes."""
    for name, table in declared.items():
        if not table.get("evidence") or not table.get("searched"):
            continue
        words = table["searched"][0]
        for one, other in combinations(tables[name].iter_rows(named=True), 2):
            unlike = [field for field in compared_fields(table) if one[field] != other[field]]
            if unlike and are_alike(one[words] or "", other[words] or ""):
                codes = ", ".join(f"{field} {one[field]} / {other[field]}" for field in unlike)
                yield f"{name}: {row_id(table, one)} / {row_id(table, other)}: {codes}"


def are_alike(one: str, other: str) -> bool:
    """Tell whether two texts, neither of them empty, share most of their letters in order."""
    if not one or not other:
        return False
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    return matcher.real_quick_ratio() >= ALIKE and matcher.quick_ratio() >= ALIKE and matcher.ratio() >= ALIKE
