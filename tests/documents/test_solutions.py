"""The solutions as documents: everything in them is read, with few declarations."""

from __future__ import annotations

from pathlib import Path

import pytest

from derive.checker import Limits, check_documents
from derive.documents import read_document

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


UNDECIDED = {
    "5-pca-vae-laplacian-em": ["undecided: \\boldsymbol{v_2}^T \\boldsymbol{L} \\boldsymbol{v_2}", "undecided: "]
}
"""True lines that are still undecided: eigenvectors as the columns of a matrix have no rule in the prover."""


@pytest.mark.parametrize("name", sorted(STEPS))
def test_every_line_is_judged_as_expected(name: str) -> None:
    report = check_documents([str(SOLUTIONS / f"{name}.md")], Limits(jobs=1, timeout=60))
    surprising = [f"{result.line}: {result.word}: {result.statement}" for result in report.results if result.surprising]
    known = UNDECIDED.get(name, [])
    assert len(surprising) == len(known), surprising
    assert all(found.partition(": ")[2].startswith(word) for found, word in zip(surprising, known, strict=True))
    refuted = {result.line for result in report.results if result.word == "refuted"}
    assert refuted == {
        claim.line for claim in read_document(SOLUTIONS / f"{name}.md").derivation.claims if claim.expect
    }
