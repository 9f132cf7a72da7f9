"""A sample of random claims: none is proved and refuted. `make soundness` has as many as one likes."""

from __future__ import annotations

import pytest

from derive.prove.algebra import Algebra
from derive.prove.atoms import Exponent, Poly
from tests.soundness.random_claims import KINDS, drawn, examined

COUNT = 60
STARTS = range(0, 600, COUNT)
RIGHT = Algebra.power


@pytest.mark.parametrize("first", STARTS)
def test_none_is_proved_and_refuted(first: int) -> None:
    assert not examined(first, COUNT).wrong


def test_claims_of_every_kind_are_drawn_and_the_same_each_time() -> None:
    found = [drawn(number) for number in range(200)]
    assert {kind for kind, _ in found} == set(KINDS)
    assert found == [drawn(number) for number in range(200)]


def test_many_are_proved() -> None:
    """Else there would be nothing that could be wrong."""
    tally = examined(0, COUNT)
    assert tally.proved["equal, rearranged"] > 0.8 * tally.claims["equal, rearranged"] > 0


def test_a_wrong_rule_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    """A square is taken for what is squared."""
    monkeypatch.setattr(Algebra, "power", wrong_power)
    numbers = [n for n in range(2000) if drawn(n)[0] == "equal, one slip"]
    assert any(examined(n, 1).wrong for n in numbers[:200])


def wrong_power(algebra: Algebra, base: Poly, exponent: Exponent) -> Poly:
    return base if exponent == 2 else RIGHT(algebra, base, exponent)


# -- found by the long run ---------------------------------------------------------------------------------------------
def test_a_goal_that_is_supposed_to_fail_fails_for_one_value_of_its_indices() -> None:
    """Claim 111812: relu(a)^2 > -delta(z_m, n). If that fails, delta(z_m, n) is zero for this n; it was summed over n,
    as if it were zero for all of them."""
    assert not examined(111812, 1).wrong
