"""Γ is the gamma function where a text speaks of it, or of a distribution that has it; elsewhere it is the author's."""

from __future__ import annotations

import pytest

from tests.documents.judging import Judged, notes

DECLARED = "<!--: \\alpha, \\beta > 0 ; n \\in \\mathbb{Z} nonnegative ; 0 < x < 1 -->\n"
BETA = (
    f"{DECLARED}The Beta density is $$f(x) = \\frac{{\\Gamma(\\alpha + \\beta)}}{{\\Gamma(\\alpha) \\Gamma(\\beta)}} "
    "x^{\\alpha - 1} (1 - x)^{\\beta - 1}$$\n"
)
LOGARITHM = (
    "$$\\log f(x) = (\\alpha - 1) \\log x + (\\beta - 1) \\log(1 - x) "
    "- \\log \\Gamma(\\alpha) - \\log \\Gamma(\\beta) + \\log \\Gamma(\\alpha + \\beta)$$"
)


def test_a_density_with_it(words: Judged) -> None:
    assert words(BETA + LOGARITHM) == ["proved", "proved"]
    assert words(BETA + LOGARITHM.replace("- \\log \\Gamma(\\beta)", "+ \\log \\Gamma(\\beta)"))[1] == "refuted"
    assert words(BETA + LOGARITHM.replace("(\\beta - 1)", "\\beta"))[1] == "refuted"


@pytest.mark.parametrize(
    ("line", "verdict"),
    [
        ("\\Gamma(n + 1) = n!", "proved"),
        ("\\Gamma(n + 1) = (n + 1)!", "refuted"),
        ("\\Gamma(\\alpha + 1) = (\\alpha + 1) \\Gamma(\\alpha)", "refuted"),
        ("\\Gamma(\\alpha) \\Gamma(\\beta) = \\Gamma(\\beta) \\Gamma(\\alpha)", "proved"),
        ("\\Gamma(\\alpha + \\beta) = \\Gamma(\\alpha) + \\Gamma(\\beta)", "refuted"),
        ("\\frac{\\partial}{\\partial \\alpha} \\Gamma(\\alpha) = 0", "undecided"),
    ],
)
def test_what_is_known_of_it(words: Judged, line: str, verdict: str) -> None:
    assert words(f"{DECLARED}With the gamma function, $${line}$$") == [verdict]


@pytest.mark.parametrize(
    "text",
    [
        "Let $\\Gamma(x) = x^2$, as for the Gamma filter. Then $$\\Gamma(\\alpha) = \\alpha^2$$",
        "<!--: function \\Gamma(u) := u^2 -->\nOf the Gamma filter, $$\\Gamma(\\alpha) = \\alpha^2$$",
        "<!--: \\Gamma \\in \\mathbb{R} -->\nOf the Gamma filter, $$\\Gamma(\\alpha + \\beta) = \\Gamma \\alpha + \\Gamma \\beta$$",
    ],
)
def test_an_own_one_stays(words: Judged, text: str) -> None:
    assert words(DECLARED + text)[-1] == "proved"
    assert "(u - 1)!" not in notes(DECLARED + text)


def test_it_is_not_meant_where_nothing_speaks_of_it() -> None:
    assert "(u - 1)!" not in notes(f"{DECLARED}The cost is $$c = \\Gamma(\\alpha) + 1$$")
    assert "(u - 1)!" not in notes(f"{DECLARED}Let $x \\sim \\Gamma(\\alpha, \\beta)$, a Gamma density.")
    assert "(u - 1)!" in notes(f"{DECLARED}The gamma function enters, $$c = \\Gamma(\\alpha) + 1$$")
