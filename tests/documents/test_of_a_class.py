r"""Estimates for each class: sums over the examples with ``y_n = k``, and parameters of the class k beside them."""

from __future__ import annotations

import pytest

from tests.documents.judging import Judged

DECLARED = r"""<!--: index n = 1..N ; k = 1..K ; d = 1..D ; x_{nd} \in \{0,1\} ; y_n \in \{1, \dots, K\} ; q_{kd} \in (0,1) ; m_k \in \mathbb{R} -->
"""
OF_CLASS = r"\sum_{n=1}^N \mathbf{1}\{y_n = k\}"
SCORE = rf"$${OF_CLASS} \left(\frac{{x_{{nd}}}}{{q_{{kd}}}} - \frac{{1 - x_{{nd}}}}{{1 - q_{{kd}}}}\right) = 0$$"


def test_the_share_in_a_class(words: Judged) -> None:
    text = DECLARED + "Solving\n" + SCORE + " for the probability gives "
    assert words(text + rf"$$q_{{kd}} = \frac{{{OF_CLASS} x_{{nd}}}}{{{OF_CLASS}}}$$")[-1] == "proved"
    assert words(text + rf"$$q_{{kd}} = \frac{{{OF_CLASS} x_{{nd}}}}{{N}}$$")[-1] != "proved"
    assert words(text + rf"$$q_{{kd}} = \frac{{{OF_CLASS} (1 - x_{{nd}})}}{{{OF_CLASS}}}$$")[-1] != "proved"


@pytest.mark.parametrize(
    ("line", "word"),
    [
        (rf"{OF_CLASS} m_{{y_n}} = m_k {OF_CLASS}", "proved"),
        (rf"{OF_CLASS} \frac{{1}}{{1 + m_{{y_n}}^2}} = \frac{{1}}{{1 + m_k^2}} {OF_CLASS}", "proved"),
        (r"\sum_{k=1}^K \mathbf{1}\{y_n = k\} m_k = m_{y_n}", "proved"),
        (r"\sum_{k=1}^K \sum_{n=1}^N \mathbf{1}\{y_n = k\} m_k = \sum_{n=1}^N m_{y_n}", "proved"),
        (r"\mathbf{1}\{y_n = k\} (m_k - m_{y_n}) = 0", "proved"),
        (rf"{OF_CLASS} m_{{y_n}} = \sum_{{n=1}}^N m_{{y_n}}", "refuted"),
        (r"\sum_{k=1}^K \mathbf{1}\{y_n = k\} m_k = \sum_{k=1}^K m_k", "refuted"),
        (rf"\sum_{{k=1}}^K m_k {OF_CLASS} = N \sum_{{k=1}}^K m_k", "refuted"),
    ],
)
def test_beside_its_class_a_label_is_it(words: Judged, line: str, word: str) -> None:
    assert words(f"{DECLARED}$${line}$$") == [word]
