"""Relations between things of different shapes: refuted where they are stated, of no use where they are supposed."""

from __future__ import annotations

import pytest

from derive.judge import judge
from derive.language.claims import Claim, Equal, Statement, Step
from derive.language.terms import Num, Op, Rel, Sym
from derive.language.verdicts import Proved, Refuted, Undecided, Verdict
from derive.read.declarations import declare

CONTEXT = declare(r"size n ; s \in \mathbb{R} ; u, v \in \mathbb{R}^n")
S, U, V = (Sym(name, ()) for name in "suv")


def judged(statement: Statement) -> Verdict:
    return judge(Claim("test", statement, CONTEXT))


@pytest.mark.parametrize("statement", [Equal(S, U), Step((Rel("=", U, V),), (Rel("=", S, U),))])
def test_what_is_stated_of_different_shapes_is_refuted(statement: Statement) -> None:
    verdict = judged(statement)
    assert isinstance(verdict, Refuted)
    assert verdict.witness.note == "shapes: scalar and (n)"


@pytest.mark.parametrize("given", [Rel("=", S, U), Rel("=", U, S), Rel("=", Op("add", (S, Num(1))), V)])
def test_nothing_follows_from_what_has_different_shapes(given: Rel) -> None:
    for goal in (Rel("=", U, V), Rel("=", S, S), Rel("=", U, Num(0))):
        verdict = judged(Step((given,), (goal,)))
        assert isinstance(verdict, Undecided)
        assert "different shapes" in verdict.reason


def test_the_number_zero_has_any_shape() -> None:
    assert isinstance(judged(Step((Rel("=", U, Num(0)),), (Rel("=", Op("add", (U, V)), V),))), Proved)
