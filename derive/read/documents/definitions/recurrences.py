"""Sequences that are given by a recurrence, ``h_t = w h_{t-1} + u x_t``: they have one member more than t counts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import islice
from types import MappingProxyType

from derive.language.context import Context, Definition, SymbolDecl
from derive.language.extents import Extent, Range
from derive.language.terms import Index, Num, Rel, Sym, Term, subterms
from derive.read import syntax as s
from derive.read.declarations import declare
from derive.read.documents.definitions.defining import Defined
from derive.read.documents.definitions.forgetting import without_names
from derive.read.errors import DeclarationError, ReadError
from derive.read.names import items_of, option, parts_below
from derive.read.parser import parse

SCALAR = re.compile(r"(?i)\b(?:scalars?|one-dimensional|univariate|real-valued)\b")

BEGINS = re.compile(r"(?i)\b(?:initial(?:ly)?|initiali[sz]\w*|starts?|starting|begins?|boundary|terminal)\b")
"""Words that say that a first or last member of a sequence is given."""


def recurrent(
    name: str, section: Sequence[s.Node], space: str, context: Context, letters: frozenset[str] = frozenset()
) -> Defined | None:
    """``h_t``, ``h_{t-1}`` and ``h_0`` of a sequence that nothing declares, where a formula of the section gives h_t by
    ``h_{t-1}``, and t counts: a family in this ``space`` that begins one place earlier. None of these ``letters``
    counts its members, if that can be helped."""
    base = _base(name)
    found = dict(_steps_in(section, base)) if base else {}
    known = context.symbols.get(base)
    if (
        is_outright(base, section)
        or len(found) != 1
        or (known is not None and (known.family or known.definition is not None or known.depends))
    ):
        return None
    ((letter, step),) = found.items()
    said = ""
    if letter not in context.indices:
        top = _top(base, section, context)
        said = f"index {letter} = 1..{top}\n" if top and letter not in (*context.symbols, *context.sizes) else ""
    try:
        range_ = declare(said, context).indices[letter] if said else context.indices.get(letter)
        if range_ is None or range_.low.constant is None:
            return None
        counting, low = fresh(context, letters), range_.low.constant
        ends = f"{low - 1}..{range_.high}" if step < 0 else f"{low}..{range_.high + 1}"
        text = f"{said}index {counting} = {ends}\n{base}_{counting} {space}"
        done = declare(text, context)
        for family in done.symbols.keys() - context.symbols.keys() if ends.startswith("0..") else ():
            for first in (f"{base}_0", f"{base}^{{(0)}}"):
                done = _one_of_them(first, family, done)
        return Defined(done, text.replace("\n", " ; "))
    except DeclarationError:
        return None


def stepping_on(
    base: str, section: Sequence[s.Node], space: str, context: Context, avoided: frozenset[str] = frozenset()
) -> Defined | None:
    """``x_{t+1} = x_t - …`` of a sequence that nothing declares: a family in this ``space`` with one member more than t
    counts. A t that nothing declares counts from 0, or from 1 where the section writes x_1 and no x_0."""
    letters = {letter for node in section for letter in _steps_on(node, base)}
    if len(letters) != 1 or any(base in names for names in (context.symbols, context.functions, context.sizes)):
        return None
    (letter,) = letters
    said = ""
    if letter not in context.indices:
        top = _top(base, section, context)
        below = {key for name, key in _members(section) if name == base}
        low = 1 if "1" in below and "0" not in below else 0
        said = f"index {letter} = {low}..{top}-1\n" if top and letter not in (*context.symbols, *context.sizes) else ""
    try:
        range_ = declare(said, context).indices.get(letter) if said else context.indices.get(letter)
        if range_ is None or range_.low.constant is None:
            return None
        counting = fresh(context, avoided)
        text = f"{said}index {counting} = {range_.low}..{range_.high + 1}\n{base}_{counting} {space}"
        return Defined(declare(text, context), text.replace("\n", " ; "))
    except DeclarationError:
        return None


def _steps_on(node: s.Node, base: str) -> Iterator[str]:
    """The t of ``x_{t+1} = … x_t …``."""
    if not isinstance(node, s.Relation) or node.rest[0][0] not in ("=", ":=") or not isinstance(node.first, s.Script):
        return
    for part in s.walk(node.rest[0][1]):
        parts = parts_below(part) if isinstance(part, s.Script) else None
        letter = parts[1] if parts is not None and parts[0] == base and parts[2] is None else None
        if isinstance(letter, s.Name) and _is_member(node.first, base, f"{letter.text}+1"):
            yield letter.text


def is_written(base: str, node: s.Node) -> bool:
    """Whether a formula gives a sequence by a recurrence, from the member before or the one behind."""
    return any(True for each in (_steps(node, base), _steps_on(node, base)) for _ in each)


def is_known(node: s.Node, context: Context) -> bool:
    """Whether what a sequence is given by has been assumed."""
    parts = parts_below(node)
    base = parts[0] if parts is not None else ""
    if base not in context.symbols or context.symbols[base].definition is not None:
        return base in context.symbols
    return is_assumed(base, context)


def is_assumed(base: str, context: Context) -> bool:
    """Whether a recurrence is assumed of a sequence."""
    return any(_shifts(fact.statement, base) for fact in context.facts)


def _shifts(statement: Term, base: str) -> bool:
    places = [part.indices for part in subterms(statement) if isinstance(part, Sym) and part.name == base]
    return any(not isinstance(index, Index) for indices in places for index in indices) and len({*places}) > 1


def _top(base: str, section: Sequence[s.Node], context: Context) -> str:
    """Where a sequence ends: the T of ``h_T``, or a T that stands for nothing else."""
    nodes = [part for node in section for part in s.walk(node)]
    below = (
        parts[1] for part in nodes if isinstance(part, s.Script) and (parts := parts_below(part)) and parts[0] == base
    )
    capitals = {s.key(sub) for sub in below if sub is not None and re.fullmatch("[A-Z]", s.key(sub))}
    if not capitals and not any(s.key(part) == "T" for part in nodes if isinstance(part, s.Name)):
        capitals = {"T"}
    top = capitals.pop() if len(capitals) == 1 else ""
    return (
        top if top and not any(top in place for place in (context.symbols, context.indices, context.functions)) else ""
    )


def is_recurrence(node: s.Relation, section: Sequence[s.Node] = ()) -> bool:
    """``h_t = … h_{t-1} …``, where it says so itself or together with what the ``section`` says its parts are."""
    parts = parts_below(node.first)
    return parts is not None and any(True for _ in _steps(node, parts[0], _said_of_members(section)))


def is_first(node: s.Relation, section: Sequence[s.Node]) -> bool:
    """``h_0 = 0``, ``G_T = 0``: the first or the last member of a sequence that the section gives by a recurrence."""
    parts = parts_below(node.first)
    if parts is None or parts[1] is None or len(node.rest) != 1 or node.rest[0][0] != "=":
        return False
    items = items_of(parts[1])
    ends = {place for place, item in enumerate(items) if is_end(item)}
    if len(items) == 1:
        return bool(ends) and is_given(parts[0], section)
    return len(ends) == 1 and ends <= {place for each in section for place in steps_of_several(each, parts[0])}


def is_end(item: s.Node) -> bool:
    """Whether a subscript may be that of a first or last member."""
    return isinstance(item, s.Number) or re.fullmatch("[A-Z]", s.key(item)) is not None


def steps_of_several(node: s.Node, base: str) -> Iterator[int]:
    """Which subscript of ``\\beta_{t,i} = \\sum_j … \\beta_{t+1,j}`` steps, where there are several."""
    if not isinstance(node, s.Relation) or node.rest[0][0] not in ("=", ":="):
        return
    members = [each for each in (node.first, *(side for _, side in node.rest)) for each in s.walk(each)]
    written = [parts for part in members if isinstance(part, s.Script) and (parts := parts_below(part)) is not None]
    rows = [[s.key(item) for item in items_of(parts[1])] for parts in written if parts[0] == base and parts[1]]
    first = parts_below(node.first)
    if first is None or first[0] != base or not rows or len(rows[0]) < 2:
        return
    for place in range(len(rows[0])):
        there = {row[place] for row in rows if len(row) == len(rows[0])}
        if any(f"{letter}{step}" in there for letter in there for step in ("-1", "+1")):
            yield place


def is_initial(node: s.Node | None, section: Sequence[s.Node], context: Context) -> bool:
    """``u_0 = 0`` of a sequence that the section gives by ``u_t = \\rho u_{t-1} + g_t`` from t = 1 on: the number that
    it begins with, which no recurrence tells; also where t is declared to count from 0, as then nothing else tells what
    u_{-1} is. Not where that has been assumed."""
    if not isinstance(node, s.Relation) or not isinstance(node.rest[0][1], s.Number) or not is_first(node, section):
        return False
    parts = parts_below(node.first)
    if parts is None or not isinstance(parts[1], s.Number):
        return False
    base, at = parts[0], parts[1].text
    letters = {letter for each in section for letter, step in _steps(each, base) if step < 0}
    lows = {context.indices[letter].low.constant if letter in context.indices else 1 for letter in letters}
    said = any(_is_value_at(fact.statement, base, at) for fact in context.facts)
    return lows in ({int(at) + 1}, {int(at)}) and not said if at.isdigit() else False


def _is_value_at(statement: Term, base: str, at: str) -> bool:
    """Whether a fact is what a member of a sequence is worth."""
    match statement:
        case Rel(op="=", left=Sym(name=name, indices=(Num(value=value),))):
            return name == base and str(value) == at
    return False


def is_given(base: str, section: Sequence[s.Node]) -> bool:
    """Whether a formula of the section gives a sequence by a recurrence, and none gives it without one."""
    return any(True for _ in _steps_in(section, base)) and not is_outright(base, section)


def is_outright(base: str, section: Sequence[s.Node]) -> bool:
    """Whether a formula gives the members of a sequence by a product or a sum up to it: ``a_t = \\prod_s^t b_s``."""
    for node in section:
        if any(True for _ in _steps(node, base)):
            return False  # by a recurrence first: the other one is what follows from it
        match node:
            case s.Relation(first=s.Script() as head, rest=(("=" | ":=", s.BigOp(sup=s.Name(text=top)) as side), *_)):
                parts = parts_below(head)
                if parts is None or parts[0] != base or not isinstance(parts[1], s.Name) or parts[1].text != top:
                    continue
                if not any(isinstance(part, s.Name) and s.key(part) == base for part in s.walk(side)):
                    return True
    return False


def member(node: s.Node, section: Sequence[s.Node]) -> str:
    """The name of ``h_0``, ``h_T`` or ``h_t``, a member of a sequence that the section gives by a recurrence; else
    nothing."""
    parts = parts_below(node) if isinstance(node, s.Script) else None
    if parts is None or parts[1] is None or parts[2] is not None:
        return ""
    items = items_of(parts[1])
    if len(items) == 1:
        return s.key(node) if is_given(parts[0], section) else ""
    places = {place for each in section for place in steps_of_several(each, parts[0])}
    return s.key(node) if any(is_end(items[place]) for place in places if place < len(items)) else ""


def _base(name: str) -> str:
    """The letter of a sequence."""
    try:
        parts = parts_below(parse(name))
    except ReadError:
        return ""
    return parts[0] if parts is not None and parts[1] is not None and parts[2] is None else ""


def _steps_in(section: Sequence[s.Node], base: str) -> Iterator[tuple[str, int]]:
    """The recurrences of a sequence in a section, ``h_t = \\tanh(a_t)`` with ``a_t = W h_{t-1}`` among them."""
    said = _said_of_members(section)
    for node in section:
        yield from _steps(node, base, said)


def _said_of_members(section: Sequence[s.Node]) -> dict[str, s.Node]:
    """What a section says that the members of its sequences are, each by how it is written, ``a_t``: the first time."""
    said: dict[str, s.Node] = {}
    for node in section:
        match node:
            case s.Relation(first=s.Script() as head, rest=(("=" | ":=", body), *_)):
                parts = parts_below(head)
                if parts is not None and isinstance(parts[1], s.Name):
                    said.setdefault(s.key(head), body)
    return said


def _steps(node: s.Node, base: str, said: Mapping[str, s.Node] = MappingProxyType({})) -> Iterator[tuple[str, int]]:
    """The t of ``h_t = … h_{t-1} …``, and -1; of ``G_t = … G_{t+1} …``, t and 1. Members at t are opened by what is
    ``said`` of them."""
    if not isinstance(node, s.Relation) or node.rest[0][0] not in ("=", ":="):
        return
    parts = parts_below(node.first)
    if parts is None or parts[0] != base or not isinstance(parts[1], s.Name):
        return
    letter = parts[1].text
    seen = {s.key(node.first)}
    sides = [side for _, side in node.rest]
    while sides:
        side = sides.pop()
        for part in islice((each for each in s.walk(side) if isinstance(each, s.Script)), 99):
            if _is_member(part, base, f"{letter}-1"):
                yield letter, -1
            elif _is_member(part, base, f"{letter}+1"):
                yield letter, 1
            elif s.key(part) in said and s.key(part) not in seen and _is_below(part, letter):
                seen.add(s.key(part))
                sides.append(said[s.key(part)])


def _is_below(node: s.Script, letter: str) -> bool:
    parts = parts_below(node)
    return parts is not None and parts[1] is not None and s.key(parts[1]) == letter


def fresh(context: Context, letters: frozenset[str] = frozenset()) -> str:
    """A letter for an index that nothing uses, if possible none of these ``letters``."""
    taken = (context.indices, context.symbols, context.sizes, context.functions)
    free = [each for each in "srqijlmnpvuabcfgkoyzwxdhet" if not any(each in names for names in taken)]
    return next((each for each in free if each not in letters), free[0])


def with_first(section: Sequence[s.Node], context: Context, letters: frozenset[str] = frozenset()) -> Defined | None:
    """The context in which families over t = 1..T also have a member before the first one, where the formulas of the
    section write it: ``h_0``, or ``h_{t-1}``. None of these ``letters`` counts them, if that can be helped."""
    notes: list[str] = []
    members: set[tuple[str, str]] | None = None
    for name, decl in tuple(context.symbols.items()):
        if len(decl.family) != 1 or decl.definition is not None or decl.depends or decl.label_range is not None:
            continue
        low, letter = decl.family[0].low.constant, decl.family_names[0]
        if low != 1 or context.indices.get(letter) != decl.family[0]:
            continue
        members = _members(section) if members is None else members
        written = _written(name, context)
        if members.isdisjoint({(written, "0"), (written, f"{letter}-1")}):
            continue
        range_ = Range(Extent.of(0), decl.family[0].high)
        known = next((each for each, other in context.indices.items() if other == range_), "")
        counting = known or fresh(context, letters)
        context = context.with_index(counting, range_)
        context = context.with_symbol(replace(decl, family=(range_,), family_names=(counting,)))
        for first in (f"{written}_0", f"{written}^{{(0)}}"):
            context = _one_of_them(first, name, context)
        notes.append(f"{written}_{counting}, {counting} = {range_}")
    return Defined(context, "; ".join(notes)) if notes else None


def _written(name: str, context: Context) -> str:
    """The letter of a family, also where an index of the same letter made the context call it otherwise."""
    variants = option(context, "variants").items()
    return next((base for base, more in variants if isinstance(more, tuple) and name in more), name)


def _one_of_them(first: str, name: str, context: Context) -> Context:
    """``x_0``, declared for itself, is the member before the first one of ``x_t``, where that allows it all its values.
    Where more is said of it, it is defined as that member; else it needs no name of its own."""
    own, decl = context.symbols.get(first), context.symbols.get(name)
    if (
        decl is None
        or own is None
        or own.family
        or own.shape != decl.shape
        or own.definition is not None
        or own.depends is not None
    ):
        return context
    if decl.properties - own.properties or (_limits(decl) != _limits(own) and any(_limits(decl))):
        return context
    alone = without_names(context, frozenset({first}))
    used = len(alone.symbols) + 1, len(alone.functions), len(alone.facts)
    all_of_it = len(context.symbols), len(context.functions), len(context.facts)
    if own.properties == decl.properties and _limits(own) == _limits(decl) and used == all_of_it:
        return alone
    return context.with_symbol(replace(own, definition=Definition((), Sym(name, (Num(Fraction(0)),)))))


def _limits(decl: SymbolDecl) -> tuple[object, ...]:
    """What the numbers of a declaration are limited to, beyond its properties."""
    return decl.low, decl.high, decl.low_open, decl.high_open, decl.values


def _members(section: Sequence[s.Node]) -> set[tuple[str, str]]:
    """The members of families that some formulas write with one subscript: the name, and the subscript."""
    parts = (parts_below(part) for node in section for part in s.walk(node) if isinstance(part, s.Script))
    written = ((each[0], items_of(each[1])) for each in parts if each is not None)
    return {(name, s.key(items[0])) for name, items in written if len(items) == 1}


def _is_member(node: s.Script, base: str, place: str) -> bool:
    parts = parts_below(node)
    return parts is not None and parts[0] == base and [s.key(item) for item in items_of(parts[1])] == [place]


__all__ = [
    "SCALAR",
    "fresh",
    "is_assumed",
    "is_end",
    "is_first",
    "is_given",
    "is_initial",
    "is_known",
    "is_recurrence",
    "is_written",
    "member",
    "recurrent",
    "stepping_on",
    "steps_of_several",
    "with_first",
]
