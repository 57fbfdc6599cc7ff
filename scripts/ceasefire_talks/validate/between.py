"""The rules between rows: the queries of `checks/rules`, as they are, over what was read and views of it."""

from collections.abc import Iterator

from ceasefire_talks.checks.rule_views import create_views, free_texts, select_mentions
from ceasefire_talks.checks.table_rules import RULES
from ceasefire_talks.declaration import Declaration, base_fields
from ceasefire_talks.problems import MAX_PER_RULE
from ceasefire_talks.tables.views import shared_views
from ceasefire_talks.validate.files import SQL_TYPES
from ceasefire_talks.validate.told import IT, NONE, Breach, Engine, label, tell

NOT_MISTYPED = """NOT EXISTS (
    FROM _mistyped AS m WHERE m.table_name = found.table_name AND m._row = found._row AND m.field = found.field)"""


def add_shared(engine: Engine, declared: Declaration) -> None:
    """Add what rules and derived columns look at: tables that a package does not carry, without rows, and views."""
    for name, table in declared.items():
        if name not in engine.tables:
            columns = [f'"{field["name"]}" {SQL_TYPES[field["type"]]}' for field in base_fields(table)]
            engine.connection.execute(f'CREATE TABLE "{name}" ({", ".join(columns)}, _row BIGINT)')
    engine.connection.execute("CREATE VIEW spoken AS SELECT edtf, words FROM _dates")
    for views in shared_views():
        engine.connection.execute(views)
    create_views(engine.connection, {name: declared[name] for name in engine.tables}, declared)
    narrow_mentions(engine, declared)


def narrow_mentions(engine: Engine, declared: Declaration) -> None:
    """Let ids be looked for in the texts of those rows alone that were seen to have what looks like one."""
    queries: list[str] = []
    for name, loaded in engine.tables.items():
        cells = ", ".join(["_row", *(f'"_{field}" AS "{field}"' for field in free_texts(loaded.table))])
        queries += select_mentions(name, loaded.table, declared, f'(SELECT {cells} FROM "_suspect_{name}")')
    engine.connection.execute(f"CREATE OR REPLACE VIEW mentions AS {' UNION ALL '.join(queries)}")


def judge_rule(engine: Engine, name: str) -> Iterator[Breach]:
    """Yield what breaks a rule, but for what only follows from a cell that is not of its type."""
    query = f"SELECT table_name, _row, field, message FROM ({RULES[name]}) AS found WHERE {NOT_MISTYPED}"
    if engine.ask(f"CREATE OR REPLACE TEMP TABLE _found AS {query}") == NONE:
        return
    counts = engine.ask("SELECT table_name, field, count(DISTINCT _row) FROM _found GROUP BY ALL ORDER BY ALL")
    for table, field, count in counts:
        key = label(engine.tables[table].table, IT)
        broken = f'SELECT _row, {key}, min(message) FROM _found JOIN "{table}" AS it USING (_row)'
        mine = f"WHERE _found.table_name = '{table}' AND _found.field = '{field}'"
        rows = engine.ask(f"{broken} {mine} GROUP BY ALL ORDER BY _row LIMIT {MAX_PER_RULE}")
        yield tell(engine, table, field, name, count, rows)
