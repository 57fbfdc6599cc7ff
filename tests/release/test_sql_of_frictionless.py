"""The descriptor serves those who have frictionless write the package into a database, by `publish` and by `index`."""

import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

import ceasefire_talks as ct
from helpers import ROOT, TABLES

pytestmark = pytest.mark.services
WRITE = """
import sys
from frictionless import Package
url = f"sqlite:///{sys.argv[3]}"
package = Package(sys.argv[2])
done = package.publish(url) if sys.argv[1] == "publish" else package.index(url)
"""


@pytest.fixture(scope="module")
def environment(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Return an environment in which frictionless finds what it needs for databases, and this project does not need."""
    folder = tmp_path_factory.mktemp("packages")
    install = ["install", "-q", "--target", str(folder), "sqlalchemy>=2,<3"]
    subprocess.run([sys.executable, "-m", "pip", *install], check=True, capture_output=True)
    return os.environ | {"PYTHONPATH": str(folder)}


@pytest.mark.parametrize("way", ["publish", "index"])
def test_every_table_is_written_to_sqlite(environment: dict[str, str], tmp_path: Path, way: str) -> None:
    command = [sys.executable, "-c", WRITE, way, str(ROOT / "datapackage.json"), str(tmp_path / "it.sqlite")]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    connection = sqlite3.connect(tmp_path / "it.sqlite")
    for name in TABLES:
        for table in (name, f"{name}_parquet"):
            assert connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0] == len(ct.load(name))
    connection.close()
