"""The command `ceasefire-talks`."""

import argparse
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from ceasefire_talks.problems import report


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command and return its exit code; what goes wrong is one sentence on standard error."""
    options = parser().parse_args(arguments)
    try:
        return int(options.run(options))
    except (OSError, ValueError) as error:
        print(f"ceasefire-talks: {error}", file=sys.stderr)
    except ModuleNotFoundError as error:
        print(f"ceasefire-talks: {error.name} is not installed; pip install 'ceasefire-talks[build]'", file=sys.stderr)
    return 1


def parser() -> argparse.ArgumentParser:
    """Return the parser of the command line."""
    top = argparse.ArgumentParser(prog="ceasefire-talks", description="Build the Ceasefire Talks data package.")
    commands = top.add_subparsers(required=True, metavar="COMMAND")
    build = commands.add_parser("build", help="check the records and write the package")
    build.add_argument("--source", type=Path, metavar="PATH", help="the article; check every offset against it")
    build.set_defaults(run=run_build)
    locate = commands.add_parser("locate", help="find words in the article and print the evidence to paste")
    locate.add_argument("words", nargs="?", help="the words as printed")
    locate.add_argument("--source", type=Path, required=True, metavar="PATH", help="the article")
    locate.add_argument("--segment", action="store_true", help="print passages.yaml for the whole article instead")
    locate.set_defaults(run=run_locate)
    return top


def run_build(options: argparse.Namespace) -> int:
    """Check the records and write the package; print what was built."""
    began = time.perf_counter()
    from ceasefire_talks import build  # noqa: PLC0415 - a second of imports that help and locate can do without

    root = build.find_root(Path.cwd())
    text = options.source.read_text("utf-8") if options.source else None
    built = build.build_tables(root, text)
    if built.problems:
        print("\n".join(report(built.problems)), file=sys.stderr)
        return 1
    files = build.write_package(root, built)
    print("\n".join(build.summary(built, files, text is not None)))
    print(f"built in {time.perf_counter() - began:.1f} s")
    return 0


def run_locate(options: argparse.Namespace) -> int:
    """Print where words stand in the article, or the article cut into passages."""
    from ceasefire_talks import build, text  # noqa: PLC0415

    article = options.source.read_text("utf-8")
    if options.segment:
        print(text.segment_yaml(article, "SO0001"), end="")
        return 0
    if not options.words:
        raise ValueError("give the words to find, or --segment")
    passages = build.build_tables(build.find_root(Path.cwd())).tables["passages"]
    found = text.find_words(article, options.words, passages)
    if not found:
        raise ValueError(f'"{options.words}" is not in the article; mind its quotation marks and misprints')
    print("\n".join(found))
    return 0
