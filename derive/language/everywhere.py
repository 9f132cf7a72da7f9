"""One change made everywhere: in statements, in terms, and in all that a context says."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass, replace
from types import MappingProxyType
from typing import Any

from derive.language.context import Context
from derive.language.extents import Extent

Change = Callable[[Any], Any]
"""What stands in the place of a part, whose own parts are changed already."""


def everywhere(value: Any, change: Change) -> Any:
    """The same with ``change`` made to each of its parts, innermost first; an extent is one part. What nothing in it
    changes is left as it is."""
    if isinstance(value, Extent):
        return change(value)
    if isinstance(value, tuple):
        return tuple(everywhere(each, change) for each in value)
    if isinstance(value, Mapping):
        return MappingProxyType({name: everywhere(each, change) for name, each in value.items()})
    if is_dataclass(value) and not isinstance(value, type):
        old = {each.name: getattr(value, each.name) for each in fields(value) if each.init}
        new = {name: everywhere(each, change) for name, each in old.items()}
        changed = {name: each for name, each in new.items() if each is not old[name] and each != old[name]}
        return change(replace(value, **changed) if changed else value)
    return value


def context_everywhere(context: Context, change: Change) -> Context:
    """A context with a change made to what it says; how things are written is left as it is, and so are its sizes."""
    return replace(
        context,
        indices=everywhere(context.indices, change),
        symbols=everywhere(context.symbols, change),
        functions=everywhere(context.functions, change),
        facts=everywhere(context.facts, change),
    )


__all__ = ["Change", "context_everywhere", "everywhere"]
