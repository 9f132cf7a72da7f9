r"""``\mathbb{E}_{p_\theta}[f(X)]`` of a density ``p_\theta(x)``: the variable as a capital letter."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

from derive.read import syntax as s

if TYPE_CHECKING:
    from derive.read.resolver import Resolver

N = TypeVar("N", bound=s.Node)


def as_variable(r: Resolver, variable: s.Node, group: s.Group) -> s.Group:
    """The brackets with the capital letter as the variable, where nothing is called by that letter, and the brackets do
    not have the variable itself."""
    if not isinstance(variable, s.Name) or len(variable.text) != 1 or not variable.text.islower():
        return group
    capital = variable.text.upper()
    met = {part.text for part in s.walk(group) if isinstance(part, s.Name)}
    known = (r.context.symbols, r.context.functions, r.context.sizes, r.context.indices, r.called, r.scope)
    if capital not in met or variable.text in met or any(capital in names for names in known):
        return group
    return renamed(group, capital, variable.text)


def renamed(node: N, old: str, new: str) -> N:
    """A formula with a letter instead of another one."""
    if isinstance(node, s.Name):
        return replace(node, text=new) if node.text == old else node
    return s.rebuilt(node, lambda part: renamed(part, old, new))


__all__ = ["as_variable", "renamed"]
