"""Opening a definition where a binder captures what it mentions."""

from __future__ import annotations

import pytest

from derive.language.extents import Extent, Range
from derive.language.terms import Big, Index, Op, Sym
from derive.read.declarations import declare
from derive.read.dependencies import inline
from derive.read.errors import ReadError

CONTEXT = declare(
    r"index n, m = 1..N ; j, k = 1..K ; a \in \mathbb{R} ; c_{nk} \in \mathbb{R} ; x_m \in \mathbb{R}"
    r" ; let y_n := \sum_{k=1}^{K} a c_{nk} ; let u_n := \sum_{m=1}^{n} a x_m"
    r" ; let q_n := a \sum_{k=1}^{K} \sum_{m=1}^{n} x_m"
)
SCOPE = {"a": ()}


def test_parameters_are_replaced_under_binders() -> None:
    c = Sym("c", (Index("m"), Index("k")))
    expected = Big("sum", "k", Range.upto("K"), Op("mul", (Sym("a"), c)))
    assert inline(CONTEXT, CONTEXT.symbols["y"], (Index("m"),), SCOPE) == expected


@pytest.mark.parametrize("name", ["y", "q"])
def test_a_parameter_that_a_binder_would_capture_is_refused(name: str) -> None:
    with pytest.raises(ReadError, match="k is an index here and is bound"):
        inline(CONTEXT, CONTEXT.symbols[name], (Index("k"),), SCOPE)


def test_a_parameter_in_a_range_is_replaced() -> None:
    opened = inline(CONTEXT, CONTEXT.symbols["u"], (Op("add", (Index("n"), Index("n"))),), SCOPE)
    assert isinstance(opened, Big)
    assert opened.range == Range(Extent.of(1), 2 * Extent.of("n"))


def test_a_definition_without_the_bound_name_stays_closed() -> None:
    assert inline(CONTEXT, CONTEXT.symbols["y"], (Index("n"),), {"x": ()}) is None
