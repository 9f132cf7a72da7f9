"""Transition matrices: rows that sum to one, where the text is about chance."""

from __future__ import annotations

import pytest

from tests.documents.judging import Judged

HEAD = "Consider a Markov chain with $n$ states. "
CLAIMS = (
    "Then $A \\mathbf{1} = \\mathbf{1}$ and $A^3 \\mathbf{1} = \\mathbf{1}$, but $A^\\top \\mathbf{1} = \\mathbf{1}$."
)


@pytest.mark.parametrize(
    "said",
    [
        "Let $A \\in \\mathbb{R}^{n \\times n}$ be its transition matrix. ",
        "Let $A \\in \\mathbb{R}^{n \\times n}$ be a row-stochastic matrix. ",
        "It has the transition matrix $A \\in \\mathbb{R}^{n \\times n}$. ",
    ],
)
def test_rows_sum_to_one(words: Judged, said: str) -> None:
    assert words(HEAD + said + CLAIMS) == ["proved", "proved", "refuted"]


@pytest.mark.parametrize(
    "said",
    [
        "Let $A \\in \\mathbb{R}^{n \\times n}$ be a matrix. ",
        "Let $A \\in \\mathbb{R}^{n \\times n}$ be a column-stochastic matrix. ",
        "This is not the transition matrix $A \\in \\mathbb{R}^{n \\times n}$. ",
    ],
)
def test_other_matrices(words: Judged, said: str) -> None:
    assert "proved" not in words(HEAD + said + CLAIMS)


@pytest.mark.parametrize(
    "more",
    [
        "Its columns sum to one. ",
        "It moves on as $p_{t+1} = A p_t$. ",
        "We have $\\mathbf{1}^\\top A = \\mathbf{1}^\\top$. ",
    ],
)
def test_columns_may_sum_to_one(words: Judged, more: str) -> None:
    said = "Let $A \\in \\mathbb{R}^{n \\times n}$ be its transition matrix. "
    assert words(HEAD + said + more + "Then $A \\mathbf{1} = \\mathbf{1}$.")[-1] != "proved"


def test_a_linear_system(words: Judged) -> None:
    text = "A linear system has the state transition matrix $A \\in \\mathbb{R}^{n \\times n}$. "
    assert "proved" not in words(text + CLAIMS)


def test_one_value_of_the_reward(words: Judged) -> None:
    head = (
        "<!--: r, v \\in \\mathbb{R}^n ; P \\in \\mathbb{R}^{n \\times n} ; 0 < \\gamma < 1 ; r = v - \\gamma P v -->\n"
    )
    assert words(head + "A constant reward $r = c \\mathbf{1}$ gives $v - \\gamma P v = c \\mathbf{1}$.") == ["proved"]
    assert words(head + "A constant reward $r = c \\mathbf{1}$ gives $v + \\gamma P v = c \\mathbf{1}$.") == ["refuted"]
    assert "refuted" in words(head + "We find that the reward $r = c \\mathbf{1}$.")


@pytest.mark.parametrize(
    ("claim", "verdict"),
    [
        (r"A \mathbf{1} = \mathbf{1}", "proved"),
        (r"\mathbf{1}^T A u = \mathbf{1}^T u", "refuted"),
        (r"A^T \mathbf{1} = \mathbf{1}", "refuted"),
    ],
)
def test_rows_that_the_words_name(words: Judged, claim: str, verdict: str) -> None:
    declared = "<!--: A \\in \\mathbb{R}^{n \\times n} ; u \\in \\mathbb{R}^n -->\n"
    said = r"The random walk has the row-stochastic matrix $A$. Nobody says that $\mathbf{1}^T A u = \mathbf{1}^T u$. "
    assert words(f"{declared}{said}Then $${claim}.$$")[-1] == verdict


@pytest.mark.parametrize(
    "given",
    [
        r"Let $P \in \mathbb{R}^{n \times n}$ be a transition matrix whose rows sum to one.",
        r"Let $P \in \mathbb{R}^{n \times n}$ have rows that sum to one.",
        r"Let $P \in \mathbb{R}^{n \times n}$ be a matrix with nonnegative entries and rows summing to one.",
    ],
)
def test_rows_in_words(words: Judged, given: str) -> None:
    assert words(given + r" $$\sum_{i=1}^n \sum_{j=1}^n P_{ij} = n$$")[-1] == "proved"
    assert words(given + r" $$\sum_{i=1}^n \sum_{j=1}^n P_{ij} = 1$$")[-1] == "refuted"


def test_rows_that_are_concluded_are_not_assumed(words: Judged) -> None:
    text = r"Let $P \in \mathbb{R}^{n \times n}$. We show whether the rows of $P$ sum to one. $$P \mathbf{1} = \mathbf{1}$$"
    assert words(text)[-1] != "proved"
