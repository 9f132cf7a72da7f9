"""Numbers that are equated with a decimal: right, right only as rounded, or wrong.

The expectations are computed by hand.
"""

from __future__ import annotations

import pytest

from tests.documents.judging import Judged


@pytest.mark.parametrize(
    ("claim", "expected"),
    [
        (r"\frac{7}{8} = 0.875", "proved"),
        (r"\frac{5}{6} = 0.83", "undecided"),
        (r"-\frac{5}{6} = -0.8333", "undecided"),
        (r"e^{-2} = 0.135", "undecided"),
        (r"\frac{5}{6} = 0.84", "refuted"),
        (r"\frac{5}{6} = 0.8334", "refuted"),
        (r"\frac{5}{6} = -0.83", "refuted"),
        (r"\frac{5}{6} = 1", "refuted"),
    ],
)
def test_decimals(claim: str, expected: str, words: Judged) -> None:
    assert words(f"We get\n$${claim}$$")[-1] == expected


def test_a_decimal_for_a_name_is_judged(words: Judged) -> None:
    assert words("<!--: a > 0 -->\nWe get\n$$a = 0.83$$\n$$2 a = 1.7$$")[-1] == "refuted"


def test_another_space_is_no_claim(words: Judged) -> None:
    given = "<!--: v \\in \\mathbb{R}^n ; W \\in \\mathbb{R}^{m \\times n} -->\n"
    assert words(given + "Dimensions:\n$$v \\in \\mathbb{R}^{n+1}$$")[-1] == "unread"
    assert words(given + "The output is in\n$$W v \\in \\mathbb{R}^{n}$$")[-1] == "refuted"
    assert words(given + "Let $u = W v$. Then\n$$u \\in \\mathbb{R}^{n}$$")[-1] == "refuted"
    assert words(given + "Let $u = W v$. Then\n$$u \\in \\mathbb{R}^{m}$$")[-1] == "proved"
