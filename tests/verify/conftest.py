"""A package to compare with a rebuild."""

from pathlib import Path

import pytest

from ceasefire_talks.files import Files
from ceasefire_talks.write import write_files


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("package")


@pytest.fixture
def root(folder: Path, rendered: Files) -> Path:
    """Return a folder with every built file, to change one of them; the next test finds it mended."""
    write_files(folder, rendered)
    return folder
