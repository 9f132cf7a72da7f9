"""Claims about members of sequences, with some of them as equations give them: ``h_{t+1} = \\tanh(W h_t + x_{t+1})``.

An equation that is assumed for every member of a sequence may be put in its place wherever a member stands, but for
what is differentiated, where it is held to be a quantity of its own. What is then shown for any values of the members
that are left holds for those that the equations give.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice, product

from derive.language.claims import Equal
from derive.language.context import Context
from derive.language.extents import Extent, Range
from derive.language.instances import free_indices
from derive.language.operators import ShapeError
from derive.language.shapes import extent_of
from derive.language.terms import (
    Array,
    Big,
    Deriv,
    Expect,
    Index,
    Integral,
    Rel,
    Sym,
    Term,
    bound_names,
    rebuild,
    subterms,
)
from derive.prove.restricted import excesses, restrictions

MOST_WAYS = 12
"""How many ways to put members in are tried."""


@dataclass(frozen=True)
class _Given:
    """What gives the members of a sequence: for every value of the ``letter`` in a range, the ``value``."""

    letter: str
    range: Range
    value: Term


@dataclass(frozen=True)
class _At:
    """Where a member stands: a letter, a size or nothing, and how much further on; and which numbers that may be."""

    base: str
    shift: int
    low: Extent
    high: Extent


def is_through(context: Context) -> bool:
    """Whether it is known what the derivatives of a loss in the members of a sequence are: that is used first."""
    return any(
        isinstance(fact.statement, Rel) and isinstance(fact.statement.right, Deriv) and fact.statement.op == "="
        for fact in context.facts
    )


def replaced(statement: Equal, context: Context) -> list[Equal]:
    """The claim with the last members, or the first ones, of some sequences as equations give them; in every way."""
    given = _given(context)
    places: dict[str, set[_At]] = {name: set() for name in given}
    for side in (statement.left, statement.right):
        for name, at in _members(side, context, {}, given):
            places[name].add(at)
    ways = [(name, [None, *_ends(found)]) for name, found in places.items() if found]
    choices = product(*(options for _, options in ways))
    found: dict[Equal, None] = {}
    for choice in islice(choices, 1, MOST_WAYS):
        chosen = {(name, at) for (name, _), ats in zip(ways, choice, strict=True) for at in ats or ()}
        try:
            left, right = (_put(side, context, {}, given, chosen) for side in (statement.left, statement.right))
        except ShapeError:
            continue
        found[Equal(left, right)] = None
    return [each for each in found if each != statement]


def _given(context: Context) -> dict[str, _Given]:
    """The sequences that assumed equations give, each by itself: by members before, or behind."""
    found: dict[str, _Given] = {}
    for fact in context.facts:
        match fact.statement:
            case Rel(op="=", left=Sym(name=name, indices=(Index(name=letter),)), right=value) as relation:
                range_ = context.indices.get(letter)
            case _:
                continue
        recurs = any(isinstance(part, Sym) and part.name == name for part in subterms(value))
        alone = free_indices(relation) & context.indices.keys() == {letter} and not any(
            letter in about for about in restrictions(context)
        )
        if range_ is None or not recurs or not alone or name in found or excesses(context, relation):
            continue
        ranges = [part.range for part in subterms(value) if isinstance(part, Big)]
        ranges += [each for part in subterms(value) if isinstance(part, Array) for _, each in part.vars]
        if any(letter in (*each.low.names, *each.high.names) for each in ranges):
            continue
        found[name] = _Given(letter, range_, value)
    return found


def _ends(found: set[_At]) -> list[frozenset[_At]]:
    """The members furthest on, and those furthest back, of those that stand beside the same letter."""
    bases = {at.base for at in found}
    ends = {base: sorted(at.shift for at in found if at.base == base) for base in bases}
    picked = (frozenset(at for at in found if at.shift == ends[at.base][end]) for end in (-1, 0))
    return list(dict.fromkeys(picked))


Scope = Mapping[str, Range]


def _within(term: Term, scope: Scope) -> Scope:
    match term:
        case Big(var=var, range=range_):
            return {**scope, var: range_}
        case Array(vars=bound):
            return {**scope, **dict(bound)}
    return scope


def _members(term: Term, context: Context, scope: Scope, given: Mapping[str, _Given]) -> Iterator[tuple[str, _At]]:
    """The members in a term that equations give, outside of what is differentiated or bound otherwise."""
    if isinstance(term, Deriv | Expect | Integral):
        return
    if isinstance(term, Sym) and term.name in given:
        at = _at(term, context, scope, given[term.name])
        if at is not None:
            yield term.name, at
    inner = _within(term, scope)
    for part in _parts(term):
        yield from _members(part, context, inner, given)


def _parts(term: Term) -> list[Term]:
    found: list[Term] = []

    def note(part: Term) -> Term:
        found.append(part)
        return part

    rebuild(term, note)
    return found


def _at(term: Sym, context: Context, scope: Scope, given: _Given) -> _At | None:
    """Where a member stands, if it is surely one that an equation gives."""
    if len(term.indices) != 1:
        return None
    try:
        place = extent_of(term.indices[0])
    except ShapeError:
        return None
    if len(place.names) > 1:
        return None
    base = next(iter(place.names), "")
    shift = place.constant if not base else (place - base).constant
    if shift is None:
        return None
    if not base:
        low = high = place
    elif base in scope or base in context.indices:
        range_ = scope[base] if base in scope else context.indices[base]
        low, high = range_.low + shift, range_.high + shift
    elif base in context.sizes:
        low, high = Extent.of(context.sizes[base] + shift), place
    else:
        return None
    fits = _is_least(low - given.range.low, context) and _is_least(given.range.high - high, context)
    return _At(base, shift, low, high) if fits else None


def _is_least(room: Extent, context: Context) -> bool:
    """Whether a number made of sizes is surely not negative."""
    total = 0
    for names, factor in room.terms:
        if len(names) > 1 or (names and (factor < 0 or names[0] not in context.sizes)):
            return False
        total += factor * context.sizes[names[0]] if names else factor
    return total >= 0


def _put(term: Term, context: Context, scope: Scope, given: Mapping[str, _Given], chosen: set[tuple[str, _At]]) -> Term:
    """A term with the chosen members as equations give them."""
    if isinstance(term, Deriv | Expect | Integral):
        return term
    if isinstance(term, Sym) and term.name in given:
        at = _at(term, context, scope, given[term.name])
        if at is not None and (term.name, at) in chosen:
            return _value(given[term.name], term.indices[0])
    inner = _within(term, scope)
    return rebuild(term, lambda part: _put(part, context, inner, given, chosen))


def _value(given: _Given, place: Term) -> Term:
    """What an equation gives at a place; ``ShapeError`` where an index of the place would be caught."""
    letters = {part.name for part in subterms(place) if isinstance(part, Index)}

    def visit(part: Term) -> Term:
        if isinstance(part, Index):
            return place if part.name == given.letter else part
        bound = {*bound_names(part)}
        if given.letter in bound:
            return part
        if letters & bound and given.letter in free_indices(part):
            raise ShapeError("an index is bound where a member stands")
        return rebuild(part, visit)

    return visit(given.value)


__all__ = ["is_through", "replaced"]
