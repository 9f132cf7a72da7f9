"""Assumptions that leave nothing to see at the least sizes: one size larger is tried as well."""

from __future__ import annotations

import time

from derive.documents import read_document
from derive.judge import judge
from derive.language.verdicts import Refuted, Undecided
from derive.read.documents.text.source import Source

SPREAD = r"""
<!--: index i = 1..n ; a, b = 1..p ; z_i, q_a \in \mathbb{R}^p ; s_a \in \mathbb{R}
assume q_a^\top q_b = \delta_{ab} -->
Let $\bar z = \frac1n \sum_{i=1}^n z_i$ and $C = \frac1n \sum_{i=1}^n (z_i - \bar z)(z_i - \bar z)^\top$.
If $C = \sum_{a=1}^p s_a q_a q_a^\top$, then $$ \operatorname{tr}(C^2) = \sum_{a=1}^p SUMMAND. $$
"""


def test_one_point_has_no_variance() -> None:
    wrong = read_document(Source("f.md", SPREAD.replace("SUMMAND", "s_a"))).derivation.claims[-1]
    right = read_document(Source("f.md", SPREAD.replace("SUMMAND", "s_a^2"))).derivation.claims[-1]
    verdict = judge(wrong, time.monotonic() + 60)
    assert isinstance(verdict, Refuted)
    assert dict(verdict.witness.sizes)["n"] > 1
    assert not isinstance(judge(right, time.monotonic() + 60), Refuted | Undecided)
