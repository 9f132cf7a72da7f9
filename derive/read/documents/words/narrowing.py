"""Bounds that hold of a number for a while: ``for $x > 0$, …`` in one sentence, ``suppose $x > 0$`` in one problem."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

from derive.language.context import Context, SymbolDecl
from derive.language.extents import Extent, Range
from derive.language.terms import Index, Num, Term, subterms
from derive.read import syntax as s
from derive.read.declarations import declare
from derive.read.dependencies import with_names
from derive.read.documents.definitions.defining import primitive
from derive.read.documents.definitions.recurrences import fresh
from derive.read.documents.text.prose import JOINING, NO_LOSS
from derive.read.documents.text.scanner import Found
from derive.read.documents.text.statements import one_line
from derive.read.errors import DeclarationError, ReadError, Undeclared
from derive.read.latex import node_readings
from derive.read.targets import items_at

_FOR = r"(?:(?:for|over|among)(?:\s+(?:all|any|every|each))?|when(?:ever)?|if|provided(?:\s+that)?|as\s+long\s+as)"
_KIND = (
    r"(?:\s+(?:an?\s+)?(?:arbitrary|real|fixed|given|numbers?|scalars?|"
    r"(?P<sign>(?:strictly\s+)?(?:positive|non-?negative|negative))))*"
)
OPENS = re.compile(rf"(?i)(?<![A-Za-z]){_FOR}(?:\s+(?:instead|however|now))?(?P<kind>{_KIND})\s*\Z")
"""Words before what is supposed in their sentence only."""
CLOSES = re.compile(
    r"(?i)^[\s,.]*?(?:(?:(?:which|this|that)\s+)?(?:holds?|is\s+(?:true|valid|correct)|(?:are\s+)?(?:true|valid))\s+)?"
    rf"(?:only\s+)?{_FOR}(?P<kind>{_KIND})\s*\Z"
)
"""The words between a claim and what it is supposed under: ``… holds for all``."""
SUPPOSES = re.compile(
    rf"(?i)(?<![A-Za-z])(?:suppose|assume|{NO_LOSS})(?:\s+(?:now|first|further|that|instead|next|let))*[\s,:]*\Z"
)
"""Words before what is supposed until a problem ends."""
_INTRODUCES = re.compile(
    r"(?i)(?<![A-Za-z])(?:consider|define|let|denote|minimi[sz]\w*|maximi[sz]\w*|writ\w+|introduc\w+|call|take|model\w*|"
    r"set|use|choose)(?![A-Za-z])"
)
"""Words after which a bound belongs to what is introduced, not to a claim."""
_CLAIMS = re.compile(
    r"(?i)^[\s,:]*(?:(?:then|so|we|one|it|there|have|has|holds?|that|get|obtain|is|are|equals|becomes|satisfies|derivative|gradient|value|limit|the|identity|equality|inequality|both)"
    r"[\s,:]*)*\Z"
)
"""What may stand between a bound and a claim that it is said of."""
_ENDS = re.compile(r"[.!?;](?=\s|\Z)|\n[ \t\r]*\n")
ORDER = frozenset({"<", "<=", ">", ">=", "!="})
MOST_AHEAD = 8


@dataclass(frozen=True)
class Bound:
    """What a formula says of one number, or words say ``of_matrix``, as a declaration; of an index, how far it counts
    then, and how far otherwise."""

    name: str
    text: str
    of_matrix: bool = False
    counts: Range | None = None
    counted: Range | None = None


def bounds_said(words: re.Match[str] | None, text: str, context: Context, new: bool) -> tuple[Bound, ...]:
    """The bounds that a formula, or the words before it, puts on numbers: ``for all positive $x$``."""
    sign = _WORDS.get(re.sub(r"strictly|[\s-]", "", (words["sign"] or "").lower())) if words is not None else None
    return bounds_in(text if sign is None else f"{text.strip(' .,;')} {sign}", context, new)


_WORDS = {"positive": "> 0", "nonnegative": "\\ge 0", "negative": "< 0"}


def bounds_in(text: str, context: Context, new: bool) -> tuple[Bound, ...]:
    """The bounds that a formula puts on numbers without an index; nothing if it says anything else. Names that nothing
    declares are numbers where ``new`` ones may be.

    >>> [bound.text for bound in bounds_in("0 < x < 1", Context(), new=True)]
    ['0 < x < 1']
    >>> bounds_in("x + y > 0", Context(), new=True)
    ()
    """
    try:
        items = items_at(one_line(text).rstrip(" .,;"), 0)
    except ReadError:
        return ()
    found: list[Bound] = []
    waiting: list[s.Node] = []
    for item in items:
        if not isinstance(item, s.Relation):
            waiting.append(item)
            continue
        of_index = _bound_of_index(item, context)
        if of_index is not None and not waiting:
            found.append(of_index)
            continue
        subject = item.rest[0][1] if isinstance(item.first, s.Number) else item.first
        if not _is_bound(item):
            return ()
        for node in (*waiting, subject):
            if not _is_number(node, context, new):
                return ()
            found.append(Bound(s.key(node), _spelled(item, subject, node)))
        waiting = []
    return () if waiting else tuple(found)


def _is_bound(item: s.Relation) -> bool:
    """``0 < x < 1``, ``x \\ge 2``, ``x \\in (0, 1)``."""
    sides = [item.first, *(side for _, side in item.rest)]
    if len(item.rest) == 1 and item.rest[0][0] == "in":
        space = item.rest[0][1]
        return isinstance(space, s.Group) and space.bracket not in ("{", "\\{") and len(space.items) == 2
    numbers = [isinstance(side, s.Number) or _is_minus(side) for side in sides]
    wanted = (
        [True, False, True] if len(sides) == 3 else [not isinstance(sides[0], s.Name), isinstance(sides[0], s.Name)]
    )
    return all(op in ORDER for op, _ in item.rest) and len(sides) in (2, 3) and numbers == wanted


_TURNED = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "!=": "!="}


def _bound_of_index(item: s.Relation, context: Context) -> Bound | None:
    """``t < T``, ``2 \\le t < T``, ``t \\ne 1``: where an index counts only a part of what it counts elsewhere."""
    sides = [item.first, *(side for _, side in item.rest)]
    indices = [side for side in sides if isinstance(side, s.Name) and side.text in context.indices]
    if len(indices) != 1 or (len(sides) == 3 and sides[1] is not indices[0]) or len(sides) > 3:
        return None
    name = indices[0].text
    range_: Range | None = context.indices[name]
    for place, (op, side) in enumerate(item.rest):
        other, op = (side, op) if sides[place] is indices[0] else (sides[place], _TURNED.get(op, op))
        limit = _limit(other, context)
        range_ = _within(range_, op, limit) if range_ is not None and limit is not None and op in _TURNED else None
    if range_ is None:
        return None
    return Bound(name, _spelled(item, indices[0], indices[0]), counts=range_, counted=context.indices[name])


def _limit(node: s.Node, context: Context) -> Extent | None:
    """``2``, ``T``, ``T - 1``."""
    match node:
        case s.Number(text=text) if text.isdigit():
            return Extent.of(int(text))
        case s.Name(text=text) if text in context.sizes:
            return Extent.of(text)
        case s.Sum(terms=((first, one), ("+" | "-" as sign, s.Number(text=text)))) if first != "-" and text.isdigit():
            whole = _limit(one, context)
            return None if whole is None else whole + (int(text) if sign == "+" else -int(text))
    return None


def _within(range_: Range, op: str, limit: Extent) -> Range | None:
    """The part of a range on one side of a limit; None where it cannot be told which end is the nearer."""
    low, high = range_.low, range_.high
    if op == "!=":
        return Range(low, high - 1) if limit == high else Range(low + 1, high) if limit == low else None
    if op in ("<", "<="):
        nearer = limit - 1 if op == "<" else limit
        gap = (high - nearer).constant
        return None if gap is None else Range(low, nearer if gap >= 0 else high)
    nearer = limit + 1 if op == ">" else limit
    gap = (nearer - low).constant
    return None if gap is None else Range(nearer if gap >= 0 else low, high)


def _is_minus(node: s.Node) -> bool:
    """``-1``."""
    return isinstance(node, s.Sum) and len(node.terms) == 1 and isinstance(node.terms[0][1], s.Number)


def _is_number(node: s.Node, context: Context, new: bool) -> bool:
    """Whether this is the name of a number that nothing defines, or a ``new`` name that may be one."""
    if not isinstance(node, s.Name):
        return False
    found = primitive(node, context)
    if found is not None:
        decl = context.symbols[found.name]
        return not decl.shape and not decl.family and not decl.values and decl.label_range is None
    if not new or s.key(node) in (*context.sizes, *context.indices, *context.functions):
        return False
    try:
        node_readings(node, context)
    except Undeclared:
        return True
    except ReadError:
        return False
    return False


def _spelled(item: s.Relation, subject: s.Node, node: s.Node) -> str:
    """What an item says of one of its names."""
    return " ".join(
        s.key(node) if side is subject else _sign(side)
        for side in (item.first, *(each for pair in item.rest for each in pair))
    )


_SIGNS = {"<=": "\\le", ">=": "\\ge", "!=": "\\ne", "in": "\\in"}


def _sign(side: s.Node | str) -> str:
    if isinstance(side, str):
        return _SIGNS.get(side, side)
    if isinstance(side, s.Group):
        left, right = (side.bracket[0], side.bracket[-1]) if len(side.bracket) == 2 else (side.bracket, ")")
        return f"{left}{', '.join(s.key(item) for item in side.items)}{right}"
    return s.key(side)


def as_number(name: str, context: Context) -> Context:
    """The context in which a new name is a number."""
    return declare(f"{name} \\in \\mathbb{{R}}", context)


def narrowed(bounds: Sequence[Bound], context: Context) -> Context | None:
    """The context in which these bounds hold as well; None if that cannot be said of its numbers."""
    for bound in bounds:
        if bound.counts is not None:
            context = _counting_less(bound.name, bound.counts, context)
            continue
        if bound.of_matrix:
            try:
                context = declare(bound.text, context)
            except DeclarationError:
                return None
            continue
        if bound.name not in context.symbols:
            context = as_number(bound.name, context)
        old = context.symbols[bound.name]
        bare = replace(context, symbols=MappingProxyType({**context.symbols, bound.name: SymbolDecl(bound.name)}))
        try:
            new = declare(bound.text, bare).symbols[bound.name]
        except DeclarationError:
            return None
        both = _both(old, new)
        if both is None:
            return None
        context = context.with_symbol(both)
    return context


def _counting_less(name: str, counts: Range, context: Context) -> Context:
    """The context in which an index counts less; what is assumed for all that it counted still is, with another
    letter."""
    facts = context.facts
    if any(isinstance(part, Index) and part.name == name for fact in facts for part in subterms(fact.statement)):
        letter = fresh(context)
        try:
            facts = tuple(replace(fact, statement=with_names(fact.statement, {name: Index(letter)})) for fact in facts)
        except ReadError:
            return context.with_index(name, counts)  # it is assumed of less, then
        context = replace(context.with_index(letter, context.indices[name]), facts=facts)
    return context.with_index(name, counts)


def counting_again(names: Sequence[str], before: Context, within: Context, after: Context) -> Context:
    """The context behind a sentence ``within`` which indices counted less: they count what they did, and so do the
    facts."""
    if not names:
        return after
    old = {new.statement: fact for new, fact in zip(within.facts, before.facts, strict=True)}
    facts = tuple(old.get(fact.statement, fact) for fact in after.facts)
    kept = {
        name: range_ for name, range_ in after.indices.items() if name in before.indices or name not in within.indices
    }
    kept |= {name: before.indices[name] for name in names}
    return replace(after, indices=MappingProxyType(kept), facts=facts)


def _both(old: SymbolDecl, new: SymbolDecl) -> SymbolDecl | None:
    """What is declared of a number, and what is said of it now; None if it cannot be told which end is the nearer."""
    low, high = _nearer(old, new, "low"), _nearer(old, new, "high")
    if low is None or high is None:
        return None
    return replace(
        old,
        properties=old.properties | new.properties,
        low=low[0],
        low_open=low[1],
        high=high[0],
        high_open=high[1],
    )


def _nearer(old: SymbolDecl, new: SymbolDecl, end: str) -> tuple[Term | None, bool] | None:
    """The nearer of two ends, and whether it is open."""
    ends = [(getattr(decl, end), getattr(decl, f"{end}_open")) for decl in (old, new)]
    (one, _), (two, _) = ends
    if one is None or two is None:
        return ends[1] if one is None else ends[0]
    if not isinstance(one, Num) or not isinstance(two, Num):
        return None
    if one.value == two.value:
        return one, ends[0][1] or ends[1][1]
    return ends[(two.value > one.value) if end == "low" else (two.value < one.value)]


def lifted(context: Context, numbers: Mapping[str, tuple[SymbolDecl, SymbolDecl]]) -> Context:
    """The context in which ``numbers`` are again what they were, the first of each two; those that are still what they
    became, the second."""
    back = {name: old for name, (old, new) in numbers.items() if context.symbols.get(name) == new}
    return replace(context, symbols=MappingProxyType({**context.symbols, **back})) if back else context


# -- where a bound stands in its sentence ------------------------------------------------------------------------------
def claims_follow(pieces: Sequence[Found], number: int, new: bool, context: Context) -> bool:
    """Whether a claim follows in the same sentence on the bound at ``number``; on ``new`` names, right behind it."""
    words = ""
    for piece in pieces[number + 1 : number + 1 + MOST_AHEAD]:
        if piece.kind == "prose":
            if _ENDS.search(piece.text) and not _blank_before_display(piece.text):
                return False
            words += piece.text
        elif piece.kind not in ("inline", "display") or piece.math is None or _INTRODUCES.search(words):
            return False
        elif JOINING.match(words) and bounds_in(piece.math.text, context, new=True):
            words = ""  # for $x > 0$ and $y > 0$, …
        elif _relates(piece.math.text):
            return not new or _CLAIMS.match(words) is not None
    return False


def _blank_before_display(text: str) -> bool:
    """Whether the words only end in an empty line, as before a display in Markdown."""
    return _ENDS.search(text.rstrip()) is None and text.rstrip().endswith((",", ":", *_LAST_WORDS))


_LAST_WORDS = ("have", "get", "then", "becomes", " is", "gives", "yields", "reads", "equals", "obtain", "find")
"""What a sentence that goes on with a display may end with."""


def _relates(text: str) -> bool:
    return re.search(r"=|\\(?:le|ge|leq|geq|approx|equiv|propto)\b|<|>", text) is not None


def behind(pieces: Sequence[Found], number: int) -> Found | None:
    """The formula that the claim at ``number`` is supposed under: ``$…$ for all $x > 0$``."""
    if number + 2 >= len(pieces) or pieces[number + 1].kind != "prose" or pieces[number + 2].kind != "inline":
        return None
    words, claim = pieces[number + 1].text, pieces[number].math
    if claim is None or not CLOSES.match(words) or re.search(r"[.;]\s*\Z", claim.text) or "." in words:
        return None
    if re.match(r"\s*(?:\n[ \t]*\n\s*)?[A-Z]", words):
        return None  # a capital begins a sentence, also where the formula before it lacks its full stop
    return pieces[number + 2]


_ANOTHER = re.compile(
    r"(?i)\s*,?\s*(?:(?P<or>or)\b|(?:and|but|as\s+well\s+as)\s+(?:also\s+|even\s+)?(?:for|when|if|where)\b)"
)


def is_one_of_several(pieces: Sequence[Found], number: int) -> bool:
    """``$|a| = a$ for $a > 0$ and for $a < 0$``: whether more cases follow on the one right behind a claim."""
    after, behind = ((pieces[at] if at < len(pieces) else None) for at in (number + 3, number + 5))
    more = _ANOTHER.match(after.text) if after is not None and after.kind == "prose" else None
    return more is not None and (
        more["or"] is not None or behind is None or re.match(r"\s*[.;)]", behind.text) is not None
    )


def further_behind(pieces: Sequence[Found], number: int) -> Found | None:
    """The formula that goes on with what the one at ``number`` supposes: ``$…$ for $v = 0$ and $S = I$``."""
    if number + 2 >= len(pieces) or pieces[number + 1].kind != "prose" or pieces[number + 2].kind != "inline":
        return None
    return pieces[number + 2] if re.fullmatch(r"(?i)\s*and\s*", pieces[number + 1].text) else None


_REMARK = re.compile(
    r"(?i)^(?:\s|[,.~]|\\q?quad|\\[,;: ])*(?:\\(?:text\w*|mathrm|mbox)\s*\{\s*"
    rf"{_FOR}\s*\}}(?P<said>.*)|\((?P<set>.*)\)[\s.,;]*)\Z",
    re.DOTALL,
)


def conditions_remarked(after: str) -> list[str]:
    """The relations in a remark behind a statement of a display: ``\\quad \\text{for } \\|u\\| = 1``."""
    found = _REMARK.match(after.split("\\\\", 1)[0])
    if found is None or not found["said"]:
        return []
    return [text.strip().rstrip(" .,;") for text in _AND.split(found["said"])]


_AND = re.compile(r"\\(?:text\w*|mathrm|mbox)\s*\{\s*and\s*\}")


def remarked(after: str, context: Context) -> tuple[Bound, ...]:
    """The bounds in a remark behind a statement of a display: ``\\quad \\text{for } x > 0``, ``\\quad (x > 0)``."""
    found = _REMARK.match(after.split("\\\\", 1)[0])
    return bounds_in(found["said"] or found["set"] or "", context, new=False) if found is not None else ()


__all__ = [
    "CLOSES",
    "OPENS",
    "ORDER",
    "SUPPOSES",
    "Bound",
    "as_number",
    "behind",
    "bounds_in",
    "claims_follow",
    "conditions_remarked",
    "counting_again",
    "further_behind",
    "is_one_of_several",
    "lifted",
    "narrowed",
    "remarked",
]
