"""Which names are bound where, and whether a subscript stays inside its range for every admissible size."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from derive.language.context import Context
from derive.language.extents import Extent, Range, Shape


@dataclass(frozen=True)
class Bound:
    """A bound name. ``what`` is the range of an index or the shape of a variable; ``symbol`` is the reader's own.

    ``key`` is unique in its scope, and ``low``/``high`` are the ends of the range in keys: an inner binder of the same
    spelling cannot be taken for the outer one.
    """

    name: str
    what: Range | Shape
    key: str
    low: Extent
    high: Extent
    symbol: object = None


@dataclass(frozen=True)
class Scope:
    """The names bound around a place, outermost first, in a context.

    >>> scope = Scope(Context(sizes={"N": 1})).bind("n", Range.upto("N"))
    >>> scope.never_negative(Extent.of("N") - "n"), scope.never_negative(Extent.of("N") - "n" - 1)
    (True, False)
    """

    context: Context
    bound: tuple[Bound, ...] = ()

    def find(self, name: str) -> Bound | None:
        """The innermost binder of this name."""
        return next((entry for entry in reversed(self.bound) if entry.name == name), None)

    def bind(self, name: str, what: Range | Shape, symbol: object = None) -> Scope:
        """This scope and one more bound name."""
        low, high = (what.low, what.high) if isinstance(what, Range) else (Extent.of(0), Extent.of(0))
        entry = Bound(name, what, f"{name}#{len(self.bound)}", self._keyed(low), self._keyed(high), symbol)
        return Scope(self.context, (*self.bound, entry))

    def names(self) -> Mapping[str, Range | Shape]:
        """What each bound name stands for here, as ``language.shapes`` wants it."""
        return MappingProxyType({entry.name: entry.what for entry in self.bound})

    def never_negative(self, extent: Extent) -> bool:
        """Whether it can be shown that ``extent`` is at least 0 for all admissible sizes and indices (as declared)."""
        lowest: Extent | None = self._keyed(extent)
        for entry in reversed(self.bound):
            if isinstance(entry.what, Range) and lowest is not None:
                lowest = _least(lowest, entry.key, entry.low, entry.high)
        for name, range_ in reversed(tuple(self.context.indices.items())):
            if lowest is not None:
                lowest = _least(lowest, name, range_.low, range_.high)
        if lowest is None or any(name in self.context.indices or "#" in name for name in lowest.names):
            return False
        least = self.context.sizes
        above = lowest.renamed({name: Extent.of(name) + least.get(name, 1) for name in lowest.names})
        return all(factor >= 0 for _, factor in above.terms)

    def inside(self, extent: Extent, slot: Range) -> bool:
        """Whether it can be shown that ``extent`` lies in ``slot``."""
        return self.never_negative(extent - slot.low) and self.never_negative(slot.high - extent)

    def _keyed(self, extent: Extent) -> Extent:
        found = {name: self.find(name) for name in sorted(extent.names)}
        return extent.renamed({name: Extent.of(entry.key) for name, entry in found.items() if entry is not None})


def _least(extent: Extent, index: str, low: Extent, high: Extent) -> Extent | None:
    """The least value over ``index`` in ``low..high`` of an extent linear in it; ``None`` if it is not linear."""
    factor = 0
    for names, count in extent.terms:
        if names == (index,):
            factor = count
        elif index in names:
            return None
    if not factor:
        return extent
    return extent + factor * ((low if factor > 0 else high) - index)
