"""What a context gives up where a letter comes to mean something else: a size that is an index now, or the reverse."""

from __future__ import annotations

from dataclasses import fields, replace
from types import MappingProxyType

from derive.language.context import Context, FunctionDecl, SymbolDecl
from derive.language.extents import Range
from derive.language.terms import Apply, Array, Big, Expect, Index, Op, Term, children, subterms
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


def without_names(context: Context, gone: frozenset[str], functions_stay: bool = False) -> Context:
    """The context without these quantities and functions, and without all that is defined or said in terms of them:
    the unknown density of a random one is. The value ``g`` of a function of z goes with z; the function g does too,
    unless ``functions_stay``: what it is does not depend on what its variable is called."""
    functions = gone
    while gone or functions:
        density = frozenset(str(density) for name, density in option(context, "random").items() if name in gone)
        gone, functions = gone | density, functions | density
        context = _with_notation_of(_without_these(context, gone, functions), functions)
        gone, functions = _dangling(context, gone, functions)
        functions = functions if functions_stay else gone | functions
        gone = gone if functions_stay else functions
    return context


def without_dependents(context: Context, changed: frozenset[str]) -> Context:
    """The context without all that is defined or said in terms of these quantities, which themselves stay."""
    dangling = frozenset().union(*_dangling(context, changed, changed))
    return without_names(context, dangling - changed) if changed else context


def _without_these(context: Context, gone: frozenset[str], functions: frozenset[str]) -> Context:
    return replace(
        context,
        symbols=MappingProxyType({name: decl for name, decl in context.symbols.items() if name not in gone}),
        functions=MappingProxyType({name: decl for name, decl in context.functions.items() if name not in functions}),
        facts=tuple(fact for fact in context.facts if not _is_about(fact.statement, gone, functions)),
    )


def _dangling(
    context: Context, gone: frozenset[str], functions: frozenset[str]
) -> tuple[frozenset[str], frozenset[str]]:
    """The quantities and the functions that are still declared, but in terms of what is ``gone``."""
    quantities = frozenset(
        name
        for name, decl in context.symbols.items()
        if (decl.definition is not None and _is_about(decl.definition.body, gone, functions))
        or any(_is_about(term, gone, functions) for term in decl.depends or ())
    )
    return quantities, frozenset(
        name
        for name, decl in context.functions.items()
        if decl.body is not None and _is_about(decl.body, gone - {*decl.params}, functions)
    )


def _is_about(term: Term, gone: frozenset[str], functions: frozenset[str]) -> bool:
    """Whether a term mentions one of the quantities and indices, or calls one of the functions."""
    return not gone.isdisjoint(free_in(term)) if gone == functions else _mentions(term, gone, functions)


def _mentions(term: Term, gone: frozenset[str], functions: frozenset[str]) -> bool:
    if isinstance(term, Apply):
        here = term.name in functions
    else:
        here = not isinstance(term, Op) and getattr(term, "name", "") in gone
    match term:
        case Big(var=var) | Expect(var=var):
            gone -= {var}
        case Array(vars=pairs):
            gone -= {name for name, _ in pairs}
    return here or any(_mentions(part, gone, functions) for part in children(term))


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
