"""Contexts: what is declared, defined and assumed. Immutable; every claim is judged in one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Any

from derive.language.extents import Range, Shape
from derive.language.terms import Term

PROPERTIES = frozenset(
    "positive nonnegative negative nonzero integer binary onehot simplex label open_unit unit symmetric posdef psd "
    "orthogonal diagonal invertible density connected bijective real".split()
)
"""What may be said of a quantity.

positive, nonnegative, negative, nonzero, integer, binary (0 or 1), open_unit (strictly between 0 and 1) and unit (0 to
1) hold entry by entry. label: a whole number in ``values`` used as an index (the class of an example). onehot and
simplex: along the last axis (the last slot, or the last family index of a scalar family). symmetric … invertible: of
the matrix. density (of a function): non-negative, integrates to one over its first argument. connected (of a weight
matrix): its graph is. bijective (of a function): one-to-one onto the space of its values in its first argument, smooth
both ways, for any other arguments.
"""


@dataclass(frozen=True)
class Definition:
    """``name_{params} := body``; the params are index names in scope in the body."""

    params: tuple[str, ...]
    body: Term


@dataclass(frozen=True)
class SymbolDecl:
    """A quantity: a family over ``family`` ranges (with the author's usual index names ``family_names``), each member
    of ``shape``.

    ``low``/``high`` are closed or open numeric bounds beyond the named properties; ``values`` a finite set of values
    or, for a label, the range it runs over; ``definition`` makes it a defined quantity; ``depends`` an opaque function
    of other symbols.
    """

    name: str
    family: tuple[Range, ...] = ()
    family_names: tuple[str, ...] = ()
    shape: Shape = ()
    properties: frozenset[str] = frozenset()
    low: Term | None = None
    high: Term | None = None
    low_open: bool = False
    high_open: bool = False
    values: tuple[Term, ...] = ()
    label_range: Range | None = None
    definition: Definition | None = None
    depends: tuple[Term, ...] | None = None


@dataclass(frozen=True)
class FunctionDecl:
    """A function: a built-in under another name, a definition with parameters, or unknown (smooth, with unknown
    derivatives).

    ``params`` are parameter names; ``param_shapes`` their shapes; ``shape`` that of the value. For an unknown function
    ``body`` is None. ``builtin`` names a row of ``operators``. ``inverse`` names the function that undoes this
    bijective one: with the other arguments the same, its value at this one's value is this one's first argument, and
    the other way round.
    """

    name: str
    params: tuple[str, ...] = ()
    param_shapes: tuple[Shape, ...] = ()
    shape: Shape = ()
    body: Term | None = None
    builtin: str | None = None
    family: tuple[Range, ...] = ()
    family_names: tuple[str, ...] = ()
    properties: frozenset[str] = frozenset()
    inverse: str = ""


@dataclass(frozen=True)
class Fact:
    """An assumed relation, for all values of the free indices it mentions. ``statement`` is a ``Rel``."""

    statement: Term
    source: str = ""


def _frozen() -> Mapping[str, Any]:
    return MappingProxyType({})


@dataclass(frozen=True)
class Context:
    """Everything a claim is judged in.

    ``sizes`` maps each symbolic size to the least value it may take (1 unless declared); ``indices`` each index name to
    its range. ``symbols`` and ``functions`` are found by name. ``options`` holds notation switches (``elementwise``,
    ``layout``, ``alias`` …) for readers. ``notes`` lists what was inferred rather than declared.
    """

    sizes: Mapping[str, int] = field(default_factory=_frozen)
    indices: Mapping[str, Range] = field(default_factory=_frozen)
    symbols: Mapping[str, SymbolDecl] = field(default_factory=_frozen)
    functions: Mapping[str, FunctionDecl] = field(default_factory=_frozen)
    facts: tuple[Fact, ...] = ()
    options: Mapping[str, object] = field(default_factory=_frozen)
    notes: tuple[str, ...] = ()

    def with_symbol(self, decl: SymbolDecl) -> Context:
        """This context and one more quantity (or a new declaration of an old one)."""
        return replace(self, symbols=MappingProxyType({**self.symbols, decl.name: decl}))

    def with_function(self, decl: FunctionDecl) -> Context:
        """This context and one more function."""
        return replace(self, functions=MappingProxyType({**self.functions, decl.name: decl}))

    def with_size(self, name: str, least: int = 1) -> Context:
        """This context and one more symbolic size, at least ``least``."""
        return replace(self, sizes=MappingProxyType({**self.sizes, name: least}))

    def with_index(self, name: str, range_: Range) -> Context:
        """This context and one more index name."""
        return replace(self, indices=MappingProxyType({**self.indices, name: range_}))

    def with_fact(self, fact: Fact) -> Context:
        """This context and one more assumption."""
        return replace(self, facts=(*self.facts, fact))

    def with_option(self, name: str, value: object) -> Context:
        """This context with a notation switch set."""
        return replace(self, options=MappingProxyType({**self.options, name: value}))

    def says_the_same_as(self, other: Context) -> bool:
        """Whether another context has the same sizes, indices, quantities, functions and facts, in the same order: then
        every claim is worth the same in both, however their notations are switched and whatever was inferred."""
        if self is other:
            return True
        mappings = ((getattr(self, name), getattr(other, name)) for name in _MAPPINGS)
        return self.facts == other.facts and all(
            one is another or (one == another and [*one] == [*another]) for one, another in mappings
        )


_MAPPINGS = ("sizes", "indices", "symbols", "functions")
