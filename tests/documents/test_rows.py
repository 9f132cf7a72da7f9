r"""Vectors and the matrices that they are the rows or the columns of, in the ways that people say it."""

from __future__ import annotations

import pytest

from .judging import Judged, notes

SAID = {
    "the rows of a declared matrix": (
        "<!--: index i = 1..n -->\n<!--: A \\in \\mathbb{R}^{n \\times d} ; w \\in \\mathbb{R}^d -->\n"
        r"Given are $x_1, \dots, x_n \in \mathbb{R}^d$, the rows of $A \in \mathbb{R}^{n \times d}$."
    ),
    "a list of rows": (
        r"Let $x_1, \dots, x_n \in \mathbb{R}^d$ and $w \in \mathbb{R}^d$. Let $A \in \mathbb{R}^{n \times d}$ be the matrix "
        r"with rows $x_1^\top, \dots, x_n^\top$."
    ),
    "a list of columns": (
        r"Let $x_1, \dots, x_n \in \mathbb{R}^d$ and $w \in \mathbb{R}^d$. The matrix $B \in \mathbb{R}^{d \times n}$ has "
        r"the columns $x_1, \dots, x_n$. Let $A = B^\top$."
    ),
    "a transposed list": (
        r"Let $x_1, \dots, x_n \in \mathbb{R}^d$ and $w \in \mathbb{R}^d$. Let $A = (x_1, \dots, x_n)^\top$."
    ),
    "a list in brackets": (
        r"Let $x_1, \dots, x_n \in \mathbb{R}^d$ and $w \in \mathbb{R}^d$. Let $B = [x_1, \dots, x_n]$ and $A = B^\top$."
    ),
    "a capital letter": (
        "<!--: index i = 1..n -->\n<!--: X \\in \\mathbb{R}^{n \\times d} ; w \\in \\mathbb{R}^d -->\n"
        r"We are given $x_1, \dots, x_n \in \mathbb{R}^d$. Let $A = X$."
    ),
}


@pytest.mark.parametrize("said", SAID)
def test_a_matrix_and_its_rows(said: str, words: Judged) -> None:
    """(A w)_i is the product of row i with w; A A^T has the products of all rows with each other."""
    right = r" Then $$ \|A w\|^2 = \sum_{i=1}^n (w^\top x_i)^2 $$ and $$ A^\top A = \sum_{i=1}^n x_i x_i^\top . $$"
    wrong = r" Then $$ \|A w\|^2 = \sum_{i=1}^n w^\top x_i . $$"
    assert words(SAID[said] + right + wrong)[-3:] == ["proved", "proved", "refuted"], notes(SAID[said])


@pytest.mark.parametrize(
    "text",
    [
        r"Let $x_1, \dots, x_n \in \mathbb{R}^d$. Let $A \in \mathbb{R}^{n \times d}$ be a matrix beside $x_1, \dots, x_n$.",
        r"Let $x_1, \dots, x_n \in \mathbb{R}^d$. Let $A \in \mathbb{R}^{n \times d}$ have rows $x_1^\top, \dots, x_m^\top$.",
        r"Let $x_1, \dots, x_n \in \mathbb{R}^d$. Let $A \in \mathbb{R}^{n \times d}$ have rows $x_2^\top, \dots, x_n^\top$.",
        r"Let $x_1, \dots, x_n \in \mathbb{R}^d$. Let $A \in \mathbb{R}^{d \times d}$ have rows $x_1^\top, \dots, x_n^\top$.",
    ],
)
def test_other_lists_link_nothing(text: str, words: Judged) -> None:
    assert "component" not in notes(text)
    assert words(text + r" Then $$ A^\top A = \sum_{i=1}^n x_i x_i^\top . $$")[-1] != "proved"


DECLARED = (
    "<!--: index i = 1..m ; x^{(i)} \\in \\mathbb{R}^n ; y^{(i)} \\in \\mathbb{R} ; X \\in \\mathbb{R}^{m \\times n} -->\n"
    "<!--: y \\in \\mathbb{R}^m ; W \\in \\mathbb{R}^{m \\times m} ; \\theta \\in \\mathbb{R}^n -->\n"
)


@pytest.mark.parametrize("rows", [r"x^{(i)T}", r"(x^{(i)})^T"])
def test_the_matrix_that_the_sentence_is_about(rows: str, words: Judged) -> None:
    text = DECLARED + f"Let $X$ be the design matrix whose rows are ${rows}$. "
    right = r"$$ \|X \theta - y\|^2 = \sum_{i=1}^m (\theta^T x^{(i)} - y^{(i)})^2 $$ "
    wrong = r"$$ \|X \theta - y\|^2 = \sum_{i=1}^m (\theta^T x^{(i)} + y^{(i)})^2 $$ "
    assert words(text + right + wrong) == ["proved", "refuted"]


def test_a_matrix_of_which_the_sentence_says_something_else(words: Judged) -> None:
    text = DECLARED + "Let $W$ be the matrix of weights, not the one whose rows are $x^{(i)T}$. "
    assert words(text + r"$$ \|W y\|^2 = \sum_{i=1}^m (\theta^T x^{(i)})^2 $$ ") != ["proved"]


@pytest.mark.parametrize(
    "order", ["a_i \\in \\mathbb{R} ; a \\in \\mathbb{R}^m", "a \\in \\mathbb{R}^m ; a_i \\in \\mathbb{R}"]
)
def test_numbers_and_their_vector_in_either_order(order: str, words: Judged) -> None:
    text = f"<!--: index i = 1..m ; {order} -->\n"
    assert words(text + r"$$ a^T a = \sum_{i=1}^m a_i^2 $$ $$ a^T a = \sum_{i=1}^m a_i $$") == ["proved", "refuted"]


@pytest.mark.parametrize(
    "vector", ["a \\in \\mathbb{R}^n", "a \\in \\mathbb{R}^m simplex", "a \\in \\mathbb{R}^{m \\times m}"]
)
def test_numbers_beside_a_vector_of_another_length_or_with_a_property(vector: str, words: Judged) -> None:
    text = f"<!--: index i = 1..m ; size n >= 1 ; a_i \\in \\mathbb{{R}} ; {vector} -->\n"
    assert words(text + r"$$ \operatorname{tr}(a a^T) = \sum_{i=1}^m a_i^2 $$") != ["proved"]


def test_numbers_beside_a_vector_of_another_length_stay_what_they_are(words: Judged) -> None:
    text = "<!--: index i = 1..m ; size n >= 1 ; a_i \\in \\mathbb{R} ; a \\in \\mathbb{R}^n -->\n"
    assert words(text + r"$$ \sum_{i=1}^m a_i + a^T a = a^T a + \sum_{i=1}^m a_i $$") == ["proved"]


def test_a_matrix_that_is_only_named_is_not_the_one_with_these_rows(words: Judged) -> None:
    text = DECLARED.replace("W \\in \\mathbb{R}^{m \\times m}", "Z \\in \\mathbb{R}^{m \\times n}")
    text += r"Let $B \in \mathbb{R}^{m \times n}$, to be compared with $Z$. The rows are $(x^{(i)})^T$. "
    assert words(text + r"Then $$ \|B \theta\|^2 = \sum_{i=1}^m (\theta^T x^{(i)})^2 . $$")[-1] == "proved"
