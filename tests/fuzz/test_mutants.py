"""No text makes the reader of documents crash or run on: it answers, and every place it names is in the text."""

from __future__ import annotations

import pytest

from derive.documents import Document, read_document
from tests.fuzz.mutants import mutant
from tests.work import counted

CALLS_FOR_EACH_CHARACTER = 4_000
"""Measured: 20 to 900; what grows faster than the text is caught by this."""


def read(latex: bool, text: str) -> Document:
    document, _ = counted(lambda: read_document(text, latex=latex), 500_000 + CALLS_FOR_EACH_CHARACTER * len(text))
    lines = text.split("\n")
    for line in [claim.line for claim in document.derivation.claims] + [each.place.line for each in document.unread]:
        assert 1 <= (line or 1) <= len(lines) + text.count("\r")
    return document


@pytest.mark.parametrize("first", range(0, 400, 50))
def test_mutants_are_read(first: int) -> None:
    for seed in range(first, first + 50):
        read(*mutant(seed))


def test_the_mutants_are_not_all_garbage() -> None:
    documents = [read(*mutant(seed)) for seed in range(1000, 1040)]
    assert sum(len(document.derivation.claims) for document in documents) > 10
    assert sum(len(document.unread) for document in documents) > 40
