r"""Parameters with a multiplier each, solved for one after the other: the constraints are those of all of them."""

from __future__ import annotations

import pytest

from tests.documents.judging import Judged

MODEL = r"""<!--: index k, j = 1..K ; n = 1..N ; d = 1..D ; x_{nd}, r_{nk} \ge 0 ; \pi_k, \mu_{kd} > 0 -->
$$Q = \sum_{n=1}^N \sum_{k=1}^K r_{nk} \left( \log \pi_k + \sum_{d=1}^D x_{nd} \log \mu_{kd} \right)$$
subject to $\sum_k \pi_k = 1$ and $\sum_d \mu_{kd} = 1$ for each $k$. The Lagrangian is
$$\mathcal{L} = Q + \lambda (1 - \sum_{k=1}^K \pi_k) + \sum_{k=1}^K \eta_k (1 - \sum_{d=1}^D \mu_{kd})$$
Setting $\partial \mathcal{L} / \partial \pi_k = 0$, $$\frac{1}{\pi_k} \sum_n r_{nk} = \lambda$$
Summing over $k$ and using $\sum_k r_{nk} = 1$ we get $\lambda = N$ and $$\pi_k = \frac{1}{N} \sum_{n=1}^N r_{nk}$$
"""
SECOND = r" $$\frac{1}{\mu_{kd}} \sum_n r_{nk} x_{nd} = \eta_k$$ "


@pytest.mark.parametrize(
    "said",
    [r"Similarly for $\mu$,", r"Likewise, for $\mu$:", r"Setting $\partial \mathcal{L} / \partial \mu_{kd} = 0$,"],
)
@pytest.mark.parametrize(
    ("claim", "verdict"),
    [
        (r"\mu_{kd} = \frac{\sum_n r_{nk} x_{nd}}{\sum_n r_{nk} \sum_d x_{nd}}", "proved"),
        (r"\eta_k = \sum_d \sum_n r_{nk} x_{nd}", "proved"),
        (r"\mu_{kd} = \frac{\sum_n r_{nk} x_{nd}}{\sum_n r_{nk}}", "refuted"),
        (r"\eta_k = N", "refuted"),
    ],
)
def test_the_second_is_solved_under_its_constraint(words: Judged, said: str, claim: str, verdict: str) -> None:
    assert words(f"{MODEL}{said}{SECOND}so $${claim}.$$")[-2:] == ["proved", verdict]


def test_a_wrong_derivative_is_refuted(words: Judged) -> None:
    wrong = SECOND.replace(r"\frac{1}{\mu_{kd}} ", "")
    assert words(f"{MODEL}Similarly for $\\mu$,{wrong}")[-1] == "refuted"


@pytest.mark.parametrize(
    ("said", "verdict"),
    [(r"using $\sum_k r_{nk} = 1$", "proved"), (r"using $\sum_k r_{nk} = 2$", "refuted"), ("", "refuted")],
)
def test_shares_given_as_a_reason(words: Judged, said: str, verdict: str) -> None:
    text = MODEL.replace(r"using $\sum_k r_{nk} = 1$", said)
    assert words(text)[-1] == verdict


def test_a_value_in_a_case_is_not_what_is_solved_for(words: Judged) -> None:
    text = r"""<!--: X \in \mathbb{R}^{N \times D} ; y \in \mathbb{R}^N ; w, m \in \mathbb{R}^D ; S \in \mathbb{R}^{D \times D} posdef -->
$$L = -\frac{1}{2} \|y - X w\|^2 - \frac{1}{2} (w - m)^T S^{-1} (w - m)$$
Setting its gradient to zero, $$X^T (y - X w) - S^{-1} (w - m) = 0$$
For $S = I$ and $m = 0$ we obtain $$X^T (y - X w) - w = 0$$"""
    assert "refuted" not in words(text)
