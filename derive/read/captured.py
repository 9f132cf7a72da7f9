"""Functions whose bodies mention what a binder around a call binds: ``\\mathbb{E}[z f(m)]`` with ``f(m) = m + z``."""

from __future__ import annotations

from collections.abc import Mapping

from derive.language.context import Context, FunctionDecl
from derive.language.dependencies import depends_on, mentioned
from derive.language.terms import Apply, At, Deriv, Index, Sym, Term, bound_names, rebuild, subterms
from derive.read.dependencies import opened_down_to, with_names
from derive.read.errors import ReadError


def with_calls_opened(context: Context, term: Term, names: tuple[str, ...]) -> Term:
    """A term below a binder of ``names``, with each call written out whose body would mean these quantities as they are
    outside; ``ReadError`` where it cannot be."""
    names = tuple(name for name in names if name in context.symbols)
    return _opened(context, term, names) if names else term


def _opened(context: Context, term: Term, names: tuple[str, ...]) -> Term:
    if isinstance(term, Apply):
        decl = context.functions.get(term.name)
        if decl is not None and decl.body is not None and _mentions(context, decl, decl.body, names):
            args = tuple(_opened(context, each, names) for each in term.args)
            body = with_names(decl.body, dict(zip(decl.family_names, term.indices, strict=True)))
            body = _at(body, dict(zip(decl.params, args, strict=True)), decl.name)
            return _opened(context, opened_down_to(context, body, names), names)
    return rebuild(term, lambda part: _opened(context, part, names))


def _mentions(context: Context, decl: FunctionDecl, body: Term, names: tuple[str, ...]) -> bool:
    """Whether a body mentions, itself or by what it is made of, one of these quantities that is no parameter of it."""
    free = [name for name in mentioned(context, body) if name not in decl.params]
    return any(depends_on(context, each, name) for each in free for name in names)


def _at(body: Term, values: Mapping[str, Term], function: str) -> Term:
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


__all__ = ["with_calls_opened"]
