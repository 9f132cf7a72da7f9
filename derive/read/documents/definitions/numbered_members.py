"""``$m_1, m_2$`` and later ``m_k = …`` for every k: what had names of their own are members of the family then."""

from __future__ import annotations

import re
from collections.abc import Set
from dataclasses import replace
from types import MappingProxyType

from derive.language.context import Context, Definition, SymbolDecl
from derive.language.terms import Sym, Term
from derive.read.documents.definitions.forgetting import letters_in
from derive.read.errors import ReadError
from derive.read.latex import node_readings
from derive.read.parser import parse

_MEMBER = re.compile(r"(?P<family>.+?)_\{?(?P<number>\d+)\}?")


def as_members(context: Context, before: Context, kept: Set[str], earlier: Set[str]) -> tuple[Context, list[str]]:
    """The context in which a name such as ``m_1``, of which only a shape is known, stands for a member of a family that
    is defined since ``before``; those that are ``kept`` are the author's own. What has been assumed in ``earlier``
    sections was assumed of something else."""
    notes: list[str] = []
    for name, decl in context.symbols.items():
        found = _MEMBER.fullmatch(name)
        family = context.symbols.get(found["family"]) if found is not None else None
        if family is None or name in kept or before.symbols.get(family.name) is family or not _is_free(decl):
            continue
        if len(family.family) != 1 or family.definition is None or family.shape != decl.shape:
            continue
        member = _read_without(name, context)
        if not isinstance(member, Sym) or member.name != family.name or name in letters_in(family.definition.body):
            continue
        defined = replace(decl, properties=family.properties, definition=Definition((), member))
        facts = tuple(each for each in context.facts if name not in earlier or name not in letters_in(each.statement))
        context = replace(context, symbols=MappingProxyType({**context.symbols, name: defined}), facts=facts)
        notes.append(f"{name} is a member of {family.name}_{{{family.family_names[0]}}}")
    return context, notes


def _is_free(decl: SymbolDecl) -> bool:
    """Whether of a quantity nothing is known but what it is an element of."""
    said = decl.family or decl.definition is not None or decl.depends is not None or decl.values or decl.label_range
    return not said and decl.low is None and decl.high is None and decl.properties <= {"real"}


def _read_without(name: str, context: Context) -> Term | None:
    """What a name would be read as, were it not declared by itself."""
    symbols = {each: decl for each, decl in context.symbols.items() if each != name}
    try:
        terms = [
            typed.term for typed in node_readings(parse(name), replace(context, symbols=MappingProxyType(symbols)))
        ]
    except ReadError:
        return None
    return terms[0] if len(terms) == 1 else None


__all__ = ["as_members"]
