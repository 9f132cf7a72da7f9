"""Names that nothing declares in a section about numbers only: ``y_b = \\gamma x_b + \\beta`` with numbers x_b."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from derive.language.context import Context
from derive.read import syntax as s
from derive.read.documents.undeclared.numbers import nodes_in
from derive.read.names import items_of, parts_of
from derive.read.parser import parse

_SMALL = re.compile(r"(?:\\(?:hat|bar|tilde)\{)?(?:[a-z]|\\[a-z]+)\}?")
_CAPITAL = re.compile(r"[A-Z]|\\[A-Z][a-z]+")
_OF_VECTORS = re.compile(
    r"\\(?:mathbf|boldsymbol|bm|vec|top|odot|otimes|nabla|det|langle|intercal|mathrm)(?![A-Za-z])|\\\||"
    r"\^ (?:\{ )?T(?!\S)|\\mathbb (?:\{ R \}|R) \^|\\begin|matrix"
)
_WORDS = re.compile(r"(?i)\b(?:vectors?|matri(?:x|ces)|Jacobian|Hessian|multivariate|dimensional)\b")
_GRADIENTS = re.compile(r"(?i)\bgradients?\b")
"""What may be vectors, unless they are written as partial derivatives."""
_CONSTANTS = frozenset({"e", "d", "i", "\\pi", "\\partial", "\\infty", "\\cdot", "\\delta", "\\log", "\\exp"})


def is_number(
    name: str, context: Context, section: Sequence[s.Node], texts: Sequence[str], words: str, followers: Sequence[str]
) -> bool:
    """Whether a name can only be a number: a small letter in a section that has no sign and no word of vectors, whose
    declared quantities are numbers all, and that has no capital of which nothing is known.

    A name that is only differentiated, or stands before a bracket, may be a function.
    """
    parts = parts_of(parse(name))
    if parts is None or parts[2] is not None or not _SMALL.fullmatch(parts[0]) or parts[0] in _CONSTANTS:
        return False
    if any(not isinstance(item, s.Number) and s.key(item) not in context.indices for item in items_of(parts[1])):
        return False
    if any(isinstance(item, s.Number) for item in items_of(parts[1])) and _is_member(parts[0], context, section):
        return False
    if _GRADIENTS.search(words) and not any("\\partial" in text for text in texts):
        return False
    if "(" in followers or _WORDS.search(words) or any(_OF_VECTORS.search(text) for text in texts):
        return False
    about = sum(
        1 for node in section if any(part.text == parts[0] for part in nodes_in(node) if isinstance(part, s.Name))
    )
    if about < 2 or not any(True for node in section for each in _outside(node) if each == parts[0]):
        return False
    below = (part.sub for node in section for part in nodes_in(node) if isinstance(part, s.Script) and part.sub)
    if any(isinstance(part, s.Name) and part.text == name for sub in below for part in nodes_in(sub)):
        return False  # it counts
    return _is_about_numbers(section, context)


def _is_member(base: str, context: Context, section: Sequence[s.Node]) -> bool:
    """Whether ``g_1`` is one of the ``g_k``."""
    below = [parts[1] for node in section for part in nodes_in(node) if isinstance(part, s.Script)
             if (parts := parts_of(part)) and parts[0] == base]  # fmt: skip
    return any(not isinstance(item, s.Number) for sub in below for item in items_of(sub))


def _is_about_numbers(section: Sequence[s.Node], context: Context) -> bool:
    """Whether formulas have declared numbers, nothing else that is declared, and no capital that nothing declares, but
    for one that stands in the text alone, ``a loss $E$``."""
    declared = False
    for node in (each for each in section if not isinstance(each, s.Name)):
        for name in _outside(node):
            decl = context.symbols.get(name)
            known = name in context.functions or name in context.sizes or name in context.indices
            if decl is not None and decl.shape:
                return False
            if decl is None and not known and _CAPITAL.fullmatch(name):
                return False
            declared = declared or (decl is not None and decl.definition is None)
    return declared


def _outside(node: s.Node) -> Iterator[str]:
    """The names in a formula without their subscripts, but for what is only differentiated."""
    skip: set[int] = set()
    for part in nodes_in(node):
        if isinstance(part, s.Diff) and isinstance(part.body, s.Name):
            skip.add(id(part.body))
        if isinstance(part, s.Juxt) and s.key(part.parts[0]) == "\\partial":  # \partial L / \partial y
            skip.add(id(part.parts[1]))
        if isinstance(part, s.Script) and part.sub is not None:
            skip.update(id(each) for each in nodes_in(part.sub))
        if id(part) in skip:
            continue
        if isinstance(part, s.Name) and part.text not in _CONSTANTS:
            yield part.text


__all__ = ["is_number"]
