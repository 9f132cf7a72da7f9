r"""Densities that a text writes of what it has told how it is drawn."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from derive.read import syntax as s
from derive.read.documents.definitions import label_posteriors, normal_marginals, told_densities
from derive.read.documents.definitions.defining import define, logarithm_of
from derive.read.documents.definitions.posteriors import likelihood, posterior
from derive.read.documents.definitions.taking import is_new
from derive.read.documents.reading import likelihood_said, redefining
from derive.read.documents.reading.state import Reading, Waiting
from derive.read.documents.steps import constants
from derive.read.documents.steps.chains import Segment
from derive.read.documents.steps.proportional import normalised
from derive.read.errors import DeclarationError, ReadError
from derive.read.latex import is_readable
from derive.read.parser import parse


def first_side(reading: Reading, each: Waiting, segment: Segment, section: Sequence[s.Node]) -> bool:
    """Whether a chain begins with a density that is told: what the chain says of it is a claim, as it is behind a name
    for such a density, ``\\gamma_k = p(z = k | x) = …``."""
    if segment.missing or segment.ops[0] not in ("=", ":=") or each.assume or each.anew:
        return False
    named = [_name(reading, each, node, section) for node in segment.nodes[:2]]
    return named[0]


def as_posterior(reading: Reading, each: Waiting, segment: Segment, section: Sequence[s.Node]) -> bool:
    """Whether a chain begins with a posterior of which the section tells prior and likelihood, or how all that it is of
    is drawn: what the chain says that it is proportional to is a claim."""
    node = _inside(segment.nodes[0])
    if not is_new(node, reading.context, reading.section.sections_before):
        return False
    body = posterior(node, (*section, *_as_drawn(reading, each, node)), _words(reading), reading.context)
    if not body:
        return _name(reading, each, node, section)
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
        said = is_normal(segment.nodes[1])
    else:
        said = bool(constants.has_constants(segment, each.prose, "", each.after, reading.context))
    return said and as_posterior(reading, each, segment, section)


def _inside(node: s.Node) -> s.Node:
    """``p(w | t)`` of its logarithm; any other side as it is."""
    logarithm = logarithm_of(node)
    return node if logarithm is None or logarithm[0] else logarithm[1]


def is_normal(node: s.Node) -> bool:
    """``\\mathcal{N}(w | m, S)``, ``\\mathcal{N}(m, S)``."""
    match node:
        case s.Juxt(parts=(s.Name(text="\\mathcal{N}" | "N"), s.Group(bracket="("))):
            return True
    return False


def anywhere(reading: Reading, each: Waiting, section: Sequence[s.Node]) -> bool:
    """Whether a chain that waits has such a density inside."""
    if each.chain.node is None:
        return False
    parts = (part.parts for part in s.walk(each.chain.node) if isinstance(part, s.Juxt))
    calls = (s.Juxt(one.start, two.stop, (one, two)) for beside in parts for one, two in pairwise(beside))
    named = [_name(reading, each, call, section) for call in calls]
    return any(named)


def _name(reading: Reading, each: Waiting, node: s.Node, section: Sequence[s.Node]) -> bool:
    if not isinstance(node, s.Juxt) or not isinstance(node.parts[-1], s.Group):
        return False
    new = is_new(node, reading.context, reading.section.sections_before)
    if not new and is_readable(node, reading.context):
        return False
    body = label_posteriors.told(node, section, reading.context, reading.section.sections_before)
    told = (*section, *_of_sample(reading, each, node))
    body = body or likelihood(node, told, _words(reading), reading.context)
    if new and not body:
        body = _by_normals(reading, node) or likelihood_said.density(reading, each, node)
    return bool(body) and _define(reading, each, node, each.math.text[node.start : node.stop], body)


def _as_drawn(reading: Reading, each: Waiting, node: s.Node) -> list[s.Node]:
    """The likelihoods ``p(x_n | z)`` of what the section says is drawn given the z of a posterior, where it has told
    how z is drawn as well; both are defined then."""
    match node:
        case s.Juxt(parts=(head, s.Group(items=(of, *_)))) if told_densities.is_density(node):
            prior = normal_marginals.prior(of, reading.context)
        case _:
            return []
    if prior is None or not (_is_there(reading, prior[0]) or _define(reading, each, node, *prior)):
        return []
    return _drawn_given(reading, each, head, of)


def _of_sample(reading: Reading, each: Waiting, node: s.Juxt) -> list[s.Node]:
    """The likelihoods ``p(x_n | z)``, in the same way, of all of which ``p(x_1, \\dots, x_N | z)`` may be made."""
    match node.parts:
        case (head, s.Group(items=items, seps=seps)) if any(isinstance(item, s.Dots) for item in items) and "|" in seps:
            return _drawn_given(reading, each, head, items[seps.index("|") + 1])
    return []


def _drawn_given(reading: Reading, each: Waiting, head: s.Node, of: s.Node) -> list[s.Node]:
    formulas, found = _formulas(reading), list[s.Node]()
    for name, given in told_densities.drawn_given(formulas):
        keys = [s.key(item) for item in given]
        if s.key(of) not in keys or not s.is_legible(head):
            continue
        call = f"{s.key(head)}({s.key(name)} | {', '.join(keys)})"
        body = told_densities.told(parse(call), formulas, reading.context)
        if body and (_is_there(reading, call) or _define(reading, each, head, call, body)):
            found.append(parse(call))
    return found


def _is_there(reading: Reading, call: str) -> bool:
    """Whether the text has written this density: then it is what that says."""
    return is_readable(parse(call), reading.context)


def _define(reading: Reading, each: Waiting, node: s.Node, call: str, body: str) -> bool:
    """Whether a density could be defined that stands at a node, or is needed there, and can be read from there on."""
    try:
        done = define([call], [parse(call)], body, reading.context)
    except DeclarationError:
        return False
    if not is_readable(parse(call), done.context):
        return False
    redefining.redefine(reading, done.context)
    reading.note(each.found.source.place(each.math.place(node.start)), done.text)
    return True


def _words(reading: Reading) -> str:
    pieces = reading.document.pieces[slice(*reading.section.extent)]
    return " ".join(piece.text for piece in pieces if piece.kind == "prose")


def _formulas(reading: Reading) -> list[str]:
    pieces = reading.document.pieces[slice(*reading.section.extent)]
    return [piece.math.text for piece in pieces if piece.math is not None and piece.kind != "declaration"]


def _by_normals(reading: Reading, node: s.Node) -> str:
    """What a density is of what is normal, or made of what is."""
    body = normal_marginals.marginal(node, reading.context)
    if body or not told_densities.is_density(node):
        return body
    body = told_densities.told(node, _formulas(reading), reading.context)
    return body or normal_marginals.posterior(node, reading.context)


__all__ = ["anywhere", "as_posterior", "before_it_is_worked_out", "first_side", "is_normal"]
