# ruff: noqa: E501 - a table with one derivation in a row
"""Whole passages of machine-learning mathematics: every true line stands, every line with one mistake falls."""

from __future__ import annotations

import pytest

from derive.language.claims import Compare, Equal, Optimum, PositiveSemidefinite, Statement, Step
from derive.language.context import Context, SymbolDecl
from derive.language.extents import Extent, Range
from derive.language.terms import (
    At,
    Big,
    Cases,
    Deriv,
    Entry,
    Index,
    Rel,
    Size,
    Sym,
)
from derive.refute.attack import attack, recheck
from tests.refute.models import (
    ONE,
    TWO,
    ZERO,
    claim,
    context,
    d,
    defined,
    family,
    i,
    j,
    k,
    m,
    n,
    op,
    plain,
    q,
    total,
)  # fmt: skip

# batch normalisation: x_n scalars, mean, variance, normalised, output, loss an unknown function of the outputs
x_n, h_n, y_n = Sym("x", (n,)), Sym("h", (n,)), Sym("y", (n,))
x_m = Sym("x", (m,))
mu, var, gamma, beta, L = (Sym(name) for name in ("mu", "v", "gamma", "beta", "L"))
NORM = context(
    family("x", over=("n",)), plain("gamma"), plain("beta"), plain("eps", "positive"),
    defined("mu", (), total("n", "N", x_n) / Size("N")),
    defined("v", (), total("n", "N", (x_n - mu) ** TWO) / Size("N")),
    defined("h", ("n",), (x_n - mu) / op("sqrt", var + Sym("eps"))),
    defined("y", ("n",), gamma * h_n + beta),
    SymbolDecl("L", depends=(y_n,)),
)  # fmt: skip
scale = op("sqrt", var + Sym("eps"))
dy_n, dy_m = Deriv(L, y_n), Deriv(L, Sym("y", (m,)))
dh_n = Deriv(L, h_n)
BACKWARD = (
    gamma
    / (Size("N") * scale)
    * (Size("N") * dy_n - total("m", "N", dy_m) - h_n * total("m", "N", dy_m * Sym("h", (m,))))
)

# boosting
w_n, a = Sym("w", (n,)), Sym("alpha")
g_n, t_n = Sym("g", (n,)), Sym("t", (n,))
WRONG, RIGHT = op("indicator", Rel("!=", g_n, t_n)), op("indicator", Rel("=", g_n, t_n))
BOOST = context(
    family("w", "simplex", over=("n",)), plain("alpha"),
    SymbolDecl("g", (Range.upto("N"),), ("n",), label_range=Range.upto("K"), properties=frozenset({"label"})),
    SymbolDecl("t", (Range.upto("N"),), ("n",), label_range=Range.upto("K"), properties=frozenset({"label"})),
    defined("err", (), total("n", "N", w_n * WRONG)),
).with_size("K", 2)  # fmt: skip
err = Sym("err")
LOSS = total(
    "n",
    "N",
    w_n * op("exp", Cases(((-a / Size("K"), Rel("=", g_n, t_n)), (a / (Size("K") * (Size("K") - ONE)), None)))),
)
LOSS_CLOSED = op("exp", -a / Size("K")) * (ONE - err) + op("exp", a / (Size("K") * (Size("K") - ONE))) * err
ALPHA = (Size("K") - ONE) ** TWO / Size("K") * Size("K") / Size("K") * ZERO

# graph Laplacian
W, f = Sym("W"), Sym("f")
V = Extent.of("d")
u, v_ = Index("i"), Index("l")
GRAPH = context(
    plain("W", "symmetric", "nonnegative", shape=(d, d)), plain("A", shape=(d, d)), plain("f", shape=(d,)),
    defined("D", (), op("diag", W * op("ones", Size("d"))), shape=(d, d)),
    defined("Lap", (), Sym("D") - W, shape=(d, d)),
).with_index("l", Range.upto("d"))  # fmt: skip
PAIRS = total("i", "d", total("l", "d", Entry(W, (u, v_)) * (Entry(f, (u,)) - Entry(f, (v_,))) ** TWO))
FORM = op("transpose", f) * Sym("Lap") * f

# Bernoulli mixture, with responsibilities held
r_nk, x_ni, p_ki, pi_k = Sym("r", (n, k)), Sym("x", (n, i)), Sym("p", (k, i)), Sym("pi", (k,))
EM = context(
    family("r", "simplex", over=("n", "k")), family("x", "binary", over=("n", "i")),
    family("p", "open_unit", over=("k", "i")), family("pi", "positive", over=("k",)), plain("lam"),
)  # fmt: skip
INNER = total("i", "d", x_ni * op("log", p_ki) + (ONE - x_ni) * op("log", ONE - p_ki))
Q = total("n", "N", total("k", "K", r_nk * (op("log", pi_k) + INNER)))
SUM_PI = Rel("=", total("k", "K", pi_k), ONE)
N_k = total("n", "N", r_nk)
LAGRANGIAN = Q + Sym("lam") * (ONE - total("k", "K", pi_k))
P_NEW = total("n", "N", r_nk * x_ni) / N_k

GAN = context(plain("x", "open_unit"), plain("a", "positive"), plain("b", "positive"))
GAN_LOSS = Sym("a") * op("log", Sym("x")) + Sym("b") * op("log", ONE - Sym("x"))

# Gaussian mixture, responsibilities held
x_v, m_k, S_k = Sym("x", (n,)), Sym("mu", (k,)), Sym("S", (k,))
FIT = context(
    family("r", "simplex", over=("n", "k")), family("x", over=("n",), shape=(d,)),
    family("mu", over=("k",), shape=(d,)), family("S", "symmetric", "posdef", over=("k",), shape=(d, d)),
)  # fmt: skip
FIT_LOSS = total("n", "N", total("k", "K", r_nk * op("log", op("gaussian", x_v, m_k, S_k))))
M_NEW = total("n", "N", r_nk * x_v) / total("n", "N", r_nk)
S_NEW = total("n", "N", r_nk * op("outer", x_v - M_NEW, x_v - M_NEW)) / total("n", "N", r_nk)

# softmax cross-entropy with logits z = W x
SOFT = context(family("z", over=("k",)), family("t", over=("k",)), plain("u", shape=(d,)))
z_k, z_j = Sym("z", (k,)), Sym("z", (j,))
SM = op("exp", z_k) / total("j", "K", op("exp", z_j))
CE = -total("k", "K", Sym("t", (k,)) * op("log", SM))
SOFTV = op("softmax", Sym("u"))

Row = tuple[str, Statement, Statement, Context]
ROWS: list[Row] = [
    ("batchnorm", Equal(Deriv(L, x_n), BACKWARD),
     Equal(Deriv(L, x_n), gamma / (Size("N") * scale) * (Size("N") * dy_n - total("m", "N", dy_m))), NORM),
    ("zero mean", Equal(total("n", "N", h_n), ZERO), Equal(total("n", "N", h_n), ONE), NORM),
    ("dgamma", Equal(Deriv(L, gamma), total("n", "N", dy_n * h_n)), Equal(Deriv(L, gamma), total("n", "N", dy_n)), NORM),
    ("dh", Equal(dh_n, dy_n * gamma), Equal(dh_n, dy_n), NORM),
    ("dv", Equal(Deriv(L, var), total("n", "N", dh_n * (x_n - mu) * q(-1, 2) * (var + Sym("eps")) ** q(-3, 2))),
     Equal(Deriv(L, var), total("n", "N", dh_n * (x_n - mu) * q(1, 2) * (var + Sym("eps")) ** q(-3, 2))), NORM),
    ("local mean", Equal(Deriv(var, mu, local=True), q(-2) / Size("N") * total("n", "N", x_n - mu)),
     Equal(Deriv(h_n, mu, local=True), ONE / scale), NORM),
    ("boosting loss", Equal(LOSS, LOSS_CLOSED), Equal(LOSS, LOSS_CLOSED + err), BOOST),
    ("boosting slope", Equal(At(Deriv(LOSS, a), a, ZERO), err / (Size("K") - ONE) - ONE / Size("K") * ONE + ZERO),
     Equal(At(Deriv(LOSS, a), a, ZERO), err), BOOST),
    ("laplacian", Equal(FORM, PAIRS / TWO), Equal(FORM, PAIRS), GRAPH),
    ("laplacian psd", PositiveSemidefinite(Sym("Lap")), PositiveSemidefinite(-Sym("Lap")), GRAPH),
    ("laplacian ones", Equal(Sym("Lap") * op("ones", Size("d")), op("zeros", Size("d"))),
     Equal(Sym("D") * op("ones", Size("d")), op("zeros", Size("d"))), GRAPH),
    ("em slope", Equal(Deriv(LAGRANGIAN, pi_k), N_k / pi_k - Sym("lam")),
     Equal(Deriv(LAGRANGIAN, pi_k), N_k / pi_k + Sym("lam")), EM),
    ("em weights", Optimum("max", Q, (pi_k,), (N_k / Size("N"),), (SUM_PI,)),
     Optimum("max", Q, (pi_k,), (N_k / Size("K"),), (SUM_PI,)), EM),
    ("em means", Optimum("max", Q, (p_ki,), (P_NEW,)), Optimum("max", Q, (p_ki,), (total("n", "N", r_nk * x_ni) / Size("N"),)), EM),
    ("em both", Optimum("max", Q, (pi_k, p_ki), (N_k / Size("N"), P_NEW), (SUM_PI,)),
     Optimum("max", Q, (pi_k, p_ki), (ONE / Size("K"), P_NEW), (SUM_PI,)), EM),
    ("em multiplier", Step((Rel("=", N_k / pi_k - Sym("lam"), ZERO), SUM_PI), (Rel("=", Sym("lam"), Size("N")),), False, (pi_k, Sym("lam"))),
     Step((Rel("=", N_k / pi_k - Sym("lam"), ZERO), SUM_PI), (Rel("=", Sym("lam"), Size("K")),), False, (pi_k, Sym("lam"))), EM),
    ("gaussian em", Optimum("max", FIT_LOSS, (m_k, S_k), (M_NEW, S_NEW)),
     Optimum("max", FIT_LOSS, (m_k, S_k), (M_NEW, S_NEW * TWO)), FIT),
    ("gaussian em mean", Optimum("max", FIT_LOSS, (m_k,), (M_NEW,)), Optimum("min", FIT_LOSS, (m_k,), (M_NEW,)), FIT),
    ("gan", Optimum("max", GAN_LOSS, (Sym("x"),), (Sym("a") / (Sym("a") + Sym("b")),)),
     Optimum("max", GAN_LOSS, (Sym("x"),), (Sym("b") / (Sym("a") + Sym("b")),)), GAN),
    ("gan least", Optimum("stationary", GAN_LOSS, (Sym("x"),), (Sym("a") / (Sym("a") + Sym("b")),)),
     Optimum("min", GAN_LOSS, (Sym("x"),), (Sym("a") / (Sym("a") + Sym("b")),)), GAN),
    ("cross-entropy", Equal(Deriv(CE, z_k), SM * total("j", "K", Sym("t", (j,))) - Sym("t", (k,))),
     Equal(Deriv(CE, z_k), SM - Sym("t", (k,))), SOFT),
    ("softmax jacobian", Equal(Deriv(SOFTV, Sym("u")), op("diag", SOFTV) - op("outer", SOFTV, SOFTV)),
     Equal(Deriv(SOFTV, Sym("u")), op("diag", SOFTV) + op("outer", SOFTV, SOFTV)), SOFT),
    ("jensen", Compare(">=", op("logsumexp", Sym("u")), Big("max", "i", Range.upto("d"), Entry(Sym("u"), (i,)))),
     Compare("<=", op("logsumexp", Sym("u")), Big("max", "i", Range.upto("d"), Entry(Sym("u"), (i,)))), SOFT),
]  # fmt: skip


@pytest.mark.parametrize(("true", "where"), [(row[1], row[3]) for row in ROWS], ids=[row[0] for row in ROWS])
def test_true_lines_stand(true: Statement, where: Context) -> None:
    found = attack(claim(true, where))
    assert found.witness is None, found.witness
    assert found.agreed >= 1, found


@pytest.mark.parametrize(("false", "where"), [(row[2], row[3]) for row in ROWS], ids=[row[0] for row in ROWS])
def test_lines_with_a_mistake_fall(false: Statement, where: Context) -> None:
    found = attack(claim(false, where))
    assert found.witness is not None, found
    assert recheck(claim(false, where), found)
