"""Equal up to a constant: ``\\log p(x | y) = … + \\text{const}``, where the constant does not depend on x."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import count

from derive.language.context import Context
from derive.language.terms import Apply, Sym, Term
from derive.read import syntax as s
from derive.read.declarations import declare
from derive.read.documents.definitions.defining import is_undeclared, logarithm_of
from derive.read.documents.steps.chains import Segment
from derive.read.documents.steps.passages import variables_of
from derive.read.documents.steps.proportional import Proportional, arguments, is_mentioned, same_but_constant
from derive.read.errors import DeclarationError, ReadError
from derive.read.latex import node_readings
from derive.read.parser import parse
from derive.read.rows import CONSTANT

HINT = "write what the left side is a function of, as in \\log p(x | y) = … + const"
_UP_TO = re.compile(
    r"(?i)\b(?:up\s+to|except\s+for|ignoring|dropping|apart\s+from)\s+(?:an?\s+|the\s+|any\s+|some\s+|all\s+)?(?:additive\s+|irrelevant\s+)?"
    r"(?:constants?|terms?\s+(?:that\s+)?(?:are\s+|is\s+)?(?:constant|independent|not\s+depending|(?:do|does)\s+not\s+depend))\b[^.]*\Z"
)
_TOLD_UP_TO = re.compile(
    r"(?i)\b(?:identif\w+|determined|unique(?:ly)?|specified|recovered|known|fixed|defined)\s+(?:only\s+)?up\s+to\b[^.]*\Z"
)
"""What is told only up to a constant may be changed by one: of the equation behind that it says nothing."""
_SAID = re.compile(r"(?i)\bconst(?:ant|s)?\b|\bindependent\s+of\b|\bnot\s+depend")


def has_constants(segment: Segment, words: str, above: str, after: str, context: Context) -> tuple[bool, ...]:
    """For each side of a segment whether a constant is added to it; nothing if none is. ``above`` is what stands before
    it in the same display: of a derivative below what the words are about, they say nothing."""
    if any(op not in ("=", ":=") for op in segment.ops):
        return ()
    said = _SAID.search(f"{words[-200:]} {after[:200]}") is not None
    found = tuple(_without(node, said, context) is not None for node in segment.nodes)
    said_so = _UP_TO.search(words[-160:]) is not None and _TOLD_UP_TO.search(words[-160:]) is None
    if said_so and not ("=" in above and _is_derivative(segment.nodes[0], context)):
        return tuple(True for _ in segment.nodes)
    return found if any(found) else ()


def _is_derivative(node: s.Node, context: Context) -> bool:
    try:
        return all(variables_of(typed.term) for typed in node_readings(node, context))
    except ReadError:
        return False


def without_constants(segment: Segment, words: str, after: str, context: Context) -> Segment:
    """The same segment with the added constants left out."""
    said = _SAID.search(f"{words[-200:]} {after[:200]}") is not None
    nodes = tuple(_without(node, said, context) or node for node in segment.nodes)
    return replace(segment, nodes=nodes)


def _without(node: s.Node, said: bool, context: Context) -> s.Node | None:
    """A sum without the constants in it; None if there are none, or nothing else."""
    if not isinstance(node, s.Sum):
        return None
    kept = tuple(pair for pair in node.terms if not _is_constant(pair[1], said, context))
    if not kept or len(kept) == len(node.terms):
        return None
    return replace(node, terms=kept)


def _is_constant(node: s.Node, said: bool, context: Context) -> bool:
    if isinstance(node, s.Word):
        return CONSTANT.fullmatch(node.text.strip()) is not None
    return said and s.key(node) in ("C", "c") and is_undeclared(node, context)


def up_to_constant(first: s.Node, left: Term, right: Term, context: Context) -> Proportional:
    """``a = b + const`` in x: a(x') - a(x) = b(x') - b(x) for all x and x'."""
    wanted = _of_called(first, context) or arguments(_inside(first), context)
    for term in wanted:
        if not (is_mentioned(left, term, context) or is_mentioned(right, term, context)):
            raise ReadError("expected a side that depends on what the first side is a function of", None, HINT)
    return same_but_constant(left, right, wanted, context)


def in_parameter(first: s.Node, side: s.Node) -> str:
    """Why the constant of ``\\log p_\\theta(x) = f + \\text{const}`` may be one in θ: where nothing in f is written
    with x, but something with θ. Empty if that is not so."""
    match _inside(first):
        case s.Juxt(parts=(s.Script(sub=sub), s.Group(items=items))) if sub is not None:
            written = {s.key(part) for part in s.walk(side)}
            if s.key(sub) in written and not any(s.key(item) in written for item in items):
                return f"the constant may be meant in {s.key(sub)}"
    return ""


def _of_called(node: s.Node, context: Context) -> tuple[Term, ...]:
    """What ``\\ell`` is a function of that was defined as ``\\ell(\\mu, \\Sigma)``; nothing of any other side."""
    decl = context.symbols.get(s.key(node)) if isinstance(node, s.Name | s.Word) else None
    body = decl.definition.body if decl is not None and decl.definition is not None else None
    if not isinstance(body, Apply) or not all(isinstance(each, Sym) for each in body.args):
        return ()
    return body.args


_CONST = "\\mathrm{const}"
_WRITTEN = re.compile(
    r"\\(?:text|mathrm|textrm|mbox|textnormal|rm)\s*\{\s*" + CONSTANT.pattern.removeprefix("(?i)") + r"\s*\}", re.I
)


def with_own_constant(
    segment: Segment, texts: list[str], context: Context
) -> tuple[Segment, list[str], Context, str] | None:
    """``\\ell(\\mu) = f + \\text{const}`` where nothing else gives ℓ: its constant is a number of its own, of which
    nothing is known; and what that is called. None for anything else."""
    logarithm = logarithm_of(segment.nodes[0])
    first = segment.nodes[0] if logarithm is None else logarithm[1]
    if segment.ops not in (("=",), (":=",)) or segment.missing or not is_undeclared(first, context):
        return None
    letter = _letter(segment.nodes[1], context) if logarithm is not None else ""  # o = W a + c may be of vectors
    if letter:
        return segment, texts, declare(f"{letter} \\in \\mathbb{{R}}", context), letter
    if _without(segment.nodes[1], False, context) is None or len(_WRITTEN.findall(texts[1])) != 1:
        return None
    name = next(name for number in count(1) if s.key(parse(name := f"{_CONST}_{{{number}}}")) not in context.symbols)
    text = _WRITTEN.sub(lambda _: f" {name} ", texts[1])
    try:
        declared = declare(f"name {name} \\in \\mathbb{{R}}", context)
        node = parse(text)
    except (DeclarationError, ReadError):
        return None
    return replace(segment, nodes=(segment.nodes[0], node)), [texts[0], text], declared, name


def _letter(node: s.Node, context: Context) -> str:
    """``C`` of ``… + C`` where nothing else in the sum has that letter: a constant of its own; else nothing."""
    if not isinstance(node, s.Sum) or len(node.terms) < 2 or node.terms[-1][0] != "+":
        return ""
    last = node.terms[-1][1]
    if s.key(last) not in ("C", "c") or not is_undeclared(last, context):
        return ""
    others = (part for _, term in node.terms[:-1] for part in s.walk(term))
    return "" if any(isinstance(part, s.Name) and part.text == s.key(last) for part in others) else s.key(last)


def _inside(node: s.Node) -> s.Node:
    """``p(x | y)`` of ``-\\\\log p(x | y)``."""
    if isinstance(node, s.Sum) and len(node.terms) == 1:
        node = node.terms[0][1]
    match node:
        case s.Juxt(parts=(s.Word(text="log" | "ln"), head, s.Group(bracket="(" | "[") as group)):
            return s.Juxt(head.start, group.stop, (head, group))
    return node


def is_readable(first: s.Node, context: Context) -> bool:
    """Whether the first side of a chain can be read, so that something is claimed of it; a new ``E(w)`` is none."""
    if is_undeclared(first, context):
        return False
    try:
        return bool(node_readings(first, context))
    except ReadError:
        return False


__all__ = ["has_constants", "in_parameter", "is_readable", "up_to_constant", "with_own_constant", "without_constants"]
