"""Matrix identities of statistics, each with a false twin: leave-one-out, Gaussian products, evidence."""

from __future__ import annotations

from derive.language.terms import Const, Op, term
from tests.identities.matrix_words import (
    ZERO,
    A,
    B,
    E,
    H,
    Identity,
    P,
    R,
    S,
    U,
    V,
    W,
    X,
    b,
    d,
    det,
    eq,
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
    w,
    x,
    y,
    z,
)
from tests.identities.matrix_words import alpha as s2

MEAN = inv(S + P) @ (S @ u + P @ v)
RESIDUAL = eye(n) - U @ inv(U.T @ U) @ U.T
MIRROR = eye(n) - 2 * v @ v.T / (v.T @ v)
PRECISION = X.T @ X / s2 + lam * eye(d)
MAP = inv(PRECISION) @ X.T @ y / s2
SPREAD = s2 * eye(n) + X @ X.T / lam
GAUSSIAN = -(n * log(2 * Const("pi")) + log(det(S)) + (x - y).T @ inv(S) @ (x - y)) / 2

STATISTICS = (
    Identity(
        "one plus a product",
        inv(eye(n) + U @ V),
        eye(n) - U @ inv(eye(m) + V @ U) @ V,
        eye(n) + U @ inv(eye(m) + V @ U) @ V,
    ),
    Identity(
        "ridge hat",
        X @ inv(X.T @ X + lam * eye(d)) @ X.T,
        eye(n) - lam * inv(X @ X.T + lam * eye(n)),
        eye(n) - inv(X @ X.T + lam * eye(n)),
    ),
    Identity(
        "traces of two resolvents",
        lam * tr(inv(X @ X.T + lam * eye(n))),
        n - d + lam * tr(inv(X.T @ X + lam * eye(d))),
        d - n + lam * tr(inv(X.T @ X + lam * eye(d))),
    ),
    Identity(
        "leave one out", inv(S - x @ x.T) @ x, inv(S) @ x / (1 - x.T @ inv(S) @ x), inv(S) @ x / (1 + x.T @ inv(S) @ x)
    ),
    Identity(
        "leverage left out",
        x.T @ inv(S - x @ x.T) @ x,
        x.T @ inv(S) @ x / (1 - x.T @ inv(S) @ x),
        x.T @ inv(S) @ x * (1 - x.T @ inv(S) @ x),
    ),
    Identity(
        "product of two gaussians",
        (x - u).T @ S @ (x - u) + (x - v).T @ P @ (x - v),
        (x - MEAN).T @ (S + P) @ (x - MEAN) + (u - v).T @ inv(inv(S) + inv(P)) @ (u - v),
        (x - MEAN).T @ (S + P) @ (x - MEAN) + (u - v).T @ (inv(S) + inv(P)) @ (u - v),
    ),
    Identity(
        "frisch-waugh-lovell",
        w,
        inv(X.T @ RESIDUAL @ X) @ X.T @ RESIDUAL @ y,
        inv(X.T @ X) @ X.T @ y,
        (eq(U.T @ U @ z + U.T @ X @ w, U.T @ y), eq(X.T @ U @ z + X.T @ X @ w, X.T @ y)),
        {"y": U @ z + X @ w},
    ),
    Identity(
        "block inverse, from its equations",
        E,
        inv(A - U @ inv(R) @ V),
        inv(A + U @ inv(R) @ V),
        (eq(A @ E + U @ H, eye(n)), eq(V @ E + R @ H, ZERO)),
        numeric=False,
    ),
    Identity("householder is orthogonal", MIRROR.T @ MIRROR, eye(n), -eye(n)),
    Identity("householder has determinant -1", det(MIRROR), term(-1), term(1)),
    Identity(
        "log determinant of a marginal",
        log(det(s2 * eye(n) + X @ X.T)),
        (n - d) * log(s2) + log(det(s2 * eye(d) + X.T @ X)),
        n * log(s2) + log(det(s2 * eye(d) + X.T @ X)),
        numeric=False,
    ),
    Identity(
        "generalised least squares", X.T @ inv(S) @ (y - X @ inv(X.T @ inv(S) @ X) @ X.T @ inv(S) @ y), ZERO, X.T @ y
    ),
    Identity(
        "smoother",
        (eye(n) - S @ A.T @ inv(A @ S @ A.T + P) @ A) @ S,
        inv(inv(S) + A.T @ inv(P) @ A),
        inv(inv(S) + A @ inv(P) @ A.T),
    ),
    Identity(
        "posterior mean",
        inv(inv(S) + H.T @ inv(R) @ H) @ (inv(S) @ x + H.T @ inv(R) @ z),
        x + S @ H.T @ inv(H @ S @ H.T + R) @ (z - H @ x),
        x + S @ H.T @ inv(H @ S @ H.T + R) @ (z + H @ x),
    ),
    Identity(
        "low rank plus noise",
        inv(lam * eye(n) + U @ U.T),
        eye(n) / lam - U @ inv(eye(m) + U.T @ U / lam) @ U.T / lam**2,
        eye(n) / lam - U @ inv(eye(m) + U.T @ U / lam) @ U.T / lam,
    ),
    Identity(
        "evidence of a linear model",
        norm2(y - X @ w) / s2 + lam * norm2(w),
        (w - MAP).T @ PRECISION @ (w - MAP) + y.T @ inv(SPREAD) @ y,
        (w - MAP).T @ PRECISION @ (w - MAP) + y.T @ SPREAD @ y,
    ),
    Identity("hua", A - inv(inv(A) + inv(inv(B) - A)), A @ B @ A, A @ A @ B),
    Identity("one side suffices", B @ A, eye(n), W, (eq(A @ B, eye(n)),), {"B": inv(A)}),
    Identity(
        "symmetric divergence",
        tr(inv(P) @ S) + tr(inv(S) @ P) - 2 * n,
        tr((inv(S) - inv(P)) @ (P - S)),
        tr((inv(S) - inv(P)) @ (P + S)),
    ),
    Identity(
        "score of a covariance",
        inv(S) @ (x - u) @ (x - u).T @ inv(S),
        (inv(S) @ (x - u)) @ (inv(S) @ (x - u)).T,
        inv(S) @ (x - u) @ x.T @ inv(S),
    ),
    Identity("log of a gaussian", log(Op("gaussian", (x, y, S))), GAUSSIAN, 2 * GAUSSIAN, numeric=False),
    Identity(
        "ratio of two gaussians of one covariance",
        log(Op("gaussian", (x, u, S))) - log(Op("gaussian", (x, v, S))),
        (inv(S) @ (u - v)).T @ x - (u.T @ inv(S) @ u - v.T @ inv(S) @ v) / 2,
        (inv(S) @ (u - v)).T @ x + (u.T @ inv(S) @ u - v.T @ inv(S) @ v) / 2,
        numeric=False,
    ),
    Identity(
        "fitted and residual lengths", y.T @ y - norm2(RESIDUAL @ y), norm2(U @ inv(U.T @ U) @ U.T @ y), norm2(U.T @ y)
    ),
    Identity(
        "bias of a shrunken mean",
        inv(S + lam * eye(n)) @ S @ b,
        b - lam * inv(S + lam * eye(n)) @ b,
        b + lam * inv(S + lam * eye(n)) @ b,
    ),
)
