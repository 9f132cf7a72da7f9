"""Letters that are new on the right of an equation: ``Write $\\epsilon = \\frac12 - \\gamma$`` says what γ is."""

from __future__ import annotations

import re
from dataclasses import replace

from derive.language.context import Context
from derive.language.terms import Sym
from derive.read import syntax as s
from derive.read.declarations import declare
from derive.read.documents.definitions.defining import Defined, head_of, is_undeclared
from derive.read.documents.text.prose import OPENING, last_sentence
from derive.read.errors import DeclarationError, ReadError
from derive.read.latex import node_readings

_WRITES = re.compile(
    rf"(?i)(?:\A|\n\s*\n\s*){OPENING}(?:(?:now|next|then|here|also|and|so|finally|again|let\s+us|if|once|we|one|may|can|could|instead)[\s,]+)*"
    r"(?:write|writing|put|putting|set|setting|paramete?ri[sz]e|express)\s*(?:(?:the|this|our|its)\s+[a-z][a-z\s-]*)?(?:\s+as)?\s*\Z"
)
"""A sentence up to something known that it writes in another way."""
_WITH = re.compile(rf"(?i)(?:\A|\n\s*\n\s*){OPENING}(?:now\s+)?(?:with|for|letting|substituting)\s*\Z")
"""The same of something that has a definition."""


def writes(words: str) -> bool:
    """Whether words ask for what follows to be written as something else.

    >>> writes("At the end. Now write "), writes("Write the error as "), writes("so we have "), writes("We cannot put")
    (True, True, False, False)
    """
    return _WRITES.search(last_sentence(words)) is not None


def says(words: str, node: s.Relation, context: Context) -> bool:
    """Whether words and an equation behind them say what a new letter is; of what has been defined, ``With`` does."""
    with_it = _WITH.search(last_sentence(words)) is not None and _is_defined(node.first, context)
    return (with_it or writes(words)) and defined(node, context) is not None


def _is_defined(node: s.Node, context: Context) -> bool:
    """Whether a side is a quantity that has a definition."""
    try:
        terms = [typed.term for typed in node_readings(node, context)]
    except ReadError:
        return False
    decls = [context.symbols.get(term.name) if isinstance(term, Sym) else None for term in terms]
    return any(decl is not None and decl.definition is not None for decl in decls)


def defined(node: s.Relation, context: Context) -> Defined | None:
    """The context in which a name that nothing declares, and that stands once on the right, is what an equation solved
    for it says (of a square, the root that is not negative); None if the left side is no name that is known, or the
    right one is neither linear in the new one nor in its square."""
    if [op for op, _ in node.rest] != ["="] or head_of(node.first) is not node.first:
        return None
    try:
        node_readings(node.first, context)
    except ReadError:
        return None
    right = node.rest[0][1]
    new = [part for part in s.walk(right) if isinstance(part, s.Name | s.Script) and is_undeclared(part, context)]
    outer = [part for part in new if not any(part is not other and part in s.walk(other) for other in new)]
    letters = {_bare(part) for part in outer}
    if len(outer) != 1 or not all(letters):
        return None
    letter = letters.pop()
    value = _solved(right, letter, s.key(node.first))
    if value is None:
        return None
    text = f"let {letter} := {value}"
    try:
        return Defined(declare(text, context), text)
    except DeclarationError:
        return None


def _bare(node: s.Node) -> str:
    """A name without its power; nothing if anything else stands above it."""
    if not isinstance(node, s.Script) or node.sup is None:
        return s.key(node)
    squared = isinstance(node.sup, s.Number) and node.sup.text == "2" and not node.primes
    return "" if not squared else s.key(node.base) if node.sub is None else s.key(replace(node, sup=None))


def _solved(node: s.Node, letter: str, value: str) -> str | None:
    """What a name is where a node, which has it once, is worth ``value``."""
    if s.key(node) == letter:
        return value
    match node:
        case s.Group(bracket="(" | "{", items=(item,)):
            return _solved(item, letter, value)
        case s.Sum(terms=terms):
            if any(sign not in ("", "+", "-") for sign, _ in terms):
                return None
            (own,) = (number for number, (_, term) in enumerate(terms) if _has(term, letter))
            others = [
                f"{'+' if sign == '-' else '-'} {_bracketed(term)}"
                for number, (sign, term) in enumerate(terms)
                if number != own
            ]
            rest = " ".join([value, *others])
            sign, term = terms[own]
            return _solved(term, letter, f"-({rest})" if sign == "-" else rest)
        case s.Frac(top=top, bottom=bottom):
            if _has(top, letter):
                return _solved(top, letter, f"({value}) \\cdot {_bracketed(bottom)}")
            return _solved(bottom, letter, f"\\frac{{{s.key(top)}}}{{{value}}}")
        case s.Script(sup=s.Number(text="2"), primes=0):
            bare = s.key(node.base) if node.sub is None else s.key(replace(node, sup=None))
            return f"\\sqrt{{{value}}}" if bare == letter else None
        case s.Juxt(parts=parts) if all(isinstance(part, s.Number | s.Name | s.Script | s.Frac) for part in parts):
            others = [s.key(part) for part in parts if not _has(part, letter)]
            (own_part,) = (part for part in parts if _has(part, letter))
            return _solved(own_part, letter, f"\\frac{{{value}}}{{{' '.join(others)}}}")
    return None


def _has(node: s.Node, letter: str) -> bool:
    return any(isinstance(part, s.Name | s.Script) and _bare(part) == letter for part in s.walk(node))


def _bracketed(node: s.Node) -> str:
    return f"({s.key(node)})"


__all__ = ["defined", "says", "writes"]
