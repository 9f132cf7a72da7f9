"""How long a vector of ones is, and definitions that need themselves: told, or refused where they stand."""

from __future__ import annotations

import pytest

from derive.read.declarations import declare
from derive.read.errors import DeclarationError
from tests.documents.test_by_powers import notes, read, verdicts

MEAN = r"Let $Q = I - \frac{1}{m} \mathbf{1}\mathbf{1}^\top$. "


def test_the_size_of_ones_is_what_they_average_over() -> None:
    assert r"\mathbf{1} \in \mathbb{R}^m, as \mathbf{1}\mathbf{1}^\top is divided by m" in notes(MEAN)
    assert verdicts(MEAN + r"Then $Q Q = Q$ and $Q\mathbf{1} = 0$.") == ["proved"] * 3
    assert verdicts(MEAN + r"Then $\operatorname{tr}(Q) = m - 1$.") == ["proved", "proved"]
    assert verdicts(MEAN + r"Then $\operatorname{tr}(Q) = m$.") == ["proved", "refuted"]
    assert verdicts(MEAN.replace(r"\frac{1}{m} ", "").replace("^\\top$", "^\\top / m$")) == ["proved"]


@pytest.mark.parametrize("factor", [r"\frac{2}{m}", r"\frac{1}{c}", r"\frac{1}{m^2}", ""])
def test_ones_that_average_over_nothing_have_no_size(factor: str) -> None:
    text = r"Let $c \in \mathbb{R}$. " + MEAN.replace(r"\frac{1}{m}", factor)
    assert verdicts(text) == ["unread"]


def test_a_declared_matrix_keeps_its_size() -> None:
    text = r"Let $Q \in \mathbb{R}^{p \times p}$ be symmetric. Then $Q = I - \frac{1}{m} \mathbf{1}\mathbf{1}^\top$."
    assert not any("divided by" in note for note in notes(text))


@pytest.mark.parametrize(
    "text",
    [
        r"b \in \mathbb{R}; let a := b + 1; let b := 2 a",
        r"name P^2; let P := \sqrt{P^2}; let P^2 := P",
        r"name P^2; let P^2 := P; let P := \sqrt{P^2}",
        r"index i = 1..n; x_i \in \mathbb{R}; let x_i := x_i + 1",
        r"index i = 1..n; h_i \in \mathbb{R}; let a := \sum_i h_i; let h_i := 2 a",
        r"function f(x); let a := f(2); function f(x) := a x",
    ],
)
def test_a_definition_that_needs_itself_is_refused(text: str) -> None:
    with pytest.raises(DeclarationError):
        declare(text)


@pytest.mark.parametrize(
    "text",
    [
        r"index t = 1..T; h_0, c, h_t \in \mathbb{R}; let h_t := c h_{t-1}",
        r"x \in \mathbb{R}; function E(x) := x^2; let E := E(x)",
        r"x \in \mathbb{R}; function f(x) := x + 1; let y := f(x); let z := f(y)",
    ],
)
def test_other_members_and_other_kinds_are_no_circle(text: str) -> None:
    declare(text)


def test_a_square_of_what_is_not_declared_is_not_its_own_root() -> None:
    document = read(r"For a projection $P^2 = P$. Moreover $P + P = 2$.")
    assert not any("sqrt" in note for note in document.notes)
    assert "proved" not in verdicts(r"For a projection $P^2 = P$.")
