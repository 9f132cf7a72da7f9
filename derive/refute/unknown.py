"""Concrete stand-ins for functions the author left open: smooth, admissible, the same on every call."""

from __future__ import annotations

from fractions import Fraction
from random import Random

from derive.refute.arithmetic import HALF, ONE, ZERO, CannotEvaluate, Number, exp, pi, rational, reciprocal, sqrt
from derive.refute.arrays import Arr, Dims, Worth, size_of

_COEFFICIENTS = tuple(Fraction(top, bottom) for bottom in (1, 2, 3) for top in (-3, -2, -1, 1, 2, 3))
_POSITIVE = tuple(value for value in _COEFFICIENTS if value > 0)


class Unknowns:
    """The stand-ins of one point; ``seed`` makes them, ``used`` remembers their formulas for the witness."""

    def __init__(self, seed: str) -> None:
        self.seed = seed
        self.used: dict[str, str] = {}
        self._polynomials: dict[tuple[str, tuple[int, ...], int, int], tuple[Fraction, ...]] = {}

    def value(
        self, name: str, indices: tuple[int, ...], inputs: list[Number], dims: Dims | None, properties: frozenset[str]
    ) -> Worth:
        """The value at these inputs: a number where ``dims`` is None, else an array."""
        if "density" in properties:
            return self._density(name, indices, inputs)
        count = 1 if dims is None else size_of(dims)
        data = [self._bounded(name, indices, entry, inputs, properties) for entry in range(count)]
        if "simplex" in properties:
            scale = reciprocal(sum(data, ZERO))
            data = [entry * scale for entry in data]
        return data[0] if dims is None else Arr(dims, data)

    def _bounded(
        self, name: str, indices: tuple[int, ...], entry: int, inputs: list[Number], properties: frozenset[str]
    ) -> Number:
        wrong = properties & frozenset(
            {"integer", "binary", "onehot", "label", "symmetric", "posdef", "psd", "orthogonal"}
        )
        if wrong:
            raise CannotEvaluate(f"no stand-in for an unknown function {name} that is {', '.join(sorted(wrong))}")
        inner = self._polynomial(name, indices, entry, inputs)
        if properties & {"open_unit", "unit"}:
            square = inner * inner + HALF
            return square * reciprocal(square + ONE)
        if properties & {"positive", "nonnegative", "nonzero", "simplex"}:
            return inner * inner + HALF
        if "negative" in properties:
            return -(inner * inner + HALF)
        return inner

    def _polynomial(self, name: str, indices: tuple[int, ...], entry: int, inputs: list[Number]) -> Number:
        """c + Σ a_i u_i + Σ b_i u_i² + Σ c_i u_i u_{i+1}, with small random coefficients."""
        width = len(inputs)
        key = (name, indices, entry, width)
        factors = self._polynomials.get(key)
        if factors is None:
            random = Random(f"{self.seed}|{name}|{indices}|{entry}|{width}")  # noqa: S311 - values to try, not secrets
            factors = tuple(random.choice(_COEFFICIENTS) for _ in range(3 * width + 1))
            self._polynomials[key] = factors
            self._remember(name, indices, entry, factors, width)
        total: Number = rational(factors[0])
        for i, value in enumerate(inputs):
            slope = rational(factors[1 + i]) + rational(factors[1 + width + i]) * value
            if i + 1 < width:
                slope = slope + rational(factors[1 + 2 * width + i]) * inputs[i + 1]
            total = total + slope * value
        return total

    def _remember(
        self, name: str, indices: tuple[int, ...], entry: int, factors: tuple[Fraction, ...], width: int
    ) -> None:
        parts = [str(factors[0])]
        for i in range(width):
            parts.append(f"({factors[1 + i]})*u{i + 1}")
            parts.append(f"({factors[1 + width + i]})*u{i + 1}^2")
            if i + 1 < width:
                parts.append(f"({factors[1 + 2 * width + i]})*u{i + 1}*u{i + 2}")
        label = "_".join([name, *map(str, indices)]) + (f" entry {entry + 1}" if entry else "")
        self.used[label] = " + ".join(parts)

    def _density(self, name: str, indices: tuple[int, ...], inputs: list[Number]) -> Number:
        """A Gaussian in the first input, with a mean that is affine in the others."""
        if not inputs:
            raise CannotEvaluate(f"the density {name} has no argument")
        random = Random(f"{self.seed}|{name}|{indices}|density|{len(inputs)}")  # noqa: S311 - values to try, not secrets
        mean: Number = rational(random.choice(_COEFFICIENTS))
        text = f"mean {mean}"
        for i, value in enumerate(inputs[1:]):
            factor = random.choice(_COEFFICIENTS)
            mean = mean + rational(factor) * value
            text += f" + ({factor})*u{i + 2}"
        variance = rational(random.choice(_POSITIVE))
        self.used["_".join([name, *map(str, indices)])] = f"normal density in u1, {text}, variance {variance}"
        away = inputs[0] - mean
        return exp(-(away * away) * reciprocal(variance * 2)) * reciprocal(sqrt(variance) * sqrt(pi() * 2))
