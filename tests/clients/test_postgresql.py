"""The schema for PostgreSQL, on a server: it is created and filled as the guide says, and keeps what is declared."""

import re
import subprocess

import pytest

from ceasefire_talks.declaration import is_required
from ceasefire_talks.declaration.types import TYPES
from ceasefire_talks.exports.postgresql import to_postgresql
from environments import plain_rows, query, run, sort_rows
from helpers import DECLARED, ROOT, TABLES

pytestmark = pytest.mark.services
DATABASE = "ceasefire_talks"
GUIDE = (ROOT / "data" / "README.md").read_text("utf-8")
COLUMNS = """
    SELECT json_build_array(attname, format_type(atttypid, atttypmod), attnotnull, col_description(attrelid, attnum))
    FROM pg_attribute WHERE attrelid = '{}'::regclass AND attnum > 0 ORDER BY attnum
"""
KEYS = """
    SELECT to_json(pg_get_constraintdef(oid)) FROM pg_constraint
    WHERE conrelid = '{}'::regclass AND convalidated AND contype IN ('p', 'u', 'f')
"""


@pytest.fixture(scope="module")
def filled(server: dict[str, str], tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Create and fill the database by the lines of the guide, in a folder that holds the package and its export."""
    folder = tmp_path_factory.mktemp("package")
    (folder / "data").symlink_to(ROOT / "data")
    (folder / "dist").mkdir()
    (folder / "dist" / "ceasefire-talks.schema.sql").write_bytes(to_postgresql(DECLARED))
    found = re.search(r"\*\*PostgreSQL\*\*.*?```sh\n(.*?)```", GUIDE, re.DOTALL)
    assert found
    run("bash", "-euc", found[1], cwd=folder, env=server)
    return server


@pytest.mark.parametrize("table", TABLES)
def test_every_row_is_there(filled: dict[str, str], table: str) -> None:
    rows = query(filled, DATABASE, f"SELECT row_to_json(t) FROM {table} AS t")
    assert sort_rows(rows) == sort_rows(plain_rows(table))


@pytest.mark.parametrize("table", TABLES)
def test_columns_have_type_and_comment(filled: dict[str, str], table: str) -> None:
    assert query(filled, DATABASE, COLUMNS.format(table)) == [
        [field["name"], TYPES[field["type"]].sql.lower(), is_required(field), field["description"]]
        for field in DECLARED[table]["fields"]
    ]


@pytest.mark.parametrize("table", TABLES)
def test_keys_are_those_declared(filled: dict[str, str], table: str) -> None:
    declared = DECLARED[table]
    unique = declared.get("uniqueKeys", []) + [
        [field["name"]] for field in declared["fields"] if field.get("constraints", {}).get("unique")
    ]
    keys = [f"PRIMARY KEY ({', '.join(declared['primaryKey'])})", *(f"UNIQUE ({', '.join(key)})" for key in unique)]
    keys += [
        f"FOREIGN KEY ({', '.join(key['fields'])}) "
        f"REFERENCES {key['reference']['resource']}({', '.join(key['reference']['fields'])})"
        for key in declared.get("foreignKeys", [])
    ]
    assert sorted(query(filled, DATABASE, KEYS.format(table))) == sorted(keys)


def test_a_table_says_what_a_row_is(filled: dict[str, str]) -> None:
    [comment] = query(filled, DATABASE, "SELECT to_json(obj_description('talks'::regclass))")
    assert comment == f"One row is {DECLARED['talks']['row']}. {DECLARED['talks']['description']}"


@pytest.mark.parametrize(
    ("statement", "says"),
    [
        ("UPDATE talks SET answers_id = 'TK9999' WHERE answer = 'rejects'", "foreign key"),
        ("DELETE FROM actors WHERE actor_id = 'hamas'", "foreign key"),
        ("UPDATE talks SET title = NULL", "not-null"),
        ("UPDATE talks SET talk_id = 'TK0001'", "unique"),
        ("UPDATE actors SET name = 'Hamas'", "unique"),
    ],
)
def test_what_breaks_a_key_is_refused(filled: dict[str, str], statement: str, says: str) -> None:
    psql = ["psql", "-X", "-v", "ON_ERROR_STOP=1", "-d", DATABASE, "-c", statement]
    done = subprocess.run(psql, env=filled, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert f"violates {says} constraint" in done.stderr
