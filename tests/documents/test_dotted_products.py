"""``x \\cdot A y`` is the inner product of two vectors; ``\\log (p)^{(k)}`` may be read in two ways."""

from __future__ import annotations

import pytest

from tests.documents.judging import Judged

DECLARED = (
    "<!--: A, B \\in \\mathbb{R}^{d \\times d} ; A symmetric ; x, y \\in \\mathbb{R}^d ; C \\in \\mathbb{R}^{d \\times m} ; "
    "u \\in \\mathbb{R}^m ; b \\in \\mathbb{R} ; 0 < p < 1 ; k > 0 -->\n"
)


@pytest.mark.parametrize(
    ("line", "verdict"),
    [
        ("A x \\cdot y = x \\cdot A y", "proved"),
        ("x \\cdot B y = x^\\top B y", "proved"),
        ("x \\cdot B y = y \\cdot B x", "refuted"),
        ("x \\cdot C u = u \\cdot C^\\top x", "proved"),
        ("x \\cdot 2 b y = 2 b x^\\top y", "proved"),
        ("x \\cdot x^\\top y = x x^\\top y", "proved"),  # no vector stands behind the dot
        ("x \\cdot B C u + b = b + x^\\top B C u", "proved"),
        ("x \\cdot C x = b", "unread"),
    ],
)
def test_a_dot_before_a_product(words: Judged, line: str, verdict: str) -> None:
    assert words(f"{DECLARED}$${line}$$") == [verdict]


@pytest.mark.parametrize("power", ["k", "{(k)}", "{(1-k)}", "{1-k}"])
def test_a_power_behind_a_bracket(words: Judged, power: str) -> None:
    factor = power.strip("{}")
    factor = factor if factor.startswith("(") else f"({factor})"
    assert words(f"{DECLARED}$$\\log (1-p)^{power} = {factor} \\log (1-p)$$") == ["undecided"]
    assert words(f"{DECLARED}$$\\log (1-p)^{power} = 2 {factor} \\log (1-p)$$") == ["refuted"]


def test_a_number_is_a_power_of_the_logarithm(words: Judged) -> None:
    assert words(f"{DECLARED}$$\\log (1-p)^{{2}} = (\\log (1-p))^2$$") == ["proved"]
    assert words(f"{DECLARED}$$\\log (1-p)^{{(2)}} = 2 \\log (1-p)$$") != ["proved"]
