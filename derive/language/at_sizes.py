"""Statements and contexts at known sizes: ``For $K = 2$ we have …``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass, replace
from fractions import Fraction
from types import MappingProxyType
from typing import Any, TypeVar

from derive.language.context import Context
from derive.language.extents import Extent
from derive.language.terms import Num, Size

T = TypeVar("T")


def at_sizes(value: T, sizes: Mapping[str, int]) -> T:
    """The same with these sizes wherever they stand: as a number, as the end of a range, as the length of an axis.

    >>> at_sizes(Size("K"), {"K": 2}), at_sizes(Extent.of("K") + 1, {"K": 2}) == Extent.of(3)
    (Num(value=Fraction(2, 1), text=''), True)
    """
    return _put(value, sizes)  # type: ignore[no-any-return]


def context_at(context: Context, sizes: Mapping[str, int]) -> Context:
    """A context in which these sizes are numbers; how things are written is left as it is."""
    kept = {name: least for name, least in context.sizes.items() if name not in sizes}
    return replace(
        context,
        sizes=MappingProxyType(kept),
        indices=at_sizes(context.indices, sizes),
        symbols=at_sizes(context.symbols, sizes),
        functions=at_sizes(context.functions, sizes),
        facts=at_sizes(context.facts, sizes),
    )


def called_otherwise(context: Context, name: str, other: str) -> Context:
    """A context in which a size has another name, wherever it stands."""
    named = {name: other}
    least = {named.get(size, size): least for size, least in context.sizes.items()}
    return replace(
        context,
        sizes=MappingProxyType(least),
        indices=_put(context.indices, named),
        symbols=_put(context.symbols, named),
        functions=_put(context.functions, named),
        facts=_put(context.facts, named),
    )


def _put(value: Any, sizes: Mapping[str, int] | Mapping[str, str]) -> Any:
    if isinstance(value, Extent):
        return value.renamed({name: Extent.of(size) for name, size in sizes.items() if name in value.names})
    if isinstance(value, Size):
        known = sizes.get(value.name)
        return value if known is None else Size(known) if isinstance(known, str) else Num(Fraction(known))
    if isinstance(value, tuple):
        return tuple(_put(each, sizes) for each in value)
    if isinstance(value, Mapping):
        return MappingProxyType({name: _put(each, sizes) for name, each in value.items()})
    if is_dataclass(value) and not isinstance(value, type):
        old = {each.name: getattr(value, each.name) for each in fields(value) if each.init}
        new = {name: _put(each, sizes) for name, each in old.items()}
        changed = {name: each for name, each in new.items() if each is not old[name] and each != old[name]}
        return replace(value, **changed) if changed else value
    return value


__all__ = ["at_sizes", "called_otherwise", "context_at"]
