"""The matrix engine proves the true identities and not their false twins; forged certificates are refused."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from functools import partial

import pytest

from derive.language.context import Definition, Fact, SymbolDecl
from derive.language.extents import Extent, Range
from derive.language.terms import Index, Op, Sym
from derive.prove.matrix import NotMatrix, Proof, check, prove_equal
from derive.prove.matrix.certificate import Derived, DetProduct, Inverse, Orthogonal, Reciprocal, Use
from derive.prove.matrix.certificate import Fact as Fact_
from derive.prove.matrix.words import Poly, identity
from tests.identities.matrix_inverses import INVERSES
from tests.identities.matrix_numbers import agree
from tests.identities.matrix_statistics import STATISTICS
from tests.identities.matrix_traces import DETERMINANTS, TRACES
from tests.identities.matrix_words import CONTEXT, A, B, Identity, U, V, X, alpha, b, d, eq, eye, inv, lam, m, n, x
from tests.work import counted

ALL: Sequence[Identity] = (*INVERSES, *TRACES, *DETERMINANTS, *STATISTICS)


@pytest.mark.parametrize("row", ALL, ids=lambda row: row.name)
def test_true_is_proved_and_checked(row: Identity) -> None:
    proof = prove_equal(row.left, row.right, CONTEXT, row.given)
    assert proof is not None
    assert check(proof, row.left, row.right, CONTEXT, row.given)
    assert not check(proof, row.left, row.wrong, CONTEXT, row.given)


@pytest.mark.parametrize("row", ALL, ids=lambda row: row.name)
def test_false_twin_is_not_proved(row: Identity) -> None:
    assert prove_equal(row.left, row.wrong, CONTEXT, row.given) is None


@pytest.mark.parametrize("row", [row for row in ALL if row.numeric], ids=lambda row: row.name)
def test_numbers_agree_with_the_engine(row: Identity) -> None:
    true = [agree(row.left, row.right, CONTEXT, row.values, seed) for seed in range(24)]
    false = [agree(row.left, row.wrong, CONTEXT, row.values, seed) for seed in range(12)]
    assert True in true
    assert False not in true
    assert False in false


def test_every_claim_needs_little_work() -> None:
    costs = [counted(partial(prove_equal, row.left, row.right, CONTEXT, row.given), 1_000_000)[1] for row in ALL]
    assert sorted(costs)[len(costs) // 2] < 5_000


def test_a_statement_without_matrices_is_not_ours() -> None:
    with pytest.raises(NotMatrix, match="no product"):
        prove_equal(lam + alpha, alpha + lam, CONTEXT)


def test_a_shape_error_is_told() -> None:
    with pytest.raises(NotMatrix, match="cannot multiply"):
        prove_equal(U @ U, A, CONTEXT)


def test_an_elementwise_function_is_a_letter_of_its_own() -> None:
    bent = Op("tanh", (A,))
    assert prove_equal((bent @ B).T, B.T @ bent.T, CONTEXT) is not None
    assert prove_equal((bent @ B).T, B.T @ Op("tanh", (B,)).T, CONTEXT) is None


def test_definitions_are_unfolded() -> None:
    hat = SymbolDecl("M", shape=CONTEXT.symbols["A"].shape, definition=Definition((), X @ inv(X.T @ X) @ X.T))
    context = CONTEXT.with_symbol(hat)
    assert prove_equal(Sym("M") @ Sym("M"), Sym("M"), context) is not None
    assert prove_equal(Sym("M") @ A, A, context) is None


def test_facts_of_the_context_are_used_and_needed() -> None:
    assert prove_equal(inv(A) @ b, x, CONTEXT) is None
    context = CONTEXT.with_fact(Fact(eq(A @ x, b)))
    proof = prove_equal(inv(A) @ b, x, context)
    assert proof is not None
    assert check(proof, inv(A) @ b, x, context)
    assert not check(proof, inv(A) @ b, x, CONTEXT)


def test_members_of_a_family_are_different_letters() -> None:
    family = SymbolDecl("Σ", family=(Range.upto("n"),), shape=CONTEXT.symbols["A"].shape)
    context = CONTEXT.with_symbol(family)
    one, other = Sym("Σ", (Index("j"),)), Sym("Σ", (Index("k"),))
    assert prove_equal(one @ inv(one), eye(n), context) is not None
    assert prove_equal(one @ inv(other), eye(n), context) is None


def test_conditions_name_the_inverses() -> None:
    proof = prove_equal(inv(A @ B), inv(B) @ inv(A), CONTEXT)
    assert proof is not None
    assert set(proof.conditions) == {"A is invertible", "B is invertible"}
    proof = prove_equal(inv(X.T @ X + lam * eye(d)) @ X.T, X.T @ inv(X @ X.T + lam * eye(n)), CONTEXT)
    assert proof is not None
    assert proof.conditions == ()


LEFT, RIGHT, WRONG = inv(eye(n) + U @ V) @ U, U @ inv(eye(m) + V @ U), -(U @ inv(eye(m) + V @ U))
ONE = Use(Fraction(1), (), (), 0, ())


def forged() -> list[tuple[str, Proof]]:
    """Liars: each claims to prove ``LEFT = WRONG``."""
    good = prove_equal(LEFT, RIGHT, CONTEXT)
    assert good is not None
    swapped = tuple(("letter", ("term", A, False)) if key[0] == "inv" else (kind, key) for kind, key in good.names)
    square = identity(Extent.of("n")).frozen()
    nothing = (Extent.of(1), Extent.of(1), ())
    empty = (Extent.of("n"), Extent.of("n"), ())
    last = len([key for kind, key in good.names if kind == "atom"])
    own = [(Use(Fraction(1), (), word, 0, ())) for word in ((0, 1), ())]
    strange = Poly(Extent.of("n"), Extent.of("n"), {((), (0, 1)): Fraction(1), ((), ()): Fraction(5)}).frozen()
    letters = len([key for kind, key in good.names if kind == "letter"])
    return [
        ("the proof of something else", good),
        ("no uses", replace(good, uses=())),
        ("uses twice", replace(good, uses=good.uses * 2)),
        ("other factors", replace(good, uses=tuple(replace(use, factor=-use.factor) for use in good.uses))),
        ("letters renamed", replace(good, names=swapped)),
        ("no letters", replace(good, names=())),
        ("a relation that rests on itself", replace(good, relations=(Derived((ONE,)),), uses=(ONE,))),
        ("a relation that is not there", replace(good, uses=(replace(ONE, relation=99),))),
        ("a negative place", replace(good, uses=(replace(ONE, relation=-1),))),
        ("a letter called orthogonal", replace(good, relations=(Orthogonal(0),), uses=(ONE,))),
        ("an inverse of nothing", replace(good, relations=(Inverse(0, True),), uses=(ONE,))),
        ("an invented fact", replace(good, relations=(Fact_(0),), uses=(ONE,), facts=(eq(LEFT, WRONG),))),
        (
            "one over nothing",
            replace(
                good, names=(*good.names, ("atom", ("recip", nothing))), relations=(Reciprocal(last),), uses=(own[1],)
            ),
        ),
        (
            "the inverse of nothing",
            replace(
                good,
                names=(*good.names, ("letter", ("inv", empty))),
                relations=(Inverse(letters, True),),
                uses=(own[1],),
            ),
        ),
        (
            "an inverse that nobody wrote",
            replace(
                good,
                names=(*good.names, ("letter", ("inv", strange))),
                conditions=(*good.conditions, "5 I + U V is invertible"),
            ),
        ),
        ("a division in disguise", replace(good, uses=tuple(replace(use, scalars=((0, -1),)) for use in good.uses))),
        (
            "det of what is no product",
            replace(good, relations=(DetProduct(square, square, square, (ONE,)),), uses=(ONE,)),
        ),
    ]


@pytest.mark.parametrize(("name", "proof"), forged(), ids=lambda item: item if isinstance(item, str) else "")
def test_a_forged_proof_is_refused(name: str, proof: Proof) -> None:
    assert not check(proof, LEFT, WRONG, CONTEXT)


def test_a_proof_may_not_ask_for_more_than_the_statement() -> None:
    good = prove_equal(LEFT, RIGHT, CONTEXT)
    assert good is not None
    more = Poly(Extent.of("n"), Extent.of("n"), {((), (0, 1)): Fraction(1), ((), ()): Fraction(5)}).frozen()
    names = (*good.names, ("letter", ("inv", more)))
    assert check(good, LEFT, RIGHT, CONTEXT)
    assert not check(replace(good, names=names), LEFT, RIGHT, CONTEXT)
    asked = (*good.conditions, "5 I + U V is invertible")
    assert not check(replace(good, names=names, conditions=asked), LEFT, RIGHT, CONTEXT)


def test_hidden_conditions_are_refused() -> None:
    good = prove_equal(LEFT, RIGHT, CONTEXT)
    assert good is not None
    assert good.conditions
    assert not check(replace(good, conditions=()), LEFT, RIGHT, CONTEXT)


def test_every_relation_of_a_proof_is_needed_as_it_is() -> None:
    """Damage one factor anywhere in a certificate: it no longer shows anything."""
    row = next(row for row in ALL if row.name == "woodbury")
    good = prove_equal(row.left, row.right, CONTEXT)
    assert good is not None
    for place, reason in enumerate(good.relations):
        if isinstance(reason, Derived):
            bent = Derived((replace(reason.uses[0], factor=reason.uses[0].factor + 1), *reason.uses[1:]))
            relations = (*good.relations[:place], bent, *good.relations[place + 1 :])
            assert not check(replace(good, relations=relations), row.left, row.right, CONTEXT)
