"""Where a word stands among tables, columns and codes, and all that there is on one actor. Standard library alone."""

from collections.abc import Iterator

from ceasefire_talks.loader import Row, Text, find_resource, load, read_schema, resources, tables
from ceasefire_talks.problems import nearest

WORDED = ("says", "title", "name")
TIES = {"talk_actors": ("talks", "part"), "ballots": ("talks", "ballot"), "event_actors": ("events", "role")}


def find(word: str) -> Text:
    """Return the tables, columns and codes in whose name or description a word stands, in any case, a line each."""
    lines = [f"{where}: {text}" for where, text in list_words() if word.lower() in f"{where}: {text}".lower()]
    return Text("\n".join(lines) or f'no table, column or code is called or described by "{word}"')


def list_words() -> Iterator[tuple[str, str]]:
    """Yield what the names of tables, columns and codes are, and what they mean."""
    schemas = {name: read_schema(resource) for name, resource in resources("csv").items()}
    for name, description in tables().items():
        yield name, description
        for field in schemas[name]["fields"]:
            yield f"{name}.{field['name']}", f"{field['title']}. {field['description']}"
    for row in load("codes"):
        yield f"{row['list']} = {row['code']}", f"{row['label']}. {row['definition']}"


def about(actor: str) -> Text:
    """Return all that the tables have on an actor and those that belong to it, by its id or name, a line per row.

    Raises `ValueError` with the nearest name where there is no such actor.
    """
    actors = load("actors")
    names = {row[key]: row for row in actors for key in ("name", "actor_id")}
    by_case = {name.lower(): row for name, row in names.items()}
    if actor.lower() not in by_case:
        raise ValueError(f'there is no actor "{actor}"{nearest(actor, names) or "; actors lists them"}')
    found = by_case[actor.lower()]
    members = {
        row["actor_id"] for row in actors if found["actor_id"] in (row["actor_id"], row["part_of_id"], row["party_id"])
    }
    lines = [f"{found['name']} ({found['actor_id']}): {found['description']}"]
    for table, rows in gather(members).items():
        lines += ["", f"{table} ({len(rows)})", *(f"  {row}" for row in rows)]
    return Text("\n".join(lines))


def gather(members: set[str]) -> dict[str, list[str]]:
    """Return the rows of each table that name one of some actors, as lines that say by which part.

    A row of a table that ties actors to an act stands as the act.
    """
    parts: dict[str, dict[str, set[str]]] = {}
    for name in tables():
        schema = read_schema(find_resource(name))
        columns = [
            key["fields"][0] for key in schema.get("foreignKeys", []) if key["reference"]["resource"] == "actors"
        ]
        table, told_by = TIES.get(name, (name, None))
        keys = schema["primaryKey"] if table == name else schema["primaryKey"][:1]
        for row in load(name) if columns else ():
            found = {row[told_by] if told_by else named(column) for column in columns if row[column] in members}
            if found:
                parts.setdefault(table, {}).setdefault("/".join(row[key] for key in keys), set()).update(found)
    return {name: list(to_lines(name, parts[name])) for name in tables() if name in parts}


def to_lines(name: str, parts: dict[str, set[str]]) -> Iterator[str]:
    """Yield the rows of a table that have parts, each with its id, its parts, its date and its words."""
    keys = read_schema(find_resource(name))["primaryKey"]
    for row in load(name):
        key = "/".join(str(row[key]) for key in keys)
        if key in parts:
            date = f"{row['date']} " if row.get("date") else ""
            yield f"{key} [{', '.join(sorted(parts[key]))}] {date}{in_words(row)}"


def in_words(row: Row) -> str:
    """Return the words of a row: its sentence or title, else every cell that is no id."""
    words = next((row[field] for field in WORDED if row.get(field)), None)
    cells = (f"{named(field)} {cell}" for field, cell in row.items() if cell is not None and not field.endswith("_id"))
    return words or ", ".join(cells)


def named(column: str) -> str:
    """Return the name of a column as words."""
    return column.removesuffix("_id").replace("_", " ")
