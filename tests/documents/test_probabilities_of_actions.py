r"""``function \pi_\theta(a | s) density`` of an index: it adds up to one for every θ, and its score has mean zero."""

from __future__ import annotations

import pytest

from .judging import Judged

POLICY = (
    "<!--: index a, b = 1..K ; index s = 1..S ; \\theta \\in \\mathbb{R}^d ; c \\in \\mathbb{R} ; "
    "function \\pi_\\theta(a | s) density positive ; function r(s, a) ; function q(a) density -->\n"
)
SCORE = "\\pi_\\theta(a | s) \\nabla_\\theta \\log \\pi_\\theta(a | s)"


@pytest.mark.parametrize(
    "claim",
    [
        "\\sum_{a=1}^K q(a) = 1",
        "\\sum_{a=1}^K \\pi_\\theta(a | s) = 1",
        "\\nabla_\\theta \\sum_{a=1}^K \\pi_\\theta(a | s) = 0",
        "\\sum_{a=1}^K \\nabla_\\theta \\pi_\\theta(a | s) = 0",
        f"\\sum_{{a=1}}^K {SCORE} = 0",
        f"\\nabla_\\theta \\sum_a \\pi_\\theta(a | s) r(s, a) = \\sum_a (r(s, a) - c) {SCORE}",
    ],
)
def test_true(claim: str, words: Judged) -> None:
    assert words(f"{POLICY}$$ {claim} $$") == ["proved"]


@pytest.mark.parametrize(
    "claim",
    [
        "\\sum_{s=1}^S \\pi_\\theta(a | s) = 1",
        "\\sum_{s=1}^S \\nabla_\\theta \\pi_\\theta(a | s) = \\theta - \\theta",
        "\\nabla_\\theta \\pi_\\theta(a | s) = \\theta - \\theta",
        f"\\sum_a r(s, a) {SCORE} = \\theta - \\theta",
        f"\\nabla_\\theta \\sum_a \\pi_\\theta(a | s) r(s, a) = \\sum_a c {SCORE}",
        "\\sum_{a=1}^K \\pi_\\theta(a | s) \\nabla_\\theta \\pi_\\theta(a | s) = \\theta - \\theta",
        "\\sum_{a=1}^K r(s, a) = 1",
    ],
)
def test_false(claim: str, words: Judged) -> None:
    assert words(f"{POLICY}$$ {claim} $$")[-1] in ("refuted", "undecided")


def test_the_numbers_are_probabilities(words: Judged) -> None:
    assert words(f"{POLICY}$$ q(a) = 1 $$") == ["refuted"]
    assert words(f"{POLICY}$$ q(a) \\ge 0 $$") == ["proved"]


ASSUMED = (
    "<!--: index a, b = 1..K ; v \\in \\mathbb{R}^K ; c \\in \\mathbb{R} ; function h_v(a) PROPERTY ; "
    "assume \\sum_{a=1}^K h_v(a) = VALUE -->\n"
)


@pytest.mark.parametrize(
    ("properties", "value", "variable", "proved"),
    [
        ("positive", "1", "v_b", True),
        ("nonnegative", "1", "v_b", True),
        ("positive", "1", "v_a", False),  # another derivative of each
        ("positive", "2", "v_b", False),  # at this v
        ("", "1", "v_b", False),
        ("", "0", "v_b", False),
    ],
)
def test_what_is_assumed_of_weights(properties: str, value: str, variable: str, proved: bool, words: Judged) -> None:
    text = ASSUMED.replace("PROPERTY", properties).replace("VALUE", value)
    claim = f"$$ \\sum_{{a=1}}^K \\frac{{\\partial}}{{\\partial {variable}}} h_v(a) = c - c $$"
    assert (words(text + claim)[-1] == "proved") is proved


DENSITY = "<!--: \\theta \\in \\mathbb{R}^d ; a, x \\in \\mathbb{R} ; function p_\\theta(x) density positive -->\n"


@pytest.mark.parametrize(
    ("claim", "proved"),
    [
        ("\\int \\nabla_\\theta p_\\theta(x) \\, dx = 0", True),
        ("\\mathbb{E}_{x \\sim p_\\theta}[\\nabla_\\theta \\log p_\\theta(x)] = 0", True),
        ("\\mathbb{E}_{x \\sim p_\\theta}[(a - x) \\nabla_\\theta \\log p_\\theta(x)] = \\theta - \\theta", False),
        ("\\int x \\nabla_\\theta p_\\theta(x) \\, dx = \\theta - \\theta", False),
        ("\\int \\frac{\\partial}{\\partial x} p_\\theta(x) \\, dx = 1", False),
    ],
)
def test_the_score_of_a_density(claim: str, proved: bool, words: Judged) -> None:
    assert (words(f"{DENSITY}$$ {claim} $$")[-1] == "proved") is proved


@pytest.mark.parametrize(("value", "verdict"), [("3", "proved"), ("2", "refuted")])
def test_the_variable_between_two_numbers_is_one(value: str, verdict: str, words: Judged) -> None:
    text = "<!--: r > 0 ; w \\in \\mathbb{R}^n ; function p(w) density -->\n"
    assert words(f"{text}$$ \\int_{{-r}}^{{r}} \\frac{{w^2}}{{2 r}} \\, dw = \\frac{{r^2}}{{{value}}} $$") == [verdict]
    assert words(f"{text}$$ \\int_{{-\\infty}}^{{\\infty}} p(w) \\, dw = 1 $$") == ["proved"]
