"""``The derivative of $f(x)$ is $g$``: a claim, where the words say what is differentiated in and under what."""

from __future__ import annotations

import pytest

from tests.documents.judging import Judged

HEAD = (
    "<!--: x, u, a \\in \\mathbb{R} ; w \\in \\mathbb{R}^d ; t > 0 ; function \\sigma = logistic ; "
    "function f(x) := x^3 -->\n"
)


@pytest.mark.parametrize(
    ("said", "right", "wrong"),
    [
        ("The derivative of $\\tanh(x)$ is $RIGHT$.", "1 - \\tanh^2(x)", "1 - \\tanh(x)"),
        ("The derivative of the loss $-\\log\\sigma(u)$ is $RIGHT$.", "\\sigma(u) - 1", "1 - \\sigma(u)"),
        ("Hence the derivative of $f(x)$ is $RIGHT$, as before.", "3 x^2", "x^2"),
        ("Note that the derivative of $x^2$ is $RIGHT$.", "2 x", "x"),
        ("The derivative of $t \\log t$ with respect to $t$ is $RIGHT$.", "1 + \\log t", "\\log t"),
        ("The gradient of $\\|w\\|^2$ with respect to $w$ is $RIGHT$.", "2 w", "w"),
        ("The derivative of $a x^2$ w.r.t. $a$ equals $RIGHT$.", "x^2", "2 a x"),
    ],
)
def test_it_is_judged(words: Judged, said: str, right: str, wrong: str) -> None:
    assert words(HEAD + said.replace("RIGHT", right)) == ["proved"]
    assert words(HEAD + said.replace("RIGHT", wrong)) == ["refuted"]


@pytest.mark.parametrize(
    "said",
    [
        "The derivative of $f(x)$ is $0$.",
        "At the optimum the derivative of $f(x)$ is $a$.",
        "If the derivative of $f(x)$ is $a$, we stop.",
        "The derivative of $a x$ is $x$.",
        "The derivative of $f(x)$ is $1$ at one.",
        "The derivative of $f(x)$ is $1$ if it is normalised.",
        "Suppose the derivative of $f(x)$ is $a$.",
        "The absolute value of the derivative of $f(x)$ is $a$.",
        "The derivative of $f(x)$ is not $a$.",
        "The logarithm of $f(x)$ is $a$.",
        "The second derivative of $f(x)$ is $a$.",
        "The derivative of $a$ is $1$.",
    ],
)
def test_nothing_is_claimed_of_anything_else(words: Judged, said: str) -> None:
    assert words(HEAD + said) == []
