r"""Quantities that words call normal: ``Let $\epsilon$ be Gaussian with mean $0$ and variance $s^2$`` says that
``\epsilon \sim \mathcal{N}(0, s^2)``."""

from __future__ import annotations

import re
from collections.abc import Sequence

from derive.language.context import Context
from derive.read import syntax as s
from derive.read.documents.text.prose import last_sentence
from derive.read.documents.text.scanner import Found
from derive.read.documents.words.given_moments import moments, named, sentence

_WORDS = (
    r"(?P<words>(?:(?:zero-mean|cent(?:er|re)ed|independent|additive|univariate|multivariate|white|i\.i\.d\.|random|"
    r"standard|isotropic),?\s+)*)"
)
_KIND = (
    r"(?:Gaussian|normal(?:ly)?(?:[-\s]distributed)?)"
    r"(?:\s+(?P<noun>(?:random\s+)?(?:vector|variable|noise)|distributed))?"
)
_IS = re.compile(rf"(?is)\s*(?:be|is|denotes?|being)\s+(?:an?\s+|the\s+)?{_WORDS}{_KIND}\b(?P<rest>.*)\Z")
_CALLED = re.compile(rf"(?is)(?<![a-z-]){_WORDS}{_KIND}\s*\Z")
_OTHERWISE = re.compile(
    r"(?i)\b(?:not|never|no|if|whether|unless|when(?:ever)?|given|condition\w*|hence|thus|so|then|therefore|show\w*|prov\w+|"
    r"conclud\w+|implies|follows|because|since|posterior|approximat\w+|densit\w+|mixtures?)\b"
)


def gaussian_said(pieces: Sequence[Found], number: int, context: Context) -> str:
    r"""How a quantity is drawn, ``x \sim \mathcal{N}(m, v)``, where the words beside its name alone say so; empty where
    they do not, or where something else says what it is."""
    node, _ = named(pieces[number])
    before = pieces[number - 1].text if number and pieces[number - 1].kind == "prose" else ""
    if node is None or _OTHERWISE.search(last_sentence(before)):
        return ""
    name = s.key(node)
    decl = context.symbols.get(name)
    if decl is not None and (decl.definition is not None or decl.family):
        return ""
    text, formulas = sentence(pieces, number)
    found = _IS.match(text)
    called = _CALLED.search(last_sentence(before)) if found is None else None
    said = found or called
    if said is None or (called is not None and not called["noun"]):
        return ""
    words = (said["words"] or "").lower()
    if "standard" in words:
        return f"{name} \\sim \\mathcal{{N}}(0, {'I' if decl is not None and decl.shape else '1'})"
    formulas = [re.split(r"\\in(?![A-Za-z])", formula)[0].strip() for formula in formulas]
    mean, spread = moments(found["rest"] if found is not None else text, formulas, words)
    if mean is None and "noise" in (said["noun"] or "").lower():
        mean = "0"
    return "" if mean is None or spread is None else f"{name} \\sim \\mathcal{{N}}({mean}, {spread})"


__all__ = ["gaussian_said"]
