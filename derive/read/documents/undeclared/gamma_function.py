"""``\\Gamma(\\alpha)`` where a text speaks of the gamma function, or of a distribution with it, and of no other Γ."""

from __future__ import annotations

import re
from collections.abc import Sequence

from derive.language.context import Context
from derive.read import syntax as s
from derive.read.declarations import declare
from derive.read.documents.definitions.defining import Defined
from derive.read.documents.text.scanner import Found
from derive.read.documents.undeclared.conventions import formulas

_SPEAKS = re.compile(r"(?i)\b(?:di|tri)?gamma\b|\b(?:beta|dirichlet|wishart|student)\b|\bgammad|\bexponential\s+famil")
_MATH = re.compile(r"\\(?:mathrm|operatorname|text|mathop)\s*\{\s*(?:Gamma|Beta|Dir|Dirichlet|Ga|InvGamma|Be)\s*\}")
_GAMMA = "\\Gamma"
_TEXT = "function \\Gamma(u) := (u - 1)!"


def gamma_function(pieces: Sequence[Found], context: Context) -> Defined | None:
    """The declaration of Γ as the function with Γ(n) = (n - 1)!; nothing where Γ may be something else."""
    texts = [found.math.text for found in pieces if found.math is not None]
    if not any(_GAMMA in text for text in texts) or _GAMMA in context.symbols or _GAMMA in context.functions:
        return None
    said = any(found.kind == "prose" and _SPEAKS.search(found.text) for found in pieces)
    if not said and not any(_MATH.search(text) for text in texts):
        return None
    if any(found.kind == "declaration" and found.math is not None and _GAMMA in found.math.text for found in pieces):
        return None
    nodes = formulas(pieces, context)
    if not any(True for node in nodes for _ in _calls(node)) or any(_is_other(node) for node in nodes):
        return None
    return Defined(declare(_TEXT, context), _TEXT)


def _calls(node: s.Node) -> list[s.Group]:
    """The arguments of each Γ in a formula that is called with one."""
    found: list[s.Group] = []
    for part in s.walk(node):
        if isinstance(part, s.Juxt):
            for head, group in zip(part.parts, part.parts[1:], strict=False):
                if s.key(head) == _GAMMA and isinstance(group, s.Group | s.Script):
                    inside = group.base if isinstance(group, s.Script) else group
                    if isinstance(inside, s.Group) and inside.bracket in ("(", "[") and len(inside.items) == 1:
                        found.append(inside)
    return found


def _is_other(node: s.Node) -> bool:
    """Whether a formula has a Γ that is not called with one argument, or says what one is."""
    names = [part for part in s.walk(node) if isinstance(part, s.Name) and part.text == _GAMMA]
    if len(names) != len(_calls(node)):
        return True
    if not isinstance(node, s.Relation) or node.rest[0][0] not in ("=", ":="):
        return False
    match node.first:
        case s.Juxt(parts=(s.Name(text="\\Gamma"), s.Group(items=(s.Name(),)))):
            return True
    return False


__all__ = ["gamma_function"]
