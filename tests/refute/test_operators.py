"""Every operator has a number, checked against NumPy, and a derivative, checked against differences of its values."""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np
import pytest
from flint import arb, fmpq

from derive.language.operators import LITERAL_OPERATORS, OPERATORS
from derive.language.terms import Deriv, Rel, Size, Sym, Term
from derive.refute import arithmetic as ar
from derive.refute.arrays import Arr, Worth, entries
from derive.refute.evaluate import Program
from derive.refute.operations import ROWS
from derive.refute.state import Point, State
from tests.refute.models import context, d, op, plain, q

Arrays = dict[str, np.ndarray]
ALL = context(
    plain("s"), plain("r"), plain("x", shape=(d,)), plain("y", shape=(d,)), plain("v", shape=(d,)),
    plain("A", shape=(d, d)), plain("B", shape=(d, d)), plain("c"),
)  # fmt: skip
s, r, x, y, v, A, B, c = (Sym(name) for name in "srxyvABc")
VALUES: Arrays = {
    "s": np.array(0.75), "r": np.array(1.5), "c": np.array(2.0), "x": np.array([0.5, -1.25, 2.0]),
    "y": np.array([1.0, 0.25, -0.5]), "v": np.array([0.5, 1.5, 0.75]),
    "A": np.array([[2.0, 0.5, 0.25], [0.5, 1.5, -0.25], [0.25, -0.25, 1.0]]),
    "B": np.array([[1.0, -0.5, 0.75], [0.25, 2.0, 1.0], [-1.0, 0.5, 0.25]]),
}  # fmt: skip


def softmax(z: np.ndarray) -> np.ndarray:
    return np.exp(z) / np.exp(z).sum()


def gaussian(z: np.ndarray, mean: np.ndarray, spread: np.ndarray) -> float:
    gap = z - mean
    return math.exp(-gap @ np.linalg.inv(spread) @ gap / 2) / math.sqrt(np.linalg.det(2 * math.pi * spread))


def eigenvectors(a: np.ndarray) -> np.ndarray:
    columns = np.linalg.eigh(a)[1]
    return columns * np.sign(columns[0])


EXAMPLES: dict[str, tuple[Term, Callable[[Arrays], object], tuple[str, ...]]] = {
    "add": (x + y, lambda z: z["x"] + z["y"], ("x",)),
    "neg": (-x, lambda z: -z["x"], ("x",)),
    "mul": (op("mul", A, B, x), lambda z: z["A"] @ z["B"] @ z["x"], ("A", "B", "x")),
    "div": (x / s, lambda z: z["x"] / z["s"], ("x", "s")),
    "pow": (s**r, lambda z: z["s"] ** z["r"], ("s", "r")),
    "sqrt": (op("sqrt", v), lambda z: np.sqrt(z["v"]), ("v",)),
    "abs": (op("abs", -s), lambda z: abs(z["s"]), ("s",)),
    "factorial": (op("factorial", q(5)), lambda z: 120, ("s",)),
    "floor": (op("floor", r), lambda z: 1, ("r",)),
    "exp": (op("exp", x), lambda z: np.exp(z["x"]), ("x",)),
    "log": (op("log", v), lambda z: np.log(z["v"]), ("v",)),
    "logistic": (op("logistic", x), lambda z: 1 / (1 + np.exp(-z["x"])), ("x",)),
    "softplus": (op("softplus", x), lambda z: np.log1p(np.exp(z["x"])), ("x",)),
    "tanh": (op("tanh", x), lambda z: np.tanh(z["x"]), ("x",)),
    "sin": (op("sin", x), lambda z: np.sin(z["x"]), ("x",)),
    "cos": (op("cos", x), lambda z: np.cos(z["x"]), ("x",)),
    "relu": (op("relu", x), lambda z: np.maximum(z["x"], 0), ("x",)),
    "softmax": (op("softmax", x), lambda z: softmax(z["x"]), ("x",)),
    "logsumexp": (op("logsumexp", x), lambda z: np.log(np.exp(z["x"]).sum()), ("x",)),
    "total": (op("total", B), lambda z: z["B"].sum(), ("B",)),
    "transpose": (op("transpose", B), lambda z: z["B"].T, ("B",)),
    "inverse": (op("inverse", B), lambda z: np.linalg.inv(z["B"]), ("B",)),
    "det": (op("det", B), lambda z: np.linalg.det(z["B"]), ("B",)),
    "trace": (op("trace", B), lambda z: np.trace(z["B"]), ("B",)),
    "diag": (op("diag", x), lambda z: np.diag(z["x"]), ("x",)),
    "outer": (op("outer", x, y), lambda z: np.outer(z["x"], z["y"]), ("x", "y")),
    "inner": (op("inner", A, B), lambda z: (z["A"] * z["B"]).sum(), ("A", "B")),
    "hadamard": (op("hadamard", x, y), lambda z: z["x"] * z["y"], ("x", "y")),
    "hadamard_div": (op("hadamard_div", x, y), lambda z: z["x"] / z["y"], ("x", "y")),
    "broadcast_add": (op("broadcast_add", x, s), lambda z: z["x"] + z["s"], ("x", "s")),
    "kron": (op("kron", A, B), lambda z: np.kron(z["A"], z["B"]), ("A", "B")),
    "eigenvalues": (op("eigenvalues", A), lambda z: np.linalg.eigvalsh(z["A"]), ("s",)),
    "eigenvectors": (op("eigenvectors", A), lambda z: eigenvectors(z["A"]), ("s",)),
    "norm2": (op("norm2", x), lambda z: z["x"] @ z["x"], ("x",)),
    "norm": (op("norm", B), lambda z: np.linalg.norm(z["B"]), ("B",)),
    "delta": (op("delta", q(2), c), lambda z: 1, ("s",)),
    "indicator": (op("indicator", Rel("<", s, r)), lambda z: 1, ("s", "r")),
    "and": (op("indicator", op("and", Rel("<", s, r), Rel(">", s, r))), lambda z: 0, ("s",)),
    "or": (op("indicator", op("or", Rel("<", s, r), Rel(">", s, r))), lambda z: 1, ("s",)),
    "not": (op("indicator", op("not", Rel("<", s, r))), lambda z: 0, ("s",)),
    "gaussian": (op("gaussian", x, y, A), lambda z: gaussian(z["x"], z["y"], z["A"]), ("x", "y", "A")),
    "gaussian_diag": (
        op("gaussian_diag", x, y, v), lambda z: gaussian(z["x"], z["y"], np.diag(z["v"])), ("x", "y", "v"),
    ),
    "identity": (op("identity", Size("d")), lambda z: np.eye(3), ("s",)),
    "ones": (op("ones", Size("d"), Size("d")), lambda z: np.ones((3, 3)), ("s",)),
    "zeros": (op("zeros", Size("d")), lambda z: np.zeros(3), ("s",)),
}  # fmt: skip


def point_of(values: Arrays) -> Point:
    made: dict[str, dict[tuple[int, ...], Worth]] = {}
    for name, value in values.items():
        data = [fmpq(int(entry * 2**30), 2**30) for entry in value.flatten()]
        made[name] = {(): Arr(value.shape, data) if value.shape else data[0]}
    return Point({"N": 1, "K": 1, "d": 3}, made)


def worth(term: Term, values: Arrays) -> Worth:
    program = Program(ALL)
    point = point_of(values)
    with ar.precision(128):
        return program.compile(term)[1](dict(point.sizes), State(program, point))


def floats(value: Worth) -> np.ndarray:
    numbers = [float(arb(ar.primal(entry)).mid()) for entry in entries(value)]
    return np.array(numbers).reshape(value.dims if isinstance(value, Arr) else ())


def test_no_operator_is_missing() -> None:
    assert set(OPERATORS) == set(ROWS)
    assert set(OPERATORS) | set(LITERAL_OPERATORS) == set(EXAMPLES)


@pytest.mark.parametrize("name", EXAMPLES)
def test_value(name: str) -> None:
    term, wanted, _ = EXAMPLES[name]
    np.testing.assert_allclose(floats(worth(term, VALUES)), wanted(VALUES), rtol=1e-12, atol=1e-14)


@pytest.mark.parametrize(("name", "variable"), [(name, each) for name, row in EXAMPLES.items() for each in row[2]])
def test_derivative(name: str, variable: str) -> None:
    """Entry by entry: the slope between two nearby values."""
    term, wanted, _ = EXAMPLES[name]
    found = floats(worth(Deriv(term, Sym(variable)), VALUES))
    base = VALUES[variable]
    step = 1e-6
    columns = []
    for at in np.ndindex(base.shape):
        ends = []
        for sign in (1, -1):
            moved = base.copy()
            moved[at] += sign * step
            ends.append(np.array(wanted({**VALUES, variable: moved}), dtype=float))
        columns.append((ends[0] - ends[1]) / (2 * step))
    slopes = np.stack(columns, axis=-1).reshape((*columns[0].shape, *base.shape))
    if name == "gaussian" and variable == "A":
        slopes = (slopes + slopes.T) / 2
        found = (found + found.T) / 2
    np.testing.assert_allclose(found, slopes, rtol=1e-6, atol=1e-8)


@pytest.mark.parametrize("term", [op("relu", s - s), op("abs", s - r / q(2)), op("sqrt", s - s)])
def test_kinks_are_refused(term: Term) -> None:
    values = {**VALUES, "r": np.array(1.5)}
    if term == op("relu", s - s):
        worth(Deriv(term, s), values)
        term = op("relu", s - q(3, 4))
    with pytest.raises(ar.Undefined):
        worth(Deriv(term, s), values)


def test_perturbations_are_kept_apart() -> None:
    """d/ds (s · d/dr (s + r)) is 1, not 2."""
    assert floats(worth(Deriv(s * Deriv(s + r, r), s), VALUES)) == 1
    inner = Deriv(s * r * r, r)
    assert floats(worth(Deriv(inner, s), VALUES)) == 3
    assert floats(worth(Deriv(Deriv(s * s * r, s) * s, s), VALUES)) == 4 * 0.75 * 1.5


def test_hessian_layout() -> None:
    """The shape of the body, then that of the variable."""
    form = op("transpose", x) * B * x
    found = floats(worth(Deriv(Deriv(form, x), x), VALUES))
    np.testing.assert_allclose(found, VALUES["B"] + VALUES["B"].T)
    jacobian = floats(worth(Deriv(B * x, x), VALUES))
    np.testing.assert_allclose(jacobian, VALUES["B"])


def test_row_times_column_is_a_number_even_at_size_one() -> None:
    values = {**VALUES, **{name: VALUES[name].flatten()[:1] for name in "xyv"}}
    values |= {"A": np.array([[2.0]]), "B": np.array([[3.0]])}
    point = point_of(values)
    point.sizes["d"] = 1
    program = Program(ALL)
    state = State(program, point)
    shape, code = program.compile(op("transpose", x) * x)
    assert shape == ()
    assert not isinstance(code(dict(point.sizes), state), Arr)
    shape, code = program.compile(A * x)
    value = code(dict(point.sizes), state)
    assert isinstance(value, Arr)
    assert value.dims == (1,)
