"""The commands that lead to a release."""

import argparse
import sys
from pathlib import Path

from ceasefire_talks.commands import show_problems, write_to_dist
from ceasefire_talks.problems import report
from ceasefire_talks.terminal import show


def run_diff(options: argparse.Namespace) -> int:
    """Print what changed between two packages; 0 may be released, 1 is refused, 2 could not be read."""
    from ceasefire_talks.records.metadata import find_root  # noqa: PLC0415
    from ceasefire_talks.release import diff, result  # noqa: PLC0415
    from ceasefire_talks.release.packages import read_released  # noqa: PLC0415

    old = read_released(options.old)
    new = read_released(options.new or str(find_root(Path.cwd())))
    found = diff.compare_packages(old, new)
    if options.json:
        print(result.to_json(found, old.version))
    else:
        show((result.to_markdown if options.markdown else result.to_text)(found, old.version), sys.stdout, wrong=False)
    return 1 if found.refused else 0


def run_release(options: argparse.Namespace) -> int:
    """Write the files of a release to `dist/`, or say all that forbids it; nothing else is changed."""
    from ceasefire_talks import build, release  # noqa: PLC0415
    from ceasefire_talks.records.metadata import find_root, read_package  # noqa: PLC0415
    from ceasefire_talks.release.refusals import list_empty  # noqa: PLC0415
    from ceasefire_talks.verify import drift  # noqa: PLC0415

    root = find_root(Path.cwd())
    built = build.build_tables(root)
    if built.problems:
        return show_problems(built.problems)
    package = read_package(root, built.tables)
    rendered = build.render(package, built.tables, built.declared)
    problems = drift.find_drift(root, rendered)
    planned = release.plan_release(root, package, built.tables)
    if problems or planned.refused:
        show([*report(problems), *planned.refused], sys.stderr)
        return 1
    files = release.render_release(root, package, built.tables, built.declared, rendered, planned)
    write_to_dist(root, files)
    for line in list_empty(package):
        print(line)
    return 0
