"""What a context gives up where a letter comes to mean something else: a size that is an index now, or the reverse."""

from __future__ import annotations

from dataclasses import fields, replace
from types import MappingProxyType

from derive.language.context import Context, FunctionDecl, SymbolDecl
from derive.language.extents import Range
from derive.language.terms import Array, Big, Expect, Index, Term, children, subterms
from derive.read import syntax as s
from derive.read.names import Component, Form, Signature, Whole, option


def without(context: Context, letter: str) -> Context:
    """The context without a size or an index, and without all that it measures or counts, and what is made of that."""
    sizes = {name: least for name, least in context.sizes.items() if name != letter}
    indices = {
        name: range_ for name, range_ in context.indices.items() if name != letter and letter not in range_.names
    }
    symbols = frozenset(name for name, decl in context.symbols.items() if _about(decl, letter))
    functions = frozenset(name for name, decl in context.functions.items() if _function_about(decl, letter))
    kept = replace(
        context,
        sizes=MappingProxyType(sizes),
        indices=MappingProxyType(indices),
        facts=tuple(fact for fact in context.facts if letter not in free_in(fact.statement)),
    )
    return without_names(kept, symbols | functions)


def without_names(context: Context, gone: frozenset[str]) -> Context:
    """The context without these quantities and functions, and without all that is defined or said in terms of them:
    the unknown density of a random one is."""
    while gone:
        gone |= frozenset(str(density) for name, density in option(context, "random").items() if name in gone)
        context = _with_notation_of(_without_these(context, gone), gone)
        gone = _dangling(context, gone)
    return context


def without_dependents(context: Context, changed: frozenset[str]) -> Context:
    """The context without all that is defined or said in terms of these quantities, which themselves stay."""
    return without_names(context, _dangling(context, changed) - changed) if changed else context


def _without_these(context: Context, gone: frozenset[str]) -> Context:
    return replace(
        context,
        symbols=MappingProxyType({name: decl for name, decl in context.symbols.items() if name not in gone}),
        functions=MappingProxyType({name: decl for name, decl in context.functions.items() if name not in gone}),
        facts=tuple(fact for fact in context.facts if not free_in(fact.statement) & gone),
    )


def _dangling(context: Context, gone: frozenset[str]) -> frozenset[str]:
    """What is still declared, but in terms of what is ``gone``."""
    return frozenset(
        name
        for name, decl in context.symbols.items()
        if (decl.definition is not None and free_in(decl.definition.body) & gone)
        or any(free_in(term) & gone for term in decl.depends or ())
    ) | frozenset(
        name
        for name, decl in context.functions.items()
        if decl.body is not None and (free_in(decl.body) - {*decl.params}) & gone
    )


def _about(decl: SymbolDecl, letter: str) -> bool:
    return (
        any(letter in extent.names for extent in decl.shape)
        or any(letter in range_.names for range_ in decl.family)
        or letter in decl.family_names
        or (decl.definition is not None and letter in free_in(decl.definition.body))
    )


def _function_about(decl: FunctionDecl, letter: str) -> bool:
    return (
        any(letter in extent.names for shape in (decl.shape, *decl.param_shapes) for extent in shape)
        or any(letter in range_.names for range_ in decl.family)
        or letter in decl.family_names
        or (decl.body is not None and letter in free_in(decl.body))
    )


def letters_in(term: Term) -> set[str]:
    """Every name in a term: of quantities, functions, sizes and indices."""
    return {getattr(part, "name", "") for part in subterms(term)}


def free_in(term: Term) -> frozenset[str]:
    """Every name in a term, and in the ranges of its sums, but for indices where the term binds them: in
    ``\\sum_b e^{w_b}`` b is none."""
    if isinstance(term, Index):
        return frozenset((term.name,))
    own = getattr(term, "name", "")
    inside = frozenset().union(*map(free_in, children(term)))
    match term:
        case Big(var=var, range=range_) | Expect(var=var, domain=Range() as range_):
            return (inside - {var}) | range_.names
        case Array(vars=pairs):
            return (inside - {name for name, _ in pairs}).union(*(range_.names for _, range_ in pairs))
    return inside | {own} if own else inside


def _with_notation_of(context: Context, gone: frozenset[str]) -> Context:
    """The context without notation that stands for one of the names that are ``gone``."""
    if not gone:
        return context
    for name in ("component", "alias", "called", "signatures", "variants", "distributed", "random"):
        old = option(context, name)
        new = {key: kept for key, value in old.items() if (kept := _kept(value, gone)) is not None}
        if name in ("distributed", "random"):
            new = {key: kept for key, kept in new.items() if key not in gone}
        if len(new) != len(old) or any(new[key] is not old[key] for key in new):
            context = context.with_option(name, MappingProxyType(new))
    return context


def _kept(value: object, gone: frozenset[str]) -> object | None:
    """What is left of one entry of a notation; None if that is nothing."""
    match value:
        case Component(whole=whole):
            return None if whole in gone else value
        case Whole() | str():
            return None if value in gone else value
        case s.Node():
            return None if _written_in(value) & gone else value
        case tuple():
            left = tuple(item for item in value if not _names_gone(item, gone))
            return (left if len(left) != len(value) else value) or None
    return value


def _written_in(node: s.Node) -> set[str]:
    """Every name that is written in a formula, with its subscript and without."""
    found: set[str] = set()
    stack: list[object] = [node]
    while stack:
        here = stack.pop()
        if isinstance(here, tuple):
            stack.extend(here)
        elif isinstance(here, s.Node):
            if isinstance(here, s.Name | s.Script):
                found.add(s.key(here))
            stack.extend(getattr(here, item.name) for item in fields(here))
    return found


def _names_gone(item: object, gone: frozenset[str]) -> bool:
    return (isinstance(item, Form | Signature) and item.name in gone) or (isinstance(item, str) and item in gone)
