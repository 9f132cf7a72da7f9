"""A new name by its reciprocal: ``\\frac{1}{t^2} = …`` defines t, and what follows from it rests on nothing else."""

from __future__ import annotations

import pytest

from tests.documents.test_by_powers import notes, verdicts

PRIOR = r"Let $a, b, c > 0$. The combined precision is $\frac{1}{t_1^2} = \frac{1}{a^2} + \frac{c}{b^2}$. "


def test_a_reciprocal_square_defines_its_positive_root() -> None:
    assert r"let t_1 := \frac{1}{\sqrt{\frac{1}{a^2} + \frac{c}{b^2}}}" in notes(PRIOR)
    assert verdicts(PRIOR + r"Then $t_1^2 = \frac{a^2 b^2}{b^2 + c a^2}$ and $t_1 > 0$.") == ["proved"] * 3
    assert verdicts(PRIOR + r"Then $t_1^2 = \frac{a^2 b^2}{b^2 + a^2}$.") == ["proved", "refuted"]


@pytest.mark.parametrize("left", [r"\frac{1}{q}", r"\frac1q"])
def test_a_reciprocal_defines_its_name(left: str) -> None:
    text = rf"Let $u, v > 0$. The joint rate is ${left} = \frac{{1}}{{u}} + \frac{{1}}{{v}}$. Hence $q = \frac{{u v}}{{u + v}}$."
    assert verdicts(text) == ["proved", "proved"]
    assert verdicts(text.replace("u v}", "2 u v}")) == ["proved", "refuted"]


def test_a_power_of_minus_two() -> None:
    text = r"Let $u > 0$. The width is $w^{-2} = u + 3$. Then $w^2 (u + 3) = 1$."
    assert verdicts(text) == ["proved", "proved"]
    assert verdicts(text.replace("= 1$", "= 2$")) == ["proved", "refuted"]


def test_what_is_declared_is_claimed_not_defined() -> None:
    text = r"Let $t, a, b > 0$. Then $\frac{1}{t^2} = \frac{1}{a^2} + \frac{1}{b^2}$."
    assert verdicts(text) == ["refuted"]


def test_an_estimate_is_not_defined_by_its_reciprocal() -> None:
    text = r"Let $r, s > 0$ and $h(r) = r s - \log r$. Then $\frac{1}{\hat r} = s + 1$."
    assert not any("let \\hat r" in note for note in notes(text))


SOLVED = r"""Let $x_1, \dots, x_k \in \mathbb{R}$ and $f(m) = \sum_{i=1}^k (x_i - m)^2$ for $m \in \mathbb{R}$. Then
\[ \frac{\partial f}{\partial m} = -2 \sum_{i=1}^k (x_i - m). \]
Setting it to zero gives $m = \frac1k \sum_{i=1}^k x_i$. """


def test_a_new_name_needs_no_equation_that_was_solved_before() -> None:
    text = SOLVED + r"Let $c > 0$. The shrunken value is $g = \frac{c m}{c + 1} = m - \frac{m}{c + 1}$."
    assert verdicts(text)[-1] == "proved"
    assert verdicts(text.replace(r"m - \frac{m}", r"m - \frac{c m}"))[-1] == "refuted"


def test_what_holds_at_the_solution_still_rests_on_it() -> None:
    text = SOLVED + r"At the solution the value is $v = k m^2 = \frac1k \left( \sum_{i=1}^k x_i \right)^2$."
    assert verdicts(text)[-1] == "proved"


@pytest.mark.parametrize(
    ("given", "objective", "new", "slope"),
    [
        (
            r"$S, B \in \mathbb{R}^{d \times d}$ be symmetric positive definite",
            r"\log\det S + \operatorname{tr}(S^{-1} B)",
            r"\Lambda = S^{-1}",
            r"\frac{\partial f}{\partial \Lambda} = B - \Lambda^{-1}",
        ),
        (
            r"$S, B > 0$",
            r"\log S + \frac{B}{S}",
            r"q = \frac{1}{S}",
            r"\frac{\partial f}{\partial q} = B - \frac{1}{q}",
        ),
    ],
)
def test_a_derivative_in_what_is_defined_as_an_inverse(given: str, objective: str, new: str, slope: str) -> None:
    """f = -log det Λ + tr(Λ B): its derivative in Λ is B - Λ⁻¹."""
    text = rf"Let {given} and $f = {objective}$. Let ${new}$. Then $${slope}.$$"
    assert verdicts(text)[-1] == "proved"
    assert verdicts(text.replace("= B - ", "= B + "))[-1] == "refuted"
    assert (
        verdicts(text.replace("f = ", r"f = \operatorname{tr} S + " if "det" in objective else "f = S + "))[-1]
        != "proved"
    )


def test_properties_of_all_that_one_formula_lists() -> None:
    text = r"Let $A, B \in \mathbb{R}^{n \times n}$ be symmetric. Then $$(A B)^\top = B A.$$"
    assert verdicts(text) == ["proved"]
    assert verdicts(text.replace(" be symmetric", " be invertible")) == ["refuted"]


RIDGE = r"""Let $K \in \mathbb{R}^{n \times n}$ be psd, $y, a \in \mathbb{R}^n$, $\lambda > 0$. Setting the gradient to zero,
$$(K + \lambda I) a = y$$
$$a = (K + \lambda I)^{-1} y$$
$$r = y - K a = \lambda a$$
"""


def test_a_new_name_that_holds_where_an_equation_is_solved_is_not_refuted() -> None:
    assert verdicts(RIDGE) == ["proved", "proved", "proved", "undecided"]
    assert verdicts(RIDGE.replace(r"= \lambda a", r"= 2 \lambda a"))[-1] == "refuted"
    assert verdicts(RIDGE.replace(r"= \lambda a", r"= K y - a"))[-1] == "refuted"
