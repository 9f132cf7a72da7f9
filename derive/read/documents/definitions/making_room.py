"""What a context gives up when a name is declared to be something else."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from types import MappingProxyType

from derive.language.context import Context
from derive.language.dependencies import depends_on, mentioned
from derive.read import syntax as s
from derive.read.documents.definitions.forgetting import without, without_names
from derive.read.errors import ReadError
from derive.read.spaces import dimensions, is_space


def with_room(text: str, context: Context) -> Context:
    """The context without the names that ``text`` declares to be something else: a size that is now an index, or an
    index that is now a size."""
    letters = [name.strip() for names in re.findall(r"\bindex\b([^=]*)=", text) for name in names.split(",")]
    letters += re.findall(r"[;,]\s*(\w)\s*=\s*\d+\s*\.\.", text)
    for letter in letters:
        if letter in context.sizes:
            context = without(context, letter)
    dims = re.findall(r"\\mathbb\s*\{?R\}?\s*\^\s*(\{[^{}]*\}|\w)", text)
    for letter in [name for dim in dims for name in re.findall(r"(?<![A-Za-z\\_])[A-Za-z](?![A-Za-z])", dim)]:
        if letter in context.indices and letter not in letters:
            context = without(context, letter)
    for names in re.findall(r"(?m)(?:^|;)([^;=\n]*)\\in\s*\\mathbb\s*\{?R\}?(?!\w)", text):
        for letter in [name.strip() for name in names.split(",")]:
            if letter in context.indices and letter not in letters:
                context = without(context, letter)
    return without_names(context, frozenset(_bounded(text, context)))


_BOUNDED = re.compile(
    r"(?m)(?:^|;)[ \t]*((?:\\?[A-Za-z]+[ \t]*,[ \t]*)*\\?[A-Za-z]+)[ \t]*"
    r"(?:>|<|\\geq?(?![A-Za-z])|\\leq?(?![A-Za-z]))[ \t]*-?\d"
)


def _bounded(text: str, context: Context) -> Iterator[str]:
    """The functions that are a number from here on: ``s > 0`` behind ``s(x) = -\\Sigma^{-1} (x - m)``."""
    for names in _BOUNDED.findall(text):
        for name in (each.strip() for each in names.split(",")):
            function = context.functions.get(name)
            if function is not None and function.body is not None:
                yield name


def settled(old: Context, new: Context) -> Context:
    """The new context without what was made of a quantity that now has another shape, or of other indices."""
    changed = [
        name
        for name, decl in new.symbols.items()
        if name in old.symbols and (decl.shape, decl.family) != (old.symbols[name].shape, old.symbols[name].family)
    ]
    stale = [
        name
        for name, decl in new.symbols.items()
        if decl is old.symbols.get(name) and any(depends_on(old, name, other) for other in changed if other != name)
    ]
    gone = {*changed, *stale}
    functions = {
        name: decl
        for name, decl in new.functions.items()
        if decl is not old.functions.get(name)
        or decl.body is None
        or not gone & ({*mentioned(old, decl.body)} - {*decl.params})
    }
    if not changed:
        return new
    symbols = {name: decl for name, decl in new.symbols.items() if name not in stale}
    facts = tuple(fact for fact in new.facts if fact not in old.facts or not gone & {*mentioned(old, fact.statement)})
    return replace(new, symbols=MappingProxyType(symbols), functions=MappingProxyType(functions), facts=facts)


def with_sizes_for(items: Iterable[s.Node], context: Context) -> Context:
    """The context in which a letter that measures a space is no index of the same name, if no quantity needs that."""
    for item in items:
        if isinstance(item, s.Relation):
            for op, side in item.rest:
                if op == "in" and isinstance(side, s.Script) and side.sup is not None and is_space(side):
                    context = _freed(side.sup, context)
    return context


def _freed(node: s.Node, context: Context) -> Context:
    try:
        names = [name for extent in dimensions(node) for name in sorted(extent.names)]
    except ReadError:
        return context
    for name in names:
        if name in context.indices and not any(name in decl.family_names for decl in context.symbols.values()):
            context = without(context, name)
    return context
