r"""Matrices that a text lets be symmetric by an equation, or definite by a relation: ``with $A = A^\top$``,
``$A \succeq 0$``."""

from __future__ import annotations

from derive.language.context import Context
from derive.read import syntax as s
from derive.read.documents.definitions.defining import Defined
from derive.read.documents.words.properties import with_properties

_TRANSPOSED = frozenset({"T", "\\top", "\\intercal", "'"})
_DEFINITE = {"psd": "symmetric psd", "pd": "symmetric posdef"}


def said_of(node: s.Node | None, context: Context) -> Defined | None:
    """The context in which a square matrix that nothing defines has the property which this relation, where it is
    assumed, gives it; None if it says anything else."""
    match node:
        case s.Relation(first=one, rest=(("=", other),)):
            name, said = _symmetric(one, other) or _symmetric(other, one), "symmetric"
        case s.Relation(first=s.Name() | s.Script() as one, rest=((op, s.Number(text="0")),)) if op in _DEFINITE:
            name, said = s.key(one), _DEFINITE[op]
        case _:
            return None
    decl = context.symbols.get(name)
    if decl is None or decl.definition is not None or decl.depends:
        return None
    new, texts = with_properties([name], said, context)
    return Defined(new, " ; ".join(texts)) if texts else None


def _symmetric(one: s.Node, other: s.Node) -> str:
    """The name of a matrix beside which its transpose stands."""
    match other:
        case s.Script(base=base, sub=None, sup=sup) if sup is not None and s.key(sup) in _TRANSPOSED:
            return s.key(one) if isinstance(one, s.Name) and s.key(base) == s.key(one) else ""
    return ""


__all__ = ["said_of"]
