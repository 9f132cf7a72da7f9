"""Displays that go on in one case, and then in the other, from the same place.

The expectations are written by hand from the mathematics.
"""

from __future__ import annotations

from tests.documents.judging import Judged

TEXT = (
    "<!--: index i, j, k = 1..n ; a_i \\in \\mathbb{R} -->\n$$ p_i = \\frac{e^{a_i}}{\\sum_k e^{a_k}} $$\n\n"
    "We get\n\n$$ \\frac{\\partial p_j}{\\partial a_i} = \\frac{\\partial}{\\partial a_i} \\frac{e^{a_j}}{\\sum_k e^{a_k}} $$\n\n"
    "If $i = j$,\n\n$$ = p_j (1 - p_j) . $$\n\nAnd if $i \\ne j$,\n\n$$ = CLAIM . $$"
)


def test_the_other_case_begins_where_the_first_did(words: Judged) -> None:
    assert words(TEXT.replace("CLAIM", "-p_j p_i")) == ["proved"] * 4
    assert words(TEXT.replace("CLAIM", "p_j p_i"))[-1] == "refuted"
    assert words(TEXT.replace("CLAIM", "p_j (1 - p_j)"))[-1] == "refuted"


def test_a_chain_in_one_case_goes_on(words: Judged) -> None:
    again = TEXT.replace("And if $i \\ne j$,", "Hence,").replace("CLAIM", "p_j - p_j^2")
    assert words(again)[-1] == "proved"
