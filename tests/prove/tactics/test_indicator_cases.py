"""Indicators of comparisons, in a claim about numbers: where the comparison holds, and where it does not."""

from __future__ import annotations

import pytest

from derive.documents import read_document
from derive.judge import judge
from derive.language.verdicts import Proved, Refuted, Undecided, Verdict
from derive.read.documents.text.source import Source


def verdict(claim: str) -> Verdict:
    text = f"<!--: m, a, b \\in \\mathbb{{R}} ; index i = 1..n ; z_i \\in \\mathbb{{R}} -->\n$$ {claim} $$"
    return judge(read_document(Source("f.md", text)).derivation.claims[-1])


@pytest.mark.parametrize(
    "claim",
    [
        r"\mathbf{1}\{m \le 0\} \le e^{-m}",
        r"\mathbf{1}\{m < 0\} \le (1 - m)^2",
        r"\mathbf{1}\{m \le 0\} \le \max(0, 1 - m)",
        r"\mathbf{1}\{a < b\} + \mathbf{1}\{a \ge b\} = 1",
        r"\mathbf{1}\{a < b\} + \mathbf{1}\{b < a\} \le 1",
        r"m \mathbf{1}\{m > 0\} = \max(m, 0)",
    ],
)
def test_what_holds_in_both_cases(claim: str) -> None:
    assert isinstance(verdict(claim), Proved)


@pytest.mark.parametrize(
    "claim",
    [
        r"\mathbf{1}\{m \ge 0\} \le e^{-m}",
        r"\mathbf{1}\{a < b\} + \mathbf{1}\{b < a\} = 1",  # not where a = b
        r"\mathbf{1}\{a \le b\} + \mathbf{1}\{b \le a\} \le 1",
        r"m \mathbf{1}\{m > 1\} = \max(m, 0)",
        r"\mathbf{1}\{m \le 0\} < e^{-m}",  # not at 0
    ],
)
def test_what_fails_in_one(claim: str) -> None:
    assert isinstance(verdict(claim), Refuted | Undecided)


def test_an_indicator_below_a_sum_is_no_case() -> None:
    assert isinstance(verdict(r"\sum_{i=1}^n \mathbf{1}\{z_i \le 0\} = n \mathbf{1}\{m \le 0\}"), Refuted | Undecided)
