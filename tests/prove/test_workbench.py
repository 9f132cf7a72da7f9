"""A workbench: conditions known and unknown, assumptions that stay with their claim, times, and shapes."""

from __future__ import annotations

import time
from dataclasses import replace

import pytest

from derive.language.claims import Equal, HasShape
from derive.language.extents import Extent
from derive.language.operators import ShapeError
from derive.prove import prover
from derive.prove.algebra import TooHard
from derive.prove.evidence import NonNegative, Options, Reduction, Shapes
from tests.prove.normal import bench_of, shown, sides
from tests.work import counted

GIVEN = r"x, y \in \mathbb{R} ; index i = 1..N ; v \in \mathbb{R}^d ; A \in \mathbb{R}^{d \times d}"


def test_what_a_claim_says_is_assumed_for_it_alone() -> None:
    """log x in a claim means that x > 0 there; the next claim of the same context knows nothing of it."""
    bench, left, right = sides(GIVEN, r"\log x^2", r"2 \log x")
    assert shown(bench, Equal(left, right))
    _, left, right = sides(GIVEN, r"\sqrt{x^2}", "x")
    assert not shown(bench, Equal(left, right))


def test_evidence_of_another_kind_shows_nothing() -> None:
    bench, left, right = sides(GIVEN, "x + y", "y + x")
    statement = Equal(left, right)
    assert prover.check(bench, statement, Reduction())
    for other in (NonNegative(), Shapes()):
        assert not prover.check(bench, statement, other)
    false = replace(statement, right=left * left)
    for options in (Options(), Options(split_binary=True), Options(without_facts=True)):
        assert not prover.check(bench, false, Reduction(options))


def test_shapes() -> None:
    bench, left, _ = sides(GIVEN, "A v", "v")
    d = Extent.of("d")
    assert shown(bench, HasShape(left, (d,)))
    assert not shown(bench, HasShape(left, (d, d)))
    with pytest.raises(ShapeError, match="differ"):
        bench.shape(left, left.T)


def test_a_deadline_is_kept() -> None:
    bench, left, right = sides(GIVEN, "(x + y + 1)^{24}", "(y + x + 2)^{24}")
    bench.until(time.monotonic() - 1)
    with pytest.raises(TooHard):
        counted(lambda: prover.search(bench, Equal(left, right)), 2_000_000)


def test_a_reader_is_made_once() -> None:
    bench = bench_of(GIVEN)
    assert bench.reader() is bench.reader()
    assert bench.reader(Options(split_binary=True)) is not bench.reader()
