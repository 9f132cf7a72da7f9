"""Spaces given anew: ``With $u \\in \\mathbb{R}^k$`` of a u of before is about another u; an assertion is judged."""

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


PRICES = "# Auctions\n\nLet $p_i \\in \\mathbb{R}$, $i = 1, \\dots, n$, and $m = \\sum_{i=1}^n p_i$.\n\nA unit twice is $p + p = 2 p$. "
KERNEL = "Let $K \\in \\mathbb{R}^{k \\times k}$."
SUM = "$$p^T (K + K^T) p = 2 p^T K p.$$"


@pytest.mark.parametrize(
    "words",
    [
        f"{KERNEL} With $p \\in \\mathbb{{R}}^k$ we have",
        "With $K \\in \\mathbb{R}^{k \\times k}$ and a vector $p \\in \\mathbb{R}^k$ we have",
        f"\n\n{KERNEL} Now, with $p \\in \\mathbb{{R}}^k$, we have",
        f"\n\n# Energies\n\n{KERNEL} Take a quadratic form with $p \\in \\mathbb{{R}}^k$. Then",
    ],
)
def test_a_space_at_the_beginning_of_a_sentence_introduces(words: str) -> None:
    assert verdicts(f"{PRICES}{words} {SUM}") == ["proved", "proved", "proved"]


def test_what_is_claimed_of_the_new_one_is_judged() -> None:
    text = f"{PRICES}{KERNEL} With $p \\in \\mathbb{{R}}^k$ we have $$p^T (K - K^T) p = 2 p^T K p.$$"
    assert verdicts(text) == ["proved", "proved", "refuted"]


def test_nothing_of_before_is_known_of_the_new_one() -> None:
    text = f"{PRICES}{KERNEL} With $p \\in \\mathbb{{R}}^k$ we have $$m = \\sum_{{i=1}}^n p_i$$"
    assert verdicts(text)[-1].startswith("unread")


@pytest.mark.parametrize("words", ["Hence", "We see that", "It follows that", "Therefore, as before,"])
def test_a_space_that_is_asserted_is_judged(words: str) -> None:
    for size, verdict in (("k", "refuted"), ("n", "proved")):
        text = f"{PRICES}{KERNEL} {words} $p \\in \\mathbb{{R}}^{size}$."
        assert verdicts(text) == ["proved", "proved", verdict]


def test_members_of_a_family_are_in_their_space() -> None:
    text = "Let $x^{(i)} \\in \\mathbb{R}^d$, $i = 1, \\dots, n$. With $x \\in \\mathbb{R}^d$, we have "
    text += "$\\sum_{i=1}^n x^T x^{(i)} = x^T \\sum_{i=1}^n x^{(i)}$."
    assert verdicts(text) == ["proved"]


@pytest.mark.parametrize(("sign", "verdict"), [("-", "proved"), ("+", "refuted")])
def test_the_solution_of_an_equation_that_the_new_one_is_in(sign: str, verdict: str) -> None:
    text = (
        f"{PRICES}With $K \\in \\mathbb{{R}}^{{k \\times k}}$ and $p \\in \\mathbb{{R}}^k$, the equation $u = p + K u$ "
    )
    text += f"has the unique solution $u = (I {sign} K)^{{-1}} p$."
    assert sorted(verdicts(text)) == sorted(["proved", "proved", "proved", verdict])
