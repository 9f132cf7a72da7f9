"""What holds in every problem of a document: what its author declares, and what is said before the first one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import TypeVar

from derive.language.context import Context
from derive.language.dependencies import depends_on
from derive.read.documents.definitions.forgetting import letters_in, without
from derive.read.documents.reading.state import Reading
from derive.read.names import option

Decl = TypeVar("Decl")
_NOTATION = ("component", "alias", "called", "signatures", "variants", "distributed", "random")
"""Switches that say of a name how it is written, or where it comes from."""


def keep_what_stands(reading: Reading) -> None:
    """Before the first problem: all that is known so far holds in every one."""
    whole = reading.document
    if whole.standing is None:
        whole.standing, whole.said_before = reading.context, dict(whole.said)


def author_declares(reading: Reading, before: Context) -> None:
    """What the author has just declared holds until it is declared anew."""
    whole, now = reading.document, reading.context
    for old, new in ((before.symbols, now.symbols), (before.functions, now.functions)):
        whole.authored.update({name: reading.number for name, decl in new.items() if old.get(name) is not decl})
    whole.declared_facts |= frozenset(fact for fact in now.facts if fact not in before.facts)
    if whole.standing is not None:
        whole.standing = _with_changes(whole.standing, before, now)


def _with_changes(standing: Context, before: Context, now: Context) -> Context:
    """What stands, with what has come in or changed from ``before`` to ``now``."""
    facts = tuple(fact for fact in now.facts if fact not in before.facts and fact not in standing.facts)
    for letter in before.indices.keys() - now.indices.keys():
        standing = without(standing, letter)
    standing = replace(
        standing,
        sizes=_updated(standing.sizes, before.sizes, now.sizes),
        indices=_updated(standing.indices, before.indices, now.indices),
        symbols=_updated(standing.symbols, before.symbols, now.symbols),
        functions=_updated(standing.functions, before.functions, now.functions),
        facts=(*standing.facts, *facts),
    )
    for name in now.options:
        if name in _NOTATION:
            new = {key: value for key, value in option(now, name).items() if option(before, name).get(key) != value}
            standing = standing.with_option(name, MappingProxyType({**option(standing, name), **new}))
        elif now.options[name] != before.options.get(name):
            standing = standing.with_option(name, now.options[name])
    return standing


def _updated(old: Mapping[str, Decl], before: Mapping[str, Decl], now: Mapping[str, Decl]) -> Mapping[str, Decl]:
    """What was declared, with all that is new or different ``now``."""
    new = {name: decl for name, decl in now.items() if name not in before or before[name] != decl}
    return MappingProxyType({**old, **new})


def as_it_stands(reading: Reading, taken: frozenset[str], used: frozenset[str]) -> Context:
    """The context with what stands as it stood, but for names that are ``taken``; of an earlier problem only what this
    one has ``used`` is assumed."""
    context, standing = reading.context, reading.document.standing or Context()
    free = {name for name in standing.symbols if any(depends_on(standing, name, each) for each in taken)} | taken
    free |= {name for name, decl in standing.functions.items() if decl.body and letters_in(decl.body) & free}
    measured = _sizes_of(used, context)
    sizes = {name: least if name in measured else 1 for name, least in context.sizes.items()} | {**standing.sizes}
    symbols = {**context.symbols, **{name: decl for name, decl in standing.symbols.items() if name not in free}}
    functions = {**context.functions, **{name: decl for name, decl in standing.functions.items() if name not in free}}
    counting = {letter for name in used if name in symbols for letter in symbols[name].family_names}
    counting |= {letter for name in used if name in functions for letter in functions[name].family_names}
    indices = {letter: range_ for letter, range_ in context.indices.items() if letter in counting} | {
        **standing.indices
    }
    facts = [fact for fact in standing.facts if not letters_in(fact.statement) & free]
    for fact in context.facts:
        names = letters_in(fact.statement) & context.symbols.keys()
        if (
            fact not in standing.facts
            and names & used - standing.symbols.keys()
            and names <= used | standing.symbols.keys()
        ):
            facts.append(fact)
    done = replace(
        context,
        symbols=MappingProxyType(symbols),
        functions=MappingProxyType(functions),
        sizes=MappingProxyType(sizes),
        indices=MappingProxyType({**indices, **standing.indices}),
        facts=tuple(facts),
    )
    for name in _NOTATION:
        mine = {key: value for key, value in option(standing, name).items() if key not in free}
        done = done.with_option(name, MappingProxyType({**option(context, name), **mine})) if mine else done
    return done


def _sizes_of(used: frozenset[str], context: Context) -> frozenset[str]:
    """The sizes of what is used: of its shape, and of what it is a family over."""
    decls = [context.symbols[name] for name in sorted(used) if name in context.symbols]
    names = {name for decl in decls for extent in decl.shape for name in extent.names}
    return frozenset(names | {name for decl in decls for range_ in decl.family for name in range_.names})
