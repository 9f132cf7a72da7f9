"""What kind of thing a name is that nothing declares, from an exponent, a density, words, an inverse; and refusals."""

from __future__ import annotations

import re
import time

import pytest

from derive.documents import Document, read_document
from derive.judge import judge
from derive.read.documents.text.source import Source


def read(text: str) -> Document:
    return read_document(Source("f", text))


def verdicts(text: str) -> list[str]:
    document = read(text)
    found = [type(judge(claim, time.monotonic() + 60)).__name__.lower() for claim in document.derivation.claims]
    return found + ["unread"] * len(document.unread)


def notes(text: str) -> list[str]:
    return [re.sub(r"^f:\d+: ", "", note) for note in read(text).notes]


# -- exponents and arguments -------------------------------------------------------------------------------------------
SOFTMAX = r"""The softmax $s_i = \frac{e^{z_i}}{\sum_{j=1}^K e^{z_j}}$ is invariant to shifts:

$$\frac{e^{z_i + c}}{\sum_{j=1}^K e^{z_j + c}} = \frac{e^c e^{z_i}}{e^c \sum_{j=1}^K e^{z_j}} = s_i.$$

Its entropy is $H = -\sum_i s_i \log s_i = \log \sum_j e^{z_j} - \sum_i s_i z_i$.
"""


def test_what_is_added_up_in_an_exponent_is_a_number() -> None:
    assert verdicts(SOFTMAX) == ["proved"] * 5
    assert {"z_i \\in \\mathbb{R}", "c \\in \\mathbb{R}", "index i = 1..K"} <= {*notes(SOFTMAX)}


def test_a_false_line_about_a_softmax_is_refuted() -> None:
    assert "refuted" in verdicts(SOFTMAX.replace("e^{z_j + c}} =", "e^{z_j}} ="))


@pytest.mark.parametrize(
    "text",
    [
        "We have $e^{w^T x} = e^{w^T x}$.",
        "We have $e^{a b} = e^{b a}$.",
        "We have $e^{\\mathbf{z} + c} = e^c e^{\\mathbf{z}}$.",
        "We have $\\sum_{i=1}^n e^{z_i} + \\sum_{k=1}^K e^{z_k} + e^{z_j} = 0$.",
    ],
)
def test_what_an_exponent_does_not_tell(text: str) -> None:
    assert verdicts(text) == ["unread"]


def test_an_argument_in_passing_is_any_number_in_its_sentence_only() -> None:
    text = "<!--: function \\sigma = logistic ; y \\in \\mathbb{R} -->\n\nSince $\\sigma(a) (1 - \\sigma(a)) = \\sigma'(a)$,\n\n"
    assert verdicts(text + "$$\\sigma'(y) = \\sigma(y) (1 - \\sigma(y)).$$") == ["proved", "proved"]
    assert "unread" in verdicts(text + "$$a + y = y + a.$$")
    assert verdicts(text.replace("(1 -", "(2 -")) == ["refuted"]


def test_an_argument_of_an_unknown_function_is_nothing() -> None:
    assert verdicts("Since $f'(a) = f(a)$ we stop.") == ["unread"]


# -- distributions -----------------------------------------------------------------------------------------------------
NORMAL = r"""Let $X \sim \mathcal{N}(\mu, \sigma^2)$ and $Y = a X + b$ with constants $a, b$. Then

$$\mathbb{E}[Y] = a \mu + b, \qquad \mathrm{Var}(Y) = a^2 \sigma^2, \qquad \mathbb{E}[X^2] = \mu^2 + \sigma^2.$$
"""


def test_a_normal_variable_that_nothing_declares_is_a_number() -> None:
    assert verdicts(NORMAL) == ["proved"] * 4
    assert "\\mu \\in \\mathbb{R} ; \\sigma > 0 ; X \\in \\mathbb{R} ; X \\sim \\mathcal{N}(\\mu,\\sigma^2)" in notes(
        NORMAL
    )
    assert verdicts(NORMAL.replace("a^2 \\sigma^2", "a \\sigma^2")).count("refuted") == 1


def test_a_normal_variable_with_a_covariance_may_be_a_vector() -> None:
    assert "unread" in verdicts("Let $x \\sim \\mathcal{N}(\\mu, \\Sigma)$. Then $\\mathbb{E}[x] = \\mu$.")
    declared = "with $x, m \\in \\mathbb{R}^d$ and $\\Sigma \\in \\mathbb{R}^{d \\times d}$ positive definite"
    assert verdicts(
        f"Let $x \\sim \\mathcal{{N}}(m, \\Sigma)$ {declared}. Then $\\mathbb{{E}}[x x^T] = \\Sigma + m m^T$."
    ) == ["proved"]


def test_a_variable_that_is_called_random() -> None:
    text = "Let $X$ be a random variable and $a, b \\in \\mathbb{R}$. Then $\\mathbb{E}[a X + b] = a \\mathbb{E}[X] + b$ and "
    text += "$\\mathrm{Var}(X) = \\mathbb{E}[X^2] - \\mathbb{E}[X]^2$."
    assert verdicts(text) == ["proved", "proved"]
    assert verdicts(text + " Then $\\mathbb{E}[X^2] = \\mathbb{E}[X]^2$.")[-1] == "refuted"
    assert verdicts("Let $X$ be a random variable. Then $\\mathbb{E}[X] = 5$.") == ["refuted"]


@pytest.mark.parametrize(
    "more",
    ["with density $p(x) = 2 x$ on $[0, 1]$. Then", "that is uniform on $[0, 1]$. Then"],
)
def test_a_random_variable_of_which_more_is_said_is_not_any(more: str) -> None:
    assert "refuted" not in verdicts(f"Let $X$ be a random variable {more} $\\mathbb{{E}}[X] = \\frac23$.")


def test_two_random_variables_may_depend_on_each_other() -> None:
    text = "Let $X$ be a random variable. Let $Y$ be a random variable. Then "
    text += "$\\mathbb{E}[X Y] = \\mathbb{E}[X] \\mathbb{E}[Y]$."
    assert verdicts(text) == ["refuted"]
    text = "Let $X$ be a random variable and $Z \\sim \\mathcal{N}(0, 1)$. Then $\\mathbb{E}[X Z] = 0$."
    assert verdicts(text) == ["unread"]
    assert verdicts("Let $X$ be a random vector. Then $\\mathbb{E}[X] = \\mathbb{E}[X]$.") == ["unread"]


# -- assumptions -------------------------------------------------------------------------------------------------------
def test_what_is_assumed_to_be_unequal_is_no_claim() -> None:
    text = "Let $a, b \\in \\mathbb{R}$ with $a + b \\ne 0$. Then $\\frac{a^2 - b^2}{a + b} = a - b$."
    assert verdicts(text) == ["proved"]
    text = "Let $a, b \\in \\mathbb{R}$ with $a + b > 0$. Then $a > 0$."
    assert verdicts(text) == ["refuted"]


def test_what_is_concluded_to_be_unequal_is_judged() -> None:
    assert verdicts("Let $a, b \\in \\mathbb{R}$. Then $a + b \\ne 0$.") == ["refuted"]


# -- matrices ----------------------------------------------------------------------------------------------------------
WOODBURY = r"""By the Woodbury identity,

$$(A + u v^\top)^{-1} = A^{-1} - \frac{A^{-1} u v^\top A^{-1}}{1 + v^\top A^{-1} u}, \qquad \det(A + u v^\top) = (1 + v^\top A^{-1} u)\det A .$$
"""


def test_a_matrix_that_is_inverted_and_the_vectors_beside_it() -> None:
    assert verdicts(WOODBURY) == ["proved", "proved"]
    names = ["A \\in \\mathbb{R}^{n \\times n}", "u \\in \\mathbb{R}^{n}", "v \\in \\mathbb{R}^{n}"]
    assert sorted(notes(WOODBURY)) == names
    assert verdicts(WOODBURY.replace("(1 + v^\\top A^{-1} u)", "(1 - v^\\top A^{-1} u)")) == ["proved", "refuted"]


@pytest.mark.parametrize(
    "text",
    [
        "We have $A^{-1} b = A^{-1} b$.",
        "Let $x \\in \\mathbb{R}^d$. Then $x^\\top A^{-1} B x = x^\\top A^{-1} B x$.",
        "Let $X \\in \\mathbb{R}^{n \\times d}$. Then $X^\\top a + X b = b$.",
    ],
)
def test_what_an_inverse_or_a_transpose_does_not_tell(text: str) -> None:
    assert "unread" in verdicts(text)


# -- words -------------------------------------------------------------------------------------------------------------
def test_samples_of_a_distribution_of_numbers() -> None:
    text = "Let $x_1, \\dots, x_n$ be i.i.d. samples of an exponential distribution with rate $\\lambda > 0$. The log-"
    text += "likelihood is $\\ell = n \\log \\lambda - \\lambda \\sum_{i=1}^n x_i$. Then\n\n"
    text += "$$\\frac{\\partial \\ell}{\\partial \\lambda} = \\frac{n}{\\lambda} - \\sum_{i=1}^n x_i.$$"
    assert verdicts(text) == ["proved", "proved"]
    assert "x_i > 0" in notes(text)
    assert "unread" in verdicts(text.replace("an exponential", "a multivariate"))


def test_a_matrix_in_a_space_that_follows_its_words() -> None:
    text = "Let $W$ be a symmetric matrix in $\\mathbb{R}^{n \\times n}$ and $x, y \\in \\mathbb{R}^n$. Then\n\n$$x^T W y = y^T W x.$$"
    assert verdicts(text) == ["proved"]
    assert verdicts(text.replace("a symmetric", "an invertible")) == ["refuted"]
    assert verdicts(text.replace("a symmetric", "a non-symmetric")) == ["refuted"]
    assert "unread" in verdicts(text.replace("Let $W$ be", "Is $W$ perhaps"))


def test_an_error_vector_before_what_it_is_made_of() -> None:
    text = "Let $X \\in \\mathbb{R}^{n \\times d}$ and $H = X (X^\\top X)^{-1} X^\\top$. Let $e = y - H y$ for $y \\in "
    text += "\\mathbb{R}^n$. Show that $X^\\top e = 0$ and $\\|y\\|^2 = \\|H y\\|^2 + \\|e\\|^2$."
    assert verdicts(text) == ["proved"] * 4
