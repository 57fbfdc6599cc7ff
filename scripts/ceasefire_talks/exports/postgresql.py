"""The tables as PostgreSQL creates them: types, keys, indexes and comments, in an order in which they can be filled."""

from collections.abc import Iterator
from graphlib import TopologicalSorter

from ceasefire_talks.declaration import Declaration, Table, published
from ceasefire_talks.exports.sql import create_table, describe_table


def to_postgresql(declared: Declaration) -> bytes:
    """Return the statements that create every published table, as the bytes of a file for `psql`."""
    tables = published(declared)
    statements = (
        statement
        for name in sort_by_reference(tables)
        for statement in (*create_table(name, tables[name]), *comment_table(name, tables[name]))
    )
    return "".join(f"{statement};\n" for statement in ("SET client_encoding = 'UTF8'", *statements)).encode("utf-8")


def sort_by_reference(tables: Declaration) -> list[str]:
    """Return the names of tables, each after those that it refers to."""
    keys = {
        name: [key["reference"]["resource"] for key in table.get("foreignKeys", [])] for name, table in tables.items()
    }
    return list(TopologicalSorter({name: [to for to in keys[name] if to != name] for name in tables}).static_order())


def comment_table(name: str, table: Table) -> Iterator[str]:
    """Yield the statements that say of a table and of each of its columns what it means."""
    yield f"COMMENT ON TABLE {name} IS {to_literal(describe_table(table))}"
    for field in table["fields"]:
        yield f"COMMENT ON COLUMN {name}.{field['name']} IS {to_literal(field['description'])}"


def to_literal(text: str) -> str:
    """Return a text as SQL writes it."""
    return "'" + text.replace("'", "''") + "'"
