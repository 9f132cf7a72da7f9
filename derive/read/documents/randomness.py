"""Random quantities of a document: ``\\mathbb{E}[\\epsilon] = 0`` says that ε is one, with an unknown density."""

from __future__ import annotations

import re

from derive.language.context import Context
from derive.language.dependencies import depends_on
from derive.read import syntax as s
from derive.read.declarations import declare
from derive.read.documents.defining import Defined, primitive
from derive.read.errors import DeclarationError
from derive.read.names import option, parts_of
from derive.read.notation import EXPECTATIONS, call_group, word_of
from derive.read.targets import put


def with_random(node: s.Relation, context: Context) -> Defined | None:
    """The context in which the quantity of this mean or covariance is random, if nothing it is made of is already."""
    name = of_what(node.first, context)
    if name is None or len(node.rest) != 1 or node.rest[0][0] != "=":
        return None
    if any(depends_on(context, name, each) for each in option(context, "distributed")):
        return None
    if name in option(context, "random"):
        return Defined(context, f"{name} is random")
    if any(depends_on(context, name, each) for each in option(context, "random")):
        return None
    density = f"p_{{{name}}}"
    text = f"function {density}({name}) density"
    try:
        declared = declare(text, context)
    except DeclarationError:
        return None
    new = [each for each in declared.functions if each not in context.functions]
    return Defined(put(declared, "random", name, new[0]), text) if len(new) == 1 else None


_BEFORE = re.compile(r"(?i)\b(?:an?|any|some|real|scalar|let)\s+random\s+variables?\s*\Z")
_AFTER = re.compile(r"(?i)^\s*be\s+(?P<words>(?:[a-z-]+\s+){0,3}?)random\s+variables?\b(?!\s+in\b)")


_MORE = re.compile(
    r"(?i)\b(?:densit\w+|distribut\w+|uniform\w*|probability|pdf|pmf|cdf|law|values|means?|variances?)\b"
)


def called_random(text: str, before: str, after: str, section: str, context: Context) -> Defined | None:
    """``Let $X$ be a random variable``: a number with an unknown density, if nothing else is random. (Of two of them
    nobody knows whether they are independent.) Nothing where the words of the section say more of its distribution."""
    if _MORE.search(section):
        return None
    found = _AFTER.match(after)
    vector = found is not None and "vector" in found["words"]
    if (found is None and not _BEFORE.search(before)) or vector or not re.fullmatch(r"[A-Za-z]", text):
        return None
    taken = (context.symbols, context.sizes, context.indices, context.functions)
    if option(context, "random") or option(context, "distributed") or any(text in names for names in taken):
        return None
    density = f"p_{{{text}}}"
    said = f"{text} \\in \\mathbb{{R}} ; function {density}({text}) density"
    try:
        declared = declare(said, context)
    except DeclarationError:
        return None
    new = [each for each in declared.functions if each not in context.functions]
    return Defined(put(declared, "random", text, new[0]), f"{text} is random ; {said}") if len(new) == 1 else None


def of_what(node: s.Node, context: Context) -> str | None:
    """The quantity whose mean or covariance this side is, if it is one that nothing defines."""
    match node:
        case s.Juxt(parts=(head, after)):
            parts = parts_of(head)
            group, script = call_group(after)
            if parts is None or parts[1:] != (None, None) or group is None or script is not None:
                return None
            if parts[0] not in EXPECTATIONS and word_of(parts[0]) not in ("Var", "Cov"):
                return None
            if parts[0] in context.symbols or len(group.items) != 1 or (parts[0] == "E" and group.bracket == "("):
                return None
            if parts[0] == "E" and group.bracket == "(":
                return None  # E(w) may be an error as well
            found = primitive(group.items[0], context)
            return None if found is None or found.indices else found.name
    return None
