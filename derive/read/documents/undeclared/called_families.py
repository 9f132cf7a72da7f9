"""Quantities written with indices in brackets that nothing declares: ``V(s)``, ``r(s, a)``, ``\\pi(a | s)``."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from derive.language.context import Context, SymbolDecl
from derive.language.extents import Range
from derive.read import syntax as s
from derive.read.declarations import declare
from derive.read.documents.definitions.defining import Defined
from derive.read.documents.definitions.recurrences import fresh
from derive.read.documents.undeclared.numbers import nodes_in
from derive.read.errors import DeclarationError, ReadError
from derive.read.names import Form, option
from derive.read.parametrised import below
from derive.read.parser import parse
from derive.read.targets import put

_PROBABLE = re.compile(
    r"(?i)\b(?:polic(?:y|ies)|probabilit(?:y|ies)|distributions?|transition\s+(?:kernel|function|matrix))\b"
)
_SET = re.compile(r"(?P<letter>[a-z])\s*\\in\s*(?P<set>\\(?:mathcal|mathscr)\s*(?:\{\s*[A-Z]\s*\}|[A-Z]))[ .,;]*")


def counted_over(text: str, section: Sequence[s.Node], context: Context) -> Defined | None:
    """``$s \\in \\mathcal{S}$`` where a sum of the section runs over that set: s counts its members."""
    said = _SET.fullmatch(text.strip())
    if said is None or any(said["letter"] in place for place in (context.indices, context.sizes, context.symbols)):
        return None
    members = s.key(parse(said["set"]))
    if members in context.symbols or not any(_sums_over(part, members) for node in section for part in nodes_in(node)):
        return None
    text = f"index {said['letter']} \\in {members}"
    try:
        return Defined(declare(text, context), text)
    except DeclarationError:
        return None


def _sums_over(node: s.Node, members: str) -> bool:
    match node:
        case s.BigOp(sub=s.Relation(rest=(("in", over),))):
            return s.key(over) == members
    return False


def called_family(name: str, section: Sequence[s.Node], words: str, context: Context) -> Defined | None:
    """The declaration of V, r or π as a family of numbers, where every place of the section has it with indices of the
    same kind in brackets; with a bar, and where the words speak of probabilities, those of what stands before it sum to
    one."""
    groups = [group for node in section for group in _calls(node, name)]
    if not groups or any(len(group.items) != len(groups[0].items) or group.seps != groups[0].seps for group in groups):
        return None
    if any(not isinstance(each, s.Group) for node in section for each in _followers(node, name)):
        return None
    ranges = [_range([group.items[place] for group in groups], context) for place in range(len(groups[0].items))]
    pattern = next((group for group in groups if _is_pattern(group, context)), None)
    if pattern is None or any(range_ is None for range_ in ranges):
        return None
    context, pattern = _with_letters(pattern, ranges, context)
    letters = tuple(s.key(item) for item in pattern.items)
    key = f"{name}{s.key(pattern)}"
    family = tuple(range_ for range_ in ranges if range_ is not None)
    if key in context.symbols or name in option(context, "called"):
        return None
    probable = pattern.seps[:1] == ("|",) and _PROBABLE.search(words) is not None
    said = frozenset({"nonnegative"}) if probable else frozenset()
    made_of = below(name, context)
    context = context.with_symbol(SymbolDecl(key, family, letters, properties=said, depends=made_of or None))
    context = put(context, "called", name, (Form(key, pattern, letters),))
    text = f"{key} nonnegative" if probable else f"{key} \\in \\mathbb{{R}}"
    if not probable:
        return Defined(context, text)
    fact = f"assume \\sum_{{{letters[0]}}} {key} = 1"
    try:
        return Defined(declare(fact, context), f"{text} ; {fact}")
    except DeclarationError:
        return None


def _with_letters(pattern: s.Group, ranges: Sequence[Range | None], context: Context) -> tuple[Context, s.Group]:
    """The pattern with a letter of its own in place of ``s'``."""
    items: list[s.Node] = []
    for item, range_ in zip(pattern.items, ranges, strict=True):
        if isinstance(item, s.Name) or range_ is None:
            items.append(item)
            continue
        letter = fresh(context)
        context = context.with_index(letter, range_)
        items.append(s.Name(item.start, item.stop, letter))
    return context, replace(pattern, items=tuple(items))


def is_recursive(name: str, section: Sequence[s.Node]) -> bool:
    """``V(s) = … V(s') …``: whether a formula gives a name in brackets by itself at another place."""
    for node in section:
        match node:
            case s.Relation(first=s.Juxt(parts=(head, s.Group())), rest=(("=" | ":=", side), *_)) if (
                s.key(head) == name
            ):
                if any(True for _ in _calls(side, name)):
                    return True
    return False


def _calls(node: s.Node, name: str) -> Iterator[s.Group]:
    yield from (each for each in _followers(node, name) if isinstance(each, s.Group) and each.bracket == "(")


def _followers(node: s.Node, name: str) -> Iterator[s.Node | None]:
    """What follows a name wherever it stands: a bracket, or None."""
    called: set[int] = set()
    for part in nodes_in(node):
        if isinstance(part, s.Juxt):
            for head, after in zip(part.parts, part.parts[1:], strict=False):
                if s.key(head) == name and isinstance(after, s.Group):
                    called.add(id(head))
                    yield after
        if isinstance(part, s.Name | s.Script) and s.key(part) == name and id(part) not in called:
            yield None


def _range(items: Sequence[s.Node], context: Context) -> Range | None:
    """What one place in the brackets runs over, if every item there is an index (or ``s'``) of one range."""
    found = {context.indices.get(s.key(item).rstrip("'")) for item in items}
    return found.pop() if len(found) == 1 else None


def _is_pattern(group: s.Group, context: Context) -> bool:
    """Whether the items of a call are indices, all different."""
    letters = [s.key(item) for item in group.items]
    return len({*letters}) == len(letters) and all(_known(letter, context) for letter in letters)


def _known(letter: str, context: Context) -> bool:
    try:
        return letter.rstrip("'") in context.indices and bool(parse(letter))
    except ReadError:
        return False


__all__ = ["called_family", "counted_over", "is_recursive"]
