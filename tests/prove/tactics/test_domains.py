"""Curvature says something only on convex domains, where the objective has no kinks; the point must lie there."""

from __future__ import annotations

import pytest

from derive.authoring import Derivation
from derive.prove.tactics import domains, optimum
from derive.prove.workbench import Workbench
from tests.prove.normal import claimed

CONVEX = [
    r"x \in \mathbb{R}", "x > 0", r"x \geq 0", r"x \in (0,1)", r"x \in [0,1]", r"x \in [2,5]",
    r"x \in \mathbb{R}^{n \times n} symmetric posdef", r"x \in \mathbb{R}^n simplex",
]  # fmt: skip
NOT_CONVEX = [
    r"x \in \{0,1\}", r"x \in \{-1,1\}", r"x \in \mathbb{R} integer", r"x \in \mathbb{R} nonzero",
    r"x \in \mathbb{R}^{n \times n} orthogonal", r"x \in \mathbb{R}^n onehot", r"x \in \{1,...,K\}",
]  # fmt: skip


@pytest.mark.parametrize("given", [*CONVEX, *NOT_CONVEX])
def test_convex(given: str) -> None:
    context = Derivation("tests/prove", title="", context=given).context
    assert domains.is_convex(context.symbols["x"]) == (given in CONVEX)


def posed(given: str, kind: str, objective: str, at: str) -> Derivation:
    """An optimum in x."""
    d = Derivation("tests/prove", title="", context=given)
    d.optimum("claim", kind, objective=objective, over=("x",), at=(at,))
    return d


@pytest.mark.parametrize(
    ("given", "kind", "objective", "at"),
    [
        (r"x \in \{-1, 1\}", "min", "x^2", "0"),
        (r"x \in \mathbb{R} integer", "min", "(2 x - 1)^2", r"\frac{1}{2}"),
        (r"x \in \mathbb{R} nonzero", "min", "x^2", "0"),
        (r"x \in \mathbb{R}", "max", r"-|x| - x^2", "1"),
        (r"x \in \mathbb{R} ; assume x > 1", "min", "x^2", "0"),
    ],
)
def test_no_optimum_outside_the_domain(given: str, kind: str, objective: str, at: str) -> None:
    assert not claimed(posed(given, kind, objective, at).build().claims[0])


@pytest.mark.parametrize(
    ("given", "objective", "at", "inside"),
    [
        ("x > 0 ; c > 0", "(x - c)^2", "c", True),
        (r"x > 0 ; c \in \mathbb{R}", "(x - c)^2", "c", False),
        (r"x \in \mathbb{R} ; c \in \mathbb{R}", "(x - c)^2", "c", True),
        (r"x \geq 0 ; c \in \mathbb{R}", "(x - c^2)^2", "c^2", True),
        (r"x \in (0,1) ; c > 0", "(x - c)^2", "c", False),
    ],
)
def test_the_point_must_lie_in_the_domain(given: str, objective: str, at: str, inside: bool) -> None:
    assert claimed(posed(given, "min", objective, at).build().claims[0]) == inside


def test_the_point_is_read_in_place_of_the_variable() -> None:
    d = posed(r"x \in \mathbb{R} ; c \in \mathbb{R}", "min", "(x - c)^2", "c + x")
    assert not claimed(d.build().claims[0])
    assert optimum.search(Workbench(d.context), d.build().claims[0].statement) is None  # type: ignore[arg-type]
