"""The mutants of the Python that checks and derives, by mutmut's operators on libcst's tree."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import libcst as cst
from libcst.metadata import MetadataWrapper, PositionProvider
from mutmut.mutation.mutators import mutation_operators

from helpers import ROOT

PACKAGE = ROOT / "scripts" / "ceasefire_talks"
MODULES = ("checks/*", "declaration/*", "records/*", "tables/*", "validate/*", "verify/*", "problems")
COMPARING = ("diff", "fields", "packages", "refusals", "result")  # in `release`, whose other modules write
STRICT = re.compile(r",?\s*strict=\w+|,\s*(?=\))")
TYPES = (cst.Annotation, cst.Import, cst.ImportFrom)  # what they hold decides nothing
ELSEWHERE = ("dialect.py", "spark.py")  # what is tested in an environment of its own


class PythonMutant(NamedTuple):
    """A mutant of Python: its file, line and change, the function that it lies in, and what to put for what."""

    file: str
    line: int
    says: str
    around: str
    module: Any
    old: Any
    new: Any


def python_mutants() -> Iterator[PythonMutant]:
    """Yield every mutant of the rooms that check and derive, and of what is said of problems."""
    for pattern in (*MODULES, *(f"release/{name}" for name in COMPARING)):
        for path in sorted(PACKAGE.glob(f"{pattern}.py")):
            if path.name not in ELSEWHERE:
                yield from mutate_module(path)


def mutate_module(path: Path) -> Iterator[PythonMutant]:
    """Yield every mutant of a module; an alias of a type has none."""
    text = path.read_text("utf-8")
    lines, file = text.splitlines(), path.relative_to(ROOT).as_posix()
    wrapper = MetadataWrapper(cst.parse_module(text))
    module, places = wrapper.module, wrapper.resolve(PositionProvider)
    for statement in module.body:
        around = module.code_for_node(statement)
        for node in walk(statement):
            place = places.get(node)
            for new in variants(node) if place and not is_alias(statement) else ():
                line = places[node].start.line
                was, now = module.code_for_node(node).strip(), module.code_for_node(new).strip()
                if plain(was) == plain(now):
                    continue
                change = f"{was} -> {now}"
                yield PythonMutant(file, line, f"{lines[line - 1].strip()}: {change}", around, module, node, new)


def walk(node: Any) -> Iterator[Any]:
    """Yield a node and all below it, without types and imports."""
    if not isinstance(node, TYPES):
        yield node
        for child in node.children:
            yield from walk(child)


def variants(node: Any) -> Iterator[Any]:
    """Yield what mutmut puts in the place of a node."""
    for kind, vary in mutation_operators:
        if isinstance(node, kind):
            yield from vary(node)


def plain(code: str) -> str:
    """Return code without what decides nothing: that `zip` is strict, and the case of the name of an encoding."""
    return STRICT.sub("", code).replace('"UTF-8"', '"utf-8"')


def is_alias(statement: Any) -> bool:
    """Tell whether a statement of a module names a type, as in `Rows = list[Row]`."""
    assigned = statement.body[0] if isinstance(statement, cst.SimpleStatementLine) else None
    return isinstance(assigned, cst.Assign) and isinstance(assigned.value, cst.Subscript)


def mutated(mutant: PythonMutant) -> str:
    """Return the text of a module with a mutant in it."""
    return str(mutant.module.deep_replace(mutant.old, mutant.new).code)
