"""Short documents, each with mistakes planted: every one is found at its line, and nothing else is called false."""

from __future__ import annotations

from pathlib import Path

import pytest

from derive.checker import Limits, check_documents
from derive.render.record import Report

PLANTED = Path(__file__).parent / "planted"

REFUTED = {
    "gauss.tex": [20],
    "multinomial.md": [22],
    "softmax.md": [14],
    "ridge.tex": [13, 17],
    "hessian.tex": [12],
    "logistic.md": [24],
    "broken.tex": [8],
    "attention.md": [14],
    "beta.md": [23],
}
UNREAD = {
    "broken.tex": {
        4: "expected “\\right”",
        7: "expected “}”",
        10: "expected “$”",
        13: "q is not declared",
        15: "expected “\\]”",
    },
}


def checked(name: str) -> Report:
    return check_documents([str(PLANTED / name)], Limits(jobs=1))


@pytest.mark.parametrize("name", sorted(REFUTED))
def test_planted(name: str) -> None:
    report = checked(name)
    assert report.failures == ()
    found = {
        word: [result.line for result in report.results if result.word == word] for word in ("refuted", "undecided")
    }
    assert found == {"refuted": REFUTED[name], "undecided": []}
    unread = {result.line: result.verdict.reason for result in report.results if result.word == "unread"}  # type: ignore[union-attr]
    expected = UNREAD.get(name, {})
    for line, reason in expected.items():
        assert reason in unread[line], (line, unread)
    assert len(unread) <= len(expected) + (name == "broken.tex")


def test_documents_are_all_listed() -> None:
    assert sorted(path.name for path in PLANTED.iterdir()) == sorted(REFUTED)
