"""The solutions as documents: everything in them is read, with few declarations."""

from __future__ import annotations

from pathlib import Path

import pytest

from derive.checker import Limits, check_documents
from derive.documents import read_document
from derive.judge import judge
from derive.language.verdicts import Refuted

SOLUTIONS = Path(__file__).resolve().parents[2] / "proofs" / "solutions"

STEPS = {
    "1-gmm-softmax": 18,
    "2-backprop-mixtures-gan": 169,
    "3-bernoulli-em-nn": 62,
    "4-lstm-rnn-samme": 64,
    "5-pca-vae-laplacian-em": 107,
}
"""Judged links of each solution."""


@pytest.mark.parametrize("name", sorted(STEPS))
def test_everything_is_read(name: str) -> None:
    document = read_document(SOLUTIONS / f"{name}.md")
    assert [str(unread.place) + unread.reason for unread in document.unread] == []
    assert document.statistics.steps == STEPS[name]
    assert document.statistics.declarations * 2.5 <= STEPS[name]


@pytest.mark.parametrize("name", sorted(STEPS))
def test_every_line_that_is_marked_as_false_is_refuted(name: str) -> None:
    claims = [claim for claim in read_document(SOLUTIONS / f"{name}.md").derivation.claims if claim.expect]
    assert claims
    refuted = {claim.line for claim in claims if isinstance(judge(claim), Refuted)}
    assert refuted == {claim.line for claim in claims}


def test_first_solution_is_judged_as_expected() -> None:
    report = check_documents([str(SOLUTIONS / "1-gmm-softmax.md")], Limits(jobs=1))
    assert [f"{result.line}: {result.word}" for result in report.results if result.surprising] == []
    assert report.exit_status() == 0
