"""The codebook: three files that a person can open, whose links lead somewhere and whose ids are rows."""

import re
from itertools import chain

import polars as pl
import pytest

from ceasefire_talks.build import Built
from ceasefire_talks.declaration import published
from ceasefire_talks.files import Files
from ceasefire_talks.files.codebook.card import count_speakers, tell_speakers
from helpers import DECLARED, ROOT, read_table

NAMES = ("codebook", "codes", "coding")
HEADING = re.compile(r"(?m)^#+ (.*)$")
LINK = re.compile(r"\]\(([a-z]+\.md)?(?:#([^)]+))?\)")
ID = re.compile(r"\b[A-Z]{2}[0-9]{4}\b")


@pytest.fixture(scope="module")
def texts(rendered: Files) -> dict[str, str]:
    return {f"{name}.md": rendered[f"data/{name}.md"].decode("utf-8") for name in NAMES}


def anchor_of(heading: str) -> str:
    """Return the anchor that GitHub and GitLab make of a heading."""
    return re.sub(r"[^a-z0-9_ -]", "", heading.lower()).replace(" ", "-")


@pytest.mark.parametrize("name", NAMES)
def test_each_file_is_at_most_60_kb(name: str) -> None:
    assert 20_000 < (ROOT / "data" / f"{name}.md").stat().st_size <= 60_000


@pytest.mark.parametrize("name", NAMES)
def test_links_lead_to_a_heading_and_to_both_other_files(texts: dict[str, str], name: str) -> None:
    anchors = {file: [anchor_of(found) for found in HEADING.findall(text)] for file, text in texts.items()}
    links = LINK.findall(texts[f"{name}.md"])
    for file, anchor in links:
        assert not anchor or anchors[file or f"{name}.md"].count(anchor) == 1, (file, anchor)
    assert {file for file, _ in links if file} == set(texts) - {f"{name}.md"}


def test_every_table_and_every_code_list_has_an_anchor_by_its_name(texts: dict[str, str], built: Built) -> None:
    assert set(published(DECLARED)) <= set(HEADING.findall(texts["codebook.md"]))
    assert set(built.tables["codes"]["list"]) == set(HEADING.findall(texts["codes.md"])) - {"Ceasefire Talks: codes"}


@pytest.mark.parametrize(
    ("name", "code", "table", "column"),
    [("talk_kind", "proposal", "talks", "kind"), ("answer", "rejects", "talks", "answer")],
)
def test_codes_are_counted_where_they_were_chosen(
    texts: dict[str, str], name: str, code: str, table: str, column: str
) -> None:
    section = texts["codes.md"].split(f"\n## {name}\n")[1].split("\n## ")[0]
    count = sum(row[column] == code for row in read_table(table))
    assert re.search(rf"\| `{code}` \| .* \| {count} \|", section)


def test_codes_of_derived_columns_are_counted_too(texts: dict[str, str]) -> None:
    section = texts["codes.md"].split("\n## strength\n")[1].split("\n## ")[0]
    assert not re.search(r"\| `strong` \| .* \| 0 \|", section)


def test_every_field_of_a_table_stands_in_its_section(texts: dict[str, str]) -> None:
    sections = dict(re.findall(r"(?ms)^### (\w+)$(.*?)(?=^##)", texts["codebook.md"]))
    for name, table in published(DECLARED).items():
        assert [field["name"] for field in table["fields"] if f"`{field['name']}`" not in sections[name]] == []


def test_every_id_in_prose_is_a_row(built: Built, texts: dict[str, str]) -> None:
    ids = set(chain.from_iterable(frame.to_series(0).cast(pl.String) for frame in built.tables.values()))
    gone = set(built.tables["withdrawn"]["withdrawn_id"])
    pages = [*texts.values(), *((ROOT / page).read_text("utf-8") for page in ("README.md", "data/README.md"))]
    named = set(chain.from_iterable(map(ID.findall, pages)))
    assert len(named) > 10
    assert named - ids - gone == set()


def test_the_card_counts_who_speaks(built: Built) -> None:
    counted = count_speakers(built.tables)
    quotes = read_table("quotes")
    assert counted["utterances"].sum() == len(quotes)
    assert counted["speakers"].sum() == len({row["speaker_id"] for row in quotes})
    analysts = [row for row in quotes if row["position"] and row["speaker_party"] == row["speaker"]]
    assert f"{len(analysts)} of {len(quotes)} utterances" in tell_speakers(built.tables)
    assert dict(counted.select("side", "utterances").iter_rows())["Hamas"] == sum(
        row["speaker_party"] == "Hamas" for row in quotes
    )


def test_the_card_states_no_figure() -> None:
    """Figures are counted from the tables; a day is none."""
    for answer in re.findall(
        r"(?m)^- \*\*.*$", (ROOT / "data" / "coding.md").read_text("utf-8").split("## Who speaks")[0]
    ):
        assert not re.search(r"[0-9]", re.sub(r"[0-9]{1,2} October 202[34]|October 2024", "", answer)), answer
