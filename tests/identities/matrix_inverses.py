"""Identities of inverses: Woodbury, push-through, Kalman, Schur complements, least squares; each with a false twin."""

from __future__ import annotations

from tests.identities.matrix_words import (
    ZERO,
    A,
    B,
    C,
    E,
    H,
    Identity,
    P,
    Q,
    R,
    S,
    U,
    V,
    W,
    X,
    alpha,
    b,
    c,
    d,
    eq,
    eye,
    inv,
    lam,
    m,
    n,
    norm2,
    ones,
    u,
    v,
    w,
    x,
    y,
    z,
)

K = S @ H.T @ inv(H @ S @ H.T + R)
GRAM = inv(X.T @ X)
HAT = X @ GRAM @ X.T
FIT = GRAM @ X.T @ y
SCHUR = inv(A - U @ inv(C) @ V)
BOTH = inv(inv(S) + inv(P))
CENTRE = eye(n) - ones(n) @ ones(n).T / n
CAYLEY = (eye(n) - A) @ inv(eye(n) + A)
CORE = inv(inv(C) + V @ inv(A) @ U)
REDUCED = inv(S) + H.T @ inv(R) @ H

INVERSES = (
    Identity(
        "woodbury", inv(A + U @ C @ V), inv(A) - inv(A) @ U @ CORE @ V @ inv(A), inv(A) + inv(A) @ U @ CORE @ V @ inv(A)
    ),
    Identity(
        "woodbury, C not inverted",
        inv(A + U @ C @ V),
        inv(A) - inv(A) @ U @ C @ inv(eye(m) + V @ inv(A) @ U @ C) @ V @ inv(A),
        inv(A) - inv(A) @ U @ C @ inv(eye(m) + C @ V @ inv(A) @ U) @ V @ inv(A),
    ),
    Identity("woodbury by a product", (A + U @ C @ V) @ (inv(A) - inv(A) @ U @ CORE @ V @ inv(A)), eye(n), A),
    Identity(
        "sherman-morrison",
        inv(A + u @ v.T),
        inv(A) - inv(A) @ u @ v.T @ inv(A) / (1 + v.T @ inv(A) @ u),
        inv(A) - inv(A) @ u @ v.T @ inv(A) / (1 - v.T @ inv(A) @ u),
    ),
    Identity("push-through", inv(eye(n) + U @ V) @ U, U @ inv(eye(m) + V @ U), -(U @ inv(eye(m) + V @ U))),
    Identity(
        "ridge dual", inv(X.T @ X + lam * eye(d)) @ X.T, X.T @ inv(X @ X.T + lam * eye(n)), X.T @ inv(X @ X.T + eye(n))
    ),
    Identity(
        "ridge by the other gram matrix",
        inv(lam * eye(n) + X @ X.T),
        (eye(n) - X @ inv(lam * eye(d) + X.T @ X) @ X.T) / lam,
        (eye(n) - X @ inv(lam * eye(d) + X.T @ X) @ X.T) * lam,
    ),
    Identity("kalman gain", K, inv(REDUCED) @ H.T @ inv(R), inv(REDUCED) @ H.T @ R),
    Identity(
        "joseph form",
        (eye(n) - K @ H) @ S @ (eye(n) - K @ H).T + K @ R @ K.T,
        (eye(n) - K @ H) @ S,
        (eye(n) + K @ H) @ S,
    ),
    Identity(
        "information form",
        inv(REDUCED),
        S - S @ H.T @ inv(H @ S @ H.T + R) @ H @ S,
        S - S @ H.T @ inv(H @ S @ H.T) @ H @ S,
    ),
    Identity("gain from the posterior", (eye(n) - K @ H) @ S @ H.T @ inv(R), K, K @ R),
    Identity(
        "posterior covariance is symmetric", ((eye(n) - K @ H) @ S).T, (eye(n) - K @ H) @ S, (eye(n) - K @ H).T @ S
    ),
    Identity("schur, first entry", A @ SCHUR - U @ inv(C) @ V @ SCHUR, eye(n), 2 * eye(n)),
    Identity(
        "schur, corner", SCHUR @ U @ inv(C), inv(A) @ U @ inv(C - V @ inv(A) @ U), inv(A) @ U @ inv(C + V @ inv(A) @ U)
    ),
    Identity(
        "schur, two forms",
        SCHUR,
        inv(A) + inv(A) @ U @ inv(C - V @ inv(A) @ U) @ V @ inv(A),
        inv(A) - inv(A) @ U @ inv(C - V @ inv(A) @ U) @ V @ inv(A),
    ),
    Identity("normal equations", X.T @ (y - X @ FIT), ZERO, X.T @ y),
    Identity("hat is idempotent", HAT @ HAT, HAT, HAT @ HAT + HAT),
    Identity("hat is symmetric", HAT.T, HAT, -HAT),
    Identity("hat keeps X", HAT @ X, X, 2 * X),
    Identity("residual and fit", (y - X @ FIT).T @ X @ FIT, ZERO, y.T @ X @ FIT),
    Identity("residual sum of squares", norm2(y - X @ FIT), y.T @ y - y.T @ HAT @ y, y.T @ y + y.T @ HAT @ y),
    Identity("parallel sum", S @ inv(S + P) @ P, BOTH, S @ inv(S + P) @ S),
    Identity("parallel sum commutes", S @ inv(S + P) @ P, P @ inv(S + P) @ S, P @ inv(S + P) @ P),
    Identity(
        "fused mean", BOTH @ (inv(S) @ x + inv(P) @ y), x + S @ inv(S + P) @ (y - x), x + P @ inv(S + P) @ (y - x)
    ),
    Identity("inverse of a product", inv(A @ B), inv(B) @ inv(A), inv(A) @ inv(B)),
    Identity("inverse of a transpose", inv(A).T, inv(A.T), inv(A)),
    Identity("inverse of three", inv(A @ S @ B.T), inv(B).T @ inv(S) @ inv(A), inv(B) @ inv(S) @ inv(A)),
    Identity("inverse of an inverse", inv(inv(A + B)), A + B, A - B),
    Identity("resolvent", inv(A) - inv(B), inv(A) @ (B - A) @ inv(B), inv(A) @ (A - B) @ inv(B)),
    Identity("inverse of one plus", inv(eye(n) + A), eye(n) - A @ inv(eye(n) + A), eye(n) + A @ inv(eye(n) + A)),
    Identity("inverse of a sum", inv(A + B), inv(A) - inv(A) @ inv(inv(A) + inv(B)) @ inv(A), inv(A) + inv(B)),
    Identity("searle", A @ inv(A + B) @ B, B @ inv(A + B) @ A, A @ inv(A + B) @ A),
    Identity(
        "bayesian regression",
        alpha * inv(lam * eye(d) + alpha * X.T @ X) @ X.T @ y,
        inv(X.T @ X + lam / alpha * eye(d)) @ X.T @ y,
        inv(X.T @ X + alpha / lam * eye(d)) @ X.T @ y,
    ),
    Identity(
        "evidence quadratic",
        y.T @ inv(lam * eye(n) + X @ X.T) @ y,
        (y.T @ y - y.T @ X @ inv(lam * eye(d) + X.T @ X) @ X.T @ y) / lam,
        y.T @ y - y.T @ X @ inv(lam * eye(d) + X.T @ X) @ X.T @ y / lam,
    ),
    Identity(
        "completing the square",
        x.T @ S @ x - 2 * (b.T @ x),
        (x - inv(S) @ b).T @ S @ (x - inv(S) @ b) - b.T @ inv(S) @ b,
        (x - inv(S) @ b).T @ S @ (x - inv(S) @ b) + b.T @ inv(S) @ b,
    ),
    Identity(
        "a quadratic form opened",
        (x - y).T @ S @ (x - y),
        x.T @ S @ x - 2 * x.T @ S @ y + y.T @ S @ y,
        x.T @ S @ x - x.T @ S @ y + y.T @ S @ y,
    ),
    Identity("rotation keeps length", norm2(Q @ x), norm2(x), 2 * norm2(x)),
    Identity("inverse of a rotated", inv(Q @ A @ Q.T), Q @ inv(A) @ Q.T, Q.T @ inv(A) @ Q),
    Identity("centring removes a constant", CENTRE @ ones(n), ZERO, ones(n)),
    Identity("centring is idempotent", CENTRE @ CENTRE, CENTRE, 2 * CENTRE + eye(n)),
    Identity("solved system", x, inv(A) @ b, A @ b, (eq(A @ x, b),), {"b": A @ x}),
    Identity("least squares solved", w, FIT, FIT + FIT, (eq(X.T @ X @ w, X.T @ y),), {"y": X @ w}),
    Identity(
        "reflection", (eye(n) - 2 * E) @ (eye(n) - 2 * E), eye(n), -eye(n), (eq(E @ E, E),), {"E": u @ v.T / (v.T @ u)}
    ),
    Identity("cayley transform is orthogonal", CAYLEY.T @ CAYLEY, eye(n), A, (eq(A.T, -A),), {"A": B - B.T}),
    Identity(
        "conditional from a precision",
        inv(A) @ U,
        -(V.T @ inv(C)),
        V.T @ inv(C),
        (eq(A @ V.T + U @ C, ZERO),),
        {"U": -(A @ V.T @ inv(C))},
    ),
    Identity(
        "reconstruction error",
        norm2(y - U @ U.T @ y),
        y.T @ y - y.T @ U @ U.T @ y,
        y.T @ y + y.T @ U @ U.T @ y,
        (eq(U.T @ U, eye(m)),),
        numeric=False,
    ),
    Identity("commuting with an inverse", inv(A) @ W, W @ inv(A), W @ A, (eq(A @ W, W @ A),), {"W": A @ A + 2 * A}),
    Identity("a scalar in the middle", x @ (y.T @ A @ u) @ v.T, (u.T @ A.T @ y) * (x @ v.T), (u.T @ A @ y) * (x @ v.T)),
    Identity("power of a matrix", (A + B) ** 2, A @ A + A @ B + B @ A + B @ B, A @ A + 2 * A @ B + B @ B),
    Identity("negative power", (c * A) ** -1, inv(A) / c, inv(A) * c),
    Identity("projection by a vector", (z @ z.T / (z.T @ z)) @ z, z, 2 * z),
)
