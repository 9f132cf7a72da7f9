r"""Subscripts that tell names apart: the h of ``W_h`` and ``U_h`` is no index of a vector, ``\delta_h`` no entry."""

from __future__ import annotations

from tests.documents.judging import Judged, notes

CELL = r"""
<!--: W_h \in \mathbb{R}^{m \times d} ; \mathbf{x} \in \mathbb{R}^d -->
$$\mathbf{a}_h = W_h \mathbf{x}, \qquad \mathbf{h} = \tanh(\mathbf{a}_h)$$
<!--: opaque L depends on \mathbf{h} -->
Let $\boldsymbol\delta = \frac{\partial L}{\partial \mathbf{h}}$. Write $\boldsymbol\delta_h = \frac{\partial L}{\partial \mathbf{a}_h}$. Then
"""


def test_a_gradient_with_the_label_of_its_weights(words: Judged) -> None:
    assert words(CELL + r"$$\frac{\partial L}{\partial W_h} = \boldsymbol\delta_h \mathbf{x}^\top$$")[-1] == "proved"
    assert words(CELL + r"$$\frac{\partial L}{\partial W_h} = \boldsymbol\delta \mathbf{x}^\top$$")[-1] == "refuted"
    assert "index h" not in notes(CELL)


def test_a_letter_that_labels_nothing_is_an_index(words: Judged) -> None:
    text = CELL + r"Let $\mathbf{u} \in \mathbb{R}^m$. Then $$\sum_{i=1}^m \mathbf{u}_i = \mathbf{1}^\top \mathbf{u}.$$"
    assert words(text)[-1] == "proved"


def test_an_undefined_member_with_a_label_is_not_guessed(words: Judged) -> None:
    text = CELL.replace(r" Write $\boldsymbol\delta_h = \frac{\partial L}{\partial \mathbf{a}_h}$.", "")
    assert words(text + r"$$\frac{\partial L}{\partial W_h} = \boldsymbol\delta_h \mathbf{x}^\top$$")[-1] == "unread"


MATRICES = r"Let $M, N \in \mathbb{R}^{n \times n}$ with $N$ invertible, and $P = N - M$. "


def test_words_below_a_matrix_are_no_subscripts(words: Judged) -> None:
    text = MATRICES + r"Let $P_{left} = N^{-1} P$. Then "
    assert words(text + r"$$P_{left} = I - N^{-1} M$$")[-1] == "proved"
    assert words(text + r"$$P_{left} = I - M N^{-1}$$")[-1] == "refuted"


def test_two_letters_that_stand_nowhere_else(words: Judged) -> None:
    text = MATRICES + r"Let $P_{lf} = N^{-1} P$. Then "
    assert words(text + r"$$P_{lf} = I - N^{-1} M$$")[-1] == "proved"
    assert words(text + r"$$P_{lf} = I - M N^{-1}$$")[-1] == "refuted"


def test_two_letters_that_count(words: Judged) -> None:
    assert "name P_{lf}" not in notes(MATRICES + r"Let $v_l = \sum_f P_{lf}$ and $P_{lf} = N_{lf} - M_{lf}$.")
    assert words(MATRICES + r"Then $P_{lf} = N - M$.")[-1] == "proved"  # a new name
    entry = MATRICES + r"Then $$P_{lf} = N_{lf} - M_{lf}$$"
    assert words(entry)[-1] == "proved"
    assert "name P_{lf}" not in notes(entry)
    assert words(entry.replace("= N_{lf} - M", "= N_{lf} + M"))[-1] == "refuted"
