"""Members of a declared sequence that a text gives: ``\\alpha_{t+1}(k) = … \\alpha_t(j) …``, and where it begins."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from derive.language.claims import Optimum, Statement, terms_of
from derive.language.context import Context
from derive.language.dependencies import mentioned, names_in
from derive.language.extents import Extent, Range
from derive.language.terms import Entry, Index, Num, Size, Sym, Term, subterms
from derive.read import syntax as s
from derive.read.dependencies import opened_down_to
from derive.read.documents.definitions import recurrences
from derive.read.documents.reading import naming
from derive.read.documents.reading.state import Reading
from derive.read.errors import ReadError
from derive.read.latex import Link, node_readings


@dataclass(frozen=True)
class _Member:
    """A member of a family, or an entry or a row of an array, at its places; and the ranges of these."""

    name: str
    at: tuple[Term, ...]
    ranges: tuple[Range, ...]


def gives_member(reading: Reading, link: Link) -> bool:
    """Whether a link says what the members of a declared family, or the entries or rows of a declared array, are, of
    which nothing else is known: by a recurrence, once, or where that begins. It is believed, as a definition is; a
    second one is judged."""
    if link.op not in ("=", ":=") or len(link.left) != 1 or len(link.right) != 1:
        return False
    right, context = link.right[0], reading.context
    left = _member(link.left[0], context)
    if left is None:
        return False
    solves_itself = _SOLVES_ITSELF.search(reading.words.section_words) is not None
    through = _recurs_through_others(left, right, context, solves_itself) or _recurs_through_given(left, right, context)
    if not _is_unknown(left.name, reading, through) or not _is_said_of_each(left):
        return False
    known = _given(left.name, context)
    begins = any(_is_end(sides[0]) for sides in known)
    apart = not (begins or _is_end(left)) and (left.name in names_in(right) or not through)
    if apart and isinstance(link.left[0], Sym) and context.symbols[left.name].shape:
        return False  # vectors that a recurrence moves along hold in their section only: nothing says where they begin
    if through or _is_recurrence(left, right, context):
        return not any(_is_recurrence(*sides, context) for sides in known)
    if left.name in names_in(right) or not _is_end(left):
        return False
    if begins:
        return False
    return any(_is_recurrence(*sides, context) for sides in known) or _recurs_in_section(reading, left.name)


def _member(term: Term, context: Context) -> _Member | None:
    """``\\alpha_{t+1}`` of a family, ``\\alpha_{t+1,k}`` of one or of an array, ``\\alpha_{t+1}`` of its rows."""
    base, entry = (term.base, term.indices) if isinstance(term, Entry) else (term, ())
    decl = context.symbols.get(base.name) if isinstance(base, Sym) else None
    if decl is None or not isinstance(base, Sym) or len(base.indices) != len(decl.family):
        return None
    sides = tuple(Range(Extent.of(1), length) for length in decl.shape[: len(entry)])
    at = (*base.indices, *entry)
    return _Member(base.name, at, (*decl.family, *sides)) if at else None


def _members(term: Term, name: str, context: Context) -> list[_Member] | None:
    """The members of a family, or the entries and rows of an array, in a term; None where the whole array is."""
    entries = [each for each in subterms(term) if isinstance(each, Entry) and getattr(each.base, "name", "") == name]
    whole = [each for each in subterms(term) if isinstance(each, Sym) and each.name == name]
    for each in entries:
        if isinstance(each.base, Sym):
            whole.remove(each.base)
    found = [_member(each, context) for each in (*entries, *whole)]
    known = [each for each in found if each is not None]
    return known if len(known) == len(found) else None


def _is_unknown(name: str, reading: Reading, through: bool) -> bool:
    """Whether nothing but how a family is given by itself has been stated of it. Where it is given ``through`` others,
    these have been defined by it."""
    decl = reading.context.symbols.get(name)
    if decl is None or decl.definition is not None or decl.depends or decl.label_range is not None:
        return False
    others = {
        fact.statement for fact in reading.context.facts if _gives(fact.statement, reading.context) not in ("", name)
    }
    facts = [fact.statement for fact in reading.context.facts if name in names_in(fact.statement)]
    facts = [each for each in facts if each not in others]  # what gives another sequence by this one
    if len(facts) != len(_given(name, reading.context)):
        return False  # something else is assumed of it
    if name in reading.passage.unknowns(reading.context):
        return False
    return bool(facts) or (name not in reading.section.met and (through or name not in reading.used))


def _given(name: str, context: Context) -> list[tuple[_Member, Term]]:
    """What is said of members of a family so far."""
    found: list[tuple[_Member, Term]] = []
    for fact in context.facts:
        left = _member(getattr(fact.statement, "left", fact.statement), context)
        right = getattr(fact.statement, "right", None)
        if (
            left is not None
            and left.name == name
            and right is not None
            and (_is_recurrence(left, right, context) or _is_end(left))
        ):
            found.append((left, right))
    return found


def _is_said_of_each(left: _Member) -> bool:
    """Whether all but one subscript are different indices, and that one is an index, one shifted, or an end."""
    letters = [index.name for index in left.at if isinstance(index, Index)]
    others = [index for index in left.at if not isinstance(index, Index)]
    return len({*letters}) == len(letters) and len(others) <= 1


def _is_recurrence(left: _Member, right: Term, context: Context) -> bool:
    """Whether the right side has the family at a neighbouring place, one further on or one back."""
    own = _members(right, left.name, context)
    return bool(own) and any(
        not isinstance(index, Index | Num | Size | Sym | Entry) for part in (left, *(own or ())) for index in part.at
    )


_SOLVES_ITSELF = re.compile(
    r"(?i)\bbellman|\b(?:fixed[- ]point|value[- ]function|(?:self-)?consistency|optimality|balance)\b|\brecursi"
)
"""Words of quantities that are given by an equation in all of them."""


def _recurs_through_others(left: _Member, right: Term, context: Context, solves_itself: bool) -> bool:
    r"""``P_t = (1 - K_t) P_t^-`` where ``P_t^- := a P_{t-1} + q``, or, where such are spoken of,
    ``V_s = \max_a Q_{sa}`` where ``Q_{sa} := r_{sa} + \sum_u P_{sau} V_u``: whether what the right side is made of
    makes it a recurrence, by other members alone."""
    try:
        written = opened_down_to(context, right, (left.name,))
    except ReadError:
        return False
    own = _members(written, left.name, context)
    others = bool(own) and all(part.at != left.at for part in own or ())
    return others and (solves_itself or _is_recurrence(left, written, context))


def _recurs_through_given(left: _Member, right: Term, context: Context) -> bool:
    """``h_t = o_t \\tanh(c_t)`` where ``c_t = … h_{t-1} …`` is given: whether a sequence of which the right side has
    this member is given by members of the other one before it, so that the two are given together."""
    if left.name in names_in(right):
        return False
    for fact in context.facts:
        other = _gives(fact.statement, context)
        value = getattr(fact.statement, "right", None)
        if not other or other == left.name or value is None or other not in names_in(right):
            continue
        here, own = _members(right, other, context), _members(value, left.name, context)
        given = _member(getattr(fact.statement, "left", fact.statement), context)
        if not here or not own or given is None or any(part.at != given.at for part in here):
            continue
        if given.at == left.at and all(part.at != left.at for part in own) and _steps_back(own, left):
            return True
    return False


def _steps_back(own: Sequence[_Member], left: _Member) -> bool:
    """Whether members stand one place before (or behind) another one, all at the same."""
    places = {part.at for part in own}
    return len(places) == 1 and any(
        not isinstance(index, Index | Num | Size | Sym | Entry) for index in next(iter(places))
    )


def _is_end(left: _Member) -> bool:
    """``\\alpha_1(k)``, ``\\beta_T(k)``: where the sequence begins, or where it ends."""
    ends = 0
    for index, range_ in zip(left.at, left.ranges, strict=False):
        if isinstance(index, Num):
            ends += 1 if range_.low.constant == index.value else 2
        elif isinstance(index, Size):
            ends += 1 if range_.high == Extent.of(index.name) else 2
    return ends == 1


def _recurs_in_section(reading: Reading, name: str) -> bool:
    """Whether a formula of the section gives the family by a recurrence, be it one that cannot be read yet."""
    for node in naming.section_nodes(reading):
        if not isinstance(node, s.Relation) or node.rest[0][0] not in ("=", ":="):
            continue
        try:
            (left,), (right,) = (node_readings(side, reading.context) for side in (node.first, node.rest[0][1]))
        except (ReadError, ValueError):
            if recurrences.is_written(name.partition("_")[0], node):
                return True
            continue
        member = _member(left.term, reading.context)
        if member is not None and member.name == name and _is_recurrence(member, right.term, reading.context):
            return True
    return False


def by_itself(link: Link, context: Context) -> Link:
    """``h_t = \\tanh(a_t)`` with ``a_t := W h_{t-1} + U x_t``, for vectors: the recurrence that it is, written out."""
    left = link.left[0]
    if not isinstance(left, Sym) or not context.symbols[left.name].shape or left.name in names_in(link.right[0]):
        return link
    try:
        return replace(link, right=(opened_down_to(context, link.right[0], (left.name,)),))
    except ReadError:
        return link


def without_others(context: Context, statements: Sequence[Statement]) -> Context:
    """The context of an optimum: what gives a sequence that it is not about, ``x_{k+1} = x_k - \\alpha g``, limits no
    choice of α."""
    if not any(isinstance(each, Optimum) for each in statements):
        return context
    about = {name for each in statements for term in terms_of(each) for name in mentioned(context, term)}
    given = [(fact, _gives(fact.statement, context)) for fact in context.facts]
    for _ in given:
        for fact, name in given:
            about |= {*names_in(fact.statement)} if name in about or not name else set()
    kept = tuple(fact for fact, name in given if not name or name in about)
    return context if len(kept) == len(given) else replace(context, facts=kept)


def _gives(statement: Term, context: Context) -> str:
    """The sequence of which a fact gives members, each by others or where it begins."""
    left = _member(getattr(statement, "left", statement), context)
    right = getattr(statement, "right", None)
    if left is None or right is None or getattr(statement, "op", "") != "=":
        return ""
    return left.name if _is_recurrence(left, right, context) or _is_end(left) else ""


__all__ = ["by_itself", "gives_member", "without_others"]
