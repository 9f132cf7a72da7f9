"""Quotients under integrals, divided through: what cancels is proved, what only looks like it refuted."""

from __future__ import annotations

import pytest

from derive.checker import Limits, ask

GIVEN = [r"function p(x) density ; function q(x) density ; a, b, c \in \mathbb{R}"]


@pytest.mark.parametrize(
    ("left", "right", "wrong"),
    [
        (r"\int (p(x) + q(x)) \frac{p(x)}{p(x) + q(x)} dx", "1", "2"),
        (r"\int \frac{p(x)^2 + p(x) q(x)}{p(x) + q(x)} dx", "1", r"\int \frac{p(x)^2}{p(x) + q(x)} dx"),
        (
            r"\int (p(x) + q(x)) \left(\frac{a p(x) + b q(x)}{p(x) + q(x)} - c\right)^2 dx",
            r"\int \frac{((a - c) p(x) + (b - c) q(x))^2}{p(x) + q(x)} dx",
            r"\int \frac{(a - c) p(x)^2 + (b - c) q(x)^2}{p(x) + q(x)} dx",
        ),
        (
            r"\int \frac{p(x)^2}{p(x) + q(x)} dx",
            r"\int \frac{q(x)^2}{p(x) + q(x)} dx",
            r"1 - \int \frac{q(x)^2}{p(x) + q(x)} dx",
        ),
        (r"\int \frac{(p(x) - q(x))^2}{p(x) + q(x)} dx", r"2 - 4 \int \frac{p(x) q(x)}{p(x) + q(x)} dx", "0"),
    ],
)
def test_integrals_of_quotients(left: str, right: str, wrong: str) -> None:
    verdicts = [ask(left, side, GIVEN, Limits(jobs=1)).results[0].word for side in (right, wrong)]
    assert verdicts == ["proved", "refuted"]
