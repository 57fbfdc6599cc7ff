"""Same records, same bytes: on another day, in another time zone, locale, umask, hash seed and folder."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from helpers import ROOT
from packages import BUILT, copy_checkout

FAKETIME = next(Path("/usr/lib").glob("*/faketime/libfaketime.so.1"), None)
ANOTHER_DAY = {"FAKETIME": "@2031-02-03 04:05:06", "LD_PRELOAD": str(FAKETIME), "DONT_FAKE_MONOTONIC": "1"}
BUILD = (
    "import sys, time; from ceasefire_talks.cli import main; print(time.gmtime().tm_year); sys.exit(main(['build']))"
)


@pytest.mark.parametrize(
    ("folder", "umask", "environment"),
    [
        pytest.param(
            "mit Leerzeichen",
            0o077,
            {"TZ": "Pacific/Kiritimati", "LC_ALL": "C", "PYTHONHASHSEED": "1", "PYTHONUTF8": "0"},
            id="C",
        ),
        pytest.param(
            "Ümläute محادثات",
            0,
            {"TZ": "America/St_Johns", "LC_ALL": "de_DE.UTF-8", "LANG": "de_DE.UTF-8", "PYTHONHASHSEED": "2"},
            id="German",
        ),
        pytest.param(
            "2031",
            0o022,
            ANOTHER_DAY,
            id="another day",
            marks=[
                pytest.mark.services,
                pytest.mark.skipif(FAKETIME is None, reason="libfaketime is not here: apt-get install faketime"),
            ],
        ),
    ],
)
def test_a_build_gives_the_committed_bytes(
    tmp_path: Path, folder: str, umask: int, environment: dict[str, str]
) -> None:
    root = copy_checkout(tmp_path / folder)
    for name in BUILT:
        (root / name).unlink()
    for name in ("data/csv", "data/parquet", "data/pictures", "data/schemas", ".vscode"):
        shutil.rmtree(root / name)
    everything = os.environ | environment | {"PYTHONPATH": str(root / "scripts"), "PYTHONDONTWRITEBYTECODE": "1"}
    command = [sys.executable, "-c", BUILD]
    result = subprocess.run(command, cwd=root, env=everything, umask=umask, capture_output=True, check=False)
    assert (result.returncode, result.stderr) == (0, b"")
    assert result.stdout.startswith(b"2031\n") is (environment is ANOTHER_DAY)
    assert [name for name in BUILT if (root / name).read_bytes() != (ROOT / name).read_bytes()] == []
    assert {(root / name).stat().st_mode & 0o777 for name in BUILT} == {0o666 & ~umask}
