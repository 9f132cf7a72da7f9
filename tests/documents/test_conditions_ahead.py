"""A condition in words before a formula, and what setting a derivative to zero gives under another name."""

from __future__ import annotations

import pytest

from .judging import Judged

SOFTMAX = (
    "<!--: index i, j = 1..N ; s_i \\in \\mathbb{R} ; a, h, n \\in \\mathbb{R} -->\n"
    "$$ \\ell = \\log \\sum_{j=1}^N e^{s_j} - s_1, \\qquad z = 2 a, \\qquad u = (1 - z) h + z n . $$\n"
)


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("If all scores are equal then $\\ell = \\log N$.", "undecided"),
        ("When the scores are equal, we have $\\ell = \\log N$.", "undecided"),
        ("We have $\\ell = \\log N$.", "refuted"),
        ("If we differentiate, we get $\\ell = \\log N$.", "refuted"),
        ("If the gate is closed, $z = 0$, the derivative is $1$, and $$ u = h . $$", "proved"),
        ("If the gate is closed, $z = 0$, the derivative is $1$, and $$ u = n . $$", "refuted"),
    ],
)
def test_conditions_in_words(text: str, verdict: str, words: Judged) -> None:
    assert words(SOFTMAX + text)[-1] == verdict


WEIGHTS = "<!--: index k = 1..K ; g_k \\in \\mathbb{R} ; w_k > 0 -->\n"


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("Let $w_k$ be the weights and let $g_k$ be its score, so $\\sum_k w_k g_k = 0$.", "undecided"),
        ("Let $g_k$ be its score. So $\\sum_k w_k g_k = 0$.", "refuted"),
    ],
)
def test_what_words_call_a_name(text: str, verdict: str, words: Judged) -> None:
    assert words(WEIGHTS + text)[-1] == verdict


SQUARES = (
    "<!--: y, x, z \\in \\mathbb{R} ; 0 < a < 1 ; b > 0 -->\n"
    "$$ f(y) = -a (x - y)^2 - b (y - z)^2 $$ Its derivative is $$ f'(y) = 2 a (x - y) - 2 b (y - z) $$\n"
)


@pytest.mark.parametrize(
    "said", ["and setting $f'(y) = 0$ gives the posterior mean", "Setting this to zero, we obtain the optimum"]
)
@pytest.mark.parametrize(
    ("value", "verdict"), [("\\frac{a x + b z}{a + b}", "proved"), ("\\frac{a x + b z}{a - b}", "refuted")]
)
def test_a_solution_under_another_letter(said: str, value: str, verdict: str, words: Judged) -> None:
    assert words(f"{SQUARES}{said} $$ \\tilde\\mu = {value} . $$")[-1] == verdict


@pytest.mark.parametrize(
    "text",
    [
        "Setting this to zero gives the optimal value $$ m = \\frac{a x + b z}{a - b} . $$",
        "Setting this to zero gives, with $$ m = a - b, $$ the solution.",
    ],
)
def test_what_is_no_solution_is_only_defined(text: str, words: Judged) -> None:
    assert "refuted" not in words(SQUARES + text)


ROOTS = (
    "<!--: y, x, z \\in \\mathbb{R} ; 0 < c < 1 ; 0 < g < 1 ; 0 < b < 1 ; b = 1 - c -->\n"
    "$$ f(y) = -\\frac{(x - \\sqrt{c} y)^2}{2 b} - \\frac{(y - \\sqrt{g} z)^2}{2 (1 - g)} $$ Setting $f'(y) = 0$ gives\n"
)


@pytest.mark.parametrize(("below", "verdict"), [("1 - c g", "proved"), ("1 - g", "refuted")])
def test_beside_facts_that_are_met_exactly(below: str, verdict: str, words: Judged) -> None:
    claim = f"y = \\frac{{\\sqrt{{c}} (1 - g)}}{{1 - c g}} x + \\frac{{\\sqrt{{g}} b}}{{{below}}} z"
    assert words(f"{ROOTS}$$ {claim} . $$")[-1] == verdict


STEPS = (
    "<!--: index t = 1..T ; 0 < \\beta_t < 1 -->\nWith $\\alpha_t = 1 - \\beta_t$, $$ \\alpha_t + \\beta_t = 1 . $$\n\n## Two\n\n"
    "<!--: 0 < \\alpha < 1 ; 0 < \\beta < 1 FACT -->\nWrite $\\alpha = \\alpha_t$. Then $$ CLAIM . $$"
)


@pytest.mark.parametrize(
    ("fact", "claim", "verdict"),
    [
        ("; \\beta = 1 - \\alpha", "\\alpha + \\beta = 1", "proved"),
        ("; \\beta = 1 - \\alpha", "\\alpha - \\beta = 1", "refuted"),
        ("; \\beta = 1 - \\alpha", "\\alpha = 1 - \\beta_t", "undecided"),
    ],
)
def test_a_number_that_is_a_member(fact: str, claim: str, verdict: str, words: Judged) -> None:
    verdicts = words(STEPS.replace("FACT", fact).replace("CLAIM", claim))
    assert verdicts[-1] == verdict
    assert "refuted" not in verdicts[:-1]


def test_a_recurrence_behind_an_equation_that_is_unread(words: Judged) -> None:
    text = (
        "<!--: index t = 1..T ; x_t, d_t \\in \\mathbb{R}^m ; W \\in \\mathbb{R}^{m \\times m} -->\n"
        "With $d_t = \\operatorname{foo}(x_t)$ the backward pass reads\n$$ d_t = x_t + W^\\top d_{t+1} . $$"
    )
    assert words(text)[-1] == "unread"
