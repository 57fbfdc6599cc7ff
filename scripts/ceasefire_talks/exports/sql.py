"""What the databases share: how a table is created, and what it says of itself."""

from ceasefire_talks.declaration import Field, Table, is_required, unique_keys
from ceasefire_talks.declaration.types import TYPES


def create_table(name: str, table: Table) -> list[str]:
    """Return the statements that create a table with its types, keys and indexes."""
    lines = [define_column(field) for field in table["fields"]]
    lines.append(f"PRIMARY KEY ({', '.join(table['primaryKey'])})")
    lines += [f"UNIQUE ({', '.join(key)})" for key in unique_keys(table)]
    indexes = []
    for number, key in enumerate(table.get("foreignKeys", []), 1):
        columns, target = ", ".join(key["fields"]), key["reference"]
        lines.append(f"FOREIGN KEY ({columns}) REFERENCES {target['resource']} ({', '.join(target['fields'])})")
        indexes.append(f"CREATE INDEX {name}_{number} ON {name} ({columns})")
    body = ",\n  ".join(lines)
    return [f"CREATE TABLE {name} (\n  {body}\n)", *indexes]


def define_column(field: Field) -> str:
    """Return the definition of a column: name, type and whether it may be empty."""
    return f"{field['name']} {TYPES[field['type']].sql}{' NOT NULL' if is_required(field) else ''}"


def describe_table(table: Table) -> str:
    """Return what a table says of itself: what one row is, and what it is for."""
    return f"One row is {table['row']}. {table['description']}"
