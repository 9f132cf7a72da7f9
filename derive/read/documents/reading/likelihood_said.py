"""Likelihoods that a text writes of a sample of which it has said what it is drawn from: what it writes is a claim."""

from __future__ import annotations

import re

from derive.read import syntax as s
from derive.read.documents.definitions.defining import Defined, define
from derive.read.documents.definitions.taking import is_new
from derive.read.documents.reading import solving
from derive.read.documents.reading.state import Reading, Waiting
from derive.read.documents.steps.chains import Segment
from derive.read.documents.words import likelihoods
from derive.read.documents.words.sampled_from import Sample, samples
from derive.read.errors import DeclarationError
from derive.read.latex import is_readable
from derive.read.parser import parse

_SAID = re.compile(
    r"(?i)(?P<sort>(?:\b(?:joint|negative|average|mean|data|total|full|corresponding|resulting|gaussian|bernoulli|poisson)\s+)*)"
    r"\b(?P<log>log[- ]?)?likelihood(?:\s+function)?"
    r"(?:\s+(?:of|for|under|given)\s+(?:(?:the|this|all|our|a|whole|sample|data\s*set|data|observations?|parameters?|mean|rate|model|independence)\s*|⟨\d+⟩\s*)+)?"
    r"\s*(?:is|are|becomes|reads|equals|(?:can|may)\s+be\s+written(?:\s+as)?|factori[sz]es(?:\s+(?:as|into))?|takes\s+the\s+form)?"
    r"(?:\s+(?:then|thus|therefore|hence|now|given\s+by|simply|as|equal\s+to))*[\s:,]*\Z"
)
_ANOTHER = re.compile(
    r"(?i)\b(?:penali\w+|regulari\w+|marginal|complete|incomplete|conditional|expected|profile|partial|pseudo|predictive|"
    r"approximat\w+|restricted|variational|posterior|prior|weighted|tempered|ratio|bound)\b"
)
"""Words of sentences that speak of something else than the likelihood of all members."""
_SORTS = frozenset({"negative", "average", "mean"})


def claim(reading: Reading, each: Waiting, segment: Segment) -> bool:
    """Whether words call the first side, a name or a call that is new, the likelihood of a sample that the section has
    told: then it is that from here on."""
    found, node = _SAID.search(each.sentence), segment.nodes[0]
    if (
        found is None
        or _ANOTHER.search(each.sentence)
        or segment.missing
        or segment.ops[0] not in ("=", ":=")
        or each.assume
        or each.anew
    ):
        return False
    if not _name(node) or not is_new(node, reading.context, reading.section.sections_before):
        return False
    told = samples(reading.document.pieces, reading.section.extent[0], each.number, reading.context)
    if len(told) != 1 or not _is_of_parameters(node, told[0]):
        return False
    sort = {*found["sort"].lower().split()} & _SORTS
    made = likelihoods.likelihood(told[0], reading.context, logarithm=bool(found["log"]))
    if made is None or (sort and not found["log"]):
        return False
    value = made.value
    if sort & {"average", "mean"}:
        value = f"\\frac{{1}}{{{told[0].last or made.context.indices[told[0].index].high}}} {value}"
    text = each.math.text[node.start : node.stop]
    done = _defined(text, f"- {value}" if "negative" in sort else value, made)
    if done is None:
        return False
    reading.context = done.context
    solving.note_objective(reading, text)
    reading.note(each.found.source.place(each.math.place(node.start)), done.text)
    return True


def density(reading: Reading, each: Waiting, node: s.Node) -> str:
    """What the density ``p(x_i \\mid \\mu)`` of a member of such a sample is; nothing if it is none."""
    match node:
        case s.Juxt(parts=(s.Name(text="p" | "f" | "P"), s.Group(bracket="(", items=(member, *given)))):
            pass
        case _:
            return ""
    told = samples(reading.document.pieces, reading.section.extent[0], each.number, reading.context)
    fits = [each for each in told if each.member == s.key(member)]
    if len(fits) != 1 or not {s.key(part) for part in given} <= fits[0].letters():
        return ""
    made = likelihoods.likelihood(fits[0], reading.context, logarithm=False)
    if made is None:
        return ""
    reading.context = made.context
    return fits[0].density()


def _name(node: s.Node) -> str:
    head = node.parts[0] if isinstance(node, s.Juxt) and len(node.parts) == 2 else node
    return s.key(head) if isinstance(head, s.Name | s.Script) else ""


def _is_of_parameters(node: s.Node, sample: Sample) -> bool:
    """Whether a call has parameters of the distribution as its arguments; ``L(\\mu ; x)`` is of the sample too."""
    if not isinstance(node, s.Juxt):
        return True
    match node.parts[1]:
        case s.Group(bracket="(", items=items, seps=seps):
            stop = next((at + 1 for at, sep in enumerate(seps) if sep in (";", "|")), len(items))
            return all(s.key(item) in sample.letters() for item in items[:stop])
    return False


def _defined(text: str, value: str, made: likelihoods.Likelihood) -> Defined | None:
    try:
        done = define([text], [parse(text)], value, made.context)
    except DeclarationError:
        return None
    return done if is_readable(parse(text), done.context) else None


__all__ = ["claim", "density"]
