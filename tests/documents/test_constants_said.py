"""A definition up to a constant has a constant of its own; independent draws in words; a derivative that cannot be read."""

from __future__ import annotations

import pytest

from tests.documents.test_by_powers import notes, verdicts

NORMAL = r"""Let $x_1, \dots, x_n \in \mathbb{R}$ and $v > 0$. The log-likelihood is
$$\ell(\mu, v) = -\frac{n}{2} \log v - \frac{1}{2 v} \sum_{i=1}^n (x_i - \mu)^2 + \text{const}.$$
The gradient in the mean is
$$\frac{\partial \ell}{\partial \mu} = \frac{1}{v} \sum_{i=1}^n (x_i - \mu).$$
With $\tau = \frac1v$,
$$\ell = \frac{n}{2} \log \tau - \frac{\tau}{2} \sum_{i=1}^n (x_i - \mu)^2 + \text{const}.$$
"""


def test_a_definition_up_to_a_constant() -> None:
    assert "a constant: \\mathrm{const}_{1} \\in \\mathbb{R}" in notes(NORMAL)
    assert set(verdicts(NORMAL)) == {"proved"}


def test_its_mistakes_are_found() -> None:
    for right, wrong in (
        (r"\frac{1}{v} \sum_{i=1}^n (x_i - \mu).", r"\frac{1}{v} \sum_{i=1}^n (\mu - x_i)."),
        (r"\frac{n}{2} \log \tau", r"n \log \tau"),
        (r"\frac{n}{2} \log \tau", r"-\frac{n}{2} \log \tau"),
        (r"- \frac{\tau}{2}", r"- \tau"),
    ):
        assert NORMAL.count(right) == 1
        assert verdicts(NORMAL.replace(right, wrong)).count("refuted") == 1, wrong


def test_the_constant_is_not_nothing() -> None:
    """A line that leaves it out speaks of another quantity."""
    at = NORMAL.rindex(" + \\text{const}")
    assert verdicts(NORMAL[:at] + "$$")[-1] in ("refuted", "undecided")


def test_two_constants_are_two() -> None:
    text = r"""Let $x, y \in \mathbb{R}$. Let $$f(x) = x^2 + \text{const}$$ and $$g(x) = x^2 + y + \text{const}$$ Then
$$g(x) - f(x) = y$$
"""
    assert verdicts(text)[-1] == "refuted"


DROPPED = r"""Let $w, x \in \mathbb{R}^d$, let $b_1, \ldots, b_d$ be independent Bernoulli variables with mean $p$, and let
$$s = \sum_{j=1}^d b_j w_j x_j.$$
Then $$\mathbb{E}[s] = p \sum_{j=1}^d w_j x_j$$ and
$$\operatorname{Var}(s) = p (1 - p) \sum_{j=1}^d w_j^2 x_j^2.$$
"""


def test_draws_of_a_named_distribution_in_words() -> None:
    assert set(verdicts(DROPPED)) == {"proved"}
    assert verdicts(DROPPED.replace("Bernoulli", "Poisson"))[-1] == "refuted"
    assert set(verdicts(DROPPED.replace("Bernoulli", "Poisson").replace("p (1 - p)", "p"))) == {"proved"}


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("p (1 - p) \\sum", "p^2 \\sum"),
        ("\\mathbb{E}[s] = p", "\\mathbb{E}[s] = (1 - p)"),
    ],
)
def test_their_moments_are_judged(right: str, wrong: str) -> None:
    assert verdicts(DROPPED.replace(right, wrong)).count("refuted") == 1


@pytest.mark.parametrize(
    ("right", "other"),
    [
        ("independent Bernoulli", "Bernoulli"),
        ("with mean $p$", "with variance $p$"),
        ("Bernoulli", "geometric"),
        ("independent Bernoulli variables with mean $p$", "independent exponential variables with mean $p$"),
    ],
)
def test_what_leaves_a_doubt_is_not_read(right: str, other: str) -> None:
    assert "proved" not in verdicts(DROPPED.replace(right, other))[-2:]


RISK = r"""Let $x_i \in \mathbb{R}^p$, $y_i \in \mathbb{R}$ for $i = 1, \dots, n$, and $\beta \in \mathbb{R}^p$. To minimise the risk,
$$\nabla R(\beta) = -2 \sum_{i=1}^n (y_i - x_i^\top \beta) x_i = 0$$
so that
$$\sum_{i=1}^n x_i x_i^\top \beta = \sum_{i=1}^n y_i x_i$$
"""


def test_a_derivative_that_cannot_be_read_is_still_set_to_zero() -> None:
    """Of R nothing is known: that its derivative is zero is an equation to solve, and no claim."""
    assert sorted(verdicts(RISK)) == ["proved", "proved", "unread"]
    assert verdicts(RISK.replace("= \\sum_{i=1}^n y_i x_i$$", "= -\\sum_{i=1}^n y_i x_i$$")).count("proved") == 1


def test_what_is_no_derivative_is_claimed_to_be_zero() -> None:
    assert verdicts(RISK.replace("\\nabla R(\\beta)", "R(\\beta)")).count("proved") < 2
