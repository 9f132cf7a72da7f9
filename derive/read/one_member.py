"""Derivatives of a member of a sequence that a recurrence gives: ``∂h_{t+1}/∂u_t`` with ``h_{t+1} = a h_t + b u_t``.

The recurrence is used once. What it leaves is a member before, which does not depend on what is differentiated in:
h_t is made of u at earlier steps; and where h_t itself is the variable, that is what it is held to be. A derivative
that goes through several steps, or in what all steps share, is none that one use of the recurrence gives.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from derive.language.context import Context
from derive.language.dependencies import depends_on, mentioned
from derive.language.extents import Extent
from derive.language.operators import ShapeError
from derive.language.shapes import extent_of
from derive.language.terms import Entry, Index, Num, Op, Rel, Sym, Term, bound_names, subterms
from derive.read.dependencies import with_names


def tied_to(body: Term, variable: str, members: Sequence[Rel], context: Context) -> str:
    """The family in a term of which some relation gives a member in terms of a variable; nothing if there is none."""
    for relation in members:
        name = _head(relation).name
        if not any(depends_on(context, other, name) for other in mentioned(context, body)):
            continue
        if any(depends_on(context, other, variable) for other in mentioned(context, relation.right)):
            return name
    return ""


def opened(body: Term, wrt: Term, members: Sequence[Rel], context: Context) -> Term | None:
    """A member of a sequence as its recurrence gives it, where its derivative is then exactly that of what is written;
    None if no recurrence gives it, or not so."""
    entries: list[Entry] = []
    while isinstance(body, Entry):
        entries, body = [body, *entries], body.base
    variable = wrt
    while isinstance(variable, Entry):
        variable = variable.base
    if not isinstance(body, Sym) or not isinstance(variable, Sym):
        return None
    giving = [found for relation in members if (found := _recurrence(relation)) is not None and found.name == body.name]
    if len(giving) != 1:
        return None
    value = _used(giving[0], body, context)
    if value is None or not _is_exact(value, giving[0], variable, context):
        return None
    for entry in entries:
        value = Entry(value, entry.indices)
    return value


def is_before(written: Term, variable: Sym, name: str, members: Sequence[Rel], context: Context) -> bool:
    """Whether all members of a family in a term stand at the step of a variable, and the one relation that makes the
    family of it gives each member by the variable one step before: then these are made of earlier ones."""
    tying = [
        relation
        for relation in members
        if _head(relation).name == name
        and any(depends_on(context, other, variable.name) for other in mentioned(context, relation.right))
    ]
    recurrence = _recurrence(tying[0]) if len(tying) == 1 else None
    if recurrence is None:
        return False
    own = _place(_members_of(name, recurrence.value)[0].indices[recurrence.slot])
    here = _place(recurrence.member.indices[recurrence.slot])
    made_of = _members_of(variable.name, recurrence.value)
    slots = {n for part in made_of for n, index in enumerate(part.indices) if _moves(index, recurrence)}
    if own is None or here is None or (here - own).constant != 1 or len(slots) != 1:
        return False
    (slot,) = slots
    if any(_place(part.indices[slot]) != own for part in made_of):
        return False
    hidden = [
        part.name
        for part in subterms(recurrence.value)
        if isinstance(part, Sym) and part.name not in (name, variable.name)
    ]
    if any(depends_on(context, each, variable.name) for each in hidden):
        return False
    place = _place(variable.indices[slot]) if slot < len(variable.indices) else None
    inside = _members_of(name, written)
    if place is None or place.names & bound_in(written):
        return False
    return all(_place(part.indices[recurrence.slot]) == place for part in inside)


@dataclass(frozen=True)
class _Recurrence:
    """``h_{t+1} = a h_t + b u_t``: its member, its value, and in which ``slot`` it steps."""

    member: Sym
    value: Term
    slot: int

    @property
    def name(self) -> str:
        return self.member.name


def _recurrence(relation: Rel) -> _Recurrence | None:
    """A relation that gives each member of a family by another one of it, at one neighbouring place."""
    member, value = _head(relation), relation.right
    own = [part for part in subterms(value) if isinstance(part, Sym) and part.name == member.name]
    slots = {n for part in (member, *own) for n, index in enumerate(part.indices) if not isinstance(index, Index)}
    if not own or len(slots) != 1:
        return None
    slot = slots.pop()
    others = [index for n, index in enumerate(member.indices) if n != slot]
    places = {_place(part.indices[slot]) for part in own}
    here = _place(member.indices[slot])
    if here is None or None in places or len(places) != 1 or len({*others}) != len(others):
        return None
    (there,) = places
    if there is None or there == here or here.names != there.names:
        return None
    if here.names & {_letter(each) for each in others}:
        return None
    return _Recurrence(member, value, slot)


def _used(recurrence: _Recurrence, member: Sym, context: Context) -> Term | None:
    """The value of one member, if the recurrence gives it for certain."""
    names: dict[str, Term] = {}
    for slot, (own, index) in enumerate(zip(recurrence.member.indices, member.indices, strict=True)):
        letter = _letter(own)
        place, here = _place(own), _place(index)
        if place is None or here is None or letter not in context.indices:
            return None
        (other,) = here.names
        by = (here - other - (place - letter)).constant
        if by is None or (slot != recurrence.slot and by) or not _is_within(letter, other, by, context):
            return None
        names[letter] = Index(other) if not by else Op("add", (Index(other), Num(Fraction(by))))
    letters = {part.name for part in subterms(recurrence.value) if isinstance(part, Index)}
    if not letters <= {*names, *bound_in(recurrence.value)}:
        return None
    return with_names(recurrence.value, names)


def bound_in(term: Term) -> frozenset[str]:
    """The names that something in a term binds."""
    return frozenset(name for part in subterms(term) for name in bound_names(part))


def _is_within(letter: str, other: str, by: int, context: Context) -> bool:
    """Whether ``other + by`` is a value of the index ``letter`` for every value of ``other``."""
    if other == letter and not by:
        return True
    if other not in context.indices:
        return False
    mine, range_ = context.indices[letter], context.indices[other]
    below, above = (range_.low + by - mine.low).constant, (mine.high - range_.high - by).constant
    return below is not None and above is not None and below >= 0 and above >= 0


def _is_exact(value: Term, recurrence: _Recurrence, variable: Sym, context: Context) -> bool:
    """Whether nothing in a value depends on a variable but the variable itself, where it stands."""
    for part in subterms(value):
        if not isinstance(part, Sym) or not depends_on(context, part.name, variable.name):
            continue
        if part.name not in (variable.name, recurrence.name):
            return False
    if variable.name == recurrence.name:
        return _all_at(variable, recurrence.slot, value)
    members = _members_of(variable.name, recurrence.value)
    slots = {n for part in members for n, index in enumerate(part.indices) if _moves(index, recurrence)}
    if len(slots) != 1:
        return False
    return _all_at(variable, slots.pop(), value)


def _moves(index: Term, recurrence: _Recurrence) -> bool:
    """Whether an index goes with the steps of a recurrence."""
    place, own = _place(index), _place(recurrence.member.indices[recurrence.slot])
    return place is not None and own is not None and place.names == own.names


def _all_at(variable: Sym, slot: int, value: Term) -> bool:
    """Whether all members in a value of the family of a variable stand at the step of the variable."""
    place = _place(variable.indices[slot]) if slot < len(variable.indices) else None
    return place is not None and all(_place(part.indices[slot]) == place for part in _members_of(variable.name, value))


def _members_of(name: str, term: Term) -> list[Sym]:
    return [part for part in subterms(term) if isinstance(part, Sym) and part.name == name]


def _letter(index: Term) -> str:
    """The index in a subscript: t of t - 1."""
    return next((part.name for part in subterms(index) if isinstance(part, Index)), "")


def _place(index: Term) -> Extent | None:
    """``t - 1`` as an extent, if it is one index and a number."""
    try:
        place = extent_of(index)
    except ShapeError:
        return None
    letter = _letter(index)
    return place if letter and (place - letter).constant is not None else None


def step_of(index: Term, letter: str) -> int | None:
    """How far ``t - 1`` is from t; None if it is no such place."""
    place = _place(index)
    return None if place is None or letter not in place.names else (place - letter).constant


def _head(relation: Rel) -> Sym:
    if not isinstance(relation.left, Sym):
        raise TypeError(f"a relation that gives no member: {relation}")
    return relation.left
