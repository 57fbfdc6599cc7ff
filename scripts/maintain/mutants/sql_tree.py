"""The mutants of a piece of SQL, made on sqlglot's tree: one node changed, or one arm dropped, in each."""

from collections import Counter
from collections.abc import Iterator
from typing import Any, NamedTuple

import sqlglot
from sqlglot import exp

DIALECT = "duckdb"
WIDEST = 60
SWAPS: dict[Any, tuple[Any, ...]] = {
    exp.EQ: (exp.NEQ,),
    exp.NEQ: (exp.EQ,),
    exp.LT: (exp.LTE, exp.GTE),
    exp.LTE: (exp.LT, exp.GT),
    exp.GT: (exp.GTE, exp.LTE),
    exp.GTE: (exp.GT, exp.LT),
    exp.NullSafeEQ: (exp.NullSafeNEQ, exp.EQ),
    exp.NullSafeNEQ: (exp.NullSafeEQ, exp.NEQ),
    exp.Add: (exp.Sub,),
    exp.Sub: (exp.Add,),
    exp.And: (exp.Or,),
    exp.Or: (exp.And,),
    exp.Min: (exp.Max,),
    exp.Max: (exp.Min,),
    exp.ArgMin: (exp.ArgMax,),
    exp.ArgMax: (exp.ArgMin,),
    exp.Greatest: (exp.Least,),
    exp.Least: (exp.Greatest,),
    exp.LogicalOr: (exp.LogicalAnd,),
    exp.LogicalAnd: (exp.LogicalOr,),
    exp.All: (exp.Any,),
}
DENIED = (exp.Is, exp.In, exp.Like, exp.Exists)  # NOT is put before these where none stands there
LISTS = (exp.In, exp.Array, exp.Values)  # whose parts are dropped one by one
JOINS = {"ANTI": "SEMI", "SEMI": "ANTI"}


class Change(NamedTuple):
    """A mutant: the line of the change, what it changes into what, and the whole text with it."""

    line: int
    says: str
    text: str


def mutate_sql(sql: str) -> Iterator[Change]:
    """Yield every mutant of some statements, or of one expression; the same change met again is numbered."""
    trees = parse(sql)
    met: Counter[str] = Counter()
    for number, tree in enumerate(trees):
        unchanged = write(tree)
        for node in list(tree.walk()):
            for new in variants(node):
                says, changed = replace(tree, node, new)
                if changed == unchanged:  # sqlglot does not write what it takes for no flag of a pattern
                    continue
                met[says] += 1
                label = f"{says} #{met[says]}" if met[says] > 1 else says
                written = [*map(write, trees[:number]), changed, *map(write, trees[number + 1 :])]
                yield Change(line_of(node), label, ";\n".join(written))


def as_written(sql: str) -> str:
    """Return statements unchanged, as sqlglot writes them."""
    return ";\n".join(map(write, parse(sql)))


def parse(sql: str) -> list[Any]:
    """Return the trees of some statements; raise `ValueError` where sqlglot only takes one for a string."""
    trees = [tree for tree in sqlglot.parse(sql, dialect=DIALECT) if tree]
    for tree in trees:
        if isinstance(tree, exp.Command):
            raise ValueError(f"sqlglot does not parse {write(tree)[:WIDEST]!r}")
    return trees


def replace(tree: Any, node: Any, new: Any) -> tuple[str, str]:
    """Return what the change of a node says, in the words around it, and the tree as text with it."""
    around = node.parent or node
    while around.parent and len(write(around.parent)) <= WIDEST:
        around = around.parent
    was = write(around)
    if node is tree:
        return tell(was, write(new)), write(new)
    parent, key = node.parent, node.arg_key
    if new is None:
        parent.set(key, None)
    else:
        node.replace(new)
    says, text = tell(was, write(around)), write(tree)
    if new is None:
        parent.set(key, node)
    else:
        new.replace(node)
    return says, text


def write(tree: Any) -> str:
    """Return a tree as text on one line."""
    return str(tree.sql(DIALECT, comments=False))


def tell(was: str, now: str) -> str:
    """Return the difference of two texts, with some words around it where they are long."""
    start = shared(was, now)
    end = shared(was[:start:-1], now[:start:-1])
    start, end = max(0, start - WIDEST // 2), max(0, end - WIDEST // 2)
    return " -> ".join(text[start : len(text) - end] for text in (was, now))


def shared(one: str, other: str) -> int:
    """Return how many characters two texts have in common at their beginnings."""
    return next(
        (at for at, pair in enumerate(zip(one, other, strict=False)) if pair[0] != pair[1]), min(len(one), len(other))
    )


def variants(node: Any) -> Iterator[Any]:
    """Yield what may stand in the place of a node; nothing (None) where it may be left out."""
    for other in SWAPS.get(type(node), ()):
        swapped = other(**node.copy().args)
        yield exp.Paren(this=swapped) if isinstance(swapped, exp.Connector) else swapped
    if isinstance(node, DENIED) and not isinstance(node.parent, exp.Not):
        yield exp.Not(this=exp.Paren(this=node.copy()))
    if isinstance(node, exp.Connector):
        yield node.left.copy()
        if type(node.left) is not type(node):  # else it is dropped there
            yield node.right.copy()
    yield from vary_constant(node)
    yield from vary_value(node)
    yield from vary_query(node)


def vary_constant(node: Any) -> Iterator[Any]:
    """Yield other constants; in a list each is dropped instead."""
    if isinstance(node, exp.Boolean):
        yield exp.Boolean(this=not node.this)
    if isinstance(node, exp.Literal) and not isinstance(node.parent, (exp.In, exp.Array)):
        yield exp.Literal(
            this=f"{node.this}x" if node.is_string else f"{float(node.this) + 1:g}", is_string=node.is_string
        )
    if isinstance(node, LISTS) and len(node.expressions) > 1:
        yield from leave_out(node, "expressions")


def vary_value(node: Any) -> Iterator[Any]:
    """Yield a value without one of its arms, an aggregate without what it is restricted to."""
    if isinstance(node, exp.Not):
        yield node.this.copy()
    if isinstance(node, exp.Case):
        if len(node.args["ifs"]) > 1:
            yield from leave_out(node, "ifs")
        else:
            yield (node.args.get("default") or exp.Null()).copy()
        if node.args.get("default"):
            yield without(node, "default")
    if isinstance(node, exp.Coalesce):
        yield from (arm.copy() for arm in (node.this, *node.expressions))
    if isinstance(node, exp.Filter):
        yield node.this.copy()
    if isinstance(node, exp.Distinct) and not isinstance(node.parent, exp.Select) and len(node.expressions) == 1:
        yield node.expressions[0].copy()
    if isinstance(node, exp.Window) and node.args.get("partition_by"):
        yield without(node, "partition_by")
    if isinstance(node, exp.Ordered) and node.parent.parent.parent:  # the rows of a whole result are sorted afterwards
        yield exp.Ordered(this=node.this.copy(), desc=not node.args.get("desc"))


def vary_query(node: Any) -> Iterator[Any]:
    """Yield a query without one of its parts, or with another kind of join or union."""
    if isinstance(node, (exp.Where, exp.Having)) and not isinstance(node.parent, exp.Filter):
        yield None
    if isinstance(node, exp.Select) and node.args.get("distinct"):
        yield without(node, "distinct")
    if isinstance(node, exp.Union):
        for name in ("this", "expression"):
            if isinstance(node.args[name], exp.Select):  # else its arms are dropped there
                yield changed(node, **{name: node.args[name].where(exp.false())})
        if node.args.get("distinct"):
            yield changed(node, distinct=False)
    if isinstance(node, exp.Join) and node.kind in JOINS:
        yield changed(node, kind=JOINS[node.kind])
    if isinstance(node, exp.Join) and node.side:  # the other way adds rows for broken references alone
        yield without(node, "side")


def leave_out(node: Any, name: str) -> Iterator[Any]:
    """Yield a node without one of the parts that it has under a name, for each."""
    parts = node.args[name]
    for number in range(len(parts)):
        yield changed(node, **{name: [part.copy() for part in parts[:number] + parts[number + 1 :]]})


def without(node: Any, name: str) -> Any:
    """Return a copy of a node without what it has under a name."""
    return changed(node, **{name: None})


def changed(node: Any, **parts: Any) -> Any:
    """Return a copy of a node with other parts."""
    copied = node.copy()
    for name, part in parts.items():
        copied.set(name, part)
    return copied


def line_of(node: Any) -> int:
    """Return the line that a node, or the nearest one around it that knows, begins on."""
    while node:
        lines = [part.meta["line"] for part in node.walk() if "line" in part.meta]
        if lines:
            return int(min(lines))
        node = node.parent
    return 1
