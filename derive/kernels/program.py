"""What a kernel computes, before it is code: arguments, definitions and results as scalar terms over index names.

A body is an *index term*: every quantity stands entry by entry (``x_n`` of a vector is ``Entry(x_n, i)``), every sum is
a ``Big`` with a bound index of its own, and no two binders share a name. Matrices are left whole only below an inverse
or a determinant.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction

from derive.language.context import Context
from derive.language.extents import Extent, Range
from derive.language.terms import (
    Array,
    Big,
    Cases,
    Entry,
    Index,
    Num,
    Op,
    Rel,
    Sym,
    Term,
    bound_names,
    children,
    rebuild,
)

ZERO, ONE, TWO = Num(Fraction(0)), Num(Fraction(1)), Num(Fraction(2))
HALF = Num(Fraction(1, 2))
DEFAULT_SIZE = 32
"""How long an axis is taken to be where nothing is said."""


class KernelError(ValueError):
    """A kernel that cannot be made; the message says what was expected, what was found, and what to do."""


@dataclass(frozen=True)
class Argument:
    """A parameter of the function: its Python name, the terms it stands for, and the length of each axis."""

    name: str
    symbol: str
    axes: tuple[Extent, ...]
    integral: bool = False
    binary: bool = False
    low: int | None = None
    high: Extent | None = None


@dataclass(frozen=True)
class Let:
    """A quantity computed once: ``name`` at ``indices`` (its family's, then those of its shape) is ``body``."""

    name: str
    indices: tuple[str, ...]
    body: Term


@dataclass(frozen=True)
class Rewrite:
    """``before = after``, to be proved; ``rule`` says what it is for."""

    rule: str
    before: Term
    after: Term


@dataclass(frozen=True)
class Program:
    """Arguments, definitions in no order, and results; ``ranges`` has every index name that occurs anywhere.

    ``hints`` are typical sizes; ``scalars`` the arguments that are sizes; ``factors`` which triangular factor T (with
    TᵀT = Σ⁻¹) belongs to which matrix, by ``lemmas``.
    """

    arguments: tuple[Argument, ...]
    lets: Mapping[str, Let]
    results: tuple[Let, ...]
    context: Context
    ranges: Mapping[str, Range]
    hints: Mapping[str, int] = field(default_factory=dict)
    scalars: tuple[str, ...] = ()
    factors: Mapping[str, str] = field(default_factory=dict)
    lemmas: tuple[Rewrite, ...] = ()

    def size(self, index: str) -> int:
        """How long the axis of an index is taken to be."""
        return self.length(self.ranges[index].length)

    def length(self, extent: Extent) -> int:
        """How long an extent is taken to be."""
        return max(1, extent.value({name: self.hints.get(name, DEFAULT_SIZE) for name in extent.names}))

    def volume(self, indices: frozenset[str] | tuple[str, ...]) -> int:
        """How many entries an array over these indices is taken to have."""
        total = 1
        for index in indices:
            total *= self.size(index)
        return total

    def changed(self, change: Callable[[Term], Term]) -> Program:
        """The same program with every body passed through ``change``."""
        lets = {name: replace(let, body=change(let.body)) for name, let in self.lets.items()}
        return replace(self, lets=lets, results=tuple(replace(r, body=change(r.body)) for r in self.results))


class Names:
    """Fresh names for bound indices, and the ranges of all of them."""

    def __init__(self) -> None:
        self.ranges: dict[str, Range] = {}

    def fresh(self, like: str, range_: Range) -> str:
        """A new index name; ``like`` gives its letter."""
        stem = "".join(c for c in like if c.isascii() and c.isalpha())[:1] or "i"
        number = 1
        while f"{stem}{number}" in self.ranges:
            number += 1
        name = f"{stem}{number}"
        self.ranges[name] = range_
        return name


# -- reading terms -----------------------------------------------------------------------------------------------------
def free(term: Term) -> frozenset[str]:
    """The index names a term holds that it does not bind."""
    return frozenset(ordered_free(term))


def ordered_free(term: Term) -> tuple[str, ...]:
    """The same, in the order met."""
    found: dict[str, None] = {}

    def walk(node: Term, bound: frozenset[str]) -> None:
        if isinstance(node, Index):
            if node.name not in bound:
                found[node.name] = None
            return
        inner = bound.union(bound_names(node))
        for child in children(node):
            walk(child, inner)

    walk(term, frozenset())
    return tuple(found)


def reference(term: Term) -> tuple[str, tuple[Term, ...]] | None:
    """The name and all indices of a reference to a quantity, or None."""
    match term:
        case Sym(name, indices):
            return name, indices
        case Entry(Sym(name, indices), more):
            return name, (*indices, *more)
    return None


def everywhere(term: Term, change: Callable[[Term], Term]) -> Term:
    """``change`` applied to every part, innermost first."""
    return change(rebuild(term, lambda child: everywhere(child, change)))


def put(term: Term, values: Mapping[str, Term]) -> Term:
    """A term with free indices replaced; binders have names of their own, so nothing is captured."""
    if isinstance(term, Index):
        return values.get(term.name, term)
    return rebuild(term, lambda child: put(child, values))


def copied(term: Term, names: Names) -> Term:
    """The same term with new names for everything it binds."""

    def walk(node: Term, new: Mapping[str, str]) -> Term:
        match node:
            case Index(name):
                return Index(new.get(name, name))
            case Big(var=var):
                own = names.fresh(var, names.ranges[var])
                inner = {**new, var: own}
                done = rebuild(node, lambda child: walk(child, inner))
                return replace(done, var=own) if isinstance(done, Big) else done
            case Array(vars=pairs):
                owns = tuple((names.fresh(name, range_), range_) for name, range_ in pairs)
                inner = {**new, **{name: own for (name, _), (own, _) in zip(pairs, owns, strict=True)}}
                return Array(owns, walk(node.body, inner))
        return rebuild(node, lambda child: walk(child, new))

    return walk(term, {})


def key(term: Term, ranges: Mapping[str, Range]) -> tuple[str, tuple[str, ...]]:
    """A text that two terms share if they are the same up to names of indices, and their free indices in order."""
    order: dict[str, str] = {}

    def text(node: Term, bound: Mapping[str, str]) -> str:
        match node:
            case Index(name):
                if name in bound:
                    return bound[name]
                if name not in order:
                    order[name] = f"?{len(order)}:{ranges[name]}"
                return order[name]
            case Num(value=value):
                return str(value)
        own = bound_names(node)
        inner = {**bound, **{name: f"!{len(bound) + n}:{ranges[name]}" for n, name in enumerate(own)}} if own else bound
        parts = ",".join(text(child, inner) for child in children(node))
        head = type(node).__name__
        match node:
            case Sym(name=name) | Op(name=name):
                head = f"{head} {name}"
            case Big(kind=kind, range=range_):
                head = f"{kind} {range_}"
            case Array(vars=pairs):
                head = f"array {len(pairs)}"
            case Rel(op=op):
                head = op
            case Entry(indices=indices):
                head = f"entry {len(indices)}"
            case Cases(branches):
                head = f"cases {[condition is None for _, condition in branches]}"
            case _ if not children(node):
                return repr(node)
        return f"({head} {parts})"

    return text(term, {}), tuple(order)


# -- building terms ----------------------------------------------------------------------------------------------------
def factors(term: Term) -> Iterator[Term]:
    """The factors of a product, products inside it opened; a sign is the factor -1."""
    match term:
        case Op("mul", args):
            for arg in args:
                yield from factors(arg)
        case Op("neg", (arg,)):
            yield Num(Fraction(-1))
            yield from factors(arg)
        case _:
            yield term


def summands(term: Term) -> Iterator[Term]:
    """The terms of a sum, sums inside it opened."""
    match term:
        case Op("add", args):
            for arg in args:
                yield from summands(arg)
        case Op("neg", (Op("add", args),)):
            for arg in args:
                for part in summands(arg):
                    yield negated(part)
        case _:
            yield term


def product(*terms: Term) -> Term:
    """A product, numbers gathered in front."""
    number = Fraction(1)
    rest: list[Term] = []
    for part in (f for term in terms for f in factors(term)):
        if isinstance(part, Num):
            number *= part.value
        else:
            rest.append(part)
    if number == 0:
        return ZERO
    if not rest:
        return Num(number)
    whole = rest[0] if len(rest) == 1 and abs(number) == 1 else None
    if whole is None:
        body = rest if abs(number) == 1 else [Num(abs(number)), *rest]
        whole = body[0] if len(body) == 1 else Op("mul", tuple(body))
    return whole if number > 0 else Op("neg", (whole,))


def total(*terms: Term) -> Term:
    """A sum, without zeros."""
    number = Fraction(0)
    rest: list[Term] = []
    for part in (s for term in terms for s in summands(term)):
        if isinstance(part, Num):
            number += part.value
        elif isinstance(part, Op) and part.name == "neg" and isinstance(part.args[0], Num):
            number -= part.args[0].value
        else:
            rest.append(part)
    if number:
        rest.append(Num(number) if number > 0 else Op("neg", (Num(-number),)))
    if not rest:
        return ZERO
    return rest[0] if len(rest) == 1 else Op("add", tuple(rest))


def negated(term: Term) -> Term:
    """-a."""
    return product(Num(Fraction(-1)), term)


def quotient(top: Term, bottom: Term) -> Term:
    """a / b."""
    match top, bottom:
        case _, Num(value=value) if value:
            return product(Num(1 / value), top)
        case Num(value=value), _ if value == 0:
            return ZERO
        case Op("neg", (arg,)), _:
            return negated(quotient(arg, bottom))
        case Op("div", (above, below)), _:
            return quotient(above, product(below, bottom))
    return Op("div", (top, bottom))


def power(base: Term, exponent: Term) -> Term:
    """a ^ b."""
    match exponent:
        case Num(value=value) if value == 1:
            return base
        case Num(value=value) if value == 0:
            return ONE
        case Num(value=value) if value == Fraction(1, 2):
            return Op("sqrt", (base,))
    return Op("pow", (base, exponent))


def sum_over(index: str, range_: Range, body: Term) -> Term:
    """Σ_index body."""
    return ZERO if body == ZERO else Big("sum", index, range_, body)
