"""What cannot be judged at all is told in one sentence, with exit code 2."""

import subprocess
import sys
from pathlib import Path

import pytest

from ceasefire_talks.cli import main
from helpers import ROOT


def test_what_cannot_be_judged_is_one_sentence(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["validate", str(ROOT), "--memory", "much"]) == 2
    out, err = capsys.readouterr()
    assert (out, len(err.splitlines())) == ("", 1)
    assert err.startswith("ceasefire-talks: ")


def test_without_spark_it_is_one_sentence(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setitem(sys.modules, "py4j", None)
    assert main(["validate", str(ROOT), "--engine", "spark"]) == 2
    cure = "pip install 'ceasefire-talks[spark]' in an environment of its own"
    assert capsys.readouterr() == ("", f"ceasefire-talks: Spark is not installed; {cure}\n")


def test_what_is_no_package_gets_one_sentence(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["validate", str(tmp_path)]) == 2
    out, err = capsys.readouterr()
    assert (out, err) == (
        "",
        f"ceasefire-talks: {tmp_path}: holds no table; give the folder of the package, unpacked\n",
    )


def test_without_the_build_extra_it_is_one_sentence() -> None:
    """Isolated and without site-packages: the standard library alone."""
    code = f"import sys; sys.path.insert(0, {str(ROOT / 'scripts')!r}); from ceasefire_talks.cli import main; "
    command = [sys.executable, "-I", "-S", "-c", f"{code}sys.exit(main(['validate', {str(ROOT)!r}]))"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    sentence = (
        "yaml is not installed; pip install 'ceasefire-talks[build]', or in a checkout: pip install -r requirements.txt"
    )
    assert (done.returncode, done.stdout, done.stderr) == (2, "", f"ceasefire-talks: {sentence}\n")
