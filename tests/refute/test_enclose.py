"""Certified solutions of equations that are not linear, and what is none.

The solutions are written by hand from the mathematics.
"""

from __future__ import annotations

from flint import arb, fmpq

from derive.refute.arithmetic import Number
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
