"""What each reader makes of the files is what the codebook says."""

import shutil

import pytest
import yaml

from maintain.readers import READERS, READERS_FOLDER, RESULT, read_back

OTHER_LANGUAGES = ("Parquet: hyparquet", "CSV: R readr")
RECORDED = {row.pop("reader"): row for row in yaml.safe_load(RESULT.read_text("utf-8"))}


def test_every_reader_is_in_the_codebook() -> None:
    assert list(RECORDED) == list(READERS)


@pytest.mark.parametrize(
    "reader",
    [pytest.param(name, marks=[pytest.mark.services] if name in OTHER_LANGUAGES else []) for name in READERS],
)
def test_reader_makes_of_each_type_what_is_recorded(reader: str) -> None:
    if reader == "CSV: R readr" and not shutil.which("Rscript"):
        pytest.skip("R is not installed, so readr was not tried")
    if reader == "Parquet: hyparquet" and not (READERS_FOLDER / "node_modules").exists():
        pytest.skip("hyparquet is not installed (npm install in tests/readers), so JavaScript was not tried")
    assert read_back(reader) == RECORDED[reader]
