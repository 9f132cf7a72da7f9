"""What an undeclared letter counts, from the sums over it and from the names that it stands below."""

from __future__ import annotations

import re
from collections.abc import Iterator

from derive.language.context import Context
from derive.language.extents import Extent, Range
from derive.read import syntax as s
from derive.read.documents.definitions.defining import Defined
from derive.read.documents.undeclared.evidence import Evidence, declared, parts_of_name
from derive.read.documents.undeclared.letters import counted_by
from derive.read.names import items_of, name_alone


def counts_one_thing(name: str, context: Context, evidence: Evidence) -> Defined | None:
    """``k`` that stands in this formula as a subscript of a declared array only: an index of what it counts there."""
    if not re.fullmatch(r"[a-z]", name) or evidence.node is None or is_label(name, context):
        return None
    places = list(counted_by(evidence.node, name, context))
    if not places or any(range_ is None or range_ != places[0] for range_ in places):
        return None
    return declared(f"index {name} = {places[0]}", context)


def is_label(letter: str, context: Context) -> bool:
    """Whether names are declared, or defined, that end in this subscript: the h of ``W_h`` says whose W it is."""
    return any(name.endswith((f"_{letter}", f"_{{{letter}}}")) for name in context.symbols)


def counts_too(name: str, context: Context, evidence: Evidence) -> Defined | None:
    """``S_{ik}`` beside the vectors ``k_j``: k alone stands for none of them, and counts what it stands below."""
    parts = parts_of_name(name)
    for item in items_of(parts[1]) if parts is not None else ():
        letter = s.key(item)
        decl = context.symbols.get(letter)
        if decl is not None and decl.family and re.fullmatch("[a-z]", letter) and letter not in context.indices:
            return counts_one_thing(letter, context, evidence)
    return None


def binds_alone(letter: str, node: s.Node | None) -> bool:
    """Whether every sum over a letter says no more than that: not ``\\sum_{k \\ne l}``, which may be over both."""
    sums = [part.sub for part in s.walk(node) if isinstance(part, s.BigOp)] if node is not None else []
    about = [sub for sub in sums if sub is not None and any(s.key(part) == letter for part in s.walk(sub))]
    return bool(about) and all(isinstance(sub, s.Name) for sub in about)


def as_bound(name: str, context: Context, evidence: Evidence) -> Context:
    """The context in which the index below a name runs as the sum over it says: ``\\sum_{n=1}^{N_1} a_n``."""
    parts = parts_of_name(name)
    letters = [s.key(item) for item in items_of(parts[1])] if parts is not None else []
    found = {range_ for letter in letters[:1] for range_ in _binders(evidence.node, letter, name, context)}
    if len(letters) != 1 or len(found) != 1:
        return context
    range_ = found.pop()
    if range_.high.name is not None and range_.high.name not in context.sizes:
        context = context.with_size(range_.high.name)
    return context.with_index(letters[0], range_)


def _binders(node: s.Node | None, letter: str, name: str, context: Context) -> Iterator[Range]:
    """The ranges of the sums over a letter in which a name stands."""
    for part in s.walk(node) if node is not None else ():
        match part:
            case s.BigOp(
                sub=s.Relation(first=s.Name(text=text), rest=(("=", s.Number(text="1")),)),
                sup=s.Node() as sup,
                body=body,
            ) if text == letter:
                high = s.key(sup)
                is_size = high in context.sizes or re.fullmatch(r"[A-Z](?:_\w)?", high) is not None
                taken = high in context.symbols or high in context.indices
                if is_size and not taken and any(name_alone(each) == name for each in s.walk(body)):
                    yield Range.upto(Extent.of(high))


__all__ = [
    "as_bound",
    "binds_alone",
    "counts_one_thing",
    "counts_too",
]
