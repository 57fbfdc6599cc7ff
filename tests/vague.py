"""Talks whose day is hardly known, or not at all, as the records have none today."""

from datetime import date

import polars as pl

from ceasefire_talks.tables.tabulate import Tables

DAYS: dict[str, tuple[date | None, date | None]] = {
    "TK0016": (None, date(2023, 12, 1)),
    "TK0047": (None, None),
    "TK0070": (date(2023, 12, 17), date(2023, 12, 24)),
    "TK0076": (date(2024, 8, 1), date(2024, 8, 20)),
    "TK0117": (date(2024, 2, 1), date(2024, 2, 7)),
    "TK0277": (date(2024, 7, 27), None),
}


def blur_days(tables: Tables) -> Tables:
    """Return tables whose talks have the first and last days above, and those of Hezbollah none."""
    talks = tables["talks"]
    lost = talks.filter(pl.col("who_party").str.contains("Hezbollah"))["talk_id"].to_list()
    days = DAYS | dict.fromkeys(lost, (None, None))
    bounds = {
        f"date_{end}_day": pl.when(pl.col("talk_id").is_in(list(days)))
        .then(pl.col("talk_id").replace_strict(old, new, default=None, return_dtype=pl.Date))
        .otherwise(pl.col(f"date_{end}_day"))
        for end, old, new in (
            ("first", list(days), [first for first, _ in days.values()]),
            ("last", list(days), [last for _, last in days.values()]),
        )
    }
    return tables | {"talks": talks.with_columns(**bounds)}
