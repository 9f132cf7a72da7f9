r"""Infinite sums as what they come to: ``\sum_{k=0}^\infty \gamma^k``, ``\sum_{x=0}^\infty x \lambda^x / x!``.

Σ_{m≥0} m(m-1)…(m-j+1) r^m / m! = r^j e^r                             for every r
Σ_{m≥0} m(m-1)…(m-j+1) r^m      = j! r^j / (1 - r)^{j+1}              where |r| < 1 is known

A polynomial in m is a combination of m(m-1)…(m-j+1), by Newton's forward differences. What is not such a sum, or
may not converge, is refused: it is never taken for a finite one.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from functools import reduce
from itertools import zip_longest
from math import comb, factorial
from types import MappingProxyType
from typing import TYPE_CHECKING

from derive.language.context import Context
from derive.language.extents import SCALAR, Extent, Range, Shape
from derive.language.operators import ShapeError
from derive.language.shapes import Scope, shape_of
from derive.language.terms import Apply, Const, Index, Num, Op, Sym, Term, bound_names, subterms
from derive.read import syntax as s
from derive.read.captured import at_arguments, under_binder
from derive.read.dependencies import with_names
from derive.read.errors import ReadError
from derive.read.fitting import Typed

if TYPE_CHECKING:
    from derive.read.resolver import Resolver

ENDLESS = "\\infty"
MOST_POWERS = 4
"""The highest power of a sum that is multiplied out."""
SUMMABLE = "an infinite sum of powers, over factorials or of numbers that are known to be between -1 and 1"
HINT = "declare 0 < γ < 1 for \\sum_k γ^k, or write the sum to T"
ONE, ZERO = Num(Fraction(1)), Num(Fraction(0))


def is_endless(node: s.BigOp) -> bool:
    """Whether a sum goes on to infinity."""
    return node.kind == "sum" and node.sup is not None and s.key(node.sup).lstrip("+") == ENDLESS


def infinite_sum(r: Resolver, node: s.BigOp, name: str, low: s.Node | None) -> Typed:
    """A sum from ``low`` to infinity over one index, as its value; ``ReadError`` where that is not known."""
    first = r.extent(low).constant if low is not None else None
    if first is None or first < 0:
        raise ReadError("expected a whole number where this infinite sum begins", node.span, "write \\sum_{k=0}")
    range_ = endless_from(first)
    with r.binding({name: range_}):
        body = r.expression(node.body)
        term = body.term
        if name in r.context.symbols:
            term = under_binder(r.context, term, name, Sym(name), range_)
        value = value_of(term, name, first, r.context, {**r.scope})
    if value is None:
        raise ReadError(f"expected {SUMMABLE}", node.span, HINT)
    return Typed(replace(value, span=node.span), body.shape)


def endless_from(first: int) -> Range:
    """The range of an index while the body of an infinite sum is read: nothing that is declared has it."""
    return Range(Extent.of(first), Extent.of(ENDLESS))


def first_of_endless(domain: Range | Shape) -> int | None:
    """Where an endless range begins; None of any other domain."""
    if not isinstance(domain, Range) or domain.high != Extent.of(ENDLESS) or domain.low.constant is None:
        return None
    return int(domain.low.constant)


def value_of(term: Term, name: str, first: int, context: Context, scope: Scope) -> Term | None:
    """What ``term`` comes to, summed over all whole numbers ``name`` from ``first``; None if it is not known.

    >>> k = Index("k")
    >>> value_of(Op("div", (ONE, Op("factorial", (k,)))), "k", 0, Context(), {})
    Op(name='exp', args=(Num(value=Fraction(1, 1), text=''),))
    >>> value_of(Op("pow", (Num(Fraction(2)), k)), "k", 0, Context(), {}) is None  # 1 + 2 + 4 + …
    True
    """
    pieces = _gathered(_Reader(name, context, scope).pieces(term) or [])
    free = {each: decl for each, decl in context.symbols.items() if each not in scope}
    declared = replace(context, symbols=MappingProxyType(free))  # what is bound is not as the name outside is declared
    values = [_value(piece, first, declared) for piece in pieces]
    known = [value for value in values if value is not None]
    return _sum(known) if known and len(known) == len(values) else None


# -- what is summed ----------------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class _Piece:
    """``factor · polynomial(k) · Π base^(a k) / (k + c)!``: ``polynomial`` by its coefficients, constant first,
    ``bases`` with the ``a`` of each, ``above`` and ``below`` the c of factorials over and under the fraction line."""

    factor: tuple[Term, ...] = ()
    polynomial: tuple[Fraction, ...] = (Fraction(1),)
    bases: tuple[tuple[Term, int], ...] = ()
    above: tuple[int, ...] = ()
    below: tuple[int, ...] = ()

    def times(self, other: _Piece) -> _Piece:
        product = [Fraction(0)] * (len(self.polynomial) + len(other.polynomial) - 1)
        for i, a in enumerate(self.polynomial):
            for j, b in enumerate(other.polynomial):
                product[i + j] += a * b
        return _Piece(
            (*self.factor, *other.factor),
            tuple(product),
            (*self.bases, *other.bases),
            (*self.above, *other.above),
            (*self.below, *other.below),
        )


@dataclass(frozen=True)
class _Reader:
    """Takes terms apart in which ``letter`` is the index; only numbers are told apart from what stands around them."""

    letter: str
    context: Context
    scope: Scope

    def pieces(self, term: Term) -> list[_Piece] | None:
        """The pieces that add up to a term; None if it is made of something else."""
        if not self._varies(term):
            value = _numeric(term)
            return [_Piece((term,)) if value is None else _Piece(polynomial=(value,))]
        match term:
            case Index():
                return [_Piece(polynomial=(Fraction(0), Fraction(1)))]
            case Op("add", args):
                return _joined([self.pieces(arg) for arg in args])
            case Op("neg", (arg,)):
                return self.pieces(Op("mul", (Num(Fraction(-1)), arg)))
            case Op("mul", args):
                return _product([self.pieces(arg) for arg in args])
            case Op("div", (top, bottom)):
                return _product([self.pieces(top), _inverted(self.pieces(bottom))])
            case Op("factorial", (arg,)):
                shift = self._shift(arg)
                return None if shift is None else [_Piece(above=(shift,))]
            case Op("exp", (arg,)):
                return self._power(Const("e"), arg)
            case Op("pow", (base, exponent)) if not self._varies(base):
                return self._power(base, exponent)
            case Sym() | Apply():
                written = opened(term, self.context)
                return None if written is None else self.pieces(written)
            case Op("pow", (base, Num(value))) if value.denominator == 1 and 0 < value <= MOST_POWERS:
                return _product([self.pieces(base)] * int(value)) if self._is_number(base) else None
        return None

    def _varies(self, term: Term) -> bool:
        """Whether the index occurs in a term, or may: below a binder of its own letter it is another one."""
        return any(
            (isinstance(part, Index) and part.name == self.letter) or self.letter in bound_names(part)
            for part in subterms(term)
        )

    def _is_number(self, term: Term) -> bool:
        try:
            return shape_of(term, self.context, self.scope) == SCALAR
        except ShapeError:
            return False

    def _shift(self, term: Term) -> int | None:
        """c, of k + c."""
        found = self.pieces(term)
        if found is None or any(piece.bases or piece.above or piece.below for piece in found):
            return None
        total = [Fraction(0), Fraction(0)]
        for piece in found:
            if piece.factor or len(piece.polynomial) > 2:
                return None
            for degree, value in enumerate(piece.polynomial):
                total[degree] += value
        return int(total[0]) if total[1] == 1 and total[0].denominator == 1 else None

    def _power(self, base: Term, exponent: Term) -> list[_Piece] | None:
        """``base^(a k + b)`` for whole numbers a; ``e^(u k + v)`` for any u, as powers of e^u."""
        found = self.pieces(exponent)
        if found is None or not self._is_number(base) or not self._is_number(exponent):
            return None
        whole = _Piece()
        for piece in found:
            if piece.bases or piece.above or piece.below or len(piece.polynomial) > 2:
                return None
            constant, slope = (*piece.polynomial, Fraction(0))[:2]
            if constant:
                whole = whole.times(_Piece((_power(base, _times([Num(constant), *piece.factor])),)))
            if slope and not piece.factor and slope.denominator == 1:
                whole = whole.times(_Piece(bases=((base, int(slope)),)))
            elif slope and base == Const("e"):
                whole = whole.times(_Piece(bases=((Op("exp", (_times([Num(slope), *piece.factor]),)), 1),)))
            elif slope:
                return None
        return [whole]


def opened(term: Sym | Apply, context: Context) -> Term | None:
    """What a name or a call is defined as, at its indices and arguments; None if that is not told, or cannot be put."""
    if isinstance(term, Sym):
        decl = context.symbols.get(term.name)
        if decl is None or decl.definition is None or len(decl.definition.params) != len(term.indices):
            return None
        return with_names(decl.definition.body, dict(zip(decl.definition.params, term.indices, strict=True)))
    function = context.functions.get(term.name)
    if function is None or function.body is None or term.indices or len(function.params) != len(term.args):
        return None
    try:
        return at_arguments(function.body, dict(zip(function.params, term.args, strict=True)), function.name)
    except ReadError:
        return None


def _joined(parts: list[list[_Piece] | None]) -> list[_Piece] | None:
    return None if any(part is None for part in parts) else [piece for part in parts for piece in part or ()]


def _gathered(pieces: list[_Piece]) -> list[_Piece]:
    """The pieces, those together that differ only in their polynomials."""
    found: dict[_Piece, tuple[Fraction, ...]] = {}
    for piece in pieces:
        rest = replace(piece, polynomial=())
        sums = zip_longest(found.get(rest, ()), piece.polynomial, fillvalue=Fraction(0))
        found[rest] = tuple(one + other for one, other in sums)
    return [replace(rest, polynomial=polynomial) for rest, polynomial in found.items()]


def _product(parts: list[list[_Piece] | None]) -> list[_Piece] | None:
    if any(part is None for part in parts):
        return None
    found = [_Piece()]
    for part in parts:
        found = [one.times(other) for one in found for other in part or ()]
    return found


def _inverted(pieces: list[_Piece] | None) -> list[_Piece] | None:
    """One over a single piece without a power of the index."""
    if pieces is None or len(pieces) != 1 or len(pieces[0].polynomial) != 1 or not pieces[0].polynomial[0]:
        return None
    (one,) = pieces
    factor = (Op("div", (ONE, _times([*one.factor]))),) if one.factor else ()
    bases = tuple((base, -times) for base, times in one.bases)
    return [_Piece(factor, (1 / one.polynomial[0],), bases, one.below, one.above)]


# -- what it comes to --------------------------------------------------------------------------------------------------
def _value(piece: _Piece, first: int, context: Context) -> Term | None:
    """The sum of a piece over all whole numbers from ``first``; None if it is not known."""
    ratio = _times([_power(base, Num(Fraction(times))) for base, times in piece.bases])
    match piece.above, piece.below:
        case (), (shift,):
            total = _exponential(piece.polynomial, ratio, shift, first)
        case (), () if is_small(ratio, context):
            total = _geometric(piece.polynomial, ratio, first)
        case _:
            return None
    return None if total is None else _times([*piece.factor, total])


def _exponential(polynomial: tuple[Fraction, ...], ratio: Term, shift: int, first: int) -> Term | None:
    """Σ_{k≥first} P(k) r^k / (k + c)!, as a sum over m = k + c: each part of P begins where it is not zero."""
    begin = first + shift
    if begin < 0:
        return None
    total: list[Term] = []
    for j, weight in enumerate(_in_falling_powers(polynomial, -shift)):
        if weight and j < shift:
            return None  # it would be divided by r, which may be zero
        before = [_times([Num(Fraction(-1, factorial(i))), _power_of(ratio, i)]) for i in range(begin - j)]
        if weight:
            total.append(_times([Num(weight), _power_of(ratio, j - shift), _sum([Op("exp", (ratio,)), *before])]))
    return _sum(total)


def _geometric(polynomial: tuple[Fraction, ...], ratio: Term, first: int) -> Term:
    """Σ_{k≥first} P(k) r^k, as a sum over m = k - first."""
    rest = Op("add", (ONE, Op("neg", (ratio,))))
    total: list[Term] = [
        Op("div", (_times([Num(weight * factorial(j)), _power_of(ratio, j + first)]), _power_of(rest, j + 1)))
        for j, weight in enumerate(_in_falling_powers(polynomial, first))
        if weight
    ]
    return _sum(total)


def _in_falling_powers(polynomial: tuple[Fraction, ...], shift: int) -> list[Fraction]:
    """The w_j with P(m + shift) = Σ_j w_j m(m-1)…(m-j+1), by differences at 0.

    >>> [int(w) for w in _in_falling_powers((Fraction(0), Fraction(0), Fraction(1)), 0)]  # m² = m + m(m-1)
    [0, 1, 1]
    """
    values = [
        sum((weight * Fraction(m + shift) ** power for power, weight in enumerate(polynomial)), Fraction(0))
        for m in range(len(polynomial))
    ]
    return [
        sum((Fraction((-1) ** (j - i) * comb(j, i)) * values[i] for i in range(j + 1)), Fraction(0)) / factorial(j)
        for j in range(len(values))
    ]


# -- what converges ----------------------------------------------------------------------------------------------------
def is_small(term: Term, context: Context) -> bool:
    """Whether a number is known to be between -1 and 1, neither included, by what is declared of it."""
    bound = _bound(term, context)
    return bound is not None and (bound.value < 1 or (bound.value == 1 and bound.strict))


@dataclass(frozen=True)
class _Bound:
    """What the absolute value of a number does not exceed, or is less than (``strict``)."""

    value: Fraction
    strict: bool = False

    def times(self, other: _Bound) -> _Bound:
        return _Bound(self.value * other.value, (self.strict or other.strict) and self.value * other.value > 0)


def _bound(term: Term, context: Context) -> _Bound | None:
    match term:
        case Num(value):
            return _Bound(abs(value))
        case Sym():
            ends = _ends(term, context)
            return None if ends is None else _widest(*ends)
        case Op("neg", (arg,)):
            return _bound(arg, context)
        case Op("add", (Num(value), Op("neg", (Sym() as arg,)))) if (ends := _ends(arg, context)) is not None:
            return _widest(*(_Bound(value - end.value, end.strict) for end in ends))
        case Op("mul", args):
            bounds = [_bound(arg, context) for arg in args]
            known = [bound for bound in bounds if bound is not None]
            return reduce(_Bound.times, known) if len(known) == len(args) else None
        case Op("div", (top, Num(value))) if value:
            bound = _bound(top, context)
            return None if bound is None else bound.times(_Bound(1 / abs(value)))
        case Op("pow", (Num(base), Num(value))) if value.denominator == 1 and base:
            return _Bound(abs(Fraction(base) ** int(value)))
        case Op("pow", (base, Num(value))) if value.denominator == 1 and value > 0:
            bound = _bound(base, context)
            return None if bound is None else _Bound(bound.value ** int(value), bound.strict)
        case Op("exp", (arg,)) if _sign(arg, context) == -1:
            return _Bound(Fraction(1), strict=True)
    return None


def _widest(low: _Bound, high: _Bound) -> _Bound:
    """The bound of what is between two ends, of which each is left out where it is ``strict``."""
    ends = [replace(end, value=abs(end.value)) for end in (low, high)]
    value = max(end.value for end in ends)
    return _Bound(value, all(end.strict for end in ends if end.value == value))


def _ends(term: Sym, context: Context) -> tuple[_Bound, _Bound] | None:
    """The least and the greatest value that a quantity is declared to have."""
    decl = context.symbols.get(term.name)
    if decl is None or decl.definition is not None or decl.depends is not None or decl.shape:
        return None
    for word, strict in (("open_unit", True), ("unit", False)):
        if word in decl.properties:
            return _Bound(Fraction(0), strict), _Bound(Fraction(1), strict)
    low, high = _numeric(decl.low), _numeric(decl.high)
    if low is None and decl.properties & {"positive", "nonnegative"}:
        low, low_open = Fraction(0), "positive" in decl.properties
    else:
        low_open = decl.low_open
    return None if low is None or high is None else (_Bound(low, low_open), _Bound(high, decl.high_open))


def _sign(term: Term, context: Context) -> int:
    """1 or -1 for what is known to be positive or negative; 0 for everything else."""
    match term:
        case Num(value):
            return (value > 0) - (value < 0)
        case Sym(name) if name in context.symbols and context.symbols[name].definition is None:
            properties = context.symbols[name].properties
            return bool(properties & {"positive", "open_unit"}) - ("negative" in properties)
        case Op("neg", (arg,)):
            return -_sign(arg, context)
        case Op("mul" | "div", args):
            return reduce(lambda sign, arg: sign * _sign(arg, context), args, 1)
    return 0


# -- terms -------------------------------------------------------------------------------------------------------------
def _numeric(term: Term | None) -> Fraction | None:
    match term:
        case Num(value):
            return value
        case Op("neg", (arg,)) if (negated := _numeric(arg)) is not None:
            return -negated
        case Op("div", (Num(top), Num(bottom))) if bottom:
            return top / bottom
    return None


def _power(base: Term, exponent: Term) -> Term:
    return base if exponent == ONE else Op("exp", (exponent,)) if base == Const("e") else Op("pow", (base, exponent))


def _power_of(base: Term, times: int) -> Term:
    return ONE if times == 0 else _power(base, Num(Fraction(times)))


def _times(terms: list[Term]) -> Term:
    rest = tuple(term for term in terms if term != ONE)
    return ONE if not rest else rest[0] if len(rest) == 1 else Op("mul", rest)


def _sum(terms: list[Term]) -> Term:
    return ZERO if not terms else terms[0] if len(terms) == 1 else Op("add", tuple(terms))
