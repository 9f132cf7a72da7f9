r"""``y (w^\top x + b)`` beside data x_i and y_i: where x is one more vector like the x_i, y is the number that belongs
to it, and not the vector of all y_i."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from types import MappingProxyType

from derive.language.context import Context
from derive.read import syntax as s
from derive.read.documents.definitions.defining import Defined
from derive.read.targets import variant_key


def one_more(name: str, nodes: Sequence[s.Node], context: Context) -> Defined | None:
    """The context in which the bare letter of the numbers ``y_i`` is one more of them: the formula has another quantity
    without the index that its family has, and nothing as long as the family."""
    decl = context.symbols.get(name)
    if decl is None or decl.shape or len(decl.family) != 1 or decl.definition is not None:
        return None
    if any(_takes(node, name) for node in nodes):
        return None  # a parameter is what the function says
    (range_,) = decl.family
    letters = sorted(_bare(nodes) - {name})
    families = {letter: found for letter in letters if (found := context.symbols.get(letter)) is not None}
    others = [each for each in families.values() if each.family == decl.family and each.definition is None]
    vectors = [each for each in others if each.shape and f"{each.name}{{}}" not in context.symbols]
    if not any(each in vectors or f"{each.name}{{}}" in context.symbols for each in others):
        return None
    if any(range_.high in each.shape for each in families.values()):
        return None
    for each in (*vectors, decl):
        context, key = variant_key(context, each.name, ())
        one = replace(each, name=key, family=(), family_names=())
        context = replace(context, symbols=MappingProxyType({**context.symbols, key: one}))
    return Defined(
        context,
        " ; ".join(f"{each.name} one more of the {each.name}_{each.family_names[0]}" for each in (*vectors, decl)),
    )


def _takes(node: s.Node, name: str) -> bool:
    """Whether this is a call of a function that takes the name: ``p(y | x)``."""
    match node:
        case s.Juxt(parts=(s.Name() | s.Script(), s.Group(bracket="(", items=items, seps=seps))) if seps:
            return any(isinstance(item, s.Name) and item.text == name for item in items)
    return False


def _bare(nodes: Sequence[s.Node]) -> set[str]:
    """The letters that stand without an index somewhere."""
    found, stack = set[str](), list(nodes)
    while stack:
        match stack.pop():
            case s.Name(text=text):
                found.add(text)
            case s.Script(base=s.Name(), sub=s.Node() as sub, sup=sup):
                stack += [sub, *([sup] if isinstance(sup, s.Node) else [])]
            case part:
                stack += s.children(part)
    return found


__all__ = ["one_more"]
