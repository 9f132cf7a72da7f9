"""Claims about |u| and the positive part of u, shown on either side of where they bend."""

from __future__ import annotations

import pytest

from derive.language.claims import Compare, Equal
from derive.language.terms import Rel
from derive.prove import prover
from derive.prove.evidence import ByCases, Chain, NonNegative, Reduction
from derive.prove.tactics import pieces
from derive.prove.workbench import Workbench
from derive.read.declarations import declare
from derive.read.latex import node_readings
from derive.read.parser import parse

CONTEXT = declare(
    r"""a, b, m, r, A, y \in \mathbb{R} ; c, e > 0 ; q \in (0, 1) ; index i = 1..N ; x_i \in \mathbb{R}
    let k := \min(\max(r, 1 - e), 1 + e)
    function h(m) := \max(0, 1 - m)"""
)

TRUE = [
    (r"\max(a, b)", ">=", "a"),
    (r"\max(a, b) - \min(a, b)", "=", "|a - b|"),
    (r"\max(a, b)", "=", r"\frac{a + b + |a - b|}{2}"),
    (r"\max(0, 1 - m)", ">=", r"\max(0, -m)"),
    (r"\max(0, 1 - m)", "<=", "1 + |m|"),
    (r"\min(1, c / e) e", "=", r"\min(e, c)"),
    ("k", "<=", "1 + e"),
    ("k", ">=", "1 - e"),
    (r"\min(r A, k A)", "<=", "r A"),
    ("h(m)", ">=", "1 - m"),
    ("h(a b)", ">=", "0"),
    ("h(1 - m) + h(1 + m)", "=", "|m|"),
    (r"\max(q y, (q - 1) y)", "=", r"q \max(y, 0) + (1 - q) \max(-y, 0)"),
]
FALSE = [
    (r"\min(a, b)", ">=", "a"),
    (r"\max(a, b)", ">", "a"),
    (r"\max(a, b)", "=", r"\frac{a + b - |a - b|}{2}"),
    (r"\max(0, 1 - m)", ">=", r"\max(0, 2 - m)"),
    (r"\min(1, c / e) e", "=", "c"),
    ("k", "<=", "1"),
    (r"\max(q y, (q - 1) y)", "=", r"q \max(y, 0)"),
    (r"\sum_{i=1}^N |x_i|", "=", r"\sum_{i=1}^N x_i"),  # below a binder there is no one case
    ("|x_i|", "=", "x_i"),
    ("h(m)", ">=", "m - 1"),
    ("h(a)", "=", "h(b)"),
    ("h(2 m)", ">=", "1 - m"),
]


def stated(left: str, op: str, right: str) -> Equal | Compare:
    one, two = (node_readings(parse(text), CONTEXT)[0].term for text in (left, right))
    return Equal(one, two) if op == "=" else Compare(op, one, two)


@pytest.mark.parametrize(("left", "op", "right"), TRUE)
def test_true_claims_are_shown(left: str, op: str, right: str) -> None:
    bench, claim = Workbench(CONTEXT), stated(left, op, right)
    evidence = prover.search(bench, claim)
    assert evidence is not None
    assert prover.check(Workbench(CONTEXT), claim, evidence)


@pytest.mark.parametrize(("left", "op", "right"), FALSE)
def test_false_claims_are_not(left: str, op: str, right: str) -> None:
    assert prover.search(Workbench(CONTEXT), stated(left, op, right)) is None


def test_no_evidence_is_believed() -> None:
    true, false = stated(*TRUE[0]), stated(*FALSE[0])
    evidence = prover.search(Workbench(CONTEXT), true)
    assert isinstance(evidence, ByCases)
    assert not prover.check(Workbench(CONTEXT), false, evidence)
    for liar in (
        ByCases(evidence.piece, evidence.parts[:1]),
        ByCases(evidence.piece, (evidence.parts[0], evidence.parts[0]), ">="),
        ByCases(evidence.piece, (Chain(()), Chain(()))),
        ByCases(evidence.piece, (Reduction(), NonNegative())),
        ByCases(evidence.piece, ()),
    ):
        assert not prover.check(Workbench(CONTEXT), false, liar)
    assert not pieces.check(Workbench(CONTEXT), Rel(">=", false.left, false.right), NonNegative())
