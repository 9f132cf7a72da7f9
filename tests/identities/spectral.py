"""Eigenvalues and eigenvectors: spectral decomposition, principal components, graphs, Rayleigh quotients."""

from __future__ import annotations

from tests.identities.rows import Bound, Identity, Row, Semidefinite

SYMMETRIC = r"""
size d >= 2 ; index i, j, k, l = 1..d ; n = 1..N
S \in \mathbb{R}^{d \times d} symmetric ; C \in \mathbb{R}^{d \times d} symmetric posdef ; P \in \mathbb{R}^{d \times d} psd
x, y \in \mathbb{R}^d ; c > 0 ; function \operatorname{eig} = eigenvalues ; function \operatorname{vec} = eigenvectors
let \lambda := \operatorname{eig}(S) ; let V := \operatorname{vec}(S) ; let \Lambda := \operatorname{diag}(\lambda)
let \mu := \operatorname{eig}(C) ; let U := \operatorname{vec}(C) ; let z := V^\top x
"""
ASSUMED = r"""
size d >= 2 ; index i, j, k, l = 1..d ; S \in \mathbb{R}^{d \times d} symmetric ; V \in \mathbb{R}^{d \times d} orthogonal
\lambda \in \mathbb{R}^d ; a \in \mathbb{R} ; assume S V = V \operatorname{diag}(\lambda)
"""
ROTATED = r"""
index i, k = 1..d ; V \in \mathbb{R}^{d \times d} orthogonal ; \lambda \in \mathbb{R}^d ; c > 0 ; b \in \mathbb{R}^d positive
let S := V \operatorname{diag}(\lambda) V^\top ; \beta \in \mathbb{R}^d ; let B := V \operatorname{diag}(b) V^\top
"""
DATA = r"""
size d >= 2 ; index n = 1..N ; i, j, k = 1..d ; x_n \in \mathbb{R}^d ; function \operatorname{eig} = eigenvalues
function \operatorname{vec} = eigenvectors ; let S := \frac{1}{N} \sum_{n=1}^N x_n x_n^\top
let V := \operatorname{vec}(S) ; let \lambda := \operatorname{eig}(S)
"""
GRAPH = r"""
size N >= 2 ; index i, j = 1..N ; W \in \mathbb{R}^{N \times N} symmetric nonnegative
let L := \operatorname{diag}(W \mathbf{1}) - W ; function \operatorname{eig} = eigenvalues
function \operatorname{vec} = eigenvectors ; let f_i := \operatorname{vec}(L)_{i2} ; g \in \mathbb{R}^N
"""

ROWS: tuple[Row, ...] = (
    Identity("eigenvectors, all at once", SYMMETRIC, "S V", r"V \Lambda", r"\Lambda V"),
    Identity(
        "eigenvectors, one by one", SYMMETRIC, r"\sum_{j=1}^d S_{ij} V_{jk}", r"\lambda_k V_{ik}", r"\lambda_i V_{ik}"
    ),
    Identity("spectral decomposition", SYMMETRIC, "S", r"V \Lambda V^\top", r"V^\top \Lambda V"),
    Identity(
        "spectral decomposition, as a sum",
        SYMMETRIC,
        "S_{ij}",
        r"\sum_{k=1}^d \lambda_k V_{ik} V_{jk}",
        r"\sum_{k=1}^d \lambda_k V_{ki} V_{kj}",
    ),
    Identity("diagonalised", SYMMETRIC, r"V^\top S V", r"\Lambda", "S"),
    Identity("eigenvectors are a basis", SYMMETRIC, r"\sum_{k=1}^d V_{ik} V_{jk}", r"\delta_{ij}", "1"),
    Identity(
        "trace by eigenvalues",
        SYMMETRIC,
        r"\operatorname{tr} S",
        r"\sum_{k=1}^d \lambda_k",
        r"\sum_{k=1}^d \lambda_k^2",
    ),
    Identity(
        "Frobenius norm by eigenvalues",
        SYMMETRIC,
        r"\|S\|_F^2",
        r"\sum_{k=1}^d \lambda_k^2",
        r"(\sum_{k=1}^d \lambda_k)^2",
    ),
    Identity("determinant by eigenvalues", SYMMETRIC, r"\det S", r"\prod_{k=1}^d \lambda_k", r"\sum_{k=1}^d \lambda_k"),
    Identity(
        "log determinant by eigenvalues",
        SYMMETRIC,
        r"\log \det C",
        r"\sum_{k=1}^d \log \mu_k",
        r"\log \sum_{k=1}^d \mu_k",
    ),
    Identity(
        "inverse by eigenvalues",
        SYMMETRIC,
        "C^{-1}",
        r"U \operatorname{diag}(\mu)^{-1} U^\top",
        r"U \operatorname{diag}(\mu) U^\top",
    ),
    Identity(
        "trace of an inverse, by eigenvalues",
        SYMMETRIC,
        r"\operatorname{tr}(C^{-1})",
        r"\sum_{k=1}^d \frac{1}{\mu_k}",
        r"\frac{1}{\sum_{k=1}^d \mu_k}",
    ),
    Identity(
        "quadratic form in the eigenbasis",
        SYMMETRIC,
        "x^\\top S x",
        r"\sum_{k=1}^d \lambda_k z_k^2",
        r"\sum_{k=1}^d \lambda_k z_k",
    ),
    Identity("Parseval in the eigenbasis", SYMMETRIC, "x^\\top x", r"\sum_{k=1}^d z_k^2", r"(\sum_{k=1}^d z_k)^2"),
    Identity("eigenvalues of a multiple", SYMMETRIC, r"\operatorname{eig}(c S)", r"c \lambda", r"c^2 \lambda"),
    Bound("greatest Rayleigh quotient", SYMMETRIC, "x^\\top S x", "<=", r"\lambda_d x^\top x", r"\lambda_1 x^\top x"),
    Bound("least Rayleigh quotient", SYMMETRIC, "x^\\top S x", ">=", r"\lambda_1 x^\top x", r"\lambda_d x^\top x"),
    Bound("trace and greatest eigenvalue", SYMMETRIC, r"\operatorname{tr} S", "<=", r"d \lambda_d", r"\lambda_d"),
    Bound("least and greatest eigenvalue", SYMMETRIC, r"\lambda_1", "<=", r"\lambda_d", r"\lambda_1 - 1"),
    Bound("eigenvalues of a definite matrix", SYMMETRIC, r"\mu_k", ">", "0", "1"),
    Semidefinite("shifted by its least eigenvalue", SYMMETRIC, r"S - \lambda_1 I", r"S - \lambda_d I"),
    Semidefinite("greatest eigenvalue bounds", SYMMETRIC, r"\lambda_d I - S", r"\lambda_1 I - S"),
    Identity(
        "assumed eigenvectors, decomposition",
        ASSUMED,
        "S",
        r"V \operatorname{diag}(\lambda) V^\top",
        r"V^\top \operatorname{diag}(\lambda) V",
    ),
    Identity("assumed eigenvectors, diagonalised", ASSUMED, r"V^\top S V", r"\operatorname{diag}(\lambda)", "S"),
    Identity(
        "assumed eigenvectors, trace",
        ASSUMED,
        r"\operatorname{tr} S",
        r"\sum_{k=1}^d \lambda_k",
        r"\sum_{k=1}^d \lambda_k^2",
    ),
    Identity(
        "assumed eigenvectors, shifted",
        ASSUMED,
        "(S + a I) V",
        r"V \operatorname{diag}(\lambda) + a V",
        r"a V \operatorname{diag}(\lambda)",
    ),
    Identity(
        "assumed eigenvectors, squared",
        ASSUMED,
        "S S",
        r"V \operatorname{diag}(\lambda)^2 V^\top",
        r"V \operatorname{diag}(\lambda) V^\top",
    ),
    Identity(
        "ridge in the eigenbasis",
        ROTATED,
        r"(S + c I)^{-1}",
        r"V (\operatorname{diag}(\lambda) + c I)^{-1} V^\top",
        r"V^\top (\operatorname{diag}(\lambda) + c I)^{-1} V",
    ),
    Identity(
        "determinant of a rotated matrix", ROTATED, r"\det S", r"\prod_{k=1}^d \lambda_k", r"\sum_{k=1}^d \lambda_k"
    ),
    Identity("whitening", ROTATED, r"\operatorname{diag}(b)^{-1} V^\top B V", "I", r"\operatorname{diag}(b)"),
    Identity(
        "effective degrees in the eigenbasis",
        ROTATED,
        r"\operatorname{tr}(B (B + c I)^{-1})",
        r"\sum_{k=1}^d \frac{b_k}{b_k + c}",
        r"\sum_{k=1}^d \frac{c}{b_k + c}",
    ),
    Identity(
        "variance along a component",
        DATA,
        r"\frac{1}{N} \sum_{n=1}^N (\sum_{i=1}^d V_{i2} x_{ni})^2",
        r"\lambda_2",
        r"\lambda_1",
    ),
    Identity(
        "components are uncorrelated",
        DATA,
        r"\frac{1}{N} \sum_{n=1}^N (\sum_{i=1}^d V_{i1} x_{ni})(\sum_{i=1}^d V_{i2} x_{ni})",
        "0",
        r"\lambda_1",
    ),
    Identity(
        "total variance, by eigenvalues",
        DATA,
        r"\frac{1}{N} \sum_{n=1}^N x_n^\top x_n",
        r"\sum_{k=1}^d \lambda_k",
        r"\lambda_d",
    ),
    Bound("variances are not negative", DATA, r"\lambda_1", ">=", "0", "1"),
    Identity(
        "energy of an eigenvector of a graph",
        GRAPH,
        r"\frac12 \sum_{i=1}^N \sum_{j=1}^N W_{ij} (f_i - f_j)^2",
        r"\operatorname{eig}(L)_2",
        r"\operatorname{eig}(L)_1",
    ),
    Bound(
        "second eigenvalue bounds the energy",
        GRAPH,
        r"\frac12 \sum_{i=1}^N \sum_{j=1}^N W_{ij} (g_i - g_j)^2",
        "<=",
        r"\operatorname{eig}(L)_N \sum_{i=1}^N g_i^2",
        r"\operatorname{eig}(L)_1 \sum_{i=1}^N g_i^2",
    ),
)
