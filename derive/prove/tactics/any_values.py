"""Definitions left aside: what holds whatever the value of a name holds of what it stands for.

The responsibilities of an E-step are made of the means that they weigh. An M-step solves an equation in which they
stand as they are, and would hold for any numbers in their place.
"""

from __future__ import annotations

from dataclasses import replace

from derive.language.claims import Step
from derive.language.context import Context, SymbolDecl
from derive.language.dependencies import all_parts, bodies
from derive.language.terms import At, Deriv, Expect, Integral, Rel, Sym, Term, subterms

_VARIES = (Deriv, At, Expect, Integral)


def generalised(statement: Step, context: Context) -> tuple[Step, Context] | None:
    """The step with any numbers in place of the defined families of numbers of which both what is given and what
    follows speak; None if there are none, or if it would not mean the same."""
    if any(_varies(each, context) for each in statement.conclusions) or statement.both or statement.unknowns:
        return None
    given = tuple(each for each in statement.hypotheses if not _varies(each, context))
    names = _shared(context, statement.conclusions, given)
    if not names:
        return None
    return replace(statement, hypotheses=given), with_any(context, names)


def _shared(context: Context, goals: tuple[Rel, ...], given: tuple[Rel, ...]) -> tuple[str, ...]:
    """The defined numbers, each one of a family, in the goals or in what these are made of, and in what is given."""
    found = [part for goal in goals for part in subterms(goal) if isinstance(part, Sym)]
    inner = [each for part in found for body in bodies(context, part) for each in subterms(body)]
    here = {part.name for part in (*found, *inner) if isinstance(part, Sym)}
    there = {part.name for each in given for part in subterms(each) if isinstance(part, Sym)}
    decls = (context.symbols[name] for name in sorted(here & there) if name in context.symbols)
    return tuple(decl.name for decl in decls if _is_number_of_family(decl))


def _is_number_of_family(decl: SymbolDecl) -> bool:
    return decl.definition is not None and not decl.shape and bool(decl.family)


def with_any(context: Context, opaque: tuple[str, ...]) -> Context:
    """A context in which these names are any values of their shapes: what holds of them holds of what they are."""
    if opaque:
        context = replace(context, facts=tuple(fact for fact in context.facts if not _varies(fact.statement, context)))
    for name in opaque:
        context = context.with_symbol(replace(context.symbols[name], definition=None, properties=frozenset()))
    return context


def of_any(context: Context, opaque: tuple[str, ...], goal: Rel, hypotheses: tuple[Rel, ...]) -> tuple[Rel, ...] | None:
    """The hypotheses that mean the same where these names are any values; None if the goal does not: a derivative, a
    value elsewhere or a mean goes through what a name stands for."""
    if not opaque:
        return hypotheses
    if _varies(goal, context):
        return None
    return tuple(each for each in hypotheses if not _varies(each, context))


def _varies(term: Term, context: Context) -> bool:
    """Whether a derivative, a value elsewhere or a mean is in a term, or in anything that it is made of."""
    return any(isinstance(part, _VARIES) for part in all_parts(context, term))


__all__ = ["generalised", "of_any", "with_any"]
