"""How to cite: in every style, with and without address and row, and with what TeX would trip over."""

import json
import subprocess
import sys
import tomllib
from typing import Any

import pytest
import yaml

import ceasefire_talks as ct
from ceasefire_talks.citation import STYLES, Work, citation
from ceasefire_talks.installed import descriptor
from ceasefire_talks.records.project import QUOTED
from helpers import DECLARED, ROOT

PLAIN = Work("The Makers", "Talks", "1.2.3", "2026-11-28")
WHOLE = Work(
    "A & B_c", "50% of #1 {x} \\ ~^", "1.2.3", "2026-11-28", "https://doi.org/10.1/x_y", "table talks, row TK0012"
)


@pytest.mark.parametrize(
    ("style", "work", "printed"),
    [
        ("text", PLAIN, "The Makers (2026). Talks (version 1.2.3) [Data set]."),
        (
            "text",
            WHOLE,
            "A & B_c (2026). 50% of #1 {x} \\ ~^ (version 1.2.3) [Data set], table talks, row TK0012. "
            "https://doi.org/10.1/x_y",
        ),
        ("apa", PLAIN, "The Makers. (2026). Talks (Version 1.2.3) [Data set]."),
        (
            "apa",
            WHOLE,
            "A & B_c. (2026). 50% of #1 {x} \\ ~^ (Version 1.2.3; table talks, row TK0012) [Data set]. "
            "https://doi.org/10.1/x_y",
        ),
        (
            "bibtex",
            PLAIN,
            "@misc{ceasefire_talks,\n  author = {{The Makers}},\n  title = {Talks},\n  year = {2026},\n"
            "  version = {1.2.3},\n  note = {Data set},\n}",
        ),
        (
            "bibtex",
            WHOLE,
            "@misc{ceasefire_talks,\n  author = {{A \\& B\\_c}},\n"
            "  title = {50\\% of \\#1 \\{x\\} \\textbackslash{} \\textasciitilde{}\\textasciicircum{}},\n"
            "  year = {2026},\n"
            "  version = {1.2.3},\n  note = {Data set, table talks, row TK0012},\n"
            "  url = {https://doi.org/10.1/x_y},\n}",
        ),
        (
            "ris",
            PLAIN,
            "TY  - DATA\nAU  - The Makers\nTI  - Talks\nPY  - 2026\nDA  - 2026/11/28\nET  - 1.2.3\nER  - ",
        ),
    ],
)
def test_a_citation_is_printed_just_so(style: str, work: Work, printed: str) -> None:
    assert citation(work, style) == printed


def test_ris_and_csl_name_row_and_address() -> None:
    assert "\nN1  - table talks, row TK0012\nUR  - https://doi.org/10.1/x_y\nER  - " in citation(WHOLE, "ris")
    [item] = json.loads(citation(WHOLE, "csl"))
    assert item == {
        "id": "ceasefire_talks",
        "type": "dataset",
        "title": WHOLE.title,
        "author": [{"literal": "A & B_c"}],
        "issued": {"date-parts": [[2026, 11, 28]]},
        "version": "1.2.3",
        "note": "table talks, row TK0012",
        "URL": "https://doi.org/10.1/x_y",
    }


@pytest.mark.parametrize("style", STYLES)
def test_the_package_and_its_rows_are_cited_with_their_version(style: str) -> None:
    """The same from the loader and the command."""
    for table, row in ((None, None), ("talks", "TK0012"), ("ballots", "TK0075/albania")):
        place = [part for part in (table, row) if part]
        cited = str(ct.cite(table, row, style))
        assert descriptor()["version"] in cited
        assert all(part in cited.replace("\\_", "_") for part in place)
        command = [
            sys.executable,
            "-c",
            "from ceasefire_talks.cli import main; main()",
            "cite",
            *place,
            "--style",
            style,
        ]
        done = subprocess.run(command, capture_output=True, text=True, check=True)
        assert (done.stdout, done.stderr) == (f"{cited}\n", "")


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: ct.cite(style="mla"), 'there is no citation style "mla"; take one of text, apa, bibtex, ris, csl'),
        (lambda: ct.cite("talk"), 'there is no table "talk"; did you mean "talks"?'),
        (lambda: ct.cite("talks", "TK9999"), 'there is no row "TK9999" in talks'),
        (lambda: ct.cite("talks", ""), 'there is no row "" in talks'),
        (lambda: ct.cite(row="TK0012"), 'there is no table ""; tables() lists them'),
        (lambda: ct.cite("talks", "xyzzy"), 'there is no row "xyzzy" in talks'),
    ],
)
def test_a_wrong_name_gets_one_sentence(call: Any, message: str) -> None:
    with pytest.raises(ValueError, match="there is no") as caught:
        call()
    assert str(caught.value).startswith(message)


def test_the_citation_file_names_what_the_package_was_made_from() -> None:
    cited = yaml.safe_load((ROOT / "CITATION.cff").read_text("utf-8"))
    kinds = ("coded_article", "dataset")
    used = [row for row in ct.load("sources") if row["kind"] in kinds]
    assert [reference["title"] for reference in cited["references"]] == [row["title"] for row in used]
    assert cited["license"] == descriptor()["licenses"][0]["name"]
    assert ("url" in cited) is ("homepage" in descriptor())


def test_licences_agree_in_project_descriptor_and_folder() -> None:
    """What pyproject.toml, the descriptor, REUSE.toml and LICENSES/ say comes to the same."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    ours = descriptor()["licenses"][0]["name"]
    assert project["license"] == f"MIT AND {ours} AND {QUOTED}"
    assert sorted(path.stem for path in (ROOT / "LICENSES").iterdir()) == sorted(["MIT", ours, QUOTED])
    *_, quoting = tomllib.loads((ROOT / "REUSE.toml").read_text("utf-8"))["annotations"]
    assert quoting["SPDX-License-Identifier"] == f"{ours} AND {QUOTED}"
    paths = [resource["path"] for resource in descriptor()["resources"] if len(resource["licenses"]) == 2]
    quoted = [name for name, table in DECLARED.items() if table.get("quoted")]
    assert len(paths) == 2 * len(quoted) == 4
    assert sorted(path.rsplit("/", 1)[1] for path in paths) == sorted(
        path.rsplit("/", 1)[1] for path in quoting["path"] if path.startswith(("data/csv", "data/parquet"))
    )
