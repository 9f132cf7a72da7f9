"""``whose maximiser is``, ``maximising h gives``, ``the MLE is``: a new name for an estimate is no free definition."""

from __future__ import annotations

import pytest

from tests.documents.judging import Judged

DECLARED = "<!--: index i = 1..n ; x_i > 0 ; \\theta, a, b > 0 -->\n"
LIKELIHOOD = "h(\\theta) = n \\log \\theta - \\theta \\sum_{i=1}^n x_i"
RIGHT = "\n$$\\hat\\theta = \\frac{n}{\\sum_{i=1}^n x_i}.$$"
WRONG = "\n$$\\hat\\theta = \\frac{1}{n} \\sum_{i=1}^n x_i.$$"


@pytest.mark.parametrize(
    "said",
    [
        f"The log-likelihood is ${LIKELIHOOD}$, whose maximiser is",
        f"Consider ${LIKELIHOOD}$. Maximising $h(\\theta)$ over $\\theta$ gives",
        f"Consider ${LIKELIHOOD}$. Maximizing the function $h$ we find",
        f"The log-likelihood is ${LIKELIHOOD}$. The MLE is",
        "The log-likelihood is $h(\\theta, a) = n \\log \\theta - \\theta \\sum_i x_i$. The MLE is",
        f"The log-likelihood is ${LIKELIHOOD}$. The maximum likelihood estimate of $\\theta$ is then",
    ],
)
def test_the_estimate_is_judged(words: Judged, said: str) -> None:
    assert words(DECLARED + said + RIGHT)[-1] == "proved"
    assert words(DECLARED + said + WRONG)[-1] == "refuted"


@pytest.mark.parametrize(
    "said",
    [
        "The log-posterior is $L(\\theta) = (n + a - 1) \\log \\theta - \\theta (b + \\sum_i x_i)$. Without a prior, the MLE is",
        f"The log-likelihood is ${LIKELIHOOD}$. With a Gamma prior, the MAP estimate is",
        f"The log-likelihood is ${LIKELIHOOD}$. We write",
    ],
)
def test_nothing_is_claimed_of_another_function(words: Judged, said: str) -> None:
    assert words(DECLARED + said + RIGHT)[-1] == "proved"
    assert words(DECLARED + said + WRONG)[-1] == "proved"


def test_constraints_are_not_forgotten(words: Judged) -> None:
    declared = "<!--: index k = 1..K ; n_k > 0 ; \\pi \\in \\mathbb{R}^K simplex ; component \\pi_k of \\pi -->\n"
    text = "The log-likelihood is $\\ell(\\pi) = \\sum_k n_k \\log \\pi_k$. The MLE is $$\\hat\\pi_k = \\frac{n_k}{\\sum_j n_j}.$$"
    assert words(declared + text)[-1] != "refuted"


RISK = "<!--: p \\in (0, 1) ; f \\in \\mathbb{R} -->\nWe minimise $R(f) = p e^{-f} + (1 - p) e^f$. "
HALF = "\n$$f^* = \\frac12 \\log\\frac{p}{1 - p}.$$"
WHOLE = "\n$$f^* = \\log\\frac{p}{1 - p}.$$"


@pytest.mark.parametrize(
    "said",
    [
        "The minimiser satisfies",
        "The minimizer is",
        "The unique minimiser of this risk is given by",
        "The minimum is attained at",
        "The optimum is",
        "The best predictor satisfies",
    ],
)
def test_the_minimiser_of_what_stands_before(words: Judged, said: str) -> None:
    assert words(RISK + said + HALF)[-1] == "proved"
    assert words(RISK + said + WHOLE)[-1] == "refuted"


SOLVED = "<!--: p \\in (0, 1) ; f, b \\in \\mathbb{R} ; c > 0 -->\nLet $L(b) = b^2 - 2 b c$. Setting the derivative to zero gives $b = c$. "


def test_what_was_solved_before_is_another_matter(words: Judged) -> None:
    risk = SOLVED + "We minimise $R(f) = p e^{-f} + (1 - p) e^f$. The minimiser satisfies"
    assert words(risk + HALF)[-1] == "proved"
    assert words(risk + WHOLE)[-1] == "refuted"


@pytest.mark.parametrize(
    "said",
    [
        "The minimiser of another risk is",
        "With a different loss, the optimum would be",
        "We write",
        "The optimal value is",
    ],
)
def test_other_words_do_not_claim_it(words: Judged, said: str) -> None:
    assert words(RISK + said + WHOLE)[-1] != "refuted"
