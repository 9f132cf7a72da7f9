"""From assumptions that contradict each other everything follows: nothing is called proved from them."""

from __future__ import annotations

import pytest

from derive.documents import read_document
from derive.judge import judge
from derive.language.verdicts import Proved, Undecided

SIMPLEX = r"index k = 1..K; \pi_k > 0; assume \sum_k \pi_k = 1"


@pytest.mark.parametrize(
    ("declared", "claimed"),
    [
        (SIMPLEX + r"; assume \sum_k \pi_k = 2", r"\sum_k \pi_k = 3"),
        (SIMPLEX + r"; assume \sum_k \pi_k = 2", r"\sum_k \pi_k = 2"),
        (SIMPLEX + r"; assume \sum_k \pi_k = 2", "1 = 2"),
        (r"x, y > 0; assume x + y = 0", "x = 5 y"),
        (r"a \in \mathbb{R}; assume a^2 = -1", "a + 1 = 4"),
        (r"b, c \in \mathbb{R}; assume b c = 1; assume b + c = 1", "b + 1 = 3 c"),
        (r"x > 0; x < -1", "|x| = x"),
        (r"x \in (0, 1); x > 2", "x = x + 1 - 1"),
        (r"x \in \mathbb{R} negative; x \ge 0", "|x| = x"),
        (r"x \ge 1; x < 1; y \in \mathbb{R}", "|x| = x"),
        (r"x \in \mathbb{R}", r"x = 1,\; x = 2 \Rightarrow x = 3"),
    ],
)
def test_nothing_follows_from_a_contradiction(declared: str, claimed: str) -> None:
    document = read_document(f"<!--: {declared} -->\n$${claimed}$$")
    assert not document.unread
    assert not isinstance(judge(document.derivation.claims[-1]), Proved)


def test_a_contradiction_is_said() -> None:
    text = f"<!--: {SIMPLEX}; assume \\sum_k \\pi_k = 2 -->\n$$\\sum_k \\pi_k = 3$$"
    verdict = judge(read_document(text).derivation.claims[0])
    assert isinstance(verdict, Undecided)
    assert "contradicts itself" in verdict.reason


def test_a_proof_that_no_number_was_tried_on_says_so() -> None:
    text = r"<!--: x > 0; function f --> $$\int f(t) \log f(t) + 0 \, dt = \int \log(f(s)) f(s) \, ds$$"
    verdict = judge(read_document(text).derivation.claims[0])
    assert isinstance(verdict, Proved)
    assert verdict.untested


@pytest.mark.parametrize("declared", [r"x \ge 1; x \le 1", r"x > 0; x < 1", r"x < 0; x > -1", r"x \in [0, 1] ; x > 0"])
def test_bounds_that_leave_a_value_are_none(declared: str) -> None:
    document = read_document(f"<!--: {declared} -->\n$$|x|^2 = x^2$$")
    assert isinstance(judge(document.derivation.claims[-1]), Proved)
