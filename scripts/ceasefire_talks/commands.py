"""What each command does: one function a verb, which imports what it needs, so that help and `check` are quick."""

import argparse
import gc
import sys
import time
from collections.abc import Iterable
from pathlib import Path

from ceasefire_talks.problems import Problem, report
from ceasefire_talks.terminal import show, show_progress


def show_problems(problems: Iterable[Problem]) -> int:
    """Print all that is wrong with the records or files, and return the exit code for it."""
    show(report(problems), sys.stderr)
    return 1


def run_build(options: argparse.Namespace) -> int:
    """Check the records, then write the package and print what was built, or compare it with what is committed."""
    began = time.perf_counter()
    gc.disable()  # a build keeps nearly all that it makes, and to look for what may go takes a quarter of its time
    show_progress("checking the records ...")
    from ceasefire_talks import build, write  # noqa: PLC0415 - two seconds of imports that help does without
    from ceasefire_talks.records.metadata import find_root, read_package  # noqa: PLC0415

    root = find_root(Path.cwd())
    built = build.build_tables(root, options.source and options.source.read_text("utf-8"))
    show_progress("" if built.problems else "drawing and packing ...")
    if built.problems:
        return show_problems(built.problems)
    rendered = build.render(read_package(root, built.tables), built.tables, built.declared)
    if options.check:
        return compare_with_committed(root, rendered)
    write.write_files(root, rendered)
    show_progress("")
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
    """Judge the rows of a package and print all that is wrong with them."""
    from ceasefire_talks.declaration import declaration  # noqa: PLC0415
    from ceasefire_talks.verify.validate import validate_folder  # noqa: PLC0415

    text = options.source and options.source.read_text("utf-8")
    validated = validate_folder(options.folder, declaration(), text)
    if validated.problems:
        show(report(validated.problems), sys.stdout)
        return 1
    if validated.compared:
        print(validated.compared)
    print(f"valid: {sum(frame.height for frame in validated.tables.values())} rows are what the declaration asks for")
    return 0


def write_to_dist(root: Path, files: dict[str, bytes]) -> None:
    """Write files to `dist/`, which is not committed, and print their sizes."""
    from ceasefire_talks import write  # noqa: PLC0415

    write.write_files(root / "dist", files)
    print("\n".join(f"dist/{name} {len(content) / 1000:.0f} kB" for name, content in files.items()))


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


def run_agreement(options: argparse.Namespace) -> int:
    """Print how far the two codings agree, as the records that the codebook shows."""
    from ceasefire_talks.coding.agreement import compare_codings, to_yaml  # noqa: PLC0415
    from ceasefire_talks.declaration import declaration  # noqa: PLC0415
    from ceasefire_talks.records.metadata import find_root  # noqa: PLC0415

    print(to_yaml(compare_codings(find_root(Path.cwd()), declaration())[options.table]), end="")
    return 0


def run_judge(options: argparse.Namespace) -> int:
    """Write a workbook of rows to judge to `dist/`, or print the score of one as records for `data/measured/`."""
    from ceasefire_talks import build, write  # noqa: PLC0415
    from ceasefire_talks.coding import agreement, judge  # noqa: PLC0415
    from ceasefire_talks.records.metadata import find_root  # noqa: PLC0415

    if options.score:
        print(agreement.to_yaml(judge.score_workbook(options.score)), end="")
        return 0
    root = find_root(Path.cwd())
    built = build.build_tables(root)
    if built.problems:
        return show_problems(built.problems)
    sample = judge.draw_sample(built.tables, built.declared, options.sample, options.seed)
    name = f"judge-{options.sample}-{options.seed}.xlsx"
    write.write_files(root / "dist", {name: judge.to_workbook(sample)})
    print(f"dist/{name}: {len(sample)} rows; fill in the verdicts and run: ceasefire-talks judge --score dist/{name}")
    return 0


def run_review(options: argparse.Namespace) -> int:
    """Print the pairs of rows that a coder should look at again."""
    from ceasefire_talks.build import build_tables  # noqa: PLC0415
    from ceasefire_talks.coding.review import find_unlike  # noqa: PLC0415
    from ceasefire_talks.records.metadata import find_root  # noqa: PLC0415

    built = build_tables(find_root(Path.cwd()))
    if built.problems:
        return show_problems(built.problems)
    lines = list(find_unlike(built.tables, built.declared))
    print("\n".join([*lines, f"{len(lines)} pairs of rows are alike in words and unlike in codes"]))
    return 0


def run_segment(options: argparse.Namespace) -> int:
    """Print the article cut into passages, as records."""
    from ceasefire_talks.coding.segment import segment_yaml  # noqa: PLC0415

    print(segment_yaml(options.source.read_text("utf-8"), "SO0001"), end="")
    return 0


def run_locate(options: argparse.Namespace) -> int:
    """Print where words stand in the article."""
    from ceasefire_talks.build import build_tables  # noqa: PLC0415
    from ceasefire_talks.coding.locate import find_words  # noqa: PLC0415
    from ceasefire_talks.records.metadata import find_root  # noqa: PLC0415

    built = build_tables(find_root(Path.cwd()))
    if built.problems:
        return show_problems(built.problems)
    lines = find_words(options.source.read_text("utf-8"), options.words, built.tables["passages"])
    if not lines:
        raise ValueError(f'"{options.words}" is not in the article; mind its quotation marks and misprints')
    print("\n".join(lines))
    return 0
