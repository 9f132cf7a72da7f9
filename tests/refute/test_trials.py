"""Trials: what no number refutes survives, the rest does not; statements about the same quantities share points."""

from __future__ import annotations

import time

import pytest

from derive import Derivation
from derive.language.claims import Equal, Statement
from derive.refute.trials import Trials

CONTEXT = r"index n = 1..N ; x_n, a, b \in \mathbb{R} ; s > 0 ; A \in \mathbb{R}^{d \times d}"


def stated(left: str, right: str) -> tuple[Statement, Trials]:
    d = Derivation("tests/trials", title="Trials", context=CONTEXT)
    d.equal("c", left, right)
    claim = d.build().claims[0]
    return claim.statement, Trials(claim.context)


@pytest.mark.parametrize(
    ("left", "right", "survives"),
    [
        ("(a + b)^2", "a^2 + 2 a b + b^2", True),
        ("(a + b)^2", "a^2 + b^2", False),
        (r"\sum_{n=1}^N (x_n - a)", r"\sum_{n=1}^N x_n - N a", True),
        (r"\sum_{n=1}^N (x_n - a)", r"\sum_{n=1}^N x_n - a", False),
        ("A A^T", "A^T A", False),
        (r"\log s^2", r"2 \log s", True),
        (r"\frac{1}{a - a}", "1", False),  # it has a value nowhere
    ],
)
def test_what_survives(left: str, right: str, survives: bool) -> None:
    statement, trials = stated(left, right)
    assert trials.survives(statement, time.monotonic() + 5) is survives


def test_points_are_shared() -> None:
    statement, trials = stated("(a + b)^2", "a^2 + b^2")
    assert isinstance(statement, Equal)
    trials.survives(statement, time.monotonic() + 5)
    trials.survives(Equal(statement.right, statement.left), time.monotonic() + 5)
    assert len(trials.grounds) == 1


def test_a_point_where_a_claim_failed_is_used_again() -> None:
    d = Derivation("tests/trials", title="Trials", context=CONTEXT)
    d.equal("c", "a^2", "a^3")
    claim = d.build().claims[0]
    trials = Trials(claim.context)
    trials.learn(claim, time.monotonic() + 5)
    assert len(trials.grounds[0].points) == 1
    assert not trials.survives(claim.statement, time.monotonic() + 5)


def test_no_time_is_no_survival() -> None:
    statement, trials = stated("a", "a")
    assert not trials.survives(statement, time.monotonic() - 1)
