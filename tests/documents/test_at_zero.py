"""Functions of a vector, and their gradients, at 0 and at what stands in their definition; what stands behind stays."""

from __future__ import annotations

import pytest

from tests.documents.judging import Judged

HEAD = (
    r"<!--: index i = 1..n ; A \in \mathbb{R}^{d \times d} symmetric ; function f(u,v) := u^T A v ;"
    r" function h(w) := w^T A w + w^T u ; function J(w) := \sum_i (w^\top x_i - y_i)^2 ;"
    r" w, u, v, x_i \in \mathbb{R}^d ; y_i \in \mathbb{R} -->" + "\n"
)


@pytest.mark.parametrize(
    ("line", "word"),
    [
        (r"J(0) = \sum_i y_i^2", "proved"),
        (r"J(0) = \sum_i y_i", "refuted"),
        (r"f(0, v) = f(v, 0)", "proved"),
        (r"f(v, 0) = 1", "refuted"),
        (r"\nabla J(0) = -2 \sum_i y_i x_i", "proved"),
        (r"\nabla J(0) = 2 \sum_i y_i x_i", "refuted"),
        (r"\nabla h(u)^T v = 2 u^T A v + u^T v", "proved"),
        (r"\nabla h(u)^T v = 2 A u + u", "refuted"),
        (r"\nabla h(u) v = 2 A u + u", "unread"),
        (r"\nabla^2 h(u) v = 2 A v", "proved"),
        (r"\nabla^2 h(u) v = 2 A", "refuted"),
        (r"\nabla h(0)^T v = u^T v", "proved"),
        (r"\nabla h(0) + v = u", "refuted"),
        (r"\nabla^2 h(0) v = 2 A v", "proved"),
    ],
)
def test_at_zero_and_inside(words: Judged, line: str, word: str) -> None:
    assert words(HEAD + f"We have ${line}$.")[-1] == word
