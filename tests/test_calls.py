"""Calls that are written out: only where putting the arguments in says the same."""

from __future__ import annotations

import pytest

from derive.language.calls import written_out
from derive.language.context import Context, Definition, FunctionDecl, SymbolDecl
from derive.language.extents import Extent, Range
from derive.language.terms import Apply, Big, Index, Op, Sym, Term

U, V = Sym("u"), Sym("v")


def context(body: Term) -> Context:
    """A function h of u, beside g, which is defined as u²."""
    made = SymbolDecl("g", definition=Definition((), Op("mul", (U, U))))
    plain = Context().with_symbol(SymbolDecl("u")).with_symbol(SymbolDecl("v")).with_symbol(made)
    return plain.with_function(FunctionDecl("h", ("u",), ((),), body=body))


def test_the_argument_stands_for_the_parameter() -> None:
    assert written_out(context(Op("abs", (U,))), Apply("h", (V,))) == Op("abs", (V,))


@pytest.mark.parametrize(
    "body",
    [
        Sym("g"),  # at v it is v², and g is u²
        Op("add", (U, Apply("f", (U,)))),
        Big("sum", "i", Range.upto(Extent.of("n")), Op("mul", (U, Index("i")))),
    ],
)
def test_what_would_mean_something_else_stays_a_call(body: Term) -> None:
    assert written_out(context(body), Apply("h", (V,))) is None
    assert written_out(context(body), Apply("h", (U,))) == body


def test_what_is_not_known_stays_a_call() -> None:
    assert written_out(Context(), Apply("h", (V,))) is None
    assert written_out(context(U), Apply("h", (U, V))) is None
