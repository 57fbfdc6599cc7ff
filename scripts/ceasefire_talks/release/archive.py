"""The zip of a release: the package with licences, a README of its own, Croissant and checksums."""

import io
import zipfile
from pathlib import Path

from ceasefire_talks.declaration import Declaration
from ceasefire_talks.files import Files
from ceasefire_talks.files.descriptor import to_digest
from ceasefire_talks.installed import SUMS
from ceasefire_talks.records.metadata import Package
from ceasefire_talks.release.croissant import to_croissant
from ceasefire_talks.release.readme import to_readme
from ceasefire_talks.tables.tabulate import Tables


def list_members(root: Path, package: Package, tables: Tables, declared: Declaration, built: Files) -> Files:
    """Return what lies in the zip, by its path in the package; editors' files stay out."""
    files = {name: content for name, content in built.items() if not name.startswith(".")}
    files |= {f"LICENSES/{path.name}": path.read_bytes() for path in sorted((root / "LICENSES").iterdir())}
    files["README.md"] = to_readme(package, declared)
    files["croissant.json"] = to_croissant(package, tables, declared, built)
    return files | {SUMS: to_sums(files)}


def to_sums(files: Files) -> bytes:
    """Return the SHA-256 of files as `sha256sum -c` reads them."""
    lines = [f"{to_digest(content)}  {name}\n" for name, content in sorted(files.items())]
    return "".join(lines).encode("utf-8")


def to_zip(files: Files, folder: str, day: str) -> bytes:
    """Return files as a zip in which they lie in one folder and bear the day of release (YYYY-MM-DD)."""
    year, month, number = map(int, day.split("-"))
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in sorted(files.items()):
            member = zipfile.ZipInfo(f"{folder}/{name}", (year, month, number, 0, 0, 0))
            member.compress_type = zipfile.ZIP_DEFLATED
            member.create_system = 3
            member.external_attr = 0o644 << 16
            archive.writestr(member, content)
    return buffer.getvalue()
