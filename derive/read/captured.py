"""Functions whose bodies mention what a binder around a call binds: ``\\mathbb{E}[z f(m)]`` with ``f(m) = m + z``."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from derive.language.context import Context, FunctionDecl
from derive.language.dependencies import depends_on, mentioned_freely
from derive.language.extents import Range, Shape
from derive.language.terms import Apply, At, Deriv, Entry, Index, Sym, Term, bound_names, rebuild, subterms
from derive.read import syntax as s
from derive.read.dependencies import opened_down_to, with_names
from derive.read.errors import ReadError
from derive.read.parser import parse

if TYPE_CHECKING:
    from derive.read.resolver import Resolver


def outside(r: Resolver, variable: s.Node) -> Term | None:
    """What the variable of an expectation or an integral stands for outside of it: nothing, a quantity, a member of a
    family, an entry."""
    try:
        return r.expression(variable).term
    except ReadError:
        return None


def symbol_of(r: Resolver, name: str) -> str:
    """The name that a quantity is declared by: that of the family, of a member that is written with its indices."""
    if name in r.context.symbols:
        return name
    try:
        term = outside(r, parse(name))
    except ReadError:
        return name
    while isinstance(term, Entry):
        term = term.base
    return term.name if isinstance(term, Sym) else name


def under_binder(context: Context, term: Term, name: str, before: Term | None, domain: Range | Shape) -> Term:
    """A term below a binder of ``name``, which stands for ``before`` outside of it, such that everything in it that is
    made of this varies with what is bound: ``\\mathbb{E}_{x_i}[y_i]`` with ``y_i = x_i^2`` is not y_i.

    Where it cannot be (other members of the family may be the one that is bound), ``ReadError``.
    """
    term = with_calls_opened(context, term, (name,))
    base = before
    while isinstance(base, Entry):
        base = base.base
    if before is None or not isinstance(base, Sym) or (base.name == name and not isinstance(domain, Range)):
        return term
    if not _is_made_of(context, term, base.name):
        return term
    term = with_definitions(context, term, base.name)
    bound: Term = Index(name) if isinstance(domain, Range) else Sym(name)
    term = with_bound(term, before, bound)
    if _is_made_of(context, term, base.name):
        raise ReadError(
            f"expected only {name} of {base.name} here: its other members may be the same one",
            None,
            "write out what is averaged over",
        )
    return term


def with_definitions(context: Context, term: Term, base: str) -> Term:
    """A term with every definition, and every call, written out that is made of a quantity."""
    return _opened(context, opened_down_to(context, term, (base,)), (base,))


def _is_made_of(context: Context, term: Term, base: str) -> bool:
    return any(depends_on(context, each, base) for each in mentioned_freely(context, term))


def with_bound(term: Term, before: Term, bound: Term) -> Term:
    """A term with what is bound in the place of what it is outside, but not below a binder of one of its indices."""
    if term == before:
        return bound
    letters = {part.name for part in subterms(before) if isinstance(part, Index)}
    if letters & {*bound_names(term)}:
        return term
    return rebuild(term, lambda part: with_bound(part, before, bound))


def with_calls_opened(context: Context, term: Term, names: tuple[str, ...]) -> Term:
    """A term below a binder of ``names``, with each call written out whose body would mean these quantities as they are
    outside; ``ReadError`` where it cannot be."""
    names = tuple(name for name in names if name in context.symbols)
    return _opened(context, term, names) if names else term


def _opened(context: Context, term: Term, names: tuple[str, ...]) -> Term:
    if isinstance(term, Apply):
        decl = context.functions.get(term.name)
        if decl is not None and decl.body is not None and _mentions(context, decl, names):
            args = tuple(_opened(context, each, names) for each in term.args)
            body = with_names(decl.body, dict(zip(decl.family_names, term.indices, strict=True)))
            body = at_arguments(body, dict(zip(decl.params, args, strict=True)), decl.name)
            return _opened(context, opened_down_to(context, body, names), names)
    return rebuild(term, lambda part: _opened(context, part, names))


def _mentions(context: Context, decl: FunctionDecl, names: tuple[str, ...]) -> bool:
    """Whether a function's body mentions, itself or by what it is made of, one of these quantities, which is no
    parameter of the function that mentions it."""
    free = mentioned_freely(context, Apply(decl.name, ()))
    return any(depends_on(context, each, name) for each in free for name in names)


def at_arguments(body: Term, values: Mapping[str, Term], function: str) -> Term:
    """The body of a function at arguments."""
    values = {name: value for name, value in values.items() if value != Sym(name)}
    if not values:
        return body
    within = {part.name for value in values.values() for part in subterms(value) if isinstance(part, Sym | Index)}
    for part in subterms(body):
        bound = {*bound_names(part)} & (within | values.keys())
        differentiated = isinstance(part, Deriv | At) and any(
            isinstance(each, Sym) and each.name in values for each in subterms(part)
        )
        if bound or differentiated or (isinstance(part, Sym) and part.name in values and part.indices):
            raise ReadError(
                f"the values of {function} depend on what is averaged over here", None, f"write {function} out"
            )
    return _replaced(body, values)


def _replaced(term: Term, values: Mapping[str, Term]) -> Term:
    if isinstance(term, Sym) and term.name in values:
        return values[term.name]
    return rebuild(term, lambda part: _replaced(part, values))


__all__ = ["outside", "under_binder", "with_bound", "with_calls_opened", "with_definitions"]
