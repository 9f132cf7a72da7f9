"""What was supposed of a quantity alone becomes a claim about it once the text says what it is."""

from __future__ import annotations

from dataclasses import replace

from derive.language.claims import Compare, Equal
from derive.language.context import Context
from derive.language.dependencies import names_in
from derive.language.terms import Rel
from derive.read.documents.reading.state import Entry, Reading
from derive.read.documents.text.source import Place


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
