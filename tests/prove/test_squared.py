"""What is known of a norm is known of its square, and of roots of numbers; not of roots taken entry by entry."""

from __future__ import annotations

import pytest

from derive.documents import read_document
from derive.judge import judge
from derive.language.verdicts import Proved, Verdict
from derive.read.documents.text.source import Source


def verdict(declared: str, claim: str) -> Verdict:
    text = f"<!--: {declared} -->\n$$ {claim} $$"
    return judge(read_document(Source("f.md", text)).derivation.claims[-1])


@pytest.mark.parametrize(
    ("declared", "claim"),
    [
        (r"u \in \mathbb{R}^m ; c \in \mathbb{R} ; assume \|u\| = c", r"u^\top u = c^2"),
        (r"u \in \mathbb{R}^m ; assume \|u\| = 3", r"\sum_{i=1}^m u_i^2 = 9"),
        (r"u \in \mathbb{R}^m ; assume 1 = \|u\|", r"(u u^\top)^2 = u u^\top"),
    ],
)
def test_what_follows(declared: str, claim: str) -> None:
    assert isinstance(verdict(declared, claim), Proved)


@pytest.mark.parametrize(
    ("declared", "claim"),
    [
        (r"u \in \mathbb{R}^m ; c \in \mathbb{R} ; assume \|u\| = c", r"u^\top u = c"),
        (r"u \in \mathbb{R}^m ; assume \|u\| = 3", r"u^\top u = 3"),
        (r"u \in \mathbb{R}^m ; assume \|u\| \le 1", r"u^\top u = 1"),
        (r"elementwise \sqrt ; A, B \in \mathbb{R}^{m \times m} positive ; assume \sqrt{A} = B", r"A = B^2"),
    ],
)
def test_what_does_not(declared: str, claim: str) -> None:
    assert not isinstance(verdict(declared, claim), Proved)
