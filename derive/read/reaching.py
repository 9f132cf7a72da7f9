r"""How far a sum reaches in what a name stands for: in ``L = \sum_i y_i \log p_i + (1 - y_i) \log (1 - p_i)`` as far as
its index does.

Read strictly, the second term stands outside of the sum and is about some other i, and L would be many numbers. Nobody
means that: what follows the sum with its index, which nothing else binds, belongs to it. A claim is read strictly.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from typing import TYPE_CHECKING

from derive.read import binders
from derive.read import syntax as s
from derive.read.errors import ReadError

if TYPE_CHECKING:
    from derive.read.resolver import Resolver


OPTION = "reach"
"""The notation switch under which sums are read so."""
Terms = tuple[tuple[str, s.Node], ...]


def of_terms(r: Resolver, terms: Terms) -> Terms:
    """Terms of a sum, in which each ``\\sum`` holds those behind it up to the last that mentions its index."""
    for place, (sign, term) in enumerate(terms[:-1]):
        big = _last_sum(term)
        names = _bound(r, big) if big is not None else frozenset[str]()
        last = max((n for n in range(place + 1, len(terms)) if _mentions(terms[n][1], names)), default=0)
        if big is None or not last:
            continue
        stop = terms[last][1].stop
        body = s.Sum(big.body.start, stop, (("+", big.body), *terms[place + 1 : last + 1]))
        whole = _with_last(term, replace(big, body=body, stop=stop))
        return of_terms(r, (*terms[:place], (sign, whole), *terms[last + 1 :]))
    return terms


def _last_sum(term: s.Node) -> s.BigOp | None:
    """The sum that a term ends with."""
    last = term.parts[-1] if isinstance(term, s.Juxt) else term
    return last if isinstance(last, s.BigOp) and last.kind == "sum" else None


def _with_last(term: s.Node, big: s.BigOp) -> s.Node:
    if isinstance(term, s.Juxt):
        return s.Juxt(term.start, big.stop, (*term.parts[:-1], big))
    return big


def _bound(r: Resolver, big: s.BigOp) -> frozenset[str]:
    """The indices of a sum that nothing around it binds, nor declares to be quantities."""
    if big.sub is None:
        return frozenset()
    try:
        names = binders.read_bound(r, big).names
    except ReadError:
        return frozenset()
    return frozenset(name for name in names if name not in r.scope and name not in r.context.symbols)


def _mentions(node: s.Node, names: Collection[str]) -> bool:
    """Whether a subscript or superscript, outside of a sum of its own, holds one of these indices."""
    if not names:
        return False
    if isinstance(node, s.BigOp):
        own = {part.text for part in s.walk(node.sub) if isinstance(part, s.Name)} if node.sub is not None else set()
        return _mentions(node.body, frozenset(names) - own)
    if isinstance(node, s.Script):
        marks = [mark for mark in (node.sub, node.sup) if mark is not None]
        if any(isinstance(part, s.Name) and part.text in names for mark in marks for part in s.walk(mark)):
            return True
    return any(_mentions(part, names) for part in s.children(node))


__all__ = ["OPTION", "of_terms"]
