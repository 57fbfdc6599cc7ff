"""What is measured of corpora: steps of the command line, rows that take the place of older ones, the pictures."""

from pathlib import Path
from typing import Any

import pytest

from maintain import scale
from maintain.scale import keep, read_step
from maintain.scale_picture import write_pictures


def figure(tool: str, cpu: float) -> dict[str, Any]:
    return {"format": "csv", "evidence": 1000, "tool": tool, "rows": 2000, "cpu": cpu, "memory": 100}


def test_a_step_is_a_format_and_a_size() -> None:
    assert read_step("parquet:10000000") == ("parquet", 10_000_000)


@pytest.mark.parametrize(("text", "wrong"), [("csv", "''"), ("xlsx:10", "xlsx"), ("csv:many", "'many'")])
def test_another_step_is_refused(text: str, wrong: str) -> None:
    with pytest.raises(ValueError, match=wrong):
        read_step(text)


def test_a_row_takes_the_place_of_an_older_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scale, "RESULT", tmp_path / "scale.yaml")
    keep([figure("validate", 9.5), figure("plain read", 1.5)])
    assert keep([figure("validate", 5.5)]) == [figure("plain read", 1.5), figure("validate", 5.5)]
    assert keep([]) == [figure("plain read", 1.5), figure("validate", 5.5)]


def test_the_pictures_name_every_tool(tmp_path: Path) -> None:
    write_pictures([figure("plain read", 1.5), figure("validate", 5.5)], tmp_path)
    for name in ("scale-light.svg", "scale-dark.svg"):
        svg = (tmp_path / name).read_text("utf-8")
        assert ">plain read<" in svg
        assert ">validate<" in svg
        assert "validate, 1,000 rows of evidence in csv: 5.5 s, 100 MB." in svg
