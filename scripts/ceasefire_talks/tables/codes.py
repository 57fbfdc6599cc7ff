"""The code lists: which codes each has, and whether their order means something."""

from typing import NamedTuple

import polars as pl


class CodeList(NamedTuple):
    """The codes of a list, and whether their order means something."""

    codes: list[str]
    ordered: bool


Codes = dict[str, CodeList]
NO_CODES = CodeList([], ordered=False)


def code_lists(codes: pl.DataFrame) -> Codes:
    """Return the codes of each list, in the order of their ranks where the list has one, else by name.

    A row that lost its list or its code is told as such and names none.
    """
    grouped = codes.drop_nulls(["list", "code"]).sort("list", "rank", "code").group_by("list", maintain_order=True)
    lists = grouped.agg("code", pl.col("rank").is_not_null().all().alias("ordered"))
    return {name: CodeList(found, ordered) for name, found, ordered in lists.iter_rows()}


def read_labels(codes: pl.DataFrame) -> dict[str, str]:
    """Return the label of each code, by its list and itself, as in `answer/rejects`."""
    return dict(codes.select(pl.concat_str("list", "code", separator="/"), "label").iter_rows())
