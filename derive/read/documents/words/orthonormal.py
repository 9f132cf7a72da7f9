"""Vectors that words call orthonormal: ``with orthonormal $v_d$``, ``where $u_1, …, u_D$ are orthonormal``."""

from __future__ import annotations

import re

from derive.language.context import Context
from derive.language.extents import Extent
from derive.read import syntax as s
from derive.read.declarations import declare
from derive.read.documents.definitions.defining import Defined, mentions
from derive.read.errors import DeclarationError, ReadError
from derive.read.names import items_of, parts_of
from derive.read.parser import parse

_BEFORE = re.compile(
    r"(?i)(?P<negated>\b(?:not|no|non|never|if|whether|unless)\b[^.;]*)?\borthonormal(?:\s+(?!to\b)[a-z-]+){0,3}\s*\Z"
)
_AFTER = re.compile(
    r"(?i)\s*,?\s*(?:(?:which|that|is|are|be|being|form|forms|forming|an?|the|mutually|all|assumed|to|chosen|taken)\s+)*"
    r"orthonormal\b(?!\s+to\b)"
)


_DOUBTED = re.compile(r"(?i)\b(?:not|never|if|whether|unless|when(?:ever)?|suppose)\b[^.;]*\Z")


_COLUMNS = re.compile(
    r"(?i)\s*,?\s*(?:(?:which|that|be\s+an?\s+matrix)\s+)?(?:have|has|having|with|whose)\s+(?:\w+\s+)?orthonormal\s+(?P<what>columns|rows)\b"
)


def orthonormal_lines(text: str, words: str, after: str, context: Context) -> Defined | None:
    """What the words behind a matrix that nothing defines, ``with orthonormal columns``, say of it: ``W^T W = I``."""
    found = _COLUMNS.match(after)
    if found is None or _DOUBTED.search(words):
        return None
    try:
        node = parse(text.strip(" .,;"))
    except ReadError:
        return None
    name = s.key(node.first if isinstance(node, s.Relation) and node.rest[0][0] == "in" else node)
    decl = context.symbols.get(name)
    if decl is None or len(decl.shape) != 2 or decl.family or decl.definition is not None or decl.depends:
        return None
    if any(mentions(fact.statement, name) for fact in context.facts):
        return None
    product = f"{name}^\\top {name}" if found["what"].lower() == "columns" else f"{name} {name}^\\top"
    said = f"assume {product} = I"
    try:
        return Defined(declare(said, context), said)
    except DeclarationError:
        return None


def orthonormal(text: str, words: str, after: str, context: Context) -> Defined | None:
    """What a formula ``v_d`` (or ``v_1, …, v_D``) beside the word *orthonormal* says of vectors that nothing defines:
    ``v_d^T v_{d'} = \\delta_{dd'}``, and ``\\sum_d v_d v_d^T = I`` where there are as many as they have entries.

    The words before it count only without a *not* or *if*; one vector, or what is no family of vectors, is left alone.
    """
    before = _BEFORE.search(words)
    behind = _AFTER.match(after) is not None and _DOUBTED.search(words) is None
    if not (before is not None and before["negated"] is None) and not behind:
        return None
    name = _family(text, context)
    decl = context.symbols.get(name)
    if decl is None or len(decl.family) != 1 or len(decl.shape) != 1 or decl.definition is not None or decl.depends:
        return None
    if any(mentions(fact.statement, name) for fact in context.facts):
        return None
    letter, range_ = decl.family_names[0], decl.family[0]
    other = f"{letter}'"
    if other in context.indices or range_.low != Extent.of(1):
        return None
    said = [
        f"index {other} = 1..{range_.high}",
        f"assume {name}_{letter}^\\top {name}_{{{other}}} = \\delta_{{{letter} {other}}}",
    ]
    if range_.high == decl.shape[0]:
        said.append(f"assume \\sum_{{{letter}=1}}^{{{range_.high}}} {name}_{letter} {name}_{letter}^\\top = I")
    try:
        for each in said:
            context = declare(each, context)
    except DeclarationError:
        return None
    return Defined(context, " ; ".join(said))


def _family(text: str, context: Context) -> str:
    """The family whose members a formula names: ``v_d``, or ``v_1, \\dots, v_D``; nothing if it is something else."""
    heads: set[str] = set()
    for part in text.rstrip(" .,;").split(","):
        if re.fullmatch(r"\s*\\[lc]?dots\s*", part):
            continue
        try:
            node = parse(part.strip())
        except ReadError:
            return ""
        parts = parts_of(node) if isinstance(node, s.Script) else None
        if parts is None or parts[2] is not None or len(items_of(parts[1])) != 1:
            return ""
        heads.add(parts[0])
    return heads.pop() if len(heads) == 1 else ""
