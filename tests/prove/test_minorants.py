"""Inequalities by what is never negative and may be taken off; each has a false neighbour that is not proved."""

from __future__ import annotations

import pytest

from tests.identities.rows import Bound, claim_of
from tests.soundness.alone import proof

SAMPLE = r"""
index i, j = 1..N ; m = 1..M
x, y \in \mathbb{R}^N ; w_i > 0 ; v_i, u \in \mathbb{R} ; z_i \geq 0 ; a, b, c \in \mathbb{R} ; t > 0
p_i, q_i \in \mathbb{R} simplex positive ; \lambda, \mu \in (0,1) ; s_m \in \mathbb{R}
"""
FORM = r"""
S \in \mathbb{R}^{n \times n} symmetric posdef ; Q \in \mathbb{R}^{n \times n} symmetric ; x, y \in \mathbb{R}^n ; t > 0
"""
DENSITIES = r"""
x \in \mathbb{R}^d ; function p(x) density ; function q(x) density ; function f(x) ; function D(x) open_unit
function g(x) nonnegative ; function r(x) positive
"""
WEIGHTS = r"""
index k = 1..K ; n = 1..N
p_k > 0 ; a_k > 0 ; g_{nk} \geq 0 ; assume \sum_{k=1}^K p_k = 1 ; assume \sum_{k=1}^K a_k = 2
assume \sum_{k=1}^K g_{nk} = 1
"""
BEST = (
    FORM
    + r"""
w \in \mathbb{R}^n ; function J(w) := \frac{(w^T (x - y))^2}{w^T S w}
"""
)
LOW = r"a > 1 ; b > 2 ; c \geq -3 ; d \in \mathbb{R} ; u \in (0,1) ; r \in (0,1) ; h < -1"

ROWS: tuple[Bound, ...] = (
    # Cauchy and Schwarz
    Bound(
        "weights",
        SAMPLE,
        r"(\sum_{i=1}^N w_i x_i)^2",
        "<=",
        r"\sum_{i=1}^N w_i \sum_{i=1}^N w_i x_i^2",
        r"\sum_{i=1}^N v_i \sum_{i=1}^N v_i x_i^2",
    ),
    Bound(
        "weights that add up to one",
        SAMPLE,
        r"(\sum_{i=1}^N p_i x_i)^2",
        "<=",
        r"\sum_{i=1}^N p_i x_i^2",
        r"\sum_{i=1}^N p_i^2 x_i^2",
    ),
    Bound(
        "weights that need not",
        SAMPLE,
        r"(\sum_{i=1}^N w_i x_i)^2",
        "<=",
        r"(\sum_{i=1}^N w_i) \sum_{i=1}^N w_i x_i^2",
        r"\sum_{i=1}^N w_i x_i^2",
    ),
    Bound(
        "weights of any sign",
        SAMPLE,
        r"(\sum_{i=1}^N v_i x_i)^2",
        "<=",
        r"\sum_{i=1}^N v_i^2 \sum_{i=1}^N x_i^2",
        r"\sum_{i=1}^N v_i \sum_{i=1}^N v_i x_i^2",
    ),
    Bound("a size of its own", SAMPLE, r"(\sum_{i=1}^N x_i)^2", "<=", r"N \sum_{i=1}^N x_i^2", r"M \sum_{i=1}^N x_i^2"),
    Bound(
        "harmonic mean",
        SAMPLE,
        "N^2",
        "<=",
        r"(\sum_{i=1}^N w_i) \sum_{i=1}^N \frac{1}{w_i}",
        r"(\sum_{i=1}^N v_i^2) \sum_{i=1}^N \frac{1}{w_i}",
    ),
    Bound(
        "a factor of unknown sign",
        SAMPLE,
        r"t (\sum_{i=1}^N x_i)^2",
        "<=",
        r"t N \sum_{i=1}^N x_i^2",
        r"u N \sum_{i=1}^N x_i^2",
    ),
    # one of a sum
    Bound("one of a sum", SAMPLE, "w_i", "<=", r"\sum_{j=1}^N w_j", r"\frac{1}{2} \sum_{j=1}^N w_j"),
    Bound("one of unknown sign", SAMPLE, "v_i^2", "<=", r"\sum_{j=1}^N v_j^2", r"\sum_{j=1}^N v_j"),
    Bound("two of a sum may be the same", SAMPLE, "w_i + w_j", "<=", r"2 \sum_{l=1}^N w_l", r"\sum_{l=1}^N w_l"),
    Bound("two shares may be the same", SAMPLE, "p_i + p_j", "<=", "2", "1"),
    Bound("one with a weight", SAMPLE, "t e^{v_i}", "<=", r"t \sum_{j=1}^N e^{v_j}", r"\sum_{j=1}^N e^{v_j}"),
    # squares
    Bound("three numbers", SAMPLE, "a b + b c + c a", "<=", "a^2 + b^2 + c^2", "a^2 + b^2 + c^2 - 1"),
    Bound("a little less", SAMPLE, "2 a b - 4 b c", "<=", "a^2 + 2 b^2 + 4 c^2", "a^2 + 2 b^2 + c^2"),
    Bound("with a weight", SAMPLE, "4 t a b", "<=", "4 t a^2 + t b^2", "4 t a^2 + b^2"),
    Bound("a leading coefficient that may be negative", SAMPLE, "-2 a b", "<=", "a^2 + b^2", "u a^2 + b^2"),
    Bound("forms", FORM, "2 x^T y", "<=", r"t x^T S x + \frac{1}{t} y^T S^{-1} y", r"t x^T S x + y^T S^{-1} y"),
    Bound(
        "forms of a matrix that is not definite", FORM, "2 x^T y", "<=", "x^T S x + y^T S^{-1} y", "x^T Q x + y^T Q y"
    ),
    Bound("least value", FORM, "2 t x^T S y - t^2 x^T S x", "<=", "y^T S y", r"\frac{1}{2} y^T S y"),
    # logarithms
    Bound(
        "Gibbs",
        SAMPLE,
        r"\sum_{i=1}^N p_i \log \frac{p_i}{q_i}",
        ">=",
        "0",
        r"\sum_{i=1}^N p_i \log \frac{q_i}{p_i} + 1",
    ),
    Bound(
        "Gibbs, not normalised", SAMPLE, r"\sum_{i=1}^N p_i \log \frac{p_i}{w_i}", ">=", r"1 - \sum_{i=1}^N w_i", "0"
    ),
    Bound("most entropy", SAMPLE, r"-\sum_{i=1}^N p_i \log p_i", "<=", r"\log N", r"\log N - 1"),
    Bound(
        "the logarithm of a mean",
        SAMPLE,
        r"\log \left(\frac{1}{N} \sum_{i=1}^N w_i\right)",
        ">=",
        r"\frac{1}{N} \sum_{i=1}^N \log w_i",
        r"\sum_{i=1}^N \log w_i",
    ),
    Bound(
        "the logarithm of a weighted mean",
        SAMPLE,
        r"\log \sum_{i=1}^N p_i w_i",
        ">=",
        r"\sum_{i=1}^N p_i \log w_i",
        r"\frac{1}{N} \sum_{i=1}^N \log w_i",
    ),
    Bound("tangent", SAMPLE, r"\log t", "<=", "t - 1", "t - 2"),
    Bound("logarithm of a share", SAMPLE, r"\log p_i", "<=", "0", r"\log q_i"),
    Bound(
        "logarithm of something below one",
        SAMPLE,
        r"\log (\lambda \mu)",
        "<=",
        "0",
        r"\log \lambda + 1 - \lambda + \log t",
    ),
    # integrals
    Bound("divergence", DENSITIES, r"\int p(x) \log \frac{p(x)}{q(x)} dx", ">=", "0", "1"),
    Bound(
        "divergence, the wrong way round",
        DENSITIES,
        r"\mathbb{E}_{x \sim p(x)}[\log p(x) - \log q(x)]",
        ">=",
        "0",
        r"\mathbb{E}_{x \sim q(x)}[\log p(x) - \log r(x)]",
    ),
    Bound(
        "divergence from something that is no density",
        DENSITIES,
        r"\int p(x) \log \frac{p(x)}{g(x)} dx",
        ">=",
        r"1 - \int g(x) dx",
        "0",
    ),
    Bound(
        "variance",
        DENSITIES,
        r"\mathbb{E}_{x \sim p(x)}[f(x)]^2",
        "<=",
        r"\mathbb{E}_{x \sim p(x)}[f(x)^2]",
        r"\mathbb{E}_{x \sim q(x)}[f(x)^2]",
    ),
    Bound(
        "best discriminator",
        DENSITIES,
        r"p(x) \log D(x) + q(x) \log (1 - D(x))",
        "<=",
        r"p(x) \log \frac{p(x)}{p(x) + q(x)} + q(x) \log \frac{q(x)}{p(x) + q(x)}",
        r"p(x) \log \frac{q(x)}{p(x) + q(x)} + q(x) \log \frac{p(x)}{p(x) + q(x)}",
    ),
    Bound(
        "value of a game",
        DENSITIES,
        r"\int [p(x) \log \frac{p(x)}{p(x) + q(x)} + q(x) \log \frac{q(x)}{p(x) + q(x)}] dx",
        ">=",
        r"-\log 4",
        r"-\log 3",
    ),
    # quadratic forms
    Bound("weighted", FORM, r"(x^T y)^2", "<=", r"(x^T S x)(y^T S^{-1} y)", r"(x^T Q x)(y^T y)"),
    Bound("weighted by one matrix", FORM, r"(x^T S y)^2", "<=", r"(x^T S x)(y^T S y)", r"(x^T S x)(y^T y)"),
    Bound("a quotient", FORM, r"\frac{(x^T y)^2}{x^T S x}", "<=", r"y^T S^{-1} y", r"y^T S y"),
    Bound(
        "a quotient of a difference",
        FORM,
        r"\frac{(z^T (x - y))^2}{z^T z}".replace("z", "x"),
        "<=",
        r"(x - y)^T (x - y)",
        r"x^T x - y^T y",
    ),
    Bound("a quotient that is taken off", FORM, r"-\frac{(x^T y)^2}{x^T S^{-1} x}", ">=", r"-y^T S y", r"y^T S y"),
    Bound(
        "twice the least is not enough",
        FORM,
        r"2 (x^T y)^2",
        "<=",
        r"2 (x^T S x)(y^T S^{-1} y)",
        r"(x^T S x)(y^T S^{-1} y)",
    ),
    Bound(
        "a product of two forms is no square",
        FORM,
        r"\frac{(x^T y)^2}{x^T S x} - t",
        "<=",
        r"y^T S^{-1} y",
        r"\frac{(x^T y)(x^T Q y)}{x^T S x}",
    ),
    Bound("the quotient at its best place", BEST, "J(w)", "<=", "J(S^{-1} (x - y))", "J(S (x - y))"),
    # logarithms with exponentials in them
    Bound("an exponential loss", LOW, r"\log(1 + e^{-d})", "<=", r"e^{-d}", r"e^{-d} - 1"),
    Bound("and the other one", LOW, r"\log(1 + e^{d})", "<=", r"e^{d}", r"\log 2 + \frac{d}{3}"),
    Bound("below", LOW, r"\log a", ">=", r"\frac{a - 1}{a}", r"a - 1"),
    Bound("two exponentials", LOW, r"\log(e^{d} + e^{c})", "<=", r"d + e^{c - d}", r"d + e^{c - d} - 1"),
    # weights
    Bound("weights of one", WEIGHTS, r"-\sum_{k=1}^K p_k \log p_k", ">=", "0", r"p_1"),
    Bound("and of two", WEIGHTS, "p_k", "<=", "1", r"a_k - 1"),
    Bound("squares of weights", WEIGHTS, r"\sum_{k=1}^K p_k^2", "<=", "1", r"p_1"),
    Bound("many weights", WEIGHTS, r"\sum_{n=1}^N g_{nk}", "<=", "N", "1"),
    # least values
    Bound("above its least value", LOW, "a b", ">=", "2", "3"),
    Bound("a difference", LOW, "a + b", ">=", "3", "2 + b"),
    Bound("a negative least value", LOW, "c + 3", ">=", "0", "c^2 - 9 + 4 c"),
    Bound("a square", LOW, "c^2", ">=", "0", "9"),
    Bound("a mixture of unknown sign", LOW, "u a + (1-u) b", ">=", "0", "u d"),
    Bound("weights beyond one", LOW, r"u + (1-u) r", ">=", "0", r"u r + (1 - 2 u) - r"),
)
SECONDS = 20.0


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_bound(row: Bound) -> None:
    """The row is proved, its twin is not."""
    assert proof(claim_of(row), SECONDS) is not None
    assert proof(claim_of(row, damaged=True), SECONDS) is None
