"""Certified solutions of equations that are not linear, and what is none.

The solutions are written by hand from the mathematics.
"""

from __future__ import annotations

from flint import arb, fmpq

from derive.refute.arithmetic import ONE, Number, divide, log
from derive.refute.enclose import enclosure


def test_an_equation_said_twice_does_not_hinder() -> None:
    def system(u: list[Number]) -> list[Number]:
        return [u[0] + u[1] - 1, u[2] * u[2] - 2 * u[0], 2 * u[0] + 2 * u[1] - 2]

    found = enclosure(system, [fmpq(1, 3), fmpq(2, 3), fmpq(1)])
    assert found is not None
    assert found[0] == [2]  # what holds exactly is kept, and with it u_0 = 1/3
    assert (found[1][2] ** 2).contains(arb(2) / 3)


def test_equations_that_hold_only_nearly_are_not_kept() -> None:
    def system(u: list[Number]) -> list[Number]:
        return [u[0] + u[1] - 1, u[2] * u[2] - 2 * u[0], u[0] + u[1] - 1 - fmpq(1, 10**30)]

    assert enclosure(system, [fmpq(1, 3), fmpq(2, 3), fmpq(1)]) is None


def test_what_cannot_be_met_beside_the_others_is_not_met() -> None:
    def system(u: list[Number]) -> list[Number]:
        return [u[0] + u[1] - 1, u[0] - u[1], u[0] + u[1] - 1]  # the second needs u_0 = u_1 = 1/2

    assert enclosure(system, [fmpq(1, 3), fmpq(2, 3)]) is None


def test_a_solution_at_infinity_is_not_sought_for_long() -> None:
    asked: list[Number] = []

    def system(u: list[Number]) -> list[Number]:
        asked.append(u[0])
        return [divide(ONE, u[0])]  # Newton's method goes from u to 2 u

    assert enclosure(system, [fmpq(1)]) is None
    assert len(asked) < 8


def test_steps_that_grow_may_lead_to_a_solution() -> None:
    def system(u: list[Number]) -> list[Number]:
        return [log(u[0])]  # from u to u (1 - log u): ever longer steps, as long as u is small

    found = enclosure(system, [fmpq(1, 10**4)])
    assert found is not None
    assert found[1][0].contains(1)
