"""Numbers of the refuter: exact rationals, balls where a rational cannot hold the value, and dual numbers over both.

A value stays an exact ``fmpq`` as long as every operation is rational; ``exp 1`` becomes an ``arb`` ball at the working
precision, and whatever it touches does too. So a comparison is exact or certified, never a guess. (Measured: a ball
product costs 75 ns, a product modulo a 61-bit prime 50 ns and an exact one 115 ns; all three are drowned by the 1 µs of
walking the term, so balls serve as the filter as well and no value is ever opaque.)
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from fractions import Fraction
from itertools import count
from typing import Any, TypeAlias

import flint
from flint import arb, fmpq

from derive.language.effort import METER
from derive.refute.formal import Formal

ZERO = fmpq(0)
ONE = fmpq(1)
HALF = fmpq(1, 2)
START_BITS = 64
LIMIT_BITS = 1024
LARGEST_POWER = 2000
MOST_BITS = 1 << 20


class CannotEvaluate(Exception):
    """A term this refuter cannot turn into a number; the message says which and why."""


class OutOfTime(CannotEvaluate):
    """The time for this claim is up."""


class Undefined(Exception):
    """The term has no value at this point (a division by zero, a kink, an index out of its range)."""


class Imprecise(Exception):
    """A comparison the balls cannot decide at this precision."""


Number: TypeAlias = Any
"""An ``fmpq``, an ``arb``, a ``Dual`` or a ``Formal`` (python-flint ships no types, so no union of these says more)."""


class Dual:
    """A value and its derivatives in the seeds of one perturbation.

    ``tag`` names the perturbation; a newer one is the outer one, and takes every other value (an older dual too) as
    constant. That is what keeps a derivative inside a derivative apart (perturbation confusion).
    """

    __slots__ = ("parts", "tag", "value")

    def __init__(self, tag: int, value: Number, parts: dict[int, Number]) -> None:
        METER.done += 1
        self.tag = tag
        self.value = value
        self.parts = parts

    def chain(self, value: Number, slope: Number) -> Dual:
        """The value of a function of this number, from its slope here."""
        return Dual(self.tag, value, {seed: slope * part for seed, part in self.parts.items()})

    def __add__(self, other: Any) -> Number:
        if isinstance(other, Dual):
            if other.tag > self.tag:
                return Dual(other.tag, self + other.value, other.parts)
            if other.tag == self.tag:
                parts = dict(self.parts)
                for seed, part in other.parts.items():
                    parts[seed] = parts[seed] + part if seed in parts else part
                return Dual(self.tag, self.value + other.value, parts)
        elif isinstance(other, Formal) and other.tag > self.tag:
            return other + self
        return Dual(self.tag, self.value + other, self.parts)

    def __radd__(self, other: Any) -> Number:
        return self + other

    def __neg__(self) -> Dual:
        return Dual(self.tag, -self.value, {seed: -part for seed, part in self.parts.items()})

    def __sub__(self, other: Any) -> Number:
        return self + (-other)

    def __rsub__(self, other: Any) -> Number:
        return (-self) + other

    def __mul__(self, other: Any) -> Number:
        if isinstance(other, Dual):
            if other.tag > self.tag:
                return Dual(other.tag, self * other.value, {seed: self * part for seed, part in other.parts.items()})
            if other.tag == self.tag:
                a, b = self.value, other.value
                parts = {seed: part * b for seed, part in self.parts.items()}
                for seed, part in other.parts.items():
                    parts[seed] = parts[seed] + a * part if seed in parts else a * part
                return Dual(self.tag, a * b, parts)
        elif isinstance(other, Formal) and other.tag > self.tag:
            return other * self
        return Dual(self.tag, self.value * other, {seed: part * other for seed, part in self.parts.items()})

    def __rmul__(self, other: Any) -> Number:
        return self * other

    def __truediv__(self, other: Any) -> Number:
        return self * reciprocal(other)

    def __rtruediv__(self, other: Any) -> Number:
        return other * reciprocal(self)


_TAGS = count(1)


def new_tag() -> int:
    """A perturbation newer than all others."""
    return next(_TAGS)


def bits() -> int:
    """How many bits balls carry now."""
    return int(flint.ctx.prec)


@contextmanager
def precision(bits: int) -> Iterator[None]:
    """Balls carry this many bits inside the block."""
    before = flint.ctx.prec
    flint.ctx.prec = bits
    try:
        yield
    finally:
        flint.ctx.prec = before


def rational(value: Fraction | int) -> fmpq:
    """An exact number."""
    return fmpq(value.numerator, value.denominator)


def primal(value: Number) -> Any:
    """The number under all perturbations."""
    while isinstance(value, Dual):
        value = value.value
    return value


def part_of(value: Number, tag: int, seed: int) -> Number:
    """The derivative in one seed of the perturbation ``tag``."""
    if isinstance(value, Dual) and value.tag == tag:
        return value.parts.get(seed, ZERO)
    return ZERO


def without(value: Number, tag: int) -> Number:
    """The value with the perturbation ``tag`` removed."""
    return value.value if isinstance(value, Dual) and value.tag == tag else value


def sign(value: Number) -> int:
    """-1, 0 or 1; ``Imprecise`` if the ball straddles zero."""
    value = primal(value)
    if isinstance(value, Formal):
        raise CannotEvaluate("a comparison under an integral")
    if isinstance(value, fmpq):
        if not value:
            return 0
        return 1 if value.p > 0 else -1
    if value > 0:
        return 1
    if value < 0:
        return -1
    if value.is_zero():
        return 0
    if value.is_nan():
        raise Undefined("a value is not a number")
    raise Imprecise


def compare(op: str, left: Number, right: Number) -> bool:
    """Whether the relation holds; at a tie of perturbed numbers the point is refused."""
    difference = left - right
    side = sign(difference)
    if side == 0 and isinstance(difference, Dual) and any(_moves(part) for part in difference.parts.values()):
        raise Undefined("a comparison is a tie where a derivative is taken")
    match op:
        case "=":
            return side == 0
        case "!=":
            return side != 0
        case "<":
            return side < 0
        case "<=":
            return side <= 0
        case ">":
            return side > 0
        case ">=":
            return side >= 0
    raise CannotEvaluate(f"expected one of = != < <= > >=, found {op}")


def is_same(one: Number, other: Number) -> bool:
    """Whether two exact numbers are equal, or two enclosures have the same middle and radius."""
    if isinstance(one, arb) and isinstance(other, arb):
        return bool(one.mid() == other.mid() and one.rad() == other.rad())
    return not isinstance(one, arb) and not isinstance(other, arb) and bool(one == other)


def _moves(part: Number) -> bool:
    return not is_exact_zero(primal(part))


def is_exact_zero(value: Number) -> bool:
    """Whether the value is the exact number zero (with nothing perturbed)."""
    return isinstance(value, fmpq) and not value


def whole(value: Number) -> int:
    """The whole number a subscript or a power stands for; ``Undefined`` if it is not whole."""
    value = primal(value)
    if isinstance(value, fmpq):
        if value.q != 1:
            raise Undefined(f"expected a whole number, found {value}")
        return int(value.p)
    if isinstance(value, Formal):
        raise CannotEvaluate("a whole number is needed under an integral")
    found = value.unique_fmpz() if value.is_exact() else None
    if found is None:
        raise Undefined(f"expected a whole number, found {value.str(8)}")
    return int(found)


def reciprocal(value: Number) -> Number:
    """1 / value; ``Undefined`` at zero."""
    if isinstance(value, Dual):
        inner = reciprocal(value.value)
        return value.chain(inner, -(inner * inner))
    if isinstance(value, fmpq):
        if not value:
            raise Undefined("a division by zero")
        return ONE / value
    if isinstance(value, Formal):
        return value.reciprocal()
    if value.contains(0):
        if value.is_zero():
            raise Undefined("a division by zero")
        raise Imprecise
    return arb(1) / value


def divide(top: Number, bottom: Number) -> Number:
    """top / bottom; ``Undefined`` where the bottom is zero."""
    if isinstance(bottom, fmpq):
        if not bottom:
            raise Undefined("a division by zero")
        return top / bottom
    return top * reciprocal(bottom)


def power(base: Number, exponent: Number) -> Number:
    """base ^ exponent: exact for whole exponents, by logarithms (so for a positive base) for others; x^0 is 1."""
    if isinstance(exponent, fmpq):
        if not exponent:
            return ONE
        if exponent.q == 1:
            return whole_power(base, int(exponent.p))
        if exponent.q == 2:
            return whole_power(sqrt(base), int(exponent.p))
    elif isinstance(exponent, arb) and exponent.is_exact() and exponent.is_integer():
        return whole_power(base, whole(exponent))
    if not isinstance(exponent, Dual) and sign(base) == 0 and sign(exponent) > 0 and not isinstance(base, Dual):
        return ZERO
    return exp(exponent * log(base))


def whole_power(base: Number, exponent: int) -> Number:
    """base ^ exponent, exact where the base is; x^0 is 1."""
    if abs(exponent) > LARGEST_POWER:
        raise CannotEvaluate(f"a power with the exponent {exponent} is too large to compute")
    if exponent < 0:
        return whole_power(reciprocal(base), -exponent)
    if exponent == 0:
        return ONE
    if exponent == 1:
        return base
    if isinstance(base, Dual):
        lower = whole_power(base.value, exponent - 1)
        return base.chain(lower * base.value, fmpq(exponent) * lower)
    if isinstance(base, fmpq):
        if exponent * (base.p.bit_length() + base.q.bit_length() - 2) > MOST_BITS:
            raise CannotEvaluate(f"a power with the exponent {exponent} of so long a number is too large to compute")
        return base**exponent
    return _by_squaring(base, exponent)


def check_length(value: object) -> None:
    """``CannotEvaluate`` for an exact number too long to go on with (y_k = y_(k-1)^2 doubles its digits every time)."""
    value = primal(value)
    if isinstance(value, fmpq) and 2 * value.height_bits() > MOST_BITS and _length(value) > MOST_BITS:
        raise CannotEvaluate("a number of so many digits is too large to compute with")


def _length(value: fmpq) -> int:
    return int(value.p.bit_length() + value.q.bit_length())


def _by_squaring(base: Number, exponent: int) -> Number:
    """The power of a ball by products (``arb ** int`` answers nan for a ball around zero)."""
    result: Number = ONE
    while exponent:
        if exponent & 1:
            result = result * base
        exponent >>= 1
        if exponent:
            base = base * base
    return result


def exp(value: Number) -> Number:
    """e ^ value."""
    if isinstance(value, Dual):
        inner = exp(value.value)
        return value.chain(inner, inner)
    if isinstance(value, fmpq):
        return arb(value).exp() if value else ONE
    return value.exp()


def log(value: Number) -> Number:
    """The natural logarithm of a positive number."""
    if isinstance(value, Dual):
        return value.chain(log(value.value), reciprocal(value.value))
    if isinstance(value, Formal):
        return value.log()
    if sign(value) <= 0:
        raise Undefined("the logarithm of a number that is not positive")
    if isinstance(value, fmpq):
        return ZERO if value == 1 else arb(value).log()
    return value.log()


def sqrt(value: Number) -> Number:
    """The square root of a number that is not negative; exact for squares."""
    if isinstance(value, Dual):
        inner = sqrt(value.value)
        return value.chain(inner, reciprocal(inner + inner))
    if isinstance(value, fmpq):
        if value < 0:
            raise Undefined("the square root of a negative number")
        top, bottom = value.p, value.q
        if top.is_square() and bottom.is_square():
            return fmpq(top.isqrt(), bottom.isqrt())
        return arb(value).sqrt()
    if isinstance(value, Formal):
        return value.sqrt()
    if sign(value) < 0:
        raise Undefined("the square root of a negative number")
    return value.sqrt()


def logistic(value: Number) -> Number:
    """1 / (1 + e^-value)."""
    if isinstance(value, Dual):
        inner = logistic(value.value)
        return value.chain(inner, inner * (ONE - inner))
    return reciprocal(exp(-value) + ONE)


def softplus(value: Number) -> Number:
    """log(1 + e^value)."""
    if isinstance(value, Dual):
        return value.chain(softplus(value.value), logistic(value.value))
    return log(exp(value) + ONE)


def tanh(value: Number) -> Number:
    """The hyperbolic tangent."""
    if isinstance(value, Dual):
        inner = tanh(value.value)
        return value.chain(inner, ONE - inner * inner)
    if isinstance(value, fmpq):
        return arb(value).tanh() if value else ZERO
    if isinstance(value, Formal):
        raise CannotEvaluate("tanh under an integral")
    return value.tanh()


def sin(value: Number) -> Number:
    """The sine."""
    if isinstance(value, Dual):
        return value.chain(sin(value.value), cos(value.value))
    if isinstance(value, fmpq):
        return arb(value).sin() if value else ZERO
    if isinstance(value, Formal):
        raise CannotEvaluate("sin under an integral")
    return value.sin()


def cos(value: Number) -> Number:
    """The cosine."""
    if isinstance(value, Dual):
        return value.chain(cos(value.value), -sin(value.value))
    if isinstance(value, fmpq):
        return arb(value).cos() if value else ONE
    if isinstance(value, Formal):
        raise CannotEvaluate("cos under an integral")
    return value.cos()


def absolute(value: Number) -> Number:
    """|value|; no derivative at zero."""
    return value if compare(">=", value, ZERO) else -value


def relu(value: Number) -> Number:
    """max(value, 0); no derivative at zero."""
    return value if compare(">", value, ZERO) else ZERO


def floor(value: Number) -> Number:
    """The greatest whole number not above; no derivative at a whole number."""
    number = primal(value)
    if isinstance(number, fmpq):
        if isinstance(value, Dual) and number.q == 1:
            raise Undefined("the derivative of floor at a whole number")
        return fmpq(number.floor())
    if isinstance(number, Formal):
        raise CannotEvaluate("floor under an integral")
    found = number.floor().unique_fmpz()
    if found is None:
        raise Imprecise
    return fmpq(found)


def factorial(value: Number) -> Number:
    """n! of a whole number that is not negative."""
    number = whole(value)
    if number < 0 or isinstance(value, Dual):
        raise Undefined("the factorial of something that is not a whole number >= 0")
    if number > LARGEST_POWER:
        raise CannotEvaluate(f"{number}! is too large to compute")
    result = 1
    for factor in range(2, number + 1):
        result *= factor
    return fmpq(result)


def pi() -> arb:
    """3.14…, at the working precision."""
    return arb.pi()


def euler() -> arb:
    """2.71…, at the working precision."""
    return arb(1).exp()


ELEMENTWISE: dict[str, Callable[[Number], Number]] = {
    "sqrt": sqrt,
    "exp": exp,
    "log": log,
    "logistic": logistic,
    "softplus": softplus,
    "tanh": tanh,
    "sin": sin,
    "cos": cos,
    "relu": relu,
    "abs": absolute,
    "floor": floor,
    "factorial": factorial,
}
"""The functions of one number, by the names of ``derive.language.operators``."""
