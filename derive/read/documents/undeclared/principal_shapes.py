"""The shapes of all undeclared names of a section together, by unification: the most general ones that its formulas
allow.

First it is settled whether each name is a number, a vector or a matrix: a small letter is a number or a vector, a
capital a number or a matrix, and what no choice for the other names of some formula allows is left out. Then all
lengths are unified: first within the sides of formulas, then what is equal. An equation that says of no name what it is
only claims: one that would make a matrix square that is not square otherwise is left to be judged. What is still open
then is a length of which the document says nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import pairwise, product
from math import prod

from derive.language.context import Context
from derive.language.extents import Extent, Shape
from derive.read import kept
from derive.read import syntax as s
from derive.read.documents.undeclared.dimensions import EQUALITIES, Dimensions
from derive.read.documents.undeclared.formula_names import (
    Formula,
    bound,
    called_names,
    compares,
    given_anew,
    standing,
    standing_beside,
    undeclared_names,
)
from derive.read.documents.undeclared.kinds import LOSSES, WEIGHTS, Kind, kinds_of
from derive.read.documents.undeclared.scripted_names import Letters
from derive.read.documents.undeclared.unification import NUMBER, ONE, Contradiction, Dims, Length, Lengths, any_open
from derive.read.names import option

MOST_CHOICES = 243
"""Formulas with more ways to choose what its names are wait until the others have left fewer."""


@dataclass
class Section:
    """The formulas of a section, what its names may be, and what is known of lengths."""

    context: Context
    letters: Letters
    formulas: list[Formula]
    called: frozenset[str]
    alone: frozenset[str]
    indexed: frozenset[str]
    kinds: dict[str, tuple[Kind, ...]]
    known: dict[str, Dims | None] = field(default_factory=dict)
    contested: set[str] = field(default_factory=set)
    answers: dict[tuple[int, tuple[Kind, ...], bool], bool] = field(default_factory=dict)

    def dimensions(self, lengths: Lengths, names: Mapping[str, Dims]) -> Dimensions:
        """How shapes are worked out with these shapes of the names."""
        results = {name: NUMBER for name in self.called if name in LOSSES}
        results.update(dict.fromkeys(option(self.context, "domains"), NUMBER))
        return Dimensions(self.letters, names, lengths, self.known, self.called, self.alone, results)

    def allows(self, formula: Formula, choice: Mapping[str, Kind], entrywise: bool = False) -> bool:
        """Whether a formula has a shape with this choice; asked often, worked out once."""
        key = (id(formula), tuple(choice[name] for name in formula.names), entrywise)
        if key not in self.answers:
            self.answers[key] = self._has_shape(formula, choice, entrywise)
        return self.answers[key]

    def _has_shape(self, formula: Formula, choice: Mapping[str, Kind], entrywise: bool) -> bool:
        lengths = Lengths()
        found = self.dimensions(lengths, {name: _dims(kind, lengths) for name, kind in choice.items()})
        found.entrywise = entrywise
        self.letters.lengths = {}
        try:
            _compare(found, formula)
        except Contradiction:
            return False
        return True

    def narrow(self) -> None:
        """Leave out what no formula allows, until nothing changes."""
        before = None
        while before != self.kinds:
            before = dict(self.kinds)
            for formula in self.formulas:
                self._narrow_by(formula)

    def _narrow_by(self, formula: Formula) -> None:
        options = [self.kinds[name] for name in formula.names]
        if prod(map(len, options)) == 1 or prod(map(len, options)) > MOST_CHOICES:
            return
        choices = [dict(zip(formula.names, choice, strict=True)) for choice in product(*options)]
        left = [choice for choice in choices if self.allows(formula, choice, formula.is_entrywise)]
        left = left or [choice for choice in choices if self.allows(formula, choice, entrywise=True)]
        for name in formula.names if left else ():  # else the formula is wrong, whatever its names are
            found = {choice[name] for choice in left}
            self.kinds[name] = tuple(kind for kind in self.kinds[name] if kind in found)

    def contest(self) -> None:
        """A name of which one formula says something else than all the others do may be two."""
        for formula in self.formulas:
            if not self._fits_somehow(formula):
                for name in formula.names:
                    options = [kinds_of(each) if each == name else self.kinds[each] for each in formula.names]
                    if prod(map(len, options)) <= MOST_CHOICES and self._any(formula, options):
                        self.contested.add(name)

    def _any(self, formula: Formula, options: Sequence[Sequence[Kind]]) -> bool:
        choices = [dict(zip(formula.names, choice, strict=True)) for choice in product(*options)]
        return any(self.allows(formula, each, entrywise) for entrywise in (False, True) for each in choices)

    def take_likeliest(self) -> None:
        """A name that stands with an index, and without, is the vector of its entries; a capital that stands beside a
        vector or a matrix is a matrix: if nothing says otherwise."""
        for name in [each for each in self.kinds if each in LOSSES and len(self.kinds[each]) > 1]:
            self.kinds[name] = (Kind.NUMBER,)
        self.narrow()
        self._take_weights()
        for name in list(self.kinds):
            if len(self.kinds[name]) > 1 and name in self.alone and name in self.indexed:
                self.kinds[name] = (self.kinds[name][0],)  # the vector of its entries
                self.narrow()
            elif len(self.kinds[name]) > 1 and Kind.MATRIX in self.kinds[name] and self._acts(name):
                self._try({name: Kind.MATRIX})

    def _take_weights(self) -> None:
        """``W x``: weights before a small letter are a matrix, and that is a vector, if nothing says otherwise."""
        for formula in self.formulas:
            for one, other in (pair for part in s.walk(formula.node) for pair in _neighbours(part)):
                named = [self.letters.named(each) for each in (one, other)]
                first, second = (each.name if each is not None and each.rest is None else "" for each in named)
                open_both = Kind.MATRIX in self.kinds.get(first, ()) and Kind.VECTOR in self.kinds.get(second, ())
                if open_both and WEIGHTS.match(first) and len(self.kinds[first]) + len(self.kinds[second]) > 2:
                    self._try({first: Kind.MATRIX, second: Kind.VECTOR})

    def _try(self, kinds: Mapping[str, Kind]) -> None:
        """Take these names to be this, unless a formula does not fit then that fits now."""
        kept = dict(self.kinds)
        about = [each for each in self.formulas if {*kinds} & {*each.names} and self._fits_somehow(each)]
        self.kinds.update({name: (kind,) for name, kind in kinds.items()})
        self.narrow()
        if not all(self._fits_somehow(formula) for formula in about):
            self.kinds = kept

    def _fits_somehow(self, formula: Formula) -> bool:
        options = [self.kinds[name] for name in formula.names]
        if prod(map(len, options)) > MOST_CHOICES:
            return True
        return self._any(formula, options)

    def _acts(self, name: str) -> bool:
        """Whether a name stands right before or after a vector or a matrix."""
        for formula in self.formulas if name in self.kinds else ():
            for part in s.walk(formula.node) if name in formula.names else ():
                for pair in _neighbours(part):
                    named = [self.letters.named(each) for each in pair]
                    for this, other in ((named[0], pair[1]), (named[1], pair[0])):
                        if this is not None and this.name == name and self._is_wide(other):
                            return True
        return False

    def _is_wide(self, node: s.Node) -> bool:
        """Whether a factor is a vector or a matrix, as far as it is settled what its names are."""
        names = dict.fromkeys(undeclared_names(node, self.letters, self.called, self.known))
        if any(len(self.kinds.get(name, ())) != 1 for name in names):
            return False
        lengths = Lengths()
        found = self.dimensions(lengths, {name: _dims(self.kinds[name][0], lengths) for name in names})
        found.entrywise, self.letters.lengths = True, {}
        try:
            dims = found.of(node)
        except Contradiction:
            return False
        return dims is not None and lengths.settled_dims(dims) != NUMBER

    def solve(self) -> dict[str, Dims]:
        """The shapes of the names of which it is settled what they are."""
        lengths = Lengths()
        self.letters.lengths = {}
        kinds = {name: kinds for name, kinds in self.kinds.items() if len(kinds) == 1 and name not in self.contested}
        names = {name: _dims(kind, lengths) for name, (kind,) in kinds.items()}
        settled = [each for each in self.formulas if all(name in names for name in each.names)]
        found = self.dimensions(lengths, names)
        giving = [each for each in settled if not _only_claims(each)]
        for formula in giving:
            for side in formula.sides:
                self._take(found, partial(Dimensions.of, node=side), frozenset())
            self._note_result(found, formula)
        for formula in giving:
            says = any(isinstance(side, s.Name | s.Script) for side in formula.sides)
            self._take(found, partial(_compare, formula=formula), frozenset() if says else frozenset(names))
        given = frozenset(name for each in giving for name in each.names)
        claims = [each for each in settled if _only_claims(each)]
        clashing = [each for each in claims if not self._take(found, partial(_all_sides, formula=each), given)]
        for formula in claims:
            self._take(found, partial(_compare, formula=formula), frozenset(names))
        shapes = {name: found.lengths.settled_dims(dims) for name, dims in names.items()}
        told = {name for each in self.formulas if each not in settled for name in each.names}
        unclear = {length for each in clashing for name in each.names for length in shapes[name]} - {ONE}
        return {
            name: dims
            for name, dims in shapes.items()
            if not any_open(dims) or (name not in told and not unclear & {*dims})
        }

    def _note_result(self, found: Dimensions, formula: Formula) -> None:
        """``J(w) = …``: the shape of what a function gives."""
        match formula.node:
            case s.Relation(first=s.Juxt(parts=(head, s.Group(bracket="("))), rest=(("=" | ":=", side), *_)):
                named = self.letters.named(head)
                results: list[Dims | None] = []
                self._take(found, lambda here: results.append(here.of(side)), frozenset())
                if named is not None and results and results[-1] is not None and named.name in self.called:
                    found.results.setdefault(named.name, results[-1])

    def _take(self, found: Dimensions, step: Callable[[Dimensions], object], kept: frozenset[str]) -> bool:
        """What one formula says of lengths is known from here on, unless it contradicts what is known, or makes one of
        these matrices square that are not square otherwise; whether it contradicts nothing."""
        before, letters, clashes = found.lengths, dict(self.letters.lengths), True
        for found.entrywise in (False, True):
            found.lengths = before.copy()
            try:
                step(found)
            except Contradiction:
                pass
            else:
                after, clashes = found.lengths, False
                if not any(_becomes_square(found.names[name], before, after) for name in kept):
                    return True
            found.lengths, self.letters.lengths = before, dict(letters)
        return not clashes


def _neighbours(node: s.Node) -> Iterator[tuple[s.Node, s.Node]]:
    """Factors side by side."""
    return pairwise(node.parts if isinstance(node, s.Juxt) else ())


def _only_claims(formula: Formula) -> bool:
    """Whether an equation gives no name, nor a value of a function, so that it may be wrong."""
    match formula.node:
        case s.Relation(first=s.Juxt(parts=(s.Name() | s.Script(), s.Group(bracket="(")))):
            return False
        case s.Relation():
            return not any(isinstance(side, s.Name | s.Script) for side in formula.sides)
    return False


def _becomes_square(dims: Dims, before: Lengths, after: Lengths) -> bool:
    was, now = before.settled_dims(dims), after.settled_dims(dims)
    return was[0] != was[1] and now[0] == now[1]


def _dims(kind: Kind, lengths: Lengths) -> Dims:
    match kind:
        case Kind.NUMBER:
            return NUMBER
        case Kind.VECTOR:
            return lengths.open(), ONE
        case Kind.MATRIX:
            return lengths.open(), lengths.open()


def _all_sides(found: Dimensions, formula: Formula) -> None:
    for side in formula.sides:
        found.of(side)


def _compare(found: Dimensions, formula: Formula) -> None:
    """What the sides of a formula, and its relations, say of shapes."""
    node = formula.node
    if not isinstance(node, s.Relation):
        found.of(node)
    elif all(op in EQUALITIES for op, _ in node.rest):
        found.alike(formula.sides)
    else:
        for side in formula.sides:
            found.number(side)


def section_of(nodes: Sequence[s.Node], context: Context) -> Section:
    """A section with all that its names may be."""
    bound_letters = frozenset(letter for node in nodes for letter in bound(node))
    counting = bound_letters | standing_beside(nodes, Letters(context, bound_letters))
    letters = Letters(context, counting, given_anew(nodes))
    called = called_names(nodes, letters)
    known: dict[str, Dims | None] = {}
    formulas = [
        Formula(node, tuple(dict.fromkeys(undeclared_names(node, letters, called, known))))
        for node in nodes
        if compares(node)
    ]
    kinds = {name: kinds_of(name) for formula in formulas for name in formula.names}
    alone, indexed = standing(nodes, letters)
    return Section(context, letters, formulas, called, alone, indexed, kinds, known)


def principal_shapes(nodes: Sequence[s.Node], context: Context) -> tuple[Section, dict[str, Dims]]:
    """The most general shapes of the undeclared names of a section; only those that its formulas settle. Worked out
    once for the same formulas in one context."""
    _, section, lengths, shapes = kept.once(
        context, "principal shapes", context, tuple(map(id, nodes)), lambda: _worked_out(tuple(nodes), context)
    )
    section.letters.lengths = dict(lengths)
    return section, dict(shapes)


def _worked_out(
    nodes: tuple[s.Node, ...], context: Context
) -> tuple[tuple[s.Node, ...], Section, dict[str, Length], dict[str, Dims]]:
    """The formulas (held, so that they stay the same objects), their section, and what has been found."""
    section = section_of(nodes, context)
    section.narrow()
    section.take_likeliest()
    section.contest()
    shapes = section.solve()
    return nodes, section, dict(section.letters.lengths), shapes


def settled_shape(name: str, nodes: Sequence[s.Node], context: Context) -> Shape | None:
    """The shape of a name, if the formulas settle it and nothing in it is open."""
    dims = principal_shapes(nodes, context)[1].get(name)
    lengths = [length for length in dims if isinstance(length, Extent)] if dims is not None else []
    return tuple(length for length in lengths if length != ONE) if len(lengths) == 2 else None


__all__ = ["Section", "principal_shapes", "settled_shape"]
