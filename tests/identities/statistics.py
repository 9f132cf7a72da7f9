"""Means, variances, covariances, decompositions of squares, centring, clustering, bias, running averages."""

from __future__ import annotations

from tests.identities.rows import Best, Bound, Follows, Identity, Row, Semidefinite

SAMPLE = r"""
index i, j, n = 1..N
x, y, z \in \mathbb{R}^N ; a, b, c \in \mathbb{R}
let m := \frac{1}{N} \sum_{i=1}^N x_i
let q := \frac{1}{N} \sum_{i=1}^N y_i
"""
WEIGHTED = r"""
index i, j = 1..N
x, y \in \mathbb{R}^N ; w \in \mathbb{R}^N simplex
let m := \sum_{i=1}^N w_i x_i
let q := \sum_{i=1}^N w_i y_i
"""
GROUPS = r"""
index n = 1..N ; k = 1..K
x_{kn} \in \mathbb{R}
let m_k := \frac{1}{N} \sum_{n=1}^N x_{kn}
let m := \frac{1}{K} \sum_{k=1}^K m_k
"""
POINTS = r"""
index n, m = 1..N ; k = 1..K
x_n \in \mathbb{R}^d ; r_{nk} > 0 ; \mu_k \in \mathbb{R}^d
"""
CENTRED = r"""
index i, j = 1..n
X \in \mathbb{R}^{n \times d} ; K \in \mathbb{R}^{n \times n} symmetric ; x \in \mathbb{R}^n
let H := I - \frac{1}{n} \mathbf{1}_n \mathbf{1}_n^T
"""

ROWS: tuple[Row, ...] = (
    Identity("deviations add up to nothing", SAMPLE, r"\sum_{i=1}^N (x_i - m)", "0", "m"),
    Identity(
        "variance, two ways",
        SAMPLE,
        r"\frac{1}{N} \sum_{i=1}^N (x_i - m)^2",
        r"\frac{1}{N} \sum_{i=1}^N x_i^2 - m^2",
        r"\frac{1}{N} \sum_{i=1}^N x_i^2 + m^2",
    ),
    Identity(
        "variance from all pairs",
        SAMPLE,
        r"\frac{1}{2 N^2} \sum_{i=1}^N \sum_{j=1}^N (x_i - x_j)^2",
        r"\frac{1}{N} \sum_{i=1}^N (x_i - m)^2",
        r"\frac{1}{N-1} \sum_{i=1}^N (x_i - m)^2 + m",
    ),
    Identity(
        "covariance, two ways",
        SAMPLE,
        r"\frac{1}{N} \sum_{i=1}^N (x_i - m)(y_i - q)",
        r"\frac{1}{N} \sum_{i=1}^N x_i y_i - m q",
        r"\frac{1}{N} \sum_{i=1}^N x_i y_i + m q",
    ),
    Identity(
        "one side centred is enough",
        SAMPLE,
        r"\sum_{i=1}^N (x_i - m)(y_i - q)",
        r"\sum_{i=1}^N (x_i - m) y_i",
        r"\sum_{i=1}^N x_i y_i",
    ),
    Identity(
        "variance of a sum",
        SAMPLE,
        r"\sum_{i=1}^N (x_i + y_i - m - q)^2",
        r"\sum_{i=1}^N (x_i - m)^2 + \sum_{i=1}^N (y_i - q)^2 + 2 \sum_{i=1}^N (x_i - m)(y_i - q)",
        r"\sum_{i=1}^N (x_i - m)^2 + \sum_{i=1}^N (y_i - q)^2",
    ),
    Identity(
        "squares about any point",
        SAMPLE,
        r"\sum_{i=1}^N (x_i - c)^2",
        r"\sum_{i=1}^N (x_i - m)^2 + N (m - c)^2",
        r"\sum_{i=1}^N (x_i - m)^2 + (m - c)^2",
    ),
    Identity(
        "third central moment",
        SAMPLE,
        r"\frac{1}{N} \sum_{i=1}^N (x_i - m)^3",
        r"\frac{1}{N} \sum_{i=1}^N x_i^3 - 3 m \frac{1}{N} \sum_{i=1}^N x_i^2 + 2 m^3",
        r"\frac{1}{N} \sum_{i=1}^N x_i^3 - 3 m \frac{1}{N} \sum_{i=1}^N x_i^2 - m^3",
    ),
    Identity(
        "variance, gradient",
        SAMPLE,
        r"\frac{d}{d x_j} (\frac{1}{N} \sum_{i=1}^N (x_i - m)^2)",
        r"\frac{2}{N} (x_j - m)",
        r"\frac{1}{N} (x_j - m)",
    ),
    Identity(
        "variance of an affine map",
        SAMPLE,
        r"\sum_{i=1}^N (a x_i + b - \frac{1}{N} \sum_{j=1}^N (a x_j + b))^2",
        r"a^2 \sum_{i=1}^N (x_i - m)^2",
        r"a \sum_{i=1}^N (x_i - m)^2",
    ),
    Identity(
        "mean of a longer sample",
        r"index i = 1..N ; x_i \in \mathbb{R} ; y \in \mathbb{R}",
        r"\frac{1}{N+1} (\sum_{i=1}^N x_i + y)",
        r"\frac{1}{N} \sum_{i=1}^N x_i + \frac{1}{N+1} (y - \frac{1}{N} \sum_{i=1}^N x_i)",
        r"\frac{1}{N} \sum_{i=1}^N x_i + \frac{1}{N} (y - \frac{1}{N} \sum_{i=1}^N x_i)",
    ),
    Identity("weighted deviations", WEIGHTED, r"\sum_{i=1}^N w_i (x_i - m)", "0", "m"),
    Identity(
        "weighted variance",
        WEIGHTED,
        r"\sum_{i=1}^N w_i (x_i - m)^2",
        r"\sum_{i=1}^N w_i x_i^2 - m^2",
        r"\sum_{i=1}^N w_i x_i^2 - m",
    ),
    Identity(
        "weighted covariance",
        WEIGHTED,
        r"\sum_{i=1}^N w_i (x_i - m)(y_i - q)",
        r"\sum_{i=1}^N w_i x_i y_i - m q",
        r"\sum_{i=1}^N w_i x_i y_i - 2 m q",
    ),
    Identity(
        "weighted variance from all pairs",
        WEIGHTED,
        r"\sum_{i=1}^N \sum_{j=1}^N w_i w_j (x_i - x_j)^2",
        r"2 \sum_{i=1}^N w_i (x_i - m)^2",
        r"\sum_{i=1}^N w_i (x_i - m)^2",
    ),
    Identity(
        "total variance",
        GROUPS,
        r"\frac{1}{K N} \sum_{k=1}^K \sum_{n=1}^N (x_{kn} - m)^2",
        r"\frac{1}{K N} \sum_{k=1}^K \sum_{n=1}^N (x_{kn} - m_k)^2 + \frac{1}{K} \sum_{k=1}^K (m_k - m)^2",
        r"\frac{1}{K N} \sum_{k=1}^K \sum_{n=1}^N (x_{kn} - m_k)^2 - \frac{1}{K} \sum_{k=1}^K (m_k - m)^2",
    ),
    Identity(
        "two-way decomposition of a table",
        GROUPS + r"let q_n := \frac{1}{K} \sum_{k=1}^K x_{kn}",
        r"\sum_{k=1}^K \sum_{n=1}^N (x_{kn} - m)^2",
        r"N \sum_{k=1}^K (m_k - m)^2 + K \sum_{n=1}^N (q_n - m)^2 + \sum_{k=1}^K \sum_{n=1}^N (x_{kn} - m_k - q_n + "
        r"m)^2",
        r"K \sum_{k=1}^K (m_k - m)^2 + N \sum_{n=1}^N (q_n - m)^2 + \sum_{k=1}^K \sum_{n=1}^N (x_{kn} - m_k - q_n + "
        r"m)^2",
    ),
    Identity(
        "scatter matrix, two ways",
        POINTS + r"let c := \frac{1}{N} \sum_{n=1}^N x_n",
        r"\sum_{n=1}^N (x_n - c)(x_n - c)^T",
        r"\sum_{n=1}^N x_n x_n^T - N c c^T",
        r"\sum_{n=1}^N x_n x_n^T - c c^T",
    ),
    Identity(
        "k-means: distances to the mean and between pairs",
        POINTS + r"let c := \frac{1}{N} \sum_{n=1}^N x_n",
        r"\sum_{n=1}^N \|x_n - c\|^2",
        r"\frac{1}{2 N} \sum_{n=1}^N \sum_{m=1}^N \|x_n - x_m\|^2",
        r"\frac{1}{N} \sum_{n=1}^N \sum_{m=1}^N \|x_n - x_m\|^2",
    ),
    Identity(
        "within and between clusters",
        POINTS + "\n" + r"let c_k := \frac{\sum_{n=1}^N r_{nk} x_n}{\sum_{n=1}^N r_{nk}}",
        r"\sum_{n=1}^N r_{nk} \|x_n - \mu_k\|^2",
        r"\sum_{n=1}^N r_{nk} \|x_n - c_k\|^2 + \|c_k - \mu_k\|^2 \sum_{n=1}^N r_{nk}",
        r"\sum_{n=1}^N r_{nk} \|x_n - c_k\|^2 - \|c_k - \mu_k\|^2 \sum_{n=1}^N r_{nk}",
    ),
    Best(
        "k-means, centres",
        POINTS,
        "min",
        r"\sum_{n=1}^N \sum_{k=1}^K r_{nk} \|x_n - \mu_k\|^2",
        (r"\mu_k",),
        (r"\frac{\sum_{n=1}^N r_{nk} x_n}{\sum_{n=1}^N r_{nk}}",),
        (r"\frac{1}{N} \sum_{n=1}^N r_{nk} x_n",),
    ),
    Best("mean as least squares", SAMPLE, "min", r"\sum_{i=1}^N (x_i - c)^2", ("c",), ("m",), ("m + 1",)),
    Identity("centring is idempotent", CENTRED, "H H", "H", "2 H"),
    Identity("centring is symmetric", CENTRED, "H^T", "H", "-H"),
    Identity("centring removes the mean", CENTRED, r"H \mathbf{1}", "0", r"\mathbf{1}"),
    Identity("centred entry", CENTRED, r"(H x)_i", r"x_i - \frac{1}{n} \sum_{j=1}^n x_j", r"x_i - \sum_{j=1}^n x_j"),
    Identity("trace of the centring matrix", CENTRED, r"\operatorname{tr} H", "n - 1", "n"),
    Identity(
        "kernel centring",
        CENTRED,
        r"(H K H)_{ij}",
        r"K_{ij} - \frac{1}{n} \sum_{l=1}^n K_{il} - \frac{1}{n} \sum_{l=1}^n K_{lj} + \frac{1}{n^2} \sum_{l=1}^n "
        r"\sum_{r=1}^n K_{lr}",
        r"K_{ij} - \frac{1}{n} \sum_{l=1}^n K_{il} - \frac{1}{n} \sum_{l=1}^n K_{lj} + \frac{1}{n} \sum_{l=1}^n "
        r"\sum_{r=1}^n K_{lr}",
    ),
    Identity("scatter through the centring matrix", CENTRED, r"(H X)^T (H X)", "X^T H X", "X^T X"),
    Identity(
        "distances from a Gram matrix",
        CENTRED,
        r"\sum_{i=1}^n \sum_{j=1}^n \|X_i - X_j\|^2",
        r"2 n \operatorname{tr}(X^T H X)",
        r"n \operatorname{tr}(X^T H X)",
    ),
    Identity(
        "double centring of squared distances",
        CENTRED + "\n" + r"let D_{ij} := x_i^2 + x_j^2 - 2 x_i x_j",
        r"-\frac{1}{2} (D_{ij} - \frac{1}{n} \sum_{l=1}^n D_{il} - \frac{1}{n} \sum_{l=1}^n D_{lj} + \frac{1}{n^2} "
        r"\sum_{l=1}^n \sum_{r=1}^n D_{lr})",
        r"(x_i - \frac{1}{n} \sum_{l=1}^n x_l)(x_j - \frac{1}{n} \sum_{l=1}^n x_l)",
        r"(x_i - \frac{1}{n} \sum_{l=1}^n x_l)(x_j + \frac{1}{n} \sum_{l=1}^n x_l)",
    ),
    Semidefinite("centring is semidefinite", CENTRED, "H", r"H - \frac{2}{n} \mathbf{1}_n \mathbf{1}_n^T"),
    Semidefinite("Gram matrix", CENTRED, "X X^T", "X X^T - I"),
    Semidefinite(
        "covariance",
        POINTS,
        r"\frac{1}{N} \sum_{n=1}^N (x_n - \mu_k)(x_n - \mu_k)^T",
        r"\frac{1}{N} \sum_{n=1}^N x_n x_n^T - \mu_k \mu_k^T",
    ),
    Bound("variance is not negative", SAMPLE, r"\frac{1}{N} \sum_{i=1}^N x_i^2 - m^2", ">=", "0", "m"),
    Bound(
        "Cauchy and Schwarz",
        SAMPLE,
        r"(\sum_{i=1}^N x_i y_i)^2",
        "<=",
        r"\sum_{i=1}^N x_i^2 \sum_{i=1}^N y_i^2",
        r"\frac{1}{2} \sum_{i=1}^N x_i^2 \sum_{i=1}^N y_i^2",
    ),
    Identity(
        "Lagrange's identity",
        SAMPLE,
        r"\sum_{i=1}^N x_i^2 \sum_{j=1}^N y_j^2 - (\sum_{i=1}^N x_i y_i)^2",
        r"\frac{1}{2} \sum_{i=1}^N \sum_{j=1}^N (x_i y_j - x_j y_i)^2",
        r"\sum_{i=1}^N \sum_{j=1}^N (x_i y_j - x_j y_i)^2",
    ),
    Identity(
        "Chebyshev's sum",
        SAMPLE,
        r"\frac{1}{2} \sum_{i=1}^N \sum_{j=1}^N (x_i - x_j)(y_i - y_j)",
        r"N \sum_{i=1}^N x_i y_i - \sum_{i=1}^N x_i \sum_{i=1}^N y_i",
        r"\sum_{i=1}^N x_i y_i - \sum_{i=1}^N x_i \sum_{i=1}^N y_i",
    ),
    Bound("mean of squares", SAMPLE, r"(\sum_{i=1}^N x_i)^2", "<=", r"N \sum_{i=1}^N x_i^2", r"\sum_{i=1}^N x_i^2"),
    Bound(
        "weighted mean of squares",
        WEIGHTED,
        r"(\sum_{i=1}^N w_i x_i)^2",
        "<=",
        r"\sum_{i=1}^N w_i x_i^2",
        r"\sum_{i=1}^N w_i^2 x_i^2",
    ),
    Bound("two squares", SAMPLE, "2 a b", "<=", "a^2 + b^2", "a^2"),
    Bound("three squares", SAMPLE, "a b + b c + c a", "<=", "a^2 + b^2 + c^2", "a^2 + b^2"),
    Bound(
        "weighted product",
        SAMPLE + "t > 0",
        "a b",
        "<=",
        r"\frac{t a^2}{2} + \frac{b^2}{2 t}",
        r"\frac{t a^2}{2} + \frac{t b^2}{2}",
    ),
    Bound("product of squares", SAMPLE, "(a b + b c)^2", "<=", "(a^2 + b^2)(b^2 + c^2)", "(a^2 + b^2) c^2"),
    Identity(
        "parallelogram",
        CENTRED + r"y \in \mathbb{R}^n",
        r"\|x + y\|^2 + \|x - y\|^2",
        r"2 \|x\|^2 + 2 \|y\|^2",
        r"\|x\|^2 + \|y\|^2",
    ),
    Identity(
        "polarisation",
        CENTRED + r"y \in \mathbb{R}^n",
        r"\frac{1}{4} (\|x + y\|^2 - \|x - y\|^2)",
        "x^T y",
        "2 x^T y",
    ),
    Bound(
        "squared sum of vectors",
        CENTRED + r"y \in \mathbb{R}^n",
        r"\|x + y\|^2",
        "<=",
        r"2 \|x\|^2 + 2 \|y\|^2",
        r"\|x\|^2 + \|y\|^2",
    ),
)

ERROR = r"""
index s = 1..S ; n = 1..N
p \in \mathbb{R}^S simplex ; f_s, g \in \mathbb{R} ; y \in \mathbb{R}^S
let h := \sum_{s=1}^S p_s f_s
"""
SERIES = r"""
index t = 1..T
x_t \in \mathbb{R} ; \beta \in (0,1) ; v, m, g \in \mathbb{R}
"""

ROWS += (
    Identity(
        "bias and variance",
        ERROR,
        r"\sum_{s=1}^S p_s (f_s - g)^2",
        r"(h - g)^2 + \sum_{s=1}^S p_s (f_s - h)^2",
        r"(h - g)^2 - \sum_{s=1}^S p_s (f_s - h)^2",
    ),
    Identity(
        "ambiguity of an ensemble",
        ERROR,
        r"(h - g)^2",
        r"\sum_{s=1}^S p_s (f_s - g)^2 - \sum_{s=1}^S p_s (f_s - h)^2",
        r"\sum_{s=1}^S p_s (f_s - g)^2 + \sum_{s=1}^S p_s (f_s - h)^2",
    ),
    Bound(
        "an ensemble is no worse",
        ERROR,
        r"(h - g)^2",
        "<=",
        r"\sum_{s=1}^S p_s (f_s - g)^2",
        r"\sum_{s=1}^S p_s^2 (f_s - g)^2",
    ),
    Identity(
        "running average, two forms", SERIES, r"\beta v + (1-\beta) g", r"v + (1-\beta)(g - v)", r"v + \beta (g - v)"
    ),
    Identity(
        "running average, two steps",
        SERIES + r"h \in \mathbb{R}",
        r"\beta (\beta v + (1-\beta) g) + (1-\beta) h",
        r"\beta^2 v + (1-\beta)(\beta g + h)",
        r"\beta^2 v + (1-\beta)(g + \beta h)",
    ),
    Follows(
        "fixed point of a running average",
        SERIES,
        (r"v = \beta v + (1-\beta) g",),
        "v = g",
        r"v = \beta g",
    ),
    Follows(
        "fixed point of momentum",
        SERIES + r"\eta > 0",
        (r"m = \beta m + g", r"v = v - \eta m"),
        "g = 0",
        "v = 0",
    ),
)
