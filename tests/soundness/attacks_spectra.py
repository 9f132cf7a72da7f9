"""False claims about eigenvalues and eigenvectors, each beside true ones."""

from __future__ import annotations

from tests.soundness.attacks import Group, cmp, eq, psd

CONTEXT = r"""
size n >= 2 ; index i, j, k, l = 1..n ; index r = 1..m
S, R, P, Q \in \mathbb{R}^{n \times n} symmetric ; A \in \mathbb{R}^{n \times n} ; H \in \mathbb{R}^{n \times n} psd
B \in \mathbb{R}^{n \times n} symmetric posdef ; x \in \mathbb{R}^n ; c \in \mathbb{R}
a > 0 ; t \in \mathbb{R} nonzero
W \in \mathbb{R}^{n \times n} symmetric nonnegative ; M_r \in \mathbb{R}^{n \times n} symmetric
function \operatorname{eig} = eigenvalues ; function \operatorname{vec} = eigenvectors
let V := \operatorname{vec}(S) ; let \Lambda := \operatorname{diag}(\operatorname{eig}(S))
let G := \operatorname{vec}(H)
let L := \operatorname{diag}(W \mathbf{1}) - W ; let f_i := t \operatorname{vec}(L)_{i2}
"""

GROUPS = (
    Group(
        "equations_of_eigenvectors",
        CONTEXT,
        [
            eq("S V", r"\Lambda V"),
            eq("V S", r"V \Lambda"),
            eq("S", r"V^T \Lambda V"),
            eq(r"\operatorname{vec}(S)^T \operatorname{vec}(R)", "I"),
            eq(r"S \operatorname{vec}(R)", r"\operatorname{vec}(R) \operatorname{diag}(\operatorname{eig}(S))"),
            eq(r"A \operatorname{vec}(A)", r"\operatorname{vec}(A) \operatorname{diag}(\operatorname{eig}(A))"),
            eq(r"\sum_{k=1}^{n-1} V_{ik} V_{jk}", r"\delta_{ij}"),
            eq(r"\sum_{i=2}^{n} V_{ik} V_{il}", r"\delta_{kl}"),
            eq(r"\sum_{k=1}^n V_{ik} V_{kj}", r"\delta_{ij}"),
            eq(r"\sum_{k=1}^n V_{ik}", "1"),
            eq(r"\sum_{k=1}^n \operatorname{eig}(R)_k V_{ik} V_{jk}", "R_{ij}"),
            eq(r"\sum_{k=1}^n \operatorname{eig}(S)_k^2", r"(\operatorname{tr} S)^2"),
            eq(r"\prod_{k=1}^n \operatorname{eig}(S)_k", r"\operatorname{tr} S"),
            eq(r"\prod_{k=1}^{n-1} \operatorname{eig}(S)_k", r"\det S"),
            eq(r"\operatorname{eig}(c S)", r"c \operatorname{eig}(S)"),
            eq(r"\operatorname{eig}(-S)", r"-\operatorname{eig}(S)"),
            eq(r"\operatorname{vec}(-S)", r"\operatorname{vec}(S)"),
            eq(r"\operatorname{eig}(S + R)", r"\operatorname{eig}(S) + \operatorname{eig}(R)"),
            eq(r"\sum_{r=1}^m \operatorname{vec}(M_r)^T \operatorname{vec}(M_r)", "I"),
            eq(r"\sum_{i=1}^n \sum_{j=1}^n W_{ij} \operatorname{vec}(L)_{j2}", "0"),
        ],
        [
            eq("S V", r"V \Lambda"),
            eq("V^T S", r"\Lambda V^T"),
            eq("S", r"V \Lambda V^T"),
            eq("V V^T", "I"),
            eq("V^T V", "I"),
            eq("S S", r"V \Lambda \Lambda V^T"),
            eq(r"\operatorname{tr} A", r"\sum_{k=1}^n \operatorname{eig}(A)_k"),
            eq(r"\operatorname{tr}(S S)", r"\sum_{k=1}^n \operatorname{eig}(S)_k^2"),
            eq(r"\det S", r"\prod_{k=1}^n \operatorname{eig}(S)_k"),
            eq(r"\operatorname{eig}(a S)", r"a \operatorname{eig}(S)"),
            eq(r"\sum_{r=1}^m \operatorname{vec}(M_r)^T \operatorname{vec}(M_r)", "m I"),
            eq(r"\sum_{i=1}^n \sum_{j=1}^n f_i L_{ij} f_j", r"t^2 \operatorname{eig}(L)_2"),
            eq(r"\sum_{i=1}^n \sum_{j=1}^n W_{ij} (f_i - f_j)^2", r"2 t^2 \operatorname{eig}(L)_2"),
        ],
    ),
    Group(
        "signs_of_eigenvalues",
        CONTEXT,
        [
            cmp(r"\operatorname{eig}(S)_n", ">=", "0"),
            cmp(r"\operatorname{eig}(H)_1", ">", "0"),
            cmp(r"\operatorname{eig}(H)_2", ">", "0"),
            cmp(r"\operatorname{eig}(H)_n", ">", "0"),
            cmp(r"\sum_{k=1}^n \operatorname{eig}(H)_k G_{k1}^2", ">", "0"),
            cmp(r"\operatorname{eig}(H)_1 \sum_{k=1}^n G_{k1}^2", ">", "0"),
            cmp(r"\operatorname{eig}(H)_k + 0 G_{11}", ">", "0"),
            cmp(r"\operatorname{eig}(R)_2 + 0 V_{11}", ">", "0"),
            cmp(r"\operatorname{eig}(L)_2", ">", "0"),
            cmp(r"\operatorname{eig}(H)_2 \log(\operatorname{eig}(H)_2 - \operatorname{eig}(H)_1)^2", ">", "0"),
            cmp(r"\operatorname{eig}(S)_2", ">", r"\operatorname{eig}(S)_1"),
            cmp("V_{11}", ">", "0"),
            psd(r"R - \operatorname{eig}(S)_1 I"),
        ],
        [
            cmp(r"\operatorname{eig}(B)_1", ">", "0"),
            cmp(r"\operatorname{eig}(H)_1", ">=", "0"),
            cmp(r"\operatorname{eig}(H)_2 + 0 G_{11}", ">", "0"),
            cmp(r"\sum_{i=1}^n \sum_{j=1}^n f_i L_{ij} f_j", ">", "0"),
            cmp(r"\sum_{i=1}^n \sum_{j=1}^n W_{ij} (f_i - f_j)^2", ">", "0"),
        ],
    ),
    Group(
        "eigenvalues_have_no_derivative_here",
        CONTEXT,
        [
            eq(r"\frac{\partial}{\partial c} \operatorname{eig}(c S)_1", "0"),
            eq(r"\frac{\partial}{\partial c} \operatorname{eig}(S + c R)_1", r"\operatorname{eig}(R)_1"),
            eq(r"\frac{\partial}{\partial c} \operatorname{vec}(S + c R)_{11}", "0"),
        ],
        [eq(r"\frac{\partial}{\partial c} (c \operatorname{eig}(S)_1)", r"\operatorname{eig}(S)_1")],
    ),
    Group(
        "declared_not_zero",
        r"u, v \in \mathbb{R} nonzero ; w \in \mathbb{R} ; x \in \mathbb{R}^d nonzero ; index i = 1..d",
        [
            cmp("u", ">", "0"),
            cmp("u v", ">", "0"),
            cmp("u^3", ">", "0"),
            cmp("w^2 u^2", ">", "0"),
            cmp("(u + v)^2", ">", "0"),
            cmp("|u + v|", ">", "0"),
        ],
        [cmp("u^2", ">", "0"), cmp("|u|", ">", "0"), cmp("u^2 v^2", ">", "0"), cmp("x_i^2", ">", "0")],
    ),
)
