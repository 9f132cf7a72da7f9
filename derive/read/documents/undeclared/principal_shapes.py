"""The shapes of all undeclared names of a section together, by unification: the most general ones that its formulas
allow.

First it is settled whether each name is a number, a vector or a matrix: a small letter is a number or a vector, a
capital a number or a matrix, and what no choice for the other names of some formula allows is left out. Then all
lengths are unified: first within the sides of formulas, then what is equal. An equation that says of no name what it is
only claims: one that would make a matrix square that is not square otherwise is left to be judged. A length about which nothing is known gets a name of
its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from itertools import pairwise, product
from math import prod

from derive.language.context import Context
from derive.language.extents import Extent
from derive.read import syntax as s
from derive.read.documents.text.spelling import faceless
from derive.read.documents.undeclared.dimensions import (
    EQUALITIES,
    ORDERINGS,
    Dimensions,
    Letters,
    declared_dims,
    without_rest,
)
from derive.read.documents.undeclared.evidence import space_of
from derive.read.documents.undeclared.unification import NUMBER, ONE, Contradiction, Dims, Length, Lengths, Open
from derive.read.documents.undeclared.usage import USUAL
from derive.read.names import TRANSPOSE_MARKS, items_of, script, split_superscript
from derive.read.notation import EXPECTATIONS, PROBABILITIES
from derive.read.parser import parse

MOST_CHOICES = 243
"""Formulas with more ways to choose what its names are wait until the others have left fewer."""

LOSSES = frozenset({"L", "\\mathcal{L}", "\\ell", "E", "J", "\\mathcal{J}", "\\mathcal{E}"})
"""Letters of what is differentiated that are numbers, if nothing declares them."""

_BOLD = re.compile(r"\\(?:mathbf|boldsymbol|bm|vec|mathsf)(?![a-z])")
_GREEK_CAPITAL = re.compile(r"\\(?:Gamma|Delta|Theta|Lambda|Xi|Pi|Sigma|Upsilon|Phi|Psi|Omega)(?![a-z])")


class Kind(Enum):
    """What a name is."""

    NUMBER = 0
    VECTOR = 1
    MATRIX = 2


def kinds_of(name: str) -> tuple[Kind, ...]:
    """What a letter may be, by the way it is written; matrices first."""
    bare = faceless(name)
    letter = re.search(r"\\[A-Za-z]+|[A-Za-z]", re.sub(r"\\(?:hat|tilde|bar|widehat|overline|check|dot)\b", "", bare))
    if letter is None or "\\mathcal" in name or bare.partition("_")[0] == "\\ell":
        return (Kind.NUMBER,)
    capital = letter.group()[0].isupper() or _GREEK_CAPITAL.match(letter.group()) is not None
    if _BOLD.search(name):
        return (Kind.MATRIX,) if capital else (Kind.VECTOR,)
    return (Kind.MATRIX, Kind.NUMBER) if capital else (Kind.VECTOR, Kind.NUMBER)


@dataclass(frozen=True)
class Formula:
    """A formula with the undeclared names in it."""

    node: s.Node
    names: tuple[str, ...]

    @property
    def sides(self) -> tuple[s.Node, ...]:
        """What its relations compare; a formula without any is one side."""
        if isinstance(self.node, s.Relation):
            return (self.node.first, *(side for _, side in self.node.rest))
        return (self.node,)


@dataclass
class Section:
    """The formulas of a section, what its names may be, and what is known of lengths."""

    context: Context
    letters: Letters
    formulas: list[Formula]
    called: frozenset[str]
    alone: frozenset[str]
    kinds: dict[str, tuple[Kind, ...]]
    known: dict[str, Dims | None] = field(default_factory=dict)
    contested: set[str] = field(default_factory=set)

    def dimensions(self, lengths: Lengths, names: Mapping[str, Dims]) -> Dimensions:
        """How shapes are worked out with these shapes of the names."""
        results = {name: NUMBER for name in self.called if name in LOSSES}
        return Dimensions(self.letters, names, lengths, self.known, self.called, self.alone, results)

    def allows(self, formula: Formula, choice: Mapping[str, Kind], entrywise: bool = False) -> bool:
        """Whether a formula has a shape with this choice."""
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
        left = [choice for choice in choices if self.allows(formula, choice)]
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

    def take_matrices(self) -> None:
        """A capital that stands beside a vector or a matrix is a matrix, if nothing says that it is a number."""
        for name in list(self.kinds):
            if len(self.kinds[name]) > 1 and name in LOSSES:
                self.kinds[name] = (Kind.NUMBER,)
            elif len(self.kinds[name]) > 1 and Kind.MATRIX in self.kinds[name] and self._acts(name):
                kept = dict(self.kinds)
                self.kinds[name] = (Kind.MATRIX,)
                self.narrow()
                if not all(self._fits_somehow(formula) for formula in self.formulas if name in formula.names):
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
                for pair in pairwise(part.parts) if isinstance(part, s.Juxt) else ():
                    named = [self.letters.named(each) for each in pair]
                    for this, other in ((named[0], pair[1]), (named[1], pair[0])):
                        if this is not None and this.name == name and self._is_wide(other):
                            return True
        return False

    def _is_wide(self, node: s.Node) -> bool:
        """Whether a factor is a vector or a matrix, as far as it is settled what its names are."""
        names = dict.fromkeys(_unknown(node, self.letters, self.called, self.known))
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
        for formula in settled:
            for side in formula.sides:
                for found.entrywise in (False, True):
                    if self._try(found, lambda here, side=side: here.of(side)):
                        break
            self._note_result(found, formula)
        for formula in settled:
            claims = not any(isinstance(side, s.Name | s.Script) for side in formula.sides)
            for found.entrywise in (False, True):
                if self._try(found, lambda here, formula=formula: _compare(here, formula), claims):
                    break
        return {name: found.lengths.settled_dims(dims) for name, dims in names.items()}

    def _note_result(self, found: Dimensions, formula: Formula) -> None:
        """``J(w) = …``: the shape of what a function gives."""
        match formula.node:
            case s.Relation(first=s.Juxt(parts=(head, s.Group(bracket="("))), rest=(("=" | ":=", side), *_)):
                named = self.letters.named(head)
                trial = found.lengths
                found.lengths = trial.copy()
                try:
                    dims = found.of(side)
                except Contradiction:
                    dims = None
                if named is not None and dims is not None and named.name in self.called:
                    found.results.setdefault(named.name, dims)
                else:
                    found.lengths = trial

    def _try(self, found: Dimensions, step: object, claims: bool = False) -> bool:
        """Whether what one formula says of lengths does not contradict what is known; then it is known, too."""
        before, letters = found.lengths, dict(self.letters.lengths)
        found.lengths = before.copy()
        try:
            step(found)  # type: ignore[operator]
            spoilt = claims and any(_becomes_square(dims, before, found.lengths) for dims in found.names.values())
        except Contradiction:
            spoilt = True
        if spoilt:
            found.lengths, self.letters.lengths = before, letters
        return not spoilt


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
    bound = frozenset(letter for node in nodes for letter in _bound(node))
    letters = Letters(context, bound | _beside(nodes, Letters(context, bound)))
    called = _called(nodes, letters)
    known: dict[str, Dims | None] = {}
    formulas = [
        Formula(node, tuple(dict.fromkeys(_unknown(node, letters, called, known)))) for node in nodes if _compares(node)
    ]
    names = dict.fromkeys(name for formula in formulas for name in formula.names)
    alone = frozenset(_alone(nodes, letters))
    kinds = {name: kinds_of(name) for name in names}
    return Section(context, letters, formulas, called, alone, kinds, known)


def _compares(node: s.Node) -> bool:
    """Whether a formula says what is equal or ordered, or is only one side."""
    return not isinstance(node, s.Relation) or all(op in EQUALITIES | ORDERINGS for op, _ in node.rest)


def _bound(node: s.Node) -> Iterator[str]:
    """The letters that the sums in a formula are over."""
    for part in s.walk(node):
        if isinstance(part, s.BigOp):
            first = part.sub.first if isinstance(part.sub, s.Relation) else part.sub
            yield from (item.text for item in items_of(first) if isinstance(item, s.Name) and len(item.text) == 1)


def _beside(nodes: Sequence[s.Node], letters: Letters) -> frozenset[str]:
    """``i`` of ``K_{ij}``, where j is bound: a letter that stands below a name with an index."""
    subs = [items_of(part.sub) for node in nodes for part in s.walk(node) if isinstance(part, s.Script)]
    rows = [items for items in subs if any(letters.counts(item) for item in items)]
    return frozenset(s.key(item) for items in rows for item in items if re.fullmatch("[a-z]", s.key(item)))


def _called(nodes: Sequence[s.Node], letters: Letters) -> frozenset[str]:
    """The names that are functions: given a value with their arguments, or before a bracket with a bare name."""
    found: set[str] = set()
    for node in nodes:
        heads = [node.first] if isinstance(node, s.Relation) else []
        for part in s.walk(node):
            for one, group in zip(part.parts, part.parts[1:], strict=False) if isinstance(part, s.Juxt) else ():
                named = letters.named(one) if isinstance(one, s.Name | s.Script) else None
                if named is None or not isinstance(group, s.Group) or group.bracket not in ("(", "["):
                    continue
                if part in heads or len(group.items) > 1 or isinstance(group.items[0], s.Name | s.Script | s.Group):
                    found.add(named.name)
    return frozenset(found)


def _alone(nodes: Sequence[s.Node], letters: Letters) -> Iterator[str]:
    """The names that stand without an index somewhere."""
    for node in nodes:
        for part in _scripted(node):
            named = letters.named(part)
            if named is not None and not named.letters:
                yield named.name


def _scripted(node: s.Node) -> Iterator[s.Node]:
    """Every name with its scripts, and what stands in its exponent; nothing of what stands below it."""
    if isinstance(node, s.Name):
        yield node
    elif isinstance(node, s.Script):
        yield from (node,) if isinstance(node.base, s.Name) else _scripted(node.base)
        power = node.sup if node.sup is None else split_superscript(node.sup).rest
        if power is not None and s.key(power) not in TRANSPOSE_MARKS:
            yield from _scripted(power)
    elif isinstance(node, s.BigOp):
        yield from _scripted(node.body)
    else:
        for part in s.children(node):
            yield from _scripted(part)


def _unknown(
    node: s.Node, letters: Letters, called: frozenset[str], known: dict[str, Dims | None]
) -> Iterator[str]:
    """The names of a formula that nothing declares."""
    context = letters.context
    for part in _scripted(node):
        named = letters.named(part)
        if named is None or named.name in called or letters.counts(part):
            continue
        base = named.name.partition("_")[0].partition("^")[0]
        taken = (context.symbols, context.functions, context.sizes, context.indices)
        if base in USUAL or any(base in names or named.name in names for names in taken) or not base.strip("0123456789"):
            continue
        bare = without_rest(part)
        if s.key(bare) not in known:
            known[s.key(bare)] = declared_dims(bare, context)
        if known[s.key(bare)] is None:
            yield named.name


def _solved(nodes: Sequence[s.Node], context: Context) -> tuple[Section, dict[str, Dims]]:
    section = section_of(nodes, context)
    section.narrow()
    section.take_matrices()
    section.contest()
    return section, section.solve()


def principal_shapes(nodes: Sequence[s.Node], context: Context) -> dict[str, Dims]:
    """The most general shapes of the undeclared names of a section; only those that its formulas settle."""
    return _solved(nodes, context)[1]


def principal(name: str, nodes: Sequence[s.Node], spelled: frozenset[str], context: Context) -> str:
    """The declaration of a name with its most general shape; nothing if the formulas leave open what it is. Lengths
    that nothing names are called by letters that the document does not have (``spelled``)."""
    section, shapes = _solved(nodes, context)
    named = section.letters.named(parse(name))
    dims = shapes.get(named.name) if named is not None and named.rest is None else None
    if named is None or dims is None or named.name in _varying(nodes, section.letters):
        return ""
    if dims == NUMBER and (_SIZES.fullmatch(named.name) or named.name in _counting(nodes)):
        return ""  # it may be the length of something, or a whole number
    if named.letters and named.name not in section.alone:
        if any(s.key(item) not in context.indices for item in named.letters):
            return ""
        items = [s.key(item) for item in named.letters]
        head = name if "^" in name else named.name + script("_", "".join(items)) if "_" not in named.name else name
    else:
        head = named.name
    shape = tuple(length for length in _with_names(shapes, dims, spelled, context) if length != ONE)
    return f"{head} \\in {space_of(shape)}"


def _varying(nodes: Sequence[s.Node], letters: Letters) -> frozenset[str]:
    """The names that are differentiated, so that they depend on something, and those that are random."""
    found: list[s.Node] = []
    for part in (part for node in nodes for part in s.walk(node)):
        match part:
            case s.Diff(body=s.Node() as body):
                found.append(body)
            case s.Juxt(parts=parts):
                for one, other in zip(parts, parts[1:], strict=False):
                    head = one.base if isinstance(one, s.Script) else one
                    if isinstance(one, s.Diff) or s.key(head) == "\\nabla":
                        found.append(other)
                    elif s.key(head) in EXPECTATIONS | PROBABILITIES | _MOMENTS:
                        found += s.walk(other)
            case s.Relation(first=first, rest=(("~", _), *_)):
                found += s.walk(first)
    names = [letters.named(each) for each in found if isinstance(each, s.Name | s.Script)]
    return frozenset(each.name for each in names if each is not None)


_MOMENTS = frozenset({"\\mathrm{Var}", "\\mathrm{Cov}", "\\mathrm{E}", "\\mathrm{KL}"})


def _counting(nodes: Sequence[s.Node]) -> frozenset[str]:
    """The letters that stand below names, above a sum, or in an exponent of something else than e."""
    places = [
        place
        for node in nodes
        for part in s.walk(node)
        if isinstance(part, s.BigOp) or (isinstance(part, s.Script) and s.key(part.base) != "e")
        for place in (part.sub, part.sup)
        if place is not None
    ]
    return frozenset(part.text for place in places for part in s.walk(place) if isinstance(part, s.Name))


def _with_names(
    shapes: Mapping[str, Dims], dims: Dims, spelled: frozenset[str], context: Context
) -> Iterator[Extent]:
    """The lengths of a shape; those that are open with the names that they get in this section."""
    taken = (context.sizes, context.symbols, context.indices, context.functions)
    free = (letter for letter in _NEW_SIZES if letter not in spelled and not any(letter in names for names in taken))
    called: dict[Length, Extent] = {}
    for length in (length for each in (dims, *shapes.values()) for length in each):
        if isinstance(length, Open) and length not in called:
            letter = next(free, None)
            if letter is None:
                break
            called[length] = Extent.of(letter)
    for length in dims:
        if isinstance(length, Extent):
            yield length
        elif length in called:
            yield called[length]


_NEW_SIZES = ("n", "d", "m", "p", "q", "r", "h", "l", "N", "D", "M", "P", "Q", "R", "H")
_SIZES = re.compile(r"[nmdpqkNMDPQKBT]")


__all__ = ["Kind", "principal", "principal_shapes"]
