"""Terms: what an author wrote, as typed trees that keep order, signs and fractions.

Nothing here simplifies. ``Op("div", (x, x))`` stays a quotient, so that the condition "x is not zero" can still be
seen. Names are resolved lexically: a binder (``Big``, ``Integral``, ``Expect``, ``Array``) hides an outer name of the
same spelling.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, fields, replace
from fractions import Fraction
from typing import Any

from derive.language.extents import Range, Shape
from derive.language.found import once


@dataclass(frozen=True)
class Span:
    """Where something stands in a source: offsets ``start`` (first character) to ``stop`` (one past the last)."""

    start: int
    stop: int


@dataclass(frozen=True)
class Term:
    """Base of all terms. ``span`` is where it was read; it takes no part in equality. Its dictionary keeps what is
    looked for in a term more than once."""

    span: Span | None = field(default=None, compare=False, repr=False, kw_only=True)

    def __init_subclass__(cls) -> None:
        cls.__hash__ = _kept_hash  # type: ignore[assignment, method-assign] # else each asks all that is below it, every time

    def __getstate__(self) -> dict[str, object]:
        return {item.name: getattr(self, item.name) for item in fields(self)}  # what is kept is of this process

    # -- a surface for authors in Python -------------------------------------------------------------------------
    def __add__(self, other: object) -> Term:
        return Op("add", (self, term(other)))

    def __radd__(self, other: object) -> Term:
        return Op("add", (term(other), self))

    def __sub__(self, other: object) -> Term:
        return Op("add", (self, Op("neg", (term(other),))))

    def __rsub__(self, other: object) -> Term:
        return Op("add", (term(other), Op("neg", (self,))))

    def __mul__(self, other: object) -> Term:
        return Op("mul", (self, term(other)))

    def __rmul__(self, other: object) -> Term:
        return Op("mul", (term(other), self))

    def __matmul__(self, other: object) -> Term:
        return Op("mul", (self, term(other)))

    def __truediv__(self, other: object) -> Term:
        return Op("div", (self, term(other)))

    def __rtruediv__(self, other: object) -> Term:
        return Op("div", (term(other), self))

    def __pow__(self, other: object) -> Term:
        return Op("pow", (self, term(other)))

    def __neg__(self) -> Term:
        return Op("neg", (self,))

    @property
    def T(self) -> Term:
        """The transpose."""
        return Op("transpose", (self,))


def _kept_hash(node: Term) -> int:
    """The hash of what is compared in a term, worked out once."""
    known: int | None = node.__dict__.get("_hash")
    if known is None:
        known = node.__dict__["_hash"] = hash(tuple([getattr(node, name) for name in _compared(type(node))]))
    return known


_COMPARED: dict[type[Term], tuple[str, ...]] = {}


def _compared(kind: type[Term]) -> tuple[str, ...]:
    """The fields of a class of terms that take part in equality."""
    names = _COMPARED.get(kind)
    if names is None:
        names = _COMPARED[kind] = tuple(item.name for item in fields(kind) if item.compare)
    return names


@dataclass(frozen=True)
class Num(Term):
    """A rational number; ``text`` is how it was written (``1.098`` is exactly 1098/1000)."""

    value: Fraction
    text: str = field(default="", compare=False)


@dataclass(frozen=True)
class Const(Term):
    """A named constant: ``pi`` (3.14…), ``e`` (2.71…) or ``inf``."""

    name: str


@dataclass(frozen=True)
class Size(Term):
    """A symbolic size used as a number: the ``N`` in ``1/N``."""

    name: str


@dataclass(frozen=True)
class Index(Term):
    """An index variable, as a subscript or as a number."""

    name: str


@dataclass(frozen=True)
class Sym(Term):
    """A declared quantity (or a bound variable) with its family subscripts: ``μ_k`` is ``Sym("μ", (Index("k"),))``.

    Its shape is that of one member of the family. Entries of that member are taken by ``Entry``.
    """

    name: str
    indices: tuple[Term, ...] = ()


@dataclass(frozen=True)
class Entry(Term):
    """One entry of a vector (one index) or of a matrix (two); one index on a matrix takes a row, as a vector."""

    base: Term
    indices: tuple[Term, ...]


@dataclass(frozen=True)
class Op(Term):
    """A built-in operator applied to terms; ``derive.language.operators`` has one row per name."""

    name: str
    args: tuple[Term, ...]


@dataclass(frozen=True)
class Apply(Term):
    """A declared function of the context applied to terms: ``g(ε, φ, x)``; ``indices`` are family subscripts of the
    function."""

    name: str
    args: tuple[Term, ...]
    indices: tuple[Term, ...] = ()


@dataclass(frozen=True)
class Big(Term):
    """A big operator over an index: ``kind`` is sum, prod, max, min, argmax or argmin; ``where`` restricts the index
    (``k ≠ j``)."""

    kind: str
    var: str
    range: Range
    body: Term
    where: Term | None = None


@dataclass(frozen=True)
class Integral(Term):
    """∫ body d var. Without limits it runs over all of ℝ (or ℝ^d for a vector variable of that ``shape``)."""

    var: str
    body: Term
    shape: Shape = ()
    low: Term | None = None
    high: Term | None = None


@dataclass(frozen=True)
class Expect(Term):
    """E over ``var`` with probability (or density) ``density``: a sum where ``domain`` is a ``Range``, else an integral
    over that shape."""

    var: str
    domain: Range | Shape
    density: Term
    body: Term


@dataclass(frozen=True)
class Deriv(Term):
    """The derivative of ``body`` in ``wrt`` (a ``Sym``, an ``Entry`` or an ``Apply``).

    ``wrt`` may be a defined quantity: it is then held as an independent variable, and everything else in ``body`` is
    unfolded (a total derivative through the computation graph). With ``local=True`` the other defined quantities that
    occur in the definition of ``body`` are held fixed too (one edge of the graph).
    The shape is that of ``body`` followed by that of ``wrt``; for a scalar body, the shape of its variable (gradient
    layout).
    """

    body: Term
    wrt: Term
    local: bool = False


@dataclass(frozen=True)
class At(Term):
    """``body`` with the variable ``var`` set to ``value``: f|_{α = 0}. Derivatives inside are taken first."""

    body: Term
    var: Sym
    value: Term


@dataclass(frozen=True)
class Array(Term):
    """The vector or matrix whose entry at ``vars`` is ``body``: ``Array((("i", 1..n),), x_i)``."""

    vars: tuple[tuple[str, Range], ...]
    body: Term


@dataclass(frozen=True)
class Matrix(Term):
    """A matrix written out by rows, of numbers or of blocks that fit each other; one column makes a vector."""

    rows: tuple[tuple[Term, ...], ...]


@dataclass(frozen=True)
class Cases(Term):
    """The first branch whose condition holds; a condition ``None`` means otherwise."""

    branches: tuple[tuple[Term, Term | None], ...]


@dataclass(frozen=True)
class Rel(Term):
    """A relation between two terms, used as a condition: ``op`` is one of = != < <= > >=."""

    op: str
    left: Term
    right: Term


def term(value: object) -> Term:
    """A Python number, name of a size, or term, as a term.

    >>> term(2)
    Num(value=Fraction(2, 1), text='')
    """
    if isinstance(value, Term):
        return value
    if isinstance(value, bool):
        raise TypeError("a truth value is not a term; write Op('indicator', …)")
    if isinstance(value, int | Fraction):
        return Num(Fraction(value))
    raise TypeError(f"expected a term, an integer or a Fraction, found {type(value).__name__}: {value!r}")


def _parts(value: object) -> Iterator[Term]:
    if isinstance(value, Term):
        yield value
    elif isinstance(value, tuple):
        for item in value:
            yield from _parts(item)


def children(node: Term) -> tuple[Term, ...]:
    """The terms directly below this one, in the order written; looked for once in a term."""
    names = _parts_of(type(node))
    if not names:
        return ()
    known: tuple[Term, ...] | None = node.__dict__.get("_children")
    if known is None:
        known = tuple([part for name in names for part in _parts(getattr(node, name))])
        object.__setattr__(node, "_children", known)
    return known


_PARTS: dict[type[Term], tuple[str, ...]] = {}


def _parts_of(kind: type[Term]) -> tuple[str, ...]:
    """The fields of a class of terms that may hold terms."""
    names = _PARTS.get(kind)
    if names is None:
        names = tuple(item.name for item in fields(kind) if "Term" in str(item.type) or item.type == "Sym")
        _PARTS[kind] = names
    return names


def rebuild(node: Term, change: Callable[[Term], Term]) -> Term:
    """The same node with ``change`` applied to each term directly below it; binders and their names are left alone."""

    new: dict[str, Any] = {name: _changed(getattr(node, name), change) for name in _parts_of(type(node))}
    if all(new[name] == getattr(node, name) for name in new):
        return node
    return replace(node, **new)


def _changed(value: object, change: Callable[[Term], Term]) -> object:
    """What a field holds, with every term in it changed."""
    if isinstance(value, Term):
        return change(value)
    if isinstance(value, tuple):
        return tuple([_changed(item, change) for item in value])
    return value


def subterms(node: Term) -> Iterator[Term]:
    """The term and everything below it, outermost first, in the order written."""
    stack = [node]
    while stack:
        here = stack.pop()
        yield here
        stack.extend(reversed(children(here)))


def named_parts(node: Term) -> tuple[Sym | Apply, ...]:
    """The quantities and the calls of functions in a term, the first of each name, as ``subterms`` comes upon them;
    looked for once in a term."""
    return once(node, _named_parts)


def _named_parts(node: Term) -> tuple[Sym | Apply, ...]:
    found: dict[tuple[type[Term], str], Sym | Apply] = {}
    for part in subterms(node):
        if isinstance(part, Sym | Apply):
            found.setdefault((type(part), part.name), part)
    return tuple(found.values())


def bound_names(node: Term) -> tuple[str, ...]:
    """The names this node binds in its body."""
    match node:
        case Big(var=var) | Integral(var=var) | Expect(var=var):
            return (var,)
        case Array(vars=pairs):
            return tuple(name for name, _ in pairs)
    return ()
