"""An equation given as a reason, of quantities of which nothing else is known: ``Since $S^T S = c I$, …``.

Such an equation can follow from nothing that is written; it tells a fact of these quantities, and is assumed. What
would be so of any quantities, or of none, is claimed: the same letter on both of its sides, ``Since $AB = BA$``.
"""

from __future__ import annotations

import re

from derive.language.dependencies import depends_on, names_in
from derive.language.terms import Apply, Deriv, Expect, Index, Integral, Sym, Term, subterms
from derive.read.documents.reading.state import Reading, Waiting
from derive.read.documents.steps import plain_facts
from derive.read.latex import Link

_AS_REASON = re.compile(
    r"(?:\bSince|\bsince|\bBecause|\bbecause|(?:\A|[.;:])\s*As|\b[Gg]iven\s+that|\b(?:[Uu]sing|[Rr]ecall(?:ing)?)\s+that)\s*\Z"
)
_ORDINARY = frozenset({"positive", "nonnegative", "negative", "nonzero", "open_unit", "unit", "real"})


def tells_fact(reading: Reading, each: Waiting, link: Link) -> bool:
    """Whether an equation tells what nothing else says of its quantities, as a reason for what comes next."""
    if link.op != "=" or len(link.left) != 1 or len(link.right) != 1 or not _AS_REASON.search(each.prose[-80:]):
        return False
    left, right = link.left[0], link.right[0]
    beyond = (Apply, Deriv, Expect, Integral)
    if any(isinstance(part, beyond) for side in (left, right) for part in subterms(side)):
        return False
    about = {*names_in(left)} if isinstance(left, Sym) else {*names_in(left), *names_in(right)}
    if not about or not all(_is_unknown(reading, name) for name in about):
        return False
    if isinstance(left, Sym):
        others = [name for name in names_in(right) if name != left.name]
        return not _holds(right, left) and not any(depends_on(reading.context, name, left.name) for name in others)
    ordinary = all(reading.context.symbols[name].properties <= _ORDINARY for name in about)
    return (
        ordinary and {*names_in(left)}.isdisjoint(names_in(right)) and plain_facts.only_primitive(left, reading.context)
    )


def _is_unknown(reading: Reading, name: str) -> bool:
    """Whether a quantity is only declared: nothing defines it, assumes something of it, or solves for it."""
    decl = reading.context.symbols.get(name)
    if decl is None or decl.definition is not None or decl.depends or name in reading.section.met:
        return False
    told = [fact.statement for fact in reading.context.facts] + [*reading.section.given, *reading.supposed]
    solved = any(name in block.variables for block in reading.passage.blocks)
    return (
        not solved
        and name not in reading.passage.unknowns(reading.context)
        and all(name not in names_in(t) for t in told)
    )


def _holds(whole: Term, part: Sym) -> bool:
    """Whether this member of a family, or another that may be the same, stands in a term."""
    return any(
        isinstance(each, Sym) and each.name == part.name and all(isinstance(index, Index) for index in each.indices)
        for each in subterms(whole)
    )


__all__ = ["tells_fact"]
