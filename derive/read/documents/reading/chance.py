"""Random variables of a section of which nothing is known but that they are, and where they are independent."""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType

from derive.language.context import Context
from derive.read import syntax as s
from derive.read.declarations import declare
from derive.read.documents.definitions.forgetting import without_names
from derive.read.documents.definitions.randomness import with_random
from derive.read.documents.reading.state import Reading
from derive.read.errors import DeclarationError, ReadError
from derive.read.independence import OPTION
from derive.read.parser import parse


def note(reading: Reading) -> None:
    """What the words around the formula that has been read say: these variables are independent, from here on or in
    this sentence."""
    said = next((each for each in reading.section.apart if each.number == reading.number), None)
    if said is None:
        return
    context = independent(said.names, reading.context)
    if context is None:
        return
    if said.supposed:
        reading.section.together = reading.context
    reading.context = context
    where = "supposed in this sentence: " if said.supposed else ""
    reading.notes.append(f"{where}{', '.join(sorted(said.names))} are independent")


def end_sentence(reading: Reading) -> None:
    """What was supposed in a sentence holds no longer; what that has declared stays."""
    before, reading.section.together = reading.section.together, None
    if before is None:
        return
    new = {name: decl for name, decl in reading.context.symbols.items() if name not in before.symbols}
    reading.context = replace(before, symbols=MappingProxyType({**before.symbols, **new}))


def independent(names: frozenset[str], context: Context) -> Context | None:
    """The context in which functions of one random number are random variables of their own, independent of each
    other; None where something else is made of them."""
    known = context.symbols.keys()
    gone = frozenset(f"{name}{{}}" for name in names)
    if not names <= known or not gone <= context.functions.keys():
        return None
    new = without_names(context, names | gone)
    if known - new.symbols.keys() - names:
        return None
    for name in sorted(names):
        try:
            node = parse(f"\\mathbb{{E}}[{name}] = 0")
            new = declare(f"{name} \\in \\mathbb{{R}}", new)
            made = with_random(node, new) if isinstance(node, s.Relation) else None
        except (DeclarationError, ReadError):
            return None
        if made is None:
            return None
        new = made.context
    said = new.options.get(OPTION)
    return new.with_option(OPTION, (*(said if isinstance(said, tuple) else ()), ((), tuple(sorted(names)))))


__all__ = ["end_sentence", "independent", "note"]
