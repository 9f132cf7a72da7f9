"""``so $w = …$ is a minimiser, and there``: the derivative is zero at it, and only what is said to hold there may use it."""

from __future__ import annotations

import pytest

from tests.documents.test_by_powers import notes, verdicts

COST = r"""Let $B \in \mathbb{R}^{m\times m}$ be symmetric positive definite and $t \in \mathbb{R}^m$. Consider
$F(u) = \frac12 u^\top B u - t^\top u$ for $u \in \mathbb{R}^m$. Its gradient is
\[ \nabla F(u) = B u - t, \]
so $u = B^{-1} t$ is the minimiser"""
BEGUN = len(verdicts(COST + "."))


@pytest.mark.parametrize(
    "words",
    [", and there", ". At this point we have", ". At the minimum,", ". The minimal value is", ". The least value is"],
)
def test_there_means_the_stated_point(words: str) -> None:
    text = COST + words + "\n" + r"\[ F(u) = -\frac12 t^\top B^{-1} t. \]"
    assert verdicts(text) == ["proved"] * (BEGUN + 1)
    assert verdicts(text.replace(r"-\frac12 t^\top B", r"\frac12 t^\top B")) == ["proved"] * BEGUN + ["refuted"]
    inline = COST + words + r" $F(u) = -\frac12 t^\top B^{-1} t$."
    assert verdicts(inline) == ["proved"] * (BEGUN + 1)


@pytest.mark.parametrize("words", [". In general", ". There is a formula for it, which for all $u$ says", ". Further"])
def test_elsewhere_nothing_is_supposed(words: str) -> None:
    text = COST + words + "\n" + r"\[ F(u) = -\frac12 t^\top B^{-1} t. \]"
    assert verdicts(text)[-1] == "refuted"


def test_a_point_where_the_derivative_is_not_zero_is_refuted() -> None:
    assert verdicts(COST.replace("$u = B^{-1} t$", "$u = B t$") + ".")[-1] == "refuted"
    assert "min over u: u = B^{-1} t, as the words behind it say" in notes(COST + ".")


def test_a_maximum_is_no_minimiser() -> None:
    text = COST.replace("is the minimiser", "is the maximiser") + "."
    assert verdicts(text)[-1] == "refuted"
    assert verdicts(text.replace("the maximiser", "a stationary point"))[-1] == "proved"


def test_a_number_that_nobody_declares_may_have_the_wrong_sign() -> None:
    """Stationary whatever κ is, least where it is positive: nothing is proved, and there is no false alarm."""
    text = r"""Let $B \in \mathbb{R}^{m\times m}$ be symmetric positive definite and $t \in \mathbb{R}^m$. Minimise
$F(u) = \|t - B u\|^2 + \lambda u^\top B u$ over $u \in \mathbb{R}^m$. Its gradient is
\[ \nabla F(u) = -2 B (t - B u) + 2 \lambda B u, \]
so $u = (B + \lambda I)^{-1} t$ is a minimiser."""
    assert verdicts(text)[-1] == "undecided"
    assert verdicts(text.replace("^{-1}", ""))[-1] == "refuted"


def test_a_new_section_forgets_the_point() -> None:
    text = COST + ".\n\n" + r"\section*{More} At the minimum \[ F(u) = -\frac12 t^\top B^{-1} t. \]"
    assert verdicts(text)[-1] != "proved"


def test_a_new_objective_forgets_the_point() -> None:
    text = COST + r". Let $R(u) = u^\top u$. At the minimum \[ R(u) = t^\top B^{-1} B^{-1} t. \]"
    assert verdicts(text)[-1] != "proved"
