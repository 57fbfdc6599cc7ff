"""Where a word stands among tables, columns and codes, and all that there is on one actor. Standard library alone."""

import re
from collections.abc import Iterator

from ceasefire_talks.loader import Row, Text, find_resource, load, read_schema, resources, tables
from ceasefire_talks.problems import nearest

TIES = {"talk_actors": ("talks", "part"), "ballots": ("talks", "ballot"), "event_actors": ("events", "role")}
WORDS = {
    "talks": {"date": "", "title": "", "answer": "coded as ", "told_by": "told by ", "terms": ""},
    "assessments": {"verdict": "", "proposition": ""},
}
MENTIONING = ("talks", "events", "demands", "quotes", "claims", "leverage", "assessments")
SHORTEST = 3  # letters of a part of a name
NAMED = ("title", "summary", "statement", "gloss", "proposition", "finding", "terms", "disputed", "answers")


def find(word: str) -> Text:
    """Return the tables, columns and codes in whose name or description a word stands, in any case, a line each."""
    wanted = word.strip().lower()
    lines = [f"{where}: {text}" for where, text in list_words() if wanted and wanted in f"{where}: {text}".lower()]
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

    Each row stands with the part that they have in it; `named` are those that only mention the actor. A part of a name
    is enough where it is of one actor alone. Raises `ValueError` with the nearest name where there is no such actor.
    """
    actors = load("actors")
    found = find_actor(actor, actors)
    members = {
        row["actor_id"] for row in actors if found["actor_id"] in (row["actor_id"], row["part_of_id"], row["party_id"])
    }
    names = [*names_of(found), *surname_of(found, actors)]
    lines = [f"{found['name']} ({found['actor_id']}): {found['description']}"]
    parts = gather(members)
    for table in tables():
        rows = list(to_lines(table, parts.get(table, {}), names))
        lines += ["", f"{table} ({len(rows)})", *(f"  {row}" for row in rows)] if rows else []
    return Text("\n".join(lines))


def names_of(actor: Row) -> list[str]:
    """Return the names of an actor."""
    return [actor["name"], *(actor["other_names"] or actor["name"]).split("; ")]


def surname_of(actor: Row, actors: list[Row]) -> list[str]:
    """Return the last word of a person's name, where no other actor is called by it."""
    word = actor["name"].split()[-1]
    others = [name for other in actors if other is not actor for name in names_of(other) if word in name.split()]
    return [word] if actor["kind"] == "person" and not others else []


def find_actor(actor: str, actors: list[Row]) -> Row:
    """Return the actor of an id, a name, or a part of one; raise `ValueError` where there is none, or more than one."""
    word = " ".join(actor.split()).lower()
    names = [(name, row) for row in actors for name in (row["actor_id"], *names_of(row))]
    whole = [row for name, row in names if name.lower() == word]
    found = re.compile(rf"\b{re.escape(word)}\b")
    parts = {row["actor_id"]: row for name, row in names if len(word) >= SHORTEST and found.search(name.lower())}
    if whole or len(parts) == 1:
        return whole[0] if whole else next(iter(parts.values()))
    hint = (
        f"; of several take one: {', '.join(parts)}"
        if parts
        else nearest(actor, dict(names)) or '; load("actors") lists them'
    )
    raise ValueError(f'there is no actor "{actor}"{hint}')


def gather(members: set[str]) -> dict[str, dict[str, set[str]]]:
    """Return the parts that some actors have in rows, by table and key; what ties them to an act stands as the act."""
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
    return parts


def to_lines(name: str, parts: dict[str, set[str]], names: list[str]) -> Iterator[str]:
    """Yield the rows of a table that have parts or mention one of some names, with id, parts and words."""
    keys = read_schema(find_resource(name))["primaryKey"]
    mention = re.compile(rf"\b({'|'.join(map(re.escape, names))})\b")
    mentioning = name in MENTIONING
    for row in load(name) if parts or mentioning else ():
        key = "/".join(str(row[key]) for key in keys)
        if key not in parts and mentioning and mention.search(" ".join(row.get(field) or "" for field in NAMED)):
            parts = parts | {key: {"named"}}
        if key in parts:
            yield f"{key} [{', '.join(sorted(parts[key]))}] {in_words(name, row)}"


def in_words(name: str, row: Row) -> str:
    """Return the words of a row: its sentence or name, or what stands for them, else every cell that is no id."""
    if name in WORDS:
        return ", ".join(f"{label}{row[field]}" for field, label in WORDS[name].items() if row[field])
    cells = (f"{named(field)} {cell}" for field, cell in row.items() if cell is not None and not field.endswith("_id"))
    return row.get("says") or row.get("name") or ", ".join(cells)


def named(column: str) -> str:
    """Return the name of a column as words."""
    return column.removesuffix("_id").replace("_", " ")
