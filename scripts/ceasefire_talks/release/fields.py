"""What changed in the schema of a table: its columns, their types, limits, codes and units, and its keys."""

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from ceasefire_talks.release.packages import Field, Key, Sheet

LIMITS = ("minimum", "maximum", "maxLength")
Renamed = dict[str, str]  # old name -> new name


class Change(NamedTuple):
    """One thing that changed: its kind, where (as far as it has a table, a row and a column), what was and what is.

    A code list that columns share has no table; its name stands for that of a column.
    """

    kind: str
    table: str = ""
    id: str = ""
    field: str = ""
    old: str | None = None
    new: str | None = None


def find_renamed(old: Sheet, new: Sheet) -> Renamed:
    """Return the columns that have another name: the one gone and the one added that bear the same title and type."""
    gone, added = (titles_of(one, other) for one, other in ((old, new), (new, old)))
    return {name: added[what] for what, name in gone.items() if name and added.get(what)}


def titles_of(one: Sheet, other: Sheet) -> dict[tuple[Any, Any], str]:
    """Return the columns that only the first table has by title and type; those that share them have no name."""
    found: dict[tuple[Any, Any], str] = {}
    for name, field in one.fields.items():
        if name not in other.fields and "title" in field:
            what = field["title"], field.get("type")
            found[what] = "" if what in found else name
    return found


def compare_fields(table: str, old: Sheet, new: Sheet, renamed: Renamed) -> Iterator[Change]:
    """Yield what changed in the columns of a table and in its keys."""
    kept = [renamed.get(name, name) for name in old.fields if renamed.get(name, name) in new.fields]
    yield from (Change("field renamed", table, old=name, new=now) for name, now in renamed.items())
    yield from (Change("field gone", table, field=name) for name in old.fields if renamed.get(name, name) not in kept)
    yield from (Change("field added", table, field=name) for name in new.fields if name not in kept)
    if list(new.fields)[: len(kept)] != kept:
        yield Change("fields re-ordered", table, old=", ".join(kept), new=", ".join(new.fields))
    for name, field in old.fields.items():
        now = renamed.get(name, name)
        if now in kept:
            yield from compare_field(table, now, field, new.fields[now])
            if old.frame[name].count() and new.frame.height and not new.frame[now].count():
                yield Change("column emptied", table, field=now)
    yield from compare_keys(table, old.keys, new.keys, renamed)


def compare_field(table: str, name: str, old: Field, new: Field) -> Iterator[Change]:
    """Yield what changed in a column: its type, unit, limits and codes."""
    for kind, keywords in (("field retyped", ("type", "format")), ("unit changed", ("unit", "unitColumn"))):
        before, after = (tell_values(field.get(keyword) for keyword in keywords) for field in (old, new))
        if before != after:
            yield Change(kind, table, field=name, old=before, new=after)
    limits, others = limits_of(old), limits_of(new)
    for keyword in sorted(limits.keys() | others.keys()):
        before, after = limits.get(keyword), others.get(keyword)
        if before != after:
            kind = f"constraint {'tightened' if is_tighter(keyword, before, after) else 'loosened'}"
            yield Change(kind, table, field=name, old=tell_limit(keyword, before), new=tell_limit(keyword, after))
    yield from compare_codes(table, name, old, new)


def limits_of(field: Field) -> dict[str, Any]:
    """Return the constraints of a column, of its codes only that there are some: they are compared one by one."""
    limits = {keyword: limit for keyword, limit in field.get("constraints", {}).items() if limit is not False}
    return limits | {"enum": True} if codes_of(field) else limits


def is_tighter(keyword: str, old: Any, new: Any) -> bool:
    """Tell whether a limit that changed lets through less; of two patterns nobody can tell, so it counts as less."""
    if old is None or new is None:
        return old is None
    if keyword in LIMITS and isinstance(old, str) == isinstance(new, str):
        return bool(new > old if keyword == "minimum" else new < old)
    return True


def tell_limit(keyword: str, limit: Any) -> str | None:
    """Return a limit in words, or nothing where there is none."""
    return None if limit is None else keyword if limit is True else f"{keyword} {limit}"


def tell_values(values: Iterable[str | None]) -> str | None:
    """Return texts joined, or nothing where there is none."""
    return ", ".join(value for value in values if value) or None


def codes_of(field: Field) -> list[str]:
    """Return the codes that a column may hold, which may stand with labels; none where it holds any value."""
    codes = field.get("categories") or field.get("constraints", {}).get("enum") or []
    return [str(code["value"]) if isinstance(code, dict) else str(code) for code in codes]


def compare_codes(table: str, name: str, old: Field, new: Field) -> Iterator[Change]:
    """Yield the codes gone, new and in another order: of a list that many columns share, or of this column alone."""
    before, after = codes_of(old), codes_of(new)
    if not before or not after:
        return
    shared = "codes" in new and old.get("codes") == new["codes"]
    where = Change("", field=new["codes"]) if shared else Change("", table, field=name)
    yield from (where._replace(kind="code gone", old=code) for code in before if code not in after)
    yield from (where._replace(kind="code added", new=code) for code in after if code not in before)
    kept = [[code for code in one if code in other] for one, other in ((before, after), (after, before))]
    if new.get("categoriesOrdered") and kept[0] != kept[1]:
        yield where._replace(kind="codes re-ordered", old=", ".join(before), new=", ".join(after))


def compare_keys(table: str, old: list[Key], new: list[Key], renamed: Renamed) -> Iterator[Change]:
    """Yield the keys of a table that are others than before, by their keyword."""
    before = [key._replace(fields=tuple(renamed.get(name, name) for name in key.fields)) for key in old]
    for keyword in dict.fromkeys(key.keyword for key in (*before, *new)):
        gone, added = (
            "; ".join(tell_key(key) for key in one if key.keyword == keyword and key not in other) or None
            for one, other in ((before, new), (new, before))
        )
        if gone or added:
            yield Change("key changed", table, field=keyword, old=gone, new=added)


def tell_key(key: Key) -> str:
    """Return the fields of a key, and where it points."""
    return ", ".join(key.fields) + (f" in {key.target}" if key.target else "")
