"""``h^t`` of which nothing is declared, beside a declared ``x^t``: a step above it, and no power of a number.

The expectations are written by hand from the mathematics.
"""

from __future__ import annotations

from tests.documents.judging import Judged

GIVEN = "<!--: index t = 1..T ; x^t, y^t, c \\in \\mathbb{R} ; u, b \\in \\mathbb{R} -->\n"


def test_what_is_defined_at_each_step(words: Judged) -> None:
    text = (
        f"{GIVEN}$$ q^t = u x^t + b $$\n\n$$ \\ell^t = \\frac12 (y^t - q^t)^2 $$\n\n"
        "$$ \\frac{\\partial \\ell^t}{\\partial u} = CLAIM (y^t - q^t) x^t $$"
    )
    assert words(text.replace("CLAIM", "-")) == ["proved"] * 3
    assert words(text.replace("CLAIM", ""))[-1] == "refuted"


def test_no_power_is_guessed(words: Judged) -> None:
    text = f"{GIVEN}$$ a^t = u x^t + b h^{{t-1}} $$\n\n$$ h^t = \\tanh(a^t) $$\n\n$$ h^t = b h^{{t-1}} $$"
    assert "refuted" not in words(text)
    assert words(text)[-1] != "proved"


def test_powers_stay_powers(words: Judged) -> None:
    text = f"{GIVEN}$$ \\sum_{{t=1}}^T c^t x^t = c \\sum_{{t=1}}^T c^{{t-1}} CLAIM $$"
    assert words(text.replace("CLAIM", "x^t")) == ["proved"]
    assert words(text.replace("CLAIM", "y^t")) == ["refuted"]
    only = "<!--: index t = 1..T ; x_t \\in \\mathbb{R} ; c \\in (0, 1) -->\n$$ c^t x_t = c \\cdot c^{t-1} x_t $$"
    assert words(only) == ["proved"]


def test_a_definition_that_is_unread_refutes_nothing(words: Judged) -> None:
    given = "<!--: index t = 1..T ; x_t, y_t \\in \\mathbb{R} ; u, d \\in \\mathbb{R} -->\n"
    text = (
        f"{given}$$ q_t = u \\spadesuit_t + d $$\n\n$$ \\ell_t = (y_t - q_t)^2 $$\n\n"
        "$$ \\frac{\\partial \\ell_t}{\\partial d} = -2 (y_t - q_t) $$"
    )
    assert "refuted" not in words(text)
    told = text.replace("\\spadesuit_t", "x_t")
    assert words(told) == ["proved"] * 3
    assert words(told.replace("-2", "2"))[-1] == "refuted"
