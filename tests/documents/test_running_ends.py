"""What a sum ends with counts, too: ``\\bar a_t = \\prod_{s=1}^t a_s`` beside ``a_t`` and ``\\bar a_{t-1}``."""

from __future__ import annotations

import pytest

from tests.documents.judging import Judged

PRODUCT = r"With $\alpha_t = 1 - \beta_t$ and $\bar\alpha_t = \prod_{s=1}^t \alpha_s$ we have $$ %s $$"
MEAN = r"Let $Q_k = \frac1k \sum_{i=1}^k R_i$. Then $$ %s $$"


@pytest.mark.parametrize(
    ("text", "claim"),
    [
        (PRODUCT, r"\bar\alpha_t = \alpha_t \bar\alpha_{t-1}"),
        (PRODUCT, r"1 - \bar\alpha_t = 1 - (1 - \beta_t) \bar\alpha_{t-1}"),
        (MEAN, r"Q_k = Q_{k-1} + \frac1k (R_k - Q_{k-1})"),
    ],
)
def test_is_proved(words: Judged, text: str, claim: str) -> None:
    assert words(text % claim)[-1] == "proved"


@pytest.mark.parametrize(
    ("text", "claim"),
    [
        (PRODUCT, r"\bar\alpha_t = \alpha_{t-1} \bar\alpha_{t-1}"),
        (PRODUCT, r"1 - \bar\alpha_t = 1 - \beta_t \bar\alpha_{t-1}"),
        (MEAN, r"Q_k = Q_{k-1} + \frac1k (R_k - Q_k)"),
        (MEAN, r"Q_k = Q_{k-1} + \frac{1}{k-1} (R_k - Q_{k-1})"),
    ],
)
def test_is_refuted(words: Judged, text: str, claim: str) -> None:
    assert words(text % claim)[-1] == "refuted"


def test_step_after_the_last_is_no_definition(words: Judged) -> None:
    """Where the mean up to n is given, that up to n + 1 is a claim; false, it is not proved."""
    text = r"Let $m_n = \frac1n \sum_{i=1}^n x_i$. Then $$ m_{n+1} = m_n + \frac{1}{n} (x_{n+1} - m_n) $$"
    assert words(text)[-1] == "refuted"


@pytest.mark.parametrize(
    "text",
    [
        r"Let $x_1, \dots, x_n \in \mathbb{R}$ and $m = \frac1n \sum_{i=1}^n x_i$. Then $$ \sum_{i=1}^n (x_i - m) = 0 $$",
        r"Let $S = \sum_{i=1}^n x_i$. Then $$ \sum_{i=1}^n (x_i - \frac1n S) = 0 $$",
    ],
)
def test_sizes_stay_sizes(words: Judged, text: str) -> None:
    assert words(text)[-1] == "proved"
