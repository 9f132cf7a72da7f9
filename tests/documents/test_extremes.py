r"""The greatest of some numbers, bounds by other quantities, and exponentials of what is not positive, in documents."""

from __future__ import annotations

import pytest

from tests.documents.judging import Judged

GIVEN = r"<!--: index k, j = 1..K ; x_k, m \in \mathbb{R} ; s_k, q \ge 0 ; r > 0 ; p \in \mathbb{R}^K simplex ; name p_k of p -->"


@pytest.mark.parametrize(
    ("claim", "verdict"),
    [
        (
            r"\frac{e^{x_j - \max_i x_i}}{\sum_{k=1}^K e^{x_k - \max_i x_i}} = \frac{e^{x_j}}{\sum_{k=1}^K e^{x_k}}",
            "proved",
        ),
        (r"\log \sum_k e^{x_k} = \max_i x_i + \log \sum_k e^{x_k - \max_i x_i}", "proved"),
        (r"\log \sum_k e^{x_k} = \max_i x_i - \log \sum_k e^{x_k - \max_i x_i}", "refuted"),
        (r"\max_k x_k \ge x_j", "proved"),
        (r"\max_k x_k \le x_j", "refuted"),
        (r"\min_k x_k \le x_j", "proved"),
        (r"\max_k x_k \ge \frac{1}{K} \sum_k x_k", "proved"),
        (r"\max_k x_k \le \frac{1}{K} \sum_k x_k", "refuted"),
        (r"\max_k x_k \le \log \sum_{k=1}^K e^{x_k}", "proved"),
        (r"\log \sum_{k=1}^K e^{x_k} \le \max_k x_k + \log K", "proved"),
        (r"\log \sum_{k=1}^K e^{x_k} \le \max_k x_k", "refuted"),
        (r"\max_k p_k \le 1", "proved"),
        (r"\max_k (x_k + m) = m + \max_k x_k", "proved"),
        (r"\max_k (-x_k) = - \min_k x_k", "proved"),
        (r"\max_k 2 x_k = 2 \max_k x_k", "proved"),
        (r"\max_k m x_k = m \max_k x_k", "refuted"),
        (r"1 - \max_k p_k = \min_k (1 - p_k)", "proved"),
        (r"\sum_k p_k x_k \le \max_k x_k", "proved"),
        (r"\sum_k p_k x_k \ge \max_k x_k", "refuted"),
        (r"e^{-q} \le 1", "proved"),
        (r"e^{-r} < 1", "proved"),
        (r"e^{-q} < 1", "refuted"),
        (r"e^{q} \ge 1", "proved"),
        (r"e^{q} \le 1", "refuted"),
        (r"1 - e^{-r^2} \ge 0", "proved"),
        (r"e^{-(m-1)^2} \le 1", "proved"),
        (r"0 \le 1 - e^{-\frac{m^2}{2 r}}", "proved"),
        (r"e^{m - q} \le e^m", "proved"),
        (r"e^{m + q} \le e^m", "refuted"),
        (r"\sum_k e^{-s_k} \le K", "proved"),
        (r"\sum_k e^{m-s_k} \le K e^{m}", "proved"),
        (r"\sum_k e^{m-s_k} < K e^{m}", "refuted"),
        (r"\log \sum_k e^{m-s_k} \le m + \log K", "proved"),
        (r"\sum_k e^{-s_k} \ge K", "refuted"),
        (r"e^{-q - r} \le e^{-q}", "proved"),
        (r"e^{-2q} \le e^{-q}", "proved"),
        (r"e^{-m^2} \le e^{-m}", "refuted"),
    ],
)
def test_each(words: Judged, claim: str, verdict: str) -> None:
    assert words(f"{GIVEN}\n$$ {claim} $$") == [verdict]


def test_what_is_assumed_of_each_holds_of_any(words: Judged) -> None:
    text = (
        GIVEN
        + r"""
Assume that $x_k \le m$ for all $k$. Then
$$ \sum_{k=1}^K p_k x_k \le m $$
$$ \log \sum_{k=1}^K e^{x_k} \le m + \log K $$
$$ \sum_{k=1}^K x_k \le m $$
"""
    )
    assert words(text)[-3:] == ["proved", "proved", "refuted"]
