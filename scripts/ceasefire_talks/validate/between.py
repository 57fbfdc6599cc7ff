"""The rules between rows: the queries of `checks/rules`, as they are, over what was read."""

from collections.abc import Iterator

from ceasefire_talks.checks.table_rules import RULES
from ceasefire_talks.problems import MAX_PER_RULE
from ceasefire_talks.validate.told import IT, Breach, Engine, label, tell

NOT_MISTYPED = """NOT EXISTS (
    FROM _mistyped AS m WHERE m.table_name = found.table_name AND m._row = found._row AND m.field = found.field)"""


def judge_rule(engine: Engine, name: str) -> Iterator[Breach]:
    """Yield what breaks a rule, but for what only follows from a cell that is not of its type."""
    query = f"SELECT table_name, _row, field, message FROM ({RULES[name]}) AS found WHERE {NOT_MISTYPED}"
    engine.connection.execute(f"CREATE OR REPLACE TEMP TABLE _found AS {query}")
    counts = engine.ask("SELECT table_name, field, count(DISTINCT _row) FROM _found GROUP BY ALL ORDER BY ALL")
    for table, field, count in counts:
        key = label(engine.tables[table].table, IT)
        broken = f'SELECT _row, {key}, min(message) FROM _found JOIN "{table}" AS it USING (_row)'
        mine = f"WHERE _found.table_name = '{table}' AND _found.field = '{field}'"
        rows = engine.ask(f"{broken} {mine} GROUP BY ALL ORDER BY _row LIMIT {MAX_PER_RULE}")
        yield tell(engine, table, field, name, count, rows)
