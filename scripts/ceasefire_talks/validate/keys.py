"""Keys that stand twice, by hash first and by value only where two hashes agree; references to what is not there."""

from collections.abc import Iterator
from typing import Any

from ceasefire_talks.checks.keys import has_all, join_key, owner_columns, stands_already
from ceasefire_talks.declaration import Key, Table, keys_of
from ceasefire_talks.problems import MAX_PER_RULE, nearest, shown
from ceasefire_talks.validate.engine import NONE, Engine
from ceasefire_talks.validate.load import Loaded
from ceasefire_talks.validate.told import Breach, label, place, tell

NEAR = 20_000  # among so many ids the nearest is looked for


def list_repeated(engine: Engine) -> None:
    """Make the table of the rows whose key stands in an earlier row too, each with the first of its keys that does.

    `rows` names a row, `owners` those whose id is a part of its key.
    """
    engine.connection.execute("""
        CREATE TABLE _repeated (
          table_name VARCHAR, _row BIGINT, number INTEGER, key VARCHAR, value VARCHAR, earlier BIGINT, owners VARCHAR[]
        )""")
    for name, loaded in engine.tables.items():
        for number, key in enumerate(keys_of(loaded.table) if loaded.rows > 1 else []):
            list_key(engine, name, loaded.table, number, key)


def list_key(engine: Engine, name: str, table: Table, number: int, key: list[str]) -> None:
    """Add the rows that repeat a key, but for those that repeat one before it."""
    columns, whole = name_all(key), has_all(key)
    twice = f'SELECT hash({columns}) AS hash FROM "{name}" WHERE {whole} GROUP BY ALL HAVING count(*) > 1'
    if not engine.gather("_twice", twice):
        return
    engine.share("_twice")
    owners = ", ".join(f"{owner} || '/' || {owner_id}" for owner, owner_id in owner_columns(table))
    same = f"PARTITION BY {columns} ORDER BY _row"
    again = f"""
        SELECT '{name}' AS table_name, _row, {number} AS number, {label(table)} AS key, {join_key(key)} AS value,
          first_value(_row) OVER ({same}) AS earlier, [{owners}]::VARCHAR[] AS owners
        FROM "{name}"
        WHERE {whole} AND hash({columns}) IN (SELECT hash FROM _twice)
        QUALIFY row_number() OVER ({same}) > 1"""
    engine.gather("_again", again)
    before = f"SELECT _row FROM _repeated WHERE table_name = '{name}'"
    engine.connection.execute(f"INSERT INTO _repeated FROM _again WHERE _row NOT IN ({before})")


def name_all(columns: list[str], prefix: str = "") -> str:
    """Return the names of columns, as a list of SQL."""
    return ", ".join(f'{prefix}"{column}"' for column in columns)


def judge_keys(engine: Engine, loaded: Loaded) -> Iterator[Breach]:
    """Yield the keys of a table that stand twice; not of rows nested in one whose primary key does."""
    if engine.ask(f"SELECT count(*) FROM _repeated WHERE table_name = '{loaded.name}'") == NONE:
        return
    for number, key in enumerate(keys_of(loaded.table)):
        broken = f"""FROM _repeated AS it WHERE table_name = '{loaded.name}' AND number = {number} AND NOT EXISTS (
            FROM (SELECT _row, unnest(owners) AS owner FROM _repeated WHERE table_name = '{loaded.name}') AS nested
            JOIN _repeated AS above ON above.number = 0 AND above.table_name || '/' || above.key = nested.owner
            WHERE nested._row = it._row)"""
        [(count,)] = engine.ask(f"SELECT count(*) {broken}")
        if count:
            rows = engine.ask(f"SELECT _row, key, value, earlier {broken} ORDER BY _row LIMIT {MAX_PER_RULE}")
            said = [(row, name, explain_repeated(engine, loaded, key, *more)) for row, name, *more in rows]
            yield tell(engine, loaded.name, key[-1], "duplicate key", count, said)


def explain_repeated(engine: Engine, loaded: Loaded, key: list[str], value: str, earlier: int) -> str:
    """Return where a key stands already."""
    file, line = place(engine, loaded, earlier)
    return f"{stands_already(key, value, f'{file}:{line}')}; keep one"


def judge_references(engine: Engine, loaded: Loaded) -> Iterator[Breach]:
    """Yield the references that point to no row, of the tables that a package carries."""
    for key in loaded.table.get("foreignKeys", []):
        target, [column] = key["reference"]["resource"], key["fields"]
        if target not in engine.tables or not loaded.rows:
            continue
        broken = dangling(loaded.name, key)
        [(count,)] = engine.ask_tables(f"SELECT count(*) {broken}")
        if count:
            columns = f'SELECT _row, {label(loaded.table)}, "{column}"::VARCHAR'
            rows = engine.ask_tables(f"{columns} {broken} ORDER BY _row LIMIT {MAX_PER_RULE}")
            hints = hint_all(engine, key, {value for _, _, value in rows})
            said = [(row, name, f"{shown(value)} is not in {target}{hints[value]}") for row, name, value in rows]
            yield tell(engine, loaded.name, column, "reference", count, said)


def dangling(name: str, key: Key) -> str:
    """Return the source of the rows whose reference points to nothing."""
    [column], [pointed], target = key["fields"], key["reference"]["fields"], key["reference"]["resource"]
    same = f'there."{pointed}" = here."{column}"'
    return f'FROM (FROM "{name}" WHERE "{column}" IS NOT NULL) AS here ANTI JOIN "{target}" AS there ON {same}'


def hint_all(engine: Engine, key: Key, values: set[Any]) -> dict[Any, str]:
    """Return for each value the id that may be meant, where there are not too many to look through."""
    target, [pointed] = key["reference"]["resource"], key["reference"]["fields"]
    if engine.tables[target].rows > NEAR:
        return dict.fromkeys(values, "")
    known = f'SELECT DISTINCT "{pointed}"::VARCHAR AS id FROM "{target}" WHERE "{pointed}" IS NOT NULL ORDER BY id'
    ids = [value for (value,) in engine.ask_tables(known)]
    return {value: nearest(value, ids) for value in values}
