r"""A derivative of a loss through all steps of a recurrence that has a name, ``δ_t = ∂E/∂a_t``.

The expectations are written by hand from the mathematics.
"""

from __future__ import annotations

import pytest

from tests.documents.judging import Judged

NET = (
    "<!--: index t = 1..T -->\nLet $s_t, a_t \\in \\mathbb{R}^m$, $x_t \\in \\mathbb{R}^d$, $W \\in \\mathbb{R}^{m \\times m}$, "
    "$U \\in \\mathbb{R}^{m \\times d}$ and $$a_t = W s_{t-1} + U x_t, \\qquad s_t = \\tanh(a_t), \\qquad "
    "E = \\sum_{t=1}^T c^\\top s_t.$$ With $\\delta_t = \\partial E / \\partial a_t$ we have $$%s$$"
)


@pytest.mark.parametrize(
    ("claim", "verdict"),
    [
        ("\\frac{\\partial E}{\\partial W} = \\sum_{t=1}^T \\delta_t s_{t-1}^\\top", "proved"),
        ("\\frac{\\partial E}{\\partial U} = \\sum_{t=1}^T \\delta_t x_t^\\top", "proved"),
        ("\\frac{\\partial E}{\\partial W} = \\sum_{t=1}^T \\delta_t s_t^\\top", "refuted"),
        ("\\frac{\\partial E}{\\partial U} = 2 \\sum_{t=1}^T \\delta_t x_t^\\top", "refuted"),
        ("\\delta_T = s_T^2 \\odot c", "refuted"),
    ],
)
def test_it_is_what_it_stands_for(words: Judged, claim: str, verdict: str) -> None:
    assert words(NET % claim)[-1] == verdict


def test_the_last_step_is_not_refuted(words: Judged) -> None:
    assert words(NET % "\\delta_T = (1 - s_T^2) \\odot c")[-1] in ("proved", "undecided")
