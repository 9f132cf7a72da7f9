"""Points keep every property and every assumption, and are the same in every run."""

from __future__ import annotations

import os
import subprocess
import sys
from fractions import Fraction
from pathlib import Path
from random import Random
from typing import Any

import pytest
from flint import fmpq

from derive.language.claims import Compare, Equal
from derive.language.context import SymbolDecl
from derive.language.extents import Extent
from derive.language.terms import Const, Rel, Size, Sym
from derive.read.declarations import declare
from derive.refute.assumptions import FAILURES, Assumptions
from derive.refute.attack import attack
from derive.refute.evaluate import Program
from derive.refute.points import Sampler
from derive.refute.relevance import subject_of
from derive.refute.state import Point
from tests.refute.models import ONE, ZERO, claim, context, d, family, j, k, n, op, plain, q, total

A, x, p = Sym("A"), Sym("x"), Sym("p", (k,))

PROPERTIES = [
    (plain("x", "positive"), Compare(">", x, ZERO)),
    (plain("x", "nonnegative"), Compare(">=", x, ZERO)),
    (plain("x", "negative"), Compare("<", x, ZERO)),
    (plain("x", "nonzero"), Compare("!=", x, ZERO)),
    (plain("x", "binary"), Equal(x * x, x)),
    (plain("x", "integer"), Equal(op("floor", x), x)),
    (plain("x", "open_unit"), Compare("<", x * x, x)),
    (plain("x", "unit"), Compare("<=", x * x, x)),
    (SymbolDecl("x", low=q(2), high=q(3), low_open=True), Compare(">", x, q(2))),
    (SymbolDecl("x", low=q(2), high=q(3)), Compare("<=", x, q(3))),
    (SymbolDecl("x", values=(q(-1), q(1))), Equal(x * x, ONE)),
    (family("p", "simplex", over=("k",)), Equal(total("k", "K", p), ONE)),
    (family("p", "onehot", over=("k",)), Equal(total("k", "K", p * p), ONE)),
    (plain("x", "simplex", shape=(d,)), Equal(op("total", x), ONE)),
    (plain("A", "symmetric", shape=(d, d)), Equal(op("transpose", A), A)),
    (plain("A", "posdef", shape=(d, d)), Compare(">", op("det", A), ZERO)),
    (plain("A", "orthogonal", shape=(d, d)), Equal(op("transpose", A) * A, op("identity", Size("d")))),
    (plain("A", "invertible", shape=(d, d)), Compare("!=", op("det", A), ZERO)),
    (plain("A", "diagonal", "positive", "invertible", shape=(d, d)), Compare(">", op("det", A), ZERO)),
    (plain("A", "posdef", "nonnegative", shape=(d, d)), Compare(">=", A, ZERO)),
    (plain("A", "connected", "symmetric", shape=(d, d)), Compare(">=", A, ZERO)),
    (SymbolDecl("x", low=ONE, high=Const("inf")), Compare(">=", x, ONE)),
    (plain("A", "diagonal", shape=(d, d)), Equal(op("diag", op("diag", A)), A)),
]


@pytest.mark.parametrize(("decl", "statement"), PROPERTIES)
def test_properties_hold(decl: SymbolDecl, statement: Equal | Compare) -> None:
    found = attack(claim(statement, context(decl)), effort=3)
    program = Program(context(decl))
    sampler = Sampler(program, subject_of((statement.left,), (), program.context))
    assert all(sampler.is_admissible(sampler.point({"N": 2, "K": 3, "d": 2}, seed)) for seed in range(3))
    assert found.witness is None, found
    assert found.agreed >= 5, found


FACTS = [
    Rel("=", total("k", "K", p), ONE),
    Rel("=", total("k", "K", p), q(7, 2)),
    Rel("=", Sym("c"), total("k", "K", p * p)),
    Rel("=", total("k", "K", p * Sym("a", (k,))), ZERO),
    Rel(">", Sym("c"), Sym("b")),
    Rel(">", op("det", Sym("X")), ZERO),
    Rel("=", op("trace", Sym("X")), ONE),
    Rel("=", Sym("X") * Sym("y"), op("zeros", Size("d"))),
    Rel("=", total("n", "N", Sym("f", (n, k))), ONE),
    Rel("=", op("transpose", Sym("V")) * Sym("V"), op("identity", Size("K"))),
]


@pytest.mark.parametrize("fact", FACTS)
def test_assumptions_hold(fact: Rel) -> None:
    where = context(
        family("p", "positive", over=("k",)), family("a", over=("k",)), plain("b"), plain("c"),
        plain("X", shape=(d, d)), plain("y", shape=(d,)), family("f", over=("n", "k")),
        plain("V", shape=(d, Extent.of("K"))), facts=(fact,),
    )  # fmt: skip
    statement = Equal(fact.left, fact.right) if fact.op == "=" else Compare(fact.op, fact.left, fact.right)
    found = attack(claim(statement, where))
    assert found.witness is None, found
    assert found.agreed >= 5, found


def test_an_assumption_that_cannot_be_met_gives_no_points() -> None:
    where = context(plain("x", "positive"), facts=(Rel("<", x, ZERO),))
    found = attack(claim(Equal(x, x), where))
    assert found.points == 0
    assert "not met" in found.note


def test_what_cannot_be_moved_by_its_slope_leaves_the_others_to_be_moved() -> None:
    """A factorial has no slope; what it is multiplied with has."""
    t, c, y = Sym("t", (n, k)), Sym("c", (n, k)), Sym("y", (n, k))
    families = [family(name, over=("n", "k")) for name in "cy"]
    counts = family("t", "integer", "positive", over=("n", "k"))
    where = context(counts, *families, facts=(Rel("=", op("factorial", t) * c, y),))
    found = attack(claim(Equal(op("factorial", t) * c, y), where))
    assert found.witness is None
    assert found.agreed == found.points >= 6, found
    assert attack(claim(Equal(c, y), where)).witness is not None


def test_sizes_at_which_nothing_is_found_leave_work_for_others() -> None:
    fact = Rel("=", x - x + Size("N"), ONE)  # only for N = 1, which is not what is tried first
    where = context(plain("x"), family("y", over=("n",)), facts=(fact,))
    found = attack(claim(Equal(total("n", "N", Sym("y", (n,)) * x), x * total("n", "N", Sym("y", (n,)))), where))
    assert found.agreed > 0, found
    assert attack(claim(Equal(total("n", "N", Sym("y", (n,))), x), where)).witness is not None


def test_the_search_for_points_ends() -> None:
    impossible = context(plain("x"), family("y", over=("n",)), facts=(Rel("=", x - x + Size("N"), ZERO),))
    tried: list[int] = []
    broken = Assumptions.meet

    def counting(self: Assumptions, *rest: Any, **named: Any) -> None:
        tried.append(1)
        broken(self, *rest, **named)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Assumptions, "meet", counting)
        found = attack(claim(Equal(total("n", "N", Sym("y", (n,))), x), impossible))
    assert found.points == 0
    assert 0 < len(tried) <= 2 * FAILURES  # what was left unsolved is counted anew for other sizes


def test_the_search_for_a_point_never_goes_round() -> None:
    """Two equations at odds, each met by moving what the other needs: where a point has been before, it ends."""
    rounds: list[list[object]] = []
    meet, repaired = Assumptions.meet, Assumptions._repaired

    def met(self: Assumptions, point: Point, random: Random, mix: bool) -> None:
        rounds.append([])
        meet(self, point, random, False)

    def repairing(self: Assumptions, wrong: Any, rows: Any, slopes: Any, *rest: Any) -> bool:
        rounds[-1].append(dict(slopes.point.values))
        return repaired(self, wrong, rows, slopes, *rest)

    y, z = Sym("y"), Sym("z")
    facts = (Rel("=", x * y, ONE), Rel("=", y, z), Rel("=", x * z, q(2)))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Assumptions, "meet", met)
        patch.setattr(Assumptions, "_repaired", repairing)
        found = attack(claim(Equal(x, y), context(plain("x"), plain("y"), plain("z"), facts=facts)))
    assert found.points == 0
    assert max(map(len, rounds)) > 1, rounds
    for been in rounds:
        assert all(place not in been[:at] for at, place in enumerate(been)), been


def test_index_assumptions_restrict_the_indices() -> None:
    where = context(plain("x"), facts=(Rel("!=", k, j),)).with_size("K", 2)
    found = attack(claim(Equal(op("delta", k, j), ZERO), where))
    assert found.witness is None
    assert found.agreed >= 5


def test_size_assumptions_restrict_the_sizes() -> None:
    where = context(plain("x"), facts=(Rel("=", Size("N"), Size("K")),))
    assert attack(claim(Equal(total("n", "N", x), total("k", "K", x)), where)).witness is None
    assert attack(claim(Equal(total("n", "N", x), total("k", "K", x)), context(plain("x")))).witness is not None


def test_witnesses_are_smallest_and_readable() -> None:
    where = context(family("p", "simplex", over=("k",)), family("a", over=("n",)))
    found = attack(claim(Equal(total("k", "K", p * p), ONE), where))
    assert found.witness is not None
    assert found.witness.sizes == {"K": 2}
    assert set(found.witness.values) == {"p"}
    values = found.witness.values["p"]
    assert isinstance(values, list)
    assert len(values) == 2
    assert "/" in values[0]


def test_a_late_attack_stops() -> None:
    found = attack(claim(Equal(x, x), context(plain("x"))), deadline=0.0)
    assert found.points == 0
    assert "time" in found.note


PROGRAM = """
from tests.refute.test_claims import FALSE
from tests.refute.models import claim
from derive.refute.assumptions import FAILURES, Assumptions
from derive.refute.attack import attack
for name, statement, where in FALSE:
    print(name, attack(claim(statement, where)).witness)
"""


def test_the_same_witnesses_under_any_hash_seed() -> None:
    root = Path(__file__).parents[2]
    outputs = []
    for seed in ("0", "1"):
        made = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(root)}
        outputs.append(
            subprocess.run([sys.executable, "-c", PROGRAM], env=made, capture_output=True, check=True, cwd=root).stdout
        )
    assert outputs[0] == outputs[1]
    assert outputs[0]


def test_an_assumption_that_is_undefined_at_a_point_is_not_met() -> None:
    given = declare(r"x, y \in \mathbb{R} ; assume \frac{1}{x} = y")
    sampler = Sampler(Program(given), subject_of((Sym("x"), Sym("y")), (), given))
    for x, y, met in ((2, Fraction(1, 2), True), (2, 1, False), (0, 1, False)):
        values = {"x": {(): fmpq(x)}, "y": {(): fmpq(Fraction(y).numerator, Fraction(y).denominator)}}
        assert sampler.assumptions.met(Point({}, values)) is met
