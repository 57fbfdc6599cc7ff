"""What a check prints: lines for a person, or JSON with stable codes."""

import json
from collections.abc import Iterator

from ceasefire_talks.installed import package_root
from ceasefire_talks.verify.check import Checked


def show_checked(checked: Checked, as_json: bool) -> Iterator[str]:
    """Yield the lines that say what a check came to."""
    if as_json:
        listed = [difference._asdict() for difference in checked.differences]
        counts = {"same": checked.same, "others": checked.others}
        result = {"valid": not listed, "version": checked.version} | counts | {"differences": listed}
        yield from json.dumps(result, indent=1).splitlines()
        return
    yield from (f"{difference.path}: {difference.message}" for difference in checked.differences)
    if checked.others:
        yield f"{checked.others} other files, which are no part of the package, were not looked at"
    against = "this checkout" if (package_root() / "pyproject.toml").is_file() else f"version {checked.version}"
    differing = {difference.path for difference in checked.differences}
    if differing:
        yield f"not the package: {len(differing)} of its files differ from {against}"
    else:
        yield f"valid: {checked.same} files are those of {against}"


def show_reason(path: str, reason: str, as_json: bool) -> Iterator[str]:
    """Yield the line that says why a package could not be checked."""
    yield json.dumps({"valid": None, "reason": f"{path} {reason}"}) if as_json else f"{path} {reason}"
