"""Spark answers as DuckDB does: each thing in which the two differ, and the verdict on a corpus of every fault."""

import json
import os
import re
import subprocess
from pathlib import Path
from typing import Any

import duckdb
import pytest
import yaml

from ceasefire_talks.build import Built
from ceasefire_talks.checks.rule_views import MACROS
from ceasefire_talks.validate import validate_folder
from ceasefire_talks.validate.told import to_json
from environments import run
from faulty import COPIES, TABLES, break_between, put_cases, sound_tables
from helpers import DECLARED, ROOT, without_views
from maintain.corpus import Plan, write_corpus
from maintain.faults import plant
from rule_cases import BETWEEN_ROWS, ROWS

pytestmark = pytest.mark.services  # Spark, in an environment of its own
PYTHON = ROOT / ".venv-spark" / "bin" / "python"
SETTINGS = {"SPARK_CONF_DIR": str(Path(__file__).with_name("spark"))}
CASES = yaml.safe_load(Path(__file__).with_name("engines.yaml").read_text("utf-8"))


@pytest.fixture(scope="module")
def spark() -> Path:
    """Return the Python that has Spark."""
    if not PYTHON.exists():
        pytest.skip("Spark is not installed (.venv-spark, see .ci/run), so it was not tried")
    return PYTHON


@pytest.fixture(scope="module")
def answers(spark: Path) -> dict[str, Any]:
    """Return what Spark answers to each case, and the functions that have to have one."""
    asked = json.dumps([[case.get("given", MACROS), case["query"]] for case in CASES])
    lines = run(
        spark, ROOT / "tests" / "validate" / "ask_spark.py", input=asked, env=os.environ | SETTINGS
    ).splitlines()
    names = ["functions", *(case["name"] for case in CASES)]
    return dict(zip(names, map(json.loads, lines), strict=True))


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_both_answer_alike(case: dict[str, Any], answers: dict[str, Any]) -> None:
    with duckdb.connect() as connection:
        connection.execute(case.get("given", MACROS))
        rows = connection.execute(case["query"]).fetchall()
    due = json.loads(json.dumps(sorted(rows, key=repr), default=str))
    assert due == case["rows"]
    assert answers[case["name"]] == due


def test_each_function_that_differs_has_a_case(answers: dict[str, Any]) -> None:
    words = {word for case in CASES for word in re.findall(r"\w+", case["query"])}
    assert set(answers["functions"]) - words == set()


def make_corpus(folder: Path, built: Built, kind: str) -> Path:
    """Write a corpus of every fault: of CSV, of rows by themselves, of Parquet, between rows."""
    sound = sound_tables(built)
    plan = Plan(range(COPIES), 2, kind, seed=1)
    if kind == "parquet":
        write_corpus(folder, break_between(sound, BETWEEN_ROWS), DECLARED, plan)
    else:
        faults = [*put_cases(sound, ROWS), *plant(sound, DECLARED, plan.copies, kind, plan.seed, 600)]
        write_corpus(folder, sound, DECLARED, plan._replace(faults=faults))
    return folder


def validate_in_spark(python: Path, folder: Path, *options: str) -> tuple[int, str]:
    """Return the exit code and what is printed."""
    program = python.with_name("ceasefire-talks")
    command = [str(program), "validate", str(folder), "--engine", "spark", "--json", *options]
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=os.environ | SETTINGS)
    return done.returncode, done.stdout or done.stderr.splitlines()[-1]


@pytest.mark.parametrize("kind", ["csv", "parquet"])
def test_the_verdict_on_every_fault_is_the_same(spark: Path, built: Built, tmp_path: Path, kind: str) -> None:
    folder = make_corpus(tmp_path, built, kind)
    code, printed = validate_in_spark(spark, folder, "--master", "local[2]")
    due = to_json(*validate_folder(folder, DECLARED))
    assert (code, json.loads(printed)) == (1, json.loads(due))
    assert len({broken["rule"] for broken in json.loads(due)["broken"]}) > (30 if kind == "csv" else 25)


REFUSED = {
    "a master that is none": (
        ["--master", "nonsense"],
        "nonsense: is no master of Spark; give local[*], spark://HOST:PORT, yarn or k8s://URL",
    ),
    "columns that SQL adds": (
        ["--master", "local[2]"],
        "Spark judges tables of one format, without columns that SQL adds, and no words of a source",
    ),
}


@pytest.mark.parametrize(("options", "said"), REFUSED.values(), ids=REFUSED)
def test_what_spark_does_not_judge_is_one_sentence(spark: Path, options: list[str], said: str) -> None:
    assert validate_in_spark(spark, ROOT, *options) == (2, f"ceasefire-talks: {said}")


def test_a_part_that_cannot_be_read_is_named(spark: Path, built: Built, tmp_path: Path) -> None:
    tables = without_views(built.tables, DECLARED)
    write_corpus(tmp_path, {name: tables[name] for name in TABLES}, DECLARED, Plan(range(1), 1, "csv"))
    path = tmp_path / "talks" / "0000.csv"
    path.write_bytes(path.read_bytes().replace(b"Hamas", b"Ham\xe4s", 1))
    code, printed = validate_in_spark(spark, tmp_path, "--master", "local[2]")
    unread = {"place": "talks/0000.csv", "rule": "encoding", "message": "is not UTF-8; save the file as UTF-8"}
    assert (code, json.loads(printed)["unread"]) == (1, [unread])
