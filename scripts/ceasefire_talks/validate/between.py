"""The rules between rows: the queries of `checks/rules`, as they are, over what was read and views of it."""

from collections.abc import Iterator

from ceasefire_talks.checks.rule_views import free_texts, list_views, select_mentions
from ceasefire_talks.checks.table_rules import RULES
from ceasefire_talks.declaration import Declaration, base_fields
from ceasefire_talks.problems import MAX_PER_RULE
from ceasefire_talks.tables.views import shared_views
from ceasefire_talks.validate.engine import Engine
from ceasefire_talks.validate.files import SQL_TYPES
from ceasefire_talks.validate.told import Breach, label, tell

TYPED = """FROM _broken AS found WHERE NOT EXISTS (
    FROM _mistyped AS m WHERE m.table_name = found.table_name AND m._row = found._row AND m.field = found.field)"""

NO_MENTION = """SELECT NULL::VARCHAR AS table_name, NULL::BIGINT AS _row, NULL::VARCHAR AS field,
    NULL::VARCHAR AS mentioned_id WHERE false"""


def add_shared(engine: Engine, declared: Declaration) -> None:
    """Add what rules and derived columns look at: tables that a package does not carry, without rows, and views."""
    for name, table in declared.items():
        if name not in engine.tables:
            cells = [f'NULL::{SQL_TYPES[field["type"]]} AS "{field["name"]}"' for field in base_fields(table)]
            engine.define(f'CREATE VIEW "{name}" AS SELECT {", ".join(cells)}, NULL::BIGINT AS _row WHERE false')
    engine.connection.execute("CREATE VIEW spoken AS SELECT edtf, words FROM _dates")
    for views in shared_views():
        engine.define(views)
    for view in list_views({name: declared[name] for name in engine.tables}, declared):
        engine.define(view)
    narrow_mentions(engine, declared)


def narrow_mentions(engine: Engine, declared: Declaration) -> None:
    """Let ids be looked for in the texts of those rows alone that were seen to have what looks like one."""
    queries = [NO_MENTION]
    for name, loaded in engine.tables.items():
        if not engine.has_suspects(name):
            continue
        cells = ", ".join(["_row", *(f'"_{field}" AS "{field}"' for field in free_texts(loaded.table))])
        queries += select_mentions(name, loaded.table, declared, f'(SELECT {cells} FROM "_suspect_{name}")')
    engine.connection.execute(f"CREATE OR REPLACE VIEW mentions AS {' UNION ALL '.join(queries)}")
    engine.share("mentions")


def judge_rule(engine: Engine, name: str) -> Iterator[Breach]:
    """Yield what breaks a rule, but for what only follows from a cell that is not of its type."""
    if not engine.gather("_broken", f"SELECT table_name, _row, field, message FROM ({RULES[name]})"):
        return
    engine.connection.execute(f"CREATE OR REPLACE TEMP TABLE _found AS {TYPED}")
    counts = engine.ask("SELECT table_name, field, count(DISTINCT _row) FROM _found GROUP BY ALL ORDER BY ALL")
    for table, field, count in counts:
        mine = f"FROM _found WHERE table_name = '{table}' AND field = '{field}'"
        said = engine.ask(f"SELECT _row, min(message) {mine} GROUP BY _row ORDER BY _row LIMIT {MAX_PER_RULE}")
        keys = name_rows(engine, table, [row for row, _ in said])
        yield tell(engine, table, field, name, count, [(row, keys[row], message) for row, message in said])


def name_rows(engine: Engine, table: str, rows: list[int]) -> dict[int, str]:
    """Return the keys of rows of a table by their numbers."""
    listed = ", ".join(map(str, rows))
    key = label(engine.tables[table].table)
    return dict(engine.ask_tables(f'SELECT _row, {key} FROM "{table}" WHERE _row IN ({listed})'))
