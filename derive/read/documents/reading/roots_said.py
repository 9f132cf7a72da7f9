"""Products and sums of the roots of an equation: ``The product of the two roots is $-q r$``."""

from __future__ import annotations

import re
from dataclasses import replace
from fractions import Fraction

from derive.language.claims import Equal
from derive.language.context import SymbolDecl
from derive.language.terms import Num, Op, Sym, Term, rebuild
from derive.read import syntax as s
from derive.read.documents.reading import quantified
from derive.read.documents.reading.state import Entry, Reading
from derive.read.documents.text.macros import Expanded
from derive.read.documents.text.scanner import Found
from derive.read.documents.text.statements import one_line
from derive.read.errors import ReadError
from derive.read.latex import node_readings
from derive.read.parser import parse

_SAID = re.compile(
    r"(?i)\b(?P<what>product|sum)\s+of\s+(?:the|its|both|these|their)\s+(?:two\s+)?(?:roots|solutions|zeros)\s+"
    r"(?:is|equals|becomes)\s*\Z"
)
_ROOT = re.compile(r"(?i)\b(?:roots?|solutions?|solv\w+|zeros?)\b[^.;]*\Z")
_ENDS = re.compile(r"\s*(?:[.,;:)]|(?:and|so|which|since|because|as)\b|\Z)")
_UNKNOWN = "\\surd"
"""The name of any number in the place of the unknown."""


def claim(reading: Reading, found: Found, math: Expanded) -> bool:
    """Whether words give the product or the sum of the two roots of the last equation; then that is claimed, or it is
    said that it cannot be read."""
    said = _SAID.search(reading.words.sentence)
    text = one_line(math.text).strip(" .,;")
    if said is None or not _ENDS.match(reading.words.after):
        return False
    try:
        stated = parse(text)
    except ReadError:
        return False
    if isinstance(stated, s.Relation):
        return False
    reading.chains += 1
    reading.sides += 2
    shown = f"the {said['what']} of the roots is {text}"
    values = _values(reading)
    if values is None:
        hint = "write the equation and its solution, or the claim as a formula"
        reading.unread(found, math.place(0), "expected an equation before this with two roots", hint, shown)
        return True
    try:
        value, *more = (typed.term for typed in node_readings(stated, reading.context) if not typed.shape)
    except (ReadError, ValueError):
        reading.unread(found, math.place(0), f"expected a number, found {text}", "", shown)
        return True
    zero, one, other = values
    halves = [Op("div", (_sum(one, each), Num(Fraction(2)))) for each in (other, _minus(other))]
    square = _sum(halves[0], _minus(zero))
    what = Op("div", (zero if said["what"].lower() == "product" else _minus(halves[1]), square))
    statements = tuple(Equal(what, each) for each in (value, *more))
    place = found.source.place(math.place(0))
    key = (reading.number, math.place(0))
    reading.entries.append(Entry(key, place, statements, reading.context, shown, chain=reading.chains))
    return True


def _values(reading: Reading) -> tuple[Term, Term, Term] | None:
    """What the left side of the last equation ``f = 0`` is worth where its unknown, of which it is a quadratic, is 0, 1
    and -1."""
    start = reading.section.extent[0]
    pieces = reading.document.pieces
    for number in range(reading.number - 1, start - 1, -1):
        math = pieces[number].math if pieces[number].kind in ("display", "inline") else None
        node = quantified.relation_of(reading, math) if math is not None else None
        if node is None or node.rest[-1][0] != "=" or s.key(node.rest[-1][1]) != "0" or len(node.rest) != 1:
            continue
        unknown = _unknown(reading, node.first, range(number + 1, reading.number))
        return None if unknown is None else _at(reading, node.first, unknown)
    return None


def _unknown(reading: Reading, left: s.Node, later: range) -> str | None:
    """The name of which a side is a quadratic, and for which words have it solved behind it; or the only such name."""
    names = dict.fromkeys(_bare(part) for part in s.walk(left) if isinstance(part, s.Name | s.Script))
    found = [name for name in names if name and _degree(left, name) == 2]
    pieces = reading.document.pieces
    for number in later:
        math = pieces[number].math if pieces[number].kind in ("display", "inline") else None
        node = quantified.relation_of(reading, math) if math is not None else None
        if node is not None and s.key(node.first) in found and _ROOT.search(pieces[number - 1].text):
            return s.key(node.first)
    if len(found) > 1:  # q r^2 + s r - t is one in r
        terms = [term for _, term in left.terms] if isinstance(left, s.Sum) else []
        found = [name for name in found if any(_degree(term, name) == 1 for term in terms)]
    return found[0] if len(found) == 1 else None


def _bare(node: s.Node) -> str:
    """A name without its power."""
    if isinstance(node, s.Script) and node.sup is not None:
        return s.key(node.base if node.sub is None else replace(node, sup=None))
    return s.key(node)


def _degree(node: s.Node, name: str) -> int | None:
    """The degree of a formula in a name, if it is a polynomial in it as it is written."""
    if isinstance(node, s.Name | s.Script) and _bare(node) == name:
        if not isinstance(node, s.Script) or node.sup is None:
            return 1
        return int(node.sup.text) if isinstance(node.sup, s.Number) and node.sup.text.isdigit() else None
    if not any(isinstance(part, s.Name | s.Script) and _bare(part) == name for part in s.walk(node)):
        return 0
    match node:
        case s.Sum(terms=terms):
            found = [_degree(term, name) for _, term in terms]
        case s.Juxt(parts=parts):
            found = [_degree(part, name) for part in parts]
        case s.Group(bracket="(", items=(item,)):
            return _degree(item, name)
        case s.Frac(top=top, bottom=bottom):
            return _degree(top, name) if _degree(bottom, name) == 0 else None
        case _:
            return None
    known = [each for each in found if each is not None]
    if len(known) < len(found):
        return None
    return max(known) if isinstance(node, s.Sum) else sum(known)


def _at(reading: Reading, left: s.Node, name: str) -> tuple[Term, Term, Term] | None:
    """A side where a name in it is 0, 1 and -1."""
    if _UNKNOWN in reading.context.symbols:
        return None
    context = reading.context.with_symbol(SymbolDecl(_UNKNOWN))
    try:
        readings = node_readings(_put(left, name), context)
    except ReadError:
        return None
    if len(readings) != 1 or readings[0].shape:
        return None
    zero, one, other = (_with(readings[0].term, Num(Fraction(value))) for value in (0, 1, -1))
    return zero, one, other


def _put(node: s.Node, name: str) -> s.Node:
    """A formula with another name in the place of one."""
    if isinstance(node, s.Name | s.Script) and _bare(node) == name:
        other = s.Name(node.start, node.stop, _UNKNOWN)
        raised = isinstance(node, s.Script) and node.sup is not None
        return (
            s.Script(node.start, node.stop, other, None, node.sup) if raised and isinstance(node, s.Script) else other
        )
    return s.rebuilt(node, lambda part: _put(part, name))


def _with(term: Term, value: Term) -> Term:
    if isinstance(term, Sym) and term.name == _UNKNOWN:
        return value
    return rebuild(term, lambda part: _with(part, value))


def _sum(one: Term, other: Term) -> Term:
    return Op("add", (one, other))


def _minus(term: Term) -> Term:
    return Op("neg", (term,))


__all__ = ["claim"]
