"""Corrections that take another shape: a transposed product, the complement, a mean, a sum of weights for their number."""

from __future__ import annotations

from pathlib import Path

import pytest

from derive.checker import Limits, check_documents
from derive.language.verdicts import Refuted

GIVEN = r"""
<!--: index i = 1..n ; index k, l = 1..K ; x_i, \lambda_k > 0 ; r_{ik} > 0 ; \sum_k r_{ik} = 1 ; u \in \mathbb{R}
function \sigma = logistic ; a, b \in \mathbb{R}^d ; M \in \mathbb{R}^{d \times d} ; z_k \in \mathbb{R} ; t_k > 0
p_i, q_k \in \mathbb{R}^d -->
"""


@pytest.mark.parametrize(
    ("line", "right"),
    [
        (
            r"\frac{\partial}{\partial \lambda_k} \sum_{i=1}^n r_{ik} (x_i \log \lambda_k - \lambda_k) = \frac{1}{\lambda_k} \sum_{i=1}^n r_{ik} x_i - n",
            r"\frac{1}{\lambda_k} \sum_{i=1}^n r_{ik} x_i - \sum_{i=1}^{n} r_{ik}",
        ),
        (r"\frac{\partial}{\partial u} \log\sigma(u) = \sigma(u)", r"1 - \sigma(u)"),
        (
            r"\nabla_{p_i} \sum_k r_{ik} p_i^\top q_k = \sum_{k=1}^K r_{ik} p_i",
            r"\sum_{k=1}^K r_{ik} q_k",
        ),
        (r"\frac{\partial}{\partial M} a^\top M b = b a^\top", r"a b^\top"),
        (
            r"\sum_k (t_k - \frac1K) z_k = \sum_k t_k z_k - \sum_k z_k",
            r"\sum_k t_k z_k - \frac{1}{K} \sum_k z_k",
        ),
        (r"\operatorname{tr}(\nabla_a \frac{a}{t_1}) = \frac{1}{t_1}", r"\frac{d}{t_1}"),
        (
            r"\frac{\partial a^\top M b}{\partial M} M = \frac{\partial b^\top M a}{\partial M} M",
            r"\left(\frac{\partial b^\top M a}{\partial M}\right)^\top M",
        ),
        (r"\nabla_a^2 (\frac12 (a^\top b)^2 + \frac{t_1}{2} \|a\|^2) = b b^\top + t_1", r"b b^\top + t_1 I"),
        (r"\nabla_a^2 \frac12 ((a^\top b)^2 + \|a\|^2) = b b^\top + 1", r"b b^\top + I"),
    ],
)
def test_what_would_be_right(tmp_path: Path, line: str, right: str) -> None:
    path = tmp_path / "f.md"
    path.write_text(f"{GIVEN}\n$${line}$$\n", encoding="utf-8")
    (result,) = check_documents([str(path)], Limits(jobs=1, timeout=60)).results
    assert isinstance(result.verdict, Refuted)
    assert result.verdict.suggestion == right
