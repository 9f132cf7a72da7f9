r"""Probabilities of all values: ``A_{jk} = P(z_{t+1} = k | z_t = j)`` of a label z sums to one over its values k."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from derive.language.context import Context, SymbolDecl
from derive.language.terms import Big, Index, Sym, Term
from derive.read import syntax as s
from derive.read.declarations import declare
from derive.read.documents.definitions.defining import Defined, of_probability
from derive.read.errors import DeclarationError
from derive.read.names import parts_of


def over_values(items: Sequence[s.Node], context: Context) -> tuple[str, int] | None:
    """The family that is the probabilities of the values of something, and which of its indices is the value."""
    call, name, _ = of_probability(items)
    family = None if name is None else parts_of(name)
    decl = None if family is None else context.symbols.get(family[0])
    value = None if call is None else _value(call)
    if family is None or decl is None or decl.definition is not None or value not in decl.family_names:
        return None
    return (family[0], decl.family_names.index(value)) if decl.family_names.count(value) == 1 else None


def _value(call: s.Juxt) -> str:
    """``k`` of ``P(z = k | y = j)``; nothing where several things happen, or k stands in what is given."""
    match call.parts[1]:
        case s.Group(items=(s.Relation(rest=(("=", s.Name(text=value)),)) as event, *given), seps=seps) if (
            not given or seps[0] in ("|", ";")
        ):
            others = (event.first, *given)
            return "" if any(value == part.text for part in _names(others)) else value
    return ""


def _names(nodes: Sequence[s.Node]) -> list[s.Name]:
    return [part for node in nodes for part in s.walk(node) if isinstance(part, s.Name)]


def _label(items: Sequence[s.Node], context: Context) -> tuple[str, SymbolDecl | None]:
    """What takes the values, and what has been said of it."""
    call, _, _ = of_probability(items)
    match None if call is None else call.parts[1]:
        case s.Group(items=(s.Relation(first=first), *_)):
            head = parts_of(first)
            return ("", None) if head is None else (head[0], context.symbols.get(head[0]))
    return "", None


def summing(items: Sequence[s.Node], context: Context) -> Defined | None:
    """The context in which they sum to one, if what takes the values is a label with the values of the index."""
    found = over_values(items, context)
    _, label = _label(items, context)
    if found is None or label is None or label.definition is not None or label.label_range is None:
        return None
    decl = context.symbols[found[0]]
    if label.label_range != decl.family[found[1]]:
        return None
    value = decl.family_names[found[1]]
    text = f"assume \\sum_{{{value}}} {found[0]}_{{{','.join(decl.family_names)}}} = 1"
    try:
        return Defined(declare(text, context), f"{text}, the probabilities of all values")
    except DeclarationError:
        return None


def unsaid(items: Sequence[s.Node], context: Context) -> tuple[SymbolDecl, int] | None:
    """A family of probabilities of the values of something that nothing has declared: all that the text says may be
    their sum."""
    name, label = _label(items, context)
    if not name or label is not None or name in context.functions or name in context.sizes or name in context.indices:
        return None
    found = over_values(items, context)
    return None if found is None else (context.symbols[found[0]], found[1])


def is_whole_sum(term: Term, values: Mapping[str, tuple[SymbolDecl, int]], context: Context) -> bool:
    """``\\sum_k A_{jk}`` over all values of the index that ``values`` names, at any of the others."""
    match term:
        case Big(kind="sum", var=var, range=range_, body=Sym(name=name, indices=indices), where=None):
            decl, place = values.get(name, (None, 0))
            others = [index for at, index in enumerate(indices) if at != place]
            return (
                decl is not None
                and decl == context.symbols.get(name)
                and len(indices) == len(decl.family) > place
                and indices[place] == Index(var)
                and range_ == decl.family[place]
                and all(isinstance(index, Index) and index.name != var for index in others)
                and len(set(others)) == len(others)
            )
    return False
