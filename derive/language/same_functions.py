"""Statements and contexts in which two unknown functions are one: ``If $p = q$, then …``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass, replace
from types import MappingProxyType
from typing import Any, TypeVar

from derive.language.context import Context
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
    return _put(value, same)  # type: ignore[no-any-return]


def context_as_one(context: Context, same: Mapping[str, str]) -> Context:
    """A context in which these functions are one; it has what is known of either."""
    functions = dict(as_one(context.functions, same))
    for other, one in same.items():
        properties = functions[one].properties | context.functions[other].properties
        functions[one] = replace(functions[one], properties=properties)
    return replace(
        context,
        symbols=as_one(context.symbols, same),
        functions=MappingProxyType(functions),
        facts=as_one(context.facts, same),
    )


def _put(value: Any, same: Mapping[str, str]) -> Any:
    if isinstance(value, tuple):
        return tuple(_put(each, same) for each in value)
    if isinstance(value, Mapping):
        return MappingProxyType({name: _put(each, same) for name, each in value.items()})
    if is_dataclass(value) and not isinstance(value, type):
        old = {each.name: getattr(value, each.name) for each in fields(value) if each.init}
        new = {name: _put(each, same) for name, each in old.items()}
        if isinstance(value, Apply):
            new["name"] = same.get(value.name, value.name)
        changed = {name: each for name, each in new.items() if each is not old[name] and each != old[name]}
        return replace(value, **changed) if changed else value
    return value


__all__ = ["are_alike", "as_one", "context_as_one"]
