"""What clients need: an environment that holds nothing of this project, a database server, and the rows to expect."""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

import ceasefire_talks as ct

DEBIAN = sorted(map(str, Path("/usr/lib/postgresql").glob("*/bin")), reverse=True)
Rows = list[dict[str, Any]]


def make_environment(folder: Path, *requirements: str) -> Path:
    """Make an environment that holds just what is asked for, and return its Python."""
    python = folder / "bin" / "python"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(folder)], check=True)
    install = ["--python", str(python), "install", "-q", "--no-compile", *requirements]
    run(sys.executable, "-m", "pip", *install)
    return python


def run(*command: str | Path, **options: Any) -> str:
    """Return what a command prints; where it fails, so does the test, with what the command said."""
    done = subprocess.run([*map(str, command)], capture_output=True, text=True, check=False, **options)
    assert done.returncode == 0, f"{command[0]}: {done.stdout}{done.stderr}"
    return str(done.stdout)


def plain_rows(table: str) -> Rows:
    """Return the rows of a table as JSON has them: days as texts."""
    rows: Rows = json.loads(json.dumps(ct.load(table), default=str))
    return rows


def sort_rows(rows: Rows) -> Rows:
    """Return rows in the order of their values, to compare with a database, which promises none."""
    return sorted(rows, key=repr)


@contextmanager
def start_postgresql() -> Iterator[dict[str, str]]:
    """Start a server that only a socket leads to, and yield the environment in which its clients find it."""
    path = os.pathsep.join([*DEBIAN, os.environ["PATH"]])
    if not shutil.which("initdb", path=path):
        pytest.skip("PostgreSQL is not installed (apt-get install postgresql), so it was not tried")
    owner = "postgres" if os.geteuid() == 0 else None  # the server does not run as root
    with tempfile.TemporaryDirectory() as folder:  # pytest's own is closed to others and too long for a socket
        if owner:
            shutil.chown(folder, owner)
        environment = os.environ | {"PATH": path, "PGHOST": folder, "PGUSER": "postgres"}
        control = ("pg_ctl", "-D", f"{folder}/data", "-l", f"{folder}/log", "-w")
        initdb = ("initdb", "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync")
        run(*initdb, "-D", f"{folder}/data", env=environment, cwd=folder, user=owner)
        options = f"-k {folder} -c listen_addresses='' -c fsync=off"
        run(*control, "-o", options, "start", env=environment, cwd=folder, user=owner)
        try:
            yield environment
        finally:
            run(*control, "-m", "immediate", "stop", env=environment, cwd=folder, user=owner)


def query(server: dict[str, str], database: str, statement: str) -> list[Any]:
    """Return what a query of PostgreSQL finds: of each row its one value, which is JSON."""
    psql = ("psql", "-X", "-v", "ON_ERROR_STOP=1", "-d", database, "-Atc", statement)
    return [json.loads(line) for line in run(*psql, env=server).split("\n") if line]
