r"""What words such as *convex* say of an unknown function that has a gradient: ``Let $f$ be $\mu$-strongly convex``."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from types import MappingProxyType

from derive.language.context import Context
from derive.language.terms import Rel, Sym, Term, rebuild
from derive.read import syntax as s
from derive.read.declarations import declare
from derive.read.documents.text.scanner import Found
from derive.read.documents.text.sentences import sentence_of
from derive.read.documents.words.universal import Universal, said
from derive.read.errors import DeclarationError, ReadError
from derive.read.latex import readings, relation_terms
from derive.read.names import option
from derive.read.parser import parse

_F, _C = r"⟨(?P<f>\d+)⟩", r"⟨(?P<c>\d+)⟩"
_MORE = (
    r"(?:(?:now|also|again|an?|both|twice|continuously|differentiable|smooth|bounded\s+below|functions?|and|in\s+addition|"
    r"moreover|strictly|⟨\d+⟩-smooth|convex|proper|,)\s*,?\s+)*"
)
_IS = rf"\s+(?:is|be)\s+{_MORE}"
_WHERE = r"(?!\s+(?:functions?\s+)?(?:at|in|on|over|along|near|around|within|for|outside|with\s+respect)\b)(?!-)"
"""It is so everywhere, and in all of its argument."""
_CONVEX = r"f(v) \ge f(u) + \nabla f(u)^\top (v - u)"
_SMOOTH = r"f(v) \le f(u) + \nabla f(u)^\top (v - u) + \frac{c}{2} \|v - u\|^2"
_SORT = r"(?:convex|smooth|differentiable|continuously|twice|strictly|and|⟨\d+⟩-smooth|,)"
_KINDS = tuple(
    (re.compile(f"(?i){pattern}{_WHERE}"), means)
    for pattern, means in (
        (rf"{_F}{_IS}convex\b", _CONVEX),
        (rf"(?<![⟩-])\bconvex\s*,?\s+(?:{_SORT}\s+)*functions?\s+{_F}", _CONVEX),
        (rf"{_F}{_IS}concave\b", _CONVEX.replace(r"\ge", r"\le")),
        (rf"{_F}{_IS}{_C}-(?:strongly[\s-]+convex)\b", rf"{_CONVEX} + \frac{{c}}{{2}} \|v - u\|^2"),
        (rf"{_F}{_IS}{_C}-smooth\b", _SMOOTH),
        (rf"{_C}-smooth\s*,?\s+(?:{_SORT}\s+)*functions?\s+{_F}", _SMOOTH),
        (
            rf"{_F}(?:{_IS})?[^⟨⟩.;]*\b(?:has|have|with)\s+(?:an?\s+)?{_C}-Lipschitz(?:[\s-]+continuous)?\s+gradients?\b",
            _SMOOTH,
        ),
    )
)
_SUPPOSES = re.compile(
    r"(?i)\A[\s*]*(?:(?:now|here|next|further|throughout|from\s+now\s+on|in\s+addition)[\s,]+)*(?:(?:we|us)\s+)?"
    r"(?:let|assume|suppose|throughout|consider)\b|\bthroughout\b"
)
_BEGINS = re.compile(
    r"(?i)(?<!of )(?<!of the )(?<!such )\b(?:let|assume|suppose|that|and|now|also|further|moreover|throughout|"
    r"here|next|addition|functions?|loss|objective|risk|cost)\s*,?\s*\Z"
)
"""Words right before a function that is said to be so itself."""
_HEADS = re.compile(r"\\(?:sub)*(?:section|paragraph)\*?\s*\{[^{}]*\}|(?m:^\s*#+ .*$)|\n\s*\n")
_NOT = re.compile(
    r"(?i)\b(?:not|no|never|if|whether|unless|when(?:ever)?|show|prove|then|hence|thus|therefore|would|might|may|either|or)\b"
)
_NAMED = "u{}", "v{}"


def said_of(pieces: Sequence[Found], number: int, context: Context) -> Iterator[tuple[Universal, str]]:
    """What the sentence of piece ``number`` supposes of an unknown function, where this is the last formula that says
    so; with what that means."""
    sentence = _HEADS.split(sentence_of(pieces, number).text)[-1]
    if not _SUPPOSES.search(sentence) or _NOT.search(sentence):
        return
    for pattern, means in _KINDS:
        for found in pattern.finditer(sentence):
            given = {key: int(value) for key, value in found.groupdict().items()}
            begins = found.start("f") != found.start() + 1 or _BEGINS.search(sentence[: found.start()])
            if not begins:
                continue  # the set where $f$ is convex
            if max(given.values()) != number:
                continue
            names = {key: _letter(pieces[at]) for key, at in given.items()}
            known = _meaning(means, names, number, context) if all(names.values()) else None
            if known is not None:
                yield known


def _letter(piece: Found) -> str:
    """The letter of ``f``, and of ``f : \\mathbb{R}^d \\to \\mathbb{R}``."""
    text = piece.math.text if piece.math is not None else ""
    found = re.match(r"\s*(\\?[A-Za-z]+)\s*(?:(?::|\\colon).*)?\Z", text, re.DOTALL)
    return found[1] if found is not None else ""


def _meaning(means: str, names: dict[str, str], number: int, context: Context) -> tuple[Universal, str] | None:
    space = _space(names["f"], context)
    if not space or ("c" in names and not _is_positive(names["c"], context)):
        return None
    text = re.sub(r"(?<![A-Za-z\\])[fc](?![A-Za-z])", lambda letter: names[letter.group()], means)
    return _of_all(text, space, number, context)


def _space(name: str, context: Context) -> str:
    """The space that an unknown function goes from; nothing if it is no such function, or that is not said."""
    function = context.functions.get(name)
    if (
        function is None
        or function.body is not None
        or function.builtin is not None
        or function.shape
        or function.family
    ):
        return ""
    return str(option(context, "domains").get(name, ""))


def _of_all(text: str, space: str, number: int, context: Context) -> tuple[Universal, str] | None:
    """A relation that holds whatever u (and v, if it has that) of a space are."""
    kept = {name: decl for name, decl in context.symbols.items() if name not in ("u", "v")}
    try:
        there = declare(f"u, v \\in {space}", replace(context, symbols=MappingProxyType(kept)))
        node = parse(text)
        read = readings(there, lambda resolver: relation_terms(resolver, node)) if isinstance(node, s.Relation) else ()
    except (DeclarationError, ReadError):
        return None
    if len(read) != 1 or len(read[0]) != 1:
        return None
    relation = Rel(read[0][0].op, _apart(read[0][0].left), _apart(read[0][0].right))
    known = said(_NAMED if "v" in text else _NAMED[:1], relation, context, number)
    return replace(known, shape=there.symbols["u"].shape), text


_BEST = re.compile(
    r"(?i)⟨(?P<point>\d+)⟩\s*(?:,\s*)?(?:be|is|denotes?|for|as|,)?\s*(?:an?|the|any|some|one)\s+(?:(?:global|unique|unconstrained|true|the)\s+)*"
    r"(?:(?P<least>minimi[sz]er|minimum|minimi[sz]ing\s+point)|(?P<most>maximi[sz]er|maximum)|optimum|optimi[sz]er|"
    r"optimal\s+(?:solution|point))(?:\s+of\s+(?:the\s+[a-z]+\s+)?⟨(?P<f>\d+)⟩)?(?!\s+(?:in|on|over|of|under|subject)\b)"
)
_LETS = re.compile(r"(?i)\b(?:let|where|with|denote|write|suppose|assume|fix|pick|choose)\b[^.;]*\Z")


def best_point(pieces: Sequence[Found], number: int, context: Context) -> tuple[Context, Universal | None, str] | None:
    """``let $x^*$ be a minimiser of $f$``: the context with this point, which nothing declares, and that no value of
    the unknown function f is less."""
    sentence = _HEADS.split(sentence_of(pieces, number).text)[-1]
    for found in _BEST.finditer(sentence):
        point, function = int(found["point"]), int(found["f"] or 0)
        if max(point, function) != number or not _LETS.search(sentence[: found.start()]) or _NOT.search(sentence):
            continue
        name = _marked(pieces[point])
        known = [each for each in context.functions if _space(each, context)]
        f = _letter(pieces[function]) if function else known[0] if len(known) == 1 else ""
        space = _space(f, context) if f else ""
        if not name or not space or name in context.symbols or name in context.functions:
            return None
        text = f"{name} \\in {space}"
        try:
            there = declare(text, context)
        except DeclarationError:
            return None
        op = "\\le" if found["least"] else "\\ge" if found["most"] else ""
        means = _of_all(f"{f}({name}) {op} {f}(u)", space, number, there) if op else None
        return (
            there,
            None if means is None else means[0],
            text if means is None else f"{text} ; assume {means[1]} for all u",
        )
    return None


def _marked(piece: Found) -> str:
    """A letter with a star or a hat."""
    text = piece.math.text.strip() if piece.math is not None else ""
    found = re.fullmatch(
        r"(\\?[A-Za-z]+)\s*(?:\^\s*\{?\s*(?:\*|\\star|\\ast)\s*\}?|_\s*\{?\s*(?:\*|\\star|\\ast)\s*\}?)", text
    )
    try:
        return s.key(parse(text)) if found is not None else ""
    except ReadError:
        return ""


def _is_positive(name: str, context: Context) -> bool:
    decl = context.symbols.get(name)
    return (
        decl is not None and not decl.shape and not decl.family and bool(decl.properties & {"positive", "nonnegative"})
    )


def _apart(term: Term) -> Term:
    """A term with names that no text has in the places of the u and v that it is said of."""
    if isinstance(term, Sym) and term.name in ("u", "v"):
        return replace(term, name=f"{term.name}{{}}")
    return rebuild(term, _apart)


__all__ = ["best_point", "said_of"]
