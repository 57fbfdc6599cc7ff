"""What a comparison of two packages prints: lines for a person, Markdown for the changelog, or JSON with all of it."""

import json
from collections.abc import Iterator
from itertools import groupby

from ceasefire_talks.declaration.versions import POLICY, asked_level, next_version
from ceasefire_talks.markdown import escape
from ceasefire_talks.problems import MAX_PER_RULE, MAX_SHOWN
from ceasefire_talks.release.diff import Diff
from ceasefire_talks.release.fields import Change

BEFORE = 20  # characters shown before the place where two long cells begin to differ
WHOLE = "the package"
OF_WHOLE = ("table gone", "table added")


def to_json(diff: Diff, version: str) -> str:
    """Return a comparison with the package of a version as JSON, every cell whole."""
    level = asked_level(change.kind for change in diff.changes)
    result = {
        "old": version,
        "asks_for": level,
        "next": next_version(version, level),
        "refused": [refusal._asdict() for refusal in diff.refused],
        "not_compared": diff.not_compared,
        "changes": [change._asdict() for change in diff.changes],
    }
    return json.dumps(result, indent=1)


def to_text(diff: Diff, version: str) -> Iterator[str]:
    """Yield the lines that say what changed since a version, table by table, and which version may follow."""
    for table, lines in sections(diff):
        yield table
        yield from (f"  {line}" for line in lines)
    yield conclude(diff, version)


def to_markdown(diff: Diff, version: str) -> Iterator[str]:
    """Yield the same as Markdown."""
    for table, lines in sections(diff):
        yield from (f"### {escape(table)}", "", *(f"- {escape(line)}" for line in lines), "")
    yield escape(conclude(diff, version))


def sections(diff: Diff) -> Iterator[tuple[str, list[str]]]:
    """Yield what is refused, then what changed in the package as a whole and in each table, as a title and lines."""
    if diff.refused:
        yield "refused", [f"{refusal.table}: {refusal.id} {refusal.message}" for refusal in diff.refused]
    if diff.not_compared:
        yield "not compared", [f"{table}: its rows, which have another primary key" for table in diff.not_compared]
    for title, found in groupby(sorted(diff.changes, key=is_of_table), key=title_of):
        changes = sorted(found, key=lambda change: [*POLICY].index(change.kind))
        yield title, [line for kind, group in groupby(changes, key=kind_of) for line in tell_kind(kind, [*group])]


def is_of_table(change: Change) -> bool:
    """Tell whether a change stands under the name of its table."""
    return bool(change.table) and change.kind not in OF_WHOLE


def title_of(change: Change) -> str:
    """Return the title that a change stands under."""
    return change.table if is_of_table(change) else WHOLE


def kind_of(change: Change) -> str:
    """Return the kind of a change."""
    return change.kind


def tell_kind(kind: str, changes: list[Change]) -> Iterator[str]:
    """Yield the lines for changes of a kind: names joined in one line, values in a line each; of many the first."""
    shown = changes[:MAX_PER_RULE]
    more = f"{len(changes) - len(shown)} more, with --json all" if len(changes) > len(shown) else ""
    if any(change.old or change.new for change in shown):
        yield from (f"{kind}: {tell_change(change)}" for change in shown)
        yield from [f"{kind}: {more}"] if more else []
    else:
        yield f"{kind} ({len(changes)}): {', '.join([*map(tell_place, shown), *([more] if more else [])])}"


def tell_place(change: Change) -> str:
    """Return where something changed, below the title that it stands under."""
    if change.kind in OF_WHOLE:
        return change.table
    return ".".join(part for part in (change.id, change.field) if part)


def tell_change(change: Change) -> str:
    """Return where something changed and what it was and is."""
    old, new = shorten(change.old, change.new), shorten(change.new, change.old)
    values = " -> ".join(value for value in (old, new) if value)
    if change.kind == "cell changed":
        values = f"{old or 'empty'} -> {new or 'empty'}"
    return f"{tell_place(change)}: {values}" if tell_place(change) else values


def shorten(text: str | None, other: str | None) -> str:
    """Return a text between quotes, and of a long one the part around the place where it begins to differ."""
    if text is None:
        return ""
    other = other or ""
    differing = (at for at, pair in enumerate(zip(text, other, strict=False)) if pair[0] != pair[1])
    same = next(differing, min(len(text), len(other)))
    start = max(0, same - BEFORE) if len(text) > MAX_SHOWN else 0
    end = start + MAX_SHOWN
    return f'"{"…" if start else ""}{text[start:end]}{"…" if end < len(text) else ""}"'


def conclude(diff: Diff, version: str) -> str:
    """Return which version may follow, and why."""
    level = asked_level(change.kind for change in diff.changes)
    following = next_version(version, level)
    if level == "none":
        return f"nothing changed: the version stays {following}"
    kinds = (kind for kind in dict.fromkeys(map(kind_of, diff.changes)) if asked_level([kind]) == level)
    return f"{version} is followed by {following} at least, as these changes are {level}: {', '.join(kinds)}"
