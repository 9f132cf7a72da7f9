"""Functions of which words say that they are taken of each entry, and σ beside words of a sigmoid."""

from __future__ import annotations

import pytest

from tests.documents.judging import Judged

SAID = [
    r"Let $z \in \mathbb{R}^m$ and $a = \phi(z)$, where $\phi$ acts elementwise.",
    r"Let $z \in \mathbb{R}^m$ and $a = \phi(z)$ with an elementwise activation $\phi$.",
    r"Let $z \in \mathbb{R}^m$ and $a = \phi(z)$, where $\phi$ is applied componentwise.",
    r"Let $z \in \mathbb{R}^m$ and $a = \phi(z)$ ($\phi$ is understood to act component-wise).",
    r"Let $z \in \mathbb{R}^m$ and $a = \phi(z)$ with a nonlinearity $\phi$ that is applied to each entry.",
    r"Let $\phi : \mathbb{R} \to \mathbb{R}$ be an activation function, applied elementwise. Let $z \in \mathbb{R}^m$ and "
    r"$a = \phi(z)$.",
]


@pytest.mark.parametrize("text", SAID)
def test_its_jacobian_is_diagonal(words: Judged, text: str) -> None:
    jacobian = r"\frac{\partial a}{\partial z} = \operatorname{diag}(\phi'(z))"
    assert words(f"{text} Then $$ {jacobian} $$")[-1] == "proved"
    assert words(rf"{text} Then $$ {jacobian} + I $$")[-1] == "refuted"


@pytest.mark.parametrize(
    "text",
    [
        r"Let $z \in \mathbb{R}^m$ and $a = \phi(z)$, where the product $\odot$ is elementwise and $\phi$ is a function.",
        r"Let $z \in \mathbb{R}^m$ and $a = \phi(z)$, where $\phi$ is not applied elementwise.",
        r"Let $z \in \mathbb{R}^m$ and $a = \phi(z)$ with the activation $\phi$ and the elementwise product $\odot$.",
    ],
)
def test_it_is_not_said_of_the_function(words: Judged, text: str) -> None:
    jacobian = r"\frac{\partial a}{\partial z} = \operatorname{diag}(\phi'(z))"
    assert words(f"{text} Then $$ {jacobian} $$")[-1] == "unread"


LAYER = (
    r"For a sigmoid hidden layer, $a = \sigma(W h + b)$ with $W \in \mathbb{R}^{m \times n}$, $h \in \mathbb{R}^n$, the loss is "
    r"$\ell = \frac12 \|V a - y\|^2$ with $V \in \mathbb{R}^{p \times m}$. Then $$ %s $$"
)


def test_sigmoid(words: Judged) -> None:
    gradient = r"\frac{\partial \ell}{\partial b} = V^\top (V a - y) \odot a \odot (1 - a)"
    assert words(LAYER % gradient)[-1] == "proved"
    assert words(LAYER % gradient.replace("(1 - a)", "(1 + a)"))[-1] == "refuted"


@pytest.mark.parametrize("kind", ["any sigmoid", "a sigmoid or a tanh", "no sigmoid"])
def test_other_sigmoids(words: Judged, kind: str) -> None:
    text = rf"For {kind} unit, $a = \sigma(z)$ with $z \in \mathbb{{R}}$. Then $$ \frac{{d a}}{{d z}} = a (1 - a) $$"
    assert words(text)[-1] == "unread"


NETWORK = (
    r"Let $h = %s(W_1 x)$ and $\hat y = W_2 h$ with $x \in \mathbb{R}^d$, $W_1 \in \mathbb{R}^{m \times d}$, "
    r"$W_2 \in \mathbb{R}^{k \times m}$. The loss%s is $L = \frac12 \|\hat y - y\|_2^2$ for a target $y \in \mathbb{R}^k$. "
)


@pytest.mark.parametrize(
    ("letter", "of"), [(r"\sigma", ""), (r"\phi", " of the network"), ("g", " of the output layer")]
)
def test_an_activation_of_which_nothing_is_said(words: Judged, letter: str, of: str) -> None:
    given = NETWORK % (letter, of) + r"Then $$\frac{\partial L}{\partial W_2} = %s$$"
    assert words(given % r"(\hat y - y) h^\top")[-1] == "proved"
    assert words(given % r"2 (\hat y - y) h^\top")[-1] == "refuted"


@pytest.mark.parametrize(("letter", "of"), [(r"\sigma", " of the softmax"), (r"\phi", ""), ("g", "")])
def test_a_letter_that_may_be_another_function(words: Judged, letter: str, of: str) -> None:
    given = NETWORK % (letter, of) + r"Then $$\frac{\partial h_1}{\partial x_1} = \frac{\partial h_1}{\partial x_1}$$"
    assert "refuted" not in words(given)
