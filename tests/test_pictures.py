"""The pictures as the renderer sees them: readable on a phone, in both themes, by everyone, and true to the tables."""

import csv
import hashlib
import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from itertools import combinations
from typing import Any
from xml.etree import ElementTree as Xml

import numpy as np
import pytest
from matplotlib.colors import to_rgb
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.text import Text
from matplotlib.transforms import Bbox

from ceasefire_talks.build import Built
from ceasefire_talks.files.pictures import PICTURES, alt_texts, to_pictures
from ceasefire_talks.files.pictures.bars import BEGIN, END, KEY, LAST, SHORT, Bar, to_bar
from ceasefire_talks.files.pictures.drawing import THEMES, WIDTH, house_style
from ceasefire_talks.files.pictures.timeline import to_bands
from conftest import ROOT

NAMES = [(name, theme) for name in PICTURES for theme in THEMES]
PHONE = 360
SVG = "{http://www.w3.org/2000/svg}"
COLOUR_BLIND = {
    "protan": [[0.152, 1.053, -0.205], [0.115, 0.786, 0.099], [-0.004, -0.048, 1.052]],
    "deutan": [[0.367, 0.861, -0.228], [0.280, 0.673, 0.047], [-0.012, 0.043, 0.969]],
    "tritan": [[1.256, -0.077, -0.179], [-0.078, 0.931, 0.148], [0.005, 0.691, 0.304]],
}
HASHES = """
import hashlib, pathlib, sys
from ceasefire_talks.build import build_tables
from ceasefire_talks.files.pictures import to_pictures
for name, content in to_pictures(build_tables(pathlib.Path(sys.argv[1])).tables).items():
    print(name, hashlib.sha256(content).hexdigest())
"""


def read_rows(name: str) -> list[dict[str, str]]:
    with (ROOT / "data" / "csv" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, strict=True))


@pytest.fixture(scope="module")
def svgs(built: Built) -> dict[str, bytes]:
    return to_pictures(built.tables)


@pytest.fixture(scope="module", params=NAMES, ids="-".join)
def picture(request: pytest.FixtureRequest, built: Built) -> Iterator[tuple[str, Figure]]:
    name, theme = request.param
    with house_style():
        figure = PICTURES[name][1](built.tables, THEMES[theme])
        figure.draw_without_rendering()
        yield theme, figure


def labels(figure: Figure) -> list[Text]:
    return [item for item in figure.findobj(Text) if isinstance(item, Text) and item.get_visible() and item.get_text()]


def drawn(figure: Figure) -> list[Any]:
    """Return what stands for a row of a table: it carries the row's id."""
    return [item for item in figure.findobj() if item.get_gid()]


def place_of(mark: Line2D) -> tuple[float, float]:
    return float(np.asarray(mark.get_xdata())[0]), float(np.asarray(mark.get_ydata())[0])


def extent_of(mark: Any) -> Bbox:
    """Return the box of a mark on the sheet; the library knows it for lines only."""
    if isinstance(mark, Line2D):
        return mark.get_window_extent()
    return Bbox.union([mark.get_transform().transform_path(path).get_extents() for path in mark.get_paths()])


def luminance(colour: Any) -> float:
    channels = np.array(to_rgb(colour))
    linear = np.where(channels <= 0.04045, channels / 12.92, ((channels + 0.055) / 1.055) ** 2.4)
    return float(linear @ (0.2126, 0.7152, 0.0722))


def contrast(one: Any, other: Any) -> float:
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def test_no_label_is_small_on_a_phone(picture: tuple[str, Figure]) -> None:
    figure = picture[1]
    scale = PHONE / (figure.get_figwidth() * 72)
    for label in labels(figure):
        assert float(label.get_fontsize()) * scale >= 9, label.get_text()
        assert label.get_window_extent().height * scale * 72 / figure.dpi >= 9, label.get_text()


def test_no_two_labels_overlap(picture: tuple[str, Figure]) -> None:
    boxes = {label: label.get_window_extent() for label in labels(picture[1])}
    for (one, box), (other, area) in combinations(boxes.items(), 2):
        assert not box.overlaps(area), f"{one.get_text()!r} and {other.get_text()!r}"


def test_no_label_leaves_the_picture(picture: tuple[str, Figure]) -> None:
    figure = picture[1]
    for label in labels(figure):
        box = label.get_window_extent()
        assert box.x0 >= 0, label.get_text()
        assert box.y0 >= 0, label.get_text()
        assert box.x1 <= figure.bbox.width, label.get_text()
        assert box.y1 <= figure.bbox.height, label.get_text()


def test_no_label_lies_on_a_mark(picture: tuple[str, Figure]) -> None:
    """A mark may touch the room below the letters, not the letters."""
    figure = picture[1]
    for mark in drawn(figure):
        box = extent_of(mark)
        for label in labels(figure):
            letters = label.get_window_extent().padded(0, -2)
            assert not box.overlaps(letters), f"{mark.get_gid()} and {label.get_text()!r}"


def test_text_and_marks_stand_out_from_the_ground(picture: tuple[str, Figure]) -> None:
    theme, figure = picture
    ground = THEMES[theme].ground
    assert to_rgb(figure.get_facecolor()) == to_rgb(ground)
    for label in labels(figure):
        assert contrast(label.get_color(), ground) >= 4.5, label.get_text()
    for mark in drawn(figure):
        strokes = [mark.get_markeredgecolor()] if isinstance(mark, Line2D) else [*mark.get_facecolor()]
        edges = [] if isinstance(mark, Line2D) else [*mark.get_edgecolor()]
        assert max(contrast(colour[:3], ground) for colour in map(to_rgb, [*strokes, *edges])) >= 4.5, mark.get_gid()


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("vision", COLOUR_BLIND)
def test_the_two_colours_differ_for_colour_blind_readers(theme: str, vision: str) -> None:
    """Machado, Oliveira and Fernandes 2009, severity 1, applied to linear light."""
    seen = [np.array(COLOUR_BLIND[vision]) @ np.array(to_rgb(c)) ** 2.2 for c in THEMES[theme][-2:]]
    warm, cool = (np.clip(colour, 0, 1) ** (1 / 2.2) for colour in seen)
    assert np.linalg.norm(warm - cool) >= 0.35


def test_every_dated_event_in_the_year_is_drawn_once(built: Built) -> None:
    expected = {
        row["event_id"]
        for row in read_rows("events")
        if row["date"] and row["track"] != "earlier"
        if (row["date_first_day"] or "0") <= END.isoformat() and (row["date_last_day"] or "9") >= BEGIN.isoformat()
    }
    with house_style():
        found = [item.get_gid() for item in drawn(PICTURES["timeline"][1](built.tables, THEMES["light"]))]
    assert len(expected) > 20
    assert sorted(found) == sorted(expected)


def test_every_demand_of_the_year_is_drawn_once_and_ringed_where_another_excludes_it(built: Built) -> None:
    demands = [row for row in read_rows("demands_wide") if row["track"] != "earlier"]
    with house_style():
        figure = PICTURES["demands"][1](built.tables, THEMES["light"])
    found = {item.get_gid(): item for item in drawn(figure)}
    assert sorted(found) == sorted(row["demand_id"] for row in demands)
    assert len(found) == len(drawn(figure))
    rings = [
        place_of(line) for line in figure.findobj(Line2D) if isinstance(line, Line2D) and line.get_fillstyle() == "none"
    ]
    ringed = {name for name, mark in found.items() if place_of(mark) in rings}
    wanted = {row["demand_id"] for row in demands if row["basis"] != "hypothesised"}
    assert ringed == {
        row["demand_id"]
        for row in demands
        if row["demand_id"] in wanted and wanted & set(row["excluded_by"].split("; "))
    }
    hollow = {name for name, mark in found.items() if to_rgb(mark.get_color()) == (1, 1, 1)}
    assert hollow == {row["demand_id"] for row in demands if row["basis"] == "hypothesised"}


def bar_of(text: str, first: date | None, last: date | None, **other: str) -> Bar:
    row = {"date": text, "date_first_day": first, "date_last_day": last, "event_id": "EV9999"}
    return to_bar(row | {"type": "attack", "realis": "actual"} | other)


@pytest.mark.parametrize(
    ("text", "first", "last", "starts", "ends"),
    [
        ("2024-07-03", date(2024, 7, 3), date(2024, 7, 3), "day", "day"),
        ("2024-07", date(2024, 7, 1), date(2024, 7, 31), "month", "month"),
        ("2024", date(2024, 1, 1), date(2024, 12, 31), "month", "after"),
        ("2023-10-07/..", date(2023, 10, 7), None, "day", "after"),
        ("2023-11/", date(2023, 11, 1), None, "month", "unknown"),
        ("/2024-09", None, date(2024, 9, 30), "unknown", "month"),
        ("2017/..", date(2017, 1, 1), None, "before", "after"),
    ],
)
def test_a_bar_ends_just_as_its_date_is_known(
    text: str, first: date | None, last: date | None, starts: str, ends: str
) -> None:
    bar = bar_of(text, first, last)
    assert (bar.starts, bar.ends) == (starts, ends)
    assert bar.left == max(first or BEGIN, BEGIN).toordinal()
    assert bar.right == min(last.toordinal() + 1 if last else LAST, LAST)


@pytest.mark.parametrize("realis", ["hedged", "hypothetical", "forecast", "negated"])
def test_only_what_is_reported_as_a_fact_is_solid(realis: str) -> None:
    assert bar_of("2024", None, None).firm
    assert not bar_of("2024", None, None, realis=realis).firm


def test_month_is_a_bar_over_its_month_and_no_day(built: Built) -> None:
    bars = {bar.event_id: bar for band in to_bands(built.tables) for lane in band.lanes for bar in lane}
    for row in read_rows("events"):
        if len(row["date"]) == len("2024-07") and row["event_id"] in bars:
            bar = bars[row["event_id"]]
            assert date.fromordinal(int(bar.left)).isoformat() == f"{row['date']}-01"
            assert 28 <= bar.right - bar.left <= 31
            assert date.fromordinal(int(bar.right)).day == 1


def test_words_on_the_timeline_belong_to_events_that_exist(built: Built) -> None:
    bars = {bar.event_id for band in to_bands(built.tables) for lane in band.lanes for bar in lane}
    assert set(KEY) <= set(SHORT) <= bars


def test_pictures_are_the_committed_ones(svgs: dict[str, bytes]) -> None:
    assert sorted(svgs) == sorted(f"data/pictures/{name}-{theme}.svg" for name, theme in NAMES)
    assert {path.name for path in (ROOT / "data" / "pictures").glob("*")} == {name.split("/")[-1] for name in svgs}
    for name, content in svgs.items():
        assert (ROOT / name).read_bytes() == content


def test_pictures_are_light_and_name_no_clock(svgs: dict[str, bytes]) -> None:
    for content in svgs.values():
        assert len(content) < 150_000
        assert b"dc:date" not in content
        assert b"<image" not in content
        assert b"<text" not in content


def test_svg_carries_title_and_alternative_text(svgs: dict[str, bytes], built: Built) -> None:
    spoken = alt_texts(built.tables)
    for name, content in svgs.items():
        root = Xml.fromstring(content)
        picture = name.split("/")[-1].split("-")[0]
        assert root.get("role") == "img"
        assert root.get("aria-label") == spoken[picture]
        assert [item.text for item in root.findall(f"{SVG}title")] == [PICTURES[picture][0]]
        assert float(str(root.get("viewBox")).split()[2]) == WIDTH


def test_alternative_text_counts_what_is_drawn(built: Built) -> None:
    spoken = alt_texts(built.tables)
    events, demands = read_rows("events"), read_rows("demands")
    wanted = {row["demand_id"] for row in read_rows("demands") if row["basis"] != "hypothesised"}
    pairs = [row for row in read_rows("demand_conflicts") if row["degree"] == "strict"]
    strict = [row for row in pairs if {row["demand_id"], row["other_demand_id"]} <= wanted]
    bars = [bar for band in to_bands(built.tables) for lane in band.lanes for bar in lane]
    assert f"{len(bars)} of {len(events)} events" in spoken["timeline"]
    assert f"{len(strict)} pairs of demands" in spoken["demands"]
    assert f"{sum(row['track'] != 'earlier' for row in demands)} of {len(demands)} demands" in spoken["demands"]
    for row in events:
        assert (row["event_id"] not in KEY) or f"{row['date']} {row['title']}" in spoken["timeline"]


@pytest.mark.parametrize(("seed", "locale"), [("1", "C"), ("2", "de_DE.UTF-8")])
def test_same_bytes_under_another_hash_seed_and_locale(svgs: dict[str, bytes], seed: str, locale: str) -> None:
    environment = os.environ | {"PYTHONHASHSEED": seed, "LC_ALL": locale, "TZ": "Asia/Tokyo", "PYTHONUTF8": "1"}
    environment |= {"PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}
    command = [sys.executable, "-c", HASHES, str(ROOT)]
    result = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    expected = [f"{name} {hashlib.sha256(content).hexdigest()}" for name, content in svgs.items()]
    assert result.stdout.splitlines() == expected
