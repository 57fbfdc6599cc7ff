"""The page as its bytes: readable without a script, true to the tables, small, and closed to any network."""

import base64
import gzip
import hashlib
import json
import os
import re
import subprocess
import sys
from typing import Any

import pytest
from reading import PAGE, Reader

from ceasefire_talks import cite
from ceasefire_talks.explorer import SOURCES, refuse_ends
from ceasefire_talks.explorer.content import LEFT_OUT
from ceasefire_talks.installed import descriptor
from helpers import DECLARED, TABLES, read_table

TEXT = PAGE.read_text("utf-8")
READ = Reader(TEXT)
SCRIPTS = {path.name: path.read_text("utf-8") for path in sorted(SOURCES.glob("*.js"))}
SHOWN = [name for name in TABLES if name not in LEFT_OUT]


def content() -> dict[str, Any]:
    read: dict[str, Any] = json.loads(READ.texts("script", id="content")[0])
    return read


def rows_of(table: dict[str, Any]) -> list[list[Any]]:
    return table["cells"] if table["byRows"] else [list(row) for row in zip(*table["cells"], strict=True)]


def as_text(cell: Any) -> str:
    """Return a cell as the CSV files have it."""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return "" if cell is None else str(cell).lower() if isinstance(cell, bool) else str(cell)


def test_every_element_is_closed() -> None:
    assert READ.open == []


def test_the_page_says_without_a_script_what_the_data_set_is() -> None:
    [shown] = READ.texts("div", id="about")
    package = descriptor()
    for text in (package["title"], package["description"], str(cite()), package["licenses"][0]["title"], *LEFT_OUT):
        assert text in shown
    assert READ.texts("title") == [package["title"]]


def test_it_shows_the_ten_newest_rows_of_talks() -> None:
    talks = sorted(read_table("talks"), key=lambda row: (row["date_first_day"], row["talk_id"]), reverse=True)[:10]
    [newest] = READ.texts("tbody", id="newest")
    assert newest.split("\n") == ["", *("".join(row[key] for key in ("talk_id", "title", "says")) for row in talks), ""]


def test_it_describes_itself_to_harvesters() -> None:
    described = json.loads(READ.texts("script", type="application/ld+json")[0])
    package = descriptor()
    assert (described["@type"], described["name"], described["version"]) == (
        "Dataset",
        "Ceasefire Talks",
        package["version"],
    )
    assert described["citation"] == cite()
    paths = {f"data/{file['contentUrl']}" for file in described["distribution"]}
    assert paths == {resource["path"] for resource in package["resources"]}


@pytest.mark.parametrize("name", SHOWN)
def test_a_table_in_the_page_is_the_table(name: str) -> None:
    table = content()["tables"][name]
    fields = [field["name"] for field in table["fields"]]
    assert [dict(zip(fields, map(as_text, row), strict=True)) for row in rows_of(table)] == read_table(name)
    assert table["primaryKey"] == DECLARED[name]["primaryKey"]


def test_the_page_holds_all_tables_but_those_it_names() -> None:
    assert list(content()["tables"]) == SHOWN
    assert set(LEFT_OUT) < set(TABLES)


def test_the_policy_allows_just_this_script_and_style() -> None:
    [script] = [text for tag, has, found in READ.elements if tag == "script" and not has and (text := "".join(found))]
    [policy] = [has["content"] or "" for tag, has, _ in READ.elements if tag == "meta" and "http-equiv" in has]
    for kind, text in {"script-src": script, "style-src": READ.texts("style")[0]}.items():
        digest = base64.b64encode(hashlib.sha256(text.encode("utf-8")).digest()).decode("ascii")
        assert f"{kind} 'sha256-{digest}';" in policy
    assert policy.startswith("default-src 'none';")
    assert "unsafe" not in policy
    assert script == "".join(SCRIPTS.values())


def test_nothing_in_the_page_is_loaded_or_sent() -> None:
    loaded = {"src", "srcset", "data", "poster", "action", "background", "style"}
    assert [has for _, has, _ in READ.elements if loaded & set(has)] == []
    assert "link" not in {tag for tag, _, _ in READ.elements}
    assert not re.search(r"url\(|@import", READ.texts("style")[0])


def test_data_cannot_end_their_element() -> None:
    assert "<" not in READ.texts("script", id="content")[0] + READ.texts("script", type="application/ld+json")[0]
    for text in ("a</script>", "<!-- a", "</STYLE>"):
        with pytest.raises(ValueError, match="end tag"):
            refuse_ends(text)


def test_the_page_is_small() -> None:
    assert len(gzip.compress(PAGE.read_bytes(), 9)) <= 400_000


@pytest.mark.parametrize("name", SCRIPTS)
def test_scripts_make_no_markup_and_know_no_network_and_no_time_zone(name: str) -> None:
    markup = r"innerHTML|outerHTML|insertAdjacent|document\.write|\beval\b|new Function"
    network = r"fetch\(|XMLHttp|WebSocket|EventSource|sendBeacon|\bimport\b"
    zone = r"toLocale|\bIntl\b|getTimezone"
    assert re.findall(f"{markup}|{network}|{zone}", SCRIPTS[name]) == []


def functions() -> dict[str, int]:
    """Return the length of each function of the scripts."""
    found: dict[str, int] = {}
    for text in SCRIPTS.values():
        for match in re.finditer(r"^(?:async )?function (\w+).*?^}$", text, re.DOTALL | re.MULTILINE):
            assert match[1] not in found, f"{match[1]} is there twice, and one would hide the other"
            found[match[1]] = match[0].count("\n") + 1
    return found


def test_functions_are_short_and_each_name_is_used_once() -> None:
    assert len(functions()) > 60
    assert {name: lines for name, lines in functions().items() if lines > 25} == {}
    assert max(text.count("\n") for text in SCRIPTS.values()) <= 250


def test_explore_opens_the_page() -> None:
    program = "import sys; from ceasefire_talks.cli import main; sys.exit(main(['explore']))"
    environment = {**os.environ, "BROWSER": "echo %s", "PYTHONPATH": os.pathsep.join(sys.path)}
    done = subprocess.run([sys.executable, "-c", program], env=environment, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout.strip(), done.stderr) == (0, PAGE.as_uri(), "")


def test_explore_says_where_the_page_lies_where_there_is_no_browser() -> None:
    program = "import sys; from ceasefire_talks.cli import main; sys.exit(main(['explore']))"
    environment = {**os.environ, "BROWSER": "false %s", "PATH": "", "PYTHONPATH": os.pathsep.join(sys.path)}
    done = subprocess.run([sys.executable, "-c", program], env=environment, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.strip() == f"ceasefire-talks: no browser was found; open {PAGE}"
