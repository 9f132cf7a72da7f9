"""Known-true claims get no counterexample; known-false ones get one that stands when checked again."""

from __future__ import annotations

import pytest

from derive.language.claims import (
    Compare,
    Equal,
    HasShape,
    Optimum,
    PositiveSemidefinite,
    SameOptimum,
    Statement,
    Step,
    Value,
)
from derive.language.context import Context, SymbolDecl
from derive.language.extents import Extent, Range
from derive.language.terms import At, Deriv, Expect, Rel, Size, Sym
from derive.refute.attack import attack, recheck
from tests.refute.models import (
    ONE,
    TWO,
    ZERO,
    N,
    claim,
    context,
    d,
    family,
    gaussian_parts,
    j,
    k,
    log_likelihood,
    mixture,
    n,
    op,
    plain,
    q,
    total,
)

u, v, w = Sym("u"), Sym("v"), Sym("w")
SCALARS = context(plain("u"), plain("v"), plain("w", "positive"))
x_n, mu_k, S_k, pi_k = gaussian_parts(n, k)
r_nk = Sym("r", (n, k))
MEAN_GRADIENT = total("n", "N", r_nk * (op("inverse", S_k) * (x_n - mu_k)))
COVARIANCE_GRADIENT = total(
    "n",
    "N",
    r_nk
    * q(1, 2)
    * (op("inverse", S_k) * op("outer", x_n - mu_k, x_n - mu_k) * op("inverse", S_k) - op("inverse", S_k)),
)
A, B = Sym("A"), Sym("B")
MATRICES = context(
    plain("A", "invertible", shape=(d, d)),
    plain("B", "invertible", shape=(d, d)),
    plain("P", "posdef", shape=(d, d)),
    plain("x", shape=(d,)),
    plain("y", shape=(d,)),
    plain("W", shape=(N, d)),
)
x, y, P, W = Sym("x"), Sym("y"), Sym("P"), Sym("W")
a_n = Sym("a", (n,))
DATA = context(
    family("a", over=("n",)),
    plain("c"),
    plain("l"),
    family("p", "positive", over=("k",)),
    family("b", "positive", over=("k",)),
)
p_k, b_k, c = Sym("p", (k,)), Sym("b", (k,)), Sym("c")
SUM_P = Rel("=", total("k", "K", p_k), ONE)
LABELS = context(
    SymbolDecl("g", (Range.upto("N"),), ("n",), label_range=Range.upto("K"), properties=frozenset({"label"})),
    SymbolDecl("t", (Range.upto("N"),), ("n",), label_range=Range.upto("K"), properties=frozenset({"label"})),
    family("omega", "positive", over=("n",)),
    family("pi", "positive", over=("k",)),
)
g_n, t_n = Sym("g", (n,)), Sym("t", (n,))
MISSES = total("n", "N", Sym("omega", (n,)) * op("indicator", Rel("!=", g_n, t_n)))
HITS = total("n", "N", Sym("omega", (n,)) * op("indicator", Rel("=", g_n, t_n)))

EM_ZERO = Rel("=", total("n", "N", r_nk * (x_n - mu_k)), op("zeros", Size("d")))
EM_MEAN = total("n", "N", r_nk * x_n) / total("n", "N", r_nk)

TRUE: list[tuple[str, Statement, Context]] = [
    ("gmm mean", Equal(Deriv(log_likelihood(), mu_k), MEAN_GRADIENT), mixture()),
    ("gmm covariance", Equal(Deriv(log_likelihood(), S_k), COVARIANCE_GRADIENT), mixture()),
    ("responsibilities", Equal(total("k", "K", r_nk), ONE), mixture()),
    ("square", Equal((u + v) ** TWO, u**TWO + TWO * u * v + v**TWO), SCALARS),
    ("exp", Equal(op("exp", u) * op("exp", v), op("exp", u + v)), SCALARS),
    ("logistic", Equal(op("logistic", u), ONE - op("logistic", -u)), SCALARS),
    ("log", Equal(Deriv(op("log", w), w), ONE / w), SCALARS),
    ("second", Equal(Deriv(Deriv(u ** q(3), u), u), q(6) * u), SCALARS),
    ("at", Equal(At(Deriv(u**TWO * v, u), u, q(3)), q(6) * v), SCALARS),
    ("log det", Equal(Deriv(op("log", op("det", P)), P), op("inverse", op("transpose", P))), MATRICES),
    ("trace", Equal(Deriv(op("trace", A * B), A), op("transpose", B)), MATRICES),
    ("inverse", Equal(op("inverse", A * B), op("inverse", B) * op("inverse", A)), MATRICES),
    ("quadratic", Equal(Deriv(op("transpose", x) * A * x, x), (A + op("transpose", A)) * x), MATRICES),
    ("psd", PositiveSemidefinite(op("transpose", W) * W), MATRICES),
    ("square >= 0", Compare(">=", u**TWO + v**TWO, TWO * u * v), SCALARS),
    ("positive", Compare(">", op("exp", u), ZERO), SCALARS),
    ("cauchy", Compare("<=", op("inner", x, y) ** TWO, op("norm2", x) * op("norm2", y)), MATRICES),
    ("shape", HasShape(W * x, (N,)), MATRICES),
    ("step", Step((Rel("=", TWO * u - v, ZERO),), (Rel("=", u, v / TWO),), True), SCALARS),
    (
        "mean",
        Step((Rel("=", total("n", "N", a_n - c), ZERO),), (Rel("=", c, total("n", "N", a_n) / Size("N")),), True),
        DATA,
    ),
    (
        "least squares",
        Optimum("min", total("n", "N", (a_n - c) ** TWO), (c,), (total("n", "N", a_n) / Size("N"),)),
        DATA,
    ),
    (
        "multinomial",
        Optimum(
            "max", total("k", "K", b_k * op("log", p_k)), (p_k,), (b_k / total("j", "K", Sym("b", (j,))),), (SUM_P,)
        ),
        DATA,
    ),
    (
        "multiplier",
        Step(
            (Rel("=", b_k / p_k - Sym("l"), ZERO), SUM_P),
            (Rel("=", Sym("l"), total("k", "K", b_k)), Rel("=", p_k, b_k / total("j", "K", Sym("b", (j,))))),
            False,
            (p_k, Sym("l")),
        ),
        DATA,
    ),
    ("em mean", Step((EM_ZERO,), (Rel("=", mu_k, EM_MEAN),), False, (mu_k,)), mixture()),
    ("root", Step((Rel("=", u**TWO, w),), (Rel("=", op("abs", u), op("sqrt", w)),)), SCALARS),
    ("log 3", Value(op("log", q(3)), (("1.0986",),)), SCALARS),
    ("same best", SameOptimum("min", (g_n,), MISSES, -HITS), LABELS),
    ("label", Equal(Sym("pi", (t_n,)), total("k", "K", op("delta", k, t_n) * Sym("pi", (k,)))), LABELS),
    ("pmf", Equal(Expect("k", Range.upto("K"), Sym("pi", (k,)), ONE), total("k", "K", Sym("pi", (k,)))), LABELS),
]

FALSE: list[tuple[str, Statement, Context]] = [
    ("gmm mean sign", Equal(Deriv(log_likelihood(), mu_k), -MEAN_GRADIENT), mixture()),
    ("gmm covariance half", Equal(Deriv(log_likelihood(), S_k), TWO * COVARIANCE_GRADIENT), mixture()),
    ("responsibilities", Equal(total("n", "N", r_nk), ONE), mixture()),
    ("square", Equal((u + v) ** TWO, u**TWO + v**TWO), SCALARS),
    ("exp", Equal(op("exp", u) * op("exp", v), op("exp", u * v)), SCALARS),
    ("logistic", Equal(op("logistic", u), ONE + op("logistic", -u)), SCALARS),
    ("root of square", Equal(op("sqrt", u**TWO), u), SCALARS),
    ("second", Equal(Deriv(Deriv(u ** q(3), u), u), q(3) * u), SCALARS),
    ("at", Equal(At(Deriv(u**TWO * v, u), u, q(3)), q(9) * v), SCALARS),
    ("log det", Equal(Deriv(op("log", op("det", P)), P), op("inverse", op("transpose", P)) * P), MATRICES),
    ("trace", Equal(Deriv(op("trace", A * B), A), B), MATRICES),
    ("inverse", Equal(op("inverse", A * B), op("inverse", A) * op("inverse", B)), MATRICES),
    ("quadratic", Equal(Deriv(op("transpose", x) * A * x, x), TWO * A * x), MATRICES),
    ("psd", PositiveSemidefinite(A + op("transpose", A)), MATRICES),
    ("psd diagonal", PositiveSemidefinite(P - op("diag", op("diag", P))), MATRICES),
    ("square > 0", Compare(">", (u - v) ** TWO, ZERO), SCALARS),
    ("wrong way", Compare("<=", op("exp", u), ONE + u), SCALARS),
    ("never equal", Compare("!=", u, v), SCALARS),
    ("shape", HasShape(W * x, (d,)), MATRICES),
    ("step", Step((Rel("=", TWO * u - v, ZERO),), (Rel("=", u, v),)), SCALARS),
    ("lost solution", Step((Rel("=", u * v, ZERO),), (Rel("=", u, ZERO),)), SCALARS),
    ("gained", Step((Rel("=", u, v),), (Rel("=", u**TWO, v**TWO),), True), SCALARS),
    (
        "mean",
        Step((Rel("=", total("n", "N", a_n - c), ZERO),), (Rel("=", c, total("n", "N", a_n)),)),
        DATA,
    ),
    ("least squares", Optimum("min", total("n", "N", (a_n - c) ** TWO), (c,), (total("n", "N", a_n),)), DATA),
    ("maximum", Optimum("max", total("n", "N", (a_n - c) ** TWO), (c,), (total("n", "N", a_n) / Size("N"),)), DATA),
    (
        "multinomial",
        Optimum("max", total("k", "K", b_k * op("log", p_k)), (p_k,), (ONE / Size("K"),), (SUM_P,)),
        DATA,
    ),
    (
        "infeasible",
        Optimum("max", total("k", "K", b_k * op("log", p_k)), (p_k,), (b_k,), (SUM_P,)),
        DATA,
    ),
    (
        "multiplier",
        Step((Rel("=", b_k / p_k - Sym("l"), ZERO), SUM_P), (Rel("=", Sym("l"), Size("K")),), False, (p_k, Sym("l"))),
        DATA,
    ),
    ("em mean", Step((EM_ZERO,), (Rel("=", mu_k, q(2) * EM_MEAN),), False, (mu_k,)), mixture()),
    ("transcendental", Step((Rel("=", op("exp", u), v**TWO + w),), (Rel("=", u, v**TWO),)), SCALARS),
    ("log 3", Value(op("log", q(3)), (("1.0987",),)), SCALARS),
    ("log10", Value(op("log", q(3)), (("0.4771",),)), SCALARS),
    ("other best", SameOptimum("min", (g_n,), MISSES, HITS), LABELS),
    ("label", Equal(Sym("pi", (t_n,)), total("k", "K", Sym("pi", (k,)))), LABELS),
]


@pytest.mark.parametrize(("statement", "where"), [row[1:] for row in TRUE], ids=[row[0] for row in TRUE])
def test_true_claims_stand(statement: Statement, where: Context) -> None:
    found = attack(claim(statement, where))
    assert found.witness is None, found.witness
    assert found.agreed >= (1 if isinstance(statement, Value | Step) else 4), found


@pytest.mark.parametrize(("statement", "where"), [row[1:] for row in FALSE], ids=[row[0] for row in FALSE])
def test_false_claims_fall(statement: Statement, where: Context) -> None:
    found = attack(claim(statement, where))
    assert found.witness is not None, found
    assert recheck(claim(statement, where), found)


def test_a_shape_of_a_size_that_nobody_declared_cannot_be_tried() -> None:
    found = attack(claim(HasShape(u, (Extent.of("n_y"),)), SCALARS))
    assert found.witness is None
    assert "n_y of a shape is not declared as a size" in found.note
