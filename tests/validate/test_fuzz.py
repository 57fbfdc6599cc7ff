"""`ceasefire-talks validate` on random damage: lines that name files, no traceback, valid only where the values are."""

import random
from pathlib import Path
from typing import Any

import duckdb
import pytest

from ceasefire_talks.cli import main
from ceasefire_talks.validate.files import escape_glob
from copies import copy_files
from packages import FILES, read_rows

pytestmark = pytest.mark.usefixtures("remembered")
FLIPS = 6


def flip(content: bytes, chance: random.Random) -> bytes:
    """Return bytes of which one or three have a bit turned."""
    flipped = bytearray(content)
    for _ in range(chance.choice([1, 1, 3])):
        flipped[chance.randrange(len(flipped))] ^= 1 << chance.randrange(8)
    return bytes(flipped)


def read_values(package: Path, name: str) -> list[Any]:
    """Return the values of a file; what DuckDB does not look at in Parquet holds none."""
    if name.endswith(".parquet"):
        return duckdb.read_parquet(escape_glob(package / name)).fetchall()
    return read_rows(package / name)


@pytest.mark.parametrize("seed", range(4))
def test_flipped_bytes_never_end_in_a_traceback(tmp_path: Path, capsys: pytest.CaptureFixture[str], seed: int) -> None:
    chance, package = random.Random(seed), copy_files(tmp_path / "package")
    for _ in range(FLIPS):
        name = chance.choice(FILES)
        kept = (package / name).read_bytes()
        values = read_values(package, name)
        (package / name).write_bytes(flip(kept, chance))
        code = main(["validate", str(package)])
        out, err = capsys.readouterr()
        assert err == ""
        assert code == (0 if out.startswith("valid: ") else 1)
        if code:
            assert all(
                line.startswith("data/") or line.endswith(" rows in all, 20 shown") for line in out.splitlines()
            ), out
        else:
            assert read_values(package, name) == values, name
        (package / name).write_bytes(kept)
