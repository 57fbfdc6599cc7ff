"""Wheel, sdist and editable install, offline, in empty environments, from a folder with spaces and other letters."""

import hashlib
import json
import subprocess
import sys
import tarfile
import tomllib
import zipfile
from email.parser import Parser
from pathlib import Path

import pytest

import ceasefire_talks as ct
from ceasefire_talks.installed import DESCRIPTOR
from helpers import ROOT
from packages import PUBLISHED, copy_checkout

pytestmark = pytest.mark.services
VERSION = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["version"]
DATA = "ceasefire_talks/_data"
NO_EXTRA = (
    " is not installed; pip install 'ceasefire-talks[build]', or in a checkout: pip install -r requirements.txt\n"
)


def run(*command: str | Path, cwd: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run([*map(str, command)], cwd=cwd, capture_output=True, text=True, check=False)


def hatch(root: Path, target: str) -> Path:
    """Return what hatchling, the back end that pip calls, makes of a checkout or an unpacked sdist."""
    made = root / "dist" / target.replace(":", "-")
    result = run(sys.executable, "-m", "hatchling", "build", "-d", made, "-t", target, cwd=root)
    assert result.returncode == 0, result.stderr
    return next(made.iterdir())


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a copy of the checkout in which the packages of the JavaScript reader are installed."""
    copied = copy_checkout(tmp_path_factory.mktemp("checkout") / "mit Leerzeichen und Ümläuten")
    installed = copied / "tests" / "readers" / "node_modules" / "some" / "index.js"
    installed.parent.mkdir(parents=True)
    installed.write_text("export {};\n", "utf-8")
    return copied


@pytest.fixture(scope="module")
def sdist(checkout: Path) -> Path:
    return hatch(checkout, "sdist")


@pytest.fixture(scope="module")
def unpacked(sdist: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of the unpacked sdist, itself under a name with other letters."""
    folder = tmp_path_factory.mktemp("sdist") / "محادثات ausgepackt"
    with tarfile.open(sdist) as archive:
        archive.extractall(folder, filter="data")
    return next(folder.iterdir())


@pytest.fixture(scope="module")
def wheels(checkout: Path, unpacked: Path) -> dict[str, Path]:
    editable = hatch(checkout, "wheel:editable")
    return {"wheel": hatch(checkout, "wheel"), "sdist": hatch(unpacked, "wheel"), "editable": editable}


@pytest.mark.parametrize("kind", ["wheel", "sdist"])
def test_the_wheel_carries_the_committed_files(wheels: dict[str, Path], kind: str) -> None:
    with zipfile.ZipFile(wheels[kind]) as archive:
        carried = {name: archive.read(name) for name in archive.namelist() if name.startswith(DATA)}
        modules = {name for name in archive.namelist() if name.startswith("ceasefire_talks/")} - set(carried)
    package = ROOT / "scripts" / "ceasefire_talks"
    assert modules == {
        path.relative_to(package.parent).as_posix() for path in package.rglob("*.*") if path.suffix != ".pyc"
    }
    assert carried == {f"{DATA}/{name}": (ROOT / name).read_bytes() for name in PUBLISHED}
    descriptor = json.loads(carried[f"{DATA}/{DESCRIPTOR}"])
    assert descriptor["version"] == VERSION
    for item in descriptor["resources"] + descriptor["files"]:
        content = carried[f"{DATA}/{item['path']}"]
        assert item["hash"] == f"sha256:{hashlib.sha256(content).hexdigest()}"


def test_the_wheel_of_the_sdist_is_the_wheel_of_the_checkout(wheels: dict[str, Path]) -> None:
    assert wheels["sdist"].read_bytes() == wheels["wheel"].read_bytes()


@pytest.mark.parametrize("kind", ["wheel", "editable"])
def test_the_base_install_has_no_dependency(wheels: dict[str, Path], kind: str) -> None:
    with zipfile.ZipFile(wheels[kind]) as archive:
        name = next(name for name in archive.namelist() if name.endswith(".dist-info/METADATA"))
        metadata = Parser().parsestr(archive.read(name).decode("utf-8"))
    needed = [line for line in metadata.get_all("Requires-Dist", []) if "extra ==" not in line]
    assert needed == []
    assert (metadata["Name"], metadata["Version"]) == ("ceasefire-talks", VERSION)


def test_the_sdist_holds_what_builds_and_tests_and_nothing_else(sdist: Path, unpacked: Path) -> None:
    with tarfile.open(sdist) as archive:
        names = {member.name.split("/", 1)[1] for member in archive.getmembers() if member.isfile()}
    here = {
        path.relative_to(ROOT).as_posix()
        for top in (".vscode", "LICENSES", "data", "scripts", "tests")
        for path in (ROOT / top).rglob("*.*")
    }
    made = ("__pycache__", "node_modules", "/.")
    wanted = {name for name in here if (ROOT / name).is_file() and not any(part in name for part in made)}
    tops = {name for name in names if "/" not in name}
    assert wanted == names - tops
    assert {"pyproject.toml", "requirements.txt", "README.md", "REUSE.toml", DESCRIPTOR} <= tops
    assert not [name for name in names if name.endswith("article.txt") or name.startswith(".git/")]
    result = run(
        sys.executable,
        "-c",
        "import sys; sys.path.insert(0, 'scripts'); from ceasefire_talks.cli import main; "
        "sys.exit(main(['build', '--check']))",
        cwd=unpacked,
    )
    assert (result.returncode, result.stderr) == (0, "")


@pytest.mark.parametrize("kind", ["wheel", "sdist", "editable"])
def test_an_empty_environment_runs_what_needs_nothing(wheels: dict[str, Path], tmp_path: Path, kind: str) -> None:
    venv = tmp_path / "Umgebung für محادثات"
    assert run(sys.executable, "-m", "venv", "--without-pip", venv, cwd=tmp_path).returncode == 0
    python = venv / "bin" / "python"
    install = ("install", "-q", "--no-deps", "--no-index", wheels[kind])
    result = run(sys.executable, "-m", "pip", "--python", python, *install, cwd=tmp_path)
    assert result.returncode == 0, result.stderr
    version = run(
        python, "-I", "-W", "error", "-c", "import ceasefire_talks as it; print(it.__version__)", cwd=tmp_path
    )
    assert (version.returncode, version.stdout, version.stderr) == (0, f"{VERSION}\n", "")
    command = (python, "-I", "-W", "error", "-c", "import sys; from ceasefire_talks.cli import main; sys.exit(main())")
    assert "COMMAND" in run(*command, "--help", cwd=tmp_path).stdout
    assert run(venv / "bin" / "ceasefire-talks", "--help", cwd=tmp_path).returncode == 0
    for code, *verb in ((1, "build"), (2, "validate", ROOT)):
        refused = run(*command, *verb, cwd=tmp_path)
        assert (refused.returncode, refused.stdout, refused.stderr.count("\n")) == (code, "", 1)
        assert refused.stderr.endswith(NO_EXTRA)
    rows = run(python, "-I", "-c", "import ceasefire_talks as it; print(len(it.load('events')))", cwd=tmp_path)
    assert rows.stdout == f"{len(ct.load('events'))}\n"
    checked = run(*command, "check", ROOT, cwd=tmp_path)
    assert (checked.returncode, checked.stderr) == (0, "")
    assert checked.stdout.splitlines()[-1].startswith(f"valid: {len(PUBLISHED)} files are those of ")
