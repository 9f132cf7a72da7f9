"""Letters that a text uses again for something else, and those that it does not."""

from __future__ import annotations

import pytest

from tests.documents.judging import Judged

HEAD = (
    "<!--: index n = 1..N ; c = 1..C ; t = 1..T ; j, k = 1..K ; x_n, s_n, w \\in \\mathbb{R} ; o_{nc} \\in \\mathbb{R} -->\n"
    "<!--: \\eta_k \\in \\mathbb{R} ; A_{jk}, b_{tk} > 0 ; 0 < p < 1 -->\n"
)


@pytest.mark.parametrize(
    ("text", "verdicts"),
    [
        # a delta over things of two kinds is a name, over one kind Kronecker's
        ("Let $\\delta_{nc} = 2 o_{nc}$. Then $\\sum_c \\delta_{nc} = 2 \\sum_c o_{nc}$.", ["proved", "proved"]),
        ("So $\\delta_{jk} = A_{jk}$.", ["refuted"]),
        # the letter of a family
        ("Let $\\eta = \\log \\frac{p}{1-p}$. Then $\\frac{d\\eta}{dp} = \\frac{1}{p(1-p)}$.", ["proved", "proved"]),
        ("Hence $\\log \\eta = p$.", ["unread"]),
        # what is said of the logarithm of a name
        ("The density is $\\log q = -w^2$. Then $\\frac{d \\log q}{d w} = -2 w$.", ["proved", "proved"]),
        ("The density is $\\log q = -w^2$. Then $\\frac{d \\log q}{d w} = -w$.", ["proved", "refuted"]),
        ("The density is $\\log p = -w^2$.", ["refuted"]),
        # a recurrence over states
        (
            "With $\\beta_{tj} = \\sum_k A_{jk} b_{t+1,k} \\beta_{t+1,k}$ we have $$ \\sum_j \\beta_{tj} = \\sum_j \\sum_k "
            "A_{jk} b_{t+1,k} \\beta_{t+1,k} . $$ $$ \\sum_j \\beta_{tj} = 1 $$",
            ["proved", "refuted"],
        ),
        ("$$ \\cosh^2 w - \\sinh^2 w = 1 $$ $$ \\frac{d}{dw} \\cosh w = -\\sinh w $$", ["proved", "refuted"]),
    ],
)
def test_letters(words: Judged, text: str, verdicts: list[str]) -> None:
    assert words(HEAD + text)[-len(verdicts) :] == verdicts


PARTS = "**(a)** Let $\\ell(w) = \\sum_n (x_n - w)^2$. Then $\\ell'(w) = -2 \\sum_n (x_n - w)$.\n\n"


@pytest.mark.parametrize(
    ("text", "verdicts"),
    [
        ("**(b)** Now $\\ell(w) = \\sum_n s_n w$. So $\\ell'(w) = \\sum_n s_n$.", ["proved", "proved"]),
        ("Now $\\ell(w) = \\sum_n s_n w$.", ["refuted"]),  # in the same part it is a claim
        ("**(b)** Now $\\ell(w) = \\sum_n (x_n + w)^2$.", ["refuted"]),  # of the same things
    ],
)
def test_the_same_name_in_another_part(words: Judged, text: str, verdicts: list[str]) -> None:
    assert words(HEAD + PARTS + text)[-len(verdicts) :] == verdicts


def test_a_variance_is_declared(words: Judged) -> None:
    head = "<!--: \\sigma^2 > 0 ; x, m \\in \\mathbb{R} -->\n"
    text = "$$ \\frac{\\partial}{\\partial \\sigma^2} \\left( -\\frac{(x-m)^2}{2\\sigma^2} \\right) = \\frac{(x-m)^2}{2\\sigma^4} $$"
    assert words(head + text + "$$ \\sigma^2 = \\sigma $$") == ["proved", "refuted"]
