"""Random terms: derivatives (first and second) against differences; a term plus something is told apart."""

from __future__ import annotations

import time
from random import Random

import pytest
from flint import arb, fmpq

from derive.language.claims import Equal
from derive.language.terms import Deriv, Size, Sym, Term
from derive.refute import arithmetic as ar
from derive.refute.attack import attack
from derive.refute.evaluate import Program
from derive.refute.state import Point, State
from tests.refute.models import ONE, claim, context, defined, family, n, op, plain, q, total

u, v = Sym("u"), Sym("v")
WHERE = context(plain("u"), plain("v"), family("a", over=("n",)), defined("s", (), u * v + op("tanh", u)))
STILL = fmpq(0)
SMOOTH = ("exp", "logistic", "softplus", "tanh", "sin", "cos")


def random_term(random: Random, depth: int) -> Term:
    if depth == 0:
        return random.choice((u, v, Sym("s"), q(random.randint(-3, 3), random.randint(1, 3)), Size("N")))
    kind = random.randrange(8)
    left = random_term(random, depth - 1)
    if kind == 0:
        return op(random.choice(SMOOTH), left / (ONE + op("norm2", left)))
    if kind == 1:
        return left ** q(random.randint(1, 3))
    if kind == 2:
        return total("n", "N", Sym("a", (n,)) * left)
    if kind == 3:
        return left / (ONE + random_term(random, depth - 1) ** q(2))
    if kind == 4:
        return op("log", ONE + left ** q(2))
    if kind == 5:
        return op("sqrt", ONE + left ** q(2))
    right = random_term(random, depth - 1)
    return left * right if kind == 6 else left - right


def values(shift: fmpq) -> Point:
    numbers = {"u": {(): fmpq(3, 4) + shift}, "v": {(): fmpq(-2, 3)}, "a": {(1,): fmpq(1, 2), (2,): fmpq(-3, 2)}}
    return Point({"N": 2, "K": 1, "d": 1}, numbers)


def worth(term: Term, shift: fmpq = STILL) -> arb:
    program = Program(WHERE)
    point = values(shift)
    return arb(ar.primal(program.compile(term)[1](dict(point.sizes), State(program, point))))


@pytest.mark.parametrize("seed", range(60))
def test_derivatives_are_slopes(seed: int) -> None:
    term = random_term(Random(seed), 3)
    step = fmpq(1, 2**60)
    with ar.precision(400):
        here, up, down = worth(term), worth(term, step), worth(term, -step)
        first, second = worth(Deriv(term, u)), worth(Deriv(Deriv(term, u), u))
        slope, bend = (up - down) / (2 * step), (up - 2 * here + down) / (step * step)
        assert abs(first - slope) < arb(2) ** -80 * (1 + abs(first)) * 2**20
        assert abs(second - bend) < arb(2) ** -80 * (1 + abs(second)) * 2**20


@pytest.mark.parametrize("seed", range(60))
def test_a_term_differs_from_itself_plus_something(seed: int) -> None:
    random = Random(seed)
    term = random_term(random, 3)
    extra = random.choice((u, q(1, 100), v * v, Sym("s")))
    assert attack(claim(Equal(term, term), WHERE)).witness is None
    assert attack(claim(Equal(term, term + extra), WHERE)).witness is not None
    assert attack(claim(Equal(Deriv(term + extra * u, v), Deriv(term, v) + Deriv(extra, v) * u), WHERE)).witness is None


def test_work_is_bounded() -> None:
    for term in (q(7) ** q(10**9), op("factorial", q(10**9)), total("n", 10**9, u)):
        found = attack(claim(Equal(term, u), WHERE), deadline=time.monotonic() + 0.2)
        assert found.witness is None
        assert found.note
    deep: Term = u
    for _ in range(5000):
        deep = -deep
    assert "nested" in attack(claim(Equal(deep, u), WHERE)).note
