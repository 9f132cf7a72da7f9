"""What a defined quantity depends on: whether two readings of a derivative differ, and what a binder captures."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace

from derive.language.context import Context, SymbolDecl
from derive.language.dependencies import depends_on, direct
from derive.language.extents import Range, Shape
from derive.language.operators import ShapeError
from derive.language.shapes import extent_of
from derive.language.terms import Array, Big, Entry, Expect, Index, Sym, Term, bound_names, rebuild, subterms
from derive.read.errors import ReadError


def _variable(term: Term) -> str | None:
    while isinstance(term, Entry):
        term = term.base
    return term.name if isinstance(term, Sym) else None


def local_differs(context: Context, body: Term, wrt: Term) -> bool:
    """Whether one edge of the computation graph is less than the total derivative: ``wrt`` stands in the definition of
    ``body``, and so does another defined quantity that depends on it."""
    name, target = _variable(body), _variable(wrt)
    if name is None or target is None or name == target or target not in direct(context, name):
        return False
    for other in direct(context, name):
        if other not in (target, name) and direct(context, other) and depends_on(context, other, target):
            return True
    return False


_HELD = "held under binders"
"""The option with what does not move with which bound quantities."""


def holding(context: Context, fixed: Collection[str], bound: Iterable[str]) -> Context:
    """The context in which the ``fixed`` quantities do not move with what a binder calls by these names: in the body
    of ``Q(W)``, an m that is made of W and held fixed is what it is outside."""
    return context.with_option(_HELD, (frozenset(fixed), frozenset(bound))) if fixed else context


def without_holding(context: Context) -> Context:
    """The context in which nothing is held fixed any more."""
    return context.with_option(_HELD, None) if _HELD in context.options else context


def inline(
    context: Context, decl: SymbolDecl, indices: tuple[Term, ...], scope: Mapping[str, Range | Shape]
) -> Term | None:
    """The definition itself where a binder around it binds a variable the definition mentions (``E_{p(ε)}[f(z)]``, or
    a label ``\\sum_{u=1}^K w_u``)."""
    if decl.definition is None:
        return None
    captured = [name for name in scope if name in context.symbols]
    match context.options.get(_HELD):
        case (frozenset() as fixed, frozenset() as bound) if decl.name in fixed:
            captured = [name for name in captured if name not in bound]
    if not any(depends_on(context, decl.name, name) for name in captured):
        return None
    names = dict(zip(decl.definition.params, indices, strict=True))
    opened = _open_definitions(context, with_names(decl.definition.body, names), tuple(captured))
    labels = frozenset(name for name in captured if isinstance(scope[name], Range))
    return _with_labels(opened, labels) if labels else opened


def _with_labels(term: Term, labels: frozenset[str]) -> Term:
    """A term with the bound indices in the place of labels of their names."""
    if isinstance(term, Sym) and term.name in labels and not term.indices:
        return Index(term.name)
    return rebuild(term, lambda part: _with_labels(part, labels))


def opened(context: Context, term: Term, but: str) -> Term:
    """The term with every quantity except ``but`` replaced by its definition, once."""
    if isinstance(term, Sym) and term.name != but and term.name in context.symbols:
        decl = context.symbols[term.name]
        if decl.definition is not None:
            return with_names(decl.definition.body, dict(zip(decl.definition.params, term.indices, strict=True)))
    return rebuild(term, lambda part: opened(context, part, but))


def opened_down_to(context: Context, term: Term, names: tuple[str, ...]) -> Term:
    """A term with every definition written out that depends on one of these quantities."""
    return _open_definitions(context, term, names)


def _open_definitions(context: Context, term: Term, captured: tuple[str, ...]) -> Term:
    if isinstance(term, Sym) and term.name not in captured:
        decl = context.symbols.get(term.name)
        if (
            decl is not None
            and decl.definition is not None
            and any(depends_on(context, term.name, c) for c in captured)
        ):
            names = dict(zip(decl.definition.params, term.indices, strict=True))
            return _open_definitions(context, with_names(decl.definition.body, names), captured)
    match opened := rebuild(term, lambda part: _open_definitions(context, part, captured)):
        case Entry(base=Array(vars=bound, body=body), indices=at) if len(at) == len(bound):
            return with_names(body, {name: index for (name, _), index in zip(bound, at, strict=True)})
    return opened


def with_names(term: Term, names: Mapping[str, Term]) -> Term:
    """The body of a definition with its parameters replaced; ``ReadError`` where one would be captured by a binder."""
    if isinstance(term, Index):
        return names.get(term.name, term)
    bound = bound_names(term)
    if bound:
        names = {name: value for name, value in names.items() if name not in bound}
        within = {part.name for value in names.values() for part in subterms(value) if isinstance(part, Index | Sym)}
        clash = next((name for name in bound if name in within), None)
        if clash is not None and any(_names_index(part, names) for part in subterms(term)):
            raise ReadError(
                f"{clash} is an index here and is bound in a definition that has to be opened", None, "rename one"
            )
        term = _ranged(term, names)
    return rebuild(term, lambda part: with_names(part, names))


def _names_index(part: Term, names: Mapping[str, Term]) -> bool:
    """Whether one of ``names`` is an index here, or in the range of a binder here."""
    match part:
        case Index(name):
            return name in names
        case Big(range=range_) | Expect(domain=Range() as range_):
            return not range_.names.isdisjoint(names)
        case Array(vars=pairs):
            return any(not range_.names.isdisjoint(names) for _, range_ in pairs)
    return False


def _ranged(term: Term, names: Mapping[str, Term]) -> Term:
    """A binder whose range mentions parameters, with them replaced."""
    match term:
        case Big(range=range_) if range_.names & names.keys():
            return replace(term, range=_range_with(range_, names))
        case Expect(domain=Range() as domain) if domain.names & names.keys():
            return replace(term, domain=_range_with(domain, names))
        case Array(vars=pairs) if any(range_.names & names.keys() for _, range_ in pairs):
            return replace(term, vars=tuple((name, _range_with(range_, names)) for name, range_ in pairs))
    return term


def _range_with(range_: Range, names: Mapping[str, Term]) -> Range:
    try:
        ends = {name: extent_of(value) for name, value in names.items() if name in range_.names}
    except ShapeError as error:
        raise ReadError(f"{error}, as the end of a range in a definition that has to be opened") from error
    return Range(range_.low.renamed(ends), range_.high.renamed(ends))
