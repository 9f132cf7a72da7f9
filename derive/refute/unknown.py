"""Concrete stand-ins for functions the author left open: smooth, admissible, the same on every call."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from random import Random

from flint import fmpq

from derive.refute import stepped
from derive.refute.arithmetic import HALF, ONE, ZERO, CannotEvaluate, Number, exp, pi, rational, reciprocal, sqrt
from derive.refute.arrays import Arr, Dims, Worth, size_of

_COEFFICIENTS = tuple(Fraction(top, bottom) for bottom in (1, 2, 3) for top in (-3, -2, -1, 1, 2, 3))
_KNOWN = frozenset("positive nonnegative negative nonzero simplex open_unit unit density bijective real".split())
_IN_STEPS = _KNOWN - {"simplex", "bijective"}
_OF_MATRICES = frozenset("symmetric posdef psd invertible diagonal".split())
_POSITIVE = tuple(value for value in _COEFFICIENTS if value > 0)


_SHARED = ", divided by the sum of all"


class Unknowns:
    """The stand-ins of one point; ``seed`` makes them, ``used`` remembers their formulas for the witness."""

    def __init__(self, seed: str, integrable: bool = False, stepped: bool = False) -> None:
        """``integrable``: positive functions are exponentials of quadratics, whose integrals have closed forms;
        ``stepped``: what is integrated over is in steps (``derive.refute.stepped``)."""
        self.seed = seed
        self.integrable = integrable
        self.stepped = stepped
        self._at_places: dict[str, bool] = {}
        self.used: dict[str, str] = {}
        self._polynomials: dict[tuple[str, tuple[int, ...], int, int], tuple[Fraction, ...]] = {}
        self._shown: dict[tuple[str, tuple[int, ...], int, int], str] = {}

    def value(
        self,
        name: str,
        indices: tuple[int, ...],
        inputs: list[Number],
        dims: Dims | None,
        properties: frozenset[str],
        first: int = 1,
        inverse: str = "",
    ) -> Worth:
        """The value at these inputs: a number where ``dims`` is None, else an array.

        ``first`` says how many of the inputs are entries of the first argument (what a density integrates to one over);
        ``inverse`` names the function that undoes a bijective one.
        """
        if self.stepped and self._is_at_place(name, inputs):
            return self._in_steps(name, indices, inputs, dims, properties, first)
        square = dims is not None and len(dims) == 2 and dims[0] == dims[1]
        if square and properties & _OF_MATRICES and not properties - _OF_MATRICES - {"real"}:
            return self._matrix(name, indices, inputs, dims or (), properties)
        strange = properties - _KNOWN
        if strange:
            raise CannotEvaluate(f"no stand-in for an unknown function {name} that is {', '.join(sorted(strange))}")
        if "bijective" in properties:
            return self._bijection(name, indices, inputs, dims, first, inverse)
        if "density" in properties:
            density: Number = ONE
            for entry in range(first):
                density = density * self._density(name, indices, entry, [inputs[entry], *inputs[first:]])
            return density
        count = 1 if dims is None else size_of(dims)
        data = [self._bounded(name, indices, entry, inputs, properties) for entry in range(count)]
        if "simplex" in properties:
            scale = reciprocal(sum(data, ZERO))
            data = [entry * scale for entry in data]
            for at in range(count):
                self.used[_label(name, indices, at)] += _SHARED
        return data[0] if dims is None else Arr(dims, data)

    def total(
        self,
        name: str,
        indices: tuple[int, ...],
        axis: int,
        places: Sequence[int],
        inputs: list[Number],
        properties: frozenset[str],
    ) -> Number:
        """The sum of a family of numbers over one of its places."""
        total: Number = ZERO
        for at in places:
            place = (*indices[:axis], at, *indices[axis + 1 :])
            member = self.value(name, place, inputs, None, properties)
            if isinstance(member, Arr):
                raise CannotEvaluate(f"expected {name} to be a number")
            total = total + member
            if not self.used[_label(name, place, 0)].endswith(_SHARED):
                self.used[_label(name, place, 0)] += _SHARED
        return total

    def _is_at_place(self, name: str, inputs: list[Number]) -> bool:
        """Whether a function is asked for at the variable of an integral; it cannot be both there and elsewhere."""
        found = any(isinstance(value, stepped.Place) for value in inputs)
        if self._at_places.setdefault(name, found) != found:
            raise CannotEvaluate(f"the unknown function {name} under an integral and outside of it")
        return found

    def _in_steps(
        self,
        name: str,
        indices: tuple[int, ...],
        inputs: list[Number],
        dims: Dims | None,
        properties: frozenset[str],
        first: int,
    ) -> Number:
        """A function of one place; what else it is of makes it another function."""
        tags = {value.tag for value in inputs[:first] if isinstance(value, stepped.Place)}
        others = inputs[first:]
        exact = all(isinstance(value, fmpq) for value in others)
        whole = all(isinstance(value, stepped.Place) for value in inputs[:first])
        if dims is not None or len(tags) != 1 or not whole or not exact or properties - _IN_STEPS:
            raise CannotEvaluate(f"no stand-in in steps for the unknown function {name}")
        at = ", ".join(map(str, others))
        value, text = stepped.stand_in(tags.pop(), properties, f"{self.seed}|{name}|{indices}|{at}|steps")
        self.used[_label(name, indices, 0) + (f" at {at}" if at else "")] = text
        return value

    def _matrix(
        self, name: str, indices: tuple[int, ...], inputs: list[Number], dims: Dims, properties: frozenset[str]
    ) -> Arr:
        """A square matrix: of polynomials where it is only symmetric, else a product L L^T (and I / 2) of such."""
        n = dims[0]
        entry = [[self._polynomial(name, indices, i * n + j, inputs) for j in range(n)] for i in range(n)]
        definite = bool(properties & {"posdef", "psd", "invertible"})
        shown = [[self._shown[(name, indices, i * n + j, len(inputs))] for j in range(n)] for i in range(n)]
        self.used[_label(name, indices, 0)] = _matrix_shown(shown, "diagonal" in properties, definite)
        data: list[Number] = []
        for i in range(n):
            for j in range(n):
                if "diagonal" in properties:
                    own = entry[i][i] * entry[i][i] + HALF if definite else entry[i][i]
                    data.append(own if i == j else ZERO)
                elif definite:
                    total: Number = HALF if i == j else ZERO
                    for k in range(n):
                        total = total + entry[i][k] * entry[j][k]
                    data.append(total)
                else:
                    data.append(entry[min(i, j)][max(i, j)])
        return Arr(dims, data)

    def _bijection(
        self, name: str, indices: tuple[int, ...], inputs: list[Number], dims: Dims | None, first: int, inverse: str
    ) -> Worth:
        """An affine map with a triangular matrix: one-to-one in the first argument whatever the others are.

        Of two functions that undo each other one is the map, the other solves it.
        """
        count = 1 if dims is None else size_of(dims)
        if count != first:
            raise CannotEvaluate(f"the bijective function {name} changes the number of entries from {first} to {count}")
        solving = bool(inverse) and inverse < name
        rest = inputs[first:]
        data: list[Number] = []
        for entry in range(count):
            known = data if solving else inputs[:entry]
            slope, offset = self._row(inverse if solving else name, indices, entry, known, rest)
            here = inputs[entry]
            data.append((here - offset) * reciprocal(slope) if solving else slope * here + offset)
        return data[0] if dims is None else Arr(dims, data)

    def _row(
        self, name: str, indices: tuple[int, ...], entry: int, before: list[Number], rest: list[Number]
    ) -> tuple[Number, Number]:
        """The slope in its own entry (which the other arguments change), and what the entries before and they add."""
        random = Random(f"{self.seed}|{name}|{indices}|{entry}|row|{len(rest)}")  # noqa: S311 - values to try
        slope, offset = random.choice(_COEFFICIENTS), random.choice(_COEFFICIENTS)
        total: Number = rational(offset)
        shown = [(offset, "")]
        w: Number = ZERO
        w_shown: list[tuple[Fraction, str]] = []
        for at, value in enumerate(rest):
            factor = random.choice(_COEFFICIENTS)
            w = w + rational(factor) * value
            w_shown.append((factor, f"v{at + 1}"))
        for at, value in enumerate(before):
            factor = random.choice(_COEFFICIENTS)
            total = total + rational(factor) * value
            shown.append((factor, f"u{at + 1}"))
        own = f"u{entry + 1}"
        if not rest:
            self.used[_label(name, indices, entry)] = _sum_of([(slope, own), *shown])
            return rational(slope), total
        text = _sum_of([(slope, f"(1/2 + w^2) {own}"), *shown, (Fraction(1), "w")])
        self.used[_label(name, indices, entry)] = f"{text}, w = {_sum_of(w_shown)}"
        return rational(slope) * (w * w + HALF), total + w

    def _bounded(
        self, name: str, indices: tuple[int, ...], entry: int, inputs: list[Number], properties: frozenset[str]
    ) -> Number:
        if self.integrable and "positive" in properties and inputs:
            return self._bell(name, indices, entry, inputs)
        inner = self._polynomial(name, indices, entry, inputs)
        square = inner * inner + HALF
        label, text = _label(name, indices, entry), self._shown[(name, indices, entry, len(inputs))]
        if properties & {"open_unit", "unit"}:
            self.used[label] = f"s / (1 + s), s = 1/2 + ({text})^2"
            return square * reciprocal(square + ONE)
        if properties & {"positive", "nonnegative", "nonzero", "simplex"}:
            self.used[label] = f"1/2 + ({text})^2"
            return square
        if "negative" in properties:
            self.used[label] = f"-1/2 - ({text})^2"
            return -square
        self.used[label] = text
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
            self._shown[key] = _polynomial_shown(factors, width)
        total: Number = rational(factors[0])
        for i, value in enumerate(inputs):
            slope = rational(factors[1 + i]) + rational(factors[1 + width + i]) * value
            if i + 1 < width:
                slope = slope + rational(factors[1 + 2 * width + i]) * inputs[i + 1]
            total = total + slope * value
        return total

    def _bell(self, name: str, indices: tuple[int, ...], entry: int, inputs: list[Number]) -> Number:
        """exp of minus a sum of squares, one for every input, each leaning on the next input."""
        random = Random(f"{self.seed}|{name}|{indices}|{entry}|bell|{len(inputs)}")  # noqa: S311 - values to try
        height = random.choice(_COEFFICIENTS)
        total: Number = rational(height)
        squares = [(height, "")]
        for at, value in enumerate(inputs):
            centre, width = random.choice(_COEFFICIENTS), random.choice(_POSITIVE)
            away = value - rational(centre)
            shown = [(Fraction(1), f"u{at + 1}"), (-centre, "")]
            if at + 1 < len(inputs):
                lean = random.choice(_COEFFICIENTS)
                away = away - rational(lean) * inputs[at + 1]
                shown.append((-lean, f"u{at + 2}"))
            total = total - rational(width) * (away * away)
            squares.append((-width, f"({_sum_of(shown)})^2"))
        self.used[_label(name, indices, entry)] = f"exp({_sum_of(squares)})"
        return exp(total)

    def _density(self, name: str, indices: tuple[int, ...], entry: int, inputs: list[Number]) -> Number:
        """A Gaussian in the first input, with a mean that is affine in the others."""
        random = Random(f"{self.seed}|{name}|{indices}|{entry}|density|{len(inputs)}")  # noqa: S311 - values to try
        constant = random.choice(_COEFFICIENTS)
        mean: Number = rational(constant)
        shown = [(constant, "")]
        for i, value in enumerate(inputs[1:]):
            factor = random.choice(_COEFFICIENTS)
            mean = mean + rational(factor) * value
            shown.append((factor, f"v{i + 1}"))
        spread = random.choice(_POSITIVE)
        variance = rational(spread)
        said = f"normal density, mean {_sum_of(shown)}, variance {spread}"
        self.used[_label(name, indices, entry)] = said
        away = inputs[0] - mean
        return exp(-(away * away) * reciprocal(variance * 2)) * reciprocal(sqrt(variance) * sqrt(pi() * 2))


def _sum_of(parts: Sequence[tuple[Fraction, str]]) -> str:
    """A sum as one writes it: numbers before names, no 1 before a name, and nothing of what is zero.

    >>> _sum_of([(Fraction(-3), ""), (Fraction(1), "u1"), (Fraction(-1, 2), "u1^2"), (Fraction(0), "u2")])
    '-3 + u1 - 1/2 u1^2'
    """
    out = ""
    for factor, name in parts:
        if factor:
            size = abs(factor)
            shown = (f"{size} {name}" if size != 1 else name) if name else str(size)
            sign = "-" if factor < 0 else "+"
            out += f" {sign} {shown}" if out else f"{'-' * (sign == '-')}{shown}"
    return out or "0"


def _matrix_shown(entries: list[list[str]], diagonal: bool, definite: bool) -> str:
    """A matrix of polynomials, as ``_matrix`` makes it of these."""
    n = range(len(entries))
    if diagonal:
        own = [f"1/2 + ({entries[i][i]})^2" if definite else entries[i][i] for i in n]
        rows = [[own[i] if i == j else "0" for j in n] for i in n]
    elif definite:
        rows = entries
    else:
        rows = [[entries[min(i, j)][max(i, j)] for j in n] for i in n]
    text = "[" + ", ".join("[" + ", ".join(row) + "]" for row in rows) + "]"
    return f"L L^T + I/2, L = {text}" if definite and not diagonal else text


def _polynomial_shown(factors: tuple[Fraction, ...], width: int) -> str:
    parts = [(factors[0], "")]
    for i in range(width):
        parts += [(factors[1 + i], f"u{i + 1}"), (factors[1 + width + i], f"u{i + 1}^2")]
        if i + 1 < width:
            parts.append((factors[1 + 2 * width + i], f"u{i + 1} u{i + 2}"))
    return _sum_of(parts)


def _label(name: str, indices: tuple[int, ...], entry: int) -> str:
    return "_".join([name, *map(str, indices)]) + (f" entry {entry + 1}" if entry else "")
