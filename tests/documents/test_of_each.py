"""What a text claims of each thing that it names in words, and beside where something is zero, is judged."""

from __future__ import annotations

import time

import pytest

from derive.documents import read_document
from derive.judge import judge
from derive.read.documents.text.source import Source


def verdicts(text: str) -> list[str]:
    """The verdict on each claim of a document, and what could not be read."""
    document = read_document(Source("f", text))
    found = [type(judge(each, time.monotonic() + 60)).__name__.lower() for each in document.derivation.claims]
    return found + ["unread: " + each.reason for each in document.unread]


HEAT = "Let $t_1, \\dots, t_m \\in \\mathbb{R}$ and $Z = \\sum_{l=1}^m e^{t_l}$. "


@pytest.mark.parametrize("words", ["For each site,", "For every pair of sites,", "Thus, for any level,"])
@pytest.mark.parametrize(("claim", "verdict"), [("e^{t_l}", "proved"), ("t_l e^{t_l}", "refuted")])
def test_what_is_claimed_of_each(words: str, claim: str, verdict: str) -> None:
    assert verdicts(f"{HEAT}{words} $\\frac{{\\partial Z}}{{\\partial t_l}} = {claim}$.") == ["proved", verdict]


@pytest.mark.parametrize("words", ["For each site, $a = 1$, we have", "If for each site, $a = 1$, then"])
def test_what_is_supposed_of_each_is_not_claimed(words: str) -> None:
    document = read_document(Source("f", f"Let $a > 0$ be a number. {words} $\\log a = 0$."))
    assert [claim.text for claim in document.derivation.claims] == ["\\log a = 0"]


CURVE = "For $c > 0$ let $h(s) = s^3 - 3 c^2 s$, with $h'(s) = 3 s^2 - 3 c^2$, "


@pytest.mark.parametrize(("second", "verdict"), [("6 s", "proved"), ("3 s", "refuted")])
def test_what_is_said_beside_the_place_where_something_is_zero(second: str, verdict: str) -> None:
    text = f"{CURVE}which is zero at $\\hat s = c$, and $h''(s) = {second}$."
    assert verdicts(text)[-1] == verdict
