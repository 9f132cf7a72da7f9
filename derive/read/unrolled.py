r"""Members of a sequence by their number: with ``s_t = w s_{t-1} + v_t``, s_2 is ``w (w s_0 + v_1) + v_2``.

Where nothing but such members stands in a term, the recurrence can be used until it ends, at the member before the
first one; what is left is made of that and of what the recurrence is made of, and varies with nothing else.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from derive.language.context import Context
from derive.language.dependencies import depends_on
from derive.language.extents import Extent
from derive.language.instances import at_index, free_indices
from derive.language.operators import ShapeError
from derive.language.shapes import extent_of
from derive.language.terms import Deriv, Expect, Integral, Num, Rel, Sym, Term, rebuild, subterms

MOST = 12
"""How often recurrences are used for one term."""


@dataclass(frozen=True)
class _Steps:
    """A recurrence over ``letter``, whose member stands ``ahead`` of it; the ``first`` number that it gives."""

    letter: str
    ahead: int
    first: int
    value: Term


def by_number(term: Term, context: Context) -> Term:
    """A term with all members by number written out as far as the recurrences go that are assumed; as it is where one
    is a member at an index, or something is differentiated, which is written out before."""
    if any(isinstance(part, Deriv) for part in subterms(term)):
        return term
    equations = [
        fact.statement for fact in context.facts if isinstance(fact.statement, Rel) and fact.statement.op == "="
    ]
    members = [each for each in equations if _steps(each, context) is not None]
    written = unrolled(term, Sym(""), members, context) if members else None
    return term if written is None else written


def unrolled(body: Term, variable: Sym, members: Sequence[Rel], context: Context) -> Term | None:
    """A term with all members by number written out down to where their sequences begin, or down to the variable; None
    where something else in it may vary with the variable."""
    giving: dict[str, _Steps] = {}
    for relation in members:
        steps = _steps(relation, context)
        if steps is None or not isinstance(relation.left, Sym) or relation.left.name in giving:
            return None
        giving[relation.left.name] = steps
    if variable.name in giving and _number(variable) is None:
        return None
    if any(isinstance(part, Expect | Integral) for part in subterms(body)):
        return None
    for _ in range(MOST):
        parts = [part for part in subterms(body) if isinstance(part, Sym) and part.name in giving and part != variable]
        if any(_number(part) is None for part in parts):
            return None
        later = [part for part in parts if (_number(part) or 0) >= giving[part.name].first]
        if not later:
            return body if _is_exact(body, variable, giving, context) else None
        part = max(later, key=lambda each: _number(each) or 0)
        steps = giving[part.name]
        body = _put(body, part, _numbered(at_index(steps.value, steps.letter, (_number(part) or 0) - steps.ahead)))
    return None


def _steps(relation: Rel, context: Context) -> _Steps | None:
    """``s_t = … s_{t-1} …`` of a family with one index, from its second member to its last one."""
    member = relation.left
    decl = context.symbols.get(member.name) if isinstance(member, Sym) else None
    if decl is None or not isinstance(member, Sym) or len(decl.family) != 1 or len(member.indices) != 1:
        return None
    letters = free_indices(member.indices[0])
    letter = next(iter(letters), "")
    range_, ahead = context.indices.get(letter), _ahead(member.indices[0], letter)
    if range_ is None or ahead is None or free_indices(relation.right) - {letter}:
        return None
    low, reach = range_.low.constant, (range_.high + ahead - decl.family[0].high).constant
    own = [part for part in subterms(relation.right) if isinstance(part, Sym) and part.name == member.name]
    if low is None or reach is None or reach < 0 or not own:
        return None
    back = [_ahead(part.indices[0], letter) if len(part.indices) == 1 else None for part in own]
    if any(each is None or each != ahead - 1 for each in back):
        return None
    return _Steps(letter, ahead, low + ahead, relation.right)


def _ahead(index: Term, letter: str) -> int | None:
    """How far ``t + 1`` is ahead of t."""
    place = _place(index)
    return None if place is None else (place - letter).constant


def _place(index: Term) -> Extent | None:
    try:
        return extent_of(index)
    except ShapeError:
        return None


def _number(member: Sym) -> int | None:
    place = _place(member.indices[0]) if len(member.indices) == 1 else None
    return None if place is None else place.constant


def _numbered(term: Term) -> Term:
    """A term in which ``s_{2-1}`` is s_1."""
    if isinstance(term, Sym) and len(term.indices) == 1 and (number := _number(term)) is not None:
        return replace(term, indices=(Num(Fraction(number)),))
    return rebuild(term, _numbered)


def _put(term: Term, part: Sym, value: Term) -> Term:
    return value if term == part else rebuild(term, lambda each: _put(each, part, value))


def _is_exact(body: Term, variable: Sym, giving: dict[str, _Steps], context: Context) -> bool:
    """Whether nothing in a term varies with a variable but the variable itself: what is left of a sequence comes before
    all that it is made of."""
    return not any(
        isinstance(part, Sym)
        and part.name not in (variable.name, *giving)
        and depends_on(context, part.name, variable.name)
        for part in subterms(body)
    )


__all__ = ["by_number", "unrolled"]
