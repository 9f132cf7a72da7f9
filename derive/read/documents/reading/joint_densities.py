r"""Joint densities of which a section says no more than that: ``observed $x$ and latent $z$ with joint density
$p(x, z)$``, and a density ``$q(z)$`` beside them. They are unknown positive densities, of vectors, in their section."""

from __future__ import annotations

import re
from collections.abc import Sequence

from derive.read.declarations import declare
from derive.read.documents.reading.state import Reading
from derive.read.documents.text.scanner import Found
from derive.read.documents.text.spelling import spaced
from derive.read.documents.undeclared.unbounded_sums import LENGTHS
from derive.read.errors import DeclarationError

_LETTER = r"(?:\\(?:mathbf|boldsymbol) (?:\{ )?[a-z](?: \})?|[a-z])"
_JOINT = re.compile(rf"(?<!\S)p \( (?P<x>{_LETTER}) , (?P<z>{_LETTER}) \)")
_OTHER = re.compile(rf"(?<!\S)q (?P<below>_ \\[a-z]+ )?\( (?P<z>{_LETTER})(?P<given> \\mid (?P<x>{_LETTER}))? \)")
_LATENT = re.compile(
    r"(?i)\blatent\b|\bhidden\s+variable|\bjoint\s+(?:densit|distribution)|\bposterior\b|\bevidence\b|\bvariational\b"
)
_BOUNDED = re.compile(r"(?i)\bdiscrete\b|\bfinite\b|\bcategorical\b|\bmixture\b|\bclass(?:es)?\b|\blabels?\b")
_GIVEN = re.compile(
    r"(?:\A|,|quad|;)[ &]*(?P<call>[pq] (?:_ \\[a-z]+ )?\( [^()]* \)) [& ]*(?::=|=|\\propto) (?P<body>.*)"
)
_CALLS = re.compile(r"(?<!\S)[pq] (?:_ \\[a-z]+ )?\( [^()]* \)")
_BETWEEN = re.compile(rf"(?:\s|[{{}}.,;()]|\\frac|\\int|\\[,;!:]|\\log|\\exp|\\quad|d {_LETTER})*")


def begin(reading: Reading, pieces: Sequence[Found]) -> None:
    """At the beginning of a section: the densities that it has, where nothing declares or gives any of them."""
    texts = [spaced(piece.math.text) for piece in pieces if piece.math is not None]
    words = " ".join(piece.text for piece in pieces if piece.kind == "prose")
    if not _LATENT.search(words) or _BOUNDED.search(words) or any(piece.kind == "declaration" for piece in pieces):
        return
    joint = {found.groups() for text in texts for found in _JOINT.finditer(text)}
    others = {(found["below"] or "", found["z"], found["x"] or "") for text in texts for found in _OTHER.finditer(text)}
    if len(joint) != 1 or len({z for _, z, _ in others}) > 1 or any(_gives(text) for text in texts):
        return
    ((x, z),) = joint
    if any(other != z or given not in ("", x) for _, other, given in others) or x == z:
        return
    if any(re.search(rf"\\sum _ (?:\{{ )?(?:{re.escape(z)}|{re.escape(x)})(?!\S)", text) for text in texts):
        return  # they have finitely many values
    _declare(reading, x, z, sorted(others))


def _gives(text: str) -> bool:
    """Whether a formula says what one of them is, but by others of them."""
    found = _GIVEN.search(text)
    return found is not None and _BETWEEN.fullmatch(_CALLS.sub(" ", found["body"])) is None


def _declare(reading: Reading, x: str, z: str, others: Sequence[tuple[str, str, str]]) -> None:
    context = reading.context
    known = ("p", *(["q"] if others else []))
    if any(name in taken for name in known for taken in (context.symbols, context.functions, context.indices)):
        return
    free = iter(each for each in LENGTHS if each not in reading.document.spelled and each not in context.sizes)
    said: list[str] = []
    for name in (x, z):
        plain = name.replace(" ", "")
        if name in context.indices or name in context.sizes or name in context.functions:
            return
        decl = context.symbols.get(plain)
        if decl is not None and (decl.definition is not None or decl.family or decl.depends):
            return
        placed = _space(reading, plain)
        length = "" if placed else next(free, "")
        if decl is None and (placed == "?" or not (placed or length)):
            return
        if decl is None:
            said.append(f"{plain} \\in " + (placed or f"\\mathbb{{R}}^{{{length}}}"))
    said += [f"function p({x}, {z}) density positive"]
    for below, other, given in others:
        said.append(f"function q{below}({other}{' | ' + given if given else ''}) density positive")
    try:
        reading.context = declare(" ; ".join(said), context)
    except DeclarationError:
        return
    reading.section.for_section.update(dict.fromkeys(known))
    reading.notes += said


def _space(reading: Reading, name: str) -> str:
    """The space of vectors or numbers that a formula of the section says a name is of; ``?`` for another set."""
    start, stop = reading.section.extent
    wanted = re.compile(
        rf"(?:\A|,)\s*{re.escape(name)}\s*(?:,[^=<>]*)?\\in\s*"
        r"(?P<space>\\mathbb\s*\{?R\}?(?:\s*\^\s*(?:\{[^{}]*\}|\w))?)?"
    )
    for piece in reading.document.pieces[start:stop]:
        found = wanted.search(piece.math.text) if piece.math is not None else None
        if found is not None:
            return found["space"] or "?"
    return ""


__all__ = ["begin"]
