"""Finding a column by a word, and all that the tables have on one actor."""

import pytest

import ceasefire_talks as ct
from helpers import read_table


@pytest.mark.parametrize(
    ("word", "line"),
    [
        ("refuser", "event_role = refuser: Refuser. Refuses or blocks."),
        ("REFUSER", "event_role = refuser: Refuser. Refuses or blocks."),
        ("answer_basis", "talks.answer_basis: "),
        ("utterance", "quotes: One row is an utterance attributed to a speaker."),
    ],
)
def test_a_word_finds_tables_columns_and_codes(word: str, line: str) -> None:
    found = str(ct.find(word)).splitlines()
    assert any(text.startswith(line) for text in found)
    assert all(word.lower() in text.lower() for text in found)


def test_a_word_that_stands_nowhere_gets_a_sentence() -> None:
    for word in ("xyzzy", "", " "):
        assert ct.find(word) == f'no table, column or code is called or described by "{word}"'


@pytest.mark.parametrize("name", ["hamas", "Hamas", " HAMAS "])
def test_an_actor_is_found_by_id_or_name(name: str) -> None:
    assert ct.about(name).startswith("Hamas (hamas): ")


def test_all_on_an_actor_are_its_rows_and_those_of_its_members() -> None:
    """Each row that names Israel or one of its own stands once, whatever part it has in it."""
    members = {row["actor_id"] for row in read_table("actors") if row["party_id"] == "israel"}
    assert {"israel", "benjamin_netanyahu", "israel_government"} <= members
    text = str(ct.about("israel"))
    ties = {"talks": "talk_actors", "events": "event_actors"}
    for table, tie in ties.items():
        key = f"{table[:-1]}_id"
        expected = {row[key] for row in read_table(tie) if row["actor_id"] in members}
        assert expected <= {line.split()[0] for line in section(text, table)}
    demands = [row for row in read_table("demands") if {row["demander_id"], row["addressee_id"]} & members]
    assert {row["demand_id"] for row in demands} <= {line.split()[0] for line in section(text, "demands")}
    for table in ("talks", "events", "demands", "quotes", "leverage"):
        lines = section(text, table)
        assert len({line.split()[0] for line in lines}) == len(lines) > 0
        assert f"\n{table} ({len(lines)})\n" in text


def section(text: str, table: str) -> list[str]:
    """Return the lines of a table."""
    lines = text.split(f"\n{table} (", 1)[1].split("\n\n", maxsplit=1)[0].split("\n")[1:]
    return [line.strip() for line in lines]


def test_the_part_of_an_actor_is_told() -> None:
    assert "[refuser]" in next(line for line in section(str(ct.about("hezbollah")), "events") if "EV0012" in line)


def test_rows_that_only_mention_an_actor_are_there_too() -> None:
    """The 21-day call is on Hezbollah and names it nowhere but in its words."""
    lines = section(str(ct.about("hezbollah")), "talks")
    assert any(line.startswith("TK0328 [named] 2024-09-25, ") for line in lines)
    assert any(
        line.startswith("TK0346 [answerer] ") and "coded as accepts, told by Abdallah Bou Habib" in line
        for line in lines
    )


def test_a_person_is_found_by_the_surname_in_the_words_too() -> None:
    named = {row["talk_id"] for row in read_table("talks") if "Sinwar" in row["title"]}
    assert len(named) > 1
    assert named <= {line.split()[0] for line in section(str(ct.about("sinwar")), "talks")}


@pytest.mark.parametrize("name", ["netanyahu", "Netanyahu"])
def test_a_part_of_a_name_is_enough_where_it_is_of_one_actor(name: str) -> None:
    assert ct.about(name).startswith("Benjamin Netanyahu (benjamin_netanyahu): ")


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("Hezbolla", '; did you mean "Hezbollah"?'),
        ("xyzzy", '; load("actors") lists them'),
        ("leaders", "; of several take one: "),
        ("", '; load("actors") lists them'),
        ("a", '; load("actors") lists them'),
    ],
)
def test_a_wrong_name_gets_one_sentence(name: str, hint: str) -> None:
    with pytest.raises(ValueError, match="there is no actor") as caught:
        ct.about(name)
    assert str(caught.value).startswith(f'there is no actor "{name}"{hint}')


def test_a_pandas_frame_carries_version_and_citation() -> None:
    attrs = ct.load("talks", "pandas").attrs
    assert attrs == {"name": "ceasefire-talks", "version": ct.__version__, "citation": str(ct.cite())}
