"""A function and a family with one letter: ``p(x|z)`` beside the numbers ``p_d``."""

from __future__ import annotations

import pytest

from tests.documents.judging import Judged

TEXT = r"""
<!--: index d = 1..D ; x_d \in \{0,1\} ; a_d \in \mathbb{R} ; function \sigma = logistic -->
The decoder outputs $p_d = \sigma(a_d)$, and
$$\log p(x|z) = \sum_{d=1}^D \left[x_d\log p_d + (1-x_d)\log(1-p_d)\right].$$
Hence
$$CLAIM$$
"""


@pytest.mark.parametrize(
    ("claim", "verdict"),
    [
        (r"\frac{\partial \log p(x|z)}{\partial a_d} = x_d - p_d", "proved"),
        (r"\frac{\partial \log p(x|z)}{\partial a_d} = x_d + p_d", "refuted"),
        (r"\log p(x|z) = \sum_{d=1}^D \left[x_d a_d - \log(1+e^{a_d})\right]", "proved"),
        (r"\log p(x|z) = \sum_{d=1}^D \left[x_d a_d + \log(1+e^{a_d})\right]", "refuted"),
        (r"\sum_{d=1}^D p_d = \sum_{d=1}^D \frac{1}{1 + e^{-a_d}}", "proved"),
    ],
)
def test_a_function_beside_a_family(claim: str, verdict: str, words: Judged) -> None:
    assert words(TEXT.replace("CLAIM", claim))[-1] == verdict
