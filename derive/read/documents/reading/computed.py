r"""A derivative that can be worked out equals something or does not: ``recall that $\frac{d}{dx} x^2 = 2 x$`` supposes
nothing."""

from __future__ import annotations

import re

from derive.language.context import Context
from derive.language.dependencies import all_parts
from derive.language.terms import Apply, Deriv, Sym, Term, subterms
from derive.read import syntax as s
from derive.read.documents.definitions.defining import primitive
from derive.read.documents.reading import quantified
from derive.read.documents.reading.state import Reading
from derive.read.documents.steps.passages import is_zero
from derive.read.documents.text.macros import Expanded
from derive.read.errors import ReadError
from derive.read.latex import node_readings

_SUPPOSED = re.compile(
    r"(?i)\b(?:if|iff|when(?:ever)?|unless|until|whether|provided|as\s+long\s+as|suppos\w+|assum\w+|let(?!\s+us\b)|satisf\w+|such\s+that|"
    r"s\.\s?t\.|subject\s+to|constraints?|conditions?|requir\w+|impos\w+|solv\w+|set|setting|equat\w+|stationar\w+|optim\w+|"
    r"minim\w+|maxim\w+|equations?|flows?|dynamics|ODEs?)\b[^.;:,⟨⟩]*\Z"
)
"""Words, right before a formula, by which it holds in a case, or where something is to be found."""


def is_worked_out(reading: Reading, math: Expanded, words: str) -> bool:
    """Whether a formula says what the derivative of something known is, and no words right before it suppose that."""
    if "=" not in math.text or _SUPPOSED.search(words):
        return False
    node = quantified.relation_of(reading, math)
    if node is None or any(op != "=" for op, _ in node.rest):
        return False
    sides = [_term(node.first, reading.context), *(_term(side, reading.context) for _, side in node.rest)]
    if not isinstance(sides[0], Deriv) or not _is_known(sides[0].body, reading.context):
        return False
    return all(
        side is not None and not is_zero(side) and primitive(written, reading.context) is None and _is_made(side)
        for side, (_, written) in zip(sides[1:], node.rest, strict=True)
    )


def _term(side: s.Node, context: Context) -> Term | None:
    try:
        return node_readings(side, context)[0].term
    except ReadError:
        return None


def _is_made(side: Term) -> bool:
    """Whether no derivative is on this side: two gradients that are parallel may be a condition."""
    return not any(isinstance(part, Deriv) for part in subterms(side))


def _is_known(body: Term, context: Context) -> bool:
    """Whether nothing that it is made of is a function, or depends on anything, of which it is not known how."""
    return not any(_is_unknown(part, context) for part in all_parts(context, body))


def _is_unknown(part: Term, context: Context) -> bool:
    if isinstance(part, Apply):
        function = context.functions.get(part.name)
        return function is None or (function.body is None and function.builtin is None)
    symbol = context.symbols.get(part.name) if isinstance(part, Sym) else None
    return isinstance(part, Sym) and (symbol is None or (symbol.definition is None and symbol.depends is not None))


__all__ = ["is_worked_out"]
