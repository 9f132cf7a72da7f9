r"""Quantities whose last two slots may change places because a fact says so: ``w_{ij} = w_{ji}`` for all i and j."""

from __future__ import annotations

from derive.language.context import Context
from derive.language.extents import Range
from derive.language.terms import Entry, Index, Rel, Sym, Term


def exchanged_by_facts(context: Context) -> frozenset[str]:
    """The families and matrices that some fact says to be symmetric, over all of their range."""
    found = (_exchanged(fact.statement, context) for fact in context.facts)
    return frozenset(name for name in found if name)


def _exchanged(statement: Term, context: Context) -> str:
    match statement:
        case Rel(op="=", left=Sym(name=name, indices=one), right=Sym(name=other, indices=two)):
            pass
        case Rel(
            op="=",
            left=Entry(base=Sym(name=name, indices=()), indices=one),
            right=Entry(base=Sym(name=other, indices=()), indices=two),
        ):
            pass
        case _:
            return ""
    decl = context.symbols.get(name)
    if name != other or decl is None or decl.definition is not None:
        return ""
    match one, two:
        case (Index(name=i), Index(name=j)), (Index(name=k), Index(name=m)) if (i, j) == (m, k) and i != j:
            ranges = decl.family if not decl.shape else tuple(Range.upto(extent) for extent in decl.shape)
            own = (context.indices.get(i), context.indices.get(j))
            slots = len(decl.family) + len(decl.shape) == 2
            return name if slots and ranges == own and ranges[0] == ranges[1] else ""
    return ""


__all__ = ["exchanged_by_facts"]
