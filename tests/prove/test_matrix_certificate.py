"""Every reason a certificate may give is refused where it does not hold: one liar per guard of the checker."""

from __future__ import annotations

from fractions import Fraction

import pytest

from derive.language.operators import ShapeError
from derive.language.terms import Rel
from derive.prove.matrix.certificate import (
    Congruence,
    Derived,
    DetProduct,
    Fact,
    Forged,
    Inverse,
    Ones,
    Orthogonal,
    Reason,
    Reciprocal,
    Sign,
    Sylvester,
    Turned,
    Use,
    instance,
    relation,
    replay,
    total,
)
from derive.prove.matrix.lowering import lower
from derive.prove.matrix.words import ONE, Alphabet, Frozen, Key, Poly, identity, number
from tests.identities.matrix_words import CONTEXT, A, B, Q, S, U, V, c, det, eq, eye, lam, n, x

ALPHABET = Alphabet(CONTEXT)


def frozen(term: object) -> Frozen:
    """A term as the certificate writes it."""
    return lower(term, ALPHABET).frozen()  # type: ignore[arg-type]


PLAIN, MIXED, PRODUCT = frozen(A), frozen(A + B), frozen(U @ V)
SIZE = PLAIN[0]
LETTER_A = ALPHABET.letter(("term", A, False))
LETTER_Q = ALPHABET.letter(("term", Q, False))
LETTER_1 = ALPHABET.letter(("ones", SIZE, False))
INVERSE_A = ALPHABET.letter(("inv", PLAIN))
C_ATOM = ALPHABET.atom(("term", c))
LOG = ALPHABET.atom(("fun", "log", frozen(c)))
NO_INVERSE = Poly(SIZE, SIZE, {})

HOLDS: list[tuple[str, Reason]] = [
    ("inverse", Inverse(INVERSE_A, True)),
    ("orthogonal", Orthogonal(LETTER_Q)),
    ("ones", Ones(LETTER_1)),
    ("fact", Fact(0)),
    ("product of determinants", DetProduct(frozen(A @ (B + S)), PLAIN, frozen(B + S), ())),
    ("sylvester", Sylvester(frozen(U), frozen(V))),
]
LIES: list[tuple[str, Reason]] = [
    ("the inverse of a symbol", Inverse(LETTER_A, True)),
    ("the reciprocal of a symbol", Reciprocal(C_ATOM)),
    ("not orthogonal", Orthogonal(LETTER_A)),
    ("not a vector of ones", Ones(LETTER_A)),
    ("not a power of -1", Sign(C_ATOM)),
    ("not an equation", Fact(1)),
    ("turned round without being one", Turned(0, 1)),
    ("no earlier relation", Derived((Use(Fraction(1), (), (), -1, ()),))),
    ("an empty sum", Derived(())),
    ("not that product", DetProduct(MIXED, PLAIN, frozen(B), ())),
    ("another argument", Congruence(LOG, (frozen(lam),), ((),))),
    ("not a function", Congruence(C_ATOM, (frozen(lam),), ((),))),
]


def of(reason: Reason) -> Poly:
    """The relation that a reason gives, after ``A + B = 0`` and beside two facts."""
    facts = (eq(A @ x, x), Rel("<=", c, lam))
    return relation(reason, [lower(A + B, ALPHABET)], ALPHABET, facts)


@pytest.mark.parametrize(("name", "reason"), HOLDS, ids=[name for name, _ in HOLDS])
def test_a_reason_that_holds(name: str, reason: Reason) -> None:
    assert of(reason).rows in (SIZE, ONE)


@pytest.mark.parametrize(("name", "reason"), LIES, ids=[name for name, _ in LIES])
def test_a_reason_that_lies(name: str, reason: Reason) -> None:
    with pytest.raises(Forged):
        of(reason)


UNNAMED: Frozen = (ONE, ONE, (((((7, 1),), ()), Fraction(1)),))
TWO: tuple[tuple[str, Key], ...] = (("letter", ("term", A, False)), ("letter", ("term", U, False)))
CROOKED: Frozen = (SIZE, SIZE, ((((), (1, 0)), Fraction(1)),))
OTHER: Frozen = (SIZE, SIZE, ((((), (0, 1)), Fraction(1)),))
NAMES: list[tuple[str, tuple[tuple[str, Key], ...]]] = [
    ("one over zero", (("atom", ("recip", (ONE, ONE, ()))),)),
    ("the inverse of zero", (("letter", ("inv", NO_INVERSE.frozen())),)),
    ("the transpose of a symmetric letter", (("letter", ("term", S, True)),)),
    ("a name twice", (("letter", ("term", A, False)), ("letter", ("term", A, False)))),
    ("a word whose shapes do not fit", (*TWO, ("letter", ("inv", CROOKED)))),
    ("a word of another shape", (*TWO, ("letter", ("inv", OTHER)))),
    ("an atom that is not named", (("atom", ("recip", UNNAMED)),)),
]


@pytest.mark.parametrize(("name", "names"), NAMES, ids=[name for name, _ in NAMES])
def test_names_that_are_refused(name: str, names: tuple[tuple[str, Key], ...]) -> None:
    with pytest.raises(Forged):
        replay(names, CONTEXT)


def test_an_inverse_of_what_is_not_square_has_no_name() -> None:
    with pytest.raises(ShapeError):
        replay((("letter", ("inv", frozen(U))),), CONTEXT)


def test_a_division_is_no_multiple() -> None:
    with pytest.raises(Forged, match="division"):
        instance(Use(Fraction(1), ((C_ATOM, -1),), (), 0, ()), number(1), ALPHABET)


def test_a_word_whose_shapes_do_not_fit_is_no_factor() -> None:
    wide = ALPHABET.letter(("term", U, False))
    with pytest.raises(ShapeError):
        instance(Use(Fraction(1), (), (wide, wide), 0, ()), number(1), ALPHABET)


def test_a_scalar_relation_counts_times_the_identity() -> None:
    known = [number(3)]
    once = Use(Fraction(1), (), (), 0, ())
    assert total((once,), known, ALPHABET, identity(SIZE)) == identity(SIZE).scaled(4)


def test_one_side_needs_square_factors() -> None:
    product = lower(U @ V - eye(n), ALPHABET)
    with pytest.raises(Forged):
        relation(Turned(0, 1), [product], ALPHABET, ())
    square = lower(A @ B - eye(n), ALPHABET)
    assert relation(Turned(0, 1), [square], ALPHABET, ()) == lower(B @ A - eye(n), ALPHABET)


def test_determinants_of_what_is_not_square_are_refused() -> None:
    with pytest.raises((Forged, ShapeError)):
        relation(DetProduct(PRODUCT, frozen(U), frozen(V), ()), [], ALPHABET, ())
    assert lower(det(A), ALPHABET).scalar
