"""What it takes to judge a corpus, beside a plain read: `python -m maintain.scale FOLDER csv:1000000 parquet:10000000`.

Each step makes its corpus, if it is not in the folder, runs every tool that can bear it in turn, each in a process of
its own, and puts the least of the runs into `data/measured/scale.yaml`, so that steps can be run apart, and again; the
pictures in `.github/` are drawn from all that stands there.
"""

import argparse
import os
import subprocess
import sys
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from ceasefire_talks.declaration import Table, base_fields, declaration, published
from ceasefire_talks.validate.files import READ, SQL_TYPES, find_parts
from maintain.corpus import Plan, write_corpus
from maintain.scale_picture import write_pictures
from maintain.scale_tools import TOOLS
from maintain.templates import ROOT, read_package

RESULT, PICTURES = ROOT / "data" / "measured" / "scale.yaml", ROOT / ".github"
KEY = ("format", "evidence", "tool")
ROUNDS = 7
PART = 1_000_000  # rows of evidence in a part, about
MEGABYTE = 1024  # kilobytes


class Run(NamedTuple):
    """What one run took: seconds of the processor, and the most memory in megabytes."""

    cpu: float
    memory: int


def write_plain_read(folder: Path, kind: str) -> str:
    """Return the statements that decode and hash every cell."""
    statements = []
    for name, table in published(declaration()).items():
        hashes = ", ".join(f'bit_xor(hash("{field["name"]}"))' for field in base_fields(table))
        statements.append(f"SELECT {hashes} FROM {source_of(folder, kind, name, table)}")
    return ";\n".join(statements)


def source_of(folder: Path, kind: str, name: str, table: Table) -> str:
    """Return the files of a table as DuckDB reads them, with their types."""
    paths = [str(path) for path in find_parts(folder, declaration(), kind)[name]]
    if kind == "parquet":
        return f"read_parquet({paths})"
    types = {field["name"]: SQL_TYPES[field["type"]] for field in base_fields(table)}
    return f"read_csv({paths}, auto_detect = false, header = true, columns = {types})"


def write_by_hand(folder: Path, kind: str) -> str:
    """Return what one writes by hand to judge evidence alone: predicates, the key and two references."""
    tables = published(declaration())
    views = [
        f"CREATE VIEW {name} AS FROM {source_of(folder, kind, name, tables[name])}"
        for name in ("evidence", "passages", "sources")
    ]
    return ";\n".join([*views, *(f"SELECT error('a row is wrong') {wrong}" for wrong in BY_HAND)])


BY_HAND = (
    """FROM evidence WHERE table_name IS NULL OR row_id IS NULL OR source_id IS NULL
    OR passage_id IS NULL OR start_offset IS NULL OR end_offset IS NULL OR start_offset < 0 OR end_offset < 1
    OR end_offset <= start_offset OR regexp_matches(row_id, '^ | $|  |^[=+@-]|[[:cntrl:]]')""",
    """FROM evidence GROUP BY table_name, row_id, source_id, passage_id, start_offset, end_offset
    HAVING count(*) > 1""",
    "FROM evidence ANTI JOIN passages USING (passage_id)",
    "FROM evidence ANTI JOIN sources USING (source_id)",
)
SCRIPTS = {"plain read": write_plain_read, "SQL by hand": write_by_hand}


def measure(tool: str, folder: Path, kind: str) -> Run:
    """Run a tool in a process of its own."""
    command = [sys.executable, "-m", "maintain.scale_tools", tool, str(folder), kind]
    before = os.times()
    run = subprocess.run(
        command,
        input=SCRIPTS[tool](folder, kind) if tool in SCRIPTS else "",
        stdout=subprocess.PIPE,
        text=True,
        check=False,
    )
    after = os.times()
    if run.returncode:
        raise ValueError(f"{tool} failed on {folder}")
    cpu = after.children_user + after.children_system - before.children_user - before.children_system
    return Run(round(cpu, 2), int(run.stdout) // MEGABYTE)


def make_corpus(folder: Path, kind: str, evidence: int) -> int:
    """Write a corpus, if it is not there, and return how many rows its tables have."""
    import duckdb  # noqa: PLC0415

    declared = declaration()
    if not folder.exists():
        tables = read_package(declared)
        height = tables["evidence"].height
        write_corpus(folder, tables, declared, Plan(range(-(-evidence // height)), max(1, PART // height), kind))
    sources = (source_of(folder, kind, name, table) for name, table in published(declared).items())
    return sum(duckdb.execute(f"SELECT count(*) FROM {source}").fetchall()[0][0] for source in sources)


def measure_step(folder: Path, kind: str, evidence: int, rounds: int) -> list[dict[str, Any]]:
    """Return the least that each tool took of one corpus; in each round all tools run, one behind the other."""
    corpus = folder / f"{kind}-{evidence}"
    rows = make_corpus(corpus, kind, evidence)
    tools = [tool for tool, (_, most) in TOOLS.items() if evidence <= most.get(kind, evidence)]
    runs = [{tool: measure(tool, corpus, kind) for tool in tools} for _ in range(rounds)]
    step = {"format": kind, "evidence": evidence}
    least = {tool: {name: min(getattr(run[tool], name) for run in runs) for name in Run._fields} for tool in tools}
    return [step | {"tool": tool, "rows": rows} | least[tool] for tool in tools]


def keep(measured: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Put rows into the table, in the place of older ones, and return all of it."""
    known = yaml.safe_load(RESULT.read_text("utf-8")) if RESULT.exists() else []
    named = {tuple(row[name] for name in KEY): row for row in [*known, *measured]}
    rows = sorted(named.values(), key=lambda row: (row["format"], row["evidence"], list(TOOLS).index(row["tool"])))
    lines = [f"- {yaml.safe_dump(row, sort_keys=False, default_flow_style=True, width=1000)}" for row in rows]
    RESULT.write_text("".join(lines), "utf-8")
    return rows


def read_step(text: str) -> tuple[str, int]:
    """Return the format and the rows of evidence of a step."""
    kind, _, evidence = text.partition(":")
    if kind not in READ:
        raise ValueError(text)
    return kind, int(evidence)


def main() -> None:
    """Measure every tool on each corpus."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, help="where corpora are made")
    parser.add_argument("steps", nargs="+", type=read_step, metavar="FORMAT:ROWS", help="csv or parquet, and its size")
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    options = parser.parse_args()
    for kind, evidence in options.steps:
        measured = measure_step(options.folder, kind, evidence, options.rounds)
        for row in measured:
            print(f"{kind} {evidence:>11,} {row['tool']:18} {row['cpu']:8.2f} s of the processor {row['memory']:6} MB")
        write_pictures(keep(measured), PICTURES)


if __name__ == "__main__":
    main()
