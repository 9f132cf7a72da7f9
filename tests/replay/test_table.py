"""Every line of the small replay's table against numbers, read by another evaluator than the replay's."""

from __future__ import annotations

import ast
import itertools
import math
import random
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from derive.replay.check import CONDITIONS, LESS, TABLE
from derive.replay.quantities import SLOPE
from derive.replay.reading import ROWS

POOL: tuple[float, ...] = (0, 1, 2, 3, 4, -1, -2, 0.5, 1.5, -0.75, 2.25)


def _sum(a: float, b: float, f: Callable[[float], float]) -> float:
    return math.fsum(f(i) for i in _range(a, b))


def _range(a: float, b: float) -> range:
    if a != int(a) or b != int(b):
        raise ArithmeticError("a sum between what are no whole numbers")
    return range(int(a), int(b) + 1)


def _matrix(n: float, m: Callable[[float, float], float]) -> np.ndarray:
    size = range(1, int(n) + 1)
    if n != int(n) or n < 1:
        raise ArithmeticError("a matrix without rows")
    return np.array([[m(r, c) for c in size] for r in size], dtype=float)


def _inverse(n: float, m: Callable[[float, float], float], i: float, j: float) -> float:
    if i not in _range(1, n) or j not in _range(1, n) or abs(np.linalg.det(_matrix(n, m))) < 1e-3:
        raise ArithmeticError("no such entry")
    return float(np.linalg.inv(_matrix(n, m))[int(i) - 1, int(j) - 1])


POINTS = ((0.3, -1.0), (0.5, 0.25), (0.2, 2.0))


def _over_all(rows: float, columns: float, f: Callable[[Any], float]) -> float:
    """An integral over the line or the plane: sums at equal distances are near for what falls as a normal density."""
    if rows not in (1, 2) or columns != 1:
        raise ArithmeticError("an integral in more dimensions than two")
    line = [0.45 * step for step in range(-29, 30)]
    return math.fsum(0.45**rows * f(point) for point in itertools.product(line, repeat=int(rows)))


def _entry(v: Any, i: float) -> float:
    if i not in range(1, len(v) + 1):
        raise ArithmeticError("no such entry")
    return float(v[int(i) - 1])


def _axes(a: np.ndarray) -> np.ndarray:
    found = np.linalg.eigh(a + a.T)[1]
    return np.asarray(found * np.sign(found[:1]))


FUNCTIONS: dict[str, Callable[..., float]] = {
    "sum": _sum,
    "prod": lambda a, b, f: math.prod(f(i) for i in _range(a, b)),
    "exp": math.exp, "log": math.log, "tanh": math.tanh, "sin": math.sin, "cos": math.cos, "abs": abs,
    "floor": math.floor, "factorial": math.gamma,
    "logistic": lambda x: 1 / (1 + math.exp(-x)),
    "raised": lambda x, z: x**z,
    "delta": lambda d: float(d == 0),
    "above": lambda x: float(x > 0),
    "inv": _inverse,
    "det": lambda n, m: float(np.linalg.det(_matrix(n, m))),
    "eigenvalue": lambda n, m, i: float(np.linalg.eigh(_matrix(n, m) + _matrix(n, m).T)[0][int(i) - 1]) / 2,
    "eigenvector": lambda n, m, i, j: float(_axes(_matrix(n, m))[int(i) - 1, int(j) - 1]),
    "int": lambda r, s, f: math.fsum(w * f(x) for w, x in POINTS),
    "at": _entry,
    "pi": lambda: math.pi,
}  # fmt: skip


def worth(node: ast.AST, known: dict[str, Any]) -> Any:
    """The number that some text is worth."""
    match node:
        case ast.Constant(value=value):
            return value
        case ast.Name(id=found):
            return known[found]
        case ast.UnaryOp(operand=inner):
            return -worth(inner, known)
        case ast.BinOp(left=left, op=op, right=right):
            a, b = worth(left, known), worth(right, known)
            match op:
                case ast.Add():
                    return a + b
                case ast.Sub():
                    return a - b
                case ast.Mult():
                    return a * b
                case ast.Div():
                    return a / b
                case ast.Pow():
                    found = a**b
                    if isinstance(found, complex):
                        raise ArithmeticError("a root of what is negative")
                    return found
        case ast.Lambda(args=given, body=body):
            own = [arg.arg for arg in given.args]
            return lambda *values: worth(body, {**known, **dict(zip(own, values, strict=True))})
        case ast.Call(func=ast.Name(id=head), args=args):
            found = (known.get(head) or FUNCTIONS[head])(*(worth(arg, known) for arg in args))
            if isinstance(found, complex):
                raise ArithmeticError("a root of what is negative")
            return found
    raise AssertionError(ast.dump(node))


HOLDS: dict[str, Callable[..., bool]] = {
    "whole": lambda x: x == int(x) and x >= 0,
    "among": lambda x, a, b: x == int(x) and a <= x <= b,
    "integer": lambda x: x == int(x),
    "rational": lambda x: True,
    "positive": lambda x, *ends: all(x(i) > 0 for i in _range(*ends)) if ends else x > 0,
    "nonnegative": lambda x: x >= 0,
    "nonzero": lambda x: x != 0,
    "binary": lambda x: x in (0, 1),
    "total": lambda x: True,
    "density": lambda f, r, s: math.isclose(FUNCTIONS["int"](r, s, f), 1),
    "definite": lambda m, n: bool(np.all(np.linalg.eigvalsh(_matrix(n, m) + _matrix(n, m).T) > 0)),
}


def drawn(rng: random.Random, letter: str, arity: int) -> Any:
    """A value of a letter: a number, or a function with a table of its own."""
    if not arity:
        return rng.choice(POOL)
    low, seen = rng.choice((0.2, -2.0)), {}
    if letter == "P" and rng.random() < 0.5:  # a density, at the points of an integral
        weights = [rng.uniform(0.1, 1) for _ in POINTS]
        total = math.fsum(w * x for (w, _), x in zip(POINTS, weights, strict=True))
        seen = {(at,): x / total for (_, at), x in zip(POINTS, weights, strict=True)}

    def function(*at: float) -> float:
        return float(seen.setdefault(at, rng.uniform(low, 2.0)))

    return function


def letters(rule: str) -> dict[str, int]:
    """The letters of a line, and of how many numbers each is a function."""
    left, right, conditions = TABLE[rule]
    bound = {a.arg for part in (left, right) for n in ast.walk(part) if isinstance(n, ast.Lambda) for a in n.args.args}
    found: dict[str, int] = {}
    for part in (left, right, *(arg for _, args in conditions for arg in args)):
        for node in ast.walk(part):
            if isinstance(node, ast.Name) and node.id not in bound and node.id not in {*FUNCTIONS, *HOLDS}:
                found.setdefault(
                    node.id,
                    2
                    if (node.id == "M" and rule[:6] != "normal") or (node.id, rule) == ("F", "swap")
                    else int(node.id.isupper()),
                )
    return found


def whole_letters(rule: str) -> set[str]:
    """The letters that stand for the ends of ranges: whole numbers, as in every term there is."""
    calls = [node for part in TABLE[rule][:2] for node in ast.walk(part) if isinstance(node, ast.Call)]
    ends = [
        arg
        for call in calls
        for arg in call.args[: {"sum": 2, "prod": 2, "inv": 1, "det": 1}.get(getattr(call.func, "id", ""), 0)]
    ]
    return {node.id for end in ends for node in ast.walk(end) if isinstance(node, ast.Name)}


def trial(rule: str, rng: random.Random) -> bool:
    """One instance: whether the line says something of it; that it is true is asserted."""
    left, right, conditions = TABLE[rule]
    known = {letter: drawn(rng, letter, arity) for letter, arity in letters(rule).items()}
    known |= {letter: rng.randint(-1, 4) for letter in whole_letters(rule)}
    if rule.startswith("normal"):
        known |= {letter: rng.randint(0, 3) for letter in known.keys() & set("jklm")}
        known |= {"n": rng.choice((1, 1, 1, 2)), "int": _over_all}
        if any(0 < known["C"](i) < 0.2 for i in (1, 2)):
            return False  # too narrow for sums at these distances
    try:
        if not all(HOLDS[asked](*(worth(arg, known) for arg in args)) for asked, args in conditions):
            return False
        one = worth(left, known)
    except (ArithmeticError, ValueError, TypeError):
        return False
    other = worth(right, known)  # where the left is defined, the right is
    assert math.isclose(one, other, rel_tol=1e-7, abs_tol=1e-7), f"{rule}: {one} and {other} at {known}"
    return True


@pytest.mark.parametrize("rule", TABLE)
def test_both_sides_of_a_line_are_worth_the_same(rule: str) -> None:
    rng = random.Random(rule)
    held = 0
    for _ in range(8_000):
        held += trial(rule, rng)
        if held == 20:
            return
    raise AssertionError(f"{rule} was tried {held} times only")


@pytest.mark.parametrize("line", LESS)
def test_what_is_taken_off_is_never_negative(line: str, monkeypatch: pytest.MonkeyPatch) -> None:
    said, _, conditions = LESS[line]
    monkeypatch.setitem(TABLE, line, LESS[line])
    rng = random.Random(line)
    held, needed = 0, not conditions
    for _ in range(4_000):
        known = {letter: drawn(rng, letter, arity) for letter, arity in letters(line).items()}
        if "M" in known:
            known["n"] = rng.randint(1, 3)
            root = np.array([[rng.uniform(-1, 1) for _ in range(3)] for _ in range(3)])
            square = root @ root.T + 0.1 * np.eye(3) if rng.random() < 0.5 else root
            known["M"] = lambda i, j, m=square[: known["n"], : known["n"]]: float(m[int(i) - 1, int(j) - 1])
        try:
            value = worth(said, known)
        except (ArithmeticError, ValueError, TypeError):
            continue
        if all(HOLDS[asked](*(worth(arg, known) for arg in args)) for asked, args in conditions):
            assert value > -1e-9, f"{line} is {value} at {known}"
            held += 1
        else:
            needed = needed or value < -1e-3
    assert held > 50
    assert needed or line.startswith("log"), f"{line} needs no condition"  # there is no logarithm without them


SURE = {
    *"inv-diag raised take-out factor equal shift prod-const log-exp raised-exp prod-power prod-raise".split(),
    *"inv-inv det-scaled".split(),
}
"""Their conditions are for places where something is undefined, and for what is no whole number: few are drawn."""


@pytest.mark.parametrize(
    "rule", [rule for rule, (_, _, conditions) in TABLE.items() if conditions and rule not in SURE]
)
def test_a_line_needs_its_conditions(rule: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without them it is false, or undefined where its left is not: so each is tested by what it keeps out."""
    for name in HOLDS:
        monkeypatch.setitem(HOLDS, name, lambda *values: True)
    rng = random.Random(rule)
    for _ in range(20_000):
        try:
            trial(rule, rng)
        except (AssertionError, ArithmeticError, ValueError):
            return
    raise AssertionError(f"{rule} holds without its conditions")


def test_every_condition_has_a_meaning_in_numbers() -> None:
    assert HOLDS.keys() == CONDITIONS.keys()


# -- operators and slopes ---------------------------------------------------------------------------------------------
def _softmax(a: np.ndarray) -> np.ndarray:
    return np.exp(a) / np.exp(a).sum()


def _density(x: np.ndarray, m: np.ndarray, s: np.ndarray) -> float:
    whole = s if s.shape == (len(x), len(x)) else s * np.eye(len(x))
    gap = x - m
    scale = math.sqrt((2 * math.pi) ** len(x) * np.linalg.det(whole))
    return float(np.exp(-0.5 * (gap.T @ np.linalg.inv(whole) @ gap)).item() / scale)


OPERATORS: dict[str, Callable[..., Any]] = {
    "neg": np.negative, "add": np.add, "broadcast_add": np.add, "hadamard": np.multiply, "div": np.divide,
    "hadamard_div": np.divide, "sqrt": np.sqrt, "exp": np.exp, "log": np.log, "tanh": np.tanh, "sin": np.sin,
    "cos": np.cos, "abs": np.abs, "floor": np.floor, "transpose": np.transpose, "inverse": np.linalg.inv,
    "det": np.linalg.det,
    "mul": lambda a, b: a * b if a.size == 1 or b.size == 1 else a @ b,
    "logistic": lambda a: 1 / (1 + np.exp(-a)),
    "softplus": lambda a: np.log1p(np.exp(a)),
    "relu": lambda a: np.maximum(a, 0),
    "factorial": lambda a: math.gamma(a.item()),
    "trace": np.trace,
    "diag": lambda a: np.diag(a.ravel()) if 1 in a.shape else np.diag(a)[:, None],
    "outer": lambda a, b: a @ b.T,
    "inner": lambda a, b: (a * b).sum(),
    "total": np.sum,
    "norm2": lambda a: (a**2).sum(),
    "norm": np.linalg.norm,
    "logsumexp": lambda a: np.log(np.exp(a).sum()),
    "softmax": _softmax,
    "gaussian": _density,
    "gaussian_diag": lambda x, m, s: _density(x, m, np.diag(s.ravel())),
    "eigenvalues": lambda a: np.linalg.eigvalsh((a + a.T) / 2)[:, None],
    "eigenvectors": _axes,
}  # fmt: skip


@pytest.mark.parametrize(
    "line", range(len(ROWS)), ids=lambda n: f"{ROWS[n][0]} {' '.join(d for p in ROWS[n][1] for d in p)}"
)
def test_an_operator_is_what_numpy_has(line: int) -> None:
    name, dims, to, entry = ROWS[line]
    lengths = {"1": 1, "m": 3, "n": 2, "p": 4}
    rng = np.random.default_rng(line)
    arrays = [rng.uniform(0.5, 2, size=(lengths[r], lengths[c])) for r, c in dims]
    if name == "gaussian" and len(arrays[2]) > 1:
        arrays[2] = arrays[2] @ arrays[2].T + np.eye(len(arrays[2]))
    if name == "relu":
        arrays[0] -= 1.2
    wanted = np.reshape(OPERATORS[name](*arrays), (lengths[to[0]], lengths[to[1]]))
    cells = {letter: lambda i, j, a=a: a[int(i) - 1, int(j) - 1] for letter, a in zip("ABC", arrays, strict=False)}
    for (i, j), value in np.ndenumerate(wanted):
        found = worth(entry, {**lengths, **cells, "i": i + 1, "j": j + 1, "pi": math.pi})
        assert math.isclose(found, value, rel_tol=1e-9), (name, i, j)


@pytest.mark.parametrize("name", SLOPE)
def test_a_slope_is_that_of_differences(name: str) -> None:
    f = FUNCTIONS[name]
    for u in (0.3, 1.1, 2.5, -0.7):
        if name == "log" and u < 0:
            continue
        found = worth(SLOPE[name], {"u": u, "f": f(u)})
        assert math.isclose(found, (f(u + 1e-6) - f(u - 1e-6)) / 2e-6, rel_tol=1e-6)
