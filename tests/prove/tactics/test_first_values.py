"""Claims about an index that begins at 0: at 0, and from 1 on."""

from __future__ import annotations

import pytest

from derive.language.claims import Compare, Equal
from derive.prove import prover
from derive.prove.evidence import FirstValues, NonNegative, Reduction
from derive.prove.workbench import Workbench
from derive.read.declarations import declare
from derive.read.latex import node_readings
from derive.read.parser import parse

CONTEXT = declare(
    r"""index i, j = 0..M ; t = -1..N ; a_i, b_i \in \mathbb{R} ; c_t \in \mathbb{R}
    let Z := \sum_{i=0}^M e^{a_i}
    let p_i := \frac{e^{a_i}}{Z}"""
)

TRUE = [
    (r"\sum_{j=0}^M \delta_{ij} b_j", "=", "b_i"),
    (r"\frac{\partial Z}{\partial a_i}", "=", "e^{a_i}"),
    (r"\frac{\partial \log Z}{\partial a_i}", "=", "p_i"),
    (r"\frac{\partial p_i}{\partial a_j}", "=", r"p_i (\delta_{ij} - p_j)"),
    (r"(1 - \delta_{i0}) \frac{\partial}{\partial a_i} (Z - e^{a_0})", "=", r"(1 - \delta_{i0}) e^{a_i}"),
    (r"\sum_{i=0}^M p_i (b_i - \sum_{j=0}^M p_j b_j)^2", ">=", "0"),
    (r"\frac{\partial}{\partial c_t} \sum_{t=-1}^N c_t^2", "=", "2 c_t"),
]
FALSE = [
    (r"\sum_{j=1}^M \delta_{ij} b_j", "=", "b_i"),  # all but at 0
    (r"\delta_{i0} b_i", "=", "b_i"),  # at 0 only
    (r"\frac{\partial}{\partial a_i} (Z - e^{a_0})", "=", "e^{a_i}"),
    (r"\frac{\partial p_i}{\partial a_j}", "=", r"p_i (\delta_{ij} + p_j)"),
    (r"\sum_{i=0}^M p_i (b_i - 1)", ">=", "0"),
    (r"\sum_{i=0}^M (p_i - a_0) b_i^2", ">=", "0"),
    (r"\frac{\partial}{\partial c_t} \sum_{t=0}^N c_t^2", "=", "2 c_t"),
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
    true = stated(*TRUE[0])
    evidence = prover.search(Workbench(CONTEXT), true)
    assert isinstance(evidence, FirstValues)
    assert (evidence.index, len(evidence.parts)) == ("i", 2)
    for false in (stated(*each) for each in FALSE):
        assert not prover.check(Workbench(CONTEXT), false, evidence)
    for liar in (
        FirstValues("i", evidence.parts[:1]),
        FirstValues("i", ()),
        FirstValues("j", evidence.parts),
        FirstValues("", ()),
        FirstValues("i", (evidence.parts[0], NonNegative())),
    ):
        assert not prover.check(Workbench(CONTEXT), true, liar)
    assert not prover.check(Workbench(CONTEXT), stated(*FALSE[1]), FirstValues("i", (Reduction(), Reduction())))
