"""The readable columns: the committed tables have what the views give."""

import polars as pl

from ceasefire_talks.build import Built
from ceasefire_talks.tables.views import add_views
from ceasefire_talks.verify.validate import without_views
from helpers import DECLARED, ROOT, TABLES
from packages import path_of


def test_the_committed_tables_have_what_the_views_give(built: Built) -> None:
    found = add_views(without_views(built.tables, DECLARED), DECLARED)
    committed = {name: pl.read_parquet(ROOT / path_of(name, "parquet")) for name in TABLES}
    assert [name for name in TABLES if not found[name].equals(committed[name])] == []
