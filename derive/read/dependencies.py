"""What a defined quantity depends on: whether two readings of a derivative differ, and what a binder captures."""

from __future__ import annotations

from collections.abc import Mapping

from derive.language.context import Context, SymbolDecl
from derive.language.extents import Range, Shape
from derive.language.terms import Apply, Entry, Index, Sym, Term, rebuild, subterms


def mentioned(context: Context, term: Term) -> tuple[str, ...]:
    """The names of the quantities in a term, and in the bodies of the functions it calls, in the order met."""
    names: dict[str, None] = {}
    functions: dict[str, None] = {}
    stack = [term]
    while stack:
        for part in subterms(stack.pop()):
            if isinstance(part, Sym):
                names[part.name] = None
            elif isinstance(part, Apply) and part.name not in functions:
                functions[part.name] = None
                decl = context.functions.get(part.name)
                if decl is not None and decl.body is not None:
                    stack.append(decl.body)
    return tuple(names)


def direct(context: Context, name: str) -> tuple[str, ...]:
    """The quantities in the definition (or the ``depends on`` list) of ``name``."""
    decl = context.symbols.get(name)
    if decl is None:
        return ()
    if decl.definition is not None:
        return mentioned(context, decl.definition.body)
    if decl.depends:
        return tuple(name for term in decl.depends for name in mentioned(context, term))
    return ()


def depends_on(context: Context, name: str, target: str) -> bool:
    """Whether ``name`` is, or reaches through definitions, ``target``."""
    seen: dict[str, None] = {}
    stack = [name]
    while stack:
        here = stack.pop()
        if here == target:
            return True
        if here not in seen:
            seen[here] = None
            stack.extend(direct(context, here))
    return False


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


def inline(
    context: Context, decl: SymbolDecl, indices: tuple[Term, ...], scope: Mapping[str, Range | Shape]
) -> Term | None:
    """The definition itself where a binder around it binds a variable the definition mentions (``E_{p(ε)}[f(z)]``)."""
    if decl.definition is None:
        return None
    captured = [name for name, what in scope.items() if not isinstance(what, Range) and name in context.symbols]
    if not any(depends_on(context, decl.name, name) for name in captured):
        return None
    names = dict(zip(decl.definition.params, indices, strict=True))
    return _open_definitions(context, _with(decl.definition.body, names), tuple(captured))


def _open_definitions(context: Context, term: Term, captured: tuple[str, ...]) -> Term:
    if isinstance(term, Sym) and term.name not in captured:
        decl = context.symbols.get(term.name)
        if decl is not None and decl.definition is not None and any(depends_on(context, term.name, c) for c in captured):
            names = dict(zip(decl.definition.params, term.indices, strict=True))
            return _open_definitions(context, _with(decl.definition.body, names), captured)
    return rebuild(term, lambda part: _open_definitions(context, part, captured))


def _with(term: Term, names: Mapping[str, Term]) -> Term:
    if isinstance(term, Index):
        return names.get(term.name, term)
    return rebuild(term, lambda part: _with(part, names))
