"""The page in Chromium: for every reader, by keyboard alone, with what is filtered in the address and in the files."""

import functools
import http.server
import io
import json
import shutil
import subprocess
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from reading import PAGE

from ceasefire_talks.files import data_path
from ceasefire_talks.installed import descriptor
from helpers import DECLARED, ROOT

pytestmark = pytest.mark.services
HERE = Path(__file__).parent
CHROMIUM = Path("/usr/bin/chromium")
VIEWS = (
    *("#", "#talks", "#wants", "#checks", "#reasons", "#tables", "#table/quotes", "#table/backing", "#table/sources"),
    *("#TK0150", "#QU0014", "#row/actors/hamas", "#row/talk_terms/TK0007/2", "#EV9999", "#search?q=captives"),
)


def read_frame(name: str) -> pl.DataFrame:
    """Return a table as it is published."""
    return pl.read_parquet(ROOT / data_path(name, DECLARED[name], "parquet"))


def has_party(column: str, party: str) -> pl.Expr:
    """Return the test whether a party is among those of a cell."""
    return pl.col(column).str.split("; ").list.contains(party)


def holds(word: str) -> pl.Expr:
    """Return the test whether a word without diacritics stands in any cell of a row."""
    cells = pl.concat_str(pl.all().cast(pl.String).fill_null(""), separator="\n")
    return cells.str.to_lowercase().str.contains(word, literal=True)


ALL = pl.lit(value=True)
THAT_DAY = (pl.col("date_last_day") >= pl.date(2024, 5, 6)) & (pl.col("date_first_day") <= pl.date(2024, 5, 6))
LINKS: dict[str, tuple[str, str, pl.Expr | None]] = {  # the head, the table, which rows of it
    "#talks?from=2024-05-06&to=2024-05-06": ("Talks", "talks", THAT_DAY),
    "#talks?answer=rejects": ("Talks", "talks", pl.col("answer") == "rejects"),
    "#wants?demander_party=Israel&addressee_party=Hamas": (
        "Who wants what",
        "demands",
        has_party("demander_party", "Israel") & has_party("addressee_party", "Hamas"),
    ),
    "#checks?q=110": ("Is it so?", "assessments", holds("110")),
    "#reasons": ("Why talks fail", "claims", pl.col("explains").is_not_null()),
    "#table/sources?q=HAARETZ&sort=-published": ("Sources", "sources", holds("haaretz")),
    "#TK0012": ("China and Russia veto the US draft on pauses and self-defence (S/2023/792)", "talks", None),
    "#row/actors/israel": ("Israel", "actors", None),
    "#row/talk_terms/TK0007/2": (
        "United States vetoes Brazil’s draft for humanitarian pauses (S/2023/773)",
        "talk_terms",
        None,
    ),
    "#DE0043": ("Withdrawn ids: DE0043", "withdrawn", None),
}


@pytest.fixture(scope="module", autouse=True)
def _installed() -> None:
    """Skip where the page cannot be opened."""
    if not CHROMIUM.exists() or not shutil.which("node"):
        pytest.skip("Chromium or Node is not installed, so the page was not opened")
    if not (HERE / "node_modules").exists():
        pytest.skip("Playwright is not installed (npm ci in tests/explorer), so the page was not opened")


@pytest.fixture(scope="module")
def served() -> Iterator[str]:
    """Yield the address of the page on a server of this machine."""
    handler = functools.partial(Quiet, directory=str(PAGE.parent))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/{PAGE.name}"
        server.shutdown()


class Quiet(http.server.SimpleHTTPRequestHandler):
    """Serves files and says nothing."""

    def log_message(self, *_: Any) -> None:
        """Say nothing."""


def browse(what: str, argument: str = "", address: str = PAGE.as_uri()) -> Any:
    """Return what the browser found; nothing may be said on the console, and nothing asked of a network."""
    command = ["node", str(HERE / "browse.mjs"), what, address, argument]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    result = json.loads(done.stdout)
    assert result["wrong"] == []
    return result["found"]


def test_types_hold_across_the_scripts() -> None:
    done = subprocess.run(["npx", "tsc", "-p", str(HERE)], cwd=HERE, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, "")


def test_every_view_is_accessible_and_fits_in_both_themes_and_all_widths() -> None:
    found = browse("axe", " ".join(VIEWS))
    assert len(found) == len(VIEWS) * 2 * 3
    assert [state for state in found if state["violations"] or state["sideways"]] == []


@pytest.mark.parametrize("server", [False, True], ids=["file", "http"])
def test_deep_links(server: bool, served: str) -> None:
    found = browse("links", " ".join(LINKS), served if server else PAGE.as_uri())
    for (head, name, kept), (title, shown, counted) in zip(LINKS.values(), found, strict=True):
        assert (title, shown) == (f"{head} – Ceasefire Talks", head)
        frame = read_frame(name)
        rows = 0 if kept is None else frame.filter(kept).height
        assert counted == (f"{rows} of {frame.height} rows of {name}" if rows else "")


FILTERED = {
    "#table/talks": ("talks", ALL, []),
    "#table/talks?answer=rejects&who_party=Israel": (
        "talks",
        (pl.col("answer") == "rejects") & has_party("who_party", "Israel"),
        [],
    ),
    "#talks?from=2024-05&to=2024-06-11&sort=-date": (
        "talks",
        (pl.col("date_last_day") >= pl.date(2024, 5, 1)) & (pl.col("date_first_day") <= pl.date(2024, 6, 11)),
        ["date_first_day"],
    ),
    "#table/quotes?quotable=false": ("quotes", ~pl.col("quotable"), []),
    "#table/talk_terms?matter=truce_length&unit=-": (
        "talk_terms",
        (pl.col("matter") == "truce_length") & pl.col("unit").is_null(),
        [],
    ),
    "#table/quantities?verdict=*": ("quantities", pl.col("verdict").is_not_null(), []),
    "#table/sources?q=haaretz": ("sources", holds("haaretz"), []),
}


@pytest.mark.parametrize("place", FILTERED)
def test_what_is_filtered_downloads_just_so(place: str) -> None:
    name, kept, order = FILTERED[place]
    frame = read_frame(name).filter(kept)
    frame = frame.sort(order, descending=True, maintain_order=True) if order else frame
    assert frame.height > 0
    as_csv, as_json = browse("take", place)
    taken = pl.read_csv(io.StringIO(as_csv), schema=frame.schema)
    assert taken.equals(frame)
    texts = frame.with_columns(pl.col(pl.Date).cast(pl.String))
    assert json.loads(as_json) == texts.to_dicts()
    if place == "#table/talks":
        assert as_csv == (ROOT / data_path(name, DECLARED[name], "csv")).read_text("utf-8")


def test_the_keyboard_alone_reaches_and_works_everything() -> None:
    found = browse("keys")
    assert (found["first"], found["skipped"], found["arrived"]) == ("skip", "main", "Talks")
    assert found["stops"].count("chart") == 1
    assert {"f-q", "f-from", "f-to", "f-answer", "s-date", "s-strength"} < set(found["stops"])
    days = [mark[:10] for mark in found["marks"]]
    assert days[0] == days[4] == min(days)
    assert days[0] < days[1] <= days[3] <= days[2]
    assert found["row"][0].startswith("#row/talks/TK")
    assert found["back"] == "#talks"
    assert found["sorted"] == ["s-strength", "Strength ▲", "399 of 399 rows of talks, page 1 of 4"]
    assert found["filtered"] == ["f-answer", "#talks?sort=strength&answer=rejects"]
    assert found["typed"] == ["f-q", "captives", "#talks?sort=strength&answer=rejects&q=captives"]
    assert found["backAgain"] == "#talks?sort=strength&answer=rejects"
    assert found["cleared"] == ["clear", "#talks"]
    assert found["paged"] == [["after", "#talks?page=2"], ["after", "#talks?page=3"], ["before", "#talks?page=2"]]


def test_copies_and_marks() -> None:
    found = browse("copies", "#QU0014")
    version = descriptor()["version"]
    assert found["citation"].endswith(f"(version {version}) [Data set], table quotes, row QU0014.")
    assert found["link"] == f"{PAGE.as_uri()}#QU0014"
    assert found["told"] == ["The citation was copied", "The link was copied"]
    assert not found["altered"]["shown"]
    assert found["altered"]["mark"].startswith("Words of the altered copy: do not print.")


def test_diacritics_and_forms_of_letters_make_no_difference_to_a_search() -> None:
    pairs = [("Guterres António", "guterres antonio"), ("الأنباء", "الانباء"), ("שָׁלוֹם", "שלום"), ("مقاومة", "مقاومه")]
    assert browse("folds", json.dumps(pairs)) == [True] * len(pairs)


def test_dates_are_their_texts_wherever_the_reader_is() -> None:
    dates = read_frame("talks").filter(THAT_DAY).sort("date_first_day", maintain_order=True)["date"].to_list()
    assert len(dates) > 2
    assert browse("days", "#talks?from=2024-05-06&to=2024-05-06") == dates


def test_two_days_are_typed_one_after_the_other_and_what_is_no_day_is_refused() -> None:
    """The page is drawn anew after the first: the second field keeps the focus, and what is typed into it."""
    found = browse("types", "#talks")
    both = "#talks?from=2024-05-06&to=2024-05-06"
    assert found == {"hash": both, "after": both, "valid": False}
