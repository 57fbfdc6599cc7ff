"""A build that is stopped, has no room or may not write: whole files, one sentence, and the next build mends it."""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from ceasefire_talks.files import Files
from ceasefire_talks.installed import DESCRIPTOR
from ceasefire_talks.verify.drift import compare_files
from ceasefire_talks.write import write_files
from helpers import ROOT
from packages import FILES, PUBLISHED, copy_checkout

BESIDE = [name for name in PUBLISHED if name not in FILES and name != DESCRIPTOR]
KEPT = [*FILES[:6], *FILES[-6:], *BESIDE[-15:], DESCRIPTOR]
OLD: Files = {name: (ROOT / name).read_bytes() for name in KEPT}
GONE, NEW = FILES[0], "data/csv/new.csv"

# Every file of the package changes, one table goes and one comes. The operations are those that Python's audit events
# tell of; the process is killed before each in turn, in a copy of its own, then while it writes.
STOP = """
import os, resource, shutil, signal, sys
from pathlib import Path
from ceasefire_talks.write import write_files
root, states, gone, new, *names = sys.argv[1:]
files = {name: (Path(root) / name).read_bytes() + b"\\n" for name in [new, *names] if (Path(root) / name).exists()}
files = {new: b"new\\n"} | {name: content for name, content in files.items() if name != gone}

def changes(event, details):
    if event == "open":
        return details[2] & (os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC)
    return event.startswith(("os.", "shutil.")) and event not in ("os.listdir", "os.scandir", "os.kill")

def run(folder, stop, size):
    count = 0
    def hook(event, details):
        nonlocal count
        if changes(event, details):
            count += 1
            if count == stop:
                os.kill(os.getpid(), signal.SIGKILL)
    if size:
        signal.signal(signal.SIGXFSZ, signal.SIG_DFL)
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))
    sys.addaudithook(hook)
    write_files(folder, files)
    os._exit(0)

def attempt(name, stop, size=0):
    folder = Path(states) / name
    for published in names:
        (folder / published).parent.mkdir(parents=True, exist_ok=True)
        os.link(Path(root) / published, folder / published)
    child = os.fork()
    if not child:
        run(folder, stop, size)
    return os.waitpid(child, 0)[1]

stop = 1
while attempt(f"operation-{stop}", stop):
    stop += 1
for size in (1, 1_000, 10_000, 50_000):
    assert attempt(f"size-{size}", 0, size) == signal.SIGXFSZ
print(stop - 1)
"""


@pytest.fixture(scope="module")
def states(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Return a folder with what each stop leaves, and in `operations` how many there are."""
    folder = tmp_path_factory.mktemp("states")
    write_files(folder / "old", OLD)
    arguments = [str(folder / "old"), str(folder), GONE, NEW, *KEPT]
    result = subprocess.run([sys.executable, "-c", STOP, *arguments], capture_output=True, text=True, check=True)
    (folder / "operations").write_text(result.stdout, "utf-8")
    yield folder
    shutil.rmtree(folder)


def changed() -> Files:
    """Return what the stopped build writes."""
    files = {name: OLD[name] + b"\n" for name in KEPT if name != GONE}
    return {NEW: b"new\n"} | files


def named(root: Path, files: Files) -> set[str]:
    """Return what `build --check` names where a rebuild gives these files."""
    return {problem.place for problem in compare_files(root, files)}


def holds(root: Path) -> Files:
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*") if path.is_file()}


def test_the_package_itself_is_never_written_to(states: Path) -> None:
    assert holds(states / "old") == OLD


def test_every_operation_is_stopped_at(states: Path) -> None:
    """Each changed file is opened and put in place, its folder made sure of; then the gone one is removed."""
    operations = int((states / "operations").read_text("utf-8"))
    assert operations >= 2 * len(changed()) + 1
    assert len(list(states.glob("operation-*"))) == operations + 1


def test_a_stopped_build_leaves_whole_files_is_named_and_mended(states: Path) -> None:
    new, seen = changed(), set()
    for state in sorted([*states.glob("operation-*"), *states.glob("size-*")]):
        found = holds(state)
        assert all(found[name] in (OLD.get(name), new.get(name)) for name in {*OLD, *new} & set(found)), state
        assert {*OLD} & {*new} <= set(found), state
        assert bool(named(state, new)) is (found != new), state
        assert bool(named(state, OLD)) is (found != OLD), state
        replaced = all(found.get(name) == content for name, content in new.items())
        assert replaced or found[DESCRIPTOR] == OLD[DESCRIPTOR], state
        seen.add("new" if found == new else "old" if found == OLD else "between")
        write_files(state, new)
        assert (holds(state), named(state, new)) == (new, set()), state
    assert seen == {"old", "between", "new"}


BUILD = """
import os, resource, sys
from pathlib import Path
from ceasefire_talks import build, write
from ceasefire_talks.cli import main
from ceasefire_talks.records.metadata import read_package
limit, user = int(sys.argv[1]), int(sys.argv[2])
if limit:
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
if user:  # who may not read what is imported late, so all is built before the user changes
    built = build.build_tables(Path.cwd())
    rendered = build.render(read_package(Path.cwd(), built.tables), built.tables, built.declared)
    build.build_tables = lambda *_: built
    build.render = lambda *_: rendered
    os.setuid(user)
sys.exit(main(["build"]))
"""


@pytest.fixture
def stale() -> Iterator[Path]:
    """Return a checkout that another user can read, with a large file that is out of date."""
    with tempfile.TemporaryDirectory() as name:
        Path(name).chmod(0o755)
        root = copy_checkout(Path(name) / "checkout")
        (root / "data/csv/audit/evidence.csv").write_text("old\n", "utf-8")
        yield root
        for folder in (root, root / "data", root / "data/csv/audit"):
            folder.chmod(0o755)


def build(root: Path, limit: int = 0, user: int = 0) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", BUILD, str(limit), str(user)]
    environment = os.environ | {"PYTHONPATH": str(root / "scripts"), "PYTHONDONTWRITEBYTECODE": "1"}
    return subprocess.run(command, cwd=root, env=environment, capture_output=True, text=True, check=False)


def test_no_room_is_one_sentence_and_the_old_package_whole(stale: Path) -> None:
    before = holds(stale)
    result = build(stale, limit=20_000)
    sentence = "ceasefire-talks: data/csv/audit/evidence.csv: File too large; nothing was changed\n"
    assert (result.returncode, result.stderr, holds(stale) == before) == (1, sentence, True)


def test_a_folder_that_is_read_only_is_one_sentence_and_the_old_package_whole(stale: Path) -> None:
    before = holds(stale)
    for folder in (stale, stale / "data", stale / "data/csv/audit"):
        folder.chmod(0o555)
    result = build(stale, user=0 if os.getuid() else 65534)
    sentence = "ceasefire-talks: data/csv/audit/evidence.csv: Permission denied; nothing was changed\n"
    assert (result.returncode, result.stderr, holds(stale) == before) == (1, sentence, True)


@pytest.mark.parametrize("umask", [0o077, 0o022, 0o027])
def test_the_mode_of_a_file_is_kept_and_a_new_one_follows_the_umask(tmp_path: Path, umask: int) -> None:
    write_files(tmp_path, {"a.csv": b"old", "b.csv": b"old"})
    (tmp_path / "a.csv").chmod(0o640)
    (tmp_path / "b.csv").chmod(0o444)
    before = os.umask(umask)
    try:
        write_files(tmp_path, {"a.csv": b"new", "b.csv": b"new", "c.csv": b"new"})
    finally:
        os.umask(before)
    modes = {path.name: path.stat().st_mode & 0o777 for path in tmp_path.iterdir()}
    assert modes == {"a.csv": 0o640, "b.csv": 0o444, "c.csv": 0o666 & ~umask}
    assert {path.read_bytes() for path in tmp_path.iterdir()} == {b"new"}
