"""Letters that were numbers in one section and count in the next one; and subscripts that are two indices."""

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


GIBBS = (
    "# Gibbs weights\n\nLet $g_w(u) = \\frac{e^{w_u}}{\\sum_{v=1}^M e^{w_v}}$ be a distribution over $M$ states. It does not "
    "change if a number is added: for every $h \\in \\mathbb{R}$, $\\sum_{u=1}^M (w_u + h) = M h + \\sum_{u=1}^M w_u$.\n\n"
)
CURVATURE = (
    "# Curvature\n\nThe matrix is $C_{vh} = \\sum_u g_w(u) \\frac{\\partial \\log g_w(u)}{\\partial w_v} "
    "\\frac{\\partial \\log g_w(u)}{\\partial w_h} = g_w(v) \\delta_{vh} SIGN g_w(v) g_w(h)$.\n\n"
)


@pytest.mark.parametrize(("sign", "verdict"), [("-", "proved"), ("+", "refuted")])
def test_a_number_of_an_earlier_section_may_count_in_this_one(sign: str, verdict: str) -> None:
    assert verdicts(GIBBS + CURVATURE.replace("SIGN", sign)) == ["proved", "proved", "proved", verdict]


def test_it_is_a_number_again_in_the_next_section() -> None:
    text = GIBBS + CURVATURE.replace("SIGN", "-") + "# Shifts\n\nStill $h < M + 1$, which no index would break.\n"
    assert verdicts(text) == ["proved", "proved", "proved", "proved", "refuted"]


def test_a_letter_that_is_also_written_as_a_number_counts_nothing() -> None:
    text = GIBBS + CURVATURE.replace("SIGN", "-").replace("$.", "$, and $h + 1 > h$.")
    assert any(verdict.startswith("unread: w_h") for verdict in verdicts(text))
