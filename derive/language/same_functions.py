"""Statements and contexts in which two unknown functions are one: ``If $p = q$, then …``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Any, TypeVar

from derive.language.context import Context
from derive.language.everywhere import Change, context_everywhere, everywhere
from derive.language.terms import Apply

T = TypeVar("T")


def are_alike(one: str, other: str, context: Context) -> bool:
    """Whether two names are functions of which nothing is known that would have to hold of the other one: no
    definition, no inverse, the same arguments and values.

    >>> from derive.language.context import FunctionDecl
    >>> both = Context(functions={name: FunctionDecl(name, ("x",), ((),)) for name in "pq"})
    >>> are_alike("p", "q", both), are_alike("p", "p", both)
    (True, False)
    """
    first, second = context.functions.get(one), context.functions.get(other)
    if first is None or second is None or one == other:
        return False
    known = (decl.body is not None or decl.builtin is not None or decl.inverse for decl in (first, second))
    undone = any(decl.inverse in (one, other) for decl in context.functions.values())
    like = (first.param_shapes, first.shape, first.family) == (second.param_shapes, second.shape, second.family)
    return like and not any(known) and not undone


def as_one(value: T, same: Mapping[str, str]) -> T:
    """The same with one function in the place of another, wherever it is applied.

    >>> as_one((Apply("p", ()), Apply("q", ())), {"q": "p"})
    (Apply(name='p', args=(), indices=()), Apply(name='p', args=(), indices=()))
    """
    changed: T = everywhere(value, _put(same))
    return changed


def context_as_one(context: Context, same: Mapping[str, str]) -> Context:
    """A context in which these functions are one; it has what is known of either."""
    functions = dict(context.functions)
    for other, one in same.items():
        properties = functions[one].properties | context.functions[other].properties
        functions[one] = replace(functions[one], properties=properties)
    return context_everywhere(replace(context, functions=MappingProxyType(functions)), _put(same))


def _put(same: Mapping[str, str]) -> Change:
    """What puts one function in the place of another."""

    def change(part: Any) -> Any:
        return replace(part, name=same[part.name]) if isinstance(part, Apply) and part.name in same else part

    return change


__all__ = ["are_alike", "as_one", "context_as_one"]
