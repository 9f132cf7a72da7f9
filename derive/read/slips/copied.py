"""Slips in what both sides have in common: a term that was forgotten, a size that stands for a sum."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import combinations

from derive.language.context import Context
from derive.read import syntax as s
from derive.read.slips.shape import below
from derive.read.slips.text import Page, Slip

MOST_TERMS = 5
MOST_SUMS = 5
MOST_NAMES = 6


def terms_of(page: Page) -> tuple[str, ...]:
    """The terms of the sums of a side, the outermost first, as they are written."""
    sums = [part for part in s.walk(page.tree) if isinstance(part, s.Sum)]
    return tuple(dict.fromkeys(page.of(term) for part in sums if len(part.terms) > 1 for _, term in part.terms))


def sums_of(page: Page) -> tuple[str, ...]:
    """The sums over an index in a side: whole, and over each factor alone."""
    found: dict[str, None] = {}
    for part in s.walk(page.tree):
        if not isinstance(part, s.BigOp) or part.kind != "sum" or page.extent(part)[0] >= page.extent(part.body)[0]:
            continue
        head = page.text[page.extent(part)[0] : page.extent(part.body)[0]]
        factors = part.body.parts if isinstance(part.body, s.Juxt) else (part.body,)
        for each in (part.body, *factors):
            found.setdefault(f"{head.rstrip()} {page.of(each)}")
    return tuple(found)


def forgotten(page: Page, node: s.Node) -> Iterator[Slip]:
    """``a + c`` for ``a + b + c``, where the other side has a term b; in a sum, or above a fraction."""
    match node:
        case s.Sum(terms=terms):
            last = terms[-1][1]
        case s.Frac(top=s.Node() as top) if not isinstance(_inside(top), s.Sum):
            last = _inside(top)
        case _:
            return
    for term in page.terms[:MOST_TERMS]:
        for sign in "+-":
            yield page.after("missing term", last, f" {sign} {term}")


def sizes(page: Page, node: s.Node) -> Iterator[Slip]:
    """``n`` for a sum over n things of something that is not 1."""
    if isinstance(node, s.Name) and node.text in page.context.sizes:
        for each in page.sums[:MOST_SUMS]:
            yield page.replaced("sum for size", node, each)


def _inside(node: s.Node) -> s.Node:
    return node.items[0] if isinstance(node, s.Group) and node.bracket == "{" and len(node.items) == 1 else node


def changed_over(page: Page, node: s.Node) -> Iterator[Slip]:
    """Two names that stand in each other's places throughout: ``s y + t m`` for ``t y + s m``."""
    if node is not page.tree:
        return
    places: dict[str, list[tuple[int, int]]] = {}
    stack = [node]
    while stack:
        here = stack.pop()
        if isinstance(here, s.Name) or (
            isinstance(here, s.Script) and isinstance(here.base, s.Name) and here.sup is None
        ):
            places.setdefault(page.of(here), []).append(page.extent(here))
        elif isinstance(here, s.Script) and isinstance(here.base, s.Name) and here.sub is None:
            places.setdefault(page.of(here.base), []).append(page.extent(here.base))
        else:
            stack.extend(below(here))
    names = [name for name in places if name in page.atoms or _is_declared(name, page.context)][:MOST_NAMES]
    for one, other in combinations(names, 2):
        changes = [(*place, other) for place in places[one]] + [(*place, one) for place in places[other]]
        yield Slip("changed over", tuple(sorted(changes)))


def _is_declared(name: str, context: Context) -> bool:
    return name in context.symbols


def squares(page: Page, node: s.Node) -> Iterator[Slip]:
    """``p^2`` for ``p (1 - p)``."""
    match node:
        case s.Script(base=s.Name() as base, sub=None, sup=s.Number(text="2")):
            name = page.of(base)
            yield page.replaced("complement", node, f"{name} (1 - {name})")


def calls(page: Page, node: s.Node) -> Iterator[Slip]:
    """``\\sigma(u)`` for ``(1 - \\sigma(u))``; a function too many: ``\\log x`` for ``x``."""
    if not isinstance(node, s.Juxt):
        return
    for head, group in zip(node.parts, node.parts[1:], strict=False):
        start, middle, stop = page.extent(head)[0], page.extent(group)[0], page.extent(group)[1]
        called = isinstance(head, s.Name | s.Script) and isinstance(group, s.Group) and group.bracket == "("
        if called and _is_function(head, page.context):
            yield Slip("complement", ((start, start, "(1 - "), (stop, stop, ")")))
        if isinstance(head, s.Word) and head.text in ("log", "ln", "exp") and page.text[start] == "\\":
            yield page.removed("lost function", start, middle)


def _is_function(head: s.Node, context: Context) -> bool:
    base = head.base if isinstance(head, s.Script) else head
    return isinstance(base, s.Name) and (base.text in context.functions or s.key(head) in context.functions)


def logarithms(page: Page, node: s.Node) -> Iterator[Slip]:
    """``x`` for ``\\log x``: of a factor or a term that is a name."""
    match node:
        case s.Sum(terms=terms):
            places = [term for _, term in terms]
        case s.Juxt(parts=parts):
            places = list(parts)
        case _:
            return
    for place in places:
        if isinstance(place, s.Name | s.Script):
            yield page.before("lost function", place, "\\log ")


Rule = Callable[[Page, s.Node], Iterator[Slip]]

RULES: tuple[Rule, ...] = (forgotten, sizes, changed_over, squares, calls, logarithms)
"""Every kind of slip of this sort; each gives nothing where it does not apply."""
