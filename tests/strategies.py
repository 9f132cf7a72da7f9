"""Random terms for property tests: scalars, vectors and matrices over a fixed context, with every operator."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from typing import TypeVar

from hypothesis import strategies as st

from derive.language.context import Context
from derive.language.extents import Extent, Range
from derive.language.terms import (
    Array,
    At,
    Big,
    Cases,
    Deriv,
    Entry,
    Expect,
    Index,
    Matrix,
    Num,
    Op,
    Rel,
    Size,
    Sym,
    Term,
)
from derive.read.declarations import declare

CONTEXT = declare(
    "index n, m = 1..N\n"
    "index i, j = 1..d\n"
    "a, b \\in \\mathbb{R}\n"
    "p \\in \\mathbb{R} positive\n"
    "q \\in (0,1)\n"
    "y_n \\in \\mathbb{R}\n"
    "c_n > 0\n"
    "t_n \\in \\{0,1\\}\n"
    "\\pi_n simplex\n"
    "z_n \\in \\{1, \\ldots, N\\}\n"
    "x, w \\in \\mathbb{R}^d\n"
    "v_n \\in \\mathbb{R}^d\n"
    "A, B \\in \\mathbb{R}^{d\\times d}\n"
    "S \\in \\mathbb{R}^{d\\times d} symmetric\n"
    "P \\in \\mathbb{R}^{d\\times d} posdef\n"
    "D \\in \\mathbb{R}^{d\\times d} diagonal\n"
    "C \\in \\mathbb{R}^{d\\times N}",
    Context(),
)
"""Two sizes, N and d, and a quantity of every kind."""

N = Range.upto("N")
D = Range.upto("d")
FREE = ("n", "m", "i", "j")
"""Indices free in a random term: n and m over N, i and j over d (names that start with i or j always are over d)."""

ONE, TWO = Num(Fraction(1)), Num(Fraction(2))
NUMBERS = tuple(map(Fraction, ("-3", "-1", "-1/3", "0", "1/2", "1", "2", "3")))
EXPONENTS = tuple(map(Fraction, ("1/2", "-1", "-3/2", "-2")))
SMOOTH = ("tanh", "logistic", "softplus", "sin", "cos", "exp")
ENTRIES: tuple[Term, ...] = (
    Sym("a"),
    Sym("p"),
    Sym("y", (Index("n"),)),
    Sym("\\pi", (Index("m"),)),
    Sym("t", (Index("m"),)),
    Entry(Sym("x"), (Index("i"),)),
    Entry(Sym("v", (Index("n"),)), (Index("j"),)),
)
ARRAYS: tuple[Term, ...] = (Sym("x"), Sym("v", (Index("n"),)), *map(Sym, "ASPD"))
"""What one may differentiate in."""

Names = tuple[str, ...]
Option = TypeVar("Option")
_BELOW = {count: st.integers(0, count - 1) for count in range(1, 40)}


def _drawn(draw: st.DrawFn) -> Callable[[int], int]:
    """Every choice is one draw, so that hypothesis can shrink the term."""
    return lambda count: draw(_BELOW[count])


def _sum(*args: Term) -> Term:
    return Op("add", args)


def _product(*args: Term) -> Term:
    return Op("mul", args)


class Grower:
    """Grows one random term; every choice is a whole number from ``below(count)``."""

    def __init__(self, below: Callable[[int], int], smooth: bool) -> None:
        self.below = below
        self.smooth = smooth

    def of(self, options: Sequence[Option]) -> Option:
        """One of some options."""
        return options[self.below(len(options))]

    def index(self, names: Names, family: str) -> Term:
        """An index in scope: over N, or (``family`` d) over d."""
        return Index(self.of([name for name in names if (name[0] in "ij") == (family == "d")]))

    def leaf(self, names: Names) -> Term:
        """A scalar that is not made of others."""
        k, other, i, j = (self.index(names, family) for family in "NNdd")
        options: list[Callable[[], Term]] = [
            lambda: Sym(self.of("abpq")),
            lambda: Sym(self.of(("y", "c", "t", "\\pi")), (k,)),
            lambda: Entry(self.of((Sym("x"), Sym("w"), Sym("v", (k,)))), (i,)),
            lambda: Entry(Sym(self.of("ABSPD")), (i, j)),
            lambda: Num(self.of(NUMBERS)),
            lambda: self.of((Size("N"), k, i)),
            lambda: Op("delta", (self.of((k, Sym("z", (k,)))), other)),
            lambda: self.of((Sym("y", (Sym("z", (k,)),)), Entry(Sym("C"), (i, k)))),
        ]
        return self.of(options)()

    def positive(self, depth: int, names: Names) -> Term:
        """Something that is positive wherever it is defined."""
        match self.below(4):
            case 0:
                return self.of((Sym("p"), Sym("q"), Sym("c", (self.index(names, "N"),))))
            case 1:
                return Op("exp", (Op("tanh", (self.scalar(depth, names),)),))
            case 2:
                return _sum(ONE, Op("pow", (self.scalar(depth, names), TWO)))
        return Op("logistic", (self.scalar(depth, names),))

    def scalar(self, depth: int, names: Names) -> Term:
        """A scalar."""
        if depth <= 0:
            return self.leaf(names)
        grow = self.of((self.arithmetic, self.function, self.binder, self.contraction, self.selection))
        return grow(depth - 1, names)

    def arithmetic(self, depth: int, names: Names) -> Term:
        """Sums, products, quotients, powers."""
        one = self.scalar(depth, names)
        match self.below(7):
            case 0:
                return _sum(one, self.scalar(depth, names))
            case 1:
                return _product(one, self.scalar(depth, names))
            case 2:
                return Op("div", (one, self.positive(depth - 1, names)))
            case 3:
                return Op("neg", (one,))
            case 4:
                return Op("pow", (one, Num(Fraction(self.of((2, 3))))))
            case 5:
                return Op("pow", (self.positive(depth, names), Num(self.of(EXPONENTS))))
        return Op("pow", (self.positive(depth, names), Op("tanh", (one,))))

    def function(self, depth: int, names: Names) -> Term:
        """Functions of a scalar."""
        if self.below(3) == 0:
            return Op(self.of(("log", "sqrt")), (self.positive(depth, names),))
        one = self.scalar(depth, names)
        name = self.of(SMOOTH if self.smooth else (*SMOOTH, "abs", "relu"))
        return Op("exp", (Op("sin", (one,)),)) if name == "exp" else Op(name, (one,))

    def binder(self, depth: int, names: Names) -> Term:
        """Sums and products over an index."""
        bound = f"{self.of('kl')}{depth}"
        one = self.scalar(depth, (*names, bound))
        match self.below(7):
            case 0 | 1:
                return Big("sum", bound, N, one)
            case 2:
                return Big("prod", bound, N, one)
            case 3:
                return Big("sum", bound, N, one, Rel("!=", Index(bound), self.index(names, "N")))
            case 4:
                return Big("sum", bound, Range(Extent.of(1), Extent.of("N") - 1), one)
            case 5:
                low = Extent.of(self.of((0, 2)))
                return Big("sum", bound, Range(low, Extent.of("N") + 1), self.counted(depth, names, bound))
        return Expect(bound, N, Sym("\\pi", (Index(bound),)), one)

    def counted(self, depth: int, names: Names, bound: str) -> Term:
        """Something that uses an index as a number only."""
        here = Index(bound)
        body = self.of((here, Op("delta", (here, self.index(names, "N"))), Op("pow", (Sym("p"), here))))
        return _product(body, self.scalar(depth - 1, names))

    def contraction(self, depth: int, names: Names) -> Term:
        """Scalars made of vectors and matrices."""
        match self.below(6):
            case 0:
                return Op("inner", (self.vector(depth, names), self.vector(depth, names)))
            case 1:
                left = Op("transpose", (self.vector(depth - 1, names),))
                return _product(left, self.matrix(depth - 1, names), self.vector(depth - 1, names))
            case 2:
                return Op(self.of(("norm2", "logsumexp", "total")), (self.vector(depth, names),))
            case 3:
                return Op(self.of(("trace", "det", "total", "norm2")), (self.matrix(depth, names),))
            case 4:
                return Entry(self.matrix(depth, names), (self.index(names, "d"), self.index(names, "d")))
        return Entry(self.vector(depth, names), (self.index(names, "d"),))

    def selection(self, depth: int, names: Names) -> Term:
        """Case distinctions and set values (none of them where all shall be smooth)."""
        one = self.scalar(depth, names)
        if self.smooth:
            return _product(Op("delta", (self.index(names, "N"), self.index(names, "N"))), one)
        match self.below(3):
            case 0:
                return Op("indicator", (Rel(self.of((">", "<", ">=", "<=")), one, self.scalar(depth, names)),))
            case 1:
                condition = Rel("<=", self.scalar(depth - 1, names), self.scalar(depth - 1, names))
                return Cases(((one, condition), (self.scalar(depth, names), None)))
        return At(one, Sym(self.of("ap")), Num(self.of(NUMBERS)))

    def vector(self, depth: int, names: Names) -> Term:
        """A vector of length d."""
        leaf: Term = self.of((Sym("x"), Sym("w"), Sym("v", (self.index(names, "N"),)), Op("ones", (Size("d"),))))
        if depth <= 0:
            return leaf
        one = self.vector(depth - 1, names)
        match self.below(10):
            case 0:
                return _sum(one, self.vector(depth - 1, names))
            case 1:
                return _product(self.scalar(depth - 1, names), one)
            case 2:
                return _product(self.matrix(depth - 1, names), one)
            case 3:
                return Op("hadamard", (one, self.vector(depth - 1, names)))
            case 4:
                return _product(one, Op("transpose", (self.vector(depth - 1, names),)), leaf)
            case 5:
                return Op(self.of(("softmax", "tanh", "logistic")), (one,))
            case 6:
                return Op("diag", (self.matrix(depth - 1, names),))
            case 7:
                bound = f"{self.of('kl')}{depth}v"
                return Big("sum", bound, N, self.vector(depth - 1, (*names, bound)))
            case 8:
                place = f"{self.of('ij')}{depth}"
                return Array(((place, D),), self.scalar(depth - 1, (*names, place)))
        return leaf

    def matrix(self, depth: int, names: Names) -> Term:
        """A d × d matrix."""
        leaf: Term = self.of((*map(Sym, "ABSPD"), Op("identity", (Size("d"),))))
        if depth <= 0:
            return leaf
        one = self.matrix(depth - 1, names)
        match self.below(9):
            case 0:
                return _sum(one, self.matrix(depth - 1, names))
            case 1:
                return _product(one, self.matrix(depth - 1, names))
            case 2:
                return _product(self.scalar(depth - 1, names), one)
            case 3:
                return Op("hadamard", (one, self.matrix(depth - 1, names)))
            case 4:
                return Op(self.of(("transpose", "inverse")), (one,))
            case 5:
                return Op("diag", (self.vector(depth - 1, names),))
            case 6:
                return Op("outer", (self.vector(depth - 1, names), self.vector(depth - 1, names)))
            case 7:
                return _product(Sym("C"), Op("transpose", (Sym("C"),)))
        return leaf


@st.composite
def scalars(draw: st.DrawFn, depth: int = 3, smooth: bool = False) -> Term:
    """A scalar over ``CONTEXT``. With ``smooth``, nothing without a derivative (kinks, jumps)."""
    return Grower(_drawn(draw), smooth).scalar(depth, FREE)


@st.composite
def vectors(draw: st.DrawFn, depth: int = 2) -> Term:
    """A vector of length d."""
    return Grower(_drawn(draw), False).vector(depth, FREE)


@st.composite
def matrices(draw: st.DrawFn, depth: int = 2) -> Term:
    """A d × d matrix."""
    return Grower(_drawn(draw), False).matrix(depth, FREE)


@st.composite
def literal_matrices(draw: st.DrawFn, depth: int = 1) -> Term:
    """A 2 × 2 matrix written out."""
    grow = Grower(_drawn(draw), False)
    one, two, three, four = (grow.scalar(depth, FREE) for _ in range(4))
    return Matrix(((one, two), (three, four)))


@st.composite
def derivatives(draw: st.DrawFn, order: int = 1) -> Term:
    """A derivative of a smooth scalar, or (``order`` 2) of one of its entries."""
    grow = Grower(_drawn(draw), True)
    body = grow.scalar(3 if order == 1 else 2, FREE)
    if order == 2:
        body = Deriv(body, grow.of(ENTRIES))
    return Deriv(body, grow.of((*ENTRIES, *ARRAYS)))
