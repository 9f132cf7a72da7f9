r"""``f |_{z = v}`` where z is made of something in which f is differentiated: no engine says anything of it alone."""

from __future__ import annotations

import pytest

from derive import Derivation
from derive.language.claims import Claim
from tests.soundness.alone import proof, witness

CONTEXT = r"""
\mu, v, \sigma, \epsilon \in \mathbb{R}
let z := 2 \mu + \sigma \epsilon
function f(x) elementwise
function g(x, y)
function h(x) := \frac{\partial z^2}{\partial \mu} + x
let q := z^2 + \mu
let s := \frac{\partial q}{\partial \mu}
"""


def claim(left: str, right: str) -> Claim:
    found = Derivation("soundness/set", title="set", context=CONTEXT)
    found.equal("one", left, right)
    return found.build().claims[0]


@pytest.mark.parametrize(
    ("left", "rights"),
    [
        (r"\left. \frac{\partial z^2}{\partial \mu} \right|_{z = v}", ("4 v", "0", "4 z")),
        (r"\left. \frac{\partial f(z)}{\partial \mu} \right|_{z = v}", ("2 f'(v)", "0", "f'(v)")),
        (r"\left. \frac{\partial q}{\partial \mu} \right|_{z = v}", ("4 v + 1", "1", "4 z + 1")),
        (r"\left. \frac{\partial g(z, \mu)}{\partial \mu} \right|_{z = v}", ("0", "1")),
        (r"\left. s \right|_{z = v}", ("4 v + 1", "1", "4 z + 1")),
        (r"\left. h(1) \right|_{z = v}", ("4 v + 1", "1")),
        (r"\left. \frac{\partial}{\partial \mu} (z + \mu^2) \right|_{z = \mu}", (r"2 + 2 \mu", r"2 \mu")),
    ],
)
def test_what_moves_what_is_set(left: str, rights: tuple[str, ...]) -> None:
    """Derivatives are taken first; with z at a value before that, or with z made anew after it, they are others."""
    for right in rights:
        assert proof(claim(left, right)) is None
        assert witness(claim(left, right)) is None


@pytest.mark.parametrize(
    ("left", "right", "wrong"),
    [
        (r"\left. \frac{\partial q}{\partial z} \right|_{z = v}", "2 v", "2 z"),
        (r"\left. q \right|_{z = v}", r"v^2 + \mu", r"z^2 + \mu"),
        (r"\left. q \right|_{\mu = v}", r"(2 v + \sigma \epsilon)^2 + v", "z^2 + v"),
        (r"\left. \frac{\partial z^2}{\partial z} \right|_{\mu = v}", r"4 v + 2 \sigma \epsilon", "2 z"),
        (r"\frac{\partial}{\partial \mu} \left( \left. z^2 \mu \right|_{z = v} \right)", "v^2", "0"),
        (
            r"\left. \frac{\partial q}{\partial \sigma} \right|_{\epsilon = v}",
            r"2 v (2 \mu + \sigma v)",
            r"2 \epsilon z",
        ),
        (r"\left. z - 2 \mu \right|_{z = v}", r"v - 2 \mu", r"\sigma \epsilon"),
        (r"1 + \left. z - \left( 2 \mu + 1 \right) \right|_{z = v}", r"v - 2 \mu", r"\sigma \epsilon"),
    ],
)
def test_what_does_not_is_still_judged(left: str, right: str, wrong: str) -> None:
    assert proof(claim(left, right)) is not None
    assert witness(claim(left, right)) is None
    assert proof(claim(left, wrong)) is None
    assert witness(claim(left, wrong)) is not None
