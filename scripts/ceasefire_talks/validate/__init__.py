"""Whether the rows of a package or corpus that somebody made are what the declaration asks for, at any size.

It trusts its input: a fork, a changed copy, or tables of many sources. DuckDB reads each file once and judges all that
follows from a row by itself; then keys, references, and the rules between rows; where nothing is wrong, columns that
SQL adds are computed anew, and Parquet is compared with CSV. What does not fit into the memory it may use, it puts
aside in the folder for temporary files.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import duckdb
import polars as pl

from ceasefire_talks.checks.spans import check_source, find_source, tell_source
from ceasefire_talks.checks.table_rules import RULES
from ceasefire_talks.declaration import Declaration, base_fields, keys_of, published
from ceasefire_talks.problems import Problem
from ceasefire_talks.tables.codes import Codes, code_lists
from ceasefire_talks.validate.between import add_shared, judge_rule
from ceasefire_talks.validate.cells import select_wrong
from ceasefire_talks.validate.derived import added_fields, compare_parquet, derive_anew, judge_derived, judge_views
from ceasefire_talks.validate.engine import Engine, Resources, open_duckdb, open_tables
from ceasefire_talks.validate.files import Parts, explain_error, find_columns, find_formats, place_missing
from ceasefire_talks.validate.keys import judge_keys, judge_references, list_repeated
from ceasefire_talks.validate.load import Loaded, Tick
from ceasefire_talks.validate.rows import judge_dates, judge_pointers, judge_rows, read_dates
from ceasefire_talks.validate.told import Breach, tell


class Validated(NamedTuple):
    """What a validation came to: its rows, what cannot be read, the rules that are broken, what of a text was found."""

    rows: int
    problems: list[Problem]
    breaches: list[Breach]
    compared: str


def validate_folder(
    root: Path,
    declared: Declaration,
    text: str | None = None,
    resources: Resources = Resources(),  # noqa: B008 - it cannot change
    tick: Tick = lambda step, size, rows: None,
) -> Validated:
    """Judge the tables of a folder, and with the text of the article their spans."""
    formats = find_formats(root, declared)
    with open_duckdb(resources) as connection, open_tables(resources) as elsewhere:
        engine = Engine(connection, root, {}, elsewhere)
        engine, problems, codes = read_folder(engine, declared, formats, text is not None, tick)
        breaches = [breach for loaded in engine.tables.values() for breach in judge_table(engine, loaded, codes)]
        compared = ""
        if not problems:
            add_shared(engine, declared)
            breaches += judge_between(engine, breaches, tick)
        if not problems and all(breach.rule == "derived" for breach in breaches):
            breaches += judge_added(engine)
        if not problems and not breaches:
            problems = compare_formats(engine, formats)
        if text is not None and not problems and not breaches:
            breaches, compared = judge_source(engine, declared, text)
    return Validated(sum(loaded.rows for loaded in engine.tables.values()), problems, breaches, compared)


def read_folder(
    engine: Engine, declared: Declaration, formats: dict[str, Parts], whole: bool, tick: Tick
) -> tuple[Engine, list[Problem], Codes]:
    """Read the tables of a folder, of CSV what will be looked at again or the `whole`; return what cannot be read."""
    problems, found = find_tables(engine, declared, formats)
    whole = whole or len(formats) > 1 or any(added_fields(loaded) for loaded in found)
    if whole and engine.elsewhere is not None:
        raise ValueError("Spark judges tables of one format, without columns that SQL adds, and no words of a source")
    found = [loaded._replace(kept=keep_columns(loaded, whole)) for loaded in found]
    engine, unread, codes = read_tables(engine, found, tick)
    read_dates(engine)
    return engine, problems + unread, codes


def find_tables(engine: Engine, declared: Declaration, formats: dict[str, Parts]) -> tuple[list[Problem], list[Loaded]]:
    """Return the tables to be read, those of CSV where both formats stand, and those that are not as declared."""
    problems, found = [], []
    for kind, parts in formats.items():
        for name, table in published(declared).items():
            at = engine.name_file(parts[name][0]) if parts[name] else place_missing(engine.root, name, table, kind)
            if not parts[name]:
                problems.append(Problem(at, "missing", "is not there"))
                continue
            try:
                columns = find_columns(engine.connection, parts[name], table, kind)
            except (UnicodeDecodeError, ValueError, duckdb.Error) as error:
                problems.append(explain_error(at, kind, error))
                continue
            if kind == next(iter(formats)):
                fields = [field for field in table["fields"] if field["name"] in columns]
                found.append(Loaded(name, table, kind, fields, parts[name]))
    return problems, found


def keep_columns(loaded: Loaded, whole: bool) -> list[str]:
    """Return the columns of a table that anything but a check of a row by itself looks at, or `whole` all of them."""
    coded = {field["name"] for field in base_fields(loaded.table)}
    return [field["name"] for field in loaded.fields if whole or field["name"] in coded]


def read_tables(engine: Engine, found: list[Loaded], tick: Tick) -> tuple[Engine, list[Problem], Codes]:
    """Read the tables, the codes first, without which no other can be judged; return why some could not be read."""
    tables: dict[str, Loaded] = {}
    problems: list[Problem] = []
    codes: Codes = {}
    sound: Codes = {}
    for loaded in sorted(found, key=lambda loaded: loaded.name != "codes"):
        if loaded.name != "codes" and "codes" not in tables:
            break
        try:
            tables[loaded.name] = engine.load(loaded, sound, tick)
        except duckdb.OutOfMemoryException:
            raise
        except duckdb.Error as error:
            problems.append(explain_error(engine.name_file(loaded.paths[0]), loaded.kind, error))
        if loaded.name == "codes" and not problems:
            codes, sound = read_codes(engine, tables["codes"])
    read = {loaded.name: tables[loaded.name] for loaded in found if loaded.name in tables}
    return engine._replace(tables=read), problems, codes


def read_codes(engine: Engine, loaded: Loaded) -> tuple[Codes, Codes]:
    """Return the code lists, and the same without codes that are themselves wrong: who has one is looked at closely."""
    engine.gather("_codes", "FROM codes ORDER BY _row")
    codes = code_lists(frame_of(engine.connection, "FROM _codes"))
    wrong = set()
    if engine.has_suspects("codes"):
        broken = select_wrong(loaded.table, loaded.fields, loaded.kind, {}, "_suspect_codes")
        wrong = set(engine.ask(f"SELECT _list, _code FROM ({broken})"))
    sound = {
        name: known._replace(codes=[code for code in known.codes if (name, code) not in wrong])
        for name, known in codes.items()
    }
    return codes, sound


def frame_of(connection: duckdb.DuckDBPyConnection, query: str) -> pl.DataFrame:
    """Return what a query gives as a frame."""
    frame: pl.DataFrame = connection.sql(query).pl()
    return frame


def judge_table(engine: Engine, loaded: Loaded, codes: Codes) -> Iterator[Breach]:
    """Yield what is wrong with the rows of a table by themselves."""
    yield from judge_rows(engine, loaded, codes)
    yield from judge_dates(engine, loaded)


def judge_between(engine: Engine, before: list[Breach], tick: Tick) -> Iterator[Breach]:
    """Yield what is wrong between rows: keys, references, the rules of `checks/rules`, and what follows from others."""
    tables = engine.tables.values()
    pointing = {field.get("points") for loaded in tables for field in loaded.fields}
    tick("keys and references", 0, 0)
    list_repeated(engine)
    found = [breach for loaded in tables for breach in judge_keys(engine, loaded)]
    dangling = [breach for loaded in tables for breach in judge_references(engine, loaded)]
    yield from [*found, *dangling]
    for name in RULES:
        tick(name, 0, 0)
        broken = list(judge_rule(engine, name))
        yield from broken
        dangling += broken if name in pointing else []
    keys = {(loaded.name, column) for loaded in tables for key in keys_of(loaded.table) for column in key}
    if dangling or any((breach.table, breach.field) in keys for breach in before):
        for loaded in tables:
            yield from judge_pointers(engine, loaded)
    engine.share("_mistyped")
    for loaded in tables:
        yield from judge_derived(engine, loaded)


def judge_added(engine: Engine) -> Iterator[Breach]:
    """Yield the columns added by SQL that do not follow from what is due in the others."""
    tables = engine.tables.values()
    if any(added_fields(loaded) for loaded in tables):
        for loaded in tables:
            derive_anew(engine, loaded)
        for loaded in tables:
            yield from judge_views(engine, loaded)


def compare_formats(engine: Engine, formats: dict[str, Parts]) -> list[Problem]:
    """Return where Parquet is not what CSV holds, where both stand."""
    if len(formats) < 2:
        return []
    problems: list[Problem] = []
    for name, paths in formats["parquet"].items():
        try:
            problems += compare_parquet(engine, engine.tables[name], paths)
        except duckdb.OutOfMemoryException:
            raise
        except duckdb.Error as error:
            problems.append(explain_error(engine.name_file(paths[0]), "parquet", error))
    return problems


def judge_source(engine: Engine, declared: Declaration, text: str) -> tuple[list[Breach], str]:
    """Return what does not fit the text of a source, and what was compared with it."""
    tables = {name: frame_of(engine.connection, f'FROM "{name}" ORDER BY _row') for name in engine.tables}
    source = find_source(text, tables)
    findings, spans = check_source(source, tables, declared)
    told = []
    for found in findings:
        row = tables[found.table]["_row"][found.row]
        key, _, sentence = found.message.partition(f".{found.field}: ")
        told.append(tell(engine, found.table, found.field, found.rule, 1, [(row, key, sentence)]))
    return told, tell_source(source, spans)
