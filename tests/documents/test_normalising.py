"""What words normalise, centre, fix, require or let is assumed; what they conclude is a claim."""

from __future__ import annotations

import pytest

from tests.documents.judging import Judged

UNIT = [
    r"Let $u \in \mathbb{R}^d$ be such that $\|u\| = 1$.",
    r"Let $u \in \mathbb{R}^d$ be a vector such that $\|u\|^2 = 1$.",
    r"Let $u \in \mathbb{R}^d$ be normalized so that $\|u\| = 1$.",
    r"Let $u \in \mathbb{R}^d$ be a vector of unit length: $u^T u = 1$.",
    r"We require $u^T u = 1$, where $u \in \mathbb{R}^d$.",
    r"Since the length of $u \in \mathbb{R}^d$ is arbitrary, we fix $u^T u = 1$.",
    r"Without loss of generality $u \in \mathbb{R}^d$ has $\|u\| = 1$.",
    r"We normalize $u \in \mathbb{R}^d$ so that $\|u\| = 1$.",
    r"Throughout, $u \in \mathbb{R}^d$ and $\|u\| = 1$.",
    r"We are given $u \in \mathbb{R}^d$ of norm one, that is, $\|u\| = 1$.",
]


@pytest.mark.parametrize("text", UNIT)
def test_unit_vectors(words: Judged, text: str) -> None:
    claim = r"Let $A \in \mathbb{R}^{d \times d}$. Then $$u^T (A + I) u = u^T A u + 1.$$"
    assert words(f"{text} {claim}") == ["proved"]
    assert words(f"{text} {claim}".replace("+ 1.$$", "+ 2.$$")) == ["refuted"]


CENTRED = [
    r"Let $X \in \mathbb{R}^{n\times d}$ with rows $x_i$, centered such that $\sum_i x_i = 0$.",
    r"Let $x_1, \dots, x_n \in \mathbb{R}^d$ be centered, so that $\sum_i x_i = 0$.",
    r"Suppose the data $x_1, \dots, x_n \in \mathbb{R}^d$ are centered ($\sum_i x_i = 0$).",
    r"The data $x_1, \dots, x_n \in \mathbb{R}^d$ are centered: $\frac{1}{n} \sum_i x_i = 0$.",
    r"We center the data $x_1, \dots, x_n \in \mathbb{R}^d$ so that $\sum_i x_i = 0$.",
]


@pytest.mark.parametrize("text", CENTRED)
def test_centred_data(words: Judged, text: str) -> None:
    claim = r"Then $$\sum_{i=1}^n (x_i - x_j)^T (x_i - x_j) = \sum_{i=1}^n x_i^T x_i + n x_j^T x_j.$$"
    assert words(f"{text} {claim}") == ["proved"]
    assert words(f"{text} {claim}".replace("+ n", "- n")) == ["refuted"]


@pytest.mark.parametrize(
    "text",
    [
        r"Let $x_1, \dots, x_n \in \mathbb{R}$ and $r_i = x_i + 1$. The $r_i$ are centered, $\sum_{i=1}^n r_i = 0$.",
        r"Let $x_1, \dots, x_n \in \mathbb{R}$. Hence the $x_i$ are centered: $\sum_{i=1}^n x_i = 0$.",
        r"Let $w_1, \dots, w_n > 0$ and $v_i = w_i / \sum_{j=1}^n w_j$. The $v_i$ are normalized, $\sum_{i=1}^n v_i = 2$.",
        r"Let $u \in \mathbb{R}^d$ and $v = 2 u$. The vector $v$ has unit norm, $\|v\| = 1$.",
    ],
)
def test_what_is_concluded_or_made_of_others_is_claimed(words: Judged, text: str) -> None:
    assert words(text)[-1] == "refuted"


@pytest.mark.parametrize(
    "text",
    [
        r"Let $w_1, \dots, w_n \in \mathbb{R}$ be weights that sum to one.",
        r"Let $w_1, \dots, w_n \ge 0$ be weights summing to 1.",
        r"Let $w = (w_1, \dots, w_n)$ be a probability vector.",
        r"We have weights $w_i \ge 0$ such that $\sum_{i=1}^n w_i = 1$.",
    ],
)
def test_weights(words: Judged, text: str) -> None:
    claim = r"Let $a, b_1, \dots, b_n \in \mathbb{R}$. Then $$\sum_{i=1}^n w_i (a - b_i) = a - \sum_{i=1}^n w_i b_i.$$"
    assert words(f"{text} {claim}") == ["proved"]
    assert words(f"{text} {claim}".replace("= a -", "= n a -"))[-1] == "refuted"


@pytest.mark.parametrize(
    "text",
    [
        r"Let $A \in \mathbb{R}^{n \times n}$ with $A = A^\top$ and $x \in \mathbb{R}^n$.",
        r"Let $x \in \mathbb{R}^n$ and suppose that $A \in \mathbb{R}^{n \times n}$ satisfies $A^T = A$.",
        r"For symmetric $A \in \mathbb{R}^{n \times n}$ and $x \in \mathbb{R}^n$,",
        r"Let $x \in \mathbb{R}^n$ and $A \in \mathbb{R}^{n \times n}$, $A \succeq 0$.",
    ],
)
def test_symmetric_matrices(words: Judged, text: str) -> None:
    assert words(text + r" we have $$\nabla_x (x^T A x) = 2 A x.$$") == ["proved"]
    assert words(text + r" we have $$\nabla_x (x^T A x) = A x.$$") == ["refuted"]


@pytest.mark.parametrize(
    "text",
    [
        r"Let $W \in \mathbb{R}^{d \times k}$ have orthonormal columns and $X \in \mathbb{R}^{n \times d}$.",
        r"Let $X \in \mathbb{R}^{n \times d}$ and $W \in \mathbb{R}^{d \times k}$ with orthonormal columns.",
    ],
)
def test_orthonormal_columns(words: Judged, text: str) -> None:
    assert words(text + r" Then $$\|X W W^\top\|_F^2 = \operatorname{tr}(W^\top X^\top X W).$$") == ["proved"]
    assert words(text + r" Then $$W W^\top = I.$$") == ["refuted"]


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        (r"Let $a$ be a positive number and $b$ a nonnegative constant.", "proved"),
        (r"Suppose $a \in \mathbb{R}_{>0}$ and $b \in \mathbb{R}_{\ge 0}$.", "proved"),
        (r"Suppose $a \in \mathbb{R}^+$ and $b \in \mathbb{R}_{++}$.", "proved"),
        (r"Suppose $a \in \mathbb{R}$ and $b \in \mathbb{R}$.", "refuted"),
    ],
)
def test_signs(words: Judged, text: str, verdict: str) -> None:
    assert words(text + r" Then $$\sqrt{a^2} + b \ge a.$$") == [verdict]


NORMAL = [
    r"Let $\epsilon$ be Gaussian with mean $0$ and variance $\sigma^2$.",
    r"Let $\epsilon$ be normally distributed with mean $0$ and variance $\sigma^2$.",
    r"Let $\epsilon$ be a Gaussian random variable with zero mean and variance $\sigma^2$.",
    r"Here $\epsilon$ is zero-mean Gaussian noise with variance $\sigma^2$.",
]


@pytest.mark.parametrize("text", NORMAL)
def test_normal_numbers(words: Judged, text: str) -> None:
    model = r" For $a, b \in \mathbb{R}$ let $y = a + b \epsilon$. Then "
    assert words(text + model + r"$$\mathbb{E}[y^2] = a^2 + b^2 \sigma^2.$$") == ["proved", "proved"]
    assert words(text + model + r"$$\mathbb{E}[y^2] = a^2 + b^2 \sigma.$$") == ["proved", "refuted"]
    assert words(text + model + r"$$\mathbb{E}[\epsilon^4] = 3 \sigma^4.$$") == ["proved", "proved"]


@pytest.mark.parametrize(
    "text",
    [
        r"Let $x \in \mathbb{R}^d$ with $x \sim \mathcal{N}(\mu, \Sigma)$.",
        r"Let $x \in \mathbb{R}^d$ be normally distributed with mean $\mu$ and covariance $\Sigma$.",
    ],
)
def test_normal_vectors(words: Judged, text: str) -> None:
    text += r" Let $A \in \mathbb{R}^{k \times d}$. Then "
    assert words(text + r"$$\operatorname{Cov}(A x) = A \Sigma A^\top.$$") == ["proved"]
    assert words(text + r"$$\operatorname{Cov}(A x) = A^\top \Sigma A.$$")[-1] != "proved"
    assert words(text + r"$$\mathbb{E}[A x] = A \mu + 1.$$")[-1] != "proved"


def test_what_is_concluded_to_be_normal_is_not_taken_so(words: Judged) -> None:
    text = r"""Let $x \sim \mathcal{N}(0, 1)$ and $y = 2 x$. Hence $y$ is Gaussian with mean $0$ and variance $2$.
Then $$\operatorname{Var}(y) = 2.$$"""
    assert words(text)[-1] == "refuted"
