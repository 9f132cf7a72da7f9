"""What a sum that has no term asks for all the same: no counterexample where a divisor within it is zero."""

from __future__ import annotations

import time

import pytest

from derive.documents import read_document
from derive.judge import judge
from derive.language.verdicts import Proved, Refuted

GIVEN = "<!--: index i, j, k = 1..n ; a_i \\in \\mathbb{R} -->\n"
OTHERS = r"\sum_{k \ne i} \exp(a_k)"
FEWER = r"\sum_{k=1}^{n-1} \exp(a_k)"


def verdict(text: str, given: str = GIVEN) -> object:
    return judge(read_document(given + f"$${text}$$").derivation.claims[-1], time.monotonic() + 60)


@pytest.mark.parametrize(
    "text",
    [
        rf"\sum_{{j \ne i}} \frac{{\exp(a_j)}}{{{OTHERS}}} = 1",
        rf"\sum_{{j=1}}^{{n-1}} \frac{{\exp(a_j)}}{{{FEWER}}} = 1",
        r"\sum_{j \ne i} \frac{1}{n - 1} = 1",
    ],
)
def test_shares_sum_to_one_where_there_are_any(text: str) -> None:
    found = verdict(text)
    assert isinstance(found, Proved)
    assert len(found.conditions) == 1


@pytest.mark.parametrize(
    "text",
    [
        rf"\sum_{{j \ne i}} \frac{{\exp(a_j)}}{{{OTHERS}}} = 2",
        rf"{OTHERS} > 0",  # nothing is divided: there may be no term
        r"\sum_{j=1}^{n-1} 1 = 1",
        r"\sum_{j \ne i} \frac{a_j}{1 + a_j^2} = \sum_{j=1}^n \frac{a_j}{1 + a_j^2}",
    ],
)
def test_what_is_false_has_its_counterexample(text: str) -> None:
    assert isinstance(verdict(text), Refuted)


def test_the_same_through_a_definition_with_other_letters() -> None:
    given = GIVEN + f"<!--: let q_{{ji}} := \\frac{{\\exp(a_j)}}{{{OTHERS}}} -->\n"
    assert isinstance(verdict(r"\sum_{i \ne k} q_{ik} = 1", given), Proved)
    assert isinstance(verdict(r"\sum_{i \ne k} q_{ki} = 1", given), Refuted)
