"""The build: records -> tables -> checks -> files. Nothing is written before every check has passed."""

from pathlib import Path
from typing import NamedTuple

import polars as pl

from ceasefire_talks.checks import check_schema, check_tables, count_checks
from ceasefire_talks.checks.spans import check_text
from ceasefire_talks.declaration import Declaration, declaration, published
from ceasefire_talks.files.codebook import to_codebook
from ceasefire_talks.files.descriptor import FORMATS, data_path, file_metadata, to_citation, to_descriptor
from ceasefire_talks.files.formats import to_csv, to_parquet
from ceasefire_talks.files.workbook import to_xlsx
from ceasefire_talks.problems import ECHO, Problem, Where
from ceasefire_talks.records.metadata import Project, read_said
from ceasefire_talks.records.read import Row, read_records
from ceasefire_talks.tables.database import add_views, to_datasette, to_sqlite
from ceasefire_talks.tables.schemas import code_lists
from ceasefire_talks.tables.tabulate import Tables, tabulate
from ceasefire_talks.write import DESCRIPTOR, Files


class Built(NamedTuple):
    """What a build came to: the tables with their views, every problem, and how many spans were checked in the text."""

    tables: Tables
    problems: list[Problem]
    spans: int
    declared: Declaration


def build_tables(root: Path, text: str | None = None, declared: Declaration | None = None) -> Built:
    """Read and check the records below `root`; with the text of the article, every offset is checked against it."""
    declared = declared or declaration()
    records = read_records(root, declared)
    tables, written, mistyped = tabulate(records, declared)
    where = place_of(written)
    problems = read_said(root)[1] + records.problems + mistyped
    problems += (found for found in check_tables(tables, declared, where, records.partial) if found.place != ECHO)
    spans = 0
    if text is not None and not problems:
        problems, spans = check_text(text, tables, where)
    if not problems:
        tables = add_views(tables, declared)
        codes = code_lists(tables["codes"])
        views = [name for name in tables if declared[name].get("view")]
        problems = [
            problem for name in views for problem in check_schema(name, tables[name], declared[name], codes, where)
        ]
    return Built(tables, problems, spans, declared)


def place_of(written: dict[str, list[Row]]) -> Where:
    """Return how to find the file and line of a cell, or of its row where the cell is not written.

    What is found in a cell that could not be read or derived, or in a row that repeats a span of its parent, has no
    place: it only follows from a problem that is reported already.
    """

    def where(table: str, index: int, field: str, *others: str) -> str:
        if table not in written:
            return table
        row = written[table][index]
        if row.inherited or row.refused.intersection((field, *others)):
            return ECHO
        cell = row.cells.get(field)
        return f"{row.file}:{cell.line if cell else row.line}"

    return where


def render(project: Project, tables: Tables, declared: Declaration) -> Files:
    """Return every published file as bytes, by its path from the root of the package."""
    from ceasefire_talks.files.pictures import to_pictures  # noqa: PLC0415 - a library for drawing, which checking does without

    metadata = file_metadata(project)
    files: Files = {}
    for name, table in published(declared).items():
        files[data_path(name, "csv")] = to_csv(tables[name])
        files[data_path(name, "parquet")] = to_parquet(tables[name], table, metadata)
    files["data/codebook.md"] = to_codebook(project, tables, declared)
    files |= to_pictures(tables)
    files["CITATION.cff"] = to_citation(project)
    files[DESCRIPTOR] = to_descriptor(project, tables, declared, files)
    return files


def render_exports(project: Project, tables: Tables, declared: Declaration) -> Files:
    """Return one file for each habit as bytes: Excel, SQLite, and what opens it in Datasette, for `dist/`."""
    name = project["name"]
    return {
        f"{name}.xlsx": to_xlsx(project, tables, declared),
        f"{name}.sqlite": to_sqlite(tables, declared),
        f"{name}.metadata.json": to_datasette(project, declared),
    }


def summary(built: Built, files: Files) -> list[str]:
    """Return a line per table with rows, checks and files, then coverage and what was checked against the text."""
    codes = code_lists(built.tables["codes"])
    lines = []
    for name, table in published(built.declared).items():
        sizes = " + ".join(f"{kind} {len(files[data_path(name, kind)]) / 1000:.1f} kB" for kind in FORMATS)
        lines.append(
            f"{name:18} {built.tables[name].height:5} rows  {count_checks(name, table, codes):3} checks  {sizes}"
        )
    record, share = coverage(built.tables)
    lines.append(
        f"{built.tables['passages'].height} passages, {record} with records; {share:.0%} of their text under a span"
    )
    checked = f"{built.spans} spans checked against the text" if built.spans else "spans not checked: no --source given"
    return [*lines, checked]


def coverage(tables: Tables) -> tuple[int, float]:
    """Return how many passages are records, and the share of their characters that lies under any span."""
    record = tables["passages"].filter(kind="record")
    characters = {at for start, end in record.select("start", "end").iter_rows() for at in range(start, end)}
    spans = pl.concat([tables[name].select("start", "end") for name in ("evidence", "readings")])
    covered = {at for start, end in spans.iter_rows() for at in range(start, end)}
    return record.height, len(characters & covered) / len(characters)
