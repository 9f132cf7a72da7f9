"""The time is up between the two looks at a proof: no answer, and no crash of who was looking."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from derive import Derivation
from derive import judge as judging
from derive.language.claims import Claim, Step
from derive.prove.algebra import TooHard
from derive.refute.attack import Attack

NOTHING = Attack(None, 0, 0, "no point")


def claim() -> Claim:
    """A step of a chain that is also shown from its equations alone, and from these as they were worked out."""
    found = Derivation("time/up", title="up", context=r"a, b, x \in \mathbb{R}")
    found.step("one", hypotheses=["a + x = b"], conclusions=["x = b - a"])
    one = found.build().claims[0]
    assert isinstance(one.statement, Step)
    (given,) = one.statement.hypotheses
    return replace(one, start=one.statement, worked_out=((given, given),))


@pytest.mark.parametrize("problem", [TooHard("the time is up"), ZeroDivisionError(), RecursionError()])
def test_the_second_look(problem: Exception, monkeypatch: pytest.MonkeyPatch) -> None:
    one = claim()
    bench = judging._bench(one.context, None)
    assert judging._proved_from_start(one, bench, NOTHING, 1e9) is not None
    assert judging._proved_as_worked_out(one, one.statement, bench, NOTHING, 1e9) is not None
    monkeypatch.setattr(judging, "_shown", lambda *given: True)

    def up(*given: Any) -> Any:
        raise problem

    monkeypatch.setattr(judging.prover, "search", up)
    assert judging._proved_from_start(one, bench, NOTHING, 1e9) is None
    assert judging._proved_as_worked_out(one, one.statement, bench, NOTHING, 1e9) is None
