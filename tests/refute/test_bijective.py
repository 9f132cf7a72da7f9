"""Stand-ins for functions declared bijective undo each other, whatever their other arguments are."""

from __future__ import annotations

import pytest
from flint import fmpq
from hypothesis import given
from hypothesis import strategies as st

from derive.language.context import Context
from derive.read.declarations import declare
from derive.read.errors import DeclarationError
from derive.refute.arrays import Arr
from derive.refute.unknown import Unknowns

BIJECTIVE = frozenset({"bijective"})
DECLARED = r"""
z, \epsilon \in \mathbb{R}^k
\phi \in \mathbb{R}^m
function g(\epsilon, \phi) \in \mathbb{R}^k bijective
"""


@given(st.text(min_size=1, max_size=4), st.lists(st.integers(-5, 5), min_size=3, max_size=5))
def test_inverse_of_the_value(seed: str, entries: list[int]) -> None:
    unknowns = Unknowns(seed)
    inputs = [fmpq(entry) for entry in entries]
    there = unknowns.value("g", (), inputs, (2,), BIJECTIVE, 2, "r")
    assert isinstance(there, Arr)
    back = unknowns.value("r", (), [*there.data, *inputs[2:]], (2,), BIJECTIVE, 2, "g")
    assert isinstance(back, Arr)
    assert back.data == inputs[:2]


def test_declared_in_both_directions() -> None:
    context = declare(DECLARED + r"function r(z, \phi) \in \mathbb{R}^k inverse of g", Context())
    assert context.functions["r"].inverse == "g"
    assert context.functions["g"].inverse == "r"
    assert "bijective" in context.functions["r"].properties


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (r"function r(z, \phi) \in \mathbb{R}^k inverse of h", "expected a function declared bijective"),
        (r"function r(z) \in \mathbb{R}^k inverse of g", "as many arguments as g"),
    ],
)
def test_refused(text: str, message: str) -> None:
    with pytest.raises(DeclarationError, match=message):
        declare(DECLARED + text, Context())
