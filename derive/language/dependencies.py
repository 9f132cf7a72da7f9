"""What a defined quantity is made of: the quantities its definition mentions, and those it reaches."""

from __future__ import annotations

from collections.abc import Iterator

from derive.language.context import Context
from derive.language.terms import Apply, Deriv, Entry, Sym, Term, named_parts, subterms


def names_in(term: Term) -> dict[str, None]:
    """The quantities in a term, in the order met."""
    return {part.name: None for part in named_parts(term) if isinstance(part, Sym)}


def mentioned(context: Context, term: Term) -> tuple[str, ...]:
    """The names of the quantities in a term, and in the bodies of the functions it calls, in the order met."""
    return tuple(_mentioned(context, term, parameters=True))


def mentioned_freely(context: Context, term: Term) -> tuple[str, ...]:
    """The same, but for the parameters of the functions that are called, which are no quantities."""
    return tuple(_mentioned(context, term, parameters=False))


def _mentioned(context: Context, term: Term, parameters: bool) -> dict[str, None]:
    names: dict[str, None] = {}
    functions: dict[str, None] = {}
    stack: list[tuple[Term, tuple[str, ...]]] = [(term, ())]
    while stack:
        here, held = stack.pop()
        for part in named_parts(here):
            if isinstance(part, Sym):
                names |= {} if part.name in held else {part.name: None}
            elif part.name not in functions:
                functions[part.name] = None
                decl = context.functions.get(part.name)
                if decl is not None and decl.body is not None:
                    stack.append((decl.body, () if parameters else decl.params))
    return names


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


def all_parts(context: Context, term: Term) -> Iterator[Term]:
    """The parts of a term, and of all that the names in it stand for."""
    seen: set[tuple[type[Term], str]] = set()
    stack = [term]
    while stack:
        for part in subterms(stack.pop()):
            yield part
            if isinstance(part, Sym | Apply) and (type(part), part.name) not in seen:
                seen.add((type(part), part.name))
                stack += bodies(context, part)


def bodies(context: Context, part: Sym | Apply) -> list[Term]:
    """What a name is defined by."""
    if isinstance(part, Apply):
        called = context.functions.get(part.name)
        return [] if called is None or called.body is None else [called.body]
    decl = context.symbols.get(part.name)
    return [] if decl is None or decl.definition is None else [decl.definition.body]


def is_moved_inside(context: Context, body: Term, name: str) -> bool:
    """Whether a derivative in a term, or in what the term is made of, is taken in something that ``name`` is made of:
    with ``name`` at a value it would be another derivative, of what does not move any more."""
    for part in all_parts(context, body):
        wrt = part.wrt.base if isinstance(part, Deriv) and isinstance(part.wrt, Entry) else None
        wrt = part.wrt if isinstance(part, Deriv) and wrt is None else wrt
        if isinstance(wrt, Sym) and wrt.name != name and depends_on(context, name, wrt.name):
            return True
    return False
