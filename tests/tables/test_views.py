"""The readable columns: the committed tables have what the views give, and whose act it is follows from the parts."""

from collections.abc import Iterator
from typing import Any

import duckdb
import polars as pl
import pytest
import yaml

from ceasefire_talks.build import Built
from ceasefire_talks.tables import views
from ceasefire_talks.tables.tabulate import Tables
from ceasefire_talks.tables.views import add_columns, has_view, open_duckdb
from helpers import DECLARED, ROOT, read_table, without_views
from packages import path_of
from rule_cases import Changes, change, with_made_up

PARTS = [row["code"] for row in read_table("codes") if row["list"] == "talk_part"]
CASES = [
    pytest.param(case["view"], case["put"], case["row"], case["gives"], id=f"{case['row']}-{'-'.join(case['gives'])}")
    for case in yaml.safe_load((ROOT / "tests" / "tables" / "views.yaml").read_text("utf-8"))
]
READ = [name for name, table in DECLARED.items() if has_view(table) and table.get("evidence")]
ACTING = {
    "answer": ["answerer"],
    "proposal": ["answerer author", "said_to_own", "announcer", "mediator"],
    "statement": ["author voice", "said_to_own", "announcer"],
    "meeting": ["attendee mediator"],
    "vote": ["author"],
    "breakdown": ["author", "said_to_own", "announcer", "attendee"],
    "mediator_change": ["mediator", "said_to_own", "announcer"],
    "agreement": ["answerer attendee author", "said_to_own", "announcer"],
    "truce_or_release": ["attendee author", "said_to_own", "mediator", "announcer"],
}


@pytest.fixture(scope="module")
def coded(built: Built) -> Tables:
    return without_views(built.tables, DECLARED)


@pytest.fixture(scope="module")
def connection(coded: Tables) -> Iterator[duckdb.DuckDBPyConnection]:
    with open_duckdb(coded) as opened:
        yield opened


@pytest.mark.parametrize("name", [name for name, table in DECLARED.items() if has_view(table)])
def test_the_committed_table_has_what_its_view_gives(
    coded: Tables, connection: duckdb.DuckDBPyConnection, name: str
) -> None:
    found = add_columns(connection, name, coded[name], DECLARED[name])
    assert found.equals(pl.read_parquet(ROOT / path_of(name, "parquet")))


@pytest.mark.parametrize("name", READ)
def test_a_row_is_read_where_its_own_evidence_says(coded: Tables, name: str) -> None:
    """Evidence of a table that is none bears the same ids: no row has an address or damage by it, and all stand."""
    evidence = coded["evidence"].with_columns(table_name=pl.lit("none"))
    with open_duckdb(coded | {"evidence": evidence, "links": coded["links"].clear()}) as opened:
        found = add_columns(opened, name, coded[name], DECLARED[name])
    assert set(found["link"]) == {None}
    if name == "actors":
        assert set(found["named_in"]) == {"article", "talks"}
    else:
        assert set(found["text_damage"]) == {"clear"}
        assert found.select("says", "verdict").null_count().row(0) == (0, found.height)


@pytest.mark.parametrize("name", [name for name, table in DECLARED.items() if has_view(table)])
def test_a_row_needs_no_more_than_what_it_points_to(coded: Tables, name: str) -> None:
    kept = {name, "codes", *(key["reference"]["resource"] for key in DECLARED[name].get("foreignKeys", []))}
    bare = {table: frame if table in kept else frame.clear() for table, frame in coded.items()}
    with open_duckdb(bare) as opened:
        found = opened.sql((views.VIEWS / f"{name}.sql").read_text("utf-8")).pl()
    key = DECLARED[name]["primaryKey"]
    assert found.select(key).sort(key).equals(coded[name].select(key).sort(key))


@pytest.mark.parametrize(("name", "put", "row", "gives"), CASES)
def test_a_view_gives(coded: Tables, name: str, put: Changes, row: str, gives: dict[str, Any]) -> None:
    tables = change(with_made_up(coded), put)
    with open_duckdb(tables) as opened:
        found = add_columns(opened, name, tables[name], DECLARED[name])
    [cells] = [cells for cells in found.to_dicts() if cells[DECLARED[name]["primaryKey"][0]] == row]
    assert {column: cells[column] for column in gives} == gives


def test_whose_act_it_is_follows_from_the_parts(coded: Tables) -> None:
    """Each kind of act has somebody in every part: those of the first rank act, and each rank is next to the other."""
    tables = dict(coded)
    talks = [{"talk_id": kind, "kind": kind} for kind in ACTING]
    parts = [{"talk_id": kind, "actor_id": "israel", "part": part} for kind in ACTING for part in PARTS]
    for name, rows in {"talks": talks, "talk_actors": parts}.items():
        tables[name] = pl.DataFrame(rows, schema=coded[name].schema)
    with open_duckdb(tables) as opened:
        found = opened.sql("SELECT talk_id, choice, place, part FROM acting ORDER BY ALL").fetchall()
    due = [
        (kind, at, at, part)
        for kind, ranks in ACTING.items()
        for at, rank in enumerate(ranks, 1)
        for part in rank.split()
    ]
    assert found == sorted(due)


@pytest.mark.parametrize(
    ("view", "column", "counted"),
    [
        ("talks", "terms", "SELECT talk_id, count(*) FROM talk_terms GROUP BY talk_id"),
        ("claims", "explains", "SELECT from_id, count(*) FROM links WHERE relation = 'explains' GROUP BY from_id"),
    ],
)
def test_texts_that_are_joined_part_at_the_semicolons(coded: Tables, view: str, column: str, counted: str) -> None:
    name, field = {"talks": ("talk_terms", "statement"), "claims": ("demands", "statement")}[view]
    marked = coded[name].with_columns(pl.col(field) + "; or not;so")
    with open_duckdb(coded | {name: marked}) as opened:
        frame = add_columns(opened, view, coded[view], DECLARED[view]).drop_nulls(column)
        due = dict(opened.sql(counted).fetchall())
    [key] = DECLARED[view]["primaryKey"]
    assert {row[key]: len(row[column].split(";")) for row in frame.iter_rows(named=True)} == due
    assert frame[column].str.contains(", or not,so", literal=True).any()
