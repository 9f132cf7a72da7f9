r"""``function \pi_\theta(a | s) density`` of an index a: probabilities, which add up to one."""

from __future__ import annotations

from fractions import Fraction

from derive.language.context import Context, Fact, SymbolDecl
from derive.language.extents import Range
from derive.language.terms import Big, Index, Num, Rel, Sym


def with_probabilities(
    name: str, indices: tuple[str, ...], family: tuple[Range, ...], drawn: str, words: frozenset[str], context: Context
) -> Context:
    """The context with numbers that are not negative, and of which those over ``drawn`` add up to one."""
    words -= {"density"}
    words |= frozenset() if "positive" in words else {"nonnegative"}
    context = context.with_symbol(SymbolDecl(name, family, indices, (), words))
    total = Big("sum", drawn, context.indices[drawn], Sym(name, tuple(map(Index, indices))))
    return context.with_fact(Fact(Rel("=", total, Num(Fraction(1))), source=f"\\sum_{{{drawn}}} {name} = 1"))


__all__ = ["with_probabilities"]
