"""A text that goes through distributions by name gives each its own functions; within one, a name keeps its meaning."""

from __future__ import annotations

import pytest

from derive.read.documents.text.distributions_in_turn import turns
from derive.read.documents.text.scanner import Scanner
from derive.read.documents.text.source import Source
from tests.documents.judging import Judged

GENERAL = """<!--: y, \\eta \\in \\mathbb{R} ; 0 < \\phi < 1 ; \\lambda > 0 -->
A family has the form $p(y; \\eta) = b(y) \\exp(\\eta T(y) - a(\\eta))$.

For the Bernoulli distribution, $T(y) = y$ and $$a(\\eta) = \\log(1 + e^\\eta)$$ $$a'(\\eta) = \\frac{1}{1 + e^{-\\eta}}$$

"""
NEXT = [
    "For the Poisson distribution, $T(y) = y$, $\\eta = \\log \\lambda$ and",
    "Now consider the Poisson distribution. We have $T(y) = y$ and",
    "- **Poisson**: here $T(y) = y$ and",
    "2. Poisson: here $T(y) = y$ and",
    "### Poisson distribution\nHere $T(y) = y$ and",
]


@pytest.mark.parametrize("begins", NEXT)
def test_each_has_its_own(words: Judged, begins: str) -> None:
    right = words(f"{GENERAL}{begins} $$a(\\eta) = e^\\eta$$ $$a'(\\eta) = e^\\eta$$")
    assert "refuted" not in right
    assert right[-2:] == ["proved", "proved"]
    wrong = words(f"{GENERAL}{begins} $$a(\\eta) = e^\\eta$$ $$a'(\\eta) = 2 e^\\eta$$")
    assert wrong[-1] == "refuted"


def test_what_is_said_twice_of_one_is_judged(words: Judged) -> None:
    said = "2. Poisson: here $$a(\\eta) = e^\\eta$$ $$a(\\eta) = \\log(1 + e^\\eta)$$"
    assert words(GENERAL + said)[-2:] == ["proved", "refuted"]


@pytest.mark.parametrize(
    "goes_on",
    [
        "Its other form is $$a(\\eta) = e^\\eta$$",
        "For the Bernoulli distribution we also have $$a(\\eta) = e^\\eta$$",
        "For large values, $$a(\\eta) = e^\\eta$$",
        "Unlike the Poisson distribution it has $$a(\\eta) = e^\\eta$$",
    ],
)
def test_no_other_distribution_begins(words: Judged, goes_on: str) -> None:
    assert words(GENERAL + goes_on)[-1] != "proved"


def test_what_the_author_declares_stays(words: Judged) -> None:
    text = f"{GENERAL}2. Poisson: here $\\eta = \\log \\lambda$ and $$e^\\eta = \\lambda$$ $$e^\\eta = 2 \\lambda$$ $$\\log \\lambda^2 = 2 \\log \\lambda$$"
    assert words(text)[-3:] == ["proved", "refuted", "proved"]


def test_where_they_begin() -> None:
    text = (
        "For the Gaussian distribution, $a$.\n\nFor the Poisson distribution, $b$.\n\nThe Poisson distribution has $c$."
    )
    pieces = Scanner().scan(Source("f.md", text), latex=False)
    assert len(turns(pieces)) == 1
