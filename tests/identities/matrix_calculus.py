"""Derivatives of traces, determinants, quadratic forms, norms and inverses in vectors and matrices."""

from __future__ import annotations

from tests.identities.rows import Best, Identity, Row

PLAIN = r"""
index i, j = 1..n
A, B, C \in \mathbb{R}^{n \times n} ; X \in \mathbb{R}^{n \times n} invertible
S \in \mathbb{R}^{n \times n} symmetric posdef
a, b, x, y \in \mathbb{R}^n ; c, t \in \mathbb{R}
"""
DESIGN = r"""
index n = 1..N ; k = 1..K
X \in \mathbb{R}^{N \times d} ; y \in \mathbb{R}^N ; w \in \mathbb{R}^d ; \lambda > 0
R \in \mathbb{R}^{N \times N} symmetric posdef
"""
FACTORS = r"""
index i = 1..n ; j = 1..m ; k = 1..r
M \in \mathbb{R}^{n \times m} ; U \in \mathbb{R}^{n \times r} ; V \in \mathbb{R}^{m \times r} ; \lambda > 0
W \in \mathbb{R}^{n \times m} ; a \in \mathbb{R}^n ; b \in \mathbb{R}^m
"""
ATTENTION = r"""
index i, j, l = 1..n
q_i, k_j, v_j \in \mathbb{R}^d
let s_{ij} := \frac{q_i^T k_j}{\sqrt{d}}
let a_{ij} := \frac{e^{s_{ij}}}{\sum_{l=1}^n e^{s_{il}}}
let o_i := \sum_{j=1}^n a_{ij} v_j
"""

ROWS: tuple[Row, ...] = (
    Identity("trace of a product", PLAIN, r"\nabla_A \operatorname{tr}(A B)", "B^T", "B"),
    Identity("trace of a transposed product", PLAIN, r"\nabla_A \operatorname{tr}(A^T B)", "B", "B^T"),
    Identity("trace of a square", PLAIN, r"\nabla_A \operatorname{tr}(A A)", "2 A^T", "2 A"),
    Identity(
        "trace of a sandwich", PLAIN, r"\nabla_A \operatorname{tr}(A B A^T C)", "C^T A B^T + C A B", "C^T A B + C A B^T"
    ),
    Identity("Frobenius norm", PLAIN, r"\nabla_A \|A - B\|_F^2", "2 (A - B)", "2 (A - B)^T"),
    Identity("bilinear form", PLAIN, r"\nabla_A a^T A b", "a b^T", "b a^T"),
    Identity("quadratic form", PLAIN, r"\nabla_x (x^T A x)", "(A + A^T) x", "2 A x"),
    Identity("quadratic form, symmetric", PLAIN, r"\nabla_x (x^T S x)", "2 S x", "S x"),
    Identity("quadratic form, second order", PLAIN, r"\nabla_x^2 (x^T A x)", "A + A^T", "2 A"),
    Identity("linear form", PLAIN, r"\nabla_x (a^T x)", "a", "x"),
    Identity("linear map", PLAIN, r"\frac{\partial A x}{\partial x}", "A", "A^T"),
    Identity("product of linear forms", PLAIN, r"\nabla_x ((a^T x)(b^T x))", "(a b^T + b a^T) x", "2 a b^T x"),
    Identity("squared norm of an affine map", PLAIN, r"\nabla_x \|A x - b\|^2", "2 A^T (A x - b)", "2 A (A x - b)"),
    Identity("norm", PLAIN + "assume x^T x > 0", r"\nabla_x \|x\|", r"\frac{x}{\|x\|}", r"\frac{x}{\|x\|^2}"),
    Identity(
        "unit vector",
        PLAIN + "assume x^T x > 0",
        r"\frac{\partial}{\partial x_j} \frac{x_i}{\sqrt{x^T x}}",
        r"\frac{\delta_{ij}}{\sqrt{x^T x}} - \frac{x_i x_j}{(x^T x)^{3/2}}",
        r"\frac{\delta_{ij}}{\sqrt{x^T x}} + \frac{x_i x_j}{(x^T x)^{3/2}}",
    ),
    Identity(
        "cosine similarity",
        PLAIN + "assume x^T x > 0 ; assume y^T y > 0",
        r"\nabla_x \frac{x^T y}{\|x\| \|y\|}",
        r"\frac{y}{\|x\| \|y\|} - \frac{x^T y}{\|x\|^3 \|y\|} x",
        r"\frac{y}{\|x\| \|y\|} + \frac{x^T y}{\|x\|^3 \|y\|} x",
    ),
    Identity("log det", PLAIN + r"assume \det X > 0", r"\nabla_X \log \det X", "(X^{-1})^T", "X^{-1}"),
    Identity("det", PLAIN, r"\nabla_X \det X", r"(\det X) (X^{-1})^T", r"(\det X) X^{-1}"),
    Identity("log det of an inverse", PLAIN, r"\nabla_S \log \det S^{-1}", "-S^{-1}", "S^{-1}"),
    Identity(
        "trace of an inverse", PLAIN, r"\nabla_X \operatorname{tr}(X^{-1})", "-(X^{-1} X^{-1})^T", "(X^{-1} X^{-1})^T"
    ),
    Identity(
        "inverse in a form", PLAIN, r"\nabla_X (a^T X^{-1} b)", "-(X^{-1})^T a b^T (X^{-1})^T", "-X^{-1} a b^T X^{-1}"
    ),
    Identity(
        "inverse, entry",
        PLAIN,
        r"\frac{\partial (X^{-1})_{ij}}{\partial X_{ji}}",
        "-(X^{-1})_{ij} (X^{-1})_{ij}",
        "-(X^{-1})_{ij} (X^{-1})_{ji}",
    ),
    Identity(
        "inverse along a line",
        PLAIN + r"assume t \geq 0",
        r"\frac{d}{dt} (a^T (S + t I)^{-1} a)",
        "-a^T (S + t I)^{-1} (S + t I)^{-1} a",
        "a^T (S + t I)^{-1} (S + t I)^{-1} a",
    ),
    Identity(
        "Gaussian exponent in the precision",
        PLAIN,
        r"\nabla_S (\frac{1}{2} \log \det S - \frac{1}{2} (x-y)^T S (x-y))",
        r"\frac{1}{2} S^{-1} - \frac{1}{2} (x-y)(x-y)^T",
        r"\frac{1}{2} S - \frac{1}{2} (x-y)(x-y)^T",
    ),
    Identity(
        "entropy in a matrix",
        PLAIN,
        r"\nabla_x \sum_{i=1}^n \log (1 + x_i^2)",
        r"2 x \oslash (\mathbf{1} + x \odot x)",
        "2 x",
    ),
    Identity("least squares, gradient", DESIGN, r"\nabla_w \|X w - y\|^2", "2 X^T X w - 2 X^T y", "2 X^T X w - X^T y"),
    Identity("least squares, Hessian", DESIGN, r"\nabla_w^2 \|X w - y\|^2", "2 X^T X", "X^T X"),
    Identity(
        "ridge, gradient",
        DESIGN,
        r"\nabla_w (\|X w - y\|^2 + \lambda \|w\|^2)",
        r"2 (X^T X + \lambda I) w - 2 X^T y",
        r"2 (X^T X + \lambda I) w + 2 X^T y",
    ),
    Best(
        "ridge",
        DESIGN,
        "min",
        r"\|X w - y\|^2 + \lambda \|w\|^2",
        ("w",),
        (r"(X^T X + \lambda I)^{-1} X^T y",),
        (r"(X^T X - \lambda I)^{-1} X^T y",),
    ),
    Best(
        "least squares", DESIGN, "min", r"\|X w - y\|^2", ("w",), (r"(X^T X)^{-1} X^T y",), (r"(X^T X)^{-1} X^T y + w",)
    ),
    Best(
        "generalised least squares",
        DESIGN,
        "min",
        r"(X w - y)^T R (X w - y)",
        ("w",),
        (r"(X^T R X)^{-1} X^T R y",),
        (r"(X^T R X)^{-1} X^T y",),
    ),
    Identity(
        "matrix factorisation, left factor",
        FACTORS,
        r"\nabla_U (\|M - U V^T\|_F^2 + \lambda \|U\|_F^2)",
        r"2 \lambda U - 2 (M - U V^T) V",
        r"2 \lambda U + 2 (M - U V^T) V",
    ),
    Identity(
        "matrix factorisation, right factor",
        FACTORS,
        r"\nabla_V \|M - U V^T\|_F^2",
        "-2 (M - U V^T)^T U",
        "-2 (M + U V^T)^T U",
    ),
    Identity(
        "weighted factorisation",
        FACTORS,
        r"\frac{\partial}{\partial U_{ik}} \sum_{i=1}^n \sum_{j=1}^m W_{ij} (M_{ij} - \sum_{k=1}^r U_{ik} V_{jk})^2",
        r"-2 \sum_{j=1}^m W_{ij} (M_{ij} - \sum_{l=1}^r U_{il} V_{jl}) V_{jk}",
        r"-2 \sum_{j=1}^m W_{ij} (M_{ij} - U_{ik} V_{jk}) V_{jk}",
    ),
    Identity(
        "rank one",
        FACTORS,
        r"\|M - a b^T\|_F^2",
        r"\|M\|_F^2 - 2 a^T M b + \|a\|^2 \|b\|^2",
        r"\|M\|_F^2 - 2 a^T M b + (a^T a)^2",
    ),
    Identity(
        "attention, value gradient",
        ATTENTION,
        r"\frac{\partial o_i}{\partial v_j}",
        r"a_{ij} I",
        r"a_{ji} I",
    ),
    Identity(
        "attention, score gradient",
        ATTENTION + r"e_i \in \mathbb{R}^d",
        r"\frac{\partial}{\partial s_{ij}} (e_i^T o_i)",
        r"a_{ij} e_i^T (v_j - o_i)",
        r"a_{ij} e_i^T (v_j + o_i)",
    ),
    Identity(
        "attention, query gradient",
        ATTENTION + r"e_i \in \mathbb{R}^d",
        r"\nabla_{q_i} (e_i^T o_i)",
        r"\frac{1}{\sqrt{d}} \sum_{j=1}^n a_{ij} (e_i^T (v_j - o_i)) k_j",
        r"\frac{1}{d} \sum_{j=1}^n a_{ij} (e_i^T (v_j - o_i)) k_j",
    ),
    Identity("attention, weights add up", ATTENTION, r"\sum_{j=1}^n a_{ij} (v_j - o_i)", "0", "o_i"),
)

NORM = r"""
index i, j, k = 1..d
x, g \in \mathbb{R}^d ; \epsilon > 0
let \mu := \frac{1}{d} \sum_{i=1}^d x_i
let s := \frac{1}{d} \sum_{i=1}^d (x_i - \mu)^2 + \epsilon
let z_i := \frac{x_i - \mu}{\sqrt{s}}
"""

ROWS += (
    Identity("layer norm, mean", NORM, r"\sum_{i=1}^d z_i", "0", "1"),
    Identity("layer norm, power", NORM, r"\frac{1}{d} \sum_{i=1}^d z_i^2", r"1 - \frac{\epsilon}{s}", "1"),
    Identity(
        "layer norm, Jacobian",
        NORM,
        r"\frac{d z_i}{d x_j}",
        r"\frac{1}{\sqrt{s}} (\delta_{ij} - \frac{1}{d} - \frac{1}{d} z_i z_j)",
        r"\frac{1}{\sqrt{s}} (\delta_{ij} - \frac{1}{d} + \frac{1}{d} z_i z_j)",
    ),
    Identity(
        "layer norm, backward",
        NORM,
        r"\sum_{i=1}^d g_i \frac{d z_i}{d x_j}",
        r"\frac{1}{\sqrt{s}} (g_j - \frac{1}{d} \sum_{i=1}^d g_i - z_j \frac{1}{d} \sum_{i=1}^d g_i z_i)",
        r"\frac{1}{\sqrt{s}} (g_j - \frac{1}{d} \sum_{i=1}^d g_i + z_j \frac{1}{d} \sum_{i=1}^d g_i z_i)",
    ),
    Identity(
        "root mean square norm, Jacobian",
        r"index i, j = 1..d ; x \in \mathbb{R}^d ; \epsilon > 0 "
        + "\n"
        + r"let r := \sqrt{\frac{1}{d} \sum_{i=1}^d x_i^2 + \epsilon}",
        r"\frac{\partial}{\partial x_j} \frac{x_i}{r}",
        r"\frac{\delta_{ij}}{r} - \frac{x_i x_j}{d r^3}",
        r"\frac{\delta_{ij}}{r} - \frac{x_i x_j}{r^3}",
    ),
)
