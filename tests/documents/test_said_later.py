"""Spaces of parameters that stand behind the definition of a function, and letters that count otherwise later on."""

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


FIRST = "# Votes\n\nLet $g_1, \\dots, g_K \\in \\mathbb{R}$ and $G_j = g_j^2$ for $j = 1, \\dots, K$.\n\n"
SECOND = "# Sites\n\nLet $h_1, \\dots, h_m \\in \\mathbb{R}$ and $H = \\sum_{l=1}^m e^{h_l}$. "
SLOPE = "We have $\\frac{\\partial H}{\\partial h_j} = e^{h_j}$."


@pytest.mark.parametrize(("claim", "verdict"), [(SLOPE, "proved"), (SLOPE.replace("= e", "= h_j e"), "refuted")])
def test_a_letter_of_an_earlier_section_counts_otherwise(claim: str, verdict: str) -> None:
    assert verdicts(FIRST + SECOND + claim)[-1] == verdict


@pytest.mark.parametrize(
    "text",
    [
        FIRST + SECOND + SLOPE.replace("# Sites", "") + " Here $h_j + g_j = g_j + h_j$.",  # it counts both
        FIRST + SECOND.replace("# Sites\n\n", "") + SLOPE,  # of one section
        "<!--: index j = 1..K -->\n" + FIRST + SECOND + SLOPE,  # as its author says
    ],
)
def test_a_letter_counts_one_thing(text: str) -> None:
    assert any("the index j runs over" in verdict for verdict in verdicts(text))
