"""Statements and contexts at known sizes: ``For $K = 2$ we have …``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction
from types import MappingProxyType
from typing import Any, TypeVar

from derive.language.context import Context
from derive.language.everywhere import Change, context_everywhere, everywhere
from derive.language.extents import Extent
from derive.language.terms import Num, Size

T = TypeVar("T")


def at_sizes(value: T, sizes: Mapping[str, int]) -> T:
    """The same with these sizes wherever they stand: as a number, as the end of a range, as the length of an axis.

    >>> at_sizes(Size("K"), {"K": 2}), at_sizes(Extent.of("K") + 1, {"K": 2}) == Extent.of(3)
    (Num(value=Fraction(2, 1), text=''), True)
    """
    changed: T = everywhere(value, _put(sizes))
    return changed


def context_at(context: Context, sizes: Mapping[str, int]) -> Context:
    """A context in which these sizes are numbers; how things are written is left as it is."""
    kept = {name: least for name, least in context.sizes.items() if name not in sizes}
    return replace(context_everywhere(context, _put(sizes)), sizes=MappingProxyType(kept))


def called_otherwise(context: Context, name: str, other: str) -> Context:
    """A context in which a size has another name, wherever it stands."""
    named = {name: other}
    least = {named.get(size, size): least for size, least in context.sizes.items()}
    return replace(context_everywhere(context, _put(named)), sizes=MappingProxyType(least))


def _put(sizes: Mapping[str, int] | Mapping[str, str]) -> Change:
    """What puts numbers, or other names, in the place of sizes."""

    def change(part: Any) -> Any:
        if isinstance(part, Extent):
            return part.renamed({name: Extent.of(size) for name, size in sizes.items() if name in part.names})
        known = sizes.get(part.name) if isinstance(part, Size) else None
        return part if known is None else Size(known) if isinstance(known, str) else Num(Fraction(known))

    return change


__all__ = ["at_sizes", "called_otherwise", "context_at"]
