"""The command `ceasefire-talks`."""

import argparse
import json
import os
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any, TextIO

from ceasefire_talks.problems import report

RED, END = "\x1b[31m", "\x1b[0m"
EXAMPLE = "example:\n  ceasefire-talks "


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command and return its exit code; what goes wrong is one sentence on standard error."""
    options = parser().parse_args(arguments)
    try:
        return int(options.run(options))
    except ModuleNotFoundError as error:
        complain(f"{error.name} is not installed; in the checkout: pip install -r requirements.txt")
    except OSError as error:
        complain(f"{error.filename}: {error.strerror}" if error.filename else str(error))
    except ValueError as error:
        complain(str(error))
    return int(options.failure)


def parser() -> argparse.ArgumentParser:
    """Return the parser of the command line."""
    top = argparse.ArgumentParser(
        prog="ceasefire-talks", description="Build and check the Ceasefire Talks data package."
    )
    commands = top.add_subparsers(required=True, metavar="COMMAND")
    build = add_command(commands, run_build, "check the records and write the package", "build --source article.txt")
    build.add_argument("--check", action="store_true", help="write nothing; tell whether what is committed is current")
    build.add_argument("--source", type=Path, metavar="PATH", help="the article; check every offset against it")
    check = add_command(commands, run_check, "check a package as a downloader would", "check ceasefire-talks.zip", 2)
    check.add_argument("path", type=Path, help="the folder or zip that holds datapackage.json")
    check.add_argument("--json", action="store_true", help="print the result as JSON")
    add_command(commands, run_export, "write the Excel workbook and the SQLite database to dist/", "export")
    agreement = add_command(commands, run_agreement, "compare the two codings", "agreement unitizing")
    agreement.add_argument("table", choices=("unitizing", "agreement"), help="the table whose records to print")
    locate = add_command(commands, run_locate, "find words in the article", 'locate "the offer" --source article.txt')
    locate.add_argument("words", nargs="?", help="the words as printed; what is found is printed as evidence to paste")
    locate.add_argument("--source", type=Path, required=True, metavar="PATH", help="the article")
    locate.add_argument("--segment", action="store_true", help="print passages.yaml for the whole article instead")
    return top


def add_command(
    commands: Any, run: Callable[[argparse.Namespace], int], does: str, example: str, failure: int = 1
) -> argparse.ArgumentParser:
    """Add a command with an example to its help; its name is that of its function."""
    command: argparse.ArgumentParser = commands.add_parser(
        run.__name__.removeprefix("run_"),
        help=does,
        description=f"{does[0].upper()}{does[1:]}.",
        epilog=EXAMPLE + example,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    command.set_defaults(run=run, failure=failure)
    return command


def complain(sentence: str) -> None:
    """Print what keeps the command from its work."""
    show([f"ceasefire-talks: {sentence}"], sys.stderr)


def show(lines: Iterable[str], stream: TextIO) -> None:
    """Print what is wrong so that no character in it, read from a file, can drive a terminal or fail to be printed.

    On a terminal it is red, unless `NO_COLOR` is set.
    """
    encoding = stream.encoding or "utf-8"
    colour = stream.isatty() and not os.environ.get("NO_COLOR")
    for line in lines:
        plain = "".join(character if character.isprintable() else ascii(character)[1:-1] for character in line)
        text = plain.encode(encoding, "backslashreplace").decode(encoding)
        print(f"{RED}{text}{END}" if colour else text, file=stream)


def show_progress(step: str) -> None:
    """Say on a terminal what is being done; the line is written over by the next."""
    if sys.stderr.isatty():
        print(f"\r\x1b[K{step}", end="", file=sys.stderr, flush=True)


def run_build(options: argparse.Namespace) -> int:
    """Check the records, then write the package and print what was built, or compare it with what is committed."""
    began = time.perf_counter()
    show_progress("checking the records ...")
    from ceasefire_talks import build, write  # noqa: PLC0415 - two seconds of imports that help does without
    from ceasefire_talks.records import metadata  # noqa: PLC0415

    root = metadata.find_root(Path.cwd())
    built = build.build_tables(root, options.source and options.source.read_text("utf-8"))
    show_progress("" if built.problems else "drawing and packing ...")
    if built.problems:
        show(report(built.problems), sys.stderr)
        return 1
    rendered = build.render(metadata.read_project(root), built.tables, built.declared)
    if options.check:
        return run_drift(root, rendered, built.declared)
    write.write_files(root, rendered)
    show_progress("")
    print("\n".join(build.summary(built, rendered)))
    print(f"built in {time.perf_counter() - began:.1f} s")
    return 0


def run_drift(root: Path, rendered: dict[str, bytes], declared: dict[str, dict[str, Any]]) -> int:
    """Print what is wrong with the committed package, then what differs from the rebuilt files."""
    from ceasefire_talks.verify import drift  # noqa: PLC0415

    show_progress("comparing with what is committed ...")
    problems = [*drift.check_committed(root, rendered, declared), *drift.compare_files(root, rendered)]
    problems = problems or list(drift.run_frictionless(root))
    show_progress("")
    if problems:
        show(report(problems), sys.stderr)
        return 1
    print(f"{len(rendered)} files are valid and just what the records give")
    return 0


def run_check(options: argparse.Namespace) -> int:
    """Check a package as a downloader would; 0 is valid, 1 invalid, 2 could not be checked."""
    from ceasefire_talks import __version__, declaration  # noqa: PLC0415
    from ceasefire_talks.verify import open as package  # noqa: PLC0415
    from ceasefire_talks.verify import verify  # noqa: PLC0415

    try:
        read = package.open_package(options.path)
        descriptor = package.read_descriptor(read)
        if descriptor.get("version") != __version__:
            raise package.CannotCheckError(f"is version {descriptor.get('version')}; this command checks {__version__}")
        tables, problems = verify.verify_package(read, descriptor, declaration.declaration())
    except (package.CannotCheckError, OSError, RecursionError) as error:
        reason = f"{options.path}: {error}"
        show([json.dumps({"valid": None, "reason": reason}) if options.json else reason], sys.stdout)
        return 2
    if options.json:
        print(json.dumps({"valid": not problems, "problems": [problem._asdict() for problem in problems]}, indent=2))
    elif problems:
        show(report(problems), sys.stdout)
    else:
        print(f"valid: {len(tables)} tables, {sum(frame.height for frame in tables.values())} rows")
    return 1 if problems else 0


def run_export(options: argparse.Namespace) -> int:
    """Write one file for each habit to `dist/`: Excel, SQLite, and Datasette's metadata."""
    from ceasefire_talks import build, write  # noqa: PLC0415
    from ceasefire_talks.records import metadata  # noqa: PLC0415

    root = metadata.find_root(Path.cwd())
    built = build.build_tables(root)
    if built.problems:
        show(report(built.problems), sys.stderr)
        return 1
    rendered = build.render_exports(metadata.read_project(root), built.tables, built.declared)
    write.write_files(root / "dist", rendered)
    print("\n".join(f"dist/{name} {len(content) / 1000:.0f} kB" for name, content in rendered.items()))
    return 0


def run_agreement(options: argparse.Namespace) -> int:
    """Print how far the two codings agree, as the records that the codebook shows."""
    from ceasefire_talks import declaration  # noqa: PLC0415
    from ceasefire_talks.coding import agreement  # noqa: PLC0415
    from ceasefire_talks.records import metadata  # noqa: PLC0415

    found = agreement.compare_codings(metadata.find_root(Path.cwd()), declaration.declaration())
    print(agreement.to_yaml(found[options.table]), end="")
    return 0


def run_locate(options: argparse.Namespace) -> int:
    """Print where words stand in the article, or the article cut into passages."""
    from ceasefire_talks import build  # noqa: PLC0415
    from ceasefire_talks.checks import spans  # noqa: PLC0415
    from ceasefire_talks.records import metadata  # noqa: PLC0415

    article = options.source.read_text("utf-8")
    if options.segment:
        print(spans.segment_yaml(article, "SO0001"), end="")
        return 0
    if not options.words:
        raise ValueError("give the words to find, or --segment")
    passages = build.build_tables(metadata.find_root(Path.cwd())).tables["passages"]
    found = spans.find_words(article, options.words, passages)
    if not found:
        raise ValueError(f'"{options.words}" is not in the article; mind its quotation marks and misprints')
    print("\n".join(found))
    return 0
