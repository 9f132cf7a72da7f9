"""Block matrices, inverses of sums, projections, orthogonal bases, and optima under one or two constraints."""

from __future__ import annotations

from tests.identities.rows import Best, Bound, Follows, Identity, Row, Semidefinite

SQUARE = r"""
A, B \in \mathbb{R}^{n \times n} invertible ; S, P \in \mathbb{R}^{n \times n} symmetric posdef
U \in \mathbb{R}^{n \times m} ; V \in \mathbb{R}^{m \times n} ; C \in \mathbb{R}^{m \times m} invertible
u, v, x, y \in \mathbb{R}^n ; c \neq 0 ; t > 0
"""
BASIS = r"""
index i, j = 1..n
U \in \mathbb{R}^{n \times n} orthogonal ; x, y, z \in \mathbb{R}^n ; A \in \mathbb{R}^{n \times n}
W \in \mathbb{R}^{n \times r} ; assume W^T W = I
X \in \mathbb{R}^{N \times n}
"""
LINES = r"""
index i = 1..n
a, b, x, s \in \mathbb{R}^n ; S \in \mathbb{R}^{n \times n} symmetric posdef ; A \in \mathbb{R}^{m \times n}
c, t, p, q \in \mathbb{R}
w_i, h_i > 0 ; B > 0 ; y, z, \lambda, \mu \in \mathbb{R} ; assume a^T a > 0
"""

ROWS: tuple[Row, ...] = (
    Identity(
        "inverse of a sum, one inverse taken out",
        SQUARE,
        "(S + P)^{-1}",
        "S^{-1} (S^{-1} + P^{-1})^{-1} P^{-1}",
        "S^{-1} (S + P)^{-1} P^{-1}",
    ),
    Identity("difference of inverses", SQUARE, "A^{-1} - B^{-1}", "A^{-1} (B - A) B^{-1}", "A^{-1} (A - B) B^{-1}"),
    Identity(
        "Sherman and Morrison",
        SQUARE + r"assume 1 + v^T A^{-1} u > 0",
        "(A + u v^T)^{-1}",
        r"A^{-1} - \frac{A^{-1} u v^T A^{-1}}{1 + v^T A^{-1} u}",
        r"A^{-1} + \frac{A^{-1} u v^T A^{-1}}{1 + v^T A^{-1} u}",
    ),
    Identity(
        "Woodbury, symmetric",
        SQUARE,
        "(S + t U U^T)^{-1}",
        r"S^{-1} - S^{-1} U (\frac{1}{t} I + U^T S^{-1} U)^{-1} U^T S^{-1}",
        r"S^{-1} - S^{-1} U (t I + U^T S^{-1} U)^{-1} U^T S^{-1}",
    ),
    Identity("pushed through", SQUARE, "U^T (U U^T + t I)^{-1}", "(U^T U + t I)^{-1} U^T", "(U^T U - t I)^{-1} U^T"),
    Identity("resolvent", SQUARE, r"t (t I + S)^{-1}", "I - S (t I + S)^{-1}", "I + S (t I + S)^{-1}"),
    Identity("Cayley transform", SQUARE, "(I + S)^{-1} (I - S)", "(I - S) (I + S)^{-1}", "(I - S)^{-1} (I + S)"),
    Identity("commuting resolvents", SQUARE, "(S + I)^{-1} S", "S (S + I)^{-1}", "S (S - I)^{-1}"),
    Identity(
        "determinant of a rank-one change",
        SQUARE,
        r"\det(S + u u^T)",
        r"\det(S) (1 + u^T S^{-1} u)",
        r"\det(S) (1 - u^T S^{-1} u)",
    ),
    Identity("determinant of a scaled matrix", SQUARE, r"\det(t S)", r"t^n \det(S)", r"t \det(S)"),
    Identity(
        "trace of a rank-one change",
        SQUARE,
        r"\operatorname{tr}(A + u v^T)",
        r"\operatorname{tr}(A) + u^T v",
        r"\operatorname{tr}(A) + u^T u",
    ),
    Identity("orthogonal maps keep products", BASIS, "(U x)^T (U y)", "x^T y", "x^T U y"),
    Identity("orthogonal maps keep lengths", BASIS, r"\|U x\|^2", r"\|x\|^2", r"2 \|x\|^2"),
    Identity(
        "orthogonal maps keep traces",
        BASIS,
        r"\operatorname{tr}(U^T A U)",
        r"\operatorname{tr}(A)",
        r"\operatorname{tr}(A U)",
    ),
    Identity("expansion in a basis", BASIS, "U U^T x", "x", "U x"),
    Identity("projection twice", BASIS, "W W^T W W^T x", "W W^T x", "x"),
    Identity("residual is orthogonal", BASIS, "W^T (x - W W^T x)", "0", "W^T x"),
    Identity("Pythagoras for a projection", BASIS, r"\|x - W W^T x\|^2", r"\|x\|^2 - \|W^T x\|^2", r"\|x\|^2 - \|x\|"),
    Identity(
        "reconstruction error",
        BASIS,
        r"\|X - X W W^T\|_F^2",
        r"\operatorname{tr}(X^T X) - \operatorname{tr}(W^T X^T X W)",
        r"\operatorname{tr}(X^T X) + \operatorname{tr}(W^T X^T X W)",
    ),
    Identity(
        "reconstruction about any codes",
        BASIS + r"q \in \mathbb{R}^r",
        r"\|x - W q\|^2",
        r"\|x - W W^T x\|^2 + \|W^T x - q\|^2",
        r"\|x - W W^T x\|^2 - \|W^T x - q\|^2",
    ),
    Best("best codes", BASIS + r"q \in \mathbb{R}^r", "min", r"\|x - W q\|^2", ("q",), ("W^T x",), ("2 W^T x",)),
    Identity("reflection", BASIS + r"assume z^T z = 1", "(I - 2 z z^T) (I - 2 z z^T)", "I", "I - 2 z z^T"),
    Identity("reflection keeps lengths", BASIS + r"assume z^T z = 1", r"\|x - 2 z z^T x\|^2", r"\|x\|^2", r"2 \|x\|^2"),
    Identity(
        "Rayleigh quotient, gradient",
        BASIS + "assume x^T x > 0",
        r"\nabla_x \frac{x^T A x}{x^T x}",
        r"\frac{(A + A^T) x}{x^T x} - \frac{2 x^T A x}{(x^T x)^2} x",
        r"\frac{(A + A^T) x}{x^T x} + \frac{2 x^T A x}{(x^T x)^2} x",
    ),
    Follows(
        "eigenvectors have eigenvalue quotients",
        BASIS + r"\lambda \in \mathbb{R} ; assume x^T x = 1",
        (r"A x = \lambda x",),
        r"x^T A x = \lambda",
        r"x^T A x = 2 \lambda",
    ),
    Follows(
        "eigenvectors of a square",
        BASIS + r"\lambda \in \mathbb{R}",
        (r"A x = \lambda x",),
        r"A A x = \lambda^2 x",
        r"A A x = \lambda x",
    ),
    Follows(
        "different eigenvalues, orthogonal vectors",
        r"S \in \mathbb{R}^{n \times n} symmetric ; x, y \in \mathbb{R}^n ; \lambda, \mu \in \mathbb{R} ; assume "
        r"\lambda > \mu",
        (r"S x = \lambda x", r"S y = \mu y"),
        "x^T y = 0",
        "x^T x = 0",
    ),
    Semidefinite("inverse", SQUARE, "S^{-1}", "-S^{-1}"),
    Semidefinite("sum of semidefinite", SQUARE, "S + t P", "S - t P"),
    Semidefinite("congruence", SQUARE, "V S V^T", "-V S V^T"),
    Semidefinite("outer product", SQUARE, "u u^T", "u u^T - S"),
    Semidefinite("projection", BASIS, "W W^T", "W W^T - 2 I"),
    Semidefinite("rest of a projection", BASIS, "I - W W^T", "W W^T - 2 I"),
    Semidefinite(
        "Laplacian of a path of three",
        "",
        r"\begin{bmatrix} 1 & -1 & 0 \\ -1 & 2 & -1 \\ 0 & -1 & 1 \end{bmatrix}",
        r"\begin{bmatrix} 1 & -2 & 0 \\ -2 & 2 & -1 \\ 0 & -1 & 1 \end{bmatrix}",
    ),
    Bound("quadratic form of a definite matrix", SQUARE, "x^T S x", ">=", "0", "x^T x"),
    Bound(
        "least value of a quadratic",
        SQUARE,
        r"\frac{1}{2} x^T S x - u^T x",
        ">=",
        r"-\frac{1}{2} u^T S^{-1} u",
        r"\frac{1}{2} u^T S^{-1} u",
    ),
    Bound("Young's inequality for a definite matrix", SQUARE, "2 x^T y", "<=", "x^T S x + y^T S^{-1} y", "x^T S x"),
    Best("least quadratic", SQUARE, "min", r"\frac{1}{2} x^T S x - u^T x", ("x",), ("S^{-1} u",), ("S u",)),
    Best("conjugate of a quadratic", SQUARE, "max", r"u^T x - \frac{t}{2} x^T x", ("x",), (r"\frac{u}{t}",), ("t u",)),
    Best(
        "step with a penalty on its length",
        SQUARE,
        "min",
        r"u^T (x - y) + \frac{1}{2 t} \|x - y\|^2",
        ("x",),
        ("y - t u",),
        ("y + t u",),
    ),
    Best(
        "proximal step of a quadratic",
        SQUARE,
        "min",
        r"\frac{1}{2} x^T S x + \frac{1}{2 t} \|x - y\|^2",
        ("x",),
        ("(I + t S)^{-1} y",),
        ("(I - t S)^{-1} y",),
    ),
    Best(
        "nearest point of a hyperplane",
        LINES,
        "min",
        r"\|x - s\|^2",
        ("x",),
        (r"s - \frac{a^T s - c}{a^T a} a",),
        (r"s + \frac{a^T s - c}{a^T a} a",),
        (r"a^T x = c",),
    ),
    Best(
        "least norm solution of one equation",
        LINES,
        "min",
        r"\|x\|^2",
        ("x",),
        (r"\frac{c}{a^T a} a",),
        (r"\frac{1}{a^T a} a",),
        (r"a^T x = c",),
    ),
    Best(
        "shortest weights that add up",
        LINES,
        "min",
        r"\sum_{i=1}^n x_i^2",
        ("x",),
        (r"\frac{1}{n} \mathbf{1}_n",),
        (r"\mathbf{1}_n",),
        (r"\sum_{i=1}^n x_i = 1",),
    ),
    Best(
        "two constraints",
        LINES,
        "min",
        "y^2 + z^2 + t^2",
        ("y", "z", "t"),
        (r"\frac{4}{3}", r"\frac{2}{3}", r"-\frac{2}{3}"),
        ("1", "1", "-1"),
        ("y + z = 2", "y - t = 2"),
    ),
    Best(
        "portfolio of least variance",
        LINES,
        "min",
        r"x^T S x",
        ("x",),
        (r"\frac{S^{-1} \mathbf{1}_n}{\mathbf{1}_n^T S^{-1} \mathbf{1}_n}",),
        (r"\frac{1}{n} \mathbf{1}_n",),
        (r"\mathbf{1}_n^T x = 1",),
    ),
    Best(
        "inverse-variance weights",
        r"index i, j = 1..n ; x_i \in \mathbb{R} ; h_i > 0",
        "min",
        r"\sum_{i=1}^n h_i x_i^2",
        ("x_i",),
        (r"\frac{1/h_i}{\sum_{j=1}^n 1/h_j}",),
        (r"\frac{1}{n}",),
        (r"\sum_{i=1}^n x_i = 1",),
    ),
    Best(
        "budget split by weights",
        r"index i, j = 1..n ; x_i > 0 ; w_i > 0 ; B > 0",
        "max",
        r"\sum_{i=1}^n w_i \log x_i",
        ("x_i",),
        (r"\frac{B w_i}{\sum_{j=1}^n w_j}",),
        (r"\frac{w_i}{\sum_{j=1}^n w_j}",),
        (r"\sum_{i=1}^n x_i = B",),
    ),
    Best(
        "allocation with a square-root rule",
        r"index i, j = 1..n ; x_i > 0 ; w_i > 0 ; B > 0",
        "min",
        r"\sum_{i=1}^n \frac{w_i^2}{x_i}",
        ("x_i",),
        (r"\frac{B w_i}{\sum_{j=1}^n w_j}",),
        (r"\frac{B}{n}",),
        (r"\sum_{i=1}^n x_i = B",),
    ),
    Best("soft-margin scale", "t > 0 ; c > 0", "min", r"t + \frac{c}{t}", ("t",), (r"\sqrt{c}",), ("c",)),
    Best(
        "best step on a quadratic bound",
        r"g, L > 0 ; t \in \mathbb{R}",
        "min",
        r"-t g + \frac{L t^2 g}{2}",
        ("t",),
        (r"\frac{1}{L}",),
        (r"\frac{2}{L}",),
    ),
    Best("exponential tilting", r"x \in \mathbb{R} ; c > 0", "min", r"e^x - c x", ("x",), (r"\log c",), ("c",)),
    Follows(
        "stationarity of a Lagrangian solved",
        r"x, y, \lambda \in \mathbb{R}",
        (r"2 x - \lambda = 0", r"2 y - \lambda = 0", "x + y = 1"),
        r"x = \frac{1}{2}",
        "x = 1",
    ),
    Follows(
        "normal equations",
        r"X \in \mathbb{R}^{N \times d} ; y \in \mathbb{R}^N ; w \in \mathbb{R}^d ; t > 0",
        (r"X^T (X w - y) + t w = 0",),
        r"w = (X^T X + t I)^{-1} X^T y",
        r"w = (X^T X - t I)^{-1} X^T y",
    ),
    Follows("complementary slackness", r"x, s, u \in \mathbb{R} ; assume u > 0", (r"u s = 0",), "s = 0", "u = s"),
)
