"""What a term is worth at a chosen point, as a plain number: for tables and pictures, never for a proof."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from flint import fmpq

from derive.language.context import Context
from derive.language.extents import Range
from derive.language.terms import Term
from derive.refute import arithmetic as ar
from derive.refute.arithmetic import Number
from derive.refute.arrays import Arr, Worth, entries
from derive.refute.attack import program_of
from derive.refute.names import free_indices
from derive.refute.state import Place, Point

Value = Fraction | Sequence[Fraction]
"""A number, or the entries of a vector."""


@dataclass
class Chosen:
    """A point of a context: sizes, and what each free quantity is worth, member by member.

    >>> from derive.language.context import SymbolDecl
    >>> from derive.language.terms import Op, Sym
    >>> x = Chosen(Context().with_symbol(SymbolDecl("x")))
    >>> x.put("x", {(): Fraction(4)})
    >>> x.worth(Op("sqrt", (Sym("x"),)))
    2.0
    """

    context: Context
    sizes: Mapping[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._program = program_of(self.context)
        self._point = Point(dict(self.sizes), {})

    def put(self, name: str, members: Mapping[Place, Value]) -> None:
        """Give a quantity its values, by the subscripts of its members."""
        self._point.put(name, {place: _held(value) for place, value in members.items()})

    def worth(self, term: Term, **indices: int) -> float:
        """What a scalar term is worth, where its free indices have these values; ``CannotEvaluate`` or ``Undefined``
        where it is worth nothing."""
        return self.entries(term, **indices)[0]

    def entries(self, term: Term, **indices: int) -> list[float]:
        """The entries of what a term is worth."""
        scope: dict[str, Range] = {
            name: self.context.indices[name]
            for name in free_indices(term, self.context)
            if name in self.context.indices
        }
        _, code = self._program.compile(term, scope)
        with ar.precision(ar.START_BITS):
            found: Worth = code({**self.sizes, **indices}, self._point.state(self._program))
        return [_float(entry) for entry in entries(found)]


def _held(value: Value) -> Worth:
    if isinstance(value, Fraction):
        return ar.rational(value)
    return Arr((len(value),), [ar.rational(entry) for entry in value])


def _float(value: Number) -> float:
    plain = ar.primal(value)
    if isinstance(plain, fmpq):
        return int(plain.p) / int(plain.q)
    return float(plain.mid())
