"""The pictures of the package: a timeline of the events and a matrix of the demands, light and dark, with their words.

A pure function of the tables: the same tables give the same bytes.
"""

from collections.abc import Callable

from matplotlib.figure import Figure

from ceasefire_talks.declaration.edtf import speak_edtf
from ceasefire_talks.files.pictures.bars import words_of
from ceasefire_talks.files.pictures.drawing import THEMES, Theme, house_style, to_svg
from ceasefire_talks.files.pictures.matrix import TITLE as MATRIX
from ceasefire_talks.files.pictures.matrix import conflict_note, draw_matrix, to_groups
from ceasefire_talks.files.pictures.timeline import TITLE as TIMELINE
from ceasefire_talks.files.pictures.timeline import draw_timeline, not_drawn, to_bands
from ceasefire_talks.tables.tabulate import Tables

Draw = Callable[[Tables, Theme], Figure]
PICTURES: dict[str, tuple[str, Draw]] = {"timeline": (TIMELINE, draw_timeline), "demands": (MATRIX, draw_matrix)}


def to_pictures(tables: Tables) -> dict[str, bytes]:
    """Return every picture as SVG, by its path from the root of the package."""
    spoken = alt_texts(tables)
    with house_style():
        return {
            f"data/pictures/{name}-{theme}.svg": to_svg(draw(tables, colours), title, spoken[name])
            for name, (title, draw) in PICTURES.items()
            for theme, colours in THEMES.items()
        }


def alt_texts(tables: Tables) -> dict[str, str]:
    """Return what each picture says to those who do not see it, by its name."""
    return {"timeline": speak_timeline(tables), "demands": speak_matrix(tables)}


def speak_timeline(tables: Tables) -> str:
    """Return the timeline in words: how many events each track has, and those it stresses with their dates."""
    words = words_of(tables)
    tracks = ", ".join(f"{band.label} {sum(map(len, band.lanes))}" for band in to_bands(tables))
    stressed = "; ".join(
        f"{speak_edtf(row['date'])}: {row['title']}" + ("" if row["realis"] == "actual" else f" ({row['realis']})")
        for row in tables["events"].sort("date", "event_id").iter_rows(named=True)
        if words.get(row["event_id"], ("", False))[1]
    )
    return f"Timeline of events by track: {tracks}. Stressed: {stressed}. {not_drawn(tables['events'])}"


def speak_matrix(tables: Tables) -> str:
    """Return the matrix in words: for each party its demands and how many of them another demand excludes."""
    parties = []
    for party, rows in to_groups(tables).items():
        marks = [mark for cells in rows.values() for column in cells.values() for mark in column]
        wanted = [mark for mark in marks if not mark.imagined]
        parties.append(f"{party} {len(wanted)} ({sum(mark.excluded for mark in wanted)})")
    counted = ", ".join(parties)
    return (
        "Matrix of demands, by who makes them, on what issue and of whom. Demands of each party, in brackets those "
        f"that another demand excludes: {counted}. {conflict_note(tables)}"
    )
