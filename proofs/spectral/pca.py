r"""Principal components of ten points in three dimensions (solution 5, problem 1)."""

from __future__ import annotations

from derive import Derivation

POINTS = (
    (1, 2, 3), (4, 8, 5), (3, 12, 9), (1, 8, 5), (5, 14, 2), (7, 4, 1), (9, 8, 9), (3, 8, 1), (11, 5, 6), (10, 11, 7),
)  # fmt: skip
ROWS = r" \\ ".join(" & ".join(map(str, point)) for point in POINTS)

# The covariance has the divisor n - 1 = 9. The axes are its unit eigenvectors, by falling eigenvalue; each is
# determined up to its sign only, and with it a column of components.
d = Derivation(
    "spectral/pca",
    title="Principal components",
    source="solution 5, problem 1.1",
    context=rf"""
        index n = 1..10 ; index j, k = 1..3
        function \operatorname{{eig}} = eigenvalues ; function \operatorname{{vec}} = eigenvectors
        let X := \begin{{bmatrix}} {ROWS} \end{{bmatrix}}
        let m_j := \frac{{1}}{{10}} \sum_{{n=1}}^{{10}} X_{{nj}}
        C, U \in \mathbb{{R}}^{{3 \times 3}} ; Z \in \mathbb{{R}}^{{10 \times 3}}
        let c_{{jk}} := \frac{{1}}{{9}} \sum_{{n=1}}^{{10}} (X_{{nj}} - m_j) (X_{{nk}} - m_k)
        component c_{{jk}} of C
        let \lambda_k := \operatorname{{eig}}(C)_{{4-k}}
        let u_{{jk}} := \operatorname{{vec}}(C)_{{j,4-k}}
        component u_{{jk}} of U
        let z_{{nk}} := \sum_{{j=1}}^3 (X_{{nj}} - m_j) u_{{jk}}
        component z_{{nk}} of Z
        let \hat{{x}}_{{nj}} := m_j + \sum_{{k=1}}^2 z_{{nk}} u_{{jk}}
    """,
)
VARIANCES = r"\begin{bmatrix} \lambda_1 & \lambda_2 & \lambda_3 \end{bmatrix}"
d.value("eigenvalues", VARIANCES, "16.99715933 12.9228041 6.08003657")
# The text lost signs and one entry (second row, last column); the rest of its digits are these.
d.value(
    "axes",
    "U",
    """
    -0.6165947  -0.67817891  0.39985541
    -0.58881629  0.73439013  0.33758926
    -0.52259579 -0.02728563 -0.85214385
    """,
    up_to_sign=True,
)
# Here it lost signs and the last entry.
d.value(
    "components",
    "Z",
    """
     7.18658682 -1.37323947 -2.25104047
     0.75871342  0.94399334 -0.73022635
    -3.07034019  4.45059025 -3.1883001
     2.60849751  2.97853006 -1.92979259
    -1.82299166  4.75401212  4.25159619
     3.35457763 -3.91896138  2.52755823
    -4.41464321 -2.55604371 -2.13952468
     3.46569126  1.73131477  2.27849363
    -2.31359638 -6.03371503  0.2038499
    -5.75249521 -0.97648096  0.97738622
    """,
    up_to_sign=True,
    source="solution 5, problem 1.2",
)
# The average is over the ten points: divisor n = 10. So it is nine tenths of the last eigenvalue. The program printed
# one digit more than its arithmetic carries.
ERROR = r"\frac{1}{10} \sum_{n=1}^{10} \sum_{j=1}^3 (X_{nj} - \hat{x}_{nj})^2"
THIRD = "solution 5, problem 1.3"
d.value(
    "reconstruction_error",
    ERROR,
    "5.472032912651864",
    source=THIRD,
    expect="refuted",
    reason="the last digit printed is a rounding error: ...863, not ...864",
)
d.value("reconstruction_error_corrected", ERROR, "5.472032912651863", source=THIRD)
d.value("reconstruction_error_by_eigenvalue", r"\frac{9}{10} \lambda_3", "5.472032912651863", source=THIRD)

d.figure("scatter", "The ten points along their first two principal axes", claim="components")

derivation = d.build()
