"""Definitions that need themselves: nothing can be computed, or proved, from one of them."""

from __future__ import annotations

from collections.abc import Iterator

from derive.language.context import Context
from derive.language.terms import Apply, Index, Sym, Term, bound_names, children

Called = tuple[bool, str]
"""Whether it is a function, and a name: ``E`` may be a function, and a quantity beside it."""


def circle(context: Context, name: str, is_function: bool = False) -> tuple[str, ...]:
    """The names through which the definition of a quantity or function needs it again, itself first; none if it does
    not. A family may be defined by its other members: ``h_t := f(h_{t-1})`` is no circle, ``h_t := h_t + 1`` is."""
    goal = (is_function, name)
    start = (goal, not _is_family(context, goal), True)
    paths: dict[tuple[Called, bool, bool], tuple[str, ...]] = {start: (name,)}
    todo = [start]
    while todo:
        here = todo.pop()
        for used, same in _needs(context, here[0]):
            place = (used, here[1] or not _is_family(context, used), here[2] and same)
            if used == goal and (place[1] or place[2]):
                return paths[here]
            if place not in paths:
                paths[place] = (*paths[here], used[1])
                todo.append(place)
    return ()


def _is_family(context: Context, called: Called) -> bool:
    decl = context.functions.get(called[1]) if called[0] else context.symbols.get(called[1])
    return decl is not None and bool(decl.family)


def _needs(context: Context, called: Called) -> Iterator[tuple[Called, bool]]:
    """What a definition mentions, and whether at free indices only, such as those of what it defines."""
    if called[0]:
        function = context.functions.get(called[1])
        if function is not None and function.body is not None:
            yield from _mentioned(function.body, function.params)
        return
    symbol = context.symbols.get(called[1])
    if symbol is not None and symbol.definition is not None:
        yield from _mentioned(symbol.definition.body, ())


def _mentioned(term: Term, bound: tuple[str, ...]) -> Iterator[tuple[Called, bool]]:
    """Every quantity and function in a term that nothing binds, and whether all its indices are free here."""
    if isinstance(term, Apply) or (isinstance(term, Sym) and term.name not in bound):
        same = all(isinstance(index, Index) and index.name not in bound for index in term.indices)
        yield (isinstance(term, Apply), term.name), same
    inner = (*bound, *bound_names(term))
    for part in children(term):
        yield from _mentioned(part, inner)


__all__ = ["circle"]
