r"""``\mathbf{X}`` beside vectors ``\mathbf{x}_n``, declared nowhere: their matrix. The expectations are written by hand
from the mathematics."""

from __future__ import annotations

import pytest

from tests.documents.judging import Judged

GIVEN = r"""<!--: index n = 1..N ; \mathbf{x}_n, \boldsymbol{\phi}_n \in \mathbb{R}^D ; t_n \in \mathbb{R} ; \mathbf{w} \in \mathbb{R}^D ; \mathbf{t} \in \mathbb{R}^N ; component t_n of \mathbf{t} -->
"""


@pytest.mark.parametrize(
    ("line", "word"),
    [
        (r"C = \frac1N \sum_{n=1}^N \mathbf{x}_n \mathbf{x}_n^\top = \frac1N \mathbf{X}^\top \mathbf{X}", "proved"),
        (r"C = \frac1N \sum_{n=1}^N \mathbf{x}_n \mathbf{x}_n^\top = \frac1N \mathbf{X} \mathbf{X}^\top", "proved"),
        (r"C = \frac1N \sum_{n=1}^N \mathbf{x}_n \mathbf{x}_n^\top = \mathbf{X}^\top \mathbf{X}", "refuted"),
        (r"\sum_{n=1}^N (t_n - \mathbf{w}^\top \boldsymbol{\phi}_n)^2 = \|\mathbf{t} - \boldsymbol{\Phi} \mathbf{w}\|^2", "proved"),
        (r"\sum_{n=1}^N (t_n - \mathbf{w}^\top \boldsymbol{\phi}_n)^2 = \|\mathbf{t} + \boldsymbol{\Phi} \mathbf{w}\|^2", "refuted"),
        (r"\sum_{n=1}^N (t_n - \mathbf{w}^\top \boldsymbol{\phi}_n) \boldsymbol{\phi}_n = \boldsymbol{\Phi}^\top (\mathbf{t} - \boldsymbol{\Phi} \mathbf{w})", "proved"),
        (r"\sum_{n=1}^N (t_n - \mathbf{w}^\top \boldsymbol{\phi}_n) \boldsymbol{\phi}_n = \boldsymbol{\Phi}^\top (\boldsymbol{\Phi} \mathbf{w} - \mathbf{t})", "refuted"),
    ],
)  # fmt: skip
def test_rows_or_columns(words: Judged, line: str, word: str) -> None:
    assert words(f"{GIVEN}$${line}$$")[-1] == word


def test_both_ways_at_once_is_neither(words: Judged) -> None:
    one = r"$$\sum_{n=1}^N \mathbf{x}_n \mathbf{x}_n^\top = \mathbf{X}^\top \mathbf{X}$$"
    other = r"$$\sum_{n=1}^N \mathbf{x}_n \mathbf{x}_n^\top = \mathbf{X} \mathbf{X}^\top$$"
    assert words(f"{GIVEN}{one}\n\n{other}").count("proved") <= 1


def test_another_matrix_of_that_letter(words: Judged) -> None:
    text = GIVEN + r"$$\operatorname{tr} \left( \mathbf{X} \right) = \sum_{n=1}^N \|\mathbf{x}_n\|^2$$"
    assert words(text)[-1] != "proved"
