"""The solutions as documents: everything in them is read, with few declarations."""

from __future__ import annotations

from pathlib import Path

import pytest

from derive.checker import Limits, check_documents
from derive.documents import read_document

SOLUTIONS = Path(__file__).resolve().parents[2] / "proofs" / "solutions"

STEPS = {
    "1-gmm-softmax": 18,
    "2-backprop-mixtures-gan": 168,
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
def test_every_line_is_judged_as_expected(name: str) -> None:
    report = check_documents([str(SOLUTIONS / f"{name}.md")], Limits(jobs=1, timeout=60))
    surprising = [f"{result.line}: {result.word}: {result.statement}" for result in report.results if result.surprising]
    assert surprising == []
    refuted = {result.line for result in report.results if result.word == "refuted"}
    assert refuted == {
        claim.line for claim in read_document(SOLUTIONS / f"{name}.md").derivation.claims if claim.expect
    }
