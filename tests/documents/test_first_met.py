"""What a sentence minimises, or has for a field of its own, is what its formula says, where the name is new; abbreviations
of running text; sets with a usual name; independence as a sign."""

from __future__ import annotations

import pytest

from tests.documents.judging import Judged

DATA = r"Let $X \in \mathbb{R}^{n \times d}$ and $y \in \mathbb{R}^n$. "
RIDGE = r"$$\frac{\partial L}{\partial w} = 2 X^\top (X w - y) + %s \lambda w$$"


@pytest.mark.parametrize(
    "said",
    [
        r"Ridge regression minimises $L = \|Xw - y\|^2 + \lambda \|w\|^2$. The gradient is",
        r"We fit $w$ by minimising the loss $L = \|Xw - y\|^2 + \lambda \|w\|^2$. The gradient is",
        r"For $L = \|Xw - y\|^2 + \lambda \|w\|^2$ we get",
        r"For ridge regression, $L = \|Xw - y\|^2 + \lambda \|w\|^2$. Hence",
    ],
)
def test_what_is_minimised_is_defined(words: Judged, said: str) -> None:
    assert words(DATA + said + RIDGE % "2")[-1] == "proved"
    assert words(DATA + said + RIDGE % "")[-1] == "refuted"


def test_logistic_regression_has_the_logistic_function(words: Judged) -> None:
    text = (
        r"For logistic regression, $a = \sigma(w^T x + b)$ and the cross-entropy is $L = -y \log a - (1-y) \log (1-a)$. Then "
        r"$$\frac{\partial L}{\partial w} = %s x$$"
    )
    assert words(text % "(a - y)")[-1] == "proved"
    assert words(text % "(y - a)")[-1] == "refuted"


def test_a_case_of_what_is_known_is_no_definition(words: Judged) -> None:
    text = r"Let $f(x) = x^2$ with $x \in \mathbb{R}$. For $x = 2 + 1$ we get $$f(x) = %s$$"
    assert words(text % "9")[-1] == "proved"
    assert words(text % "8")[-1] == "refuted"


def test_with_respect_to_ends_no_sentence(words: Judged) -> None:
    text = (
        r"Let $f(w) = \|Xw - y\|^2$ with $X \in \mathbb{R}^{n \times d}$ of full column rank. Setting the derivative w.r.t. "
        r"$w$ to zero gives $$w = %s (X^\top X)^{-1} X^\top y$$"
    )
    assert words(text % "")[-1] == "proved"
    assert words(text % "2")[-1] == "refuted"


LAGRANGE = (
    r"Let $S \in \mathbb{R}^{d \times d}$ be symmetric. Consider $\max_u u^\top S u$ s.t. $u^\top u = 1$. The Lagrangian is "
    r"$L(u, \lambda) = u^\top S u - \lambda (u^\top u - 1)$. "
)


@pytest.mark.parametrize(
    "said", ["Setting its gradient to zero gives", r"With a multiplier $\lambda$, stationarity of $L$ in $u$ means"]
)
def test_constraints_and_stationarity(words: Judged, said: str) -> None:
    assert words(LAGRANGE + said + r"$$S u = \lambda u$$")[-1] == "proved"
    assert words(LAGRANGE + said + r"$$S u = 2 \lambda u$$")[-1] == "refuted"


SOFTMAX = (
    r"Let $p = \operatorname{softmax}(z)$ with $z \in \mathbb{R}^K$. Let $L = -\sum_{k=1}^K y_k \log p_k$%s. Then "
)


@pytest.mark.parametrize(
    "said",
    [
        r" with $y \in \Delta^{K-1}$",
        r" with $y \in \Delta_K$",
        r", where the targets $y_k$ sum to one",
        r", where $y_k \ge 0$ sum to one",
        r" and $y$ a probability vector",
    ],
)
def test_numbers_that_sum_to_one(words: Judged, said: str) -> None:
    assert words(SOFTMAX % said + r"$$\frac{\partial L}{\partial z_k} = p_k - y_k$$")[-1] == "proved"
    assert words(SOFTMAX % said + r"$$\frac{\partial L}{\partial z_k} = y_k - p_k$$")[-1] == "refuted"


def test_numbers_that_may_have_any_sum(words: Judged) -> None:
    assert (
        words(SOFTMAX % r", where $y \in \mathbb{R}^K$" + r"$$\frac{\partial L}{\partial z_k} = p_k - y_k$$")[-1]
        == "refuted"
    )


def test_symmetric_matrices_as_a_set(words: Judged) -> None:
    text = r"Let $A \in %s$ and $x \in \mathbb{R}^n$. Then $$\nabla_x (x^\top A x) = 2 A x$$"
    assert words(text % r"\mathbb{S}^n")[-1] == "proved"
    assert words(text % r"\mathbb{R}^{n \times n}")[-1] == "refuted"
    definite = r"Let $A \in \mathbb{S}^n%s$ and $x \in \mathbb{R}^n$. Then $$x^\top A x \ge 0$$"
    assert words(definite % "_+")[-1] == "proved"
    assert words(definite % "")[-1] == "refuted"


@pytest.mark.parametrize(
    ("given", "verdict"),
    [
        (r"Assume $X \perp Y$.", "proved"),
        (r"Let $X \perp\!\!\!\perp Y$ be random variables.", "proved"),
        (r"For independent $X$ and $Y$,", "proved"),
        (r"We do not assume that $X \perp Y$.", "refuted"),
    ],
)
def test_independence(words: Judged, given: str, verdict: str) -> None:
    total = r"$$\operatorname{Var}(X %s Y) = \operatorname{Var}(X) %s \operatorname{Var}(Y)$$"
    assert words(f"{given} {total % ('+', '+')}")[-1] == verdict
    assert words(f"{given} {total % ('-', '-')}")[-1] == "refuted"
