"""What a defined quantity is made of: the quantities its definition mentions, and those it reaches."""

from __future__ import annotations

from collections.abc import Iterator

from derive.language.context import Context
from derive.language.found import once
from derive.language.terms import Apply, Deriv, Entry, Expect, Integral, Sym, Term, children, named_parts, subterms


def names_in(term: Term) -> dict[str, None]:
    """The quantities in a term, in the order met."""
    return {part.name: None for part in named_parts(term) if isinstance(part, Sym)}


def mentioned(context: Context, term: Term) -> tuple[str, ...]:
    """The names of the quantities in a term, and in the bodies of the functions it calls, in the order met."""
    names: dict[str, None] = {}
    functions: dict[str, None] = {}
    stack = [term]
    while stack:
        for part in named_parts(stack.pop()):
            if isinstance(part, Sym):
                names[part.name] = None
            elif part.name not in functions:
                functions[part.name] = None
                decl = context.functions.get(part.name)
                if decl is not None and decl.body is not None:
                    stack.append(decl.body)
    return tuple(names)


def mentioned_freely(context: Context, term: Term) -> tuple[str, ...]:
    """The same, but for what the bodies of the functions bind themselves, as their parameters or otherwise: such is no
    quantity."""
    names: dict[str, None] = dict(names_in(term))
    functions: dict[str, None] = {}
    stack: list[Term] = [term]
    while stack:
        for part in named_parts(stack.pop()):
            if isinstance(part, Sym) or part.name in functions:
                continue
            functions[part.name] = None
            decl = context.functions.get(part.name)
            if decl is not None and decl.body is not None:
                names |= dict.fromkeys(each for each in free_names(decl.body) if each not in decl.params)
                stack.append(decl.body)
    return tuple(names)


def free_names(term: Term) -> tuple[str, ...]:
    """The quantities in a term that nothing in it binds."""
    return once(term, _free_names)


def _free_names(term: Term) -> tuple[str, ...]:
    match term:
        case Sym(name=name):
            own: tuple[str, ...] = (name,)
            inside: tuple[Term, ...] = children(term)
        case Integral(var=var, body=body):
            own = tuple(each for each in free_names(body) if each != var)
            inside = tuple(each for each in children(term) if each is not body)
        case Expect(var=var):
            return tuple(dict.fromkeys(each for part in children(term) for each in free_names(part) if each != var))
        case _:
            own, inside = (), children(term)
    return tuple(dict.fromkeys((*own, *(each for part in inside for each in free_names(part)))))


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
