"""A bound beside the noun for a number is supposed; one that is concluded is claimed.

The expectations are written by hand from the mathematics.
"""

from __future__ import annotations

from tests.documents.judging import Judged

GIVEN = "<!--: \\eta, c > 0 -->\n"


def test_a_bound_with_its_noun(words: Judged) -> None:
    said = f"{GIVEN}We use a learning rate $\\eta > 1$.\n\n$$ \\eta - 1 > 0 $$\n\n$$ \\eta > 2 $$"
    assert words(said) == ["proved", "refuted"]
    shown = f"{GIVEN}We have the function $$f(x) = x^2$$ and learning rate $$\\eta > 1$$. Then\n\n$$ \\eta > 1 $$"
    assert words(shown) == ["proved", "proved"]


def test_a_bound_that_is_concluded(words: Judged) -> None:
    assert words(f"{GIVEN}Hence we have the rate $\\eta > 1$.") == ["refuted"]
    assert words(f"{GIVEN}The rate is bounded, and $\\eta < 5$.") == ["refuted"]


def test_a_gradient_of_a_function_at_an_iterate(words: Judged) -> None:
    text = (
        "<!--: index n = 0..N ; x_n \\in \\mathbb{R} ; \\eta > 0 -->\nWe have $f(x) = x^2$ and the steps\n\n"
        "$$ x_{n+1} = x_n - \\eta \\nabla f(x_n) $$\n\nso that\n\n$$ x_{n+1} = (1 - CLAIM \\eta) x_n $$"
    )
    assert words(text.replace("CLAIM", "2"))[-1] == "proved"
    assert words(text.replace("CLAIM", ""))[-1] == "refuted"
