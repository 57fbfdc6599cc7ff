"""Tables that are published in the codebook alone: what was measured, and the runs."""

from collections.abc import Iterator

import polars as pl

from ceasefire_talks.declaration import Table
from ceasefire_talks.markdown import escape, table_row

CELLS = """Each cell: rows that both have: share of them in which the field is the same; Krippendorff's alpha with its
95 % interval (none where all is equal), where there are ten rows or more and no value stands in nine of ten."""


def figures_section(frame: pl.DataFrame, table: Table) -> Iterator[str]:
    """Yield a table that is not published as a file, whole."""
    yield from (f"## {table['title']}", "", table["description"], "")
    yield from markdown_table([field["title"] for field in table["fields"]], frame)


def agreement_section(frame: pl.DataFrame, table: Table) -> Iterator[str]:
    """Yield the agreement on fields, a row per field and a column per text: rows, share that is equal, alpha."""
    texts = frame["text"].unique(maintain_order=True).to_list()
    interval = pl.when(pl.col("alpha_low") < 1).then(pl.format(" [{}, {}]", "alpha_low", "alpha_high"))
    alpha = pl.format("; α {}", "alpha") + pl.coalesce(interval, pl.lit(""))
    cell = pl.format("{}: {}", "n", "equal") + pl.coalesce(alpha, pl.lit(""))
    cells = frame.select("table_name", "field", "text", cell=cell)
    wide = cells.pivot("text", index=["table_name", "field"], values="cell", maintain_order=True)
    yield from (f"## {table['title']}", "", table["description"], "")
    yield from (CELLS, "")
    yield from markdown_table(
        ["Table", "Field", *map(str.capitalize, texts)], wide.select("table_name", "field", *texts)
    )


def markdown_table(heads: list[str], frame: pl.DataFrame) -> Iterator[str]:
    """Yield a frame as a table."""
    yield from (table_row(heads), "| --- " * frame.width + "|")
    yield from (table_row("" if cell is None else escape(str(cell)) for cell in row) for row in frame.iter_rows())
    yield ""
