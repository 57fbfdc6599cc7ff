"""The command `ceasefire-talks`: its options, its help, and what it says when something keeps it from its work."""

import argparse
import errno
import signal
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from ceasefire_talks.citation import STYLES
from ceasefire_talks.commands import build, coding, release, verify
from ceasefire_talks.terminal import complain, give_up, stop

NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
EXAMPLE = "example:\n  ceasefire-talks "


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command and return its exit code; what stops it is one sentence on standard error, or a closed pipe."""
    handler = signal.signal(signal.SIGINT, stop)
    try:
        try:
            return run_command(arguments)
        finally:
            if sys.stdout:
                sys.stdout.flush()
    except BrokenPipeError:  # who reads, such as `| head`, has read enough
        give_up(sys.stdout, sys.stderr)
        return 141
    except OSError as error:
        give_up(sys.stdout)
        complain(f"standard output: {error.strerror}")
        return 1
    finally:
        signal.signal(signal.SIGINT, handler)


def run_command(arguments: Sequence[str] | None) -> int:
    """Run a command and return its exit code; what goes wrong is one sentence on standard error."""
    options = parser().parse_args(arguments)
    try:
        return int(options.run(options))
    except ModuleNotFoundError as error:
        complain(
            f"{error.name} is not installed; pip install 'ceasefire-talks[build]', or in a checkout: "
            "pip install -r requirements.txt"
        )
    except BrokenPipeError:
        raise
    except OSError as error:
        if error.errno in NO_ROOM and not error.filename:
            raise  # files are written by their names; only standard output has none
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
    verbs = top.add_subparsers(required=True, metavar="COMMAND")
    add_build(verbs)
    add_verifiers(verbs)
    add_validate(verbs)
    add_release(verbs)
    add_coders_tools(verbs)
    return top


def add_build(verbs: Any) -> None:
    """Add the commands that make files."""
    making = add_command(
        verbs, build.run_build, "check the records and write the package", "build --source article.txt"
    )
    making.add_argument("--check", action="store_true", help="write nothing; tell whether what is committed is current")
    making.add_argument("--source", type=Path, metavar="FILE", help="the article; check every offset against it")
    add_command(verbs, build.run_export, "write the SQLite database and a schema for PostgreSQL to dist/", "export")


def add_verifiers(verbs: Any) -> None:
    """Add the commands that look at a package."""
    check = add_command(
        verbs,
        verify.run_check,
        "tell whether a folder or zip is this version, byte for byte; it trusts nothing that it reads",
        "check ceasefire-talks.zip",
        failure=2,
    )
    check.add_argument("path", help="the folder or zip that holds datapackage.json")
    check.add_argument("--json", action="store_true", help="print the result as JSON")
    add_command(verbs, verify.run_explore, "open the page that shows what the tables know in a browser", "explore")
    cite = add_command(verbs, verify.run_cite, "say how to cite this version, or a row of it", "cite talks TK0012")
    cite.add_argument("table", nargs="?", help="the table")
    cite.add_argument("row", nargs="?", help="the key of a row, its columns joined by a slash")
    cite.add_argument("--style", choices=tuple(STYLES), default="text", help="text if not said")


def add_validate(verbs: Any) -> None:
    """Add the command that judges rows."""
    validate = add_command(
        verbs,
        verify.run_validate,
        "judge the rows of a package or corpus that somebody made by the declaration; it trusts what it reads",
        "validate my-fork",
        failure=2,
    )
    validate.add_argument("folder", type=Path, help="a package, or TABLE.parquet, TABLE.csv or folders TABLE of parts")
    validate.add_argument("--json", action="store_true", help="print the result as JSON")
    validate.add_argument(
        "--memory", default="50%", metavar="SIZE", help="what DuckDB may use, as 4GB; half if not said"
    )
    validate.add_argument("--temp", type=Path, metavar="FOLDER", help="where to put aside what memory does not hold")
    validate.add_argument(
        "--engine",
        choices=("duckdb", "spark"),
        default="duckdb",
        help="what judges: Spark for more than one machine",
    )
    validate.add_argument(
        "--master", default="local[*]", metavar="URL", help="the master of Spark, as spark://host:7077"
    )
    validate.add_argument("--source", type=Path, metavar="FILE", help="the article, or a page saved with it")


def add_release(verbs: Any) -> None:
    """Add the commands that lead to a release."""
    diff = add_command(
        verbs,
        release.run_diff,
        "tell what changed between two packages, and which version may follow the first",
        "diff ceasefire-talks-0.2.0.zip --markdown",
        failure=2,
    )
    diff.add_argument("old", help="a folder or zip that holds datapackage.json, or a revision of this checkout")
    diff.add_argument("new", nargs="?", help="the same; the package of this checkout, if not said")
    add_command(verbs, release.run_release, "write the files of a release to dist/, or say what forbids it", "release")
    form = diff.add_mutually_exclusive_group()
    form.add_argument("--markdown", action="store_true", help="print it as Markdown, for the changelog")
    form.add_argument("--json", action="store_true", help="print all of it as JSON, no cell cut")


def add_coders_tools(verbs: Any) -> None:
    """Add the commands for those who code."""
    agreement = add_command(verbs, coding.run_agreement, "compare the two codings", "agreement unitizing")
    agreement.add_argument("table", choices=("unitizing", "agreement"), help="the table whose records to print")
    judge = add_command(verbs, coding.run_judge, "have a person judge rows", "judge --sample 60 --seed 1")
    judge.add_argument("--sample", type=int, default=60, metavar="N", help="how many rows to draw, 60 if not said")
    judge.add_argument("--seed", type=int, default=1, help="the seed that they are drawn by")
    judge.add_argument("--score", type=Path, metavar="FILE", help="print the score of a workbook that was filled in")
    add_command(verbs, coding.run_review, "list rows that are alike in words and unlike in codes", "review")
    add_source(add_command(verbs, coding.run_segment, "cut the article into passages", "segment --source article.txt"))
    locate = add_command(
        verbs, coding.run_locate, "find words in the article", 'locate "the offer" --source article.txt'
    )
    locate.add_argument("words", help="the words as printed; what is found is printed as evidence to paste")
    add_source(locate)


class PrintVersion(argparse.Action):
    """Prints the version of the data; looking it up costs more than the rest of the help."""

    def __call__(self, parser: argparse.ArgumentParser, *_: Any) -> None:
        """Print the version and exit."""
        from ceasefire_talks.installed import descriptor  # noqa: PLC0415

        parser.exit(message=f"ceasefire-talks {descriptor()['version']}\n")


def add_command(
    verbs: Any, run: Callable[[argparse.Namespace], int], does: str, example: str, failure: int = 1
) -> argparse.ArgumentParser:
    """Add a command with an example to its help; its name is that of its function."""
    command: argparse.ArgumentParser = verbs.add_parser(
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
