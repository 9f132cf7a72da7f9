"""Unknown quantities that add up to one over an index, as those of a policy do: ``\\sum_a \\pi_\\theta(a) = 1``.

The stand-ins of such a family are positive; divided by their sum they are as assumed, whatever they depend on.
"""

from __future__ import annotations

from derive.language.context import Context
from derive.language.terms import Big, Index, Num, Rel, Sym, Term

_ABOVE_ZERO = frozenset({"positive", "nonnegative"})


def shared(statement: Term, context: Context) -> tuple[str, int] | None:
    """The family of which an assumption says no more than that its members add up to one, and over which of its
    places; None if it says something else, or of what is not unknown."""
    match statement:
        case Rel(
            op="=",
            left=Big(kind="sum", var=letter, range=range_, body=Sym(name=name, indices=indices), where=None),
            right=Num(value=value),
        ) if value == 1:
            decl = context.symbols.get(name)
        case _:
            return None
    names = [index.name for index in indices if isinstance(index, Index)]
    if decl is None or decl.depends is None or decl.definition is not None or decl.shape or not decl.family:
        return None
    if decl.low is not None or decl.high is not None:
        return None
    if len({*names}) != len(indices) or len(indices) != len(decl.family) or letter not in names:
        return None
    axis = names.index(letter)
    others = ((name, own) for at, (name, own) in enumerate(zip(names, decl.family, strict=True)) if at != axis)
    whole = range_ == decl.family[axis] and all(context.indices.get(name) == own for name, own in others)
    return (name, axis) if whole and decl.properties & _ABOVE_ZERO else None


def shares_in(context: Context) -> dict[str, int]:
    """The families of a context that add up to one, and over which place; none of which that is said twice."""
    found = [each for fact in context.facts if (each := shared(fact.statement, context)) is not None]
    names = [name for name, _ in found]
    return {name: axis for name, axis in found if names.count(name) == 1}


__all__ = ["shared", "shares_in"]
