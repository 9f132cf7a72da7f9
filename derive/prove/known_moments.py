"""Expectations of polynomials of degree two at most, under a density of which only mean and covariance are assumed."""

from __future__ import annotations

from derive.language.context import Context
from derive.language.terms import Apply, Expect, Index, Num, Op, Rel, Sym, Term, subterms

MOST = 2
"""Up to which degree a mean and a covariance say what an expectation is."""


def known_moments(var: str, density: Term | None, context: Context) -> tuple[Term, Term] | None:
    """The mean and the covariance that are assumed of an unknown density of ``var``; None if one of them is not.

    E[X_a X_b] = C_ab + m_a m_b holds for every density with the mean m and the covariance C, whatever else it is.
    """
    match density:
        case Apply(name=name, args=(Sym(name=argument, indices=()),), indices=()) if argument == var:
            decl = context.functions.get(name)
        case _:
            return None
    if decl is None or decl.body is not None or decl.builtin is not None or "density" not in decl.properties:
        return None
    found: dict[str, Term] = {}
    for fact in context.facts:
        kind = _kind(fact.statement, var, density)
        if kind is not None:
            found.setdefault(*kind)
    return (found["mean"], found["covariance"]) if len(found) == MOST else None


def _kind(fact: Term, var: str, density: Term) -> tuple[str, Term] | None:
    """Which of the two a fact gives, and what it is."""
    if not isinstance(fact, Rel) or fact.op != "=" or not isinstance(fact.left, Expect):
        return None
    expect, right = fact.left, fact.right
    if expect.var != var or expect.density != density or any(_is_open(part, var) for part in subterms(right)):
        return None
    if expect.body == Sym(var):
        return "mean", right
    return ("covariance", right) if _is_spread(expect) else None


def _is_open(part: Term, var: str) -> bool:
    """Whether a part of a value may stand for several values, or is an expectation itself."""
    return isinstance(part, Index | Expect | Apply) or (isinstance(part, Sym) and part.name == var)


def _is_spread(expect: Expect) -> bool:
    """Whether the body is ``(x - E[x])(x - E[x])^T``, or its square for a number."""
    match expect.body:
        case Op(name="mul", args=(first, Op(name="transpose", args=(second,)))) | Op(name="mul", args=(first, second)):
            return first == second and _is_centred(first, expect)
        case Op(name="pow", args=(first, Num(value=value))):
            return value == MOST and _is_centred(first, expect)
    return False


def _is_centred(term: Term, expect: Expect) -> bool:
    match term:
        case Op(name="add", args=(Sym(name=name, indices=()), Op(name="neg", args=(Expect() as mean,)))):
            same = (mean.var, mean.domain, mean.density) == (expect.var, expect.domain, expect.density)
            return name == expect.var and same and mean.body == Sym(expect.var)
    return False
