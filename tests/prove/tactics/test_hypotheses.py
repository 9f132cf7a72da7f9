"""The ways to read hypotheses: none is another one's by a second name."""

from __future__ import annotations

import pytest

from derive.authoring import Derivation
from derive.prove.tactics.hypotheses import readings
from derive.prove.workbench import Workbench


def bench_of(context: str, fact: str = "") -> Workbench:
    derivation = Derivation("t/readings", title="", context=context)
    if fact:
        derivation.assume(fact)
    derivation.equal("x", "x", "x")
    return Workbench(derivation.build().claims[0].context)


@pytest.mark.parametrize(
    ("context", "folded"), [(r"x, y \in \mathbb{R}", [False]), (r"x \in \mathbb{R} ; let y := x^2", [True, False])]
)
def test_facts_are_left_out_where_there_are_some(context: str, folded: list[bool]) -> None:
    plain = readings(bench_of(context))
    assert [bool(each.folded) for each in plain] == folded
    assert not any(each.without_facts for each in plain)
    both = readings(bench_of(context, "x = 1"))
    assert [each for each in both if not each.without_facts] == plain
    assert sum(each.without_facts for each in both) == len(plain)
