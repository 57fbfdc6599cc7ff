"""The rules that span tables: the queries in `rules/*.sql`, each of which returns the rows that break it.

A file's name is that of its rule, its head comment what must hold. A query gives `table_name`, `_row`, `field` and
`message`, and where the message ends in a hint `near` and `known`: the id that is wrong, and those that may be meant.
Every table is there under its name, with the number of each row as `_row`; so are `all_rows` (what can be named by its
id, and whether it is coded from a text), `spans` (every stretch of a text), `lists` (the code lists of fields),
`self_references` (what points to a row of its own table), `contents` (what a row with an id says besides the id) and
`mentions` (every id in a text), and the function `folded` (words without case, accents, spaces and punctuation).
"""

from collections.abc import Iterator
from pathlib import Path

import duckdb
import polars as pl

from ceasefire_talks.checks.keys import key_pattern, owners
from ceasefire_talks.checks.prose import id_pattern
from ceasefire_talks.declaration import Declaration, Table, base_fields, has_span, published, row_id
from ceasefire_talks.declaration.rules import pointing_fields
from ceasefire_talks.problems import Finding, nearest
from ceasefire_talks.tables.tabulate import Tables
from ceasefire_talks.tables.views import open_duckdb

RULES = {path.stem: path.read_text("utf-8") for path in sorted((Path(__file__).parent / "rules").glob("*.sql"))}
ROW_IDS = {
    **dict.fromkeys(("table_name", "row_id", "key_field", "source_id", "owner_table", "owner_id"), pl.String),
    **dict.fromkeys(("coded", "gives_id"), pl.Boolean),
    "_row": pl.Int64,
}
SPAN = ("source_id", "passage_id", "start_offset", "end_offset")
FOLDED = r"CREATE MACRO folded(words) AS regexp_replace(strip_accents(lower(words)), '[\s\p{P}]+', '', 'g')"


def sentence_of(name: str) -> str:
    """Return what must hold by a rule: the comment at the head of its query."""
    return RULES[name].partition("\n")[0].removeprefix("-- ")


def check_rules(tables: Tables, declared: Declaration) -> Iterator[Finding]:
    """Yield what breaks the rules that span tables; rows with an empty key are left to the checks that say so."""
    with open_rules(tables, declared) as connection:
        for name in RULES:
            yield from check_rule(name, connection, tables, declared)


def open_rules(tables: Tables, declared: Declaration) -> duckdb.DuckDBPyConnection:
    """Return a DuckDB that knows the tables and what is derived from the declaration."""
    numbered = {name: frame.with_row_index("_row") for name, frame in tables.items()}
    lists = sorted({field["codes"] for table in declared.values() for field in table["fields"] if "codes" in field})
    derived = {
        "all_rows": list_rows(tables, declared),
        "spans": list_spans(numbered, declared),
        "lists": pl.DataFrame({"list": lists}),
        "self_references": list_self_references(numbered, declared),
        "contents": list_contents(numbered, declared),
        "mentions": list_mentions(numbered, declared),
    }
    connection = open_duckdb(numbered | derived)
    connection.execute(FOLDED)
    return connection


def list_rows(tables: Tables, declared: Declaration) -> pl.DataFrame:
    """Return the id of every row that has a whole key, the source that it names, and the row that it belongs to."""
    found = []
    for name, frame in tables.items():
        table = declared[name]
        key, coded = table["primaryKey"], bool(table.get("evidence"))
        gives_id = len(key) == 1 and key not in [foreign["fields"] for foreign in table.get("foreignKeys", [])]
        for index, row in enumerate(frame.iter_rows(named=True)):
            if None not in (row[field] for field in key):
                owner_table, owner_id = next(owners(table, row), (None, None))
                ids = {"table_name": name, "_row": index, "row_id": row_id(table, row), "key_field": key[0]}
                owner = {"owner_table": owner_table, "owner_id": owner_id}
                found.append(ids | owner | {"source_id": row.get("source_id"), "coded": coded, "gives_id": gives_id})
    return pl.DataFrame(found, schema=ROW_IDS)


def list_spans(numbered: Tables, declared: Declaration) -> pl.DataFrame:
    """Return the spans that lie in passages, of whichever table."""
    within = [
        name for name in numbered if has_span(declared[name]) and "passage_id" not in declared[name]["primaryKey"][:1]
    ]
    frames = [numbered[name].select(pl.lit(name).alias("table_name"), "_row", *SPAN) for name in within]
    return pl.concat(frames).drop_nulls()


def list_self_references(numbered: Tables, declared: Declaration) -> pl.DataFrame:
    """Return every row that points to a row of its own table, with the field that does."""
    frames = [
        numbered[name].select(*at(name, field), row_id=pl.col(table["primaryKey"][0]), other_id=pl.col(field))
        for name, table in declared.items()
        for field in pointing_fields(table, name)
    ]
    return pl.concat(frames).drop_nulls()


def list_contents(numbered: Tables, declared: Declaration) -> pl.DataFrame:
    """Return what each published row with an id of its own says besides: its texts as one, its other cells as one."""
    frames = []
    for name, table in published(declared).items():
        if key_pattern(table):
            [key] = table["primaryKey"]
            fields = [field for field in base_fields(table) if "derived" not in field and field["name"] != key]
            texts = [field["name"] for field in fields if field["type"] == "string" and not field.get("edtf")]
            others = [field["name"] for field in fields if field["name"] not in texts]
            cells = {"texts": joined(texts), "others": joined(others)}
            frames.append(numbered[name].select(*at(name, key), row_id=pl.col(key), **cells))
    return pl.concat(frames).drop_nulls()


def list_mentions(numbered: Tables, declared: Declaration) -> pl.DataFrame:
    """Return every id that stands in a free text."""
    pattern = id_pattern(declared)
    frames = [
        numbered[name].select(*at(name, field), mentioned_id=pl.col(field).str.extract_all(pattern))
        for name, table in declared.items()
        for field in free_texts(table)
    ]
    return pl.concat(frames).explode("mentioned_id").drop_nulls()


def free_texts(table: Table) -> list[str]:
    """Return the fields whose texts follow no code list, pattern or key, and do not point to a row."""
    keys = {column for key in table.get("foreignKeys", []) for column in key["fields"]} | {*table["primaryKey"]}
    return [
        field["name"]
        for field in base_fields(table)
        if field["type"] == "string"
        and not ({"codes", "edtf", "format"} & {*field})
        and "pattern" not in field.get("constraints", {})
        and field["name"] not in keys
        and not field["name"].endswith("_id")
    ]


def at(table: str, field: str) -> tuple[pl.Expr, ...]:
    """Return the columns that say where a finding stands."""
    return pl.lit(table).alias("table_name"), pl.col("_row"), pl.lit(field).alias("field")


def joined(columns: list[str]) -> pl.Expr:
    """Return some cells of a row as one text, with a control character, which no text holds, between them."""
    cells = (pl.col(column).cast(pl.String).fill_null("") for column in columns)
    return pl.concat_str(pl.lit(""), *cells, separator="\x1f")


def check_rule(
    name: str, connection: duckdb.DuckDBPyConnection, tables: Tables, declared: Declaration
) -> Iterator[Finding]:
    """Yield what breaks one rule."""
    for row in connection.sql(RULES[name]).pl().iter_rows(named=True):
        table, index, field = row["table_name"], row["_row"], row["field"]
        label = row_id(declared[table], tables[table].row(index, named=True))
        hint = nearest(row["near"], row["known"] or ()) if row.get("near") else ""
        yield Finding(table, index, field, name, f"{label}.{field}: {row['message']}{hint}")
