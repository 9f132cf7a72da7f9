"""Sequences: geometric sums, discounted returns, moving averages, recurrences unrolled, powers of matrices."""

from __future__ import annotations

from tests.identities.rows import Bound, Follows, Identity, Row

SUMS = r"""
size T >= 1 ; index t, s = 1..T ; \gamma, \lambda \in (0,1) ; a \in \mathbb{R} ; r_t \in \mathbb{R} ; q > 0
"""
MOMENTUM = r"""
size T >= 1 ; index r = 0..T ; t, i = 1..T ; \beta \in (0,1) ; \eta > 0 ; g_t \in \mathbb{R} ; \bar g \in \mathbb{R}
m_r, v_r, w_r \in \mathbb{R} ; assume m_0 = 0 ; assume m_t = \beta m_{t-1} + (1-\beta) g_t
assume v_0 = 0 ; assume v_t = \beta v_{t-1} + g_t ; assume w_t = w_{t-1} - \eta g_t
"""
LINEAR = r"""
size T >= 1 ; index r = 0..T ; t, s = 1..T ; A, W \in \mathbb{R}^{d \times d} ; B \in \mathbb{R}^{d \times p}
h_r, e_r \in \mathbb{R}^d ; u_t \in \mathbb{R}^p ; \alpha > 0 ; x_r \in \mathbb{R} ; a, b \in \mathbb{R}
assume h_0 = 0 ; assume h_t = A h_{t-1} + B u_t ; assume e_t = e_{t-1} - \alpha W e_{t-1}
assume x_t = a x_{t-1} + b
"""
RETURNS = r"""
size T >= 1 ; index t = 1..T ; \gamma \in (0,1) ; r_t \in \mathbb{R} ; G_t, V_t \in \mathbb{R} ; index s = 1..T
let G_t := \sum_{s=t}^T \gamma^{s-t} r_s
"""
TABLE = r"""
size n >= 1 ; index t, s = 1..n ; P \in \mathbb{R}^{d \times d} ; \gamma \in (0,1) ; R, v \in \mathbb{R}^d ; c \in \mathbb{R}
S \in \mathbb{R}^{d \times d} symmetric ; V \in \mathbb{R}^{d \times d} orthogonal ; \lambda \in \mathbb{R}^d
"""
DIFFUSION = r"""
size T >= 2 ; index t, s = 1..T ; \alpha_t \in (0,1) ; index r = 0..T ; x_r \in \mathbb{R}^d ; \varepsilon_t \in \mathbb{R}^d
let \bar\alpha_t := \prod_{s=1}^t \alpha_s ; let \beta_t := 1 - \alpha_t
assume x_t = \sqrt{\alpha_t} x_{t-1} + \sqrt{1-\alpha_t} \varepsilon_t
"""
PRODUCTS = r"""
size T >= 2 ; index t, s = 1..T ; r = 0..T ; a_t > 0 ; b_t, y_r \in \mathbb{R} ; L \in \mathbb{R}
assume y_t = a_t y_{t-1}
"""

ROWS: tuple[Row, ...] = (
    Identity(
        "geometric sum",
        SUMS,
        r"\sum_{t=0}^{T-1} \gamma^t",
        r"\frac{1-\gamma^T}{1-\gamma}",
        r"\frac{1-\gamma^{T+1}}{1-\gamma}",
    ),
    Identity(
        "geometric sum from one",
        SUMS,
        r"\sum_{t=1}^{T} \gamma^t",
        r"\gamma \frac{1-\gamma^T}{1-\gamma}",
        r"\frac{1-\gamma^T}{1-\gamma}",
    ),
    Identity(
        "geometric sum, backwards",
        SUMS,
        r"\sum_{t=1}^{T} \gamma^{T-t}",
        r"\frac{1-\gamma^T}{1-\gamma}",
        r"\gamma \frac{1-\gamma^T}{1-\gamma}",
    ),
    Identity("geometric sum, any ratio", SUMS, r"\sum_{t=0}^{T-1} a^t", r"\frac{a^T-1}{a-1}", r"\frac{a^T+1}{a-1}"),
    Identity(
        "geometric sum up to an index",
        SUMS,
        r"\sum_{s=1}^{t} \gamma^{t-s}",
        r"\frac{1-\gamma^t}{1-\gamma}",
        r"\frac{1-\gamma^T}{1-\gamma}",
    ),
    Identity(
        "geometric sum from an index",
        SUMS,
        r"\sum_{s=t}^{T} \gamma^{s-t}",
        r"\frac{1-\gamma^{T-t+1}}{1-\gamma}",
        r"\frac{1-\gamma^{T-t}}{1-\gamma}",
    ),
    Identity(
        "arithmetic-geometric sum",
        SUMS,
        r"\sum_{t=1}^{T} t \gamma^{t-1}",
        r"\frac{1-(T+1)\gamma^T + T \gamma^{T+1}}{(1-\gamma)^2}",
        r"\frac{1-T\gamma^T}{(1-\gamma)^2}",
    ),
    Identity(
        "weights of the λ-return",
        SUMS,
        r"(1-\lambda) \sum_{t=1}^{T-1} \lambda^{t-1} + \lambda^{T-1}",
        "1",
        r"1 - \lambda",
    ),
    Identity("powers of two", SUMS, r"\sum_{t=1}^T 2^{-t}", "1 - 2^{-T}", "1 - 2^{-T-1}"),
    Identity(
        "sum of exponentials",
        SUMS,
        r"\sum_{t=1}^T e^{-q t}",
        r"\frac{1 - e^{-q T}}{e^q - 1}",
        r"\frac{1 - e^{-q T}}{1 - e^{-q}}",
    ),
    Identity(
        "sums exchanged below a diagonal",
        SUMS,
        r"\sum_{t=1}^T \sum_{s=1}^t r_s",
        r"\sum_{s=1}^T (T-s+1) r_s",
        r"\sum_{s=1}^T (T-s) r_s",
    ),
    Identity(
        "discounted sums exchanged",
        SUMS,
        r"\sum_{t=1}^T \sum_{s=1}^t \gamma^{t-s} r_s",
        r"\sum_{s=1}^T \frac{1-\gamma^{T-s+1}}{1-\gamma} r_s",
        r"\sum_{s=1}^T \frac{1-\gamma^{s}}{1-\gamma} r_s",
    ),
    Identity(
        "pairs on both sides of the diagonal",
        SUMS,
        r"2 \sum_{t=1}^T \sum_{s=1}^{t-1} r_s r_t",
        r"(\sum_{t=1}^T r_t)^2 - \sum_{t=1}^T r_t^2",
        r"(\sum_{t=1}^T r_t)^2",
    ),
    Identity("running sum", SUMS, r"\sum_{s=1}^t r_s", r"\sum_{s=1}^{t-1} r_s + r_t", r"\sum_{s=1}^{t-1} r_s"),
    Identity(
        "split at an index", SUMS, r"\sum_{s=1}^t r_s + \sum_{s=t+1}^T r_s", r"\sum_{s=1}^T r_s", r"\sum_{s=1}^t r_s"
    ),
    Identity("triangular numbers", SUMS, r"\sum_{s=1}^t s", r"\frac{t(t+1)}{2}", r"\frac{t(t-1)}{2}"),
    Identity(
        "discounted differences telescope",
        SUMS,
        r"\sum_{t=1}^{T-1} (\gamma^{t} r_{t+1} - \gamma^{t-1} r_t)",
        r"\gamma^{T-1} r_T - r_1",
        r"\gamma^{T} r_T - r_1",
    ),
    Identity(
        "return, one step",
        RETURNS,
        "G_t - r_t",
        r"\sum_{s=t+1}^T \gamma^{s-t} r_s",
        r"\sum_{s=t+1}^T \gamma^{s-t-1} r_s",
    ),
    Identity(
        "return of a constant reward",
        RETURNS,
        r"\sum_{s=t}^T 2 \gamma^{s-t}",
        r"2 \frac{1-\gamma^{T-t+1}}{1-\gamma}",
        r"\frac{2}{1-\gamma}",
    ),
    Identity(
        "moving average, unrolled",
        MOMENTUM,
        "m_t",
        r"(1-\beta) \sum_{i=1}^t \beta^{t-i} g_i",
        r"\sum_{i=1}^t \beta^{t-i} g_i",
    ),
    Identity("momentum, unrolled", MOMENTUM, "v_t", r"\sum_{i=1}^t \beta^{t-i} g_i", r"\sum_{i=1}^t \beta^{i} g_i"),
    Identity(
        "momentum at the end", MOMENTUM, "v_T", r"\sum_{i=1}^T \beta^{T-i} g_i", r"\sum_{i=1}^T \beta^{T-i+1} g_i"
    ),
    Identity("momentum is a moving average", MOMENTUM, r"(1-\beta) v_t", "m_t", "v_t"),
    Identity("gradient steps add up", MOMENTUM, "w_t", r"w_0 - \eta \sum_{i=1}^t g_i", r"w_0 - \sum_{i=1}^t g_i"),
    Identity(
        "bias correction", MOMENTUM, r"(1-\beta) \sum_{i=1}^t \beta^{t-i} \bar g", r"(1-\beta^t) \bar g", r"\bar g"
    ),
    Identity("linear recurrent network", LINEAR, "h_t", r"\sum_{s=1}^t A^{t-s} B u_s", r"\sum_{s=1}^t A^{s} B u_s"),
    Identity("gradient descent on a quadratic, unrolled", LINEAR, "e_r", r"(I - \alpha W)^r e_0", r"(I - W)^r e_0"),
    Identity("two steps of a recurrence", LINEAR, "x_t", "a^2 x_{t-2} + a b + b", "a^2 x_{t-2} + 2 b"),
    Identity("affine recurrence", LINEAR, "x_t", r"a^t x_0 + b \sum_{s=1}^t a^{t-s}", r"a^t x_0 + b t"),
    Identity("Neumann sum", TABLE, r"(I - P) \sum_{t=0}^{n-1} P^t", "I - P^n", "I - P^{n-1}"),
    Identity("Neumann sum, solved", TABLE, r"\sum_{t=0}^{n-1} P^t", "(I - P)^{-1} (I - P^n)", "(I - P)^{-1} (I + P^n)"),
    Identity(
        "discounted Neumann sum",
        TABLE,
        r"\sum_{t=0}^{n-1} \gamma^t P^t",
        r"(I - \gamma P)^{-1} (I - \gamma^n P^n)",
        r"(I - \gamma P)^{-1} (I - P^n)",
    ),
    Identity("powers add", TABLE, "P^t P^s", "P^{t+s}", "P^{t}"),
    Identity("power of a multiple", TABLE, "(c P)^t", "c^t P^t", "c P^t"),
    Identity("power of a transpose", TABLE, r"(P^\top)^t", r"(P^t)^\top", "P^t"),
    Identity(
        "power of a rotated matrix",
        TABLE,
        r"(V \operatorname{diag}(\lambda) V^\top)^t",
        r"V \operatorname{diag}(\lambda)^t V^\top",
        r"V^\top \operatorname{diag}(\lambda)^t V",
    ),
    Identity("power commutes with its matrix", TABLE, "P^t P", "P P^t", r"P^\top P^t"),
    Follows(
        "value function, one step further",
        TABLE,
        (r"v = R + \gamma P v",),
        r"v = R + \gamma P R + \gamma^2 P P v",
        r"v = R + \gamma P R + \gamma^2 P v",
    ),
    Follows(
        "value function, solved", TABLE, (r"v = R + \gamma P v",), r"(I - \gamma P) v = R", r"(I + \gamma P) v = R"
    ),
    Identity(
        "signal that is left",
        DIFFUSION,
        r"\bar\alpha_t",
        r"\alpha_t \prod_{s=1}^{t-1} \alpha_s",
        r"\prod_{s=1}^{t-1} \alpha_s",
    ),
    Identity(
        "two noising steps",
        DIFFUSION,
        "x_t",
        r"\sqrt{\alpha_t \alpha_{t-1}} x_{t-2} + \sqrt{\alpha_t (1-\alpha_{t-1})} \varepsilon_{t-1} + \sqrt{1-\alpha_t} \varepsilon_t",
        r"\sqrt{\alpha_t \alpha_{t-1}} x_{t-2} + \sqrt{1-\alpha_{t-1}} \varepsilon_{t-1} + \sqrt{1-\alpha_t} \varepsilon_t",
    ),
    Identity(
        "variance of two noising steps",
        DIFFUSION,
        r"\alpha_t (1 - \alpha_{t-1}) + 1 - \alpha_t",
        r"1 - \alpha_t \alpha_{t-1}",
        r"1 - \alpha_{t-1}",
    ),
    Identity(
        "posterior precision",
        DIFFUSION,
        r"\frac{\alpha_t}{\beta_t} + \frac{1}{1-\prod_{s=1}^{t-1} \alpha_s}",
        r"\frac{1 - \bar\alpha_t}{\beta_t (1 - \prod_{s=1}^{t-1} \alpha_s)}",
        r"\frac{1 - \bar\alpha_t}{1 - \prod_{s=1}^{t-1} \alpha_s}",
    ),
    Identity("product of factors", PRODUCTS, "y_t", r"y_0 \prod_{s=1}^t a_s", r"y_0 \prod_{s=1}^{t-1} a_s"),
    Identity(
        "log of a running product",
        PRODUCTS,
        r"\log \prod_{s=1}^t a_s",
        r"\sum_{s=1}^{t} \log a_s",
        r"\sum_{s=1}^{t-1} \log a_s",
    ),
    Bound("a discounted sum is bounded", SUMS, r"\sum_{t=0}^{T-1} \gamma^t", "<=", r"\frac{1}{1-\gamma}", "1"),
)
