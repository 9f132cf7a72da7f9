"""Matrix equations: solved for the unknown where they are linear once its inverses are cleared, else left alone."""

from __future__ import annotations

import pytest

from derive.language.context import Context, SymbolDecl
from derive.language.extents import Extent
from derive.language.terms import Op, Rel, Size, Sym, Term, term
from derive.prove.matrix import NotMatrix, check, prove_equal, solve
from tests.identities.matrix_words import CONTEXT, A, B, C, P, S, U, X, d, eq, eye, inv, lam, n, w, y

T = Sym("T")
CONTEXT_T: Context = CONTEXT.with_symbol(SymbolDecl("T", shape=(Extent.of("n"), Extent.of("m"))))

SOLVED: list[tuple[str, Rel, Sym, Term]] = [
    ("normal equations", eq(X.T @ X @ w, X.T @ y), w, inv(X.T @ X) @ X.T @ y),
    ("transposed", eq(w.T @ X.T @ X, y.T @ X), w, inv(X.T @ X) @ X.T @ y),
    ("ridge", eq(X.T @ (X @ w - y) + lam * w, 0), w, inv(X.T @ X + lam * eye(d)) @ X.T @ y),
    ("covariance", eq(inv(S) @ P @ inv(S), Size("N") * inv(S)), S, P / Size("N")),
    ("covariance, a gradient", eq(Size("N") * inv(S) / 2 - inv(S) @ P @ inv(S) / 2, term(0)), S, P / Size("N")),
    ("two sides", eq(A @ T @ C, U), T, inv(A) @ U @ inv(C)),
    ("a sum on the left", eq(A @ T + B @ T, U), T, inv(A + B) @ U),
    ("a sum on the right", eq(T @ C - 2 * T, U), T, U @ inv(C - 2 * eye(Size("m")))),
    ("an inverse", eq(inv(S), P), S, inv(P)),
    ("inverse of a transpose", eq(inv(A.T) @ B, P), A, inv(P) @ B.T),
]


@pytest.mark.parametrize(("name", "equation", "unknown", "value"), SOLVED, ids=[row[0] for row in SOLVED])
def test_solved(name: str, equation: Rel, unknown: Sym, value: Term) -> None:
    context = CONTEXT_T.with_size("N")
    found = solve(equation, unknown, context)
    assert found is not None
    if found.value != value:
        proof = prove_equal(found.value, value, context)
        assert proof is not None
        assert check(proof, found.value, value, context)
    false = prove_equal(found.value, 2 * value, context)
    assert false is None


UNSOLVED = [
    ("sylvester equation", eq(A @ T + T @ C, U), T),
    ("quadratic", eq(S @ S, P), S),
    ("a scalar of it", eq(X.T @ X @ w + (w.T @ w) * w, X.T @ y), w),
    ("not square", eq(X @ w, y), w),
    ("hidden in a function", eq(X.T @ Op("tanh", (X @ w,)) + w, X.T @ y), w),
    ("hidden in an inverse", eq(inv(S + P) @ A, B), S),
    ("inside a determinant", eq(S * Op("det", (S,)), P), S),
    ("not there", eq(A, B), S),
    ("an inequality", Rel("<=", w, X.T @ y), w),
]


@pytest.mark.parametrize(("name", "equation", "unknown"), UNSOLVED, ids=[row[0] for row in UNSOLVED])
def test_left_alone(name: str, equation: Rel, unknown: Sym) -> None:
    assert solve(equation, unknown, CONTEXT_T) is None


def test_a_scalar_unknown_is_not_ours() -> None:
    with pytest.raises(NotMatrix, match="expected a vector or a matrix"):
        solve(eq(lam * A, B), lam, CONTEXT_T)


def test_conditions_say_which_inverses_exist() -> None:
    found = solve(eq(X.T @ X @ w, X.T @ y), w, CONTEXT_T)
    assert found is not None
    assert found.conditions == ("X^T X is invertible",)
    found = solve(eq((X.T @ X + lam * eye(d)) @ w, X.T @ y), w, CONTEXT_T)
    assert found is not None
    assert found.conditions == ()


def test_the_size_of_the_identity_is_kept() -> None:
    found = solve(eq(A @ T - lam * T, U), T, CONTEXT_T)
    assert found is not None
    assert prove_equal(found.value, inv(A - lam * eye(n)) @ U, CONTEXT_T) is not None
