"""However people and merges break the records: a list of problems with file and line, or a correct build.

`HYPOTHESIS_PROFILE=thorough` runs ten thousand, in some hours.
"""

import re
import shutil
from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory

import polars as pl
import pytest
from hypothesis import event, given
from hypothesis import strategies as st

from ceasefire_talks.build import Built, build_tables, render
from ceasefire_talks.problems import report
from ceasefire_talks.records.metadata import read_package
from ceasefire_talks.validate import validate_folder
from ceasefire_talks.write import write_files
from helpers import BESIDE, DECLARED, ROOT, TABLES
from helpers import RECORDS as FOLDER
from mutations.files import RECORDS, Files, Mutation
from mutations.moves import MOVES
from mutations.slips import SLIPS
from packages import path_of
from written import TYPES, lost_words, rows_of, swallowed_lines, written_rows

pytestmark = pytest.mark.usefixtures("remembered")
MUTATIONS = [*SLIPS, *MOVES]


def mutate(data: st.DataObject, first: Mutation) -> Files:
    """Return the records after one to three mutations, the first of them given."""
    files = dict(RECORDS)
    for mutation in [first, *data.draw(st.lists(st.sampled_from(MUTATIONS), max_size=2))]:
        name = data.draw(st.sampled_from(sorted(name for name in files if files[name])))
        mutation(data, files, name)
    return files


def check_lines(files: Files, lines: list[str]) -> None:
    """Assert that each line names a line of a file that is there, or a file that is missed, or counts."""
    for line in lines:
        place = re.match(r"(data/[\w/]+\.ya?ml):([0-9]+): \S", line)
        if place is None:
            missed = r"data/records: (\w+) has no rows; put back what is missing in \1\.yaml"
            assert re.fullmatch(rf"[\w ]+: [0-9]+ in all, 20 shown|{missed}", line), line
        else:
            content = files[place[1]]
            last = content.count(b"\n") + (not content.endswith(b"\n"))
            assert 1 <= int(place[2]) <= max(last, 1), line


def check_package(root: Path, built: Built) -> None:
    """Assert that what is built of the records is a package that the same checks find valid."""
    write_files(root, render(read_package(root, built.tables), built.tables, built.declared))
    assert validate_folder(root, DECLARED)[1:3] == ([], [])
    assert all(pl.read_parquet(root / path_of(name, "parquet")).equals(built.tables[name]) for name in TABLES)


def check_tables(files: Files, built: Built, committed: Built) -> None:
    """Assert that the tables hold what the files say: every row, field and value, and nothing else."""
    changed = {name for name in {*files, *RECORDS} if files.get(name) != RECORDS.get(name)}
    touched = {
        table
        for name in changed
        for kind in (files, RECORDS)
        if name in kind
        for table in written_rows(name, kind[name])
    }
    for table in DECLARED:
        if table in touched:
            written = sum((written_rows(*file).get(table, Counter()) for file in files.items()), Counter())
            assert rows_of(table, built.tables[table]) == written, table
        else:
            coded = list(TYPES[table])
            assert built.tables[table].select(coded).equals(committed.tables[table].select(coded)), table
    for name in changed & {*files}:
        assert not lost_words(files[name]), name
        assert not swallowed_lines(files[name]), name


def write_records(root: Path, files: Files) -> None:
    """Write the records and what else a build reads."""
    shutil.copytree(ROOT / FOLDER / "codebook", root / FOLDER / "codebook")
    shutil.copytree(ROOT / "LICENSES", root / "LICENSES")
    for name in BESIDE:
        shutil.copy(ROOT / name, root)
    for name, content in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_bytes(content)


def test_the_committed_tables_hold_what_the_records_say(built: Built) -> None:
    """So that the other reader of these tests is known to read."""
    for table in DECLARED:
        written = sum((written_rows(*file).get(table, Counter()) for file in RECORDS.items()), Counter())
        assert rows_of(table, built.tables[table]) == written, table
    for content in RECORDS.values():
        assert not lost_words(content)
        assert not swallowed_lines(content)


@pytest.mark.parametrize("mutation", MUTATIONS)
@given(data=st.data())
def test_mutated_records_are_refused_or_built_right(built: Built, mutation: Mutation, data: st.DataObject) -> None:
    files = mutate(data, mutation)
    whole = data.draw(st.integers(0, 19)) == 7  # writing and reading all formats takes longer than all else
    with TemporaryDirectory() as folder:
        root = Path(folder)
        write_records(root, files)
        again = build_tables(root)
        lines = report(again.problems)
        event("refused" if lines else "built")
        check_lines(files, lines)
        if not lines:
            check_tables(files, again, built)
            if whole:
                check_package(root, again)
