r"""The reason for the last line of a display, behind it: ``since $w^\top w = 1$``, of a w of which nothing else is
known and that the line has put into ``w^\top w``. It can follow from nothing that is written: it is assumed."""

from __future__ import annotations

import re
from dataclasses import replace

from derive.language.claims import Equal
from derive.language.dependencies import names_in
from derive.language.terms import Apply, Deriv, Expect, Integral, Op, Sym, Term, subterms
from derive.read.documents.reading.state import Reading, Waiting
from derive.read.documents.steps import plain_facts
from derive.read.documents.steps.passages import names_of, variables_of
from derive.read.latex import Link

_REASON = re.compile(
    r"(?i)[\s,;]*(?:since|because|as|(?:where|in\s+which)\s+(?:in\s+the\s+last\s+(?:line|step)\s+)?we\s+(?:have\s+)?used(?:\s+that)?|"
    r"using(?:\s+that)?)(?:\s+we\s+have)?\s*"
)
_ORDINARY = frozenset({"positive", "nonnegative", "nonzero", "real"})


def take(reading: Reading, each: Waiting, link: Link, text: str) -> bool:
    """Whether an equation is such a reason; then the line before it is judged with it, and so is what follows."""
    pieces, entries = reading.document.pieces, reading.entries
    if each.number < 2 or pieces[each.number - 2].kind != "display" or not entries:
        return False
    if not _REASON.fullmatch(pieces[each.number - 1].text) or entries[-1].key[0] != each.number - 2:
        return False
    last = entries[-1]
    match last.what:
        case (Equal(left=above, right=below),):
            pass
        case _:
            return False
    if link.op != "=" or len(link.left) != 1 or len(link.right) != 1 or not _is_unknown(reading, link):
        return False
    (what,) = link.left
    if not _holds(above, what) or _holds(below, what):
        return False
    entries[-1] = replace(last, context=plain_facts.with_fact(link, last.context, text), start=None)
    return True


def _holds(whole: Term, what: Term) -> bool:
    """Whether a term stands in another one, as factors beside others too."""
    factors = what.args if isinstance(what, Op) and what.name == "mul" else ()
    for part in subterms(whole):
        if part == what:
            return True
        if factors and isinstance(part, Op) and part.name == "mul":
            starts = range(len(part.args) - len(factors) + 1)
            if any(part.args[start : start + len(factors)] == factors for start in starts):
                return True
    return False


def _is_unknown(reading: Reading, link: Link) -> bool:
    """Whether the left side is made of declared quantities, of which nothing is known or sought, and the right one of
    none."""
    (left,), (right,) = link.left, link.right
    symbols = reading.context.symbols
    about = [name for name in names_in(left) if name in symbols]
    if isinstance(left, Sym) or not about or any(name in symbols for name in names_in(right)):
        return False
    if any(isinstance(part, Apply | Deriv | Expect | Integral) for part in subterms(left)):
        return False
    given = (*(fact.statement for fact in reading.context.facts), *reading.section.given, *reading.supposed)
    sides = (term for _, tail in reading.section.gradients for term in tail.first)
    sought = {name for side in sides for wrt in variables_of(side) for name in names_of(wrt)}
    sought |= {name for block in reading.passage.blocks for name in block.variables}
    return (
        plain_facts.only_primitive(left, reading.context)
        and all(symbols[name].properties <= _ORDINARY for name in about)
        and not any(name in names_in(each) for each in given for name in about)
        and sought.isdisjoint(about)
    )


__all__ = ["take"]
