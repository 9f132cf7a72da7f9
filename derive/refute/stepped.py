"""Densities in steps: unknown densities that are multiples of one density h on parts of the space of equal weight.

Let h be a density, positive everywhere, and let its space be cut into parts of equal weight under h. Then p = w_j h on
the j-th part is a density wherever the mean of the w_j is one, and an integral of what is made of such p, and of the
first degree in h, is a mean of numbers: the integral of p log(p / q) is the mean of v_j log(v_j / w_j). So quotients
and logarithms of sums of unknown densities, which normal densities give no closed form, can be computed. Nothing that
is of another degree in h, and nothing in which the variable of integration stands alone, has a value here.
"""

from __future__ import annotations

from collections.abc import Callable
from random import Random
from typing import Any

from flint import fmpq

from derive.refute import arithmetic as ar
from derive.refute.arithmetic import ONE, ZERO, CannotEvaluate, Dual, Number, Undefined
from derive.refute.formal import Formal
from derive.refute.polynomials import Polynomial, plus, times, trimmed

PARTS = 3
"""Into how many parts of equal weight the space is cut."""
_WEIGHTS = (1, 2, 3, 4, 5, 6)


class Place(Formal):
    """The variable of integration: it can stand in unknown functions, and nowhere else."""

    __slots__ = ("tag",)

    def __init__(self, tag: int) -> None:
        self.tag = tag

    def _alone(self, *_: Any) -> Number:
        raise CannotEvaluate("the variable of an integral over densities in steps, outside of them")

    __add__ = __radd__ = __sub__ = __rsub__ = __mul__ = __rmul__ = __truediv__ = __rtruediv__ = __neg__ = _alone
    reciprocal = exp = log = sqrt = _alone


class Stepped(Formal):
    """On each part a polynomial in log h, times h to the power ``degree``."""

    __slots__ = ("degree", "parts", "tag")

    def __init__(self, tag: int, degree: fmpq, parts: tuple[Polynomial, ...]) -> None:
        self.tag = tag
        self.degree = degree
        self.parts = parts

    def _outer(self, other: Number) -> bool:
        return isinstance(other, Dual | Formal) and other.tag > self.tag

    def _like(self, other: Number) -> Stepped:
        """Another number as one of these."""
        if isinstance(other, Stepped) and other.tag == self.tag:
            return other
        if isinstance(other, Formal) and other.tag == self.tag:
            raise CannotEvaluate("the variable of an integral over densities in steps, outside of them")
        return Stepped(self.tag, ZERO, ((other,),) * PARTS)

    def __add__(self, other: Any) -> Number:
        if self._outer(other):
            return other.__radd__(self)
        if ar.is_exact_zero(other):
            return self
        right = self._like(other)
        if right.degree != self.degree:
            raise CannotEvaluate("a sum of different powers of unknown densities under an integral")
        both = zip(self.parts, right.parts, strict=True)
        return _made(self.tag, self.degree, tuple(plus(one, two) for one, two in both))

    __radd__ = __add__

    def __neg__(self) -> Number:
        return Stepped(self.tag, self.degree, tuple(tuple(-each for each in part) for part in self.parts))

    def __sub__(self, other: Any) -> Number:
        return self + (-other)

    def __rsub__(self, other: Any) -> Number:
        return (-self) + other

    def __mul__(self, other: Any) -> Number:
        if self._outer(other):
            return other.__rmul__(self)
        right = self._like(other)
        both = zip(self.parts, right.parts, strict=True)
        return _made(self.tag, self.degree + right.degree, tuple(times(one, two) for one, two in both))

    __rmul__ = __mul__

    def __truediv__(self, other: Any) -> Number:
        return self * ar.reciprocal(other)

    def __rtruediv__(self, other: Any) -> Number:
        return other * self.reciprocal()

    def _each(self, function: Callable[[Number], Number], degree: fmpq, what: str) -> Number:
        if any(len(part) != 1 for part in self.parts):
            raise CannotEvaluate(f"{what} of the logarithm of an unknown density under an integral")
        return _made(self.tag, degree, tuple((function(part[0]),) for part in self.parts))

    def reciprocal(self) -> Number:
        """1 / (w h^a) on each part."""
        return self._each(ar.reciprocal, -self.degree, "a quotient")

    def sqrt(self) -> Number:
        """√(w h^a) on each part."""
        return self._each(ar.sqrt, self.degree / 2, "a square root")

    def log(self) -> Number:
        """log w + a log h on each part."""
        plain = self._each(ar.log, ZERO, "a logarithm")
        return plain + Stepped(self.tag, ZERO, ((ZERO, self.degree),) * PARTS) if self.degree != 0 else plain

    def exp(self) -> Number:
        """exp(w + a log h) on each part, where a is the same on all."""
        slopes = [part[1] if len(part) > 1 else ZERO for part in self.parts]
        alike = all(ar.is_exact_zero(slope - slopes[0]) for slope in slopes)
        if self.degree != 0 or any(len(part) > 2 for part in self.parts) or not alike:
            raise CannotEvaluate("an exponential of an unknown density under an integral")
        if not isinstance(slopes[0], fmpq):
            raise CannotEvaluate("a power of an unknown density under an integral")
        return _made(self.tag, slopes[0], tuple((ar.exp(part[0]),) if part else (ONE,) for part in self.parts))


def integral(value: Number, tag: int) -> Number:
    """∫ value over the whole space: the mean over its parts of what is of the first degree in h."""
    if ar.is_exact_zero(value):
        return ZERO
    if not isinstance(value, Stepped) or value.tag != tag:
        raise Undefined("an integral that diverges")
    if value.degree != 1:
        raise CannotEvaluate("an integral of another power than the first of unknown densities")
    if any(len(part) > 1 for part in value.parts):
        raise CannotEvaluate("an integral in which the logarithm of an unknown density stands alone")
    return sum((part[0] for part in value.parts if part), ZERO) * fmpq(1, PARTS)


def stand_in(tag: int, properties: frozenset[str], seed: str) -> tuple[Stepped, str]:
    """A density, or a function, of the place, and its formula for the witness."""
    random = Random(seed)  # noqa: S311 - values to try, not secrets
    if "density" in properties:
        drawn = [random.choice(_WEIGHTS) for _ in range(PARTS)]
        weights = [fmpq(PARTS * each, sum(drawn)) for each in drawn]
        degree, of = ONE, " times h"
    else:
        weights = [_value(random, properties) for _ in range(PARTS)]
        degree, of = ZERO, ""
    shown = ", ".join(map(str, weights))
    text = f"{shown}{of} on {PARTS} parts of equal weight under a density h"
    return Stepped(tag, degree, tuple((each,) for each in weights)), text


def _value(random: Random, properties: frozenset[str]) -> fmpq:
    top, bottom = random.choice(_WEIGHTS), random.choice(_WEIGHTS)
    if properties & {"open_unit", "unit"}:
        return fmpq(top, top + bottom)
    value = fmpq(top, bottom)
    if properties & {"positive", "nonnegative", "nonzero"}:
        return value
    return -value if "negative" in properties or random.random() < 0.5 else value


def _made(tag: int, degree: fmpq, parts: tuple[Polynomial, ...]) -> Number:
    kept = tuple(trimmed(part) for part in parts)
    return Stepped(tag, degree, kept) if any(kept) else ZERO
