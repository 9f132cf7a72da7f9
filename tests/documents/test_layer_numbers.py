"""``\\mathbf{z}^1 = …``: a number above a name that tells which layer it is of, and powers that are none of that.

The expectations are written by hand from the mathematics.
"""

from __future__ import annotations

from tests.documents.judging import Judged

GIVEN = (
    "Let $x \\in \\mathbb{R}^p$, $V^1 \\in \\mathbb{R}^{q \\times p}$ and $V^2 \\in \\mathbb{R}^{m \\times q}$, and\n\n"
    "$$ u^1 = V^1 x, \\quad h^1 = \\tanh(u^1), \\quad u^2 = V^2 h^1 $$\n\n<!--: F depends on u^2 -->\n"
    "$$ \\frac{\\partial F}{\\partial u^2} = d^2 $$\n\n"
)


def test_the_gradients_of_two_layers(words: Judged) -> None:
    assert words(GIVEN)[-4:] == ["proved"] * 4
    assert words(f"{GIVEN}$$ \\frac{{\\partial F}}{{\\partial V^2}} = d^2 (h^1)^T $$")[-1] == "proved"
    assert words(f"{GIVEN}$$ \\frac{{\\partial F}}{{\\partial V^2}} = d^2 (u^1)^T $$")[-1] == "refuted"
    first = "$$ \\frac{\\partial F}{\\partial u^{1}} = (V^{2})^T d^{2} \\odot CLAIM $$"
    assert words(GIVEN + first.replace("CLAIM", "(1 - h^1 \\odot h^1)"))[-1] == "proved"
    assert words(GIVEN + first.replace("CLAIM", "h^1"))[-1] == "refuted"


def test_powers_stay_powers(words: Judged) -> None:
    powers = "<!--: c, r_0, r_1, r_2 \\in \\mathbb{R} -->\n$$ G = c^0 r_0 + c^1 r_1 + c^2 r_2 $$\n\n$$ G = CLAIM $$"
    assert words(powers.replace("CLAIM", "r_0 + c r_1 + c \\cdot c r_2")) == ["proved", "proved"]
    assert words(powers.replace("CLAIM", "r_0 + r_1 + r_2"))[-1] == "refuted"
    square = "<!--: a, b, c > 0 ; c^2 = a^2 + b^2 -->\n$$ c^2 = a^2 + b^2 $$\n\n$$ c^2 - a^2 = b^2 $$"
    assert words(square)[-1] == "proved"


def test_other_names_of_the_document_have_powers(words: Judged) -> None:
    text = f"<!--: w \\in \\mathbb{{R}} -->\n{GIVEN}$$ w^2 - 1 = (w - 1) (w CLAIM 1) $$"
    assert words(text.replace("CLAIM", "+"))[-1] == "proved"
    assert words(text.replace("CLAIM", "-"))[-1] == "refuted"
