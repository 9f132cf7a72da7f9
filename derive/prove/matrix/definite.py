"""Positive semidefinite matrices and scalars that are not negative, read off the form they are written in."""

from __future__ import annotations

from derive.language.context import Context
from derive.language.terms import Op, Term
from derive.prove.matrix.certificate import conditions
from derive.prove.matrix.lowering import lower
from derive.prove.matrix.signs import DEFINITE, SEMIDEFINITE, UNKNOWN, definiteness
from derive.prove.matrix.words import Alphabet


def semidefinite(term: Term, context: Context) -> tuple[str, ...] | None:
    """The conditions under which ``xᵀ term x`` (for a scalar: ``term``) is never negative; None where that is not seen.

    Seen: sums of positive multiples of ``L M Lᵀ``, inverses, squared norms. Raises ``NotMatrix`` like ``prove_equal``.
    """
    alphabet = Alphabet(context)
    return conditions(alphabet) if _known(term, alphabet) != UNKNOWN else None


def _known(term: Term, alphabet: Alphabet) -> int:
    """2 for definite (positive), 1 for semidefinite (not negative), 0 where neither is seen."""
    poly = lower(term, alphabet)
    if poly.rows != poly.cols:
        return UNKNOWN
    if not poly.terms:
        return SEMIDEFINITE
    return max(definiteness(alphabet, poly), _by_form(term, alphabet))


def _by_form(term: Term, alphabet: Alphabet) -> int:
    match term:
        case Op("norm2" | "norm", _):
            return SEMIDEFINITE
        case Op("transpose", (inside,)):
            return _known(inside, alphabet)
        case Op("inverse", (inside,)):
            return DEFINITE if _known(inside, alphabet) != UNKNOWN else UNKNOWN
        case Op("add", args):
            signs = [_known(arg, alphabet) for arg in args]
            return UNKNOWN if UNKNOWN in signs else max(signs)
        case Op("div", (top, bottom)):
            return min(_known(top, alphabet), _known(bottom, alphabet))
        case Op("mul", _):
            return _product(_factors(term), alphabet)
    return UNKNOWN


def _factors(term: Term) -> list[Term]:
    """The factors of nested products, in order."""
    if isinstance(term, Op) and term.name == "mul":
        return [factor for arg in term.args for factor in _factors(arg)]
    return [term]


def _product(factors: list[Term], alphabet: Alphabet) -> int:
    """Scalars in front that are not negative, then ``L M Lᵀ``."""
    outer = DEFINITE
    polys = [lower(factor, alphabet) for factor in factors]
    while len(factors) > 1 and polys[0].scalar:
        outer = min(outer, _known(factors[0], alphabet))
        factors, polys = factors[1:], polys[1:]
    stripped = False
    while len(factors) > 1 and alphabet.transpose(polys[0]) == polys[-1]:
        factors, polys, stripped = factors[1:-1], polys[1:-1], True
    if not stripped and len(factors) > 1:
        return UNKNOWN
    inner = DEFINITE if not factors else _known(factors[0], alphabet) if len(factors) == 1 else UNKNOWN
    return min(outer, inner, SEMIDEFINITE) if stripped else min(outer, inner)
