"""The descriptor serves those who have frictionless judge the package, or write it into a database."""

import json
import sqlite3
from pathlib import Path

import pytest

from environments import make_environment, plain_rows, query, run, sort_rows
from helpers import ROOT, TABLES

pytestmark = pytest.mark.services
CLIENT = ("frictionless[pandas]>=5.21,<6", "sqlalchemy>=2,<3", "psycopg2-binary>=2.9,<3")
WRITE = "import sys; from frictionless import Package; getattr(Package(sys.argv[2]), sys.argv[1])(sys.argv[3])"
RESOURCES = [(table, name) for table in TABLES for name in (table, f"{table}_parquet")]


@pytest.fixture(scope="module")
def python(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_environment(tmp_path_factory.mktemp("frictionless"), *CLIENT)


def test_validate_finds_every_resource_valid(python: Path) -> None:
    report = json.loads(run(python.parent / "frictionless", "validate", "--json", "datapackage.json", cwd=ROOT))
    rows = {task["name"]: task["stats"]["rows"] for task in report["tasks"]}
    assert report["valid"]
    assert rows == {name: len(plain_rows(table)) for table, name in RESOURCES}


@pytest.mark.parametrize("way", ["publish", "index"])
def test_every_row_is_written_to_sqlite(python: Path, tmp_path: Path, way: str) -> None:
    run(python, "-I", "-c", WRITE, way, ROOT / "datapackage.json", f"sqlite:///{tmp_path}/it.sqlite")
    connection = sqlite3.connect(tmp_path / "it.sqlite")
    connection.row_factory = sqlite3.Row
    for table, name in RESOURCES:
        assert [dict(row) for row in connection.execute(f"SELECT * FROM {name}")] == plain_rows(table), name
    connection.close()


def test_every_row_is_published_to_postgresql(python: Path, server: dict[str, str]) -> None:
    run("createdb", "published", env=server)
    descriptor, address = ROOT / "datapackage.json", "postgresql+psycopg2:///published"
    run(python, "-I", "-c", WRITE, "publish", descriptor, address, env=server)
    for table, name in RESOURCES:
        rows = query(server, "published", f"SELECT row_to_json(t) FROM {name} AS t")
        assert sort_rows(rows) == sort_rows(plain_rows(table)), name
