"""What a document takes for granted: a family written whole, what its formulas are, the rows of a matrix."""

from __future__ import annotations

import re
from collections.abc import Sequence
from types import MappingProxyType

from derive.language.claims import Equal, Statement
from derive.language.context import Context, Definition, SymbolDecl
from derive.language.extents import Extent, Range
from derive.language.terms import Array, Entry, Index, Num, Op, Rel, Sym, Term, subterms
from derive.read import densities
from derive.read import syntax as s
from derive.read.declarations import declare
from derive.read.documents.definitions.defining import Defined
from derive.read.documents.definitions.forgetting import without_names
from derive.read.documents.definitions.normal_numbers import length_of, of_normal, of_normal_vector
from derive.read.documents.definitions.sampling import independent
from derive.read.documents.text.prose import last_sentence
from derive.read.documents.text.scanner import Found
from derive.read.documents.text.spelling import faceless, spaced
from derive.read.documents.text.statements import chains_of
from derive.read.errors import DeclarationError, ReadError, Undeclared, UnknownSet, WrongIndices
from derive.read.latex import is_readable, lacks_a_name, node_readings, readings, relation_terms
from derive.read.names import Form, items_of, option, parts_of, split_superscript
from derive.read.parser import parse
from derive.read.targets import add_option, items_at, put


# -- a family without its indices --------------------------------------------------------------------------------------
def whole_family(problem: WrongIndices, context: Context) -> Defined | None:
    """``A`` after ``A_{ij} = …``: the vector or matrix of all members, if each index counts from 1."""
    decl = context.symbols.get(problem.name)
    if decl is None or problem.given or decl.shape or not 1 <= len(decl.family) <= 2:
        return None
    if any(range_.low.constant != 1 for range_ in decl.family):
        return None
    family = ",".join(decl.family_names)
    return Defined(add_option(context, "whole", (decl.name,)), f"component {decl.name}_{{{family}}} of {decl.name}")


def formulas(pieces: Sequence[Found], context: Context) -> list[s.Node]:
    """The formulas of these pieces that can be parsed."""
    return [
        chain.node
        for found in pieces
        if found.math is not None and found.kind in ("display", "inline")
        for chain in chains_of(found.math.text, context)
        if chain.node is not None
    ]


# -- rows and columns -------------------------------------------------------------------------------------------------
_LINES = re.compile(
    r"(?i)^[\s,]*(?:for|denotes?|are|be|is|as|to\s+be)?\s*the\s+(?:[ij]-?th\s+)?(rows?|columns?)\s+of\s*\Z"
)
_AND = re.compile(r"(?i)^\s*(?:,|and|,\s*and)\s*\Z")


def lines_of(pieces: Sequence[Found], number: int, context: Context) -> Defined | None:
    """``$q_i, k_j$ for the rows of $Q$ and $K$``: new names for the rows (or columns) of declared matrices."""
    here = pieces[number].math
    if here is None or number + 2 >= len(pieces) or pieces[number + 1].kind != "prose":
        return None
    words = _LINES.match(pieces[number + 1].text)
    if words is None:
        return _own_lines(here.text, pieces[number + 1].text, context)
    matrices: list[str] = []
    for place in range(number + 2, len(pieces), 2):
        math = pieces[place].math
        if pieces[place].kind != "inline" or math is None:
            break
        matrices += [part.strip() for part in math.text.split(",")]
        if place + 1 >= len(pieces) or not _AND.match(pieces[place + 1].text):
            break
    try:
        names = items_at(here.text, 0)
    except ReadError:
        return None
    if len(names) != len(matrices):
        return None
    texts: list[str] = []
    for name, matrix in zip(names, matrices, strict=True):
        made = _line(name, matrix, words.group(1).startswith("row"), context)
        if made is None:
            return None
        context = made
        texts.append(f"{s.key(name)} is {'row' if words.group(1).startswith('row') else 'column'} of {matrix}")
    return Defined(context, "; ".join(texts))


_OWN_LINES = re.compile(r"(?i)^[\s,]*for\s+(?:the|their)\s+(?P<line>row|column)s\s*(?:[.,;:]|$)")


def _own_lines(text: str, after: str, context: Context) -> Defined | None:
    """``$q_i, k_i$ for the rows`` of the matrices Q and K, which the small letters name."""
    words = _OWN_LINES.match(after)
    try:
        names = items_at(text.strip(" .,;"), 0) if words is not None else ()
    except ReadError:
        return None
    row, texts = words is not None and words["line"].lower() == "row", list[str]()
    for name in names:
        parts = parts_of(name)
        decl = context.symbols.get(re.sub(r"[a-z](?=\}|\Z)", lambda m: m[0].upper(), parts[0])) if parts else None
        if parts is None or decl is None or len(decl.shape) != 2 or decl.family or parts[1] is None:
            return None
        letter, range_ = s.key(parts[1]), Range.upto(decl.shape[0 if row else 1])
        if letter not in context.indices and re.fullmatch("[a-z]", letter) and letter not in context.sizes:
            context = context.with_index(letter, range_)
        made = _line(name, decl.name, row, context)
        if made is None:
            return None
        context = made
        texts.append(f"{s.key(name)} is {'row' if row else 'column'} {letter} of {decl.name}")
    return Defined(context, "; ".join(texts)) if texts else None


def _line(name: s.Node, matrix: str, row: bool, context: Context) -> Context | None:
    parts = parts_of(name)
    if parts is None or parts[1] is None or parts[2] is not None or parts[0] in context.symbols:
        return None
    letter, wanted = s.key(parts[1]), context.indices.get(s.key(parts[1]))
    try:
        typed = node_readings(parse(matrix), context)[0]
    except ReadError:
        return None
    if wanted is None or len(typed.shape) != 2 or not isinstance(typed.term, Sym):
        return None
    count, length = typed.shape if row else typed.shape[::-1]
    if wanted != Range.upto(count):
        return None
    other = _fresh(context)
    slots: tuple[Term, ...] = (Index(letter), Index(other)) if row else (Index(other), Index(letter))
    body = Array(((other, Range.upto(length)),), Entry(typed.term, slots))
    shape: tuple[Extent, ...] = (length,)
    decl = SymbolDecl(parts[0], (wanted,), (letter,), shape, definition=Definition((letter,), body))
    return context.with_symbol(decl)


def _fresh(context: Context) -> str:
    """A name for an index that nothing uses."""
    return next(name for name in (f"r{'_' * count}" for count in range(1, 99)) if name not in context.indices)


_ROWS = re.compile(
    r"(?i)\b(?:each|every|the|of|by|to)\s+(row|column)s?\b|\b(row|column)[- ]?wise\b|"
    r"\balong\s+(?:the\s+)?(row|column)s?\b|\b(row|column)s?\s+by\s+(?:row|column)\b"
)
_OF_MATRIX = re.compile(r"softmax[\s}]*(?:\\[a-zA-Z]+)?\s*[({][^a-z]*[A-Z]")


def softmax_lines(pieces: Sequence[Found]) -> str:
    """``rows`` or ``columns``, where the words beside a formula with a softmax name one of them; if none do, and the
    text speaks of no columns, rows, as is usual; else nothing."""
    said: set[str] = set()
    for number, found in enumerate(pieces):
        if found.math is None or "softmax" not in found.math.text:
            continue
        words = [each.text[:80] for each in pieces[number + 1 : number + 2] if each.kind == "prose"]
        words += [each.text[-80:] for each in pieces[max(0, number - 1) : number] if each.kind == "prose"]
        said |= {next(filter(None, match.groups())).lower() for text in words for match in _ROWS.finditer(text)}
    if said:
        return f"{said.pop()}s" if len(said) == 1 else ""
    columns = any(each.kind == "prose" and re.search(r"(?i)\bcolumns?\b", each.text) for each in pieces)
    matrix = any(each.math is not None and _OF_MATRIX.search(each.math.text) for each in pieces)
    return "rows" if matrix and not columns else ""


def bare_names(pieces: Sequence[Found]) -> set[str]:
    """Every formula of the running text that is nothing but a name."""
    found: set[str] = set()
    for each in pieces:
        if each.kind == "inline" and each.math is not None and len(each.math.text) < 40:
            try:
                items = items_at(each.math.text.strip(" .,;"), 0)
            except ReadError:
                continue
            found |= {s.key(item) for item in items if parts_of(item) is not None}
    return found


# -- distributions ----------------------------------------------------------------------------------------------------
def distributed(node: s.Node | None, context: Context, independently: bool = False) -> Defined | None:
    """``z \\sim \\mathcal{N}(m, s^2)``, with z declared as a number if nothing says what it is and the density is that
    of numbers; of a bold name with a standard normal distribution, also each number of the same letter."""
    if not isinstance(node, s.Relation) or len(node.rest) != 1 or node.rest[0][0] != "~":
        return None
    variable, density = node.first, node.rest[0][1]
    if "N" not in context.functions:
        density = densities.normal(density)
    parts = parts_of(variable)
    if parts is None:
        return None
    context, laid_down = with_moments(variable, density, with_parameters(density, context))
    name = s.key(variable)
    text = f"{name} \\sim {s.key(density)}" if s.is_legible(density) else f"{name} is distributed as written here"
    text = " ; ".join([*laid_down, text])
    said = of_normal(density, context)
    if independently and (said is not None or densities.drawn(density) is not None):
        declared = declare(" ; ".join(said), context) if said else context
        together = independent(variable, density, declared)
        if together is not None:
            return Defined(together.context, " ; ".join([*(said or ()), together.text]))
    try:
        node_readings(variable, context)
    except Undeclared:
        family = densities.drawn(density)
        space = "" if said is not None or family is not None else of_normal_vector(density, context)
        if space and parts[1] is not None and _is_of_family(parts[1], context):
            context, text = declare(f"{name} \\in {space}", context), f"{name} \\in {space} ; {text}"
        if faceless(name) == name and (said is not None or family is not None) and _is_of_family(parts[1], context):
            kind = family.family.values if family is not None else "\\in \\mathbb{R}"
            texts = [*(said or ()), f"{name} {kind}"]
            context = declare(" ; ".join(texts), context)
            text = " ; ".join([*texts, text])
    except ReadError:
        pass
    unknown = option(context, "random").get(name)
    if isinstance(unknown, str):  # what was said of it before was said of another one
        context = without_names(context, frozenset({unknown}))
        kept = {key: value for key, value in option(context, "random").items() if key != name}
        context = context.with_option("random", MappingProxyType(kept))
    context = put(context, "distributed", name, density)
    plain = faceless(name)
    standard = s.key(density).replace("\\mathbf", "").replace("\\boldsymbol", "").replace("{", "").replace("}", "")
    if plain != name and standard in ("\\mathcalN(0,I)", "\\mathcalN(0,1)"):
        context = put(context, "distributed", plain, parse("\\mathcal{N}(0,1)"))
    return Defined(context, text)


_POSITIVE = frozenset({"Gamma", "Ga", "InvGamma", "Beta", "Exp", "Exponential", "Poisson", "Poi", "Pois"})
_UNIT = frozenset({"Bernoulli", "Bern", "Ber"})


def with_moments(variable: s.Node, density: s.Node, context: Context) -> tuple[Context, list[str]]:
    """The context in which the mean and the covariance of a normal vector, bare names that nothing declares, have the
    shapes that follow from its own, or from that of the other one, and that as declarations."""
    match density:
        case s.Juxt(parts=(head, s.Group(items=(mean, spread)))) if s.key(head) == "\\mathcal{N}":
            length = length_of(variable, 1, context) or length_of(mean, 1, context) or length_of(spread, 2, context)
        case _:
            return context, []
    texts: list[str] = []
    for node, axes, more in ((mean, 1, ""), (spread, 2, " symmetric posdef")):
        bare = isinstance(node, s.Name) or (isinstance(node, s.Script) and node.sup is None)
        if not length or not bare or not lacks_a_name(node, context):
            continue
        extents = " \\times ".join([length] * axes)
        said = f"{s.key(node)} \\in \\mathbb{{R}}^{{{extents}}}{more}"
        try:
            context = declare(said, context)
        except DeclarationError:
            continue
        texts.append(said)
    return context, texts


def as_a_moment(name: str, context: Context) -> Defined | None:
    """The context in which a name that nothing declares is the mean or the covariance of what is drawn with it."""
    for variable, density in option(context, "distributed").items():
        match density:
            case s.Juxt(parts=(_, s.Group(items=items))) if any(s.key(item) == name for item in items):
                with_them, texts = with_moments(parse(variable), density, context)
                if name in with_them.symbols:
                    return Defined(with_them, " ; ".join(texts))
    return None


def with_parameters(density: s.Node, context: Context) -> Context:
    """The context in which parameters that nothing declares are of the kind that the distribution takes."""
    match density:
        case s.Juxt(parts=(s.Word(text=word), s.Group(bracket="(", items=items))) if word in _POSITIVE | _UNIT:
            kind = "> 0" if word in _POSITIVE else "\\in (0, 1)"
            for item in items:
                if isinstance(item, s.Name) and lacks_a_name(item, context):
                    context = declare(f"{s.key(item)} {kind}", context)
    return context


def _is_of_family(sub: s.Node | None, context: Context) -> bool:
    """Whether a name with this subscript, if any, is one number or each member of a family."""
    return sub is None or all(s.key(item) in context.indices for item in items_of(sub))


# -- sets --------------------------------------------------------------------------------------------------------------
def index_over(problem: UnknownSet, context: Context) -> Defined | None:
    """``\\sum_{b \\in \\mathcal{B}}`` where nothing is said of b or of the set: an index over a finite set."""
    if problem.index in context.indices or problem.index in context.symbols or problem.index in context.sizes:
        return None
    if not re.fullmatch(r"\\math(?:cal|scr)\{[A-Z]\}|[A-Z]", problem.members) or problem.members in context.symbols:
        return None
    text = f"index {problem.index} \\in {problem.members}"
    try:
        return Defined(declare(text, context), text)
    except DeclarationError:
        return None


# -- cases -------------------------------------------------------------------------------------------------------------
def case(node: s.Relation, context: Context) -> Term | None:
    """``j \\ne k`` between indices, said before a statement: the case in which it holds."""
    if len(node.rest) != 1 or node.rest[0][0] not in ("=", "!=", "<", "<=", ">", ">="):
        return None
    op, right = node.rest[0]
    try:
        sides = [node_readings(side, context)[0].term for side in (node.first, right)]
    except ReadError:
        return None
    if not isinstance(sides[0], Index) or not isinstance(sides[1], Index | Num):
        return None
    return Rel(op, *sides)


def case_of_labels(node: s.Relation, context: Context) -> Term | None:
    """``y_i = l \\neq 0`` about labels, as the case in which what follows holds; None if it is about anything else."""
    try:
        condition = readings(context, lambda resolver: resolver.condition(node))[0]
    except ReadError:
        return None
    labels = [context.symbols.get(part.name) for part in subterms(condition.term) if isinstance(part, Sym)]
    if condition.shape or not labels or not all(decl is not None and decl.label_range for decl in labels):
        return None
    return condition.term


def in_case(statement: Statement, condition: Term) -> Statement:
    """An equation that is stated in one case only: both sides are 0 in the others."""
    if not isinstance(statement, Equal):
        return statement
    held = Op("indicator", (condition,))
    return Equal(Op("mul", (held, statement.left)), Op("mul", (held, statement.right)))


_SUPPOSED = frozenset({"=", "!=", "<", "<=", ">", ">="})


def like(node: s.Relation, context: Context) -> Defined | None:
    """``\\sigma_1 = \\sigma_2 = \\sigma`` where only σ_1 is declared: the other names are of the same kind."""
    sides = (node.first, *(side for _, side in node.rest))
    if any(op != "=" for op, _ in node.rest):
        return None
    known = [decl for side in sides if (decl := context.symbols.get(s.key(side))) is not None]
    new = [side for side in sides if parts_of(side) is not None and lacks_a_name(side, context)]
    if not known or not new or known[0].family or known[0].definition is not None:
        return None
    space = " \\times ".join(map(str, known[0].shape))
    words = " ".join(sorted(known[0].properties - {"real"}))
    for side in new:
        text = f"{s.key(side)} \\in \\mathbb{{R}}" + (f"^{{{space}}}" if space else "") + (f" {words}" if words else "")
        try:
            context = declare(text, context)
        except DeclarationError:
            return None
    return Defined(context, f"{', '.join(map(s.key, new))} like {known[0].name}")


_CASE = re.compile(
    r"(?:\bFor|\bfor|\b[Ii]f|\b[Ww]hen|\b[Ii]n\s+the\s+case)\b|"
    r"\b(?:minimi[sz]ing|maximi[sz]ing|same\s+as|equivalent\s+to|reduces\s+to|special\s+case|recovers)\b[^.;]*\bwith\s*\Z"
)
"""Words by which a formula is a case of what was about any values before: ``this is minimising J with …``."""


_SOLVED = re.compile(
    r"(?i)\b(?:set(?:s|ting)?|equat(?:e|es|ing))\b[^.]*\b(?:derivatives?|gradients?|partials?)\b[^.]*\bto\s+(?:be\s+)?(?:zero|0)\b|"
    r"\b(?:derivatives?|gradients?)\b[^.]*\b(?:vanish\w*|equal\s+to\s+zero)\b|"
    r"\bdifferentiat\w+\b[^.]*\b(?:to|equal)\s+(?:zero|0)\b"
)


_FIELD = re.compile(
    r"(?i)\A\s*(?:for|in|with)\s+(?:(?!\b(?:cases?|all|any|every|each|some|which|that|limit)\b)[a-z\s-])+,"
)
"""``For logistic regression, ``: what a sentence is about, and no case."""


def defining(pieces: Sequence[Found]) -> tuple[tuple[int, str], ...]:
    """The formulas that may define, each with its number, without those that a sentence only supposes:
    ``for $\\sigma_1 = \\sigma$ …``."""
    kept: list[tuple[int, str]] = []
    sentence = ""
    for number, found in enumerate(pieces):
        if found.kind == "prose":
            sentence = last_sentence(sentence + found.text)
        if found.math is None or found.kind == "declaration":
            continue
        if found.kind == "display":
            solved, sentence = _SOLVED.search(sentence) is not None, ""
            if solved:
                continue  # what comes of derivatives that are set to zero is no definition
        elif _CASE.search(_FIELD.sub("", sentence)):
            continue
        kept.append((number, spaced(found.math.text)))
    return tuple(kept)


def supposed(node: s.Relation, context: Context) -> Sequence[tuple[Rel, ...]]:
    """A relation that the text does not assert, in all its readings, as something that what follows may be concluded
    from; nothing if it cannot be read."""
    if any(op not in _SUPPOSED for op, _ in node.rest):
        return ()
    try:
        return readings(context, lambda resolver: relation_terms(resolver, node))
    except ReadError:
        return ()


# -- implied indices ---------------------------------------------------------------------------------------------------
def implied(name: str, node: s.Node, index: str, body: str, context: Context) -> Defined | None:
    """``g_k = …`` whose right side mentions an index j that is fixed in the text: g_k stands for g_{kj} at that j."""
    group: s.Group | None = None
    head: s.Node = node
    if isinstance(node, s.Juxt) and len(node.parts) == 2 and isinstance(node.parts[1], s.Group):
        head, group = node.parts[0], node.parts[1]
        if not all(is_readable(item, context) for item in group.items):
            return None
    parts = parts_of(head)
    mark = split_superscript(parts[2]).marked if parts is not None else ""
    if parts is None or (parts[2] is not None and not mark) or index not in context.indices:
        return None
    below = "" if parts[1] is None else s.key(parts[1])
    spelled = f"{parts[0]}_{{{below}{',' if below else ''}{index}}}{'^' if mark else ''}{mark}"
    try:
        done = declare(f"let {spelled} := {body}", context)
    except DeclarationError:
        return None
    key = f"{parts[0]}^{mark}" if mark else parts[0]
    decl = done.symbols.get(key)
    if decl is None or decl.family_names[-1:] != (index,):
        return None
    done = add_option(done, "implied", (key,))
    if group is not None:
        done = put(done, "called", key, (Form(key, group),))
    return Defined(done, f"let {spelled} := {body}, written {name}")


__all__ = ["implied", "index_over", "lines_of", "whole_family"]
