"""The commands that make files."""

import argparse
import gc
import sys
import time
from pathlib import Path

from ceasefire_talks.commands import read_source, show_problems, write_to_dist
from ceasefire_talks.problems import Problem, report
from ceasefire_talks.terminal import show, show_progress


def run_build(options: argparse.Namespace) -> int:
    """Check the records, then write the package and print what was built, or compare it with what is committed."""
    began = time.perf_counter()
    gc.disable()  # a build keeps nearly all that it makes, and to look for what may go takes a quarter of its time
    show_progress("checking the records ...")
    from ceasefire_talks import build, write  # noqa: PLC0415 - two seconds of imports that help does without
    from ceasefire_talks.records.metadata import find_root, read_package  # noqa: PLC0415

    root = find_root(Path.cwd())
    built = build.build_tables(root, options.source and read_source(options.source))
    show_progress("" if built.problems else "drawing and packing ...")
    if built.problems:
        return show_problems(built.problems)
    rendered = build.render(read_package(root, built.tables), built.tables, built.declared)
    if options.check:
        return compare_with_committed(root, rendered)
    write.write_files(root, rendered)
    show_progress("")
    left = "is not part of the package and was left; move it out of the folders of built files"
    show(report(Problem(name, "stranger", left) for name in write.list_strangers(root, rendered)), sys.stderr)
    print("\n".join(build.summary(built, rendered)))
    print(f"built in {time.perf_counter() - began:.1f} s")
    return 0


def compare_with_committed(root: Path, rendered: dict[str, bytes]) -> int:
    """Print what of the committed package differs from the rebuilt files, or what frictionless says of it."""
    from ceasefire_talks.verify import drift  # noqa: PLC0415

    show_progress("comparing with what is committed ...")
    problems = drift.find_drift(root, rendered)
    show_progress("")
    if problems:
        return show_problems(problems)
    print(f"{len(rendered)} files are valid and just what the records give")
    return 0


def run_export(options: argparse.Namespace) -> int:
    """Write one file for each habit to `dist/`: SQLite, Datasette's metadata, and a schema for PostgreSQL."""
    from ceasefire_talks import build  # noqa: PLC0415
    from ceasefire_talks.exports import render_exports  # noqa: PLC0415
    from ceasefire_talks.records.metadata import find_root, read_package  # noqa: PLC0415

    root = find_root(Path.cwd())
    built = build.build_tables(root)
    if built.problems:
        return show_problems(built.problems)
    write_to_dist(root, render_exports(read_package(root, built.tables), built.tables, built.declared))
    return 0
