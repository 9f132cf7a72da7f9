"""What a text says a function to be by an inequality: ``$f$ is convex, that is, $f(y) \\ge …$ for all $x$, $y$``."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import permutations

from derive.language.context import Context, FunctionDecl, SymbolDecl
from derive.language.extents import Shape
from derive.language.terms import Apply, Deriv, Rel, Sym, Term, rebuild, subterms
from derive.read import syntax as s
from derive.read.documents.definitions.defining import primitive
from derive.read.documents.text.scanner import Found
from derive.read.documents.words.said_of_functions import KIND
from derive.read.errors import ReadError
from derive.read.targets import items_at

_MEANS = re.compile(
    r"(?i)(?:\bthat\s+is|\bi\.e\.|\bwhich\s+means(?:\s+that)?|\bmeaning(?:\s+that)?|\bin\s+the\s+sense\s+that|\bnamely)\s*[,:]?\s*\Z"
)
_FOR = r"for\s+(?:all|every|any|each|arbitrary)\b(?:\s+(?:points?|vectors?|pairs?(?:\s+of\s+points)?|choices\s+of))?"
_FOR_ALL = re.compile(
    rf"(?i)^(?:\s|[,.~]|\\q?quad|\\[,;: ])*(?:\\text\w*\s*\{{\s*)?"
    rf"(?:(?:holds?|is\s+true)\s+)?(?:{_FOR}\s*\}}?|\\forall)"
    r"(?P<names>.*)\Z",
    re.DOTALL,
)
_ANY_IN = re.compile(r"^(?:\s|[,.~]|\\[,;: ])*\\q?quad(?P<names>[^=<>]*\\in\s*\\mathbb\s*\{?R.*)\Z", re.DOTALL)
"""``\\quad x, y \\in \\mathbb{R}^d`` behind what holds for these."""
_BEFORE = re.compile(rf"(?i)(?<![a-z]){_FOR}\s*(?P<names>⟨\d+⟩(?:\s*(?:,|and|,\s*and)\s*⟨\d+⟩)*)[^.;]*\Z")
_SAYS = re.compile(
    r"(?i)(?:\b(?:so\s+that|satisf(?:ies|y)|such\s+that|means|if|we\s+have|it\s+holds(?:\s+that)?|holds)|:)"
    rf"\s*[,:]?\s*(?:{_FOR}[^.;]*)?\Z|\A[\s*]*(?:since|because|as|by)\b[^.;]*,\s*\Z"
)
_KNOWN = re.compile(r"(?i)\b(?:let|assume|suppose|since|because|as|by|given|recall|throughout|consider)\b")
_PROPERTY = re.compile(r"(?i)\b(?:smoothness|convexity|concavity|Lipschitz\s+continuity|monotonicity)\b")
_CALLED_SO = re.compile(r"(?i)\b(?:called|said\s+to\s+be|(?:we\s+)?(?:say|call)|defined?|if)\b")
_ASKED = re.compile(
    r"(?i)\b(?:show|prove|verify|check|hence|thus|therefore|then|not|never|whether|would|cannot|unless|iff|only|so(?!\s+that))\b"
)
_ORDER = frozenset({"<", "<=", ">", ">="})
MOST_ARGUMENTS = 4
"""Among how many arguments of a function in one claim the instances of what it satisfies are taken."""


@dataclass(frozen=True)
class Universal:
    """A relation that holds whatever the quantities called ``names`` are, as long as its names are those of what has
    been ``declared``; ``at`` is the number of its formula, ``shape`` that
    of its quantities where these have names of their own."""

    names: tuple[str, ...]
    relation: Rel
    declared: tuple[SymbolDecl | FunctionDecl | None, ...] = ()
    at: int = -1
    shape: Shape | None = None


def said(names: tuple[str, ...], relation: Rel, context: Context, at: int) -> Universal:
    """What a text says of the functions that are known here."""
    return Universal(names, relation, _declarations(relation, context), at)


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


def assumes(sentence: str) -> bool:
    """Whether a sentence up to a formula takes it to be so of a function: by a property that it has, or outright.

    >>> assumes("Suppose ⟨1⟩ has a Lipschitz gradient, so that"), assumes("Assume that ⟨1⟩ satisfies")
    (True, True)
    >>> assumes("Show that the convex function ⟨1⟩ satisfies"), assumes("A function is called convex if")
    (False, False)
    """
    if _ASKED.search(sentence) or not _SAYS.search(sentence) or not _KNOWN.search(sentence):
        return False
    if _CALLED_SO.search(sentence):
        return False
    outright = re.search(r"(?i)\b(?:let|assume|suppose|given|consider)\b[^.;]*\bsatisf(?:ies|y)\b", sentence)
    return outright is not None or KIND.search(sentence) is not None or _PROPERTY.search(sentence) is not None


def calls(sentence: str, later: str) -> bool:
    """Whether a sentence up to a formula says what it means that a function is of some kind, and what stands later says
    that it is.

    >>> calls("⟨1⟩ is called convex if", "Let ⟨5⟩ be convex."), calls("⟨1⟩ is called convex if", "It may be convex.")
    (True, False)
    """
    kind = KIND.search(sentence)
    if kind is None or _ASKED.search(sentence) or not (_SAYS.search(sentence) and _CALLED_SO.search(sentence)):
        return False
    word = re.escape(kind.group().strip(" -"))
    return (
        re.search(
            r"(?i)\b(?:let|assume|suppose|now|throughout|from\s+now\s+on)\b[^.;]*⟨\d+⟩\s+(?:is|be)\s+[^.;]*(?<!not )"
            + word,
            later,
        )
        is not None
    )


def quantified_before(sentence: str, numbered: Mapping[int, str], context: Context) -> tuple[str, ...]:
    """The names in ``for all $x$ and $y$`` before a formula, if all are quantities that nothing defines."""
    found = _BEFORE.search(sentence)
    if found is None:
        return ()
    text = ", ".join(numbered.get(int(each), "=").split("\\in")[0] for each in re.findall(r"\d+", found["names"]))
    return _names(text, context)


def quantified(after: str, context: Context) -> tuple[str, ...]:
    """The names in ``\\text{for all } x, y`` behind a formula, if all are quantities that nothing defines."""
    plain = re.sub(r"\\label\s*\{[^}]*\}", "", after)
    found = _FOR_ALL.match(plain) or _ANY_IN.match(plain)
    text = found["names"].split("\\in")[0].strip(" \n.,;$") if found is not None else ""
    return _names(re.sub(r"\s+and\s+", ", ", text), context)


def goes_on(words: str) -> bool:
    """Whether words between a formula and names say that it holds for these, or join one more of them."""
    return re.fullmatch(rf"(?i)\s*,?\s*(?:(?:holds?|is\s+true)\s+)?(?:{_FOR}|and)\s*", words) is not None


def _names(text: str, context: Context) -> tuple[str, ...]:
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


_TAKES_BACK = re.compile(
    r"(?i)\b(?:not|no\s+longer|without|drop(?:s|ped|ping)?|non|even\s+if|need\s+not|never|instead|fails?|relax\w*|weaken\w*|unless|whether|"
    r"in\s+general|more\s+generally|another|other\s+functions?|arbitrary|any\s+function)\b[^.;]*|"
    r"\b(?:smooth|convex|concave|Lipschitz|strongly)\w*[^.;]*\b(?:not|no\s+longer|fails?|dropped|lost|missing)\b"
)


def still_said(universals: Sequence[Universal], pieces: Sequence[Found], number: int) -> tuple[Universal, ...]:
    """Those that no words up to a formula take back: ``without convexity``, ``if $f$ is not smooth``."""

    def stands(each: Universal) -> bool:
        prose = (piece.text for piece in pieces[max(each.at + 1, 0) : number] if piece.kind == "prose")
        return not any(
            KIND.search(found.group()) or _PROPERTY.search(found.group())
            for text in prose
            for found in _TAKES_BACK.finditer(text)
        )

    return tuple(each for each in universals if stands(each))


def instances(universals: Sequence[Universal], sides: Sequence[Term], context: Context) -> Iterator[Rel]:
    """What relations that hold everywhere say at the arguments of the functions of a claim."""
    for each in universals:
        if each.declared != _declarations(each.relation, context):
            continue
        functions = {part.name for part in subterms(each.relation.left) if isinstance(part, Apply)}
        functions |= {part.name for part in subterms(each.relation.right) if isinstance(part, Apply)}
        known = context.symbols.get(each.names[0])
        shape = each.shape if known is None else known.shape
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


def stepped(relations: Sequence[Rel], equations: Sequence[Term]) -> Iterator[Rel]:
    """The same with the members of a sequence as its recurrence has them, ``x_{t+1} = x_t - g``, where they are no
    arguments of a function."""
    given = {
        each.left: each.right for each in equations if isinstance(each, Rel) and each.op == "=" and _is_member(each)
    }

    def replaced(each: Term) -> Term:
        if isinstance(each, Apply | Deriv):
            return each
        return given[each] if each in given else rebuild(each, replaced)

    for relation in relations if given else ():
        left, right = replaced(replaced(relation.left)), replaced(replaced(relation.right))
        if (left, right) != (relation.left, relation.right):
            yield Rel(relation.op, left, right)


def _is_member(equation: Rel) -> bool:
    """Whether this is ``x_{t+1} = …``, and not made of itself."""
    left = equation.left
    return isinstance(left, Sym) and all(part != left for part in subterms(equation.right))


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
