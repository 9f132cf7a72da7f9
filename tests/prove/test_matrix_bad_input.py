"""Nothing but ``NotMatrix`` comes out of the engine, whatever goes in."""

from __future__ import annotations

import time
from random import Random

import pytest

from derive.language.extents import Range
from derive.language.terms import Apply, Big, Const, Entry, Index, Matrix, Num, Op, Size, Sym, Term, term
from derive.prove.matrix import NotMatrix, check, prove_equal, semidefinite, solve
from tests.identities.matrix_words import CONTEXT, A, B, C, Q, S, U, V, X, c, eq, lam, x, y
from tests.work import counted

LEAVES: tuple[Term, ...] = (
    *(
        A,
        B,
        C,
        Q,
        S,
        U,
        V,
        X,
        c,
        lam,
        x,
        y,
        term(0),
        term(1),
        term(-2),
        term(3) / 2,
        Size("n"),
        Const("pi"),
        Sym("undeclared"),
    ),
    *(Index("i"), Entry(x, (Index("i"),)), Apply("unknown", (x,)), Matrix(((term(1), term(2)),))),
    *(Op("ones", (Size("n"),)), Op("zeros", (Size("n"), Size("m"))), Op("identity", (Size("n"),))),
    Big("sum", "i", Range.upto("n"), Entry(x, (Index("i"),))),
)
UNARY = ("neg", "transpose", "inverse", "det", "trace", "log", "exp", "norm2", "norm", "diag", "sqrt", "total", "tanh")
BINARY = ("add", "mul", "mul", "mul", "div", "pow", "inner", "outer", "hadamard", "kron")


def grown(random: Random, depth: int) -> Term:
    """A random term, mostly nonsense."""
    if depth == 0 or random.random() < 0.1:
        return random.choice(LEAVES)
    if random.random() < 0.4:
        return Op(random.choice(UNARY), (grown(random, depth - 1),))
    return Op(random.choice(BINARY), (grown(random, depth - 1), grown(random, depth - 1)))


@pytest.mark.parametrize("seed", range(20))
def test_nonsense_is_refused_in_words(seed: int) -> None:
    told: list[str] = []
    random = Random(seed)
    for _ in range(60):
        left, right = grown(random, random.randint(1, 4)), grown(random, random.randint(0, 2))
        for go in (_prove, _solve, _semidefinite):
            try:
                go(left, right)
            except NotMatrix as error:
                told.append(str(error))
    assert all(told)


def _prove(left: Term, right: Term) -> None:
    for other in (left, right):
        proof = prove_equal(left, other, CONTEXT)
        assert proof is None or check(proof, left, other, CONTEXT)


def _solve(left: Term, right: Term) -> None:
    solve(eq(left, right), S, CONTEXT)


def _semidefinite(left: Term, right: Term) -> None:
    semidefinite(left, CONTEXT)


def test_a_deep_term_is_refused() -> None:
    deep: Term = A
    for _ in range(5000):
        deep = Op("neg", (deep,))
    with pytest.raises(NotMatrix, match="deep"):
        prove_equal(deep, A, CONTEXT)


def test_a_large_power_is_refused() -> None:
    many = (A + B + A @ B) ** 12
    with pytest.raises(NotMatrix, match="products"):
        prove_equal(many, A, CONTEXT)


def test_a_deadline_is_kept() -> None:
    left = Op("inverse", (Op("add", (A, U @ V)),))
    right = Op("inverse", (Op("add", (A, B)),))
    given = (eq(A @ B @ A, B @ A @ B),)
    past = time.monotonic() - 1
    _, work = counted(lambda: prove_equal(left, right, CONTEXT, given), 10_000_000)
    answer, stopped = counted(lambda: prove_equal(left, right, CONTEXT, given, past), 10_000_000)
    assert answer is None
    assert stopped < work / 20


def test_a_proof_of_nonsense_is_refused() -> None:
    proof = prove_equal(A @ B, A @ B, CONTEXT)
    assert proof is not None
    assert not check(proof, A @ B, B @ A, CONTEXT)
    assert not check(proof, A @ B, Num(term(1).value), CONTEXT)  # type: ignore[attr-defined]
    assert not check(proof, A @ U, U @ A, CONTEXT)
