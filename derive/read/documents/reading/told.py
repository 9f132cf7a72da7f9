r"""Densities that a text writes of what it has told how it is drawn."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from derive.language.claims import Equal
from derive.read import syntax as s
from derive.read.documents.definitions import normal_marginals, told_densities
from derive.read.documents.definitions.defining import define, logarithm_of
from derive.read.documents.definitions.posteriors import posterior
from derive.read.documents.definitions.taking import is_new
from derive.read.documents.reading import redefining
from derive.read.documents.reading.state import Entry, Reading, Waiting
from derive.read.documents.steps import constants
from derive.read.documents.steps.chains import Segment
from derive.read.documents.steps.proportional import normalised
from derive.read.documents.text.statements import chains_of
from derive.read.errors import DeclarationError, ReadError
from derive.read.latex import node_readings
from derive.read.parser import parse


def first_side(reading: Reading, each: Waiting, segment: Segment) -> bool:
    """Whether a chain begins with a density that is told: what the chain says of it is a claim."""
    if segment.missing or segment.ops[0] not in ("=", ":=") or each.assume:
        return False
    return _name(reading, each, segment.nodes[0])


def as_posterior(reading: Reading, each: Waiting, segment: Segment, section: Sequence[s.Node]) -> bool:
    """Whether a chain begins with a posterior of which the section tells prior and likelihood, or how all that it is of
    is drawn: what the chain says that it is proportional to is a claim."""
    node = _inside(segment.nodes[0])
    if not is_new(node, reading.context, reading.section.sections_before):
        return False
    pieces = reading.document.pieces[slice(*reading.section.extent)]
    words = " ".join(piece.text for piece in pieces if piece.kind == "prose")
    body = posterior(node, section, words, reading.context)
    if not body:
        return _name(reading, each, node)
    try:
        texts = [each.math.text[node.start : node.stop], body]
        done = normalised([node, parse(body)], texts, reading.context)
    except ReadError:
        return False
    if done is None:
        return False
    redefining.redefine(reading, done.context)
    reading.note(each.found.source.place(each.math.place(node.start)), done.text)
    return True


def before_it_is_worked_out(reading: Reading, each: Waiting, segment: Segment, section: Sequence[s.Node]) -> bool:
    """Whether a chain says of such a posterior which normal density it is, or its logarithm up to a constant."""
    if segment.missing or segment.ops[:1] != ("=",):
        return False
    first = segment.nodes[0]
    inside = _inside(first)
    if not told_densities.is_density(inside):
        return False
    if inside is first:
        said = _is_normal(segment.nodes[1])
    else:
        said = bool(constants.has_constants(segment, each.prose, "", each.after, reading.context))
    return said and as_posterior(reading, each, segment, section)


def _inside(node: s.Node) -> s.Node:
    """``p(w | t)`` of its logarithm; any other side as it is."""
    logarithm = logarithm_of(node)
    return node if logarithm is None or logarithm[0] else logarithm[1]


def _is_normal(node: s.Node) -> bool:
    """``\\mathcal{N}(w | m, S)``, ``\\mathcal{N}(m, S)``."""
    match node:
        case s.Juxt(parts=(s.Name(text="\\mathcal{N}" | "N"), s.Group(bracket="("))):
            return True
    return False


def anywhere(reading: Reading, each: Waiting) -> bool:
    """Whether a chain that waits has such a density inside."""
    if each.chain.node is None:
        return False
    parts = (part.parts for part in s.walk(each.chain.node) if isinstance(part, s.Juxt))
    calls = (s.Juxt(one.start, two.stop, (one, two)) for beside in parts for one, two in pairwise(beside))
    named = [_name(reading, each, call) for call in calls]
    return any(named)


def claim_noise(reading: Reading, each: Waiting, segment: Segment, texts: Sequence[str]) -> None:
    r"""``x = m + a \epsilon``, ``\epsilon \sim \mathcal{N}(0, I)``, behind ``q(x | z) = \mathcal{N}(x; …)``: that what
    is made so has this density is claimed, beside what the line says itself."""
    if segment.missing or segment.ops[:1] != ("=",):
        return
    start, stop = reading.section.extent
    maths = [(at, reading.document.pieces[at].math) for at in range(start, stop)]
    texts_of = (
        math.text[chain.span.start : chain.span.stop]
        for _, math in maths
        if math is not None and "\\sim" in math.text
        for chain in chains_of(math.text, reading.context)
    )
    drawn = [text for text in texts_of if "\\sim" in text]
    densities = [_stated_normal(math.text, reading) for at, math in maths if math is not None and at < each.number]
    for call in densities if drawn else ():
        if call is None or s.key(segment.nodes[0]) != told_densities.quantity_of(call):
            continue
        body = told_densities.told(call, [f"{texts[0]} = {texts[1]}", *drawn], reading.context)
        try:
            (left,), (right,) = (node_readings(node, reading.context) for node in (call, parse(body)))
        except (ReadError, ValueError):
            continue
        reading.chains += 1
        reading.sides += 2
        at = each.math.place(segment.nodes[1].start)
        place, what = each.found.source.place(at), (Equal(left.term, right.term),)
        text = f"{s.key(call)} = {body}"
        reading.entries.append(Entry((each.number, at), place, what, reading.context, text, chain=reading.chains))
        reading.note(place, f"drawn so, it has the density {text}")


def _stated_normal(text: str, reading: Reading) -> s.Node | None:
    """The density ``q(x | z)`` that a formula before this one says to be a normal one."""
    for chain in chains_of(text, reading.context):
        node = chain.node
        if isinstance(node, s.Relation) and node.rest[0][0] in ("=", ":=") and _is_normal(node.rest[0][1]):
            known = not is_new(node.first, reading.context, reading.section.sections_before)
            return node.first if known and told_densities.is_density(node.first) else None
    return None


def _name(reading: Reading, each: Waiting, node: s.Node) -> bool:
    if not is_new(node, reading.context, reading.section.sections_before):
        return False
    body = normal_marginals.marginal(node, reading.context)
    if not body and not told_densities.is_density(node):
        return False
    pieces = reading.document.pieces[slice(*reading.section.extent)]
    formulas = [piece.math.text for piece in pieces if piece.math is not None and piece.kind != "declaration"]
    body = (
        body
        or told_densities.told(node, formulas, reading.context)
        or normal_marginals.posterior(node, reading.context)
    )
    if not body:
        return False
    try:
        done = define([each.math.text[node.start : node.stop]], [node], body, reading.context)
    except DeclarationError:
        return False
    redefining.redefine(reading, done.context)
    reading.note(each.found.source.place(each.math.place(node.start)), done.text)
    return True


__all__ = ["anywhere", "as_posterior", "before_it_is_worked_out", "claim_noise", "first_side"]
