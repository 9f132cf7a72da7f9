"""False claims about powers of matrices with symbolic exponents, each beside true ones."""

from __future__ import annotations

from tests.soundness.attacks import Group, eq

CONTEXT = r"""
size n >= 1 ; size T >= 1 ; index t, s = 1..T ; index i, j, k = 1..d ; P, M, A \in \mathbb{R}^{d \times d}
V \in \mathbb{R}^{d \times d} orthogonal ; B \in \mathbb{R}^{d \times d} symmetric posdef
\lambda \in \mathbb{R}^d ; c, a \in \mathbb{R} ; \gamma \in (0,1) ; S \in \mathbb{R}^{d \times d} symmetric
D \in \mathbb{R}^{d \times d} diagonal ; x \in \mathbb{R}^d
function \operatorname{eig} = eigenvalues ; function \operatorname{vec} = eigenvectors ; let U := \operatorname{vec}(S)
"""

GROUPS = (
    Group(
        "matrix_powers",
        CONTEXT,
        [
            eq("P^t P", "P^t"),
            eq("P^t M^t", "(P M)^t"),
            eq("P^t M", "M P^t"),
            eq("P^t M^s", "M^s P^t"),
            eq("(P + M)^t", "P^t + M^t"),
            eq(r"(P^t)^\top", "P^t"),
            eq("(c P)^t", "c P^t"),
            eq("P^t P^s", "P^{t s}"),
            eq("(P^t)_{ij}", "(P_{ij})^t"),
            eq(r"(V \operatorname{diag}(\lambda) V^\top)^t", r"V^\top \operatorname{diag}(\lambda)^t V"),
            eq(r"(A \operatorname{diag}(\lambda) A^\top)^t", r"A \operatorname{diag}(\lambda)^t A^\top"),
            eq(r"(V \operatorname{diag}(\lambda) V)^t", r"V \operatorname{diag}(\lambda)^t V"),
            eq("S^t", r"U^\top \operatorname{diag}(\operatorname{eig}(S))^t U"),
            eq(r"\operatorname{tr}(S^t)", r"(\operatorname{tr} S)^t"),
            eq("(I - a A)(I + a A)^t", "(I - a A)^{t+1}"),
            eq(r"(I - P)\sum_{t=0}^{n} P^t", "I - P^{n}"),
            eq(r"\sum_{t=0}^{n} P^t", "(I - P)^{-1} (I - P^{n})"),
            eq(r"\sum_{t=0}^{n-1} \gamma^t P^t", r"(I - P)^{-1} (I - \gamma^n P^{n})"),
            eq(r"\sum_{t=0}^{n-1} P^t M^t", "(I - P M)^{-1} (I - (P M)^{n})"),
            eq("(I + M)^{-1} P^{t+1}", "P^t - (I + M)^{-1} P^t"),
            eq("P^{-1} M^{t+1}", "M^t"),
            eq(r"\frac{\partial}{\partial c} \operatorname{tr}((c P + M)^t)", "0"),
        ],
        [
            eq("P^t P", "P^{t+1}"),
            eq("P P^t", "P^{t+1}"),
            eq("P^{t-1} P", "P^t"),
            eq("P^t P^s", "P^{s+t}"),
            eq(r"(P^t)^\top", r"(P^\top)^t"),
            eq(r"(S^t)^\top", "S^t"),
            eq("(c P)^t", "c^t P^t"),
            eq(r"(V \operatorname{diag}(\lambda) V^\top)^t", r"V \operatorname{diag}(\lambda)^t V^\top"),
            eq(r"(V^\top D V)^t", r"V^\top D^t V"),
            eq("S^t", r"U \operatorname{diag}(\operatorname{eig}(S))^t U^\top"),
            eq(r"\operatorname{tr}(S^t)", r"\sum_{k=1}^d \operatorname{eig}(S)_k^t"),
            eq("(I - a A)(I - a A)^t", "(I - a A)^{t+1}"),
            eq(r"(I - P)\sum_{t=0}^{n-1} P^t", "I - P^{n}"),
            eq(r"\sum_{t=0}^{n-1} P^t", "(I - P)^{-1} (I - P^{n})"),
            eq(r"\sum_{t=0}^{n-1} \gamma^t P^t", r"(I - \gamma P)^{-1} (I - \gamma^n P^{n})"),
            eq("(I + P)^{-1} P^{t+1}", "P^t - (I + P)^{-1} P^t"),
            eq("B^{-1} B^{t+1}", "B^t"),
        ],
    ),
    Group(
        "recurrences_of_vectors",
        CONTEXT
        + r"""index r = 0..T ; h_r, e_r, p_r \in \mathbb{R}^d ; b_t \in \mathbb{R}^d
assume h_t = A h_{t-1} ; assume e_t = e_{t-1} - a A e_{t-1} ; assume p_t = A p_{t-1} + b_t ; assume p_0 = 0""",
        [
            eq("h_t", "A^{t-1} h_0"),
            eq("h_t", "A^t h_1"),
            eq("e_r", "(I - A)^r e_0"),
            eq("p_t", r"\sum_{s=1}^t A^{s} b_s"),
            eq("p_t", r"\sum_{s=1}^t A^{t-s+1} b_s"),
        ],
        [
            eq("h_t", "A^t h_0"),
            eq("h_r", "A^r h_0"),
            eq("e_r", "(I - a A)^r e_0"),
            eq("p_t", r"\sum_{s=1}^t A^{t-s} b_s"),
        ],
    ),
)
