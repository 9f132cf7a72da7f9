"""A property that words give to something else, or not quite: the matrix or the number beside it does not have it."""

from __future__ import annotations

import pytest

from tests.documents.judging import Judged

DECLARED = "<!--: A, B \\in \\mathbb{R}^{d \\times d} ; x, y \\in \\mathbb{R}^d ; a, b \\in \\mathbb{R} -->\n"
SYMMETRIC = "$x^\\top A y = y^\\top A x$"
ORTHOGONAL = "$A^\\top A = I$"
DIAGONAL = "$A \\odot I = A$"
DEFINITE = "$x^\\top A x \\ge 0$"
OTHERWISE = [
    ("Let $A$ be an orthogonal projection.", ORTHOGONAL),
    ("Let $A$ be orthogonal to $B$.", ORTHOGONAL),
    ("Consider the orthogonal basis $A$.", ORTHOGONAL),
    ("Let $A$ be an orthogonal matrix times $2$.", ORTHOGONAL),
    ("Let $A$ be an orthogonal matrix plus noise.", ORTHOGONAL),
    ("Let $A$ be the orthogonal complement.", ORTHOGONAL),
    ("Let $A$ be a symmetric or orthogonal matrix.", SYMMETRIC),
    ("Let $A$ be the symmetric matrix's Cholesky factor.", SYMMETRIC),
    ("Let $A$ be symmetric up to a sign.", SYMMETRIC),
    ("Let $A$ be symmetric on average.", SYMMETRIC),
    ("Let $A$ be symmetric when $a = b$.", SYMMETRIC),
    ("Let $A$ be a symmetric matrix multiplied by $B$.", SYMMETRIC),
    ("Let $A$ be similar to a symmetric matrix $B$.", SYMMETRIC),
    ("Let $A$ be diagonal up to a permutation.", DIAGONAL),
    ("Let $A$ be the diagonal block of a matrix.", DIAGONAL),
    ("The diagonal of $A$ is positive.", DIAGONAL),
    ("Let $A$ be positive definite on a subspace.", DEFINITE),
    ("Let $A$ be positive definite near the minimum.", DEFINITE),
    ("Let $A$ be positive definite if $a > 0$.", DEFINITE),
    ("Let $a$ be a positive number minus one.", "$|a| = a$"),
    ("Let $a$ be positive with high probability.", "$|a| = a$"),
]
SO = [
    ("Let $A$ be an orthogonal matrix.", ORTHOGONAL),
    ("Let $A$ be orthogonal and let $B$ be symmetric.", ORTHOGONAL),
    ("Let $A$ be a symmetric matrix with positive entries.", SYMMETRIC),
    ("Let $A$ be symmetric, with $B$ arbitrary.", SYMMETRIC),
    ("Let $A$ be a diagonal matrix.", DIAGONAL),
    ("Let $A$ be symmetric positive definite.", DEFINITE),
    ("Suppose that $a$ is a positive number.", "$|a| = a$"),
]


@pytest.mark.parametrize(("said", "claim"), OTHERWISE)
def test_what_is_said_of_something_else(said: str, claim: str, words: Judged) -> None:
    assert words(f"{DECLARED}{said} Then {claim}.")[-1] != "proved"


@pytest.mark.parametrize(("said", "claim"), SO)
def test_what_is_said_of_it(said: str, claim: str, words: Judged) -> None:
    assert words(f"{DECLARED}{said} Then {claim}.")[-1] == "proved"
