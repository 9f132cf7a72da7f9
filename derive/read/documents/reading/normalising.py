r"""What the words normalise, centre, fix or require: ``centred such that $\sum_i x_i = 0$``, ``we fix $u^T u = 1$``.
That is assumed of quantities of which nothing says what they are, and is no claim about them."""

from __future__ import annotations

import re

from derive.language.dependencies import direct
from derive.language.terms import Array, Entry
from derive.read import syntax as s
from derive.read.documents.reading.state import Reading

_MEAN = r"(?:(?:empirical|sample)\s+)?means?"
_NORMALISES = re.compile(
    r"(?i)\b(?:de-?meaned|(?:mean-)?cent(?:er|re)(?:e?d)?|zero[-\s]mean|"
    rf"(?:have|has|having|with|of)\s+(?:an?\s+)?(?:(?:zero|vanishing)[-\s]{_MEAN}|{_MEAN}\s+(?:zero|⟨\d+⟩))|"
    r"(?:re-?)?normali[sz]\w+|standardi[sz]\w+|orthonormal|(?:re-?)?scaled?|"
    r"require[sd]?|requirement|impos\w+|(?:we|to)\s+(?:can\s+|may\s+)?fix|without\s+loss\s+of\s+generality|w\.?l\.?o\.?g\b\.?|"
    r"throughout|(?:we\s+)?are\s+given|(?:of|with|has|have|having)\s+unit\s+(?:length|norm)|unit(?:[-\s](?:norm|length))?\s+(?:[a-z]+\s+)?(?:vectors?|embeddings?|features?|directions?|representations?|points?)|"
    r"unit\s+(?:hyper-?)?sphere|(?:norm|length)\s+(?:one|1)|(?:transition|stochastic)\s+matri(?:x|ces)|"
    r"(?:we\s+have|there\s+are|given)\s+[^.;]*such\s+that)\b"
)
_CLAIMS = re.compile(
    r"(?i)\b(?:hence|thus|so(?!\s+that\b)|therefore|then|show\w*|prov\w+|verif\w+|check\w*|follows|conclude\w*|implies|"
    r"gives?|yields?|get|obtain\w*|find|becomes?|if|when(?:ever)?|unless|not|residuals?|errors?)\b"
)


def is_said(reading: Reading, node: s.Relation) -> bool:
    """Whether the sentence normalises what this equation is about: it gives a number, or the identity, for something
    made of quantities that nothing defines."""
    sentence = reading.words.sentence
    sides = [node.first, *(side for _, side in node.rest)]
    if any(op != "=" for op, _ in node.rest) or not _is_constant(sides[-1]) or any(map(_is_constant, sides[:-1])):
        return False
    if not _NORMALISES.search(sentence) or _CLAIMS.search(sentence) or any(isinstance(side, s.Name) for side in sides):
        return False
    parts = [part for side in sides for part in s.walk(side)]
    if any(isinstance(part, s.Diff) or s.key(part) in ("\\nabla", "\\partial") for part in parts):
        return False
    return not any(_is_made_of_others(reading, part) for part in parts)


def _is_constant(node: s.Node) -> bool:
    zero = ("\\mathbf{0}", "\\boldsymbol{0}", "\\bm{0}", "\\vec{0}")
    identity = (
        re.fullmatch(r"(?:\\mathbf\{I\}|I)(?:_.*)?", s.key(node)) if isinstance(node, s.Name | s.Script) else None
    )
    return isinstance(node, s.Number) or s.key(node) in zero or identity is not None


def _is_made_of_others(reading: Reading, node: s.Node) -> bool:
    """Whether a name in it has a definition, so that what is said of it may be a claim; a row of a matrix that has none
    is as free as that."""
    if not isinstance(node, s.Name):
        return False
    if node.text in reading.context.functions and reading.context.functions[node.text].builtin is None:
        return True
    symbols = reading.context.symbols
    decl = symbols.get(node.text)
    if decl is None or decl.definition is None:
        return False
    whole = [symbols.get(name) for name in direct(reading.context, node.text)]
    row = isinstance(decl.definition.body, Array) and isinstance(decl.definition.body.body, Entry)
    return not row or any(each is None or each.definition is not None for each in whole)


__all__ = ["is_said"]
