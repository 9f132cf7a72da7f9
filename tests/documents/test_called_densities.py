"""Functions that the words call densities, functionals of functions of which only the name is known, and functions that
are differentiated with a stroke.

The expectations are written by hand from the mathematics.
"""

from __future__ import annotations

import pytest

from tests.documents.judging import Judged, notes

LET = "Let $p(x)$ and $q(x)$ be the densities of the data and of the model. "


def test_they_add_up_to_one(words: Judged) -> None:
    assert words(LET + "$$\\int (p(x) + q(x)) \\, dx = 2$$") == ["proved"]
    assert words(LET + "$$\\int (p(x) + q(x)) \\, dx = 1$$") == ["refuted"]
    assert "density" in notes(LET)


@pytest.mark.parametrize(
    "text",
    [
        "Let $p(x)$ be a function. $$\\int p(x) \\, dx = 1$$",
        "Let $p(x)$ and $q(x)$ be functions. $$\\int (p(x) + q(x)) \\, dx = 2$$",
        "Let $p(x)$ be the distribution function. $$\\int p(x) \\, dx = 1$$",
        "We estimate $p(x)$, and $q(x)$ is no density. $$\\int q(x) \\, dx = 1$$",
    ],
)
def test_nothing_else_does(words: Judged, text: str) -> None:
    assert "proved" not in words(text)


VALUE = (
    LET
    + "Put $$V(D) = \\int p(x) \\log D(x) + q(x) \\log (1 - D(x)) \\, dx$$ With $D^*(x) = p(x) / (p(x) + q(x))$ we get $$%s$$"
)


def test_a_functional_of_a_named_function(words: Judged) -> None:
    true = "V(D^*) = \\int p(x) \\log \\frac{p(x)}{p(x) + q(x)} dx + \\int q(x) \\log \\frac{q(x)}{p(x) + q(x)} dx"
    assert words(VALUE % true)[-1] == "proved"
    swapped = true.replace("{q(x)}{p", "{p(x)}{p")
    assert words(VALUE % swapped)[-1] != "proved"


def test_a_functional_of_what_takes_other_arguments(words: Judged) -> None:
    text = (
        "<!--: \\mathbf{x} \\in \\mathbb{R}^d ; function p(\\mathbf{x}) density ; function D -->\n"
        "Let $$V(D) = \\int p(\\mathbf{x}) D(\\mathbf{x})^2 d\\mathbf{x}.$$ Let $D^*(x) = 2 x$. Then $$V(D^*) = 4$$"
    )
    assert words(text)[-1] == "unread"


NET = "Let $f(x) = \\sum_{j=1}^m a_j \\phi(w_j x)$. Then "


@pytest.mark.parametrize(
    ("claim", "verdict"),
    [
        ("\\frac{\\partial f(x)}{\\partial w_j} = a_j x \\phi'(w_j x)", "proved"),
        ("\\frac{\\partial f(x)}{\\partial w_j} = a_j \\phi'(w_j x)", "refuted"),
        ("f(x) - f(x') = \\sum_{j=1}^m a_j (\\phi(w_j x) - \\phi(w_j x'))", "proved"),
        ("f(x) - f(x') = \\sum_{j=1}^m a_j \\phi'(w_j x) (x - x')", "refuted"),
    ],
)
def test_differentiated_with_a_stroke(words: Judged, claim: str, verdict: str) -> None:
    stroke = "$$\\frac{\\partial f(x)}{\\partial a_j} = \\phi(w_j x), \\qquad \\phi'(0) = \\phi'(0)$$ and "
    assert words(NET + stroke + f"$${claim}$$")[-1] == verdict


def test_a_transposed_vector_is_no_function(words: Judged) -> None:
    text = "<!--: x, m \\in \\mathbb{R}^d -->\nLet $y = w'(x - m)$. Then $$w'(x - m) + w'(m - x) = 1$$"
    assert words(text)[-1] != "proved"


def test_the_density_of_what_is_made_of_something_drawn(words: Judged) -> None:
    """p(x) need not be the density of z at x: nothing is refuted by that."""
    text = (
        "## A prior\nLet $p(\\mathbf{z}) = \\mathcal{N}(\\mathbf{z} | \\mathbf{0}, I)$ with $\\mathbf{z} \\in \\mathbb{R}^d$.\n"
        "## A flow\nLet $\\mathbf{x} = A \\mathbf{u} + \\mathbf{b}$ with $A \\in \\mathbb{R}^{d \\times d}$ invertible and "
        "$\\mathbf{u} \\sim \\mathcal{N}(\\mathbf{0}, I)$. Then $$\\log p(\\mathbf{x}) = -\\frac{d}{2} \\log 2\\pi "
        "- \\frac12 \\| A^{-1} (\\mathbf{x} - \\mathbf{b}) \\|^2 - \\log |\\det A|$$"
    )
    assert words(text)[-1] == "undecided"
    own = "<!--: \\mathbf{v} \\in \\mathbb{R}^d -->\n"
    assert words(own + text.partition("## A flow")[0] + "Then $$p(\\mathbf{v}) = 1 + p(\\mathbf{z})$$")[-1] == "refuted"
