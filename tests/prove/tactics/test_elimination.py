"""Moves: each is found where it is needed, checked again, and refused when it is forged."""

from __future__ import annotations

import pytest

from derive.authoring import Derivation
from derive.language.claims import Step
from derive.prove.evidence import PLAIN, Move
from derive.prove.tactics import elimination
from derive.prove.workbench import Workbench

GIVEN = r"""
index i, j, k = 1..N
x, y, c, \lambda \in \mathbb{R} ; p, q > 0 ; a_i, b_i \in \mathbb{R} ; w_k > 0 ; \pi_k > 0
A \in \mathbb{R}^{N \times N} invertible ; S \in \mathbb{R}^{N \times N} symmetric ; u, v \in \mathbb{R}^N
W \in \mathbb{R}^{N \times N} symmetric connected ; W_{ij} \geq 0
"""

ROWS = [
    ("solve", ("x - 2 y = 0",), "x^2 = 4 y^2"),
    ("solve", ("p x = q",), r"p x + 1 = q + 1"),
    ("add", ("a_i = b_i",), r"\sum_i a_i = \sum_i b_i"),
    ("weigh", (r"\frac{w_k}{\pi_k} - \lambda = 0", r"\sum_k \pi_k = 1"), r"\lambda = \sum_k w_k"),
    ("clear", ("A u = v",), "u = A^{-1} v"),
    ("log", ("p q^{2} = 1",), r"\log p + 2 \log q = 0"),
]


def posed(hypotheses: tuple[str, ...], conclusion: str) -> tuple[Workbench, Step]:
    """A step and its workbench."""
    d = Derivation("tests/prove", title="", context=GIVEN)
    d.step("claim", hypotheses, [conclusion])
    statement = d.build().claims[0].statement
    assert isinstance(statement, Step)
    return Workbench(d.context), statement


@pytest.mark.parametrize(("kind", "hypotheses", "conclusion"), ROWS)
def test_found_and_checked(kind: str, hypotheses: tuple[str, ...], conclusion: str) -> None:
    bench, step = posed(hypotheses, conclusion)
    (goal,) = step.conclusions
    moves = elimination.search(bench, step.hypotheses, goal)
    assert moves is not None
    assert elimination.check(bench, step.hypotheses, goal, moves, PLAIN)
    assert not elimination.check(bench, (), goal, (), PLAIN)


@pytest.mark.parametrize("kind", sorted({row[0] for row in ROWS} | {"terms", "connected", "rewrite", "factor"}))
def test_a_forged_move_is_refused(kind: str) -> None:
    bench, step = posed(("x y = c", r"\sum_i a_i = p"), "x = y")
    (goal,) = step.conclusions
    for number in (0, 1):
        for name in ("x", "a", "p", ""):
            move = Move(kind, number, name)
            try:
                stands = elimination.check(bench, step.hypotheses, goal, (move,), PLAIN)
            except (ValueError, KeyError, IndexError):
                continue
            assert not stands


def test_a_hypothesis_that_is_not_there_is_refused() -> None:
    bench, step = posed(("x = y",), "x = y")
    (goal,) = step.conclusions
    assert not elimination.check(bench, step.hypotheses, goal, (Move("factor", 5, ""),), PLAIN)


def test_every_move_says_what_it_does() -> None:
    for kind in ("solve", "weigh", "clear", "log", "add", "terms", "connected", "rewrite", "factor"):
        assert "hypothesis 1" in str(Move(kind, 0, "x")).lower()
