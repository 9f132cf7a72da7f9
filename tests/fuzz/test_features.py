"""Hostile documents, given to what suggests declarations and to what corrects lines: an answer, no crash, no hang."""

from __future__ import annotations

import time

import pytest

import derive.suggest
from derive.documents import read_document
from derive.read.documents.text.files import Input
from derive.read.documents.text.source import Source
from derive.read.documents.text.written import shown
from derive.read.errors import ReadError
from derive.read.parser import parse
from derive.read.slips import slips
from tests.fuzz.mutants import mutant


@pytest.mark.parametrize("seed", range(12))
def test_declarations_are_suggested_for_anything(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(derive.suggest, "TIME", 0.3)
    latex, text = mutant(seed)
    started = time.process_time()
    found = derive.suggest.suggested(Input(Source("x", text), latex, "x"))
    assert time.process_time() - started < 20
    assert found.after.score <= found.before.score


@pytest.mark.parametrize("seed", range(40))
def test_slips_are_found_in_anything_that_is_read(seed: int) -> None:
    latex, text = mutant(seed)
    for claim in read_document(text, latex=latex).derivation.claims[:5]:
        side = claim.written
        if side is None:
            continue
        try:
            tree = parse(side.text)
        except ReadError:
            continue
        for slip in slips(tree, side.text, side.before, claim.context)[:60]:
            before, after = shown(side, slip.changes, slip.applied(side.text))
            assert isinstance(before, str)
            assert isinstance(after, str)
