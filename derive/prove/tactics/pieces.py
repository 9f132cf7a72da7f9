"""Piecewise sides: what is claimed of ``|u|`` and of the positive part of u is shown where u ≥ 0, and where u ≤ 0.

The indicator of ``u < v`` is 1 where that holds, and 0 where it does not.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction

from derive.language.calls import written_out
from derive.language.claims import Step
from derive.language.context import SymbolDecl
from derive.language.operators import ShapeError
from derive.language.shapes import shape_of
from derive.language.terms import Apply, Deriv, Index, Num, Op, Rel, Sym, Term, rebuild, subterms
from derive.prove.algebra import OutOfTime, TooHard
from derive.prove.evidence import ByCases, Evidence
from derive.prove.tactics import steps
from derive.prove.workbench import Workbench

MOST = 3
"""Into how many pieces one after the other a claim is cut."""
ZERO = Num(Fraction(0))
_PIECEWISE: dict[str, tuple[Callable[[Term], Term], Callable[[Term], Term]]] = {
    "relu": (lambda u: u, lambda u: ZERO),
    "abs": (lambda u: u, lambda u: Op("neg", (u,))),
}
"""What each is where its argument is not negative, and where it is not positive."""
_OPPOSITE = {"<=": ">=", ">=": "<="}
_OTHERWISE = {"<": ">=", "<=": ">", ">": "<=", ">=": "<"}
"""What holds of two numbers where a comparison of them does not."""


def search(bench: Workbench, goal: Rel) -> Evidence | None:
    """Evidence in each case for a claim in which something piecewise stands outside of all binders, or None."""
    goal = _written_out(bench, goal)
    if first(bench, goal) is None or any(isinstance(part, Deriv) for part in subterms(goal)):
        return None
    return _search(bench, (), goal, MOST)


def _search(bench: Workbench, known: tuple[Rel, ...], goal: Rel, depth: int) -> Evidence | None:
    piece = first(bench, goal)
    if piece is None:
        return _step(bench, known, goal)
    if depth == 0:
        return None
    cases = list(_cases(piece, goal))
    for condition, rest in cases if known else ():
        sign = _step(bench, known, condition)
        part = None if sign is None else _search(bench, _and(known, condition), rest, depth - 1)
        if sign is not None and part is not None:
            return ByCases(piece, (sign, part), condition.op)
    found: list[Evidence] = []
    for condition, rest in cases:
        part = _search(bench, _and(known, condition), rest, depth - 1)
        if part is None:
            return None
        found.append(part)
    return ByCases(piece, tuple(found))


def _step(bench: Workbench, known: tuple[Rel, ...], goal: Rel) -> Evidence | None:
    try:
        return steps.search(bench, Step(known, (goal,)))
    except OutOfTime:
        raise
    except TooHard:
        return None


def check(bench: Workbench, goal: Rel, evidence: Evidence) -> bool:
    """Whether the evidence shows the claim in each case; both together leave nothing out."""
    return _check(bench, _written_out(bench, goal), evidence, ())


def _check(bench: Workbench, goal: Rel, evidence: Evidence, known: tuple[Rel, ...]) -> bool:
    if not isinstance(evidence, ByCases):
        return bool(known) and steps.check(bench, Step(known, (goal,)), evidence)
    piece = first(bench, goal)
    if piece is None or piece != evidence.piece or len(evidence.parts) != 2:
        return False
    cases = list(_cases(piece, goal))
    if evidence.only:
        sign, part = evidence.parts
        case = next((each for each in cases if each[0].op == evidence.only), None)
        if case is None:
            return False
        condition, rest = case
        told = bool(known) and steps.check(bench, Step(known, (condition,)), sign)
        return told and _check(bench, rest, part, _and(known, condition))
    parts = zip(cases, evidence.parts, strict=True)
    return all(_check(bench, rest, part, _and(known, condition)) for (condition, rest), part in parts)


def _and(known: tuple[Rel, ...], condition: Rel) -> tuple[Rel, ...]:
    """What is known with one condition more: what is neither below something nor above it is the same."""
    op, left, right = condition.op, condition.left, condition.right
    if op in _OPPOSITE and (Rel(op, right, left) in known or Rel(_OPPOSITE[op], left, right) in known):
        return (*known, condition, Rel("=", left, right))
    return (*known, condition)


def _written_out(bench: Workbench, goal: Rel) -> Rel:
    """The claim with numbers that are defined by something piecewise as what they are defined to be."""
    for _ in range(MOST):
        new = Rel(goal.op, _unfolded(bench, goal.left), _unfolded(bench, goal.right))
        if new == goal:
            break
        goal = new
    return goal


def _unfolded(bench: Workbench, term: Term) -> Term:
    if isinstance(term, Sym) and not term.indices:
        decl = bench.context.symbols.get(term.name)
        body = decl.definition.body if decl is not None and decl.definition is not None else None
        bends = body is not None and any(isinstance(part, Op) and part.name in _PIECEWISE for part in subterms(body))
        return body if bends and body is not None and not _takes_index(decl) else term
    if isinstance(term, Apply):
        return _called(bench, term)
    return rebuild(term, lambda part: _unfolded(bench, part)) if isinstance(term, Op) else term


def _called(bench: Workbench, term: Apply) -> Term:
    """The value of a function that is defined by something piecewise; itself where it cannot be written out."""
    value = written_out(bench.context, term)
    bends = value is not None and any(isinstance(part, Op) and part.name in _PIECEWISE for part in subterms(value))
    return value if bends and value is not None else term


def _takes_index(decl: SymbolDecl | None) -> bool:
    return decl is None or decl.definition is None or bool(decl.definition.params)


def first(bench: Workbench, goal: Rel) -> Op | None:
    """The first thing that is piecewise, made of nothing that is, with the same value throughout the claim: not below a
    binder, and without an index for each value of which the claim is made."""
    for side in (goal.left, goal.right):
        for part in _outside(side):
            inside = any(_bends(each) for each in subterms(part.args[0]))
            indexed = any(isinstance(each, Index) for each in subterms(part))
            if not inside and not indexed and _is_number(bench, part):
                return part
    return None


def _outside(term: Term) -> Iterator[Op]:
    """Everything piecewise in a term, outside of binders, the innermost first."""
    if isinstance(term, Op):
        for arg in term.args:
            yield from _outside(arg)
        if _bends(term):
            yield term


def _bends(term: Term) -> bool:
    """Whether a term is something piecewise: ``|u|``, the positive part of u, the indicator of a comparison."""
    match term:
        case Op(name="indicator", args=(Rel(op=op),)):
            return op in _OTHERWISE
        case Op(name=name, args=(_,)):
            return name in _PIECEWISE
    return False


def _is_number(bench: Workbench, term: Op) -> bool:
    inside = term.args[0]
    try:
        if isinstance(inside, Rel):
            return shape_of(inside.left, bench.context) == shape_of(inside.right, bench.context) == ()
        return shape_of(inside, bench.context) == ()
    except ShapeError:
        return False


def _cases(piece: Op, goal: Rel) -> Iterator[tuple[Rel, Rel]]:
    """Each case, and the claim in it."""
    argument = piece.args[0]
    if isinstance(argument, Rel):
        for op, number in ((argument.op, Num(Fraction(1))), (_OTHERWISE[argument.op], ZERO)):
            rest = Rel(goal.op, _with(goal.left, piece, number), _with(goal.right, piece, number))
            yield Rel(op, argument.left, argument.right), rest
        return
    for op, value in zip((">=", "<="), _PIECEWISE[piece.name], strict=True):
        rest = Rel(goal.op, _with(goal.left, piece, value(argument)), _with(goal.right, piece, value(argument)))
        yield Rel(op, argument, ZERO), rest


def _with(term: Term, piece: Op, value: Term) -> Term:
    """A term with another one in the place of what is piecewise, outside of binders."""
    if term == piece:
        return value
    return rebuild(term, lambda part: _with(part, piece, value)) if isinstance(term, Op) else term


__all__ = ["check", "first", "search"]
