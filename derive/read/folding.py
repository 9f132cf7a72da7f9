"""A term in terms of a quantity that is defined afterwards: ``a_{ik} = θ_k^T x_i`` in what was written with θ and x."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass, replace

from derive.language.context import Context, SymbolDecl
from derive.language.dependencies import depends_on, mentioned
from derive.language.extents import Range
from derive.language.terms import Apply, Array, Big, Expect, Index, Num, Op, Sym, Term, bound_names, rebuild, subterms
from derive.read.dependencies import opened, with_names
from derive.read.errors import ReadError


def in_terms_of(context: Context, term: Term, name: str) -> Term:
    """The term with definitions opened until ``name`` stands for each of its values; unchanged if it does already.

    ``ReadError`` where what ``name`` is made of occurs beside it too: a derivative in it could then mean two things.
    """
    decl = context.symbols.get(name)
    if decl is None or decl.definition is None or _reaches(context, term, name):
        return term
    made_of = frozenset(_primitives(context, name))
    if isinstance(term, Sym) and term.name in made_of:
        return term  # the derivative of what it is made of: that of an inverse, which others read
    if not any(depends_on(context, each, other) for each in mentioned(context, term) for other in made_of):
        return term
    called = _calls_opened(context, term)
    if called != term and _reaches(context, called, name) and not _mentions(context, called, made_of, name):
        return called
    term = called
    for _ in range(_DEEPEST):
        for folded in (_fold(context, term, decl, {}), _turned(term, decl)):
            if folded != term and not _mentions(context, folded, made_of, name):
                return folded
        deeper = opened(context, term, name)
        if deeper == term:
            break
        term = deeper
    raise ReadError(
        f"cannot tell what depends on {name} here: it is not written in terms of it", term.span, f"write it with {name}"
    )


def folded(context: Context, term: Term, name: str) -> Term:
    """The term with ``name`` for each of its values that is written out in it as its definition is."""
    return _fold(context, term, context.symbols[name], {})


_DEEPEST = 6


def _calls_opened(context: Context, term: Term) -> Term:
    """The term with each function that stands at its own parameters, ``f(w)``, written out."""
    decl = context.functions.get(term.name) if isinstance(term, Apply) else None
    own = isinstance(term, Apply) and decl is not None and term.args == tuple(map(Sym, decl.params))
    if isinstance(term, Apply) and own and decl is not None and decl.body is not None:
        return with_names(decl.body, dict(zip(decl.family_names, term.indices, strict=True)))
    symbol = context.symbols.get(term.name) if isinstance(term, Sym) and not term.indices else None
    value = symbol.definition.body if symbol is not None and symbol.definition is not None else None
    if isinstance(value, Apply):  # f alone stands for f(w)
        return _calls_opened(context, value)
    return rebuild(term, lambda part: _calls_opened(context, part))


def _reaches(context: Context, term: Term, name: str) -> bool:
    return any(depends_on(context, each, name) for each in mentioned(context, term))


def _primitives(context: Context, name: str) -> list[str]:
    """What a quantity is made of in the end, without what only picks a member (labels)."""
    decl = context.symbols[name]
    if decl.definition is None:
        return [name]
    return [each for other in mentioned(context, decl.definition.body) if other in context.symbols
            for each in _primitives(context, other)]  # fmt: skip


def _mentions(context: Context, term: Term, made_of: frozenset[str], but: str) -> bool:
    """Whether a term reaches one of these quantities other than through ``but``."""
    seen: set[str] = set()
    stack = [each for each in mentioned(context, term) if each != but]
    while stack:
        here = stack.pop()
        if here in made_of:
            return True
        decl = context.symbols.get(here)
        if here in seen or here == but or decl is None or decl.definition is None:
            continue
        seen.add(here)
        stack.extend(mentioned(context, decl.definition.body))
    return False


def _fold(context: Context, term: Term, decl: SymbolDecl, scope: Mapping[str, object]) -> Term:
    """The term with every instance of a definition replaced by what it defines."""
    found: dict[str, Term] = {}
    if decl.definition is not None and _fits(decl.definition.body, term, decl.definition.params, found):
        indices = tuple(found.get(param, term) for param in decl.definition.params)
        free = not any(isinstance(part, Sym) and part.name in scope for part in subterms(term))
        if free and len(found) == len(decl.definition.params) and _in_range(context, decl, indices, scope):
            return Sym(decl.name, indices, span=term.span)
    inner = {**scope, **_bindings(term)}
    return rebuild(term, lambda part: _fold(context, part, decl, inner))


def _turned(term: Term, decl: SymbolDecl) -> Term:
    """The term with 1/τ for s, where τ is defined as 1/s; and with the inverse of Λ for S, where Λ is that of S."""
    match decl.definition.body if decl.definition is not None and not decl.definition.params else None:
        case Op("inverse", (whole,)):
            value: Term = Op("inverse", (Sym(decl.name),))
        case Op("div", (Num(value=1) as one, whole)):
            value = Op("div", (one, Sym(decl.name)))
        case _:
            return term
    names = {part.name for part in subterms(whole) if isinstance(part, Sym)}

    def turned(part: Term) -> Term:
        if part == whole:
            return replace(value, span=part.span)
        return part if names & set(bound_names(part)) else rebuild(part, turned)

    return turned(term)


def _bindings(term: Term) -> dict[str, object]:
    """The names that a binder binds, each with its range if it is an index."""
    match term:
        case Big(var=var, range=range_):
            return {var: range_}
        case Expect(var=var, domain=domain):
            return {var: domain}
        case Array(vars=pairs):
            return dict(pairs)
    return dict.fromkeys(bound_names(term), None)


def _in_range(context: Context, decl: SymbolDecl, indices: tuple[Term, ...], scope: Mapping[str, object]) -> bool:
    """Whether each index is a name that runs over just what this family takes."""
    for index, range_ in zip(indices, decl.family, strict=True):
        if not isinstance(index, Index):
            return False
        found = scope.get(index.name, context.indices.get(index.name))
        if not isinstance(found, Range) or found != range_:
            return False
    return True


def _fits(pattern: object, term: object, params: tuple[str, ...], found: dict[str, Term]) -> bool:
    """Whether a term is a definition's body with other indices for its parameters."""
    if isinstance(pattern, Index) and pattern.name in params:
        return isinstance(term, Index) and found.setdefault(pattern.name, term) == term
    if isinstance(pattern, tuple) and isinstance(term, tuple):
        return len(pattern) == len(term) and all(_fits(a, b, params, found) for a, b in zip(pattern, term, strict=True))
    if not isinstance(pattern, Term) or not is_dataclass(pattern) or type(pattern) is not type(term):
        return pattern == term
    if bound_names(pattern):
        return pattern == term and not any(
            isinstance(part, Index) and part.name in params for part in subterms(pattern)
        )
    return all(
        _fits(getattr(pattern, item.name), getattr(term, item.name), params, found)
        for item in fields(pattern)
        if item.compare
    )
