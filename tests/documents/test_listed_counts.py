"""What the letter of a listed sequence counts, where sums end with it or steps are counted by it."""

from __future__ import annotations

import pytest

from tests.documents.judging import Judged

GRADIENTS = (
    r"Let $g_1, \dots, g_T \in \mathbb{R}^d$ be gradients, $v_t = \mu v_{t-1} + g_t$ and $v_0 = 0$. Then $$ %s $$"
)
PARTIAL = r"Let $a_1, \dots, a_T$ be numbers and $b_t = \sum_{s=1}^t a_s$ their partial sums. Then $$ %s $$"
SCHEDULE = (
    r"Let $\beta_1, \dots, \beta_T \in (0, 1)$ be a schedule, $\alpha_t = 1 - \beta_t$ and "
    r"$\bar\alpha_t = \prod_{s=1}^t \alpha_s$. Then $$ %s $$"
)
SAID = (
    r"Let $\beta_t \in (0, 1)$ for $t = 1, \dots, T$, $\alpha_t = 1 - \beta_t$ and $\bar\alpha_t = \prod_{s=1}^t \alpha_s$. "
    r"Then $$ %s $$"
)
RETURNS = (
    r"Let $\gamma \in (0, 1)$, and let $r_0, r_1, \dots, r_{T-1}$ be rewards. The return is "
    r"$G_t = \sum_{k=t}^{T-1} \gamma^{k-t} r_k$. Then $$ %s $$"
)


@pytest.mark.parametrize(
    ("text", "claim"),
    [
        (GRADIENTS, r"v_t = \sum_{s=1}^t \mu^{t-s} g_s"),
        (PARTIAL, r"b_t = b_{t-1} + a_t"),
        (SCHEDULE, r"\bar\alpha_t = \alpha_t \bar\alpha_{t-1}"),
        (SAID, r"\bar\alpha_t = \alpha_t \bar\alpha_{t-1}"),
        (RETURNS, r"G_t = r_t + \gamma G_{t+1}"),
    ],
)
def test_is_proved(words: Judged, text: str, claim: str) -> None:
    assert words(text % claim)[-1] == "proved"


@pytest.mark.parametrize(
    ("text", "claim"),
    [
        (GRADIENTS, r"v_t = \sum_{s=1}^t \mu^{t-s+1} g_s"),
        (PARTIAL, r"b_t = b_{t-1} - a_t"),
        (PARTIAL, r"b_t = b_{t-1} + a_{t-1}"),
        (SCHEDULE, r"\bar\alpha_t = \beta_t \bar\alpha_{t-1}"),
        (SAID, r"\bar\alpha_t = \beta_t \bar\alpha_{t-1}"),
        (RETURNS, r"G_t = r_t + G_{t+1}"),
    ],
)
def test_is_refuted(words: Judged, text: str, claim: str) -> None:
    assert words(text % claim)[-1] == "refuted"


def test_two_lists_of_different_length_say_nothing(words: Judged) -> None:
    text = (
        r"Let $a_1, \dots, a_T$ and $c_1, \dots, c_n$ be numbers, $b_t = \sum_{s=1}^t a_s c_s$. "
        r"Then $$ b_t = b_{t-1} + a_t c_t $$"
    )
    assert words(text)[-1] != "refuted"


STEPS = (
    r"Let $x_0 \in \mathbb{R}^d$ and $\beta_1, \dots, \beta_T \in (0, 1)$. The process is "
    r"$q(x_t \mid x_{t-1}) = \mathcal{N}(x_t; \sqrt{1 - \beta_t} x_{t-1}, \beta_t I)$, so that $$ %s $$"
)


def test_steps_of_what_begins_with_a_vector(words: Judged) -> None:
    """x_t is of the space of x_0."""
    claim = r"\nabla_{x_t} \log q(x_t \mid x_{t-1}) = - \frac{x_t - \sqrt{1 - \beta_t} x_{t-1}}{\beta_t}"
    assert words(STEPS % claim)[-1] == "proved"
    assert words(STEPS % claim.replace("- \\frac", "\\frac"))[-1] != "proved"
