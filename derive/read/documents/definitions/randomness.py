"""Random quantities of a document: ``\\mathbb{E}[\\epsilon] = 0`` says that ε is one, with an unknown density."""

from __future__ import annotations

import re
from collections.abc import Sequence
from types import MappingProxyType

from derive.language.context import Context, SymbolDecl
from derive.language.dependencies import depends_on
from derive.language.terms import Sym
from derive.read import syntax as s
from derive.read.declarations import declare
from derive.read.documents.definitions.defining import Defined, primitive
from derive.read.documents.text.spelling import spaced
from derive.read.errors import DeclarationError, ReadError
from derive.read.models import modelled
from derive.read.names import option, parts_of
from derive.read.notation import EXPECTATIONS, call_group, word_of
from derive.read.parser import parse
from derive.read.reached_by_facts import reached
from derive.read.targets import put


def with_random(node: s.Relation, context: Context) -> Defined | None:
    """The context in which the quantity of this mean or covariance is random, if nothing it is made of is already."""
    name = of_what(node.first, context)
    if name is None or len(node.rest) != 1 or node.rest[0][0] != "=":
        return None
    if any(depends_on(modelled(context), name, each) for each in option(context, "distributed")):
        return None  # its distribution has been stated: what its mean is, is a claim
    if name in option(context, "random"):
        return Defined(context, f"{name} is random")
    if reached(Sym(name), option(context, "random"), modelled(context)):
        return None
    return with_density(name, context)


def with_density(name: str, context: Context) -> Defined | None:
    """The context in which a quantity is random, with an unknown density."""
    text = f"function p_{{{name}}}({name}) density"
    try:
        declared = declare(text, context)
    except DeclarationError:
        return None
    new = [each for each in declared.functions if each not in context.functions]
    return Defined(put(declared, "random", name, new[0]), text) if len(new) == 1 else None


def over_alone(node: s.Relation, context: Context) -> Defined | None:
    """``E[\\epsilon] = 0`` where the distribution of ε has been stated: what follows is an expectation over ε alone."""
    name = of_what(node.first, context)
    stated = option(context, "distributed")
    if name is None or name not in stated or len(stated) == 1 or len(node.rest) != 1 or node.rest[0][0] != "=":
        return None
    alone = MappingProxyType({name: stated[name]})
    return Defined(context.with_option("distributed", alone), f"expectations are over {name}")


def with_number(node: s.Relation, context: Context) -> Defined | None:
    """``with $\\mathbb{E}[X] = \\mu$`` of a capital that nothing declares: X is a number."""
    match node.first:
        case s.Juxt(parts=(head, s.Group(bracket="[" | "(" as bracket, items=(s.Name(text=name),)))):
            base = parts_of(head)
        case _:
            return None
    if base is None or base[0] not in EXPECTATIONS or (base[0] == "E" and bracket == "("):
        return None
    if (
        not re.fullmatch(r"[A-Z]", name)
        or name in context.symbols
        or name in context.sizes
        or name in context.functions
    ):
        return None
    return Defined(declare(f"{name} \\in \\mathbb{{R}}", context), f"{name} \\in \\mathbb{{R}}")


def said_of(node: s.Node | None) -> str:
    """The name in ``\\mathbb{E}[\\epsilon] = …`` or ``\\mathrm{Cov}(\\epsilon) = …``, declared or not; else nothing."""
    match node:
        case s.Relation(first=s.Juxt(parts=(head, s.Group(items=(s.Name() | s.Script() as item,))))):
            base = parts_of(head)
            if base is not None and (base[0] in EXPECTATIONS or word_of(base[0]) in ("Var", "Cov")):
                return s.key(item)
    return ""


def said_of_spread(node: s.Node) -> bool:
    """Whether this is a variance or a covariance."""
    base = parts_of(node.parts[0]) if isinstance(node, s.Juxt) else None
    return base is not None and word_of(base[0]) in ("Var", "Cov")


def given_anew(node: s.Relation, context: Context, earlier: frozenset[str]) -> Context | None:
    """``with $\\mathbb{E}[X] = \\mu$`` where an ``earlier`` section has stated a distribution of X: without that."""
    name = of_what(node.first, context)
    stated = option(context, "distributed")
    if name is None or name not in stated or name not in earlier:
        return None
    return context.with_option("distributed", MappingProxyType({k: v for k, v in stated.items() if k != name}))


def without_stated(context: Context, names: frozenset[str]) -> Context:
    """The context without the distributions of these, which were stated before something else was made random."""
    stated = option(context, "distributed")
    kept = {name: density for name, density in stated.items() if name not in names}
    return context if len(kept) == len(stated) else context.with_option("distributed", MappingProxyType(kept))


def is_moment(node: s.Node, context: Context) -> bool:
    """Whether this is the mean or covariance of a quantity with an unknown density."""
    return of_what(node, context) in option(context, "random")


def is_of_stated(node: s.Relation, context: Context) -> bool:
    """Whether this is about the mean or covariance of a quantity whose distribution has been stated."""
    return of_what(node.first, context) in option(context, "distributed")


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
    said = f"{text} \\in \\mathbb{{R}}"
    try:
        declared = declare(said, context)
    except DeclarationError:
        return None
    made = with_density(text, declared)
    return made and Defined(made.context, f"{text} is random ; {said} ; {made.text}")


_AN_ESTIMATOR = r"(?:an?|any|the|some|our|this)\s+(?:[a-z-]+\s+){0,2}(?:estimators?|predictors?)"
_ESTIMATOR_BEFORE = re.compile(rf"(?i)(?<![a-z]){_AN_ESTIMATOR}\s*\Z")
_ESTIMATOR_AFTER = re.compile(rf"(?i)\A\s*(?:be|is)\s+{_AN_ESTIMATOR}(?![a-z])")
_APART = re.compile(r"(?i)\A[^.;]*\bindependent\s+(?:of|from)\b")


def called_estimator(text: str, before: str, after: str, formulas: Sequence[str], context: Context) -> Defined | None:
    """``Let $\\hat f$ be an estimator that is independent of …`` of which the section gives no formula and takes a
    mean: a number with an unknown density. (What it is independent of is said apart.)"""
    if not (_ESTIMATOR_BEFORE.search(before) or _ESTIMATOR_AFTER.match(after)) or not _APART.match(after):
        return None
    try:
        name = s.key(parse(text.strip(" .,;")))
    except ReadError:
        return None
    decl = context.symbols.get(name)
    if re.fullmatch(r"\\(?:hat|widehat|tilde|bar)\{(?:[A-Za-z]|\\[A-Za-z]+)\}|[A-Z]", name) is None:
        return None
    if any(name in taken for taken in (context.functions, context.sizes, context.indices)):
        return None
    if decl is not None and decl not in (SymbolDecl(name), SymbolDecl(name, properties=frozenset({"real"}))):
        return None
    written = re.escape(spaced(name))
    averaged = re.compile(rf"(?<!\S)(?:E|⟦Var⟧)(?: \\left)? [\[(](?: \()? {written}(?!\S)")
    gives = re.compile(rf"(?<!\S){written} (?::?=|_|\(|\^)(?!\S)")
    if not any(averaged.search(each) for each in formulas) or any(gives.match(each) for each in formulas):
        return None
    said = "" if decl is not None else f"{name} \\in \\mathbb{{R}}"
    try:
        declared = declare(said, context) if said else context
    except DeclarationError:
        return None
    made = with_density(name, declared)
    return made and Defined(made.context, " ; ".join(filter(None, (f"{name} is random", said, made.text))))


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
