r"""Chains that begin with a definition which cannot be read: what stands behind it is judged."""

from __future__ import annotations

from .judging import Judged

DECLARED = "<!--: w \\in \\mathbb{R}^d ; a, b \\in \\mathbb{R} -->\n"


def said(verdicts: list[str]) -> list[str]:
    return [each.split(":")[0] for each in verdicts]


def test_the_links_behind_it(words: Judged) -> None:
    chain = r"$$ V(a) = \sup_{q} \|w\|^2_q = (a + b)^2 = a^2 + TWO a b + b^2 . $$"
    assert said(words(DECLARED + chain.replace("TWO", "2"))) == ["unread", "unread", "proved"]
    assert said(words(DECLARED + chain.replace("TWO", "4"))) == ["unread", "unread", "refuted"]


def test_nothing_is_claimed_of_the_name(words: Judged) -> None:
    chain = r"$$ V(a) = \sup_{q} \|w\|^2_q = (a + b)^2 . $$ Then $$ V(a) = (a + b)^2 . $$"
    assert "refuted" not in said(words(DECLARED + chain))
