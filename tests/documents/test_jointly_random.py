r"""Quantities that a text averages and says no more of, ``\operatorname{Var}(f - c g)``: true whatever their joint law is.

The expectations are written by hand from the mathematics.
"""

from __future__ import annotations

import pytest

from tests.documents.judging import Judged, notes

TEXT = r"""You want $\mathbb{E}[f]$, and there is a second random variable $g$ whose mean $m = \mathbb{E}[g]$ is known. For any
$c \in \mathbb{R}$ put
$$ h = f - c (g - m) . $$
Then
$$ CLAIM . $$
"""


@pytest.mark.parametrize(
    ("claim", "verdict"),
    [
        (r"\mathbb{E}[h] = \mathbb{E}[f]", "proved"),
        (r"\mathbb{E}[h] = \mathbb{E}[f] - c m", "refuted"),
        (
            r"\operatorname{Var}(h) = \operatorname{Var}(f) - 2 c \operatorname{Cov}(f, g) + c^2 \operatorname{Var}(g)",
            "proved",
        ),
        (
            r"\operatorname{Var}(h) = \operatorname{Var}(f) + 2 c \operatorname{Cov}(f, g) + c^2 \operatorname{Var}(g)",
            "refuted",
        ),
        (r"\operatorname{Var}(f + g) = \operatorname{Var}(f) + \operatorname{Var}(g)", "refuted"),
        (r"\operatorname{Cov}(f, g) = \mathbb{E}[f g] - \mathbb{E}[f] \mathbb{E}[g]", "proved"),
        (r"\mathbb{E}[f g] = \mathbb{E}[f] \mathbb{E}[g]", "refuted"),
        (r"\operatorname{Cov}(f, f) = \operatorname{Var}(f)", "proved"),
        (r"\operatorname{Var}(c f) = c^2 \operatorname{Var}(f)", "proved"),
        (r"\operatorname{Var}(c f) = c \operatorname{Var}(f)", "refuted"),
        (r"\operatorname{Var}(f) \ge 0", "proved"),
        (r"\mathbb{E}[f] \ge 0", "refuted"),
        (r"\mathbb{E}[f^2] = \mathbb{E}[f]^2", "refuted"),
    ],
)
def test_whatever_the_joint_law_is(words: Judged, claim: str, verdict: str) -> None:
    assert words(TEXT.replace("CLAIM", claim))[-1] == verdict


@pytest.mark.parametrize(
    "more",
    [
        "They are independent.",
        "Both are uncorrelated.",
        r"Here $f \sim \mathcal{N}(0, 1)$.",
        "Both have a normal distribution.",
        r"Let $\mathbb{E}[f] = 0$.",
        r"By assumption $\operatorname{Var}(g) = 1$.",
        "They are vectors.",
        r"<!--: f > 0 -->",
    ],
)
def test_where_more_is_said_of_them_they_are_not_any(more: str) -> None:
    claim = r"\operatorname{Var}(f + g) = \operatorname{Var}(f) + \operatorname{Var}(g)"
    assert "joint distribution" not in notes(TEXT.replace("Then", f"{more} Then").replace("CLAIM", claim))


def test_what_is_declared_a_number_may_be_random(words: Judged) -> None:
    text = r"<!--: X, Y, a \in \mathbb{R} --> $$ \operatorname{Cov}(a X, Y) = a \operatorname{Cov}(X, Y) $$"
    assert words(text) == ["proved"]
    assert words(text.replace("= a ", "= ")) == ["refuted"]


def test_an_estimator(words: Judged) -> None:
    text = (
        r"<!--: \theta \in \mathbb{R} --> The mean squared error of $\hat\theta$ is "
        r"$$ \mathbb{E}[(\hat\theta - \theta)^2] = \operatorname{Var}(\hat\theta) SIGN (\mathbb{E}[\hat\theta] - \theta)^2 . $$"
    )
    assert words(text.replace("SIGN", "+"))[-1] == "proved"
    assert words(text.replace("SIGN", "-"))[-1] == "refuted"


@pytest.mark.parametrize(("sign", "verdict"), [(">", "proved"), ("<", "refuted")])
def test_a_sign_is_given_of_a_function(words: Judged, sign: str, verdict: str) -> None:
    text = rf"<!--: function q(x) --> Let $q$ be a function with $q(x) > 0$. Then $$ q(x)^2 + q(x) {sign} 0 . $$"
    assert words(text) == [verdict]


@pytest.mark.parametrize(
    "said",
    [
        "Let $X$ and $Y$ be random variables.",
        "Let $X, Y$ be random variables with finite variance.",
        "For random variables $X$ and $Y$ we have the following.",
        "Let $X$ and $Y$ be two real-valued random variables.",
        "Consider two random variables $X$ and $Y$.",
    ],
)
def test_variables_that_words_introduce(words: Judged, said: str) -> None:
    text = rf"""# Variances
{said} Then
$$\operatorname{{Var}}(X + Y) = \operatorname{{Var}}(X) + \operatorname{{Var}}(Y) + 2\operatorname{{Cov}}(X, Y)$$
$$\operatorname{{Var}}(X + Y) = \operatorname{{Var}}(X) + \operatorname{{Var}}(Y)$$
$$\mathbb{{E}}[X Y] = \mathbb{{E}}[X] \mathbb{{E}}[Y]$$
$$\mathbb{{E}}[X^2] \ge \mathbb{{E}}[X]^2$$
"""
    assert words(text) == ["proved", "refuted", "refuted", "proved"]


@pytest.mark.parametrize("said", ["with equal variances", "with mean zero", "with zero mean", "that are independent"])
def test_variables_of_which_words_say_more_are_not_any_variables(words: Judged, said: str) -> None:
    text = rf"""Let $X$ and $Y$ be random variables {said}. Then
$$\operatorname{{Var}}(X + Y) = \operatorname{{Var}}(X) + \operatorname{{Var}}(Y)$$
"""
    assert words(text)[-1] != "refuted"


def test_a_mean_without_brackets(words: Judged) -> None:
    said = r"Let $\mathbb{E}[x] = m$ and $\mathrm{Var}(x) = s^2$ for a random variable $x$. Then "
    assert words(said + r"$\mathbb{E} x^2 - (\mathbb{E} x)^2 = s^2$.")[-1] == "proved"
    assert words(said + r"$\mathbb{E} x^2 = m^2$.")[-1] == "refuted"
    assert words(said + r"$\mathbb{E} 2 x = 2 m$.")[-1] == "unread"  # of the product, or of its first factor
