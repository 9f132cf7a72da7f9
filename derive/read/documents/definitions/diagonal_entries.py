r"""Diagonal matrices that a text gives by their entries: ``the diagonal matrix $D$ with $D_{ii} = \sum_j A_{ij}$``."""

from __future__ import annotations

import re

from derive.language.context import Context
from derive.language.extents import Range
from derive.read import syntax as s
from derive.read.declarations import declare
from derive.read.documents.definitions.defining import Defined
from derive.read.errors import DeclarationError
from derive.read.names import items_of, parts_of

_SAID = re.compile(
    r"(?i)(?<![a-z-])(?:diagonal\s+(?:[a-z]+\s+)?matri(?:x|ces)|(?:is|be|are)\s+(?:a\s+|the\s+)?diagonal)(?![a-z-])"
    r"[^.;:=]*(?<![a-z])(?:with|whose|where|having|has|of|given\s+by|entries|elements|are|is)\s*\Z"
)
_NOT = re.compile(r"(?i)\b(?:not|no|nor|never|un-?|if|unless|whether|plus|except)\b[^.;]*\Z")


def diagonal(node: s.Node, text: str, words: str, context: Context, first: bool = False) -> Defined | None:
    """The context in which the matrix of ``D_{ii}`` has this on its diagonal and nothing beside it, where the words
    right before say that it is diagonal, or its author has declared it so and this is the ``first`` that is said of it;
    and nothing defines it.

    >>> from derive.read.parser import parse
    >>> context = declare(r"index i = 1..n ; w_i > 0", Context())
    >>> done = diagonal(parse("D_{ii}"), "w_i^2", "Let D be the diagonal matrix with ", context)
    >>> done and done.text
    'let D := \\\\operatorname{diag}(w_i^2)'
    """
    parts = parts_of(node) if isinstance(node, s.Script) else None
    letters = [s.key(item) for item in items_of(parts[1])] if parts is not None and parts[2] is None else []
    if parts is None or len(letters) != 2 or letters[0] != letters[1] or letters[0] not in context.indices:
        return None
    name, run = parts[0], context.indices[letters[0]]
    decl = context.symbols.get(name)
    said = _SAID.search(words)
    declared = first and decl is not None and "diagonal" in decl.properties
    if not declared and (said is None or _NOT.search(words[: said.start()])):
        return None
    if any(name in taken for taken in (context.functions, context.sizes, context.indices)):
        return None
    if decl is not None:
        square = len(decl.shape) == 2 and all(Range.upto(extent) == run for extent in decl.shape)
        if decl.definition is not None or decl.depends or decl.family or not square:
            return None
        if decl.properties - {"real", "diagonal"}:
            return None  # what is said of it more stays to be met
    let = f"let {name} := \\operatorname{{diag}}({text})"
    try:
        return Defined(declare(let, context), let)
    except DeclarationError:
        return None


__all__ = ["diagonal"]
