"""What words beside a name say before anything declares it, and notation whose shape its surroundings tell.

The expectations are written by hand from the mathematics.
"""

from __future__ import annotations

import re

import pytest

from tests.documents.judging import Judged, notes

UNIT = r"Let $x \in \mathbb{R}^d$. We project on SAID. The error is $$ J(u) = \|x - (u^\top x) u\|^2 . $$ Then $$ J(u) = x^\top x - CLAIM (u^\top x)^2 . $$"


@pytest.mark.parametrize(
    ("said", "claim", "verdict"),
    [
        ("a unit vector $u$", "", "proved"),
        ("a unit vector $u$", "2", "refuted"),
        ("a direction $u$ which has unit norm", "", "proved"),
        ("a vector $u$", "", "refuted"),
        ("a vector that is not a unit vector $u$", "", "refuted"),
    ],
)
def test_a_unit_vector(words: Judged, said: str, claim: str, verdict: str) -> None:
    assert words(UNIT.replace("SAID", said).replace("CLAIM", claim))[-1] == verdict


@pytest.mark.parametrize(
    ("said", "verdict"),
    [
        ("where $A$ is symmetric", "proved"),
        ("with $A$ symmetric positive definite", "proved"),
        ("with $A$ the Hessian, a symmetric matrix", "proved"),
        ("with $A$ a square matrix", "refuted"),
        ("where $A$ is not symmetric", "refuted"),
    ],
)
def test_a_property_behind_a_name(words: Judged, said: str, verdict: str) -> None:
    text = rf"Let $f(x) = \frac12 x^\top A x - b^\top x$ {said}. Then $$ \nabla f(x) = A x - b . $$"
    assert words(text)[-1] == verdict


@pytest.mark.parametrize(("claim", "verdict"), [("m^\\top S^{-1} m", "proved"), ("2 m^\\top S^{-1} m", "refuted")])
def test_at_a_point(words: Judged, claim: str, verdict: str) -> None:
    text = r"Let $m, w \in \mathbb{R}^n$ and let $S \in \mathbb{R}^{n \times n}$ be symmetric positive definite. "
    assert words(rf"{text} At $w = S^{{-1}} m$, $$ w^\top S w = {claim} . $$")[-1] == verdict
    assert words(rf"{text} We look at $w = S^{{-1}} m$ later. But $$ w^\top S w = {claim} . $$")[-1] == "refuted"


@pytest.mark.parametrize(
    ("claim", "verdict"),
    [
        (r"\sum_{n=1}^N y_n (1 - y_n)", "proved"),
        (r"\sum_{n=1}^N y_n (1 + y_n)", "refuted"),
    ],
)
def test_numbers_on_a_diagonal(words: Judged, claim: str, verdict: str) -> None:
    text = r"Let $y_n \in \mathbb{R}$ for $n = 1, \dots, N$ and $R = \operatorname{diag}(y_n (1 - y_n))$. Then "
    assert words(rf"{text} $\operatorname{{tr}} R = {claim}$.")[-1] == verdict


@pytest.mark.parametrize(("claim", "verdict"), [("X^\\top (P - Y)", "proved"), ("X^\\top (Y - P)", "refuted")])
def test_entries_of_a_matrix_that_is_defined(words: Judged, claim: str, verdict: str) -> None:
    text = (
        r"Let $Z = X W$ be the logits, $Z_{nk}$ for $n = 1, \dots, N$ and $k = 1, \dots, K$, and "
        r"$$ P_{nk} = \frac{e^{Z_{nk}}}{\sum_{j=1}^K e^{Z_{nj}}} . $$ The targets are $Y_{nk}$, with $\sum_{k=1}^K Y_{nk} = 1$, and "
        r"$$ L = - \sum_{n=1}^N \sum_{k=1}^K Y_{nk} \log P_{nk} . $$ Then "
    )
    assert words(rf"{text} $$ \frac{{\partial L}}{{\partial W}} = {claim} . $$")[-1] == verdict
    assert "Z_{nk} \\in" not in notes(text)


def test_a_second_layer_has_lengths_of_its_own(words: Judged) -> None:
    text = (
        r"The network computes $z = W_1 x + b_1$, $h = \tanh(z)$, $o = W_2 h + b_2$. For a loss $L$ with $e = "
        r"\frac{\partial L}{\partial o}$ we have "
    )
    claims = r"$$ \frac{\partial L}{\partial W_2} = e h^\top, \qquad \frac{\partial L}{\partial h} = W_2 e . $$"
    assert words(text + claims)[-2:] == ["proved", "refuted"]
    assert re.search(r"W_2 \\in \\mathbb\{R\}\^\{[a-mo-z] \\times n\}", notes(text + claims))


@pytest.mark.parametrize(("claim", "verdict"), [("W^\\top g", "proved"), ("W g", "refuted")])
def test_a_step_of_a_network(words: Judged, claim: str, verdict: str) -> None:
    text = (
        r"Let $$ a = W h + U x + b, \qquad h' = \tanh(a), \qquad o = V h' + c $$ with a loss $L$ that depends on $o$, and let "
        r"$g = \frac{\partial L}{\partial a}$. Then $$ \frac{\partial L}{\partial h} = CLAIM . $$"
    )
    assert words(text.replace("CLAIM", claim))[-1] == verdict
