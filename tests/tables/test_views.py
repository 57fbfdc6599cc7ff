"""The readable columns: the committed tables have what the views give."""

import polars as pl
import pytest

from ceasefire_talks.build import Built
from ceasefire_talks.tables.views import add_columns, has_view, open_duckdb
from ceasefire_talks.verify.validate import without_views
from helpers import DECLARED, ROOT
from packages import path_of


@pytest.mark.parametrize("name", [name for name, table in DECLARED.items() if has_view(table)])
def test_the_committed_table_has_what_its_view_gives(built: Built, name: str) -> None:
    coded = without_views(built.tables, DECLARED)
    with open_duckdb(coded) as connection:
        found = add_columns(connection, name, coded[name], DECLARED[name])
    assert found.equals(pl.read_parquet(ROOT / path_of(name, "parquet")))
