"""Words that say how a declared quantity comes about: the last layer, a special step size, a case and its formula."""

from __future__ import annotations

import pytest

from tests.documents.judging import Judged

BERNOULLI = """<!--: index i = 1..D ; x_i \\in \\{0, 1\\} ; q_i \\in (0,1) -->
$$R = \\sum_{i=1}^D \\left[ x_i \\log q_i + (1-x_i) \\log (1-q_i) \\right]$$
"""
LOGIT = "$q_i = \\frac{1}{1+e^{-a_i}}$. Then $$\\frac{\\partial R}{\\partial a_i} = x_i SIGN q_i.$$\n"


@pytest.mark.parametrize(
    "said",
    [
        "The last layer is ",
        "The output unit computes ",
        "Our decoder then outputs ",
        "With a logistic output layer, ",
        "If we write ",
    ],
)
def test_the_last_layer(words: Judged, said: str) -> None:
    text = BERNOULLI + said
    assert words(text + LOGIT.replace("SIGN", "-"))[-1] == "proved"
    assert words(text + LOGIT.replace("SIGN", "+"))[-1] == "refuted"


def test_what_no_layer_computes_is_claimed(words: Judged) -> None:
    declared = "<!--: index i = 1..D ; q_i, b_i \\in (0,1) -->\n$$\\sum_i (q_i + b_i) = \\sum_i q_i + \\sum_i b_i$$\n"
    assert words(f"{declared}The last layer is $q_i = b_i^2$.")[-1] == "refuted"
    assert words(f"{declared}Hence $q_i = b_i^2$.")[-1] == "refuted"


def test_it_stays_so_where_the_next_section_speaks_of_what_it_is_made_of(words: Judged) -> None:
    text = BERNOULLI + "The last layer is " + LOGIT.replace("SIGN", "-")
    text += "# Decoder\n\nFor a decoder with logits $a_i = \\sum_{j=1}^d V_{ij} z_j$ we get\n"
    assert (
        words(f"{text}$$\\frac{{\\partial R}}{{\\partial z_j}} = \\sum_{{i=1}}^D (x_i - q_i) V_{{ij}}.$$")[-1]
        == "proved"
    )
    assert (
        words(f"{text}$$\\frac{{\\partial R}}{{\\partial z_j}} = \\sum_{{i=1}}^D (q_i - x_i) V_{{ij}}.$$")[-1]
        == "refuted"
    )


SEARCH = """<!--: index i = 1..n ; r_i, g_i \\in \\mathbb{R} ; \\sum_i g_i^2 > 0 ; \\nu \\in (0,1) -->
$$\\phi(\\rho) = \\frac{1}{2} \\sum_{i=1}^n (r_i - \\rho g_i)^2$$ Its derivative is
$$\\phi'(\\rho) = -\\sum_{i=1}^n g_i (r_i - \\rho g_i)$$ Hence the best step is
$$\\rho^\\ast = \\frac{\\sum_{i=1}^n r_i g_i}{\\sum_{i=1}^n g_i^2}$$
With shrinkage, $\\rho = \\nu \\rho^\\ast$, the loss decreases by
$$\\phi(0) - \\phi(\\nu \\rho^\\ast) = \\frac{\\nu (SECOND)}{2} \\frac{\\left( \\sum_{i=1}^n r_i g_i \\right)^2}{\\sum_{i=1}^n g_i^2}$$
"""


def test_a_value_beside_words_for_it_is_supposed(words: Judged) -> None:
    assert words(SEARCH.replace("SECOND", "2 - \\nu"))[-2:] == ["proved", "proved"]
    assert words(SEARCH.replace("SECOND", "1 - \\nu"))[-2:] == ["proved", "refuted"]
    assert words(SEARCH.replace("With shrinkage,", "Then we have").replace("SECOND", "2 - \\nu"))[-2] == "refuted"


GATE = """<!--: s, c, p \\in \\mathbb{R} -->
$$n = (1 - p) s + p c.$$
"""


@pytest.mark.parametrize("between", ["i.e.\\ ", "i.e. ", "that is, ", "namely ", ""])
def test_a_case_in_words_and_its_formula(words: Judged, between: str) -> None:
    text = f"{GATE}If the gate is closed, {between}$p = 0$, the state is copied: $n = SIDE$."
    assert words(text.replace("SIDE", "s"))[-1] == "proved"
    assert words(text.replace("SIDE", "c"))[-1] == "refuted"


def test_what_such_a_case_yields_is_claimed(words: Judged) -> None:
    assert words(f"{GATE}If $p = 1$, so $n = s$, the state is copied.")[-1] == "refuted"


def test_another_number_takes_the_place_of_the_first(words: Judged) -> None:
    text = "<!--: index i = 1..n ; b_i \\in \\{0,1\\} ; p_i \\in (0,1) -->\nLet $z_i = b_i - p_i$. "
    said = "With $b_i = 1$ it is $z_i = 1 - p_i$ and with $b_i = 0$ it is $z_i = SIDE$."
    assert words(text + said.replace("SIDE", "-p_i"))[-2:] == ["proved", "proved"]
    assert words(text + said.replace("SIDE", "1 - p_i"))[-1] == "refuted"


RIDGE = """<!--: X \\in \\mathbb{R}^{n \\times d} ; y \\in \\mathbb{R}^n ; w \\in \\mathbb{R}^d ; \\lambda > 0 -->
Let $E(w) = \\frac12 \\|y - X w\\|^2 + \\frac{\\lambda}{2} \\|w\\|^2$. One has
$$\\nabla_w E = X^\\top (X w - y) + \\lambda w.$$
SAID $$w = \\frac{1}{\\lambda} X^\\top (y - X w).$$
"""


@pytest.mark.parametrize(
    ("said", "word"),
    [
        ("At the optimum this is zero, so that", "proved"),
        ("At the minimum it must vanish, hence", "proved"),
        ("This vanishes at the minimum, so", "proved"),
        ("This is not zero in general, and", "refuted"),
    ],
)
def test_this_is_zero_at_the_optimum(words: Judged, said: str, word: str) -> None:
    assert words(RIDGE.replace("SAID", said))[-1] == word
