"""What the rules between rows look at beside the tables: views that follow from the declaration.

`all_rows` (what can be named by its id, and whether it is coded from a text), `filled` (the tables that have rows),
`spans` (every stretch of a text), `lists` (the code lists of fields), `fields` (those of each table that are coded),
`self_references` (what points to a row of its own table), `contents` (what a row with an id of its own says besides)
and `mentions` (every id in a text); and the functions `folded` (words without case, accents, spaces and punctuation)
and `ending` (the last letters of that).
"""

from collections.abc import Iterator

from ceasefire_talks.checks.keys import has_all, join_key, key_pattern, owner_columns
from ceasefire_talks.checks.prose import id_pattern
from ceasefire_talks.declaration import Declaration, Table, base_fields, field_names, has_span, published
from ceasefire_talks.declaration.rules import pointing_fields

SPAN = ("source_id", "passage_id", "start_offset", "end_offset")
MACROS = r"""
CREATE MACRO folded(words) AS regexp_replace(strip_accents(lower(words)), '[\s\p{P}]+', '', 'g');
-- its last letters, which tell most texts apart: to fold few of them is quicker than all
CREATE MACRO ending(words) AS
  right(CASE WHEN length(folded(right(words, 24))) > 12 THEN folded(right(words, 24)) ELSE folded(words) END, 12)"""


def list_views(tables: Declaration, declared: Declaration, kept: str = "VIEW") -> Iterator[str]:
    """Yield what makes the function and the views of some tables, or tables of these where there is room."""
    codes = sorted({field["codes"] for table in declared.values() for field in table["fields"] if "codes" in field})
    views = {
        "all_rows": [select_rows(name, table) for name, table in tables.items()],
        "filled": [select_filled(name, table) for name, table in tables.items()],
        "spans": [select_spans(name) for name, table in tables.items() if lies_within(table)],
        "lists": [f"SELECT unnest({codes}) AS list"],
        "fields": [select_fields(name, table) for name, table in tables.items()],
        "self_references": [query for name, table in tables.items() for query in select_self_references(name, table)],
        "contents": [select_contents(name, table) for name, table in published(tables).items() if key_pattern(table)],
        "mentions": [query for name, table in tables.items() for query in select_mentions(name, table, declared)],
    }
    yield MACROS
    for view, queries in views.items():
        yield f"CREATE {kept} {view} AS {' UNION ALL '.join(queries)}"


def select_fields(name: str, table: Table) -> str:
    """Return the query for the fields of a table, without those that SQL adds."""
    return f"SELECT '{name}' AS table_name, unnest({[field['name'] for field in base_fields(table)]}) AS field"


def select_rows(name: str, table: Table) -> str:
    """Return the query for the id of every row that has a whole key, its source, and the row that it belongs to."""
    key, fields = table["primaryKey"], field_names(table)
    gives_id = len(key) == 1 and key not in [foreign["fields"] for foreign in table.get("foreignKeys", [])]
    owner_id = next((owner for _, owner in owner_columns(table)), "NULL::VARCHAR")
    source = "source_id" if "source_id" in fields else "NULL::VARCHAR"
    return f"""SELECT '{name}' AS table_name, _row, {join_key(key)} AS row_id, '{key[0]}' AS key_field,
      {source} AS source_id, {owner_id} AS owner_id,
      {bool(table.get("evidence"))} AS coded, {gives_id} AS gives_id FROM "{name}" WHERE {has_all(key)}"""


def select_filled(name: str, table: Table) -> str:
    """Return the query for the name of a table that has rows, and whether they are coded from a text."""
    of_one = f'FROM "{name}" WHERE {has_all(table["primaryKey"])} LIMIT 1'
    return f"(SELECT '{name}' AS table_name, {bool(table.get('evidence'))} AS coded {of_one})"


def lies_within(table: Table) -> bool:
    """Tell whether the rows of a table have spans that lie in passages, and are none themselves."""
    return has_span(table) and "passage_id" not in table["primaryKey"][:1]


def select_spans(name: str) -> str:
    """Return the query for the spans of a table."""
    return f"""SELECT '{name}' AS table_name, _row, {", ".join(SPAN)} FROM "{name}" WHERE {has_all(SPAN)}"""


def select_self_references(name: str, table: Table) -> Iterator[str]:
    """Yield a query for each field of a table that points to rows of the same table."""
    for field in pointing_fields(table, name):
        [own] = table["primaryKey"]
        yield f"""{place(name, field)}, "{own}" AS row_id, "{field}" AS other_id FROM "{name}"
          WHERE {has_all((own, field))}"""


def select_contents(name: str, table: Table) -> str:
    """Return the query for what rows say besides their ids: texts, the first and the longest of them, other cells.

    `texts` has a control character, which no text holds, between them; `mark` is the hash of the other cells.
    """
    [key] = table["primaryKey"]
    fields = [field for field in base_fields(table) if "derived" not in field and field["name"] != key]
    texts = [field for field in fields if field["name"] in free_texts(table)]
    mark = ", ".join([f"'{name}'", *(f'"{field["name"]}"' for field in fields if field not in texts)])
    joined = ", ".join(f"coalesce({field['name']}, '')" for field in texts)
    first, longest = texts[0]["name"], max(texts, key=lambda field: field["constraints"]["maxLength"])["name"]
    title = f'"{first}"' if first != longest else "NULL"  # is folded but once
    return f"""{place(name, key)}, "{key}" AS row_id, concat_ws(chr(31), {joined}) AS texts,
      coalesce({title}, '') AS title, coalesce("{longest}", '') AS text, hash({mark}) AS mark
      FROM "{name}" WHERE "{key}" IS NOT NULL"""


def select_mentions(name: str, table: Table, declared: Declaration, source: str = "") -> Iterator[str]:
    """Yield a query for the ids in each free text of a table, or of such rows of it as a source gives."""
    for field in free_texts(table):
        ids = f"""unnest(regexp_extract_all("{field}", '{id_pattern(declared)}'))"""
        yield f"{place(name, field)}, {ids} AS mentioned_id FROM {source or name}"


def free_texts(table: Table) -> list[str]:
    """Return the fields whose texts follow no code list or pattern, and do not point to a row."""
    return [
        field["name"]
        for field in base_fields(table)
        if field["type"] == "string"
        and not ({"codes", "edtf", "format", "points"} & {*field})
        and "pattern" not in field["constraints"]
        and not field["name"].endswith("_id")
    ]


def place(table: str, field: str) -> str:
    """Return the beginning of a query whose rows say where a finding stands."""
    return f"SELECT '{table}' AS table_name, _row, '{field}' AS field"
