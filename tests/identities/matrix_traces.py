"""Identities of traces and determinants, each with a false twin."""

from __future__ import annotations

from tests.identities.matrix_words import (
    ZERO,
    A,
    B,
    C,
    H,
    Identity,
    P,
    Q,
    R,
    S,
    U,
    V,
    X,
    c,
    d,
    det,
    eye,
    inv,
    lam,
    log,
    m,
    n,
    norm2,
    tr,
    u,
    v,
    x,
    y,
)

CORE = inv(C) + V @ inv(A) @ U

TRACES = (
    Identity("cyclic", tr(A @ U @ V), tr(V @ A @ U), tr(A @ A @ U @ V)),
    Identity("cyclic, not any order", tr(A @ B @ S), tr(B @ S @ A), tr(B @ A @ S)),
    Identity("transpose under a trace", tr(A.T @ B), tr(B.T @ A), tr(B @ A)),
    Identity("commutator", tr(A @ B - B @ A), ZERO, tr(A @ B)),
    Identity("outer product", tr(x @ y.T), y.T @ x, 2 * (y.T @ x)),
    Identity("scalar is its transpose", x.T @ A @ y, y.T @ A.T @ x, y.T @ A @ x),
    Identity("quadratic form as a trace", x.T @ S @ x, tr(S @ x @ x.T), tr(S @ S @ x @ x.T)),
    Identity("trace of the identity", tr(eye(n)), n, n + 1),
    Identity("trace of the hat matrix", tr(X @ inv(X.T @ X) @ X.T), d, n),
    Identity("residual degrees of freedom", tr(eye(n) - X @ inv(X.T @ X) @ X.T), n - d, n + d),
    Identity(
        "effective degrees",
        tr(X @ inv(X.T @ X + lam * eye(d)) @ X.T),
        d - lam * tr(inv(X.T @ X + lam * eye(d))),
        d + ZERO,
    ),
    Identity("similarity", tr(inv(A) @ B @ A), tr(B), tr(A)),
    Identity("rotated", tr(Q @ A @ Q.T), tr(A), tr(Q @ A)),
    Identity(
        "frobenius norm", norm2(A - B), norm2(A) - 2 * tr(A.T @ B) + norm2(B), norm2(A) - 2 * tr(A @ B) + norm2(B)
    ),
    Identity("expected quadratic", tr(S @ (P + x @ x.T)), tr(S @ P) + x.T @ S @ x, tr(S @ P) - x.T @ S @ x),
    Identity("scale", tr(c * A), c * tr(A), c * c * tr(A)),
)

DETERMINANTS = (
    Identity("det of a product", det(A @ B), det(B) * det(A), det(A) + det(B)),
    Identity("det of an inverse", det(inv(A)), 1 / det(A), det(A)),
    Identity("det of a transpose", det(A.T), det(A), -det(A)),
    Identity("det of a multiple", det(c * A), c**n * det(A), c * det(A)),
    Identity("det of minus", det(-A) * det(-B), det(A) * det(B), -(det(A) * det(B))),
    Identity("det squared", det(A.T @ A), det(A) ** 2, det(A)),
    Identity("det, similarity", det(inv(A) @ B @ A), det(B), det(A)),
    Identity("det, similarity of a sum", det(inv(A) @ (B + S) @ A), det(B + S), det(B - S)),
    Identity("det, rotated", det(Q @ A @ Q.T), det(A), -det(A)),
    Identity(
        "matrix determinant lemma", det(A + u @ v.T), det(A) * (1 + v.T @ inv(A) @ u), det(A) * (1 - v.T @ inv(A) @ u)
    ),
    Identity("matrix determinant lemma, blocks", det(A + U @ C @ V), det(A) * det(C) * det(CORE), det(A) * det(CORE)),
    Identity("sylvester", det(eye(n) + U @ V), det(eye(m) + V @ U), det(eye(m) - V @ U)),
    Identity(
        "sylvester, scaled",
        lam**m * det(lam * eye(n) + U @ V),
        lam**n * det(lam * eye(m) + V @ U),
        lam**m * det(lam * eye(m) + V @ U),
    ),
    Identity(
        "innovation determinant",
        det(H @ S @ H.T + R),
        det(R) * det(S) * det(inv(S) + H.T @ inv(R) @ H),
        det(R) * det(inv(S) + H.T @ inv(R) @ H),
    ),
    Identity("det of a parallel sum", det(inv(S) + inv(P)), det(S + P) / (det(S) * det(P)), det(S + P) * det(S)),
    Identity(
        "schur determinants",
        det(C) * det(A - U @ inv(C) @ V),
        det(A) * det(C - V @ inv(A) @ U),
        det(A) * det(C + V @ inv(A) @ U),
    ),
    Identity("log det of an inverse", log(det(inv(S))), -log(det(S)), log(det(S)), numeric=False),
    Identity(
        "log det of a product", log(det(A @ B)), log(det(A)) + log(det(B)), log(det(A)) - log(det(B)), numeric=False
    ),
    Identity(
        "log det of a multiple", log(det(lam * S)), n * log(lam) + log(det(S)), log(lam) + log(det(S)), numeric=False
    ),
    Identity(
        "log det lemma",
        log(det(S + u @ u.T)),
        log(det(S)) + log(1 + u.T @ inv(S) @ u),
        log(det(S)) - log(1 + u.T @ inv(S) @ u),
        numeric=False,
    ),
)
