"""`ceasefire-talks check` on random damage: exit code 0, 1 or 2, and 0 only where nothing pinned has changed."""

import json
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from ceasefire_talks.verify.read import created_by
from helpers import Check
from packages import DESCRIPTOR, FILES, refresh

FLIPS = 120
SWAPS = 80
FREE = {"title", "description", "keywords", "contributors", "licenses", "created"}  # which nothing can pin


def pinned(folder: Path) -> list[Any]:
    """Return all that a valid package holds: every file, and the descriptor without the package's own words."""
    descriptor = json.loads((folder / DESCRIPTOR).read_text("utf-8"))
    kept = {key: value for key, value in descriptor.items() if key not in FREE}
    return [json.dumps(kept, sort_keys=True), *((folder / name).read_bytes() for name in FILES)]


@pytest.mark.parametrize("seed", range(4))
def test_flipped_bytes_never_end_in_a_traceback(check: Check, package: Path, seed: int) -> None:
    chance, before = random.Random(seed), pinned(package)
    for _ in range(FLIPS // 4):
        path = package / chance.choice([DESCRIPTOR, *FILES])
        kept = path.read_bytes()
        content = bytearray(kept)
        for _ in range(chance.choice([1, 1, 3])):
            content[chance.randrange(len(content))] ^= 1 << chance.randrange(8)
        path.write_bytes(bytes(content))
        if path.name != DESCRIPTOR and chance.random() < 0.5:
            refresh(package)
        code, _ = check(package)
        assert code in (0, 1, 2)
        assert code != 0 or pinned(package) == before or created_by(bytes(content)) != created_by(kept), path
        path.write_bytes(kept)
        refresh(package)


VALUES: list[Any] = [None, True, 0, -1, 1.5, 10**30, "", "x", "\ud800", [], {}, [[]], {"x": []}, [None]]


def places(value: Any, *keys: Any) -> Iterator[tuple[Any, ...]]:
    """Yield the place of every value inside JSON."""
    if keys:
        yield keys
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, inner in items:
        yield from places(inner, *keys, key)


@pytest.mark.parametrize("seed", range(4))
def test_swapped_types_never_end_in_a_traceback(check: Check, package: Path, seed: int) -> None:
    chance, before = random.Random(seed), pinned(package)
    text = (package / DESCRIPTOR).read_text("utf-8")
    everywhere = list(places(json.loads(text)))
    for number in range(SWAPS // 4):
        depth = chance.randrange(1, 6)  # else nearly all hits would be codes of code lists
        keys = chance.choice([place for place in everywhere if len(place) == depth])
        descriptor = json.loads(text)
        holder = descriptor
        for key in keys[:-1]:
            holder = holder[key]
        holder[keys[-1]] = VALUES[number % len(VALUES)]
        (package / DESCRIPTOR).write_text(json.dumps(descriptor), "utf-8")
        code, _ = check(package)
        assert code in (0, 1, 2)
        assert code != 0 or pinned(package) == before, keys
