"""The records as files that may be mutated, and what every mutation needs."""

from collections.abc import Callable

from hypothesis import strategies as st

from helpers import MEASURED, ROOT
from helpers import RECORDS as FOLDER

Files = dict[str, bytes]
Mutation = Callable[[st.DataObject, Files, str], None]

RECORDS = {
    path.relative_to(ROOT).as_posix(): path.read_bytes()
    for folder in (FOLDER, MEASURED)
    for path in sorted((ROOT / folder).rglob("*.yaml"))
    if path.parent.parent.name != "codings"
}


def lines_of(files: Files, name: str) -> list[bytes]:
    return files[name].split(b"\n")


def pick(data: st.DataObject, lines: list[bytes]) -> int:
    return data.draw(st.integers(0, len(lines) - 1))


def put(files: Files, name: str, lines: list[bytes]) -> None:
    files[name] = b"\n".join(lines)
