"""A corpus of any size, shaped like this package: `python -m maintain.corpus FOLDER --evidence 1000000`.

The coded article is copied with new ids, as if many articles had been coded by the same codebook: each copy is a source
with passages and spans of its own, with other letters in its texts, and with actors of which some are all the copies',
others those of a group of copies, few groups having most. What is not read in the article (the talks, the codes) stands
once. All rules hold, and the same arguments give the same bytes.
"""

import argparse
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import duckdb
import polars as pl

from ceasefire_talks.declaration import Declaration, Field, base_fields, declaration
from ceasefire_talks.tables.tabulate import Tables
from ceasefire_talks.validate.files import SQL_TYPES
from maintain.faults import Fault, plant
from maintain.templates import COPY, GROUP, PROSE, VARIANTS, make_templates, mark_rows, number_copies, read_package

SAYS_WHICH = (  # texts that tell a copy's row from that of the others: their variants are not as many as the copies
    *(("events", "summary"), ("demands", "statement"), ("mediators", "limited_by"), ("quotes", "gloss")),
    *(("claims", "statement"), ("leverage", "statement"), ("assessments", "proposition")),
)
OWN = {  # what each copy has of its own, by the column
    **dict.fromkeys(SAYS_WHICH, "concat_ws(' ', {made}, tag)"),
    ("passages", "sha256"): "sha256(concat_ws('/', tag, _n, {seed}))",
    ("passages", "link"): "'https://example.org/' || tag || regexp_extract(link, '#.*')",
    ("sources", "sha256"): "sha256(concat_ws('/', tag, {seed}))",
    ("sources", "url"): "'https://example.org/' || tag",
    ("actors", "name"): "name || replace(suffix, '_', ' ')",
}


class Plan(NamedTuple):
    """What is to be written: which copies, how many a part holds, in which format, by which seed, and what wrong."""

    copies: Sequence[int]
    per_part: int
    kind: str = "parquet"
    seed: int = 1
    faults: Sequence[Fault] = ()


def fill(field: Field, name: str, template: pl.DataFrame, plan: Plan) -> str:
    """Return the expression that makes a cell of a copy from that of the template."""
    column = field["name"]
    if column in PROSE:
        head, tail = (f"CASE WHEN c = 0 THEN 0 ELSE ({turn}) % {VARIANTS} END" for turn in TURNS)
        made = f"{column}[1 + {head}] || {column}_tail[1 + {tail}]"
    elif template.schema[column] == pl.String and template[column].str.contains(f"[{COPY}{GROUP}]").any():
        made = f"replace(replace({column}, chr(2), tag), chr(1), suffix)"
    else:
        made = column
    if (name, column) in OWN:
        made = f"CASE WHEN c = 0 THEN {made} ELSE {OWN[name, column].format(made=made, seed=plan.seed)} END"
    faults = [fault for fault in plan.faults if (fault.table, fault.column) == (name, column)]
    if faults:
        made = f"({made})::VARCHAR"
        wrong = (f"WHEN c = {fault.copy} AND _n = {fault.row} THEN {fault.wrong.format(cell=made)}" for fault in faults)
        made = f"CASE {' '.join(wrong)} ELSE {made} END"
        made = made if plan.kind == "csv" else f"CAST({made} AS {SQL_TYPES[field['type']]})"
    return f'{made} AS "{column}"'


TURNS = ("c * 7 + _n * 5", "c // 31 + _n * 3 + c * 11")


def write_corpus(target: Path, tables: Tables, declared: Declaration, plan: Plan) -> None:
    """Write the tables of a corpus as folders of parts."""
    templates = make_templates(tables, declared, plan.seed)
    numbered = number_copies(plan.copies)
    starts = range(0, numbered.height, plan.per_part)
    with duckdb.connect(config={"threads": 1}) as connection:
        for name, template in templates.items():
            folder = target / name
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir(parents=True)
            connection.register("template", mark_rows(name, template, declared[name]).to_arrow())
            parts = [(numbered.slice(start, plan.per_part), "is_copied OR c = 0") for start in starts]
            parts.append(
                (
                    numbered.filter(pl.col("suffix") != "").unique("suffix", maintain_order=True, keep="first"),
                    "is_grouped",
                )
            )
            twice = [fault for fault in plan.faults if fault.table == name and not fault.column]
            if twice:
                these = ", ".join(f"({fault.copy}, {fault.row})" for fault in twice)
                parts.append((numbered, f"(c, _n) IN ({these})"))
            cells = ", ".join(fill(field, name, template, plan) for field in base_fields(declared[name]))
            for number, (copies, wanted) in enumerate(parts):
                write_part(
                    connection,
                    folder / f"{number:04d}.{plan.kind}",
                    copies,
                    f"SELECT {cells} FROM copies, template WHERE {wanted} ORDER BY c, _n",
                )


def write_part(connection: duckdb.DuckDBPyConnection, path: Path, copies: pl.DataFrame, query: str) -> None:
    """Write the rows of a query over copies as a part, if there are any, or it is the first."""
    connection.register("copies", copies.to_arrow())
    options = "FORMAT csv, HEADER" if path.suffix == ".csv" else "FORMAT parquet, COMPRESSION snappy"
    [(count,)] = connection.execute(f"COPY ({query}) TO '{path}' ({options})").fetchall()
    if not count and path.stem != "0000":
        path.unlink()


def main() -> None:
    """Write a corpus with so many rows of evidence."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--evidence", type=int, default=1_000_000, metavar="ROWS", help="rows of evidence, about")
    parser.add_argument("--part", type=int, default=1_000_000, metavar="ROWS", help="rows of evidence in a part, about")
    parser.add_argument("--format", choices=("parquet", "csv"), default="parquet")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--faults", type=int, default=0, metavar="N", help="how many cells to set wrong")
    options = parser.parse_args()
    declared = declaration()
    tables = read_package(declared)
    copies = range(-(-options.evidence // tables["evidence"].height))
    plan = Plan(copies, max(1, options.part // tables["evidence"].height), options.format, options.seed)
    faults = list(plant(tables, declared, copies, options.format, options.seed, options.faults))
    write_corpus(options.folder, tables, declared, plan._replace(faults=faults))


if __name__ == "__main__":
    main()
