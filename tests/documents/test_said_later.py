"""Spaces of parameters that stand behind the definition of a function, and letters that count otherwise later on."""

from __future__ import annotations

import time

import pytest

from derive.documents import read_document
from derive.judge import judge
from derive.read.documents.source import Source


def verdicts(text: str) -> list[str]:
    """The verdict on each claim of a document, and what could not be read."""
    document = read_document(Source("f", text))
    found = [type(judge(each, time.monotonic() + 60)).__name__.lower() for each in document.derivation.claims]
    return found + ["unread: " + each.reason for each in document.unread]


ARMS = "Let $c_m \\in \\mathbb{R}^p$ for $m = 1, \\dots, M$ be contexts. "


@pytest.mark.parametrize(
    "space",
    [
        "The odds are $o_m(\\beta) = e^{\\beta^T c_m}$, $\\beta \\in \\mathbb{R}^p$. ",
        "The odds are $o_m(\\beta) = e^{\\beta^T c_m}$ with $\\beta, \\delta \\in \\mathbb{R}^p$. ",
    ],
)
@pytest.mark.parametrize(("factor", "verdict"), [("c_m", "proved"), ("2 c_m", "refuted")])
def test_a_parameter_whose_space_stands_behind(space: str, factor: str, verdict: str) -> None:
    assert verdicts(f"{ARMS}{space}We have $$\\nabla_\\beta o_m(\\beta) = o_m(\\beta) {factor}.$$")[-1] == verdict
    assert all(each == "proved" for each in verdicts(ARMS + space))


def test_a_parameter_of_two_spaces_is_of_neither() -> None:
    text = "Let $h(s) = s^2 + 1$. Then $h(-s) = h(s)$. With $s \\in \\mathbb{R}^p$ or $s \\in \\mathbb{R}^M$ it is no number."
    assert verdicts(ARMS + text)[:2] == ["proved", "proved"]


def test_a_space_in_which_the_body_cannot_be_read_is_judged() -> None:
    text = "The odds are $o_m(\\beta) = e^{\\beta^T c_m}$. Hence $\\beta \\in \\mathbb{R}^M$."
    assert "refuted" in verdicts(ARMS + text)
