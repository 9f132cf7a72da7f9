"""Printed values by the replay: what it encloses, and what it must refuse."""

from __future__ import annotations

import json
import random
from fractions import Fraction
from functools import cache
from typing import Any

import numpy as np
import pytest
from flint import arb, ctx, fmpq

from derive import Derivation
from derive.certify import certificate
from derive.certify.printed import near_pairs
from derive.language.claims import Claim, Value
from derive.language.context import Context
from derive.language.terms import Op, Rel, Sym
from derive.refute.values import confirms
from derive.replay import Refused, replay, says_the_same
from derive.replay import enclosures as e
from derive.replay import terms as t
from tests.replay.certified import claim

PRINTED = ("networks/recurrent.lstm_output_unrounded", "spectral/pca.axes", "spectral/laplacian.smallest_eigenvalue")
WRONG = (ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError)


@pytest.fixture(autouse=True)
def _the_usual_work(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(t, "MOST_WORK", 2_000_000)


@cache
def written(name: str) -> str:
    return json.dumps(certificate(claim(name)))


def data(name: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(written(name))
    return found


def value(term: str, printed: str, given: str = "", up_to_sign: bool = False) -> Claim:
    found = Derivation("replay/values", title="values", context=given)
    found.value("one", term, printed, up_to_sign=up_to_sign)
    return found.build().claims[0]


def holds(one: dict[str, Any]) -> bool:
    try:
        replay(one)
    except WRONG:
        return False
    return True


@pytest.mark.parametrize("name", PRINTED)
def test_a_printed_value_has_a_certificate(name: str) -> None:
    assert says_the_same(*replay(data(name)), claim(name).statement, claim(name).context)


@pytest.mark.parametrize("name", PRINTED)
def test_another_last_digit_does_not_hold(name: str) -> None:
    """Each printed number in turn: the next one up or down is the wrong one."""
    rows = data(name)["statement"]["Value"]["printed"]
    for i, j in [(i, j) for i in range(len(rows)) for j in range(len(rows[0]))][-2:]:
        text = rows[i][j]
        unit = Fraction(1, 10 ** len(text.partition(".")[2]))
        for other in (Fraction(text) + unit, Fraction(text) - unit):
            spoilt = data(name)
            digits = len(text.partition(".")[2])
            spoilt["statement"]["Value"]["printed"][i][j] = f"{float(other):.{digits}f}"
            assert not holds(spoilt), (text, other)


def test_a_result_known_to_be_wrong_has_none() -> None:
    assert certificate(claim("spectral/pca.reconstruction_error")) is None


def test_without_the_numbers_named_nothing_is_enclosed() -> None:
    for proofs in ([], [{}], [{"values": [], "vectors": []}]):
        assert not holds({**data("spectral/pca.axes"), "proofs": proofs})


def test_numbers_that_are_not_near_are_refused() -> None:
    """A value named twice, two vectors exchanged, a vector of nothing, one bent: what is left may not hold, or does."""
    good = data("spectral/pca.axes")["proofs"][0]
    for values, vectors in (
        ([good["values"][0]] * 3, good["vectors"]),
        ([good["values"][0]] * 3, [good["vectors"][0]] * 3),
        (good["values"][::-1], good["vectors"][::-1]),
        (good["values"], [good["vectors"][1], good["vectors"][0], good["vectors"][2]]),
        (good["values"], [["0", "0", "0"], *good["vectors"][1:]]),
        (good["values"], [["1", "0", "0"], *good["vectors"][1:]]),
        (["0", "1e9", "2"], good["vectors"]),
        ([f"{text[:8]}" for text in good["values"]], [[text[:6] for text in v] for v in good["vectors"]]),
    ):
        assert not holds({**data("spectral/pca.axes"), "proofs": [{"values": values, "vectors": vectors}]})
    turned = [[text[1:] if text[0] == "-" else f"-{text}" for text in v] for v in good["vectors"]]
    assert holds({**data("spectral/pca.axes"), "proofs": [{"values": good["values"], "vectors": turned}]})


@pytest.mark.parametrize(
    ("term", "printed", "given"),
    [
        ("e^{-1}", "0.36788", ""),
        (r"\sqrt{2} + \frac{1}{3}", "1.7475469", ""),
        (r"\sum_{n=1}^{4} \frac{1}{n}", "2.0833", ""),
        (r"\sigma(-90)", "0.0000", r"function \sigma = logistic"),
        (r"\prod_{n=1}^3 (n + e^n)", "448", ""),
        ("a_2", "0.50", r"index k = 1..3 ; let a_k := \frac{1}{k}"),
        ("\\operatorname{eig}(A)_1", "1.00", r"function \operatorname{eig} = eigenvalues"
         r" ; let A := \begin{bmatrix} 2 & 1 \\ 1 & 2 \end{bmatrix}"),
    ],
)  # fmt: skip
def test_what_is_enclosed(term: str, printed: str, given: str) -> None:
    one = value(term, printed, given)
    assert isinstance(one.statement, Value)
    if confirms(one.statement, one.context):
        assert certificate(one) is not None
    else:
        assert certificate(one) is None


@pytest.mark.parametrize(
    ("term", "printed", "given"),
    [
        ("e^{-1}", "0.3679", "size N"),  # right: below it is wrong
        ("e^{-1}", "0.3678", ""),
        (r"\sqrt{2}", "1.415", ""),
        (r"\sqrt{2}", "-1.414", ""),
        ("u", "1", r"u \in \mathbb{R}"),
        ("u - u", "0", r"u \in \mathbb{R}"),
        ("n", "1", "index n = 1..1"),
        ("N", "1", "size N"),
        (r"\frac{a}{a}", "1", "let a := 1 - 1"),
        (r"\frac{0}{a}", "0", "let a := 1 - 1"),
        (r"0 \cdot \frac{1}{a}", "0", "let a := 1 - 1"),
        (r"0 \cdot \log a", "0", "let a := 1 - 1"),
        (r"\frac{1}{a} - \frac{1}{a}", "0", "let a := 1 - 1"),
        (r"0 \sqrt{a}", "0", "let a := 1 - 2"),
        (r"a^2", "-1", r"let a := \sqrt{-1}"),
        (r"\begin{bmatrix} 1 & \frac{1}{a} \end{bmatrix}_{1 1}", "1", "let a := 1 - 1"),
        ("f(0)", "1", r"function f(x) := \frac{x}{x}"),
        ("g(0)", "1", r"let a := 1 - 1 ; function g(x) := 1 + x \cdot \frac{1}{a}"),
        (r"\frac{\partial}{\partial a} a^2", "0", "let a := 3"),
        (r"\int e^{-x^2} dx", "0", ""),
        ("a_4", "0.25", r"index k = 1..3 ; let a_k := \frac{1}{k}"),
        (r"\operatorname{vec}(A)_{11}", "1", r"function \operatorname{vec} = eigenvectors"
         r" ; let A := \begin{bmatrix} 2 & 0 \\ 0 & 2 \end{bmatrix}"),
        (r"\operatorname{vec}(A)_{21}", "0.7", r"function \operatorname{vec} = eigenvectors"
         r" ; let A := \begin{bmatrix} 2 & 1 \\ 1 & 2 \end{bmatrix}"),
    ],
)  # fmt: skip
def test_what_is_not_so_or_not_defined_is_refused(term: str, printed: str, given: str) -> None:
    if given == "size N" and printed == "0.3679":
        assert certificate(value(term, printed)) is not None
        return
    try:
        one = value(term, printed, given)
    except ValueError:
        return  # it says nothing to the reader either
    assert certificate(one) is None


def test_a_sign_belongs_to_a_column() -> None:
    table = r"\begin{bmatrix} \sqrt{2} & 1 \\ -1 & 2 \end{bmatrix}"
    assert certificate(value(table, "-1.41 1\n 1 2", up_to_sign=True)) is not None
    assert certificate(value(table, "-1.41 1\n -1 2", up_to_sign=True)) is None
    assert certificate(value(table, "-1.41 1\n 1 2")) is None
    assert certificate(value(table, "1.41 -1\n 1 2")) is None


def test_unknown_functions_and_conditions_are_refused() -> None:
    given = Context(symbols=claim("networks/small.fits").context.symbols)
    for term in (Op("log", (Sym("m"),)), Rel("=", Sym("m"), Sym("m"))):
        with pytest.raises((Refused, *WRONG)):
            e.shown(Value(term, (("1",),)), given, [])


# -- intervals --------------------------------------------------------------------------------------------------------
def drawn(rng: random.Random, wide: float) -> tuple[Fraction, e.Interval]:
    """A number and an interval around it."""
    middle = Fraction(rng.randint(-(10**6), 10**6), rng.randint(1, 10**5)) * Fraction(rng.choice((1, wide)))
    low, high = e.exactly(middle)
    return middle, (low - rng.choice((0, 1 << 200)), high + rng.choice((0, 1 << 200)))


def inside(x: arb, found: e.Interval) -> bool:
    return bool(x > arb(fmpq(found[0] - 1, e.UNIT)) and x < arb(fmpq(found[1] + 1, e.UNIT)))


def test_intervals_hold_what_they_are_of() -> None:
    rng = random.Random(7)
    ctx.prec = 900
    try:
        for _ in range(400):
            x, xs = drawn(rng, 0.001)
            y, ys = drawn(rng, 0.001)
            a, b = (arb(fmpq(v.numerator, v.denominator)) for v in (x, y))
            assert inside(a + b, e.plus(xs, ys))
            assert inside(a * b, e.times(xs, ys))
            assert inside(-a, e.less(xs))
            if not ys[0] <= 0 <= ys[1]:
                assert inside(1 / b, e.inverse(ys))
                assert inside(b**-3, e.power(ys, Fraction(-3)))
            if xs[0] >= 0:
                assert inside(a.sqrt(), e.root(xs))
                assert inside(a.sqrt() ** 3, e.power(xs, Fraction(3, 2)))
            if abs(x) < 300:
                assert inside(a.exp(), e.exp(xs))
                wide = e.exp(xs)[1] - e.exp(xs)[0]
                assert xs[0] < xs[1] - 2 or wide < e.UNIT * (1 + int(float(a.exp()))) >> 200
    finally:
        ctx.prec = 53


def test_an_interval_is_no_narrower_at_its_ends() -> None:
    for low, high in ((-3, -2), (-1, 2), (2, 5)):
        x = (low * e.UNIT, high * e.UNIT)
        assert e.power(x, Fraction(2))[1] >= max(low**2, high**2) * e.UNIT
        assert e.exp(x)[0] <= e.exp(e.exactly(low))[1]
        assert e.exp(x)[1] >= e.exp(e.exactly(high))[0]
    for wrong in ((-e.UNIT, e.UNIT), (0, e.UNIT), (-e.UNIT, 0)):
        with pytest.raises(Refused):
            e.inverse(wrong)
    with pytest.raises(Refused):
        e.root((-1, e.UNIT))


@pytest.mark.parametrize("seed", range(6))
def test_balls_hold_eigenvalues_and_eigenvectors(seed: int) -> None:
    """Numbers near to them or not: where balls are found, they hold what NumPy finds."""
    rng = np.random.default_rng(seed)
    size = int(rng.integers(1, 6))
    half = rng.integers(-9, 9, (size, size))
    whole = half + half.T
    matrix = tuple(tuple(e.exactly(int(x)) for x in row) for row in whole)
    named = near_pairs(matrix)
    values = [e.point(x) for x in named["values"]]
    vectors = [[e.point(x) for x in v] for v in named["vectors"]]
    for blur in (0, 1 << 300, 1 << 312, 1 << 317):
        moved = [(x[0] + blur, x[1] + blur) for x in values]
        bent = [[(x[0] + blur * (k % 2), x[1] + blur * (k % 2)) for k, x in enumerate(v)] for v in vectors]
        found = e.near(matrix, moved, bent)
        if found is None:
            assert blur
            continue
        true, axes = np.linalg.eigh(whole)
        for k in range(size):
            low, high = (end / e.UNIT for end in found[0][k])
            assert low - 1e-9 <= true[k] <= high + 1e-9
            axis = axes[:, k] * (1 if axes[0, k] > 0 else -1)
            for i, (below, above) in enumerate(found[1][k]):
                assert below / e.UNIT - 1e-9 <= axis[i] <= above / e.UNIT + 1e-9


def test_repeated_eigenvalues_are_not_told_apart() -> None:
    matrix = tuple(tuple(e.exactly(int(i == j)) for i in range(2)) for j in range(2))
    assert e.near(matrix, [e.exactly(1)] * 2, [[e.exactly(1), e.exactly(0)], [e.exactly(0), e.exactly(1)]]) is None
    ones = [[e.exactly(1), e.exactly(0)], [e.exactly(0), e.exactly(1)]]
    assert e.near(matrix, [e.exactly(0), e.exactly(2)], ones) is None


@pytest.mark.parametrize("text", ["", "1e9", "1/3", ".5", "1.", "+1", "٣", "1" * 900, "-", "nan", "inf"])
def test_a_number_is_digits(text: str) -> None:
    with pytest.raises(Refused):
        e.decimal(text)
