"""False claims about vectors that are not zero, each beside true ones."""

from __future__ import annotations

from tests.soundness.attacks import Group, cmp, eq, step

CONTEXT = r"""index i = 1..n ; m = 2..n ; k = 1..n ; x, y, z \in \mathbb{R}^d ; v_i \in \mathbb{R}^d
P \in \mathbb{R}^{d \times d} posdef ; S \in \mathbb{R}^{d \times d} symmetric psd ; A, B \in \mathbb{R}^{d \times d}
a, b \in \mathbb{R}"""

GROUPS = (
    Group(
        "nonzero_vectors",
        CONTEXT,
        [
            cmp("x^T P x", ">", "0"),
            cmp("x^T S x", ">", "0", r"assume x \ne 0"),
            cmp("y^T P y", ">", "0", r"assume x \ne 0"),
            cmp("x^T P y", ">", "0", r"assume x \ne 0"),
            cmp("x^T A^T A x", ">", "0", r"assume x \ne 0"),
            cmp("(x - y)^T P (x - y)", ">", "0", r"assume x \ne 0 ; assume y \ne 0"),
            cmp(r"\|x - z\|^2", ">", "0", r"assume x \ne y"),
            cmp(r"a x^T P x", ">", "0", r"assume x \ne 0"),
            cmp(r"v_i^T P v_i", ">", "0", r"assume v_m \ne 0"),
            cmp(r"v_k^T P v_k", ">", "0", r"assume v_m \ne 0"),
            step([r"A \ne B"], [r"\|(A - B) x\|^2 > 0"]),
            step([r"x \ne 0"], [r"x^T S x > 0"]),
            step([r"x \ne 0"], [r"y^T P y > 0"]),
            step([r"x \ne 0"], [r"\|x\|^2 > 1"]),
            step([r"x \ne y"], [r"\|x\|^2 > 0"]),
            step([r"a x \ne b y"], [r"\|x - y\|^2 > 0"]),
            eq(r"\left| x^T P y \right|", "x^T P y", r"assume x \ne 0 ; assume y \ne 0"),
        ],
        [
            cmp("x^T P x", ">", "0", r"assume x \ne 0"),
            cmp("x^T P^{-1} x", ">", "0", r"assume x \ne 0"),
            cmp(r"\|x - y\|^2", ">", "0", r"assume x \ne y"),
            cmp("v_i^T P v_i", ">", "0", r"assume v_i \ne 0"),
            step([r"x \ne 0"], [r"x^T P x > 0"]),
            step([r"A \ne B"], [r"\|A - B\|^2 > 0"]),
            step([r"x \ne 0", "a > 0"], [r"x^T (P + a I) x > 0"]),
        ],
    ),
)
