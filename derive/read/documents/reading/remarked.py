r"""What a display says beside its statement: ``J(a) = …, \quad a \ne 0`` is defined for these a, and claims nothing."""

from __future__ import annotations

from derive.language.claims import WellDefined
from derive.language.terms import Rel
from derive.read import syntax as s
from derive.read.documents.definitions.defining import is_free, primitive
from derive.read.documents.reading import quantified
from derive.read.documents.reading.state import Entry, Reading
from derive.read.documents.steps import plain_facts
from derive.read.documents.text.macros import Expanded
from derive.read.documents.text.prose import JOINING
from derive.read.documents.text.scanner import Found
from derive.read.documents.text.statements import Chain, one_line
from derive.read.errors import ReadError
from derive.read.latex import plain_links
from derive.read.notation import ZEROS


def note_remark(reading: Reading, found: Found, math: Expanded, chain: Chain) -> bool:
    """Whether a chain that is not the first of its display bounds a quantity of which nothing but its space is known;
    then that is supposed from here on."""
    node = chain.node
    if not isinstance(node, s.Relation) or len(node.rest) != 1 or chain.begins:
        return False
    op, right = node.rest[0]
    name = primitive(node.first, reading.context)
    if name is None or not isinstance(right, s.Number) or not is_free(name, reading.context):
        return False
    text = one_line(math.text[chain.span.start : chain.span.stop])
    if op == "!=" and right.text == "0":
        return _excluded(reading, found, math, node, text)
    return op in ("<", "<=", ">", ">=") and quantified.bound_here(reading, found, text)


def note_exclusion(reading: Reading, found: Found, math: Expanded, node: s.Relation, words: str) -> bool:
    """``For $v \\in \\mathbb{R}^d$, $v \\ne 0$, let …``: right behind the space of a quantity of which nothing else is
    known, this says which ones are meant."""
    if len(node.rest) != 1 or node.rest[0][0] != "!=" or s.key(node.rest[0][1]) not in ("0", *ZEROS):
        return False
    name = primitive(node.first, reading.context)
    before = reading.document.pieces[reading.number - 2].math if reading.number > 1 else None
    if name is None or before is None or not JOINING.match(words) or not is_free(name, reading.context):
        return False
    subject, said, _ = before.text.partition("\\in ")
    if not said or s.key(node.first) not in [each.strip() for each in subject.split(",")]:
        return False
    return _excluded(reading, found, math, node, one_line(math.text).strip(" .,;"))


def _excluded(reading: Reading, found: Found, math: Expanded, node: s.Relation, text: str) -> bool:
    try:
        link = plain_links(node, reading.context)[0]
    except ReadError:
        return False
    if link.problem is not None or len(link.left) != 1 or len(link.right) != 1:
        return False
    at = math.place(max(node.start, 0))
    place = found.source.place(at)
    context = plain_facts.with_fact(link, reading.context, text)
    if Rel(link.op, link.left[0], link.right[0]) not in [fact.statement for fact in reading.context.facts]:
        reading.note(place, f"supposed from here on: {text}")
    reading.context = context
    what = tuple(WellDefined(term, "assumption") for term in link.left)
    reading.entries.append(Entry((reading.number, at), place, what, context, text, chain=reading.chains))
    return True


__all__ = ["note_exclusion", "note_remark"]
