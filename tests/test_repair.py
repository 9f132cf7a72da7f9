"""A refuted line with the statement one edit away that is proved; nothing that is not proved is offered."""

from __future__ import annotations

import time

import pytest

from derive import Derivation, to_latex
from derive.judge import judge
from derive.language.claims import Equal
from derive.language.verdicts import Refuted
from derive.repair import judge_and_repair

CONTEXT = r"""
    index n = 1..N
    x_n, y_n, a \in \mathbb{R} ; \mathbf{u} \in \mathbb{R}^d ; A \in \mathbb{R}^{d \times d}
"""


def repaired(left: str, right: str, expect: str | None = None) -> str | None:
    d = Derivation("tests/repair", title="Repair", context=CONTEXT)
    d.equal("c", left, right, **({"expect": expect, "reason": "as a test"} if expect else {}))
    verdict = judge_and_repair(d.build().claims[0], time.monotonic() + 10)
    assert isinstance(verdict, Refuted)
    return None if verdict.suggestion is None else str(to_latex(verdict.suggestion))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("left", "right"),
    [
        (r"\sum_{n=1}^N (x_n - a)^2", r"\sum_{n=1}^N (x_n^2 + 2 a x_n + a^2)"),
        (r"\frac{\partial}{\partial a} \sum_{n=1}^N (x_n - a)^2", r"2 \sum_{n=1}^N (x_n - a)"),
        (r"\frac{\partial}{\partial \mathbf{u}} \mathbf{u}^T A \mathbf{u}", r"(A + A) \mathbf{u}"),
        (r"\sum_{n=1}^N x_n y_n", r"\sum_{n=1}^N x_n x_n"),
    ],
)
def test_one_edit_makes_it_right(left: str, right: str) -> None:
    found = repaired(left, right)
    assert found is not None
    d = Derivation("tests/repair", title="Repair", context=CONTEXT)
    d.equal("again", left, found)
    assert type(judge(d.build().claims[0])).__name__ == "Proved"


def test_what_is_far_from_right_gets_no_suggestion() -> None:
    assert repaired(r"\sum_{n=1}^N (x_n - a)^4", r"a + 1") is None


def test_an_expected_refutation_is_left_alone() -> None:
    assert repaired("a", "-a", expect="refuted") is None


def test_a_repair_keeps_the_left_side() -> None:
    d = Derivation("tests/repair", title="Repair", context=CONTEXT)
    d.equal("c", "a", "-a")
    claim = d.build().claims[0]
    assert isinstance(claim.statement, Equal)
    verdict = judge_and_repair(claim, time.monotonic() + 10)
    assert isinstance(verdict, Refuted)
    assert verdict.suggestion == claim.statement.left
