"""What must hold for a term to mean anything: divisors not zero, logarithms of positive things, matrices invertible."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction
from types import MappingProxyType

from derive.language.context import Context
from derive.language.domains import ZERO, asked
from derive.language.extents import Extent, Range
from derive.language.operators import ShapeError
from derive.language.shapes import EMPTY, Scope, shape_of
from derive.language.terms import (
    Apply,
    At,
    Big,
    Cases,
    Entry,
    Index,
    Num,
    Op,
    Rel,
    Size,
    Sym,
    Term,
    bound_names,
    children,
    subterms,
)


@dataclass(frozen=True)
class Condition:
    """A relation that must hold, for all values of the bound names in ``scope``.

    ``everywhere`` is false where it is asked for at some of those values only: under a condition, in a branch, at a
    point that is put in later, or in a definition that is used for some of its indices. It is then told, but never
    assumed.
    """

    relation: Rel
    scope: Scope = field(default_factory=lambda: EMPTY)
    everywhere: bool = True

    def __hash__(self) -> int:
        return hash((self.relation, tuple(self.scope.items()), self.everywhere))


@dataclass(frozen=True)
class _Place:
    """Where the walk is: the bound names, whether all their values are meant, and the definitions it is inside of."""

    scope: Scope = field(default_factory=lambda: EMPTY)
    everywhere: bool = True
    inside: frozenset[str] = frozenset()

    def binding(self, names: Mapping[str, object]) -> _Place:
        return replace(self, scope=MappingProxyType({**self.scope, **names}))  # type: ignore[dict-item]


def conditions_of(term: Term, context: Context) -> list[Condition]:
    """The conditions of a term, in the order met, without repeats."""
    found: dict[Condition, None] = {}
    _walk(term, context, _Place(), found, set())
    return list(found)


def _walk(
    term: Term, context: Context, place: _Place, found: dict[Condition, None], opened: set[tuple[str, bool]]
) -> None:
    for relation in asked(term, context, place.scope):
        found[Condition(relation, place.scope, place.everywhere)] = None
    match term:
        case Op("eigenvectors", (matrix,)):
            _not_repeated(matrix, context, place, found)
        case Sym(name) if name not in place.scope and name not in place.inside:
            _into_definition(term, context, place, found, opened)
        case Apply(name, args) if name not in place.inside:
            function = context.functions.get(name)
            if function is not None and function.builtin is not None:
                for relation in asked(Op(function.builtin, args), context, place.scope):
                    found[Condition(relation, place.scope, place.everywhere)] = None
                if function.builtin == "eigenvectors":
                    _not_repeated(args[0], context, place, found)
    inner = place.binding(_bound(term))
    if isinstance(term, Cases | At) or (isinstance(term, Big) and term.where is not None):
        inner = replace(inner, everywhere=False)
    for part in children(term):
        _walk(part, context, inner, found, opened)


def _not_repeated(matrix: Term, context: Context, place: _Place, found: dict[Condition, None]) -> None:
    """That no eigenvalue of a matrix is repeated: each is less than the next."""
    used = {part.name for part in subterms(matrix) if isinstance(part, Index | Sym | Size)}
    around = {name: where for name, where in place.scope.items() if name in used}
    letter = next((name for name in "ijklmnpqrst" if name not in used), None)
    if letter is None:
        raise ShapeError("a matrix with more indices than letters")
    length = shape_of(matrix, context, place.scope)[0]
    found[_increasing(matrix, letter, length, around, place.everywhere)] = None


def _increasing(matrix: Term, letter: str, length: Extent, around: Scope, everywhere: bool) -> Condition:
    """λ_{i+1} - λ_i > 0 for i = 1..n-1."""
    values = Op("eigenvalues", (matrix,))
    lower, upper = Index(letter), Op("add", (Index(letter), Num(Fraction(1))))
    gap = Op("add", (Entry(values, (upper,)), Op("neg", (Entry(values, (lower,)),))))
    scope: Scope = MappingProxyType({**around, letter: Range.upto(length - 1)})
    return Condition(Rel(">", gap, ZERO), scope, everywhere)


def simple_spectrum(condition: Condition, context: Context) -> Term | None:
    """The matrix of which a condition says that no eigenvalue is repeated, if it is one of those."""
    match condition.relation.left:
        case Op("add", (Entry(Op("eigenvalues", (matrix,))), _)) if len(condition.scope) == 1:
            (letter,) = condition.scope
            used = {part.name for part in subterms(matrix) if isinstance(part, Index | Sym | Size)}
            length = shape_of(matrix, context)[0] if letter not in used else Extent.of(0)
            return matrix if condition == _increasing(matrix, letter, length, EMPTY, True) else None
    return None


def _into_definition(
    term: Sym, context: Context, place: _Place, found: dict[Condition, None], opened: set[tuple[str, bool]]
) -> None:
    """The conditions of a definition; for all its indices only if it is used at all of them."""
    decl = context.symbols.get(term.name)
    if decl is None or decl.definition is None:
        return
    used = [index.name if isinstance(index, Index) else "" for index in term.indices]
    whole = len(set(used)) == len(used) and all(
        place.scope.get(name) == r for name, r in zip(used, decl.family, strict=True)
    )
    if (term.name, place.everywhere and whole) in opened:
        return
    opened.add((term.name, place.everywhere and whole))
    inner = _Place(
        MappingProxyType(dict(zip(decl.definition.params, decl.family, strict=True))),
        place.everywhere and whole,
        place.inside | {term.name},
    )
    _walk(decl.definition.body, context, inner, found, opened)


def _bound(term: Term) -> dict[str, object]:
    """What the names that a term binds stand for."""
    names = bound_names(term)
    if not names:
        return {}
    for attribute in ("range", "domain", "shape"):
        if hasattr(term, attribute):
            return {names[0]: getattr(term, attribute)}
    return dict(term.vars)  # type: ignore[attr-defined]
