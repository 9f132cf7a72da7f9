"""What a claim is about: the quantities, assumptions and sizes that can touch it. The rest need no values."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

from derive.language.context import Context
from derive.language.declared_of_defined import is_bound
from derive.language.extents import Range, Shape
from derive.language.terms import (
    Apply,
    Array,
    Big,
    Expect,
    Index,
    Integral,
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
from derive.refute.moments import always_met


@dataclass(frozen=True)
class Subject:
    """Quantities (in the order declared), assumptions about them, and the sizes and functions that matter.

    ``integrals`` says whether there is an integral among the terms.
    """

    symbols: tuple[str, ...]
    facts: tuple[Term, ...]
    sizes: tuple[str, ...]
    functions: tuple[str, ...]
    integrals: bool


def subject_of(terms: Iterable[Term], shapes: Iterable[Shape], context: Context) -> Subject:
    """What these terms are about: everything they mention, through definitions and assumptions."""
    found = _Found(context)
    for term in terms:
        found.term(term)
    for shape in shapes:
        found.shape(shape)
    facts = [fact.statement for fact in context.facts]
    met = always_met(context)
    reached = {fact: _reached(fact, context) for fact in facts}
    gives = _given_sequences(facts, reached, context)
    bound = {name: _reached(Sym(name), context) for name, decl in context.symbols.items() if is_bound(decl)}
    kept: list[Term] = []
    changed = True
    while changed:
        changed = False
        for name, made_of in bound.items():
            if name not in found.symbols and made_of & found.symbols.keys():  # l = C - g, l ≥ 0 says something of g
                found.symbol(name)
                changed = True
        for fact in facts:
            names = reached[fact] & found.declared
            if met.get(fact, "") not in ("", *found.functions):
                continue
            if gives.get(fact, "") not in ("", *found.symbols):
                continue
            if fact not in kept and (not names or names & (found.symbols.keys() | found.functions.keys())):
                kept.append(fact)
                found.term(fact)
                changed = True
    return Subject(
        tuple(name for name in context.symbols if name in found.symbols),
        tuple(fact for fact in facts if fact in kept),
        tuple(name for name in context.sizes if name in found.names),
        tuple(name for name in context.functions if name in found.functions),
        found.integrals,
    )


def _given_sequences(facts: Iterable[Term], reached: Mapping[Term, set[str]], context: Context) -> dict[Term, str]:
    """Equations that only say what the members of a sequence are, each with its name: ``h_1 = c`` and ``h_{t+1} =
    f(h_t)`` of an h of which nothing else is said. They can be met whatever everything else is."""
    found: dict[Term, str] = {}
    facts = tuple(facts)
    for name, decl in context.symbols.items():
        about = [fact for fact in facts if name in reached[fact]]
        if any(_is_made(each, context) for fact in about for each in reached[fact]):
            continue  # of what may have no value everywhere
        if not about or not decl.family or decl.depends:
            continue
        if decl.shape or decl.properties or decl.values or decl.low is not None or decl.high is not None:
            continue
        if decl.label_range is None and _is_given_in_turn(name, about, decl.family):
            found |= dict.fromkeys(about, name)
    return found


def _is_made(name: str, context: Context) -> bool:
    """Whether a name has a definition."""
    decl, function = context.symbols.get(name), context.functions.get(name)
    return (decl is not None and decl.definition is not None) or (function is not None and function.body is not None)


def _is_given_in_turn(name: str, about: list[Term], family: Sequence[Range]) -> bool:
    """Whether equations give each member of a sequence once, from those before it (or behind it): one where it begins
    (or ends), and one step by step from there."""
    ends, steps = set[tuple[int, int]](), set[tuple[int, int]]()
    for fact in about:
        match fact:
            case Rel(op="=", left=Sym(name=given, indices=indices), right=right) if given == name:
                pass
            case _:
                return False
        if any(isinstance(part, Op) and part.name not in _EVERYWHERE for part in subterms(right)):
            return False  # what it is divided by is not zero
        inside = [part for part in subterms(right) if isinstance(part, Sym) and part.name == name]
        if not inside:
            fixed = {(place, way) for place, index in enumerate(indices) for way in _from_end(index, family[place])}
            letters = {part.name for part in indices if isinstance(part, Index)}
            if not fixed or len(letters) != len(family) - 1 or ends:
                return False
            ends = fixed
            continue
        apart = {place: {_shift(index, part.indices[place]) for part in inside} for place, index in enumerate(indices)}
        found = {(place, way) for place, shifts in apart.items() for way in (1, -1) if shifts == {way}}
        others = [index for place, index in enumerate(indices) if place not in {place for place, _ in found}]
        if len(found) != 1 or steps or not all(isinstance(index, Index) for index in others):
            return False
        steps = found
    return not ends or not steps or steps <= ends


_EVERYWHERE = frozenset({"add", "mul", "neg", "exp", "logistic", "tanh"})
"""Operators with a value everywhere."""


def _from_end(index: Term, range_: Range) -> Iterator[int]:
    """The ways that lead on from the first member (1), or back from the last (-1), if this is its subscript."""
    if isinstance(index, Num) and range_.low.constant == index.value:
        yield 1
    if (isinstance(index, Size) and str(range_.high) == index.name) or (
        isinstance(index, Num) and range_.high.constant == index.value
    ):
        yield -1


def _shift(one: Term, other: Term) -> int | None:
    """By how much one subscript is further than the other, where both are a letter, or one step from it."""
    (letter, step), (base, back) = _step(one), _step(other)
    return step - back if letter and letter == base else None


def _step(index: Term) -> tuple[str, int]:
    match index:
        case Index(name=name):
            return name, 0
        case Op(name="add", args=(Index(name=name), Num(value=value))) if value in (1, -1):
            return name, int(value)
        case Op(name="add", args=(Index(name=name), Op(name="neg", args=(Num(value=value),)))) if value == 1:
            return name, -1
    return "", 0


def _reached(fact: Term, context: Context) -> set[str]:
    """The quantities and functions that an assumption speaks of, also through definitions: one about a ratio is one
    about what it is a ratio of."""
    inside = _Found(context)
    inside.term(fact)
    return {*inside.symbols, *inside.functions}


def relevant(terms: Iterable[Term], shapes: Iterable[Shape], context: Context) -> Context:
    """The part of a context that these terms are about."""
    terms = tuple(terms)
    subject = subject_of(terms, shapes, context)
    symbols = {name: context.symbols[name] for name in subject.symbols}
    bodies = [decl.definition.body for decl in symbols.values() if decl.definition is not None]
    letters = {part.name for term in (*terms, *bodies) for part in subterms(term) if isinstance(part, Index)}
    letters.update(name for decl in symbols.values() for name in decl.family_names)
    return replace(
        context,
        sizes=MappingProxyType({name: context.sizes[name] for name in subject.sizes}),
        indices=MappingProxyType({name: range_ for name, range_ in context.indices.items() if name in letters}),
        symbols=MappingProxyType(symbols),
        functions=MappingProxyType({name: context.functions[name] for name in subject.functions}),
        facts=tuple(fact for fact in context.facts if fact.statement in subject.facts),
    )


class _Found:
    """Names met so far."""

    def __init__(self, context: Context) -> None:
        self.context = context
        self.declared = context.symbols.keys() | context.functions.keys()
        self.symbols: dict[str, None] = {}
        self.functions: dict[str, None] = {}
        self.names: dict[str, None] = {}
        self.integrals = False

    def term(self, term: Term, bound: frozenset[str] = frozenset()) -> None:
        """Everything the term mentions, but for what it binds."""
        stack = [(term, bound)]
        while stack:
            part, bound = stack.pop()
            inside = bound.union(bound_names(part))
            limits = (part.low, part.high) if isinstance(part, Integral) else ()
            stack += [(each, bound if each in limits else inside) for each in reversed(children(part))]
            match part:
                case Sym(name):
                    if name not in bound:
                        self.symbol(name)
                case Apply(name):
                    self.function(name)
                case Size(name):
                    self.names[name] = None
                case Index(name):
                    self.index(name)
                case Big(range=range_):
                    self.range(range_)
                case Array(vars=pairs):
                    for _, range_ in pairs:
                        self.range(range_)
                case Integral(shape=shape):
                    self.integrals = True
                    self.shape(shape)
                case Expect(domain=Range() as range_):
                    self.range(range_)
                case Expect(domain=shape) if not isinstance(shape, Range):
                    self.integrals = True
                    self.shape(shape)

    def range(self, range_: Range) -> None:
        """The names in the ends of a range."""
        for name in sorted(range_.names):
            self.index(name)

    def shape(self, shape: Shape) -> None:
        """The names in the lengths of a shape."""
        for extent in shape:
            for name in sorted(extent.names):
                self.index(name)

    def index(self, name: str) -> None:
        """A size, or an index with its range."""
        if name in self.names:
            return
        self.names[name] = None
        if name in self.context.indices:
            self.range(self.context.indices[name])

    def symbol(self, name: str) -> None:
        """A quantity, with what its declaration mentions."""
        decl = self.context.symbols.get(name)
        if decl is None or name in self.symbols:
            return
        self.symbols[name] = None
        self.shape(decl.shape)
        for range_ in (*decl.family, *((decl.label_range,) if decl.label_range is not None else ())):
            self.range(range_)
        parts = [decl.low, decl.high, *decl.values, *(decl.depends or ())]
        if decl.definition is not None:
            parts.append(decl.definition.body)
        for part in parts:
            if part is not None:
                self.term(part)

    def function(self, name: str) -> None:
        """A function, with what its declaration mentions."""
        function = self.context.functions.get(name)
        if function is None or name in self.functions:
            return
        self.functions[name] = None
        for shape in (*function.param_shapes, function.shape):
            self.shape(shape)
        for range_ in function.family:
            self.range(range_)
        if function.body is not None:
            self.term(function.body, frozenset(function.params))
