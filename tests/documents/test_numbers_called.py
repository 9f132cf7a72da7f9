"""Letters that words call constants, constants of definitions in logarithms, sums over sets of numbers."""

from __future__ import annotations

import pytest

from tests.documents.judging import Judged

WEIGHTS = "<!--: index a = 1..m ; q_a, \\pi_a \\in \\mathbb{R} ; \\sum_a \\pi_a = 1 -->\n"


@pytest.mark.parametrize(
    "said", ["Subtract a baseline $\\beta$.", "For any constant $\\beta$,", "With an offset $\\beta$"]
)
def test_a_letter_that_is_called_a_constant(words: Judged, said: str) -> None:
    claim = "$$\\sum_a \\pi_a (q_a - \\beta) = \\sum_a \\pi_a q_a - \\beta$$"
    assert words(f"{WEIGHTS}{said} {claim}") == ["proved"]
    wrong = claim.replace("- \\beta$$", "+ \\beta$$")
    assert words(f"{WEIGHTS}{said} {wrong}") == ["refuted"]


@pytest.mark.parametrize("said", ["Take the optimal baseline $\\beta$.", "The mean shift $\\beta$ is known."])
def test_a_constant_of_its_own_is_not_any(words: Judged, said: str) -> None:
    assert words(f"{WEIGHTS}{said} $$\\sum_a \\pi_a (q_a - \\beta) = 0$$")[-1] == "unread"


MODEL = "<!--: X \\in \\mathbb{R}^{n \\times d} ; y \\in \\mathbb{R}^n ; w \\in \\mathbb{R}^d ; s > 0 -->\n"


@pytest.mark.parametrize("constant", ["\\text{const}", "\\mathrm{const}.", "C", "c"])
def test_a_logarithm_is_given_up_to_a_constant(words: Judged, constant: str) -> None:
    given = f"$$\\log p(w \\mid y) = -\\frac{{1}}{{2 s}} \\|y - X w\\|^2 + {constant}$$\n"
    right = "$$\\nabla_w \\log p(w \\mid y) = \\frac1s X^\\top (y - X w)$$"
    assert words(MODEL + given + right)[-1] == "proved"
    assert words(MODEL + given + right.replace("\\frac1s", "\\frac{1}{2 s}"))[-1] == "refuted"
    assert words(MODEL + given + "$$p(w \\mid y) = e^{-\\frac{1}{2 s} \\|y - X w\\|^2}$$")[-1] != "proved"


@pytest.mark.parametrize(
    ("claim", "verdict"),
    [
        ("\\sum_{x \\in \\{0,1\\}} \\theta^x (1-\\theta)^{1-x} = 1", "proved"),
        ("\\sum_{x \\in \\{0,1\\}} x \\theta^x (1-\\theta)^{1-x} = 1 - \\theta", "refuted"),
        ("\\sum_{k \\in \\{1, 2, 3\\}} k = 6", "proved"),
        ("\\sum_{k \\in \\{1, 2, 3\\}} k = 5", "refuted"),
        ("\\sum_{k \\in \\{1, 3\\}} k = 6", "unread"),
        ("\\sum_{k \\in \\{3, 2, 1\\}} k = 6", "unread"),
    ],
)
def test_a_sum_over_numbers_that_are_written_out(words: Judged, claim: str, verdict: str) -> None:
    assert words(f"<!--: 0 < \\theta < 1 ; x \\in \\{{0,1\\}} -->\n$${claim}$$") == [verdict]
