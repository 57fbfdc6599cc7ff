"""The rows of today as templates of a corpus: marks in their ids, and prose in variants.

One mark is for the number of the copy, the other for the group of an actor: of those that the article alone names each
group of copies has its own, and a few groups have most copies.
"""

import random
import re
from collections.abc import Iterable
from pathlib import Path

import polars as pl

from ceasefire_talks.declaration import Declaration, Field, Table, base_fields, published
from ceasefire_talks.files import data_path
from ceasefire_talks.tables.tabulate import Tables

ROOT = Path(__file__).parents[2]
COPY, GROUP = "\x02", "\x01"  # the marks in ids
ID = re.compile(r"^(?:AS|CL|DE|EV|LE|ME|PA|QN|QU|RE)(?=[0-9]{4})|^SO(?=0001$)")
ONCE = ("codings", "withdrawn")  # they tell how the package came to be
GROUPS = 5000
GOLDEN = 0.6180339887498949
LETTERS = "bcdfghklmprsvwaeiu"  # they change places; n, o and t stay, so that No and Not do
VARIANTS = 31
PROSE = (
    *("title", "summary", "statement", "gloss", "proposition", "finding", "caveat", "printed", "altered_words"),
    *("object", "consequence", "reason", "later", "quotable_reason"),
)


def read_package(declared: Declaration, root: Path = ROOT) -> Tables:
    """Return the tables of today without the columns that SQL adds."""
    tables = {}
    for name, table in published(declared).items():
        columns = [field["name"] for field in base_fields(table)]
        tables[name] = pl.read_parquet(root / data_path(name, table, "parquet"), columns=columns)
    return tables


def list_local(tables: Tables) -> set[str]:
    """Return the actors of which each group of copies has its own: those that the article alone names."""
    actors = tables["actors"]
    shared = {*tables["talk_actors"]["actor_id"], *tables["ballots"]["actor_id"], *actors["part_of_id"]}
    return set(actors["actor_id"]) - shared


def mark(text: str | None, local: set[str]) -> str | None:
    """Return an id, or a key of ids joined by slashes, with the marks of what a copy changes in it."""
    if text is None:
        return None
    parts = [part + GROUP if part in local else ID.sub(lambda found: found[0] + COPY, part) for part in text.split("/")]
    named = len(parts) == 3 and parts[0].endswith(GROUP)  # another name of such an actor
    return "/".join(parts) + (GROUP if named else "")


def make_templates(tables: Tables, declared: Declaration, seed: int) -> Tables:
    """Return the tables with marks in their ids, the number of each row, and prose in variants of both its halves."""
    local, letters = list_local(tables), permute(seed)
    templates = {}
    for name, frame in tables.items():
        columns: list[pl.Series] = []
        for field in base_fields(declared[name]):
            values, column = frame[field["name"]].to_list(), field["name"]
            if (name, column) == ("actor_names", "value"):
                owned = frame["actor_id"].is_in(list(local))
                columns.append(frame.select(pl.when(owned).then(pl.col(column) + GROUP).otherwise(column)).to_series())
            elif is_id(field, declared[name]):
                columns.append(pl.Series(column, [mark(value, local) for value in values], pl.String))
            elif column in PROSE:
                halves = [vary(value, letters) for value in values]
                columns.append(pl.Series(column, [head for head, _ in halves], pl.List(pl.String)))
                columns.append(pl.Series(f"{column}_tail", [tail for _, tail in halves], pl.List(pl.String)))
            else:
                columns.append(frame[column])
        templates[name] = pl.DataFrame(columns).with_row_index("_n")
    return templates


def is_id(field: Field, table: Table) -> bool:
    """Tell whether a column holds ids."""
    points = any(field["name"] in key["fields"] for key in table.get("foreignKeys", []))
    named = field["name"] in ("row_id", "from_id", "to_id", *table["primaryKey"][:1])
    return field["type"] == "string" and (points or named)


def permute(seed: int) -> list[dict[int, str]]:
    """Return orders of the letters; the first leaves them as they are."""
    chance = random.Random(seed)
    orders = [list(LETTERS), *(chance.sample(LETTERS, len(LETTERS)) for _ in range(VARIANTS - 1))]
    return [str.maketrans(dict(zip(LETTERS, order, strict=True))) for order in orders]


def vary(text: str | None, letters: list[dict[int, str]]) -> tuple[list[str] | None, list[str] | None]:
    """Return the variants of both halves of a text: as long, with other letters."""
    if text is None:
        return None, None
    cut = len(text) // 2
    return [text[:cut].translate(order) for order in letters], [text[cut:].translate(order) for order in letters]


def number_copies(copies: Iterable[int]) -> pl.DataFrame:
    """Return each copy with what its ids bear, and what those of its group do; a few groups have most copies."""
    groups = [int((GROUPS + 1) ** (copy * GOLDEN % 1)) - 1 if copy else 0 for copy in copies]
    rows = [(copy, str(copy or ""), f"_{group}" if group else "") for copy, group in zip(copies, groups, strict=True)]
    return pl.DataFrame(rows, schema={"c": pl.Int64, "tag": pl.String, "suffix": pl.String}, orient="row")


def mark_rows(name: str, template: pl.DataFrame, table: Table) -> pl.DataFrame:
    """Return a template with which of its rows each copy has, and which each group of copies."""
    key = [column for column in table["primaryKey"] if template.schema[column] == pl.String]
    copied, grouped = (
        pl.any_horizontal(pl.col(column).str.contains(sign) for column in key).fill_null(value=False)
        for sign in (COPY, GROUP)
    )
    local = pl.col("scheme").is_in(["alias", "misprint"]) if name == "actor_names" else pl.lit(value=True)
    return template.with_columns(is_copied=copied & pl.lit(name not in ONCE), is_grouped=grouped & ~copied & local)
