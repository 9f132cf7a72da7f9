"""Steps that keep a zero and no more: what they lead to is zero only where what they came from is."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from functools import partial
from typing import TYPE_CHECKING, Any

from derive.replay import terms as t
from derive.replay.data import Refused
from derive.replay.terms import ONE, ZERO, Atom, Poly, add, minus, mul, of, ordered, parsed, power, scale, syntax

if TYPE_CHECKING:
    from derive.replay.check import Proof


def times(proof: Proof, p: Poly, step: Mapping[str, Any]) -> Poly:
    """Times a denominator: what it stands in is defined, so it is not zero."""
    a, e = ordered(p)[step["times"]], Fraction(step["power"])
    if not any(b == a and x < 0 for m, _ in p for b, x in m) or e < 0 or e.denominator > 1:
        raise Refused("what is no denominator")
    return cancelled(p, a, e)


def cancelled(p: Poly, a: Atom, e: t.Exponent) -> Poly:
    """p times a power of something that stands in it."""
    parts = [ZERO]
    for m, c in p:
        rest = t.made({frozenset(f for f in m if f[0] != a): c})
        parts.append(mul(rest, power(base(a), dict(m).get(a, 0) + e)))
    return add(*parts)


def summand(proof: Proof, p: Poly, step: Mapping[str, Any]) -> Poly:
    """A sum is zero if its summand is: every term is a sum over the range, or a multiple of its length."""
    low, high = (parsed(syntax(x), {}) for x in step["summand"])
    index = proof.index(step["as"], low, high, p)
    length = add(high, scale(low, -1), ONE)
    at = {ordered(p)[k] for k in step["at"]}
    parts = [ZERO]
    for m, c in p:
        a = next((a for a, e in m if a in at and e >= 1 and a[:3] == ("sum", low, high)), None)
        if a is not None:
            rest = t.made({frozenset((b, e - (b == a)) for b, e in m if b != a or e > 1): c})
            parts.append(mul(rest, t.opened(a[3], [index])))
            continue
        ((what, factor),) = length
        rest_of = proof.divided(m, Fraction(c) / factor, what) if what or factor == 1 else None
        if rest_of is None or not proof.natural(length):
            raise Refused("a term that is no sum over the range")
        parts.append(rest_of)
    return add(*parts)


def exp(proof: Proof, p: Poly, step: Mapping[str, Any]) -> Poly:
    """A number is zero if e to some multiple of it is one."""
    times: Poly = parsed(syntax(step["exp"]), {})
    if not (proof.nonzero(times) and proof.reader.total(times)):
        raise Refused("a multiple that may be zero")
    return minus(t.atom("exp", mul(times, p)), ONE)


def connected(proof: Proof, p: Poly, step: Mapping[str, Any]) -> Poly:
    """F(i) - F(j) is zero if Σ W (F - F)² is, W the weights of a connected graph: all its nodes have one value."""
    decl = proof.context.symbols[step["connected"]]
    weights = {"connected", "nonnegative"} <= decl.properties and not (decl.family or decl.definition)
    i, j, f = (parsed(syntax(step[part]), {}) for part in "ijF")
    (_, n), *_ = proof.reader.ends(decl.name)
    x, y = proof.some(ONE, n), proof.some(ONE, n)
    ends = proof.among(i, ONE, n) and proof.among(j, ONE, n)
    if not (weights and ends and p == minus(f(i), f(j)) and proof.reader.total(f(x))):
        raise Refused("not a difference between nodes of a connected graph")
    each = mul(of(("entry", decl.name, x, y)), power(minus(f(x), f(y)), 2))
    return proof.reader.summed(n, each, [*t.free(y), *t.free(x)])


def cases(proof: Proof, p: Poly, step: Mapping[str, Any]) -> Poly:
    """By the values of what is 0 or 1, or of an index between two numbers: each has steps of its own, to zero."""
    which = step["cases"]
    a = ("name", which) if isinstance(which, str) else ordered(p)[which]
    ends = proof.ranges.get(a[1]) if isinstance(which, str) else (ZERO, ONE) if proof.binary(of(a)) else None
    if ends is None:
        raise Refused("what is not known to be one of a few numbers")
    first, last = map(int, map(t.constant, ends))
    for value, steps in zip(range(first, last + 1), step["proofs"], strict=True):
        here = t.mapped(p, partial(_instead, a, t.number(value)), lambda b, depth: True)
        if proof.run(here, steps) != ZERO:
            raise Refused("a case that does not end at zero")
    return ZERO


def _instead(a: Atom, value: Poly, b: Atom, depth: int) -> Poly | None:
    return value if b == a else None


def base(a: Atom) -> Poly:
    """What an atom is a power of."""
    return a[1] if a[0] == "group" else of(a)


ENDS: dict[str, Callable[[Proof, Poly, Mapping[str, Any]], Poly]] = {
    "times": times, "summand": summand, "cases": cases, "exp": exp, "connected": connected,
}  # fmt: skip
