"""The symbols that the matrix identities are written in, and a row per identity: a true form and a false twin."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from derive.language.context import Context, SymbolDecl
from derive.language.extents import Extent
from derive.language.terms import Op, Rel, Size, Sym, Term, term

CONTEXT = Context().with_size("n").with_size("m").with_size("d")


def _declare(name: str, *sizes: str, properties: str = "") -> Sym:
    global CONTEXT
    shape = tuple(map(Extent.of, sizes))
    CONTEXT = CONTEXT.with_symbol(SymbolDecl(name, shape=shape, properties=frozenset(properties.split())))
    return Sym(name)


A, B, E, W = (_declare(name, "n", "n") for name in "ABEW")
C, D = (_declare(name, "m", "m") for name in "CD")
U, X = _declare("U", "n", "m"), _declare("X", "n", "d")
V, H = _declare("V", "m", "n"), _declare("H", "m", "n")
S, P = (_declare(name, "n", "n", properties="symmetric posdef") for name in "SP")
R = _declare("R", "m", "m", properties="symmetric posdef")
Q = _declare("Q", "n", "n", properties="orthogonal")
x, y, u, v, b = (_declare(name, "n") for name in "xyuvb")
w, z = _declare("w", "d"), _declare("z", "m")
lam, alpha, c = _declare("λ", properties="positive"), _declare("α", properties="positive"), _declare("c")
n, m, d = Size("n"), Size("m"), Size("d")
ZERO = term(0)


def inv(a: Term) -> Term:
    """The inverse."""
    return Op("inverse", (a,))


def tr(a: Term) -> Term:
    """The trace."""
    return Op("trace", (a,))


def det(a: Term) -> Term:
    """The determinant."""
    return Op("det", (a,))


def log(a: Term) -> Term:
    """The logarithm."""
    return Op("log", (a,))


def eye(size: Term) -> Term:
    """The identity of that size."""
    return Op("identity", (size,))


def ones(size: Term) -> Term:
    """The vector of ones."""
    return Op("ones", (size,))


def norm2(a: Term) -> Term:
    """The squared norm."""
    return Op("norm2", (a,))


@dataclass(frozen=True)
class Identity:
    """``left = right`` is true and ``left = wrong`` is not; ``given`` are hypotheses, which ``values`` makes true."""

    name: str
    left: Term
    right: Term
    wrong: Term
    given: tuple[Rel, ...] = ()
    values: Mapping[str, Term] = field(default_factory=dict)
    numeric: bool = True


def eq(left: Term, right: object) -> Rel:
    """An equation."""
    return Rel("=", left, term(right))
