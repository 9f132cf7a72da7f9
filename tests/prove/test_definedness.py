"""The conditions of a term: what is divided by, what has a logarithm or a root, what is inverted."""

from __future__ import annotations

import pytest

from derive.authoring import Derivation
from derive.judge import judge
from derive.language.verdicts import Undecided
from derive.prove.definedness import conditions_of
from derive.prove.workbench import Workbench

GIVEN = r"""
index i, k = 1..N
x, y \in \mathbb{R} ; p > 0 ; a_i \in \mathbb{R} ; w_i > 0 ; h \in (0,1) ; A, B \in \mathbb{R}^{d \times d}
S \in \mathbb{R}^{d \times d} symmetric posdef
let r := \frac{1}{x}
"""


def relations(text: str) -> list[tuple[str, bool]]:
    """The sign of each condition, and whether the declarations give it already."""
    d = Derivation("tests/prove", title="", context=GIVEN)
    bench = Workbench(d.context)
    return [(c.relation.op, bench.known(c)) for c in conditions_of(d.term(text), d.context)]


ROWS = [
    ("x + y", []),
    (r"\frac{1}{x}", [("!=", False)]),
    (r"\frac{1}{p}", [("!=", True)]),
    (r"\frac{x}{1 - h}", [("!=", True)]),
    (r"\log x", [(">", False)]),
    (r"\log p", [(">", True)]),
    (r"\log(1 + x^2)", [(">", True)]),
    (r"\sqrt{x}", [(">=", False)]),
    (r"\sqrt{x^2}", [(">=", True)]),
    (r"\frac{1}{\sqrt{x}}", [(">", False), (">=", False)]),
    (r"A^{-1}", [("!=", False)]),
    (r"S^{-1}", [("!=", True)]),
    (r"\sum_i \frac{a_i}{w_i}", [("!=", True)]),
    (r"\sum_i \frac{1}{a_i}", [("!=", False)]),
    (r"\frac{1}{\sum_i w_i}", [("!=", True)]),
    ("r", [("!=", False)]),
    (r"\frac{1}{x} + \frac{y}{x}", [("!=", False)]),
]


@pytest.mark.parametrize(("text", "wanted"), ROWS, ids=[row[0] for row in ROWS])
def test_conditions(text: str, wanted: list[tuple[str, bool]]) -> None:
    assert relations(text) == wanted


def test_a_branch_asks_only_where_it_is_taken() -> None:
    d = Derivation("tests/prove", title="", context=GIVEN)
    term = d.term(r"\begin{cases} \frac{1}{x} & x > 0 \\ 0 & \text{otherwise} \end{cases}")
    assert [c.everywhere for c in conditions_of(term, d.context)] == [False]
    whole = d.term(r"\frac{1}{x}")
    assert [c.everywhere for c in conditions_of(whole, d.context)] == [True]


@pytest.mark.parametrize(
    ("left", "right"),
    [
        (r"\frac{x}{x - x}", "5"),
        (r"\frac{x (y - y)}{y - y}", "x"),
        (r"\log(p - p)", "1"),
        (r"\frac{1}{\sum_i (a_i - a_i)}", r"\frac{1}{\sum_i (a_i - a_i)}"),
    ],
)
def test_what_is_defined_nowhere_is_not_proved(left: str, right: str) -> None:
    d = Derivation("tests/prove", title="", context=GIVEN)
    d.equal("nowhere", left, right)
    (claim,) = d.build().claims
    verdict = judge(claim)
    assert isinstance(verdict, Undecided)
    assert "the sides are defined nowhere" in verdict.reason
