"""Members of a declared sequence that a text gives: ``\\alpha_{t+1}(k) = … \\alpha_t(j) …``, and where it begins."""

from __future__ import annotations

import re

from derive.language.context import Context
from derive.language.dependencies import names_in
from derive.language.extents import Extent
from derive.language.terms import Entry, Index, Num, Size, Sym, Term, subterms
from derive.read import syntax as s
from derive.read.dependencies import opened_down_to
from derive.read.documents.reading import naming
from derive.read.documents.reading.state import Reading
from derive.read.errors import ReadError
from derive.read.latex import Link, node_readings


def gives_member(reading: Reading, link: Link) -> bool:
    """Whether a link says what the members of a declared family are, of which nothing else is known: by a recurrence,
    once, or where that begins. It is believed, as a definition is; a second one is judged."""
    if link.op not in ("=", ":=") or len(link.left) != 1 or len(link.right) != 1:
        return False
    left, right = link.left[0], link.right[0]
    context = reading.context
    if not isinstance(left, Sym) or left.name not in context.symbols:
        return False
    solves_itself = _SOLVES_ITSELF.search(reading.words.section_words) is not None
    through = _recurs_through_others(left, right, context, solves_itself)
    if not _is_unknown(left.name, reading, through) or not _is_said_of_each(left, left.name, context):
        return False
    known = _given(left.name, context)
    if through or _is_recurrence(left, right):
        return not any(_is_recurrence(*sides) for sides in known)
    if left.name in names_in(right) or not _is_end(left, context):
        return False
    if any(_is_end(sides[0], context) for sides in known):
        return False
    return any(_is_recurrence(*sides) for sides in known) or _recurs_in_section(reading, left.name)


def _is_unknown(name: str, reading: Reading, through: bool) -> bool:
    """Whether nothing but how a family is given by itself has been stated of it. Where it is given ``through`` others,
    these have been defined by it."""
    decl = reading.context.symbols.get(name)
    if decl is None or decl.definition is not None or decl.depends or not decl.family or decl.label_range is not None:
        return False
    if decl.shape:
        return False
    facts = [fact.statement for fact in reading.context.facts if name in names_in(fact.statement)]
    if len(facts) != len(_given(name, reading.context)):
        return False  # something else is assumed of it
    if name in reading.passage.unknowns(reading.context):
        return False
    return bool(facts) or (name not in reading.section.met and (through or name not in reading.used))


def _given(name: str, context: Context) -> list[tuple[Sym, Term]]:
    """What is said of members of a family so far."""
    found: list[tuple[Sym, Term]] = []
    for fact in context.facts:
        left = getattr(fact.statement, "left", None)
        right = getattr(fact.statement, "right", None)
        if isinstance(left, Sym) and left.name == name and right is not None and (
            _is_recurrence(left, right) or _is_end(left, context)
        ):  # fmt: skip
            found.append((left, right))
    return found


def _is_said_of_each(left: Sym, name: str, context: Context) -> bool:
    """Whether all but one subscript are different indices, and that one is an index, one shifted, or an end."""
    letters = [index.name for index in left.indices if isinstance(index, Index)]
    others = [index for index in left.indices if not isinstance(index, Index)]
    return len({*letters}) == len(letters) and len(others) <= 1 and len(left.indices) == len(
        context.symbols[name].family
    )  # fmt: skip


def _is_recurrence(left: Sym, right: Term) -> bool:
    """Whether the right side has the family at a neighbouring place, one further on or one back."""
    own = [part for part in subterms(right) if isinstance(part, Sym) and part.name == left.name]
    shifted = [left, *own]
    return bool(own) and any(
        not isinstance(index, Index | Num | Size | Sym | Entry) for part in shifted for index in part.indices
    )  # fmt: skip


_SOLVES_ITSELF = re.compile(
    r"(?i)\bbellman|\b(?:fixed[- ]point|value[- ]function|(?:self-)?consistency|optimality|balance)\b|\brecursi"
)
"""Words of quantities that are given by an equation in all of them."""


def _recurs_through_others(left: Sym, right: Term, context: Context, solves_itself: bool) -> bool:
    r"""``P_t = (1 - K_t) P_t^-`` where ``P_t^- := a P_{t-1} + q``, or, where such are spoken of,
    ``V_s = \max_a Q_{sa}`` where ``Q_{sa} := r_{sa} + \sum_u P_{sau} V_u``: whether what the right side is made of
    makes it a recurrence, by other members alone."""
    try:
        written = opened_down_to(context, right, (left.name,))
    except ReadError:
        return False
    own = [part for part in subterms(written) if isinstance(part, Sym) and part.name == left.name]
    others = bool(own) and all(part.indices != left.indices for part in own)
    return others and (solves_itself or _is_recurrence(left, written))


def _is_end(left: Sym, context: Context) -> bool:
    """``\\alpha_1(k)``, ``\\beta_T(k)``: where the sequence begins, or where it ends."""
    ends = 0
    for index, range_ in zip(left.indices, context.symbols[left.name].family, strict=False):
        if isinstance(index, Num):
            ends += 1 if range_.low.constant == index.value else 2
        elif isinstance(index, Size):
            ends += 1 if range_.high == Extent.of(index.name) else 2
    return ends == 1


def _recurs_in_section(reading: Reading, name: str) -> bool:
    """Whether a formula of the section gives the family by a recurrence."""
    for node in naming.section_nodes(reading):
        if not isinstance(node, s.Relation) or node.rest[0][0] not in ("=", ":="):
            continue
        try:
            (left,), (right,) = (node_readings(side, reading.context) for side in (node.first, node.rest[0][1]))
        except (ReadError, ValueError):
            continue
        if isinstance(left.term, Sym) and left.term.name == name and _is_recurrence(left.term, right.term):
            return True
    return False


__all__ = ["gives_member"]
