r"""A function of which a text takes one value, and writes it with and without brackets: ``y = f(x) + \epsilon``, ``f``."""

from __future__ import annotations

import pytest

from tests.documents.judging import Judged, notes

NOISE = r"Let $y = f(x) + v$ with $\mathbb{E}[v] = 0$ and $\mathrm{Var}(v) = s^2$. Then "


def test_a_bare_letter_is_its_value(words: Judged) -> None:
    assert words(NOISE + r"$\mathbb{E}[y^2] = \mathbb{E}[(f + v)^2] = f^2 + s^2$.")[1:] == ["proved", "proved"]
    assert words(NOISE + r"$\mathbb{E}[y^2] = \mathbb{E}[(f + v)^2] = f^2 - s^2$.")[1:] == ["proved", "refuted"]
    assert "let f := f(x)" in notes(NOISE + r"$\mathbb{E}[y^2] = f^2 + s^2$.")


@pytest.mark.parametrize("said", [r"$f(z) = f$", r"$f_1 = f$", r"$f'(x) = f$"])
def test_not_where_it_is_taken_elsewhere(said: str) -> None:
    assert "let f := f(x)" not in notes(NOISE + said + r" and $\mathbb{E}[y^2] = f^2 + s^2$.")


def test_not_what_stands_under_a_hat() -> None:
    text = NOISE + r"$\mathbb{E}[y - \hat f] = f(x) - \hat f$ and $\mathbb{E}[\hat{f}] = \hat f$."
    assert "let f := f(x)" not in notes(text)


ESTIMATOR = (
    r"Let $y = g(x) + v$ with $\mathbb{E}[v] = 0$ and $\mathrm{Var}(v) = s^2$, and let $\hat g$ be an estimator "
)


def test_an_estimator_is_random(words: Judged) -> None:
    text = ESTIMATOR + r"that is independent of $v$. Then "
    parts = r"(g - \mathbb{E}[\hat g])^2 + \mathrm{Var}(\hat g)"
    assert words(text + rf"$$\mathbb{{E}}[(y - \hat g)^2] = {parts} + s^2$$")[-1] == "proved"
    assert words(text + rf"$$\mathbb{{E}}[(y - \hat g)^2] = {parts}$$")[-1] == "refuted"
    assert words(text + r"$$\mathbb{E}[(y - \hat g)^2] = (g - \mathbb{E}[\hat g])^2 + s^2$$")[-1] == "refuted"
    assert words(text + r"$$\mathbb{E}[\hat g] = \hat g$$")[-1] == "refuted"


def test_its_independence_has_to_be_said(words: Judged) -> None:
    parts = r"(g - \mathbb{E}[\hat g])^2 + \mathrm{Var}(\hat g) + s^2"
    claim = rf"$$\mathbb{{E}}[(y - \hat g)^2] = {parts}$$"
    assert words(ESTIMATOR + rf"that is independent of $x$. Then {claim}")[-1] == "unread"
    assert words(ESTIMATOR + rf"of $g$. Then {claim}")[-1] == "unread"


def test_an_estimator_with_a_formula_is_that(words: Judged) -> None:
    text = r"Let $x_1, \dots, x_n \in \mathbb{R}$. Let $\hat m$ be an estimator of $m$: $\hat m = \frac1n \sum_{i=1}^n x_i$. Then "
    assert words(text + r"$n \hat m = \sum_{i=1}^n x_i$.")[-1] == "proved"
    assert "random" not in notes(text + r"$\mathbb{E}[\hat m] = \hat m$.")
