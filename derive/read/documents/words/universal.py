"""What a text says a function to be by an inequality: ``$f$ is convex, that is, $f(y) \\ge …$ for all $x$, $y$``."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import permutations

from derive.language.context import Context, FunctionDecl, SymbolDecl
from derive.language.terms import Apply, Deriv, Rel, Sym, Term, rebuild, subterms
from derive.read import syntax as s
from derive.read.documents.definitions.defining import primitive
from derive.read.documents.words.said_of_functions import KIND
from derive.read.errors import ReadError
from derive.read.targets import items_at

_MEANS = re.compile(
    r"(?i)(?:\bthat\s+is|\bi\.e\.|\bwhich\s+means(?:\s+that)?|\bmeaning(?:\s+that)?|\bin\s+the\s+sense\s+that|\bnamely)\s*[,:]?\s*\Z"
)
_FOR_ALL = re.compile(
    r"(?i)^(?:\s|[,.~]|\\q?quad|\\[,;: ])*(?:\\text\w*\s*\{\s*)?(?:for\s+(?:all|every|any|each)\b\s*\}?|\\forall)"
    r"(?P<names>.*)\Z",
    re.DOTALL,
)
_ORDER = frozenset({"<", "<=", ">", ">="})
MOST_ARGUMENTS = 4
"""Among how many arguments of a function in one claim the instances of what it satisfies are taken."""


@dataclass(frozen=True)
class Universal:
    """A relation that holds whatever the quantities called ``names`` are, as long as its names are those of what has
    been ``declared``."""

    names: tuple[str, ...]
    relation: Rel
    declared: tuple[SymbolDecl | FunctionDecl | None, ...] = ()


def said(names: tuple[str, ...], relation: Rel, context: Context) -> Universal:
    """What a text says of the functions that are known here."""
    return Universal(names, relation, _declarations(relation, context))


def _declarations(relation: Rel, context: Context) -> tuple[SymbolDecl | FunctionDecl | None, ...]:
    """What the names in a relation are."""
    parts = (part for side in (relation.left, relation.right) for part in subterms(side))
    names = dict.fromkeys(part.name for part in parts if isinstance(part, Apply | Sym))
    return tuple(context.functions.get(name) or context.symbols.get(name) for name in names)


def explains(sentence: str) -> bool:
    """Whether a sentence goes on to say what a property of a function means.

    >>> explains("Let f be L-smooth, that is,"), explains("f is smooth, so"), explains("that is")
    (True, False, False)
    """
    return _MEANS.search(sentence) is not None and KIND.search(sentence) is not None


def quantified(after: str, context: Context) -> tuple[str, ...]:
    """The names in ``\\text{for all } x, y`` behind a formula, if all are quantities that nothing defines."""
    found = _FOR_ALL.match(re.sub(r"\\label\s*\{[^}]*\}", "", after))
    text = found["names"].split("\\in")[0].strip(" \n.,;$") if found is not None else ""
    try:
        nodes = items_at(text, 0) if text else []
    except ReadError:
        return ()
    known = [primitive(node, context) if isinstance(node, s.Name | s.Script) else None for node in nodes]
    names = tuple(each.name for each in known if each is not None and not each.indices)
    return names if len(names) == len(nodes) and not _are_bounded(names, context) else ()


def _are_bounded(names: Sequence[str], context: Context) -> bool:
    """Whether some of these may not take every value: then what holds for them holds there only."""
    decls = [context.symbols[name] for name in names]
    return any(
        decl.properties - {"real"} or decl.values or decl.low is not None or decl.high is not None for decl in decls
    )


def is_about_functions(relation: Rel, names: Sequence[str], context: Context) -> bool:
    """Whether a comparison says what an unknown function is like, by its values at these quantities."""
    calls = [part for side in (relation.left, relation.right) for part in subterms(side) if isinstance(part, Apply)]
    unknown = {call.name for call in calls if _is_unknown(call, context)}
    at = {arg.name for call in calls if call.name in unknown for arg in call.args if isinstance(arg, Sym)}
    return relation.op in _ORDER and bool(unknown) and {*names} <= at


def _is_unknown(call: Apply, context: Context) -> bool:
    function = context.functions.get(call.name)
    return function is not None and function.body is None and function.builtin is None and not call.indices


def instances(known: Sequence[Universal], sides: Sequence[Term], context: Context) -> Iterator[Rel]:
    """What relations that hold everywhere say at the arguments of the functions of a claim."""
    for each in known:
        if each.declared != _declarations(each.relation, context):
            continue
        functions = {part.name for part in subterms(each.relation.left) if isinstance(part, Apply)}
        functions |= {part.name for part in subterms(each.relation.right) if isinstance(part, Apply)}
        shape = context.symbols[each.names[0]].shape if each.names[0] in context.symbols else None
        arguments = dict.fromkeys(
            arg
            for side in sides
            for part in subterms(side)
            if isinstance(part, Apply) and part.name in functions
            for arg in part.args
            if isinstance(arg, Sym) and arg.name in context.symbols and context.symbols[arg.name].shape == shape
        )
        if len(arguments) > MOST_ARGUMENTS:
            continue
        for chosen in permutations(arguments, len(each.names)):
            places = dict(zip(each.names, chosen, strict=True))
            left, right = (_at(side, places, context) for side in (each.relation.left, each.relation.right))
            if left is not None and right is not None:
                yield Rel(each.relation.op, left, right)


def _at(term: Term, places: dict[str, Sym], context: Context) -> Term | None:
    """A term with other quantities in the places of some; nothing if it would be differentiated in a defined one."""
    for part in subterms(term):
        if isinstance(part, Deriv) and isinstance(part.wrt, Sym) and part.wrt.name in places:
            decl = context.symbols[places[part.wrt.name].name]
            if decl.definition is not None or decl.depends:
                return None
            if places[part.wrt.name].indices and not _is_slope_there(part, context):
                return None

    def replaced(each: Term) -> Term:
        if isinstance(each, Sym) and each.name in places and not each.indices:
            return places[each.name]
        return rebuild(each, replaced)

    return replaced(term)


def _is_slope_there(slope: Deriv, context: Context) -> bool:
    """Whether this is the derivative of an unknown function at what it is taken in, ``\\nabla f(x)`` in x: at a member
    ``x_t`` of a sequence it is ``\\nabla f(x_t)``, however other members vary with this one."""
    body = slope.body
    return isinstance(body, Apply) and body.args == (slope.wrt,) and _is_unknown(body, context)
