"""What each reader makes of the files is what the codebook says."""

import shutil

import pytest
import yaml

from compatibility import READERS, READERS_FOLDER, RESULT, read_back

RECORDED = {row.pop("reader"): row for row in yaml.safe_load(RESULT.read_text("utf-8"))}


def test_every_reader_is_in_the_codebook() -> None:
    assert list(RECORDED) == list(READERS)


@pytest.mark.parametrize("reader", READERS)
def test_reader_makes_of_each_type_what_is_recorded(reader: str) -> None:
    if reader == "CSV: R readr" and not shutil.which("Rscript"):
        pytest.skip("R is not installed, so readr was not tried")
    if reader == "Parquet: hyparquet" and not (READERS_FOLDER / "node_modules").exists():
        pytest.skip("hyparquet is not installed (npm install in tests/readers), so JavaScript was not tried")
    assert read_back(reader) == RECORDED[reader]
