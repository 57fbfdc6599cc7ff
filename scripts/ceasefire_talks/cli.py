"""The command `ceasefire-talks`: one function a verb, which imports what it needs: help and `check` are quick."""

import argparse
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from ceasefire_talks.problems import report, show

EXAMPLE = "example:\n  ceasefire-talks "


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command and return its exit code; what goes wrong is one sentence on standard error."""
    options = parser().parse_args(arguments)
    try:
        return int(options.run(options))
    except ModuleNotFoundError as error:
        complain(
            f"{error.name} is not installed; pip install 'ceasefire-talks[build]', or in a checkout: "
            "pip install -r requirements.txt"
        )
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
    top.add_argument("--version", action=PrintVersion, nargs=0, help="print the version of the data and exit")
    commands = top.add_subparsers(required=True, metavar="COMMAND")
    add_build(commands)
    add_verifiers(commands)
    add_coders_tools(commands)
    return top


def add_build(commands: Any) -> None:
    """Add the commands that make files."""
    build = add_command(commands, run_build, "check the records and write the package", "build --source article.txt")
    build.add_argument("--check", action="store_true", help="write nothing; tell whether what is committed is current")
    build.add_argument("--source", type=Path, metavar="FILE", help="the article; check every offset against it")
    add_command(commands, run_export, "write the SQLite database to dist/", "export")


def add_verifiers(commands: Any) -> None:
    """Add the commands that look at somebody's package."""
    check = add_command(
        commands,
        run_check,
        "tell whether a folder or zip is this version, byte for byte; it trusts nothing that it reads",
        "check ceasefire-talks.zip",
        failure=2,
    )
    check.add_argument("path", help="the folder or zip that holds datapackage.json")
    check.add_argument("--json", action="store_true", help="print the result as JSON")
    validate = add_command(
        commands,
        run_validate,
        "judge the rows of a package that somebody made by the declaration; it trusts the files that it reads",
        "validate my-fork",
    )
    validate.add_argument("folder", type=Path, help="the folder of the package, unpacked")
    validate.add_argument("--source", type=Path, metavar="FILE", help="the article, or a page saved with it")


def add_coders_tools(commands: Any) -> None:
    """Add the commands for those who code."""
    agreement = add_command(commands, run_agreement, "compare the two codings", "agreement unitizing")
    agreement.add_argument("table", choices=("unitizing", "agreement"), help="the table whose records to print")
    add_source(add_command(commands, run_segment, "cut the article into passages", "segment --source article.txt"))
    locate = add_command(commands, run_locate, "find words in the article", 'locate "the offer" --source article.txt')
    locate.add_argument("words", help="the words as printed; what is found is printed as evidence to paste")
    add_source(locate)


class PrintVersion(argparse.Action):
    """Prints the version of the data; looking it up costs more than the rest of the help."""

    def __call__(self, parser: argparse.ArgumentParser, *_: Any) -> None:
        """Print the version and exit."""
        from ceasefire_talks.installed import descriptor  # noqa: PLC0415

        parser.exit(message=f"ceasefire-talks {descriptor()['version']}\n")


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


def add_source(command: argparse.ArgumentParser) -> None:
    """Add the option for the article to a command that cannot do without it."""
    command.add_argument("--source", type=Path, required=True, metavar="FILE", help="the article")


def complain(sentence: str) -> None:
    """Print what keeps the command from its work."""
    show([f"ceasefire-talks: {sentence}"], sys.stderr)


def show_progress(step: str) -> None:
    """Say on a terminal what is being done; the line is written over by the next."""
    if sys.stderr.isatty():
        print(f"\r\x1b[K{step}", end="", file=sys.stderr, flush=True)


def run_build(options: argparse.Namespace) -> int:
    """Check the records, then write the package and print what was built, or compare it with what is committed."""
    began = time.perf_counter()
    show_progress("checking the records ...")
    from ceasefire_talks import build, write  # noqa: PLC0415 - two seconds of imports that help does without
    from ceasefire_talks.records.metadata import find_root, read_package  # noqa: PLC0415

    root = find_root(Path.cwd())
    built = build.build_tables(root, options.source and options.source.read_text("utf-8"))
    show_progress("" if built.problems else "drawing and packing ...")
    if built.problems:
        show(report(built.problems), sys.stderr)
        return 1
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
    problems = list(drift.compare_files(root, rendered)) or list(drift.run_frictionless(root))
    show_progress("")
    if problems:
        show(report(problems), sys.stderr)
        return 1
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


def run_export(options: argparse.Namespace) -> int:
    """Write one file for each habit to `dist/`: SQLite, and Datasette's metadata."""
    from ceasefire_talks import build, write  # noqa: PLC0415
    from ceasefire_talks.exports import render_exports  # noqa: PLC0415
    from ceasefire_talks.records.metadata import find_root, read_package  # noqa: PLC0415

    root = find_root(Path.cwd())
    built = build.build_tables(root)
    if built.problems:
        show(report(built.problems), sys.stderr)
        return 1
    rendered = render_exports(read_package(root, built.tables), built.tables, built.declared)
    write.write_files(root / "dist", rendered)
    print("\n".join(f"dist/{name} {len(content) / 1000:.0f} kB" for name, content in rendered.items()))
    return 0


def run_agreement(options: argparse.Namespace) -> int:
    """Print how far the two codings agree, as the records that the codebook shows."""
    from ceasefire_talks.coding.agreement import compare_codings, to_yaml  # noqa: PLC0415
    from ceasefire_talks.declaration import declaration  # noqa: PLC0415
    from ceasefire_talks.records.metadata import find_root  # noqa: PLC0415

    print(to_yaml(compare_codings(find_root(Path.cwd()), declaration())[options.table]), end="")
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
        show(report(built.problems), sys.stderr)
        return 1
    lines = find_words(options.source.read_text("utf-8"), options.words, built.tables["passages"])
    if not lines:
        raise ValueError(f'"{options.words}" is not in the article; mind its quotation marks and misprints')
    print("\n".join(lines))
    return 0
