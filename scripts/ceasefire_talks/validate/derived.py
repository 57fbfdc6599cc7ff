"""Columns that follow from others, computed anew in SQL and compared; Parquet compared with CSV."""

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from ceasefire_talks.declaration import Field, base_fields
from ceasefire_talks.problems import MAX_PER_RULE, Problem
from ceasefire_talks.tables.views import VIEWS
from ceasefire_talks.validate.engine import Engine
from ceasefire_talks.validate.load import Loaded, count_parquet, list_files
from ceasefire_talks.validate.told import IT, Breach, label, tell, value_of

DERIVATIONS = {  # as in `tables.derive`: where it is looked up by which key, by which cell, and what is due
    "first_day": ("_dates", "edtf", "{of}", "{known}.first_day"),
    "last_day": ("_dates", "edtf", "{of}", "{known}.last_day"),
    "passage_source": ("passages", "passage_id", "{of}", "{known}.source_id"),
    "text_link": (
        *("sources", "source_id", "it.source_id"),
        "{known}.url || '#:~:text=' || replace(url_encode({of}), '-', '%2D')",
    ),
}


class Due(NamedTuple):
    """What is due in a derived column: where it is looked up, the value, and when that was found."""

    join: str
    value: str
    found: str


def derive(field: Field) -> Due:
    """Return what is due in a column derived from other cells."""
    names = {"of": IT.format(field["derived"]["of"]), "known": f'"_known_{field["name"]}"'}
    table, key, cell, value = (text.format(**names) for text in DERIVATIONS[field["derived"]["by"]])
    found = f"{names['known']}.{key}"
    return Due(
        f"LEFT JOIN {table} AS {names['known']} ON {found} = {cell}",
        f"CASE WHEN {names['of']} IS NOT NULL THEN {value} END",
        f"({names['of']} IS NULL OR {found} IS NOT NULL)",
    )


def derived_fields(loaded: Loaded) -> list[Field]:
    """Return the fields of a table that are derived from other cells."""
    return [field for field in base_fields(loaded.table) if "derived" in field]


def added_fields(loaded: Loaded) -> list[Field]:
    """Return the fields of a table that SQL adds, as far as its files have them."""
    return [field for field in loaded.fields if field not in base_fields(loaded.table)]


def judge_derived(engine: Engine, loaded: Loaded) -> Iterator[Breach]:
    """Yield the columns derived from other cells that hold something else; what is looked up in vain is told before."""
    for field in derived_fields(loaded):
        due = derive(field)
        cells = f"table_name = '{loaded.name}' AND field = '{field['name']}'"
        typed = f"it._row NOT IN (SELECT _row FROM _mistyped WHERE {cells})"
        source = f'"{loaded.name}" AS it {due.join} WHERE {due.found} AND {typed}'
        yield from differ(engine, loaded, {field["name"]: due.value}, source)


def derive_anew(engine: Engine, loaded: Loaded) -> None:
    """Let the view of a table have what is due in derived columns, for what follows from them in turn."""
    due = {field["name"]: derive(field) for field in derived_fields(loaded)}
    if due:
        values = ", ".join(f'{one.value} AS "{name}"' for name, one in due.items())
        joins = " ".join(one.join for one in due.values())
        rows = f'SELECT it.* REPLACE ({values}) FROM "{loaded.name}" AS it {joins}'
        engine.connection.execute(f'CREATE TABLE "_due_{loaded.name}" AS {rows}')
        engine.connection.execute(f'CREATE OR REPLACE VIEW "{loaded.name}" AS FROM "_due_{loaded.name}"')


def judge_views(engine: Engine, loaded: Loaded) -> Iterator[Breach]:
    """Yield the columns added by SQL that hold something else, where the files have them."""
    added = {field["name"]: f'due."{field["name"]}"' for field in added_fields(loaded)}
    if added:
        query = (VIEWS / f"{loaded.name}.sql").read_text("utf-8")
        engine.connection.execute(f"CREATE OR REPLACE TEMP TABLE _added AS {query}")
        key = " AND ".join(f'it."{name}" = due."{name}"' for name in loaded.table["primaryKey"])
        yield from differ(
            engine, loaded, added, f'"_whole_{loaded.name}" AS it LEFT JOIN _added AS due ON {key} WHERE true'
        )


def differ(engine: Engine, loaded: Loaded, due: dict[str, str], source: str) -> Iterator[Breach]:
    """Yield the columns of which some cells are not what is due in the rows of a source."""
    wrong = {name: f'it."{name}" IS DISTINCT FROM {value}' for name, value in due.items()}
    [counts] = engine.ask_tables(
        f"SELECT {', '.join(f'count(*) FILTER ({one})' for one in wrong.values())} FROM {source}"
    )
    for name, count in zip(due, counts, strict=True):
        if count:
            cells = f'it._row, {label(loaded.table, IT)}, it."{name}"::VARCHAR, ({due[name]})::VARCHAR'
            rows = f"SELECT {cells} FROM {source} AND {wrong[name]} ORDER BY it._row LIMIT {MAX_PER_RULE}"
            said = [
                (row, key, f"{value_of(given)} must be {value_of(follows)}, which follows from other columns")
                for row, key, given, follows in engine.ask_tables(rows)
            ]
            yield tell(engine, loaded.name, name, "derived", count, said)


def compare_parquet(engine: Engine, loaded: Loaded, paths: list[Path]) -> Iterator[Problem]:
    """Yield where the Parquet of a table is not what its CSV holds; its columns are known to be the same."""
    at = engine.name_file(paths[0])
    rows = count_parquet(engine.connection, paths)
    if rows != loaded.rows:
        yield Problem(at, "parquet", f"has {rows} rows, its CSV {loaded.rows}")
        return
    both = f'"_whole_{loaded.name}" AS it POSITIONAL JOIN (FROM read_parquet({list_files(paths)})) AS other'
    names = [field["name"] for field in loaded.fields]
    counts = ", ".join(f'count(*) FILTER (it."{name}" IS DISTINCT FROM other."{name}")' for name in names)
    [found] = engine.ask(f"SELECT {counts} FROM {both}")
    for name, count in zip(names, found, strict=True):
        if count:
            cells = f'it._row, {label(loaded.table, IT)}, other."{name}"::VARCHAR, it."{name}"::VARCHAR'
            differing = f'SELECT {cells} FROM {both} WHERE it."{name}" IS DISTINCT FROM other."{name}"'
            for row, key, value, due in engine.ask(f"{differing} ORDER BY 1 LIMIT {MAX_PER_RULE}"):
                said = f"{value_of(value)} stands in the CSV as {value_of(due)}"
                yield Problem(at, "parquet", f"row {row + 1}, {key}.{name}: {said}")
            if count > MAX_PER_RULE:
                yield Problem(at, "parquet", f"{name}: {count} rows in all, {MAX_PER_RULE} shown")
