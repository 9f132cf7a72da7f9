"""``\\frac{\\partial f}{\\partial z(s, a)}``: derivatives in a number that is written as a call.

The expectations are written by hand from the mathematics.
"""

from __future__ import annotations

import pytest

from tests.documents.judging import Judged

GIVEN = (
    "<!--: index s = 1..S ; a, b = 1..A ; z(s, a), r(s, a) \\in \\mathbb{R} -->\n"
    "$$ \\pi(a|s) = \\frac{e^{z(s,a)}}{\\sum_b e^{z(s,b)}} $$\n\n$$ v(s) = \\sum_a \\pi(a|s) r(s, a) $$\n\n$$ CLAIM $$"
)


@pytest.mark.parametrize(
    ("claim", "verdict"),
    [
        ("\\frac{\\partial \\pi(a|s)}{\\partial z(s, a)} = \\pi(a|s) (1 - \\pi(a|s))", "proved"),
        ("\\frac{\\partial \\log \\pi(a|s)}{\\partial z(s, b)} = \\mathbf{1}\\{a = b\\} - \\pi(b|s)", "proved"),
        ("\\frac{\\partial v(s)}{\\partial z(s, a)} = \\pi(a|s) (r(s, a) - v(s))", "proved"),
        ("\\frac{\\partial \\pi(a|s)}{\\partial z(s, a)} = 1 - \\pi(a|s)", "refuted"),
        ("\\frac{\\partial \\log \\pi(a|s)}{\\partial z(s, b)} = \\mathbf{1}\\{a = b\\} - \\pi(a|s)", "refuted"),
        ("\\frac{\\partial v(s)}{\\partial z(s, a)} = \\pi(a|s) r(s, a)", "refuted"),
    ],
)
def test_a_policy_of_scores(claim: str, verdict: str, words: Judged) -> None:
    assert words(GIVEN.replace("CLAIM", claim)) == ["proved", "proved", verdict]


def test_in_the_value_of_a_function(words: Judged) -> None:
    text = "<!--: function f(x) ; function g(x) ; x \\in \\mathbb{R} -->\n$$ CLAIM $$"
    false = "\\frac{\\partial f(g(x))}{\\partial g(x)} = f'(x)"
    assert words(text.replace("CLAIM", false)) != ["proved"]
