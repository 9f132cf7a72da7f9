"""What is seen to be positive semidefinite, and what is not."""

from __future__ import annotations

import pytest

from derive.language.terms import Term, term
from derive.prove.matrix import semidefinite
from tests.identities.matrix_words import CONTEXT, A, B, C, H, P, R, S, U, X, c, d, eye, inv, lam, n, norm2, tr, x, y

SEEN: list[tuple[str, Term, tuple[str, ...]]] = [
    ("gram", X.T @ X, ()),
    ("ridge", X.T @ X + lam * eye(d), ()),
    ("inverse of ridge", inv(X.T @ X + lam * eye(d)), ()),
    ("inverse of a gram", inv(X.T @ X), ("X^T X is invertible",)),
    ("sandwich", A @ S @ A.T, ()),
    ("deep sandwich", A @ U @ R @ U.T @ A.T, ()),
    ("centred square", (x - y).T @ S @ (x - y), ()),
    ("sandwich of a sum", (A - B) @ (S + P) @ (A - B).T, ()),
    ("scatter", (x - y) @ (x - y).T, ()),
    ("innovation", H @ S @ H.T + R, ()),
    ("norm", norm2(x - y) + lam, ()),
    ("trace", tr(A.T @ A), ()),
    ("square of a scalar times", c**2 * S, ()),
    ("over a positive", (x @ x.T) / lam, ()),
]
UNSEEN: list[tuple[str, Term]] = [
    ("any matrix", A),
    ("difference", S - P),
    ("minus", -S),
    ("product of two definite", S @ P),
    ("transpose dropped", A @ S @ A),
    ("wrong middle", A @ B @ A.T),
    ("unsigned scalar", c * S),
    ("shifted", X.T @ X - lam * eye(d)),
    ("mixed product", (x - y).T @ S @ (x + y)),
    ("outer of two", x @ y.T),
    ("negative number", term(-1) * S),
    ("divided by an unsigned scalar", S / c),
    ("square of an unsymmetric matrix", C @ C),
]


@pytest.mark.parametrize(("name", "seen", "conditions"), SEEN, ids=[row[0] for row in SEEN])
def test_seen(name: str, seen: Term, conditions: tuple[str, ...]) -> None:
    assert semidefinite(seen, CONTEXT) == conditions


@pytest.mark.parametrize(("name", "unseen"), UNSEEN, ids=[row[0] for row in UNSEEN])
def test_unseen(name: str, unseen: Term) -> None:
    assert semidefinite(unseen, CONTEXT) is None


def test_the_identity_is_definite() -> None:
    assert semidefinite(eye(n), CONTEXT) == ()
