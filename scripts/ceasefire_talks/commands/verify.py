"""The commands that look at a package."""

import argparse
import sys

from ceasefire_talks.commands import read_source
from ceasefire_talks.terminal import show


def run_check(options: argparse.Namespace) -> int:
    """Compare a package with the installed one; 0 is the same, 1 differs, 2 could not be checked."""
    from ceasefire_talks.verify.check import check_package  # noqa: PLC0415
    from ceasefire_talks.verify.members import CannotCheckError  # noqa: PLC0415
    from ceasefire_talks.verify.result import show_checked, show_reason  # noqa: PLC0415

    try:
        checked = check_package(options.path)
    except (CannotCheckError, OSError) as error:
        reason = str(error) if isinstance(error, CannotCheckError) else f"cannot be read: {error.strerror or error}"
        show(show_reason(options.path, reason, options.json), sys.stdout)
        return 2
    show(show_checked(checked, options.json), sys.stdout)
    return 1 if checked.differences else 0


def run_validate(options: argparse.Namespace) -> int:
    """Judge the rows of a package or corpus and print all that is wrong with them; 2 is that it could not be judged."""
    from ceasefire_talks.declaration import declaration  # noqa: PLC0415
    from ceasefire_talks.validate import validate_folder  # noqa: PLC0415
    from ceasefire_talks.validate.engine import Resources  # noqa: PLC0415
    from ceasefire_talks.validate.progress import show_bar  # noqa: PLC0415
    from ceasefire_talks.validate.told import to_json, to_lines  # noqa: PLC0415

    text = options.source and read_source(options.source)
    resources = Resources(options.memory, options.temp, options.master if options.engine == "spark" else None)
    with show_bar(options.folder, declaration()) as tick:
        validated = validate_folder(options.folder, declaration(), text, resources, tick)
    wrong = bool(validated.problems or validated.breaches)
    if options.json:
        print(to_json(*validated))
    elif wrong:
        show(to_lines(validated.problems, validated.breaches), sys.stdout)
    else:
        show(
            [*filter(None, [validated.compared]), f"valid: {validated.rows} rows are what the declaration asks for"],
            sys.stdout,
            wrong=False,
        )
    return int(wrong)


def run_explore(_: argparse.Namespace) -> int:
    """Open the page that shows what the tables know; raise `ValueError` where there is no browser to open it in."""
    import webbrowser  # noqa: PLC0415

    from ceasefire_talks.installed import EXPLORER, package_root  # noqa: PLC0415

    page = (package_root() / EXPLORER).resolve(strict=True)
    if not webbrowser.open(page.as_uri()):
        raise ValueError(f"no browser was found; open {page}")
    return 0


def run_cite(options: argparse.Namespace) -> int:
    """Print how to cite this version, or a row of it."""
    from ceasefire_talks.loader import cite  # noqa: PLC0415 - help does without

    print(cite(options.table, options.row, options.style))
    return 0
