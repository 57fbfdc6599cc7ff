"""The rooms: imports run one way, no function is long, no module is, and code that serves all tables names none."""

import ast
from itertools import pairwise
from pathlib import Path
from statistics import median

import pytest

from ceasefire_talks.declaration import read_declaration

ROOT = Path(__file__).parents[1]
CODE = ROOT / "scripts" / "ceasefire_talks"
MODULES = sorted(CODE.rglob("*.py"))
ROOMS = (
    *(
        "problems",
        "litter",
        "markdown",
        "citation",
        "installed",
        "terminal",
        "loader",
        "lookup",
        "declaration",
        "records",
        "tables",
        "checks",
    ),
    *("files", "explorer", "exports", "coding", "write", "verify", "validate", "release", "build", "commands", "cli"),
)
GENERIC = (
    *("records", "declaration/__init__.py", "tables/tabulate.py", "checks/cells.py", "checks/keys.py", "files/csv.py"),
    *("files/parquet.py", "files/descriptor.py", "files/editor.py", "exports", "validate"),
)


def room_of(module: str) -> str:
    """Return the room of a module by its dotted name."""
    return module.removeprefix("ceasefire_talks.").split(".")[0]


def imports_of(path: Path) -> list[str]:
    """Return the modules of the package that a module imports, inside functions too."""
    nodes = list(ast.walk(ast.parse(path.read_text("utf-8"))))
    found = [node.module for node in nodes if isinstance(node, ast.ImportFrom) and node.module]
    found += [
        f"{node.module}.{alias.name}" for node in nodes if isinstance(node, ast.ImportFrom) for alias in node.names
    ]
    return [name for name in found if name.startswith("ceasefire_talks.")]


def dotted(path: Path) -> str:
    return ".".join(path.relative_to(CODE.parent).with_suffix("").parts).removesuffix(".__init__")


@pytest.mark.parametrize("path", MODULES, ids=dotted)
def test_a_module_imports_only_what_stands_before_its_room(path: Path) -> None:
    here = dotted(path)
    if here == "ceasefire_talks":
        return
    for other in imports_of(path):
        assert ROOMS.index(room_of(other)) <= ROOMS.index(room_of(here)), f"{here} imports {other}"


def test_no_circle() -> None:
    known = {dotted(path): path for path in MODULES}
    arrows = {name: {other for other in imports_of(path) if other in known and other != name}
              for name, path in known.items()}  # fmt: skip
    while arrows:
        free = {name for name, others in arrows.items() if not others & set(arrows)}
        assert free, f"a circle among {sorted(arrows)}"
        arrows = {name: others for name, others in arrows.items() if name not in free}


def lengths() -> dict[str, int]:
    """Return the length of each function in lines, without its decorators and docstring."""
    found = {}
    for path in MODULES:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.FunctionDef):
                found[f"{dotted(path)}.{node.name}"] = (node.end_lineno or 0) - node.lineno + 1
    return found


def test_functions_are_short() -> None:
    assert median(lengths().values()) <= 9
    assert {name: lines for name, lines in lengths().items() if lines > 25} == {}


@pytest.mark.parametrize("path", [*MODULES, *sorted((ROOT / "tests").rglob("*.py"))], ids=lambda path: path.name)
def test_modules_are_short(path: Path) -> None:
    assert path.read_text("utf-8").count("\n") <= 250


@pytest.mark.parametrize("place", GENERIC)
def test_generic_code_names_no_table(place: str) -> None:
    """But for evidence, nested in every coded row, ids that are gone, and what derivations look things up in."""
    looked_up = {"codes", "sources", "passages", "package", "caveats", "codings"}
    known = set(read_declaration()) - looked_up - {"evidence", "withdrawn"}
    for path in [CODE / place] if place.endswith(".py") else sorted((CODE / place).glob("*.py")):
        texts = {node.value for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, ast.Constant)}
        assert not texts & known, path


def test_the_rooms_stand_in_the_order_of_the_guide() -> None:
    guide = (ROOT / ".github" / "CONTRIBUTING.md").read_text("utf-8")
    rooms = [
        "declaration",
        "records",
        "tables",
        "checks",
        "files",
        "explorer",
        "exports",
        "verify",
        "validate",
        "release",
        "coding",
    ]
    places = [guide.index(f"      {room}/") for room in rooms]
    assert all(one < other for one, other in pairwise(places))
