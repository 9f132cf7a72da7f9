"""Sums of squares with weights of several terms: what is seen to be non-negative, and what is not."""

from __future__ import annotations

import pytest

from derive.judge import judge
from derive.language.claims import Claim, Compare
from derive.language.verdicts import Proved
from derive.read.declarations import declare
from derive.read.latex import read_relation

CONTEXT = declare(
    r"index i = 1..m ; x_i, v \in \mathbb{R}^d ; b_i \in (0,1) ; 0 < c_i < 1 ; q_i \in \mathbb{R} ; r \in [0,1)"
)


def proved(text: str) -> bool:
    relation = read_relation(text, CONTEXT)
    claim = Claim("t", Compare(relation.op, relation.left, relation.right), CONTEXT)
    return isinstance(judge(claim), Proved)


@pytest.mark.parametrize(
    "text",
    [
        r"b_i (1 - b_i) \ge 0",
        r"c_i (1 - c_i) \ge 0",
        r"1 - r > 0",
        r"\sum_{i=1}^m b_i (1 - b_i) (v^T x_i)^2 \ge 0",
        r"\sum_{i=1}^m c_i (1 - c_i) (v^T x_i)^2 \ge 0",
        r"-\sum_{i=1}^m \frac{1}{1 + b_i} (1 - \frac{1}{1 + b_i}) (v^T x_i)^2 \le 0",
    ],
)
def test_accepted(text: str) -> None:
    assert proved(text)


@pytest.mark.parametrize(
    "text",
    [
        r"b_i (b_i - 1) \ge 0",
        r"r > 0",
        r"\sum_{i=1}^m q_i (1 - b_i) (v^T x_i)^2 \ge 0",
        r"\sum_{i=1}^m (q_i - b_i) (v^T x_i)^2 \ge 0",
        r"\sum_{i=1}^m b_i (1 - b_i) (v^T x_i) \ge 0",
        r"\sum_{i=1}^m (b_i - 2 b_i^2) (v^T x_i)^2 \ge 0",
    ],
)
def test_refused(text: str) -> None:
    assert not proved(text)
