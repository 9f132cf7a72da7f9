"""An equation given as a reason, of what nothing else is known of, is assumed; what would hold of anything is claimed."""

from __future__ import annotations

import pytest

from tests.documents.judging import Answers

DECLARED = (
    "<!--: S \\in \\mathbb{R}^{n \\times d} ; A, B \\in \\mathbb{R}^{d \\times d} ; u, v \\in \\mathbb{R}^d ; c > 0 ;"
    " e \\in \\mathbb{R}^d ; \\|e\\| = 1 -->\n\n"
    "$$J = \\|S u\\|^2 + c \\|u\\|^2$$\n\n"
)


@pytest.mark.parametrize(
    ("reason", "then", "expected"),
    [
        ("S^T S = c I", r"J = 2 c \|u\|^2", "proved"),
        ("S^T S = c I", r"J = 3 c \|u\|^2", "refuted"),
        ("u = 3 v", r"J = 9 \|S v\|^2 + 9 c \|v\|^2", "proved"),
        ("u = 3 v", r"J = 3 \|S v\|^2 + 3 c \|v\|^2", "refuted"),
    ],
)
@pytest.mark.parametrize("word", ["Since", "Because", "As", "Given that", "Recall that"])
def test_a_fact_of_what_is_only_declared(word: str, reason: str, then: str, expected: str, answers: Answers) -> None:
    found = answers(f"{DECLARED}{word} ${reason}$,\n\n$${then}$$\n")
    assert found[-1][0] == expected
    assert all(word == "proved" and kind in ("assumption", "definition") for word, kind in found[1:-1])


@pytest.mark.parametrize(
    ("before", "reason"),
    [
        ("", "A B = B A"),  # of any two matrices
        ("", "(A + B)^2 = A^2 + B^2"),
        ("", r"\|u + v\| = \|u\| + \|v\|"),
        ("", "A u = u"),
        ("", r"u^T v = v^T u + c"),
        ("", "u = 2 u"),
        ("", "J = 0"),  # J has been defined
        ("", r"\frac{\partial J}{\partial u} = 2 v"),
        ("", "e^T e = 2"),  # e is declared to have length one
        ("Let $u = 2 v$.", "u = 3 v"),  # u is known
        ("Assume $v = 0$.", "v = u"),
    ],
)
def test_what_is_claimed(before: str, reason: str, answers: Answers) -> None:
    found = answers(f"{DECLARED}{before}\n\nSince ${reason}$, we are done.\n")
    assert found[-1][0] != "proved"


def test_what_is_declared_of_a_matrix_is_known(answers: Answers) -> None:
    declared = "<!--: W \\in \\mathbb{R}^{d \\times d} orthogonal ; c > 0 -->\n\n"
    assert answers(f"{declared}Since $W^T W = I$, we are done.\n") == [("proved", "equality")]
    assert answers(f"{declared}Since $W^T W = 2 I$, we are done.\n") == [("refuted", "equality")]


@pytest.mark.parametrize("words", ["Hence", "Then", "We write this as", "It follows that", "Therefore,"])
def test_other_words(words: str, answers: Answers) -> None:
    found = answers(f"{DECLARED}{words} $S^T S = c I$.\n")
    assert found[-1][0] == "refuted"


def test_a_contradiction_proves_nothing(answers: Answers) -> None:
    found = answers(f"{DECLARED}Since $S^T S = -c I$,\n\n$$J = 7$$\n")
    assert found[-1][0] != "proved"


def test_arguments_of_a_density_are_free(answers: Answers) -> None:
    text = (
        "<!--: x, y, z \\in \\mathbb{R}^d ; a > 0 -->\n"
        "Here $q(x | y) = \\mathcal{N}(x; y, a I)$ and\n\n$$x = y + \\sqrt{a} z$$\n\n"
    )
    found = answers(text + "$$z = \\frac{x - y}{\\sqrt{a}}$$\n\n$$\\|x - y\\|^2 = 2 a \\|z\\|^2$$\n")
    assert [word for word, _ in found] == ["proved", "proved", "proved", "refuted"]
    assert [kind for _, kind in found[:3]] == ["definition", "definition", "equality"]
