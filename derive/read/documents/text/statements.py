"""What a display states: its chains of relations, each side with its place, and what in it is broken."""

from __future__ import annotations

import re
from collections import OrderedDict
from dataclasses import dataclass, replace
from functools import lru_cache

from derive.language.context import Context
from derive.language.terms import Span
from derive.read import syntax as s
from derive.read.documents.text.balance import imbalance
from derive.read.documents.text.conditions import SAYS_WHEN, without_conditions
from derive.read.documents.text.macros import Expanded
from derive.read.errors import ReadError
from derive.read.latex import chain_node
from derive.read.rows import FOR_ALL, depth, split_statements
from derive.read.tokens import ROW_BREAK, Token, tokenize
from derive.read.vocabulary import PRODUCTS, RELATIONS

_ROW = re.compile(r"\\begin\s*\{(\w+)\*?\}|\\end\s*\{(\w+)\*?\}|" + ROW_BREAK + r"|%[^\n]*|\\[\s\S]")
_LAYOUT = frozenset("split aligned align gathered gather equation alignedat alignat multlined multline".split())
_OPENED = re.compile(r"\\(?:left|[bB]igg?[lrm]?)\s*\Z")
_LAYOUT_ONLY = re.compile(
    r"\\(?:quad|qquad|nonumber|notag|displaystyle|hfill)(?![A-Za-z])|\\(?:label|tag\*?)\s*\{[^{}]*\}|\\[,;:!](?=\s|\Z)"
)
_BREAK = re.compile(r"\\begin\s*\{\w+\*?\}|\\end\s*\{\w+\*?\}|" + ROW_BREAK + r"|\\[\s\S]|%[^\n]*|&|\s+")


@dataclass(frozen=True)
class Chain:
    """One statement: a chain of relations (or a single expression), or the reason why it cannot be parsed.

    ``begins`` is whether it begins with its relation, so that its first side stands further up. ``words`` are the words
    in the same row before it, ``sides`` bounds each side, with all that is written between the relations. ``cases`` are
    the conditions written behind its sides: ``= 0 \\text{ if } j \\ne k``.
    """

    node: s.Node | None
    span: Span
    problem: ReadError | None = None
    begins: bool = False
    words: str = ""
    sides: tuple[Span, ...] = ()
    cases: tuple[s.Relation, ...] = ()


def without_broken_rows(math: Expanded) -> tuple[Expanded, list[ReadError]]:
    """The mathematics with every row blanked in which a bracket does not close, and what is wrong there."""
    text = math.text
    if imbalance(text, 0, len(text)) is None:
        return math, []
    problems: list[ReadError] = []
    for start, stop in _rows(text):
        problem = imbalance(text, start, stop)
        if problem is not None:
            problems.append(problem)
            text = text[:start] + " " * (stop - start) + text[stop:]
    whole = imbalance(text, 0, len(text))
    if whole is not None:
        return replace(math, text=" " * len(text)), [*problems, whole]
    return replace(math, text=text), problems


def _rows(text: str) -> list[tuple[int, int]]:
    """The rows of a display, as bounds; rows of tables inside do not count."""
    rows: list[tuple[int, int]] = []
    start, depth = 0, 0
    for match in _ROW.finditer(text):
        bit = match.group()
        if bit.startswith(("\\begin", "\\end")):
            name = match.group(1) or match.group(2)
            if name in _LAYOUT:
                if depth == 0:
                    rows.append((start, match.start()))
                    start = match.end()
            else:
                depth += 1 if match.group(1) else -1
        elif bit.startswith("\\\\") and depth <= 0:
            rows.append((start, match.start()))
            start, depth = match.end(), 0
    return [*rows, (start, len(text))]


def chains_of(text: str, context: Context) -> list[Chain]:
    """The statements of a display, in order; one that cannot be parsed says so and does not hinder the others."""
    try:
        key = (text, _what_counts(*_asked(text), context))
    except ReadError as problem:
        return [Chain(None, problem.span or Span(0, len(text)), problem)]
    known = _KEPT.get(key)
    if known is None:
        while len(_KEPT) >= MOST_KEPT:
            _KEPT.popitem(last=False)
        known = _KEPT[key] = tuple(_chains(tokenize(text), context))
    return list(known)


MOST_KEPT = 1_000
_KEPT: OrderedDict[tuple[str, tuple[str, ...]], tuple[Chain, ...]] = OrderedDict()
"""The statements of the texts that were looked at last: a formula is looked at many times."""


_CONDITIONAL = frozenset({"\\ne", "<", ">", "\\le", "\\ge", "\\forall"})


@lru_cache(maxsize=MOST_KEPT)
def _asked(text: str) -> tuple[tuple[str, ...], bool]:
    """The words in a text, as the names that they may be, and whether it may hold conditions."""
    tokens = tokenize(text)
    words = [token.text for token in tokens if token.kind == "word"]
    counts = any(SAYS_WHEN.match(word) or FOR_ALL.match(word) for word in words)
    counts = counts or any(token.text in _CONDITIONAL for token in tokens) or sum(t.text == "=" for t in tokens) > 1
    return tuple(f"\\mathrm{{{word}}}" for word in words), counts


def _what_counts(names: tuple[str, ...], counts: bool, context: Context) -> tuple[str, ...]:
    """All of a context that the statements of a text depend on: which of its words are names, and what counts, where a
    condition may be about that."""
    counting = tuple(f"{name}={range_.low}" for name, range_ in context.indices.items()) if counts else ()
    return (*(name for name in names if name in context.symbols), "", *counting)


def _chains(tokens: list[Token], context: Context) -> list[Chain]:
    found: list[Chain] = []
    seen = 0
    tokens, behind, before = without_conditions(tokens, context)
    for statement in split_statements(_cut_at_wide(_with_columns(tokens)), context):
        if statement[0].kind == "stop":
            continue
        words, seen = _words_before(tokens, seen, statement[0])
        span = Span(statement[0].start, statement[-2].stop)
        begins = statement[0].text in RELATIONS and statement[0].kind in ("op", "cmd")
        try:
            node = chain_node(statement)
        except ReadError as problem:
            found.append(Chain(None, span, problem, begins, words))
        else:
            found.append(Chain(node, span, None, begins, words, _sides(statement, node)))
    return _with_their_cases(found, behind, before) if behind or before else found


def _with_their_cases(found: list[Chain], behind: list[s.Relation], before: list[s.Relation]) -> list[Chain]:
    """Every condition with the statement right before it, or right behind it."""
    out: list[Chain] = []
    for number, chain in enumerate(found):
        stop = found[number + 1].span.start if number + 1 < len(found) else None
        start = found[number - 1].span.start if number else -1
        own = [case for case in behind if chain.span.start < case.start and (stop is None or case.start < stop)]
        own += [case for case in before if start < case.start < chain.span.start]
        out.append(replace(chain, cases=tuple(own)))
    return out


def _with_columns(tokens: list[Token]) -> list[Token]:
    """An alignment mark that begins another column, ``a &= b & c &= d``, as a wide space: a relation stands before it
    in its row, and neither a relation nor an operator beside it."""
    out = list(tokens)
    level = 0
    related = False
    for place, token in enumerate(tokens):
        level += depth(token) + (token.kind == "begin") - (token.kind == "end")
        if token.kind == "row" and not level:
            related = False
        elif not level and token.text in RELATIONS and token.kind in ("op", "cmd"):
            related = True
        elif token.kind == "op" and token.text == "&" and related and not level:
            beside = [out[place - 1], *tokens[place + 1 : place + 2]]
            if not any(
                each.text in RELATIONS or each.text in PRODUCTS or each.text in ("+", "-", ",") for each in beside
            ):
                out[place] = Token("wide", "&", token.start, token.stop)
    return out


def _cut_at_wide(tokens: list[Token]) -> list[Token]:
    """A wide space between two whole relations stands for a comma: ``a = b \\qquad c = d``."""
    out = list(tokens)
    level = 0
    related = False
    for place, token in enumerate(tokens):
        level += depth(token) + (token.kind == "begin") - (token.kind == "end")
        if level:
            continue
        if token.kind == "row":
            related = False
        elif token.kind in ("op", "cmd") and token.text in RELATIONS:
            related = True
        elif token.kind == "wide" and related and _begins_relation(tokens, place):
            out[place] = Token("op", ",", token.start, token.stop)
            related = False
    return out


def _begins_relation(tokens: list[Token], place: int) -> bool:
    """Whether a whole relation stands after the wide space at ``place``, and none goes on there."""
    before = tokens[place - 1]
    if tokens[place + 1].kind == "wide":
        return False
    if before.text in RELATIONS or before.text in PRODUCTS or before.text in ("+", "-", ",", "&"):
        return False
    level = 0
    first: Token | None = None
    for token in tokens[place + 1 :]:
        if token.kind in ("row", "stop") or (token.kind == "wide" and first is not None and not level):
            return False
        if first is None and token.kind != "wide":
            first = token
            if (
                token.text in RELATIONS
                or token.text in PRODUCTS
                or token.text in ("+", "-", "(", ",")
                or token.kind == "word"
            ):
                return False
        level += depth(token) + (token.kind == "begin") - (token.kind == "end")
        if level == 0 and token.kind in ("op", "cmd") and token.text in RELATIONS:
            return True
    return False


def _words_before(tokens: list[Token], seen: int, first: Token) -> tuple[str, int]:
    """The words that stand before a statement in its row, from token number ``seen`` on; and where it begins."""
    words: list[str] = []
    while tokens[seen].start < first.start and tokens[seen].kind != "stop":
        token = tokens[seen]
        if token.kind == "word":
            words.append(token.text)
        elif token.kind == "row" or token.text in RELATIONS:
            words = []
        seen += 1
    return " ".join(words), seen


def _sides(tokens: list[Token], node: s.Node) -> tuple[Span, ...]:
    """The bounds of the sides of a chain: from one relation outside all brackets to the next."""
    level = 0
    marks: list[Token] = []
    for token in tokens:
        level += depth(token) + (token.kind == "begin") - (token.kind == "end")
        if level == 0 and token.kind in ("op", "cmd") and token.text in RELATIONS:
            marks.append(token)
    if not isinstance(node, s.Relation):
        return (Span(tokens[0].start, tokens[-2].stop),)
    if len(marks) != len(node.rest):
        return tuple(Span(side.start, side.stop) for side in (node.first, *(side for _, side in node.rest)))
    starts = [tokens[0].start, *(mark.stop for mark in marks)]
    stops = [*(mark.start for mark in marks), tokens[-2].stop]
    return tuple(Span(start, max(start, stop)) for start, stop in zip(starts, stops, strict=True))


def source_of(span: Span, text: str) -> str:
    """The LaTeX of one side on one line, without alignment marks and breaks between rows."""
    opened = _OPENED.search(text, max(0, span.start - 20), span.start)
    text = _without_loose_ends(one_line(text[opened.start() if opened else span.start : span.stop]))
    return " ".join(_LAYOUT_ONLY.sub(" ", text).split()).rstrip(" .,;")


_END = re.compile(r"\\(?P<which>begin|end)\s*\{\w+\*?\}")


def _without_loose_ends(text: str) -> str:
    """Without what begins or ends an environment of which the other end stands outside."""
    loose: list[re.Match[str]] = []
    for match in _END.finditer(text):
        if match["which"] == "end" and loose and loose[-1]["which"] == "begin":
            loose.pop()
        else:
            loose.append(match)
    for match in reversed(loose):
        text = text[: match.start()] + text[match.end() :]
    return text


@lru_cache(maxsize=1024)
def one_line(text: str) -> str:
    """LaTeX without row breaks and alignment marks outside tables, comments and new lines."""
    depth = 0
    out: list[str] = []
    at = 0
    for match in _BREAK.finditer(text):
        out.append(text[at : match.start()])
        at, bit = match.end(), match.group()
        if bit.startswith("\\begin"):
            depth += 1
        elif bit.startswith("\\end"):
            depth -= 1
        dropped = bit[0] == "%" or (depth <= 0 and (bit == "&" or bit.startswith("\\\\")))
        out.append(" " if dropped or bit.isspace() else bit)
    return " ".join("".join([*out, text[at:]]).split()).replace(" ; ", "; ")
