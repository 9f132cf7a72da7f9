"""Names that come to mean something else further down: ``Now there are K classes, y_i ∈ {1, …, K}``."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from types import MappingProxyType

from derive.language.context import Context, SymbolDecl
from derive.language.dependencies import depends_on, mentioned
from derive.language.terms import Num, Sym, subterms
from derive.read import syntax as s
from derive.read.declarations import declare
from derive.read.documents.definitions.defining import Defined, primitive
from derive.read.errors import DeclarationError
from derive.read.names import parts_of
from derive.read.spaces import is_space


def redeclared(
    items: Sequence[s.Node], text: str, context: Context, says: bool, earlier: frozenset[str] = frozenset()
) -> Defined | None:
    """The context in which names declared before are of the sets written here, without what was said in terms of them;
    the same context if they are already. ``says`` is whether the words declare rather than assert.

    What an ``earlier`` section has defined is a name to be used anew here. A space of numbers is left to be judged as a
    statement where the words assert it.
    """
    names: list[str] = []
    for item in items:
        if not isinstance(item, s.Relation) or len(item.rest) != 1 or item.rest[0][0] != "in":
            return None
        found = primitive(item.first, context) or _defined_before(item.first, context, earlier)
        space = item.rest[0][1]
        if found is None or not (_is_finite(space) or (says and is_space(space))):
            return None
        names.append(found.name)
    if not names:
        return None
    try:
        again = declare(text, without(context, frozenset(names)))
    except DeclarationError:
        return None
    if all(again.symbols.get(name) == context.symbols[name] for name in names):
        return Defined(context, "")
    return Defined(again, text)


def is_as_declared(items: Sequence[s.Node], text: str, context: Context) -> bool:
    """Whether ``for every $f \\in \\mathbb{R}^n$`` says no more than what is declared of f."""
    found = redeclared(items, text, context, says=True)
    if found is None:
        return False
    pairs = [
        (old, found.context.symbols[name]) for name, old in context.symbols.items() if name in found.context.symbols
    ]
    return all(
        (old.shape, old.family) == (new.shape, new.family)
        and new.properties - {"real"} <= old.properties
        and (not new.values or new.values == old.values)
        and (new.low, new.high) in ((None, None), (old.low, old.high))
        for old, new in pairs
    )


def among(old: SymbolDecl, new: SymbolDecl) -> bool:
    """Whether a quantity declared as ``new`` can only take values that it could take as ``old``, which says no more
    than their sign: then what is defined in terms of it still is."""
    if old.definition is not None or old.depends or old.values or old.label_range is not None or old.low or old.high:
        return False
    if (old.shape, old.family, old.family_names) != (new.shape, new.family, new.family_names):
        return False
    if old.properties - {"real", "nonnegative", "unit"}:
        return False
    if "binary" in new.properties:
        return True
    numbers = [value.value for value in new.values if isinstance(value, Num)]
    signed = not old.properties & {"nonnegative", "unit"} or (len(numbers) == len(new.values) and min(numbers) >= 0)
    return bool(new.values) and signed and ("unit" not in old.properties or max(numbers) <= 1)


def _defined_before(node: s.Node, context: Context, earlier: frozenset[str]) -> Sym | None:
    """The quantity of this name that an earlier section has defined."""
    parts = parts_of(node)
    name = parts[0] if parts is not None and parts[2] is None else ""
    decl = context.symbols.get(name) if name in earlier else None
    return None if decl is None or decl.definition is None else Sym(name)


def _is_finite(node: s.Node) -> bool:
    node = node.base if isinstance(node, s.Script) else node
    return isinstance(node, s.Group) and node.bracket == "\\{" and len(node.items) > 1


def without(context: Context, gone: frozenset[str]) -> Context:
    """The context without these quantities, and without all that is defined or assumed in terms of them."""
    symbols = {
        name: decl
        for name, decl in context.symbols.items()
        if not any(depends_on(context, name, each) for each in gone)
    }
    functions = {
        name: decl
        for name, decl in context.functions.items()
        if decl.body is None
        or not any(
            depends_on(context, part, each)
            for part in mentioned(context, decl.body)
            if part not in decl.params
            for each in gone
        )
    }
    kept = symbols.keys() | functions.keys()
    facts = tuple(
        fact
        for fact in context.facts
        if all(
            part.name in kept
            for part in subterms(fact.statement)
            if isinstance(part, Sym) and part.name in context.symbols
        )
    )
    return replace(context, symbols=MappingProxyType(symbols), functions=MappingProxyType(functions), facts=facts)
