"""The libraries of frames, each in an environment of its own, on a package whose folder has a bracket in its name."""

import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import polars as pl
import pytest

from ceasefire_talks.loader import READERS
from environments import make_environment, plain_rows, run
from helpers import ROOT, TABLES
from packages import FILES, copy_checkout, path_of

GUIDE = (ROOT / "data" / "README.md").read_text("utf-8")


def put_neighbour(folder: Path) -> None:
    """Make the folder that `a[1] b` names as a pattern; every table in it is that of ballots."""
    for path in FILES:
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / path_of("ballots", Path(path).suffix[1:]), folder / path)


@pytest.mark.services
@pytest.mark.parametrize("library", READERS)
def test_a_library_alone_has_every_row(library: str, tmp_path: Path) -> None:
    """The loader's own message names what to install; the lock tells which version."""
    _, needed = READERS[library]
    package = copy_checkout(tmp_path / "a[1] b")
    put_neighbour(tmp_path / "a1 b")
    python = make_environment(tmp_path / "environment", *needed.split(), "-c", str(ROOT / "requirements.txt"))
    here = os.environ | {"PYTHONPATH": str(package / "scripts")}
    printed = run(python, Path(__file__).parent / "read_frames.py", library, cwd=tmp_path, env=here)
    found = [json.loads(line) for line in printed.splitlines()]
    assert [line["table"] for line in found] == TABLES
    for line in found:
        rows = plain_rows(line["table"])
        assert line == {"table": line["table"], "loaded": rows, "parquet": rows, "csv": len(rows)}


@pytest.mark.parametrize(
    ("read", "cure"), [(pl.read_parquet, "`glob=False`"), (duckdb.read_parquet, "`[[]`")], ids=["polars", "duckdb"]
)
def test_the_guide_says_where_a_bracket_is_a_pattern(read: Callable[[str], Any], cure: str, tmp_path: Path) -> None:
    copy_checkout(tmp_path / "a[1] b")
    put_neighbour(tmp_path / "a1 b")
    assert len(read(f"{tmp_path}/a[1] b/{path_of('talks', 'parquet')}")) == len(plain_rows("ballots"))
    assert cure in GUIDE.partition("\n## Traps\n")[2]
