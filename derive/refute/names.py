"""Names in terms: those a term mentions, those it looks up, and the indices it leaves free."""

from __future__ import annotations

from collections.abc import Iterable

from derive.language.context import Context
from derive.language.extents import Range
from derive.language.found import once
from derive.language.terms import (
    Array,
    Big,
    Expect,
    Index,
    Size,
    Sym,
    Term,
    bound_names,
    children,
    named_parts,
    subterms,
)
from derive.refute.arithmetic import CannotEvaluate


def looked_up(term: Term) -> frozenset[str]:
    """Every name a term could look up in its frame."""
    return once(term, _looked_up)


def _looked_up(term: Term) -> frozenset[str]:
    names: set[str] = set()
    for part in subterms(term):
        match part:
            case Sym(name) | Index(name) | Size(name):
                names.add(name)
            case Big(range=range_):
                names |= range_.names
            case Array(vars=pairs):
                names.update(*(range_.names for _, range_ in pairs))
            case Expect(domain=Range() as range_):
                names |= range_.names
    return frozenset(names)


def mentioned(body: Term) -> list[str]:
    """The names a term mentions: symbols, and functions as ``f()``; bound ones too (which only means less sharing)."""
    return [part.name if isinstance(part, Sym) else f"{part.name}()" for part in named_parts(body)]


def free_indices(term: Term, context: Context) -> tuple[str, ...]:
    """The declared index names a term leaves free, in the order written."""
    return _with_ranges([name for name in once(term, _free) if name not in context.sizes], context)


def _free(term: Term) -> tuple[str, ...]:
    """The names of indices, and those in the ends of ranges, that nothing around them binds."""
    found: dict[str, None] = {}
    _add_free(found, term, frozenset())
    return tuple(found)


def _add_free(found: dict[str, None], part: Term, bound: frozenset[str]) -> None:
    if isinstance(part, Index) and part.name not in bound:
        found[part.name] = None
    bounds: list[Range] = []
    if isinstance(part, Big):
        bounds = [part.range]
    elif isinstance(part, Array):
        bounds = [range_ for _, range_ in part.vars]
    elif isinstance(part, Expect) and isinstance(part.domain, Range):
        bounds = [part.domain]
    for range_ in bounds:
        for name in sorted(range_.names):
            if name not in bound:
                found[name] = None
    own = bound_names(part)
    inner = bound.union(own) if own else bound
    for child in children(part):
        _add_free(found, child, inner)


def _with_ranges(names: Iterable[str], context: Context) -> tuple[str, ...]:
    """The index names, each after those its range depends on."""
    ordered: dict[str, None] = {}
    for name in names:
        _add_with_range(ordered, name, (), context)
    return tuple(ordered)


def _add_with_range(ordered: dict[str, None], name: str, above: tuple[str, ...], context: Context) -> None:
    if name in above:
        raise CannotEvaluate(f"the range of the index {name} depends on itself")
    range_ = context.indices.get(name)
    for other in sorted(range_.names) if range_ is not None else ():
        if other in context.indices:
            _add_with_range(ordered, other, (*above, name), context)
    ordered[name] = None
