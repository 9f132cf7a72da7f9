"""A share of a whole, the first thing that is said of numbers that are declared to add up to one."""

from __future__ import annotations

import pytest

from tests.documents.judging import Judged

DECLARED = (
    "<!--: index n = 1..N ; j, k = 1..K ; x_n, \\beta_k, \\pi_k > 0 ; \\sum_k \\pi_k = 1 ; r_{nk} > 0 ; "
    "\\sum_k r_{nk} = 1 -->\n"
)
RIGHT = "$$r_{nk} = \\frac{\\pi_k \\beta_k e^{-\\beta_k x_n}}{\\sum_{j=1}^K \\pi_j \\beta_j e^{-\\beta_j x_n}}$$\n"
WRONG = "$$r_{nk} = \\frac{\\pi_k \\beta_k e^{-\\beta_k x_n}}{\\sum_{j=1}^K \\beta_j e^{-\\beta_j x_n}}$$\n"
LIKELIHOOD = (
    "The log-likelihood $$\\ell = \\sum_{n=1}^N \\log \\sum_{k=1}^K \\pi_k \\beta_k e^{-\\beta_k x_n}$$ has the gradient\n"
    "$$\\frac{\\partial \\ell}{\\partial \\beta_k} = \\sum_{n=1}^N r_{nk} \\left(\\frac{1}{\\beta_k} SIGN x_n\\right).$$\n"
)


@pytest.mark.parametrize("said", ["Bayes:", "By Bayes' rule we have", "The posterior of component $k$ is"])
def test_it_says_what_they_are(words: Judged, said: str) -> None:
    assert words(f"{DECLARED}{said}\n{RIGHT}{LIKELIHOOD.replace('SIGN', '-')}")[-1] == "proved"
    assert words(f"{DECLARED}{said}\n{RIGHT}{LIKELIHOOD.replace('SIGN', '+')}")[-1] == "refuted"


def test_what_is_declared_of_them_is_claimed_of_the_share(words: Judged) -> None:
    assert set(words(f"{DECLARED}Bayes:\n{RIGHT}")) == {"proved"}
    assert "refuted" in words(f"{DECLARED}Bayes:\n{WRONG}")


def test_a_fact_about_others_too_stays_a_fact(words: Judged) -> None:
    declared = DECLARED.replace("\\sum_k r_{nk} = 1", "assume \\sum_k r_{nk} \\beta_k = 1")
    assert words(f"{declared}Bayes:\n{RIGHT}")[-1] == "refuted"


@pytest.mark.parametrize(
    ("said", "word"),
    [
        ("E-step. Compute $r_{nk}$ with the current parameters, then keep it fixed.", "proved"),
        ("Compute the $r_{nk}$ once and treat them as constants.", "proved"),
        ("Compute the $r_{nk}$ again.", "refuted"),
    ],
)
def test_what_is_kept_fixed(words: Judged, said: str, word: str) -> None:
    text = (
        f"{DECLARED}Bayes:\n{RIGHT}{said}\n"
        "$$Q = \\sum_{n=1}^N \\sum_{k=1}^K r_{nk} (\\log \\beta_k - \\beta_k x_n)$$\n"
        "$$\\frac{\\partial Q}{\\partial \\beta_k} = \\sum_{n=1}^N r_{nk} (1/\\beta_k - x_n)$$"
    )
    assert words(text)[-1] == word
