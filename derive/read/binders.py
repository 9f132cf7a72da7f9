"""Sums, products, integrals: which variable is bound, and over what."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from derive.language.extents import SCALAR, Range, Shape, show_shape
from derive.language.terms import Big, Const, Integral, Sym, Term, subterms
from derive.read import syntax as s
from derive.read.captured import outside, under_binder
from derive.read.errors import ReadError, ShapeRefusal, Undeclared, UnknownRange, UnknownSet
from derive.read.fitting import Typed
from derive.read.infinite_sums import infinite_sum, is_endless
from derive.read.names import items_of, parts_of, split_superscript
from derive.read.reached_by_facts import tied_to

if TYPE_CHECKING:
    from derive.read.resolver import Resolver

NUMBER_SETS = frozenset({"\\mathbb{R}", "\\mathbb{N}", "\\mathbb{Z}"})


@dataclass
class Bound:
    """Index names with what was written about their ranges, before the body is read."""

    names: dict[str, tuple[s.Node | None, s.Node | None]]
    conditions: list[s.Node]


def big_operator(r: Resolver, node: s.BigOp) -> Typed:
    """``\\sum_{k=1}^K``, ``\\sum_k``, ``\\sum_{i: y_i = 0}``, ``\\sum_{k \\ne j}``, ``\\sum_{1 \\le i,j \\le N}``."""
    if node.sub is None:
        return _without_index(r, node)
    bound = read_bound(r, node)
    for name in bound.names:
        if name in r.context.sizes:
            raise ReadError(f"expected an index, found the size {name}", node.span, "give the index another letter")
    if is_endless(node) and len(bound.names) == 1 and not bound.conditions:
        ((name, (low, _)),) = bound.names.items()
        return infinite_sum(r, node, name, low)
    pairs = [(name, _range(r, name, low, high, node)) for name, (low, high) in bound.names.items()]
    with r.binding(dict(pairs)):
        where = _where(r, bound.conditions, node)
        body = r.expression(node.body)
    term, shape = body.term, body.shape
    for name, range_ in pairs:
        if name in r.context.symbols:  # a label, which functions called in the body may mention
            term = under_binder(r.context, term, name, Sym(name), range_)
    for place, (name, range_) in enumerate(reversed(pairs)):
        innermost = where if place == 0 else None
        term = Big(node.kind, name, range_, term, innermost, span=node.span)
    if node.kind in ("max", "min") and r.fitting.settle(shape):
        raise ShapeRefusal(
            f"expected a scalar under {node.kind}, found {show_shape(r.fitting.settle(shape))}", node.span
        )
    return Typed(term, SCALAR if node.kind.startswith("arg") else shape)


def _without_index(r: Resolver, node: s.BigOp) -> Typed:
    body = node.body
    if node.sup is not None:
        raise ReadError(f"expected no superscript on {node.kind}", node.sup.span, "write the brackets around all of it")
    if node.kind == "max" and isinstance(body, s.Group) and len(body.items) == 2:
        for zero, other in (body.items, body.items[::-1]):
            if isinstance(zero, s.Number) and zero.text == "0":
                return r.op("relu", [r.expression(other)], node)
    if node.kind in ("max", "min") and isinstance(body, s.Group) and body.bracket == "(" and body.seps == (",",):
        return _of_two(r, node, *body.items)
    if node.kind in ("sum", "prod") and node.sup is None:
        index = _only_index(r, body)
        if index is not None:
            return big_operator(r, replace(node, sub=index))
    raise ReadError(f"expected the index of this {node.kind}", node.span, f"write \\{node.kind}_{{k=1}}^K")


def _only_index(r: Resolver, body: s.Node) -> s.Name | None:
    """The index that ``\\sum x_i`` can only be over: the only one below names in it that counts anything, where nothing
    else stands below them."""
    found: dict[str, s.Name] = {}
    for part in s.walk(body):
        if isinstance(part, s.BigOp | s.IntegralOp):
            return None
        parts = parts_of(part) if isinstance(part, s.Script) else None
        for item in (*items_of(parts[1]), *split_superscript(parts[2]).items) if parts is not None else ():
            name = s.key(item)
            if isinstance(item, s.Name) and name in r.context.indices and name not in r.scope:
                found[name] = item
            elif not isinstance(item, s.Word):
                return None
    return next(iter(found.values())) if len(found) == 1 else None


def _of_two(r: Resolver, node: s.BigOp, first: s.Node, second: s.Node) -> Typed:
    """``\\max(a, b)`` is ``b + relu(a - b)``, and ``\\min(a, b)`` is ``a - relu(a - b)``, of numbers."""
    one, two = r.expression(first), r.expression(second)
    if any(r.fitting.settle(each.shape) for each in (one, two)):
        raise ShapeRefusal(f"expected two numbers in this {node.kind}", node.span, "write it entry by entry")
    above = r.op("relu", [r.op("add", [one, r.op("neg", [two], node)], node)], node)
    if node.kind == "max":
        return r.op("add", [two, above], node)
    return r.op("add", [one, r.op("neg", [above], node)], node)


def read_bound(r: Resolver, node: s.BigOp) -> Bound:
    """The names a big operator binds, with the bounds written, and the conditions beside them."""
    sub = node.sub
    items = sub.items if isinstance(sub, s.Group) and sub.bracket == "{" else (sub,)
    items = tuple(item for item in items if item is not None)
    enumerated = _enumerated(items)
    if enumerated is not None:
        return enumerated
    ordered = _ordered(items)
    if ordered is not None:
        return ordered
    bound = Bound({}, [])
    for item in items:
        _bind(r, item, node, bound)
    if not bound.names:
        raise ReadError("cannot tell which index is bound here", node.span, "write \\sum_{k=1}^K")
    return bound


def _enumerated(items: tuple[s.Node, ...]) -> Bound | None:
    """``i, j = 1, …, N``."""
    dots = [place for place, item in enumerate(items) if isinstance(item, s.Dots)]
    if len(dots) != 1 or dots[0] != len(items) - 2:
        return None
    names: list[str] = []
    for item in items[: dots[0]]:
        if isinstance(item, s.Relation) and len(item.rest) == 1 and item.rest[0][0] == "=":
            names.append(s.key(item.first))
            return Bound(dict.fromkeys(names, (item.rest[0][1], items[-1])), [])
        names.append(s.key(item))
    return None


def _ordered(items: tuple[s.Node, ...]) -> Bound | None:
    """``1 \\le i, j \\le N``."""
    if not items or not isinstance(items[0], s.Relation):
        return None
    first = items[0]
    if (
        len(items) == 1
        and len(first.rest) == 2
        and all(op == "<=" for op, _ in first.rest)
        and _letter(first.rest[0][1])
    ):
        return Bound({s.key(first.rest[0][1]): (first.first, first.rest[1][1])}, [])
    last = items[-1]
    if len(items) < 2 or not isinstance(last, s.Relation) or len(first.rest) != 1 or len(last.rest) != 1:
        return None
    if first.rest[0][0] != "<=" or last.rest[0][0] != "<=" or not all(_letter(item) for item in items[1:-1]):
        return None
    names = [first.rest[0][1], *items[1:-1], last.first]
    if not all(_letter(name) for name in names):
        return None
    return Bound({s.key(name): (first.first, last.rest[0][1]) for name in names}, [])


def _letter(node: s.Node) -> bool:
    return isinstance(node, s.Name) or (
        isinstance(node, s.Script) and isinstance(node.base, s.Name) and node.sub is None
    )


def _bind(r: Resolver, item: s.Node, node: s.BigOp, bound: Bound) -> None:
    if _letter(item):
        bound.names[s.key(item)] = (None, node.sup)
        return
    if isinstance(item, s.Juxt) and all(_letter(part) for part in item.parts):
        for part in item.parts:
            bound.names[s.key(part)] = (None, node.sup)
        return
    if not isinstance(item, s.Relation):
        raise ReadError("expected an index or a condition below this operator", item.span)
    left, (op, right) = item.first, item.rest[0]
    if len(item.rest) == 1 and op == "=" and _letter(left) and s.key(left) not in bound.names:
        bound.names[s.key(left)] = (right, node.sup)
    elif len(item.rest) == 1 and op == "in" and _letter(left) and _consecutive(right) is not None:
        bound.names[s.key(left)] = _consecutive(right) or (None, None)
    elif len(item.rest) == 1 and op == "in" and _letter(left):
        bound.names[s.key(left)] = (None, None)
        _check_set(r, left, right)
    else:
        _bind_condition(r, item, bound, node)


def _consecutive(node: s.Node) -> tuple[s.Node, s.Node] | None:
    """The least and the greatest of ``\\{0, 1\\}``, ``\\{1, 2, 3\\}``: whole numbers in their order, none left out."""
    if not isinstance(node, s.Group) or node.bracket != "\\{" or len(node.items) < 2 or {*node.seps} != {","}:
        return None
    numbers = [int(item.text) for item in node.items if isinstance(item, s.Number) and item.text.isdigit()]
    whole = len(numbers) == len(node.items) and numbers == [*range(numbers[0], numbers[0] + len(numbers))]
    return (node.items[0], node.items[-1]) if whole else None


def _check_set(r: Resolver, left: s.Node, right: s.Node) -> None:
    """``k \\in \\{1,…,K\\}``: the set must be the declared range."""
    known = _declared(r, s.key(left))
    if (
        (
            isinstance(right, s.Group)
            and len(right.items) >= 3
            and isinstance(right.items[-2], s.Dots)
            and known is not None
        )
        and r.extent(right.items[0]) == known.low
        and r.extent(right.items[-1]) == known.high
    ):
        return
    parts = parts_of(right)
    if parts is not None and parts[1] is None and parts[2] is None and parts[0] not in r.context.symbols:
        if known is not None and known == Range.upto(parts[0]):
            return
        if known is None:
            raise UnknownSet(s.key(left), parts[0], right.span)
    raise ReadError("expected the declared range of this index", right.span, "write \\sum_{k=1}^K")


def _bind_condition(r: Resolver, item: s.Relation, bound: Bound, node: s.BigOp) -> None:
    """``k \\ne j`` binds the name that is not bound yet (the left one, if neither is)."""
    if not bound.names:
        sides = [side for side in (item.first, item.rest[0][1]) if _letter(side)]
        free = [side for side in sides if s.key(side) not in r.scope]
        if item.rest[0][0] in ("<", ">", "<=", ">=") and len(free) == 2:
            for side in free:
                bound.names[s.key(side)] = (None, node.sup)
        elif free:
            bound.names[s.key(free[0])] = (None, node.sup)
    bound.conditions.append(item)


def _declared(r: Resolver, name: str) -> Range | None:
    for text in (name, name.rstrip("'")):
        found = r.scope.get(text)
        if isinstance(found, Range):
            return found
        if text in r.context.indices:
            return r.context.indices[text]
    return None


def _of_the_other(r: Resolver, name: str, node: s.BigOp) -> Range | None:
    """``\\sum_{k \\ne i}`` of a k that nothing declares: it runs over what i does."""
    sub = node.sub
    items = sub.items if isinstance(sub, s.Group) and sub.bracket == "{" else (sub,)
    for item in items:
        if isinstance(item, s.Relation) and [op for op, _ in item.rest] == ["!="] and name not in r.context.symbols:
            sides = [s.key(item.first), s.key(item.rest[0][1])]
            if name in sides and len(set(sides)) == 2:
                return _declared(r, next(side for side in sides if side != name))
    return None


def _range(r: Resolver, name: str, low: s.Node | None, high: s.Node | None, node: s.BigOp) -> Range:
    if low is not None and high is not None:
        return Range(r.extent(low), r.extent(high))
    known = _declared(r, name) or _of_the_other(r, name, node)
    if known is None and node.kind in ("argmax", "argmin") and name not in r.context.symbols:
        raise Undeclared(name, node.span, f"declare it: {name} \\in \\mathbb{{R}}, or index {name} = 1..K")
    if known is None:
        raise UnknownRange(name, node.span)
    return Range(r.extent(low) if low is not None else known.low, r.extent(high) if high is not None else known.high)


def _where(r: Resolver, conditions: list[s.Node], node: s.Node) -> Term | None:
    if not conditions:
        return None
    terms = [r.condition(condition) for condition in conditions]
    return terms[0].term if len(terms) == 1 else r.op("and", terms, node).term


# -- integrals ---------------------------------------------------------------------------------------------------------
def variable_shape(r: Resolver, node: s.Node) -> Range | Shape:
    """What a bound variable ranges over: the range of an index, or the shape it is declared with (scalar otherwise)."""
    name = s.key(node)
    found = r.scope.get(name)
    if found is not None:
        return found
    known = _declared(r, name)
    if known is not None and name not in r.context.symbols:
        return known
    parts = parts_of(node)
    for text in (name, parts[0] if parts else name):
        decl = r.context.symbols.get(text)
        if decl is not None and decl.label_range is not None:
            return decl.label_range
        if decl is not None:
            return decl.shape if text == name else _shape_outside(r, node, decl.shape)
    return SCALAR


def _shape_outside(r: Resolver, node: s.Node, usual: Shape) -> Shape:
    """The shape of a member of a family, or of an entry: ``x_j`` of a vector x is a number."""
    try:
        return r.fitting.settle(r.expression(node).shape)
    except ReadError:
        return usual


def integral(r: Resolver, node: s.IntegralOp) -> Typed:
    """``\\int_a^b f(x) dx``, ``\\int_x f(x) dx``."""
    variable = node.variables[0]
    if parts_of(variable) is None:
        raise ReadError("expected a variable of integration", variable.span)
    name, shape = s.key(variable), variable_shape(r, variable)
    if isinstance(shape, Range):
        raise ReadError(f"expected a continuous variable, found the index {name}", variable.span, "write a sum")
    limits: list[Term | None] = [None, None]
    whole = node.sub is not None and node.sup is None and (s.key(node.sub) == name or _is_space(node.sub))
    if not whole:
        if (node.sub is None) != (node.sup is None):
            raise ReadError("expected both limits of this integral, or none", node.span)
        limits = [r.expression(limit).term if limit is not None else None for limit in (node.sub, node.sup)]
        if any(limit is not None and not _is_infinite(limit) for limit in limits):
            shape = SCALAR  # between two numbers lie numbers, whatever else has this letter
    before = outside(r, variable)
    with r.binding({name: shape}):
        body = r.expression(node.body)
    tied = tied_to(name, body.term, r.context)
    if tied:
        raise ReadError(
            f"expected {tied} to be no more than a number here: it is assumed to go with {name}",
            node.span,
            f"write what it is in terms of {name}",
        )
    inside = under_binder(r.context, body.term, name, before, shape)
    return Typed(Integral(name, inside, shape, limits[0], limits[1], span=node.span), body.shape)


def _is_infinite(limit: Term) -> bool:
    return any(isinstance(part, Const) and part.name == "inf" for part in subterms(limit))


def _is_space(node: s.Node) -> bool:
    base = parts_of(node)
    return base is not None and (base[0] in NUMBER_SETS or base[0].startswith("\\mathcal{"))
