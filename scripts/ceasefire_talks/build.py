"""The build: records -> tables -> checks -> files. Nothing is written before every check has passed."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

import polars as pl

from ceasefire_talks.checks import check_tables
from ceasefire_talks.checks.cells import check_cells, count_checks
from ceasefire_talks.checks.prose import check_prose
from ceasefire_talks.checks.spans import Source, check_source, find_source, tell_source
from ceasefire_talks.declaration import Declaration, base_fields, declaration, has_span, published
from ceasefire_talks.explorer import to_explorer
from ceasefire_talks.files import FORMATS, Files, data_path, render_tables
from ceasefire_talks.files.codebook import to_codebook
from ceasefire_talks.files.descriptor import file_metadata, to_citation, to_descriptor, to_schemas
from ceasefire_talks.files.editor import to_editor
from ceasefire_talks.files.workbook import to_xlsx
from ceasefire_talks.installed import DESCRIPTOR, EXPLORER
from ceasefire_talks.problems import Finding, Problem, Where
from ceasefire_talks.records.metadata import Package, read_chapters
from ceasefire_talks.records.project import check_project
from ceasefire_talks.records.read import RECORDS, read_records
from ceasefire_talks.records.rows import Row
from ceasefire_talks.tables.codes import code_lists
from ceasefire_talks.tables.tabulate import Tables, Tabulated, tabulate
from ceasefire_talks.tables.views import add_views, has_view

MEASURED = "data/measured"


class Built(NamedTuple):
    """What a build came to: the whole tables, every problem, and what was compared with the text of a source."""

    tables: Tables
    problems: list[Problem]
    compared: str
    declared: Declaration


def build_tables(root: Path, text: str | None = None, declared: Declaration | None = None) -> Built:
    """Read and check the records below `root`; with the text of the article, every offset is checked against it."""
    declared = declared or declaration()
    records = read_records(root, declared, RECORDS, MEASURED)
    tabulated = tabulate(records, declared)
    tables, where = tabulated.tables, place_of(tabulated.written)
    findings = check_tables(tables, declared, where, records.partial)
    problems = records.problems + tabulated.problems + list(place_findings(findings, tabulated, where))
    if not records.partial:
        problems += check_prose(read_chapters(root), tables, declared)
    if not problems:
        problems += check_project(root, tables["package"].row(0, named=True), where("package", 0, "licence"))
    compared = ""
    if text is not None and not problems:
        source = find_source(text, tables)
        findings_in_text, spans = check_source(source, tables, declared)
        problems = list(place_findings(findings_in_text, tabulated, where)) + list(miss_sentences(source))
        compared = tell_source(source, spans)
    if not problems:
        tables = add_views(tables, declared)
        problems = list(place_findings(check_views(tables, declared), tabulated, where))
    return Built(tables, problems, compared, declared)


def miss_sentences(source: Source) -> Iterator[Problem]:
    """Yield a problem where a text lacks sentences of its source."""
    missing = source.sentences - len(source.passages)
    if missing:
        message = f"{missing} of {source.sentences} sentences of {source.source_id} are not in the text given"
        yield Problem("--source", "source", f"{message}; it is another text, or was altered")


def check_views(tables: Tables, declared: Declaration) -> Iterator[Finding]:
    """Yield what is wrong with the columns that SQL has added."""
    codes = code_lists(tables["codes"])
    for name, frame in tables.items():
        if has_view(declared[name]):
            coded = [field["name"] for field in base_fields(declared[name])]
            added = frame.select(pl.exclude(*set(coded) - set(declared[name]["primaryKey"])))
            yield from check_cells(name, added, declared[name], codes)


def place_of(written: dict[str, list[Row]]) -> Where:
    """Return how to find the file and line of a cell, or of its row where the cell is not written."""

    def where(table: str, row: int, field: str) -> str:
        record = written[table][row]
        cell = record.cells.get(field)
        return f"{record.file}:{cell.line if cell else record.line}"

    return where


def place_findings(findings: Iterable[Finding], tabulated: Tabulated, where: Where) -> Iterator[Problem]:
    """Yield findings with their places, but for those that only follow from a cell that was refused already."""
    for finding in findings:
        refused = tabulated.refused[finding.table][finding.row]
        if not refused.intersection((finding.field, *finding.others)):
            place = where(finding.table, finding.row, finding.field)
            yield Problem(place, finding.rule, finding.message)


def render(package: Package, tables: Tables, declared: Declaration) -> Files:
    """Return every built file as bytes, by its path from the root of the checkout; the descriptor is the last.

    It does not name what only coders need: the schemas that an editor reads.
    """
    from ceasefire_talks.files.pictures import to_pictures  # noqa: PLC0415 - a second of imports to draw

    files = render_tables(tables, declared, file_metadata(package))
    files |= to_schemas(tables, declared)
    files |= to_codebook(package, tables, declared)
    files[f"data/{package.name}.xlsx"] = to_xlsx(package, tables, declared)
    files[EXPLORER] = to_explorer(package, tables, declared)
    files |= to_pictures(package, tables)
    files["CITATION.cff"] = to_citation(package, tables["sources"])
    files[DESCRIPTOR] = to_descriptor(package, tables, declared, files)
    return to_editor(declared, code_lists(tables["codes"])) | files


def summary(built: Built, files: Files) -> list[str]:
    """Return a line per table with rows, checks and files, then coverage and what was checked against the text."""
    codes = code_lists(built.tables["codes"])
    lines = []
    for name, table in published(built.declared).items():
        sizes = " + ".join(f"{kind} {len(files[data_path(name, table, kind)]) / 1000:.1f} kB" for kind in FORMATS)
        lines.append(
            f"{name:18} {built.tables[name].height:5} rows  {count_checks(name, table, codes):3} checks  {sizes}"
        )
    record, share = coverage(built.tables, built.declared)
    lines.append(
        f"{built.tables['passages'].height} passages, {record} with records; {share:.0%} of their text under a span"
    )
    return [*lines, built.compared or "spans not compared with the text: no --source given"]


def coverage(tables: Tables, declared: Declaration) -> tuple[int, float]:
    """Return how many passages are records, and the share of their characters that lies under any span."""
    record = tables["passages"].filter(kind="record")
    others = [name for name in declared if has_span(declared[name]) and name != "passages"]
    spans = pl.concat([tables[name].select("source_id", "start_offset", "end_offset") for name in others])
    characters, covered = (
        {(source, at) for source, start, end in frame.iter_rows() for at in range(start, end)}
        for frame in (record.select("source_id", "start_offset", "end_offset"), spans)
    )
    return record.height, len(characters & covered) / len(characters)
