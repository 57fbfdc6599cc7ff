"""The commands for those who code."""

import argparse
from pathlib import Path

from ceasefire_talks.commands import read_source, show_problems


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

    print(segment_yaml(read_source(options.source), "SO0001"), end="")
    return 0


def run_locate(options: argparse.Namespace) -> int:
    """Print where words stand in the article."""
    from ceasefire_talks.build import build_tables  # noqa: PLC0415
    from ceasefire_talks.coding.locate import find_words  # noqa: PLC0415
    from ceasefire_talks.records.metadata import find_root  # noqa: PLC0415

    text = read_source(options.source)
    built = build_tables(find_root(Path.cwd()))
    if built.problems:
        show_problems(built.problems)
        raise ValueError("the records cannot be read, so that no place can be told; mend these lines first")
    print("\n".join(find_words(text, options.words, built.tables)))
    return 0
