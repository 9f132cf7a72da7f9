"""What was supposed of a quantity alone becomes a claim about it once the text says what it is."""

from __future__ import annotations

from dataclasses import replace

from derive.language.claims import Compare, Equal
from derive.language.context import Context, Definition
from derive.language.dependencies import names_in
from derive.language.terms import Index, Rel, Sym
from derive.read import syntax as s
from derive.read.documents.definitions.shares import are_shares
from derive.read.documents.reading.state import Entry, Reading
from derive.read.documents.text.source import Place
from derive.read.errors import ReadError
from derive.read.latex import node_readings


def are_of_shares(reading: Reading, found: Sym, body: s.Node) -> bool:
    """Whether all that is assumed of a family ``found`` is of it alone, as ``\\sum_k r_{nk} = 1`` is, and ``body`` is a
    share of a whole: then that is what they are, and what was assumed can be claimed of it."""
    context = reading.context
    facts = [fact for fact in context.facts if found.name in names_in(fact.statement)]
    indices = tuple(index.name for index in found.indices if isinstance(index, Index))
    if any({*names_in(fact.statement)} != {found.name} for fact in facts) or not indices:
        return False
    try:
        readings = node_readings(body, context)
    except ReadError:
        return False
    decl = context.symbols[found.name]
    return len(readings) == 1 and are_shares(replace(decl, definition=Definition(indices, readings[0].term)), context)


def claim_of_shares(reading: Reading, before: Context, place: Place, at: int) -> None:
    """What was supposed of quantities that have just been defined as shares is claimed of them."""
    new = [
        decl
        for name, decl in reading.context.symbols.items()
        if decl.definition is not None and (old := before.symbols.get(name)) is not None and old.definition is None
    ]
    if new and all(are_shares(decl, reading.context) for decl in new):
        claim(reading, before, place, at)


def claim(reading: Reading, before: Context, place: Place, at: int) -> None:
    """Facts about nothing but a quantity that has just been defined (``\\sum_k r_{ik} = 1`` of responsibilities) are
    supposed no longer, and claimed: a definition that does not meet them is a mistake."""
    new = {
        name
        for name, decl in reading.context.symbols.items()
        if decl.definition is not None and (old := before.symbols.get(name)) is not None and old.definition is None
    }
    own = [fact for fact in reading.context.facts if {*names_in(fact.statement)} <= new and names_in(fact.statement)]
    if not own:
        return
    kept = tuple(fact for fact in reading.context.facts if fact not in own)
    reading.context = replace(reading.context, facts=kept)
    for fact in own:
        if not isinstance(fact.statement, Rel):
            continue
        op, left, right = fact.statement.op, fact.statement.left, fact.statement.right
        what = Equal(left, right) if op == "=" else Compare(op, left, right)
        reading.chains += 1
        reading.sides += 2
        reading.entries.append(
            Entry((reading.number, at), place, (what,), reading.context, fact.source, chain=reading.chains)
        )
