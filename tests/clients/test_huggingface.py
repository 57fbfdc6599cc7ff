"""The card for Hugging Face: every configuration loads, offline, with the rows of its table."""

import json
import os
from pathlib import Path

import pytest

from ceasefire_talks.exports.huggingface import to_configs
from environments import make_environment, plain_rows, run
from helpers import DECLARED, ROOT, TABLES

pytestmark = pytest.mark.services


def test_every_configuration_loads(tmp_path: Path) -> None:
    folder = tmp_path / "card"
    folder.mkdir()
    (folder / "README.md").write_text(f"---\n{to_configs(DECLARED)}---\n", "utf-8")
    (folder / "data").symlink_to(ROOT / "data")
    python = make_environment(tmp_path / "environment", "datasets>=4,<5")
    offline = os.environ | {"HF_HUB_OFFLINE": "1", "HF_HOME": str(tmp_path / "home")}
    printed = run(python, "-I", Path(__file__).parent / "load_configs.py", folder, env=offline)
    loaded = [json.loads(line) for line in printed.splitlines()]
    assert [name for name, _ in loaded] == [None, *TABLES]
    for name, rows in loaded:
        assert rows == plain_rows(name or "talks"), name
